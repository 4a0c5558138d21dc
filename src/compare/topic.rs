//! What the documents of a library say on one topic, document by document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plansearch_engine::{DocumentRecord, Engine, Filter, PassageRecord};
use plansearch_query::Notice;
use plansearch_search::{Marker, Request, SameText, SearchError, search};
use plansearch_target::Target;
use plansearch_text::{Span, fold};

use crate::figures::figures;

/// Most documents of one answer.
const MAX_DOCUMENTS: usize = 1000;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct TopicRequest {
    /// The topic: any query.
    pub query: String,
    /// Which documents and passages count.
    pub filter: Filter,
    /// How many passages of a document, at most.
    pub max_passages: usize,
}

/// What the documents say.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The documents that say something, those that say most to the point first.
    pub documents: Vec<TopicDocument>,
    /// The documents that pass the filter and say nothing.
    pub without: Vec<Arc<DocumentRecord>>,
    /// How the query was understood.
    pub notices: Vec<Notice>,
    /// Whether not every word could be required.
    pub is_relaxed: bool,
    /// What the query marks in a text.
    pub marker: Marker,
}

/// What one document says.
#[derive(Debug, Clone)]
pub struct TopicDocument {
    /// The document.
    pub doc: Arc<DocumentRecord>,
    /// How many of its passages are on the topic.
    pub n_passages: usize,
    /// As many of them as were asked for, in document order.
    pub passages: Vec<Arc<PassageRecord>>,
    /// The figures in these.
    pub figures: Vec<TopicFigure>,
}

/// A figure in a passage on the topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicFigure {
    /// Position of the passage among those of its document.
    pub passage: usize,
    /// Where it stands.
    pub span: Span,
    /// What it is of: the indicator, else the words before it.
    pub name: String,
    /// What it states, where it is of an indicator.
    pub target: Option<Target>,
    /// Whether another document has another figure of the same name and unit.
    pub is_differing: bool,
}

/// Says what the documents say on a topic.
///
/// # Errors
/// [`SearchError`] for a theme that does not exist, or when the index fails.
pub fn topic(snapshot: &dyn Engine, request: &TopicRequest) -> Result<Topic, SearchError> {
    let response = search(
        snapshot,
        &Request {
            query: request.query.clone(),
            filter: request.filter.clone(),
            same_text: SameText::Apart,
            is_whole: true,
            each_document: Some(request.max_passages),
            limit: MAX_DOCUMENTS,
            ..Request::default()
        },
    )?;
    let counts = response.documents.iter().cloned();
    let mut documents: Vec<TopicDocument> = Vec::new();
    let counts: BTreeMap<String, usize> = counts.collect();
    for hit in response.hits {
        match documents.last_mut() {
            Some(last) if last.doc.id == hit.doc.id => last.passages.push(hit.passage),
            _ => documents.push(TopicDocument {
                n_passages: counts.get(&hit.doc.id).copied().unwrap_or(0),
                doc: hit.doc,
                passages: vec![hit.passage],
                figures: Vec::new(),
            }),
        }
    }
    for document in &mut documents {
        document.passages.sort_by_key(|passage| passage.idx);
        document.figures = figures_of(&document.passages);
    }
    mark_differing(&mut documents);
    let with: BTreeSet<&str> = counts.keys().map(String::as_str).collect();
    Ok(Topic {
        without: admitted(snapshot, &request.filter)?
            .into_iter()
            .filter(|doc| !with.contains(doc.id.as_str()))
            .collect(),
        documents,
        notices: response.notices,
        is_relaxed: response.is_relaxed,
        marker: response.marker,
    })
}

/// The documents with passages that pass a filter, in their order.
fn admitted(
    snapshot: &dyn Engine,
    filter: &Filter,
) -> Result<Vec<Arc<DocumentRecord>>, SearchError> {
    let all = search(
        snapshot,
        &Request {
            filter: filter.clone(),
            each_document: Some(1),
            limit: snapshot.catalog().documents().len(),
            ..Request::default()
        },
    )?;
    let ids: BTreeSet<&str> = all.documents.iter().map(|(id, _)| id.as_str()).collect();
    let documents = snapshot.catalog().documents().iter();
    Ok(documents
        .filter(|doc| ids.contains(doc.id.as_str()))
        .cloned()
        .collect())
}

