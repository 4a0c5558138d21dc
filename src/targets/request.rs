//! Targets of a library: what is asked, and what is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use plansearch_analysis::HAS_TARGET;
use plansearch_engine::{DocumentRecord, Engine, Filter, PassageRecord, Sort, YearRange};
use plansearch_query::Notice;
use plansearch_search::{Marker, Request as Search, SearchError, search};
use plansearch_text::fold;

use super::condition::Condition;
use super::facets::{Facets, Fails};
use super::named::{Fit, Named};
use super::typed::Typed;
use plansearch_target::{Binding, Horizon, Target};

/// Most passages of a query that are read.
const MAX_PASSAGES: usize = 400_000;

/// What is asked. Values of one field are alternatives, fields are all required.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Words of the passages, any query; empty for all of them.
    pub query: String,
    /// Where the passages may be.
    pub filter: Filter,
    /// Names of indicators, or parts of them.
    pub names: Vec<String>,
    /// Years of the targets.
    pub years: Vec<YearRange>,
    /// Conditions on the figures, all required.
    pub conditions: Vec<Condition>,
    /// Horizons.
    pub horizons: Vec<Horizon>,
    /// Bindings.
    pub bindings: Vec<Binding>,
    /// How many records to pass over.
    pub offset: usize,
    /// How many records to return.
    pub limit: usize,
}

/// A target with its source.
#[derive(Debug, Clone)]
pub struct Record {
    /// What is stated.
    pub target: Target,
    /// The passage it stands in.
    pub passage: Arc<PassageRecord>,
    /// The document of the passage.
    pub doc: Arc<DocumentRecord>,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many records there are, exactly.
    pub total: usize,
    /// How many documents they are of.
    pub n_documents: usize,
    /// The records asked for: newest document first, then in the order of the document.
    pub records: Vec<Record>,
    /// How many records each value of a filter has.
    pub facets: Facets,
    /// How the query was understood.
    pub notices: Vec<Notice>,
}

impl Found {
    /// The same with at most `n` of its records.
    #[must_use]
    pub fn head(&self, n: usize) -> Self {
        Self {
            records: self.records.iter().take(n).cloned().collect(),
            ..self.without_records()
        }
    }

    /// The same with at most `limit` of its records, from `offset` on.
    #[must_use]
    pub fn part(mut self, offset: usize, limit: usize) -> Self {
        let records = std::mem::take(&mut self.records);
        self.records = records.into_iter().skip(offset).take(limit).collect();
        self
    }

    fn without_records(&self) -> Self {
        Self {
            total: self.total,
            n_documents: self.n_documents,
            records: Vec::new(),
            facets: self.facets.clone(),
            notices: self.notices.clone(),
        }
    }
}

/// Answers a request.
///
/// # Errors
/// [`SearchError`] for a theme that does not exist, or when the index fails.
pub fn find(snapshot: &dyn Engine, request: &Request) -> Result<Found, SearchError> {
    let typed = Typed::of(&request.query);
    let understood = typed.map(|typed| request.understood(typed));
    let (request, mut notices) = match &understood {
        Some((request, notice)) => (request, vec![notice.clone()]),
        None => (request, Vec::new()),
    };
    let names: Vec<Named> = request.names.iter().map(|name| Named::new(name)).collect();
    let (passages, marker) = passages(snapshot, request, &names, &mut notices)?;
    let mut candidates = Vec::new();
    for (passage, doc) in passages {
        for target in &passage.targets {
            let fails = request.fails(target);
            if request.bounds(target) && is_on(marker.as_ref(), target, &passage) {
                let record = Record {
                    target: target.clone(),
                    passage: Arc::clone(&passage),
                    doc: Arc::clone(&doc),
                };
                candidates.push((record, fails));
            }
        }
    }
    keep_named(&mut candidates, &names);
    let facets = Facets::of(&candidates);
    let mut records: Vec<Record> = candidates
        .into_iter()
        .filter_map(|(record, fails)| fails.nothing().then_some(record))
        .collect();
    records.sort_by(|one, two| order(one).cmp(&order(two)));
    let documents: std::collections::BTreeSet<&str> = records
        .iter()
        .map(|record| record.doc.id.as_str())
        .collect();
    Ok(Found {
        total: records.len(),
        n_documents: documents.len(),
        records: records
            .iter()
            .skip(request.offset)
            .take(request.limit)
            .cloned()
            .collect(),
        facets,
        notices,
    })
}

/// Newest document first, then by place.
fn order(record: &Record) -> (std::cmp::Reverse<Option<&str>>, &str, usize, usize) {
    (
        std::cmp::Reverse(record.doc.date.as_deref()),
        record.doc.id.as_str(),
        record.passage.idx,
        record.target.span.start,
    )
}

impl Request {
    /// The same with the conditions that its query states, and what is said of it.
    fn understood(&self, typed: Typed) -> (Self, Notice) {
        let mut request = self.clone();
        let stated = typed.stated.join("、");
        let notice = if typed.words.is_empty() {
            format!("按数值条件“{stated}”查指标")
        } else {
            format!("按数值条件“{stated}”查“{}”的指标", typed.words)
        };
        request.query = typed.words;
        request.conditions.extend(typed.conditions);
        (request, Notice(notice))
    }