fn figures_of(passages: &[Arc<PassageRecord>]) -> Vec<TopicFigure> {
    let mut found = Vec::new();
    for (nth, passage) in passages.iter().enumerate() {
        let mut from = 0;
        for span in figures(&passage.text, Span::whole(&passage.text)) {
            let name = name_before(&passage.text, Span::new(from, span.start));
            from = span.end;
            if is_time(span.of(&passage.text)) {
                continue;
            }
            let mut targets = passage.targets.iter();
            let target = targets.find(|target| target.span.overlaps(span));
            let named = target.filter(|target| !target.name.is_empty());
            found.push(TopicFigure {
                passage: nth,
                span,
                name: named.map_or(name, |target| target.name.clone()),
                target: target.cloned(),
                is_differing: false,
            });
        }
    }
    found
}

/// Whether a figure is a date or a count of years, which nothing is compared by.
fn is_time(figure: &str) -> bool {
    figure.ends_with(['年', '月', '日', '号'])
}

/// Words between the name of a figure and the figure.
const BETWEEN: [&str; 30] = [
    "达到",
    "达",
    "为",
    "至",
    "到",
    "约",
    "超过",
    "突破",
    "不低于",
    "不少于",
    "高于",
    "低于",
    "力争",
    "实现",
    "建成",
    "新增",
    "完成",
    "提高",
    "提升",
    "增长",
    "增加",
    "下降",
    "降低",
    "控制在",
    "保持在",
    "稳定在",
    "以上",
    "有",
    "共",
    "在",
];

/// The words before a figure that say what it is of, up to the mark before.
fn name_before(text: &str, before: Span) -> String {
    let piece = before.of(text);
    let mark = piece.rfind(|c: char| !c.is_alphanumeric() && c != '·');
    let start = mark.map_or(0, |at| {
        at + piece
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    });
    let mut name = piece.get(start..).unwrap_or_default();
    while let Some(shorter) = BETWEEN.iter().find_map(|word| name.strip_suffix(word)) {
        name = shorter;
    }
    name.to_owned()
}

/// Shortest name by which figures of two documents are the same thing.
const MIN_NAME: usize = 3;

fn mark_differing(documents: &mut [TopicDocument]) {
    // What each document says for a name and unit.
    let mut said: BTreeMap<(String, String), BTreeMap<usize, BTreeSet<String>>> = BTreeMap::new();
    let key = |document: &TopicDocument, figure: &TopicFigure| {
        let passage = document.passages.get(figure.passage)?;
        let folded = fold(figure.span.of(&passage.text));
        let unit =
            folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let value = folded.strip_suffix(unit).unwrap_or(&folded).to_owned();
        let name = fold(&figure.name);
        (name.chars().count() >= MIN_NAME).then(|| ((name, unit.to_owned()), value))
    };
    for (nth, document) in documents.iter().enumerate() {
        for figure in &document.figures {
            if let Some((thing, value)) = key(document, figure) {
                said.entry(thing)
                    .or_default()
                    .entry(nth)
                    .or_default()
                    .insert(value);
            }
        }
    }
    for (nth, document) in documents.iter_mut().enumerate() {
        let differs: Vec<bool> = document
            .figures
            .iter()
            .map(|figure| {
                let Some((thing, value)) = key(document, figure) else {
                    return false;
                };
                let others = said.get(&thing).into_iter().flatten();
                others
                    .filter(|(other, _)| **other != nth)
                    .any(|(_, values)| !values.contains(&value))
            })
            .collect();
        for (figure, differs) in document.figures.iter_mut().zip(differs) {
            figure.is_differing = differs;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, text: &str) -> TopicDocument {
        let passages = vec![Arc::new(PassageRecord {
            text: text.to_owned(),
            ..PassageRecord::default()
        })];
        TopicDocument {
            doc: Arc::new(DocumentRecord {
                id: id.to_owned(),
                ..DocumentRecord::default()
            }),
            n_passages: 1,
            figures: figures_of(&passages),
            passages,
        }
    }

    #[test]
    fn figures_of_the_same_name_differ_between_documents() {
        let mut documents = [
            document("a", "到2025年，氢能产业产值突破100亿元，加氢站达到5座。"),
            document("b", "氢能产业产值达到80亿元，加氢站建成5座。"),
        ];
        mark_differing(&mut documents);
        let marked = |document: &TopicDocument| -> Vec<(String, bool)> {
            document
                .figures
                .iter()
                .map(|figure| (figure.name.clone(), figure.is_differing))
                .collect()
        };
        let expect = vec![
            ("氢能产业产值".to_owned(), true),
            ("加氢站".to_owned(), false),
        ];
        assert_eq!(marked(&documents[0]), expect);
        assert_eq!(marked(&documents[1]), expect);
    }
}