    fn bounds(&self, target: &Target) -> bool {
        let mut conditions = self.conditions.iter();
        conditions.all(|condition| condition.holds(target))
    }

    fn fails(&self, target: &Target) -> Fails {
        let is_of_year =
            self.years.is_empty() || self.years.iter().any(|range| is_of(target, *range));
        let is_of_horizon = self.horizons.is_empty() || self.horizons.contains(&target.horizon);
        let is_binding = self.bindings.is_empty()
            || target
                .binding
                .is_some_and(|binding| self.bindings.contains(&binding));
        Fails {
            year: !is_of_year,
            horizon: !is_of_horizon,
            binding: !is_binding,
        }
    }
}

/// Says whether a target is of these years: a target by its last year; what was reached in
/// several years only where all of them are asked for.
fn is_of(target: &Target, range: YearRange) -> bool {
    let Some(year) = target.year else {
        return false;
    };
    let first = match (target.horizon, target.from_year) {
        (Horizon::Target, _) | (_, None) => year,
        (_, Some(from)) => from,
    };
    range.first <= first && year <= range.last
}

/// Of the records that a name fits, those that are the indicator itself where there are
/// any, else those that have the words in their names.
fn keep_named(candidates: &mut Vec<(Record, Fails)>, names: &[Named]) {
    if names.is_empty() {
        return;
    }
    let fits: Vec<Vec<Fit>> = candidates
        .iter()
        .map(|(record, _)| {
            names
                .iter()
                .map(|name| name.fit(&record.target.name))
                .collect()
        })
        .collect();
    let least: Vec<Fit> = (0..names.len())
        .map(|at| {
            let admitted = fits.iter().zip(candidates.iter());
            let admitted = admitted.filter(|(_, (_, fails))| fails.nothing());
            let best = admitted.filter_map(|(fits, _)| fits.get(at)).max();
            best.copied().unwrap_or(Fit::No).max(Fit::Part)
        })
        .collect();
    let mut fits = fits.into_iter();
    candidates.retain(|_| {
        fits.next()
            .is_some_and(|fits| fits.iter().zip(&least).any(|(fit, least)| fit >= least))
    });
}

/// Says whether a target is what the query is about: the words stand in its sentence or
/// row, or in none of the passage (but in a heading above it).
fn is_on(marker: Option<&Marker>, target: &Target, passage: &PassageRecord) -> bool {
    let Some(marker) = marker else {
        return true;
    };
    if passage.table.is_some() {
        return true;
    }
    let marks = marker.find_in(&passage.text);
    let text = &passage.text;
    let start = text
        .get(..target.span.start)
        .and_then(|before| before.rfind(['。', '\n', '！', '；']))
        .unwrap_or(0);
    let end = text
        .get(target.span.end..)
        .and_then(|behind| behind.find(['。', '\n', '！', '；']))
        .map_or(text.len(), |at| target.span.end + at);
    marks.is_empty()
        || marks
            .iter()
            .any(|mark| start <= mark.start && mark.end <= end)
}

type Source = (Arc<PassageRecord>, Arc<DocumentRecord>);

/// The passages that state something and fit the query, each once.
fn passages(
    snapshot: &dyn Engine,
    request: &Request,
    names: &[Named],
    notices: &mut Vec<Notice>,
) -> Result<(Vec<Source>, Option<Marker>), SearchError> {
    let asked = |query: String| Search {
        query,
        filter: request.filter.clone(),
        mark: Some(HAS_TARGET),
        sort: Sort::Document,
        limit: MAX_PASSAGES,
        ..Search::default()
    };
    let mut found: BTreeMap<String, Source> = BTreeMap::new();
    let mut marker = None;
    let queries = if request.query.trim().is_empty() && !names.is_empty() {
        names.iter().map(any_of).collect()
    } else {
        vec![request.query.clone()]
    };
    for query in queries {
        let is_typed = query == request.query;
        let answer = search(snapshot, &asked(query))?;
        let words: Vec<String> = request.query.split_whitespace().map(fold).collect();
        for hit in answer.hits {
            // Where not every word could be required, targets keep to those that have all.
            if !answer.is_relaxed || has_words(&hit.passage, &hit.doc, &words) {
                let id = hit.passage.id.clone();
                found.insert(id, (hit.passage, hit.doc));
            }
        }
        if is_typed {
            if !answer.is_relaxed {
                notices.extend(answer.notices);
            }
            marker = (!request.query.trim().is_empty()).then_some(answer.marker);
        }
    }
    Ok((found.into_values().collect(), marker))
}

/// Says whether each word stands in a passage or what is above it.
fn has_words(passage: &PassageRecord, doc: &DocumentRecord, words: &[String]) -> bool {
    let mut text = fold(&passage.text);
    text += &fold(&passage.path.concat());
    text += &fold(&doc.title);
    if let Some(table) = &passage.table {
        text += &fold(&table.caption);
    }
    words.iter().all(|word| text.contains(word.as_str()))
}

/// A query for the passages that have one of the names, in one piece or scattered.
fn any_of(name: &Named) -> String {
    name.names().join(" 或 ")
}
