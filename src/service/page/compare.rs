//! `GET /compare`: two documents side by side, or what all say on a topic.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::frame::Frame;
use super::paging::Paging;
use crate::answer::Answer;
use crate::compare_params::{CompareParams, Shown};
use crate::error::ServiceError;
use crate::extract::Params;
use crate::markup::{Mark, Markup};
use crate::params::SearchParams;
use crate::titles::Titles;
use crate::wire::{DocumentBrief, RowCounts, Topic, TopicDocument};
use crate::words;
use crate::{address, reports, work};
use plansearch_compare::{Comparison, Text, TopicRequest, topic};
use plansearch_document::PassageKind;
use plansearch_engine::{DocumentRecord, Engine, PassageRecord};
use plansearch_index::Index;
use plansearch_text::Span;

/// Rows on one page.
const PAGE_ROWS: usize = 80;
/// Documents that a list names.
const MAX_NAMED: usize = 200;

#[derive(Template)]
#[template(path = "compare.html", config = "../../web/askama.toml")]
struct ComparePage {
    frame: Frame,
    a: String,
    b: String,
    topic: String,
    rows: Option<RowsView>,
    report: Option<TopicView>,
    problem: Option<String>,
    /// The documents that a name fits, each with the address of the comparison with it.
    candidates: Vec<(String, String)>,
}

/// Two documents side by side.
struct RowsView {
    a: SideView,
    b: SideView,
    counts: RowCounts,
    switches: Vec<(&'static str, String, bool)>,
    rows: Vec<RowView>,
    paging: Paging,
    files: Vec<(&'static str, String)>,
}

/// One of the two documents.
struct SideView {
    title: String,
    href: String,
    facts: Vec<String>,
}

/// One row.
struct RowView {
    kind: &'static str,
    label: &'static str,
    trail: Vec<String>,
    /// Where the passage stood in the first document, if it moved.
    from: Option<String>,
    a: Option<PassageView>,
    b: Option<PassageView>,
}

/// A passage of a row.
struct PassageView {
    href: String,
    is_heading: bool,
    text: Markup,
}

/// What the documents say on a topic.
struct TopicView {
    documents: Vec<TopicDocumentView>,
    without: Vec<(String, String)>,
    n_without: String,
    notices: Vec<String>,
    evolve_href: String,
    search_href: String,
    files: Vec<(&'static str, String)>,
}

/// What one document says.
struct TopicDocumentView {
    title: String,
    href: String,
    facts: Vec<String>,
    n_passages: String,
    more: Option<(String, String)>,
    passages: Vec<TopicPassageView>,
    n_differing: usize,
}

/// A passage on the topic.
struct TopicPassageView {
    href: String,
    trail: Vec<String>,
    text: Markup,
}

/// Shows two documents side by side, or what all say on a topic.
#[utoipa::path(
    get,
    path = "/compare",
    description = "The page of two documents side by side (`a`, `b`), or of what the documents say on a topic (`topic`); without them a form.",
    params(CompareParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<CompareParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || Answer::page(&page(&*index.snapshot(), &params)?)).await
}

fn page(snapshot: &dyn Engine, params: &CompareParams) -> Result<ComparePage, ServiceError> {
    let date = |id: &str| snapshot.catalog().get(id)?.date.as_deref();
    let params = &params.of_ticked(date);
    let mut page = ComparePage {
        frame: Frame::new("对照", &SearchParams::default()),
        a: params.a.clone(),
        b: params.b.clone(),
        topic: params.topic.clone(),
        rows: None,
        report: None,
        problem: None,
        candidates: Vec::new(),
    };
    if !params.topic.is_empty() {
        page.frame.title = format!("他文对照：{}", params.topic);
        page.report = Some(TopicView::of(snapshot, params)?);
    } else if !params.a.is_empty() && !params.b.is_empty() {
        let sides = Text::of_library(snapshot, &params.a)
            .and_then(|a| Ok((a, Text::of_library(snapshot, &params.b)?)));
        match sides {
            Ok((a, b)) => page.rows = Some(RowsView::of(&Comparison::of(a, b), params)),
            Err(plansearch_compare::CompareError::Index(error)) => return Err(error.into()),
            Err(plansearch_compare::CompareError::NoDocument(name)) => {
                page.problem = Some(format!("没有题名含“{name}”的文件，也没有这个编号。"));
            }
            Err(plansearch_compare::CompareError::Several { name, documents }) => {
                page.problem = Some(format!("有多份文件的题名含“{name}”，请选一份："));
                page.candidates = candidates(&documents, params, &name);
            }
        }
    } else if !params.filter.doc.is_empty() {
        page.problem = Some("请选两份文件对照。".to_owned());
    }
    Ok(page)
}

/// Documents that `name` fits, told apart, each with the comparison that it leads to.
fn candidates(
    documents: &[DocumentRecord],
    params: &CompareParams,
    name: &str,
) -> Vec<(String, String)> {
    let documents = documents.get(..MAX_NAMED).unwrap_or(documents);
    let titles = Titles::of_documents(documents.iter());
    let candidate = |doc: &DocumentRecord| {
        let mut with_it = params.clone();
        if with_it.a == name {
            with_it.a.clone_from(&doc.id);
        } else {
            with_it.b.clone_from(&doc.id);
        }
        (titles.of(&doc.id, &doc.title), address::compare(&with_it))
    };
    documents.iter().map(candidate).collect()
}

impl RowsView {
    fn of(comparison: &Comparison, params: &CompareParams) -> Self {
        let is_shown = |kind: plansearch_compare::RowKind| {
            params.show == Shown::All || kind != plansearch_compare::RowKind::Same
        };
        let shown: Vec<&plansearch_compare::Row> = comparison
            .rows
            .iter()
            .filter(|row| is_shown(row.kind))
            .collect();
        let here = shown.iter().skip(params.offset).take(PAGE_ROWS);
        let switches = [(Shown::Changes, "只看不同"), (Shown::All, "全部")].map(|(show, label)| {
            (
                label,
                address::compare(&params.showing(show)),
                params.show == show,
            )
        });
        let file = |format: &'static str| {
            let mut pairs = params.showing(Shown::All).pairs();
            pairs.push(("format", format.to_owned()));
            (
                format,
                address::with_query("/api/compare".to_owned(), pairs),
            )
        };
        Self {
            a: SideView::new(&DocumentBrief::from(comparison.a.main())),
            b: SideView::new(&DocumentBrief::from(comparison.b.main())),
            counts: RowCounts::of(&comparison.rows),
            switches: switches.into(),
            rows: here.map(|row| RowView::new(comparison, row)).collect(),
            paging: Paging::new(shown.len(), PAGE_ROWS, params.offset, |offset| {
                address::compare(&params.at(offset))
            }),
            files: ["xlsx", "csv"].map(file).into(),
        }
    }
}

impl SideView {
    fn new(doc: &DocumentBrief) -> Self {
        let mut facts: Vec<String> = doc.date.as_deref().map(words::date).into_iter().collect();
        facts.extend(doc.doc_number.clone());
        Self {
            title: words::title_or(&doc.title),
            href: address::document(&doc.id),
            facts,
        }
    }
}

impl RowView {
    fn new(comparison: &Comparison, row: &plansearch_compare::Row) -> Self {
        let passage = |text: &Text, at: Option<usize>, is_a: bool| {
            let (_, passage) = text.passage(at?)?;
            let marks = row.changes.iter().map(|change| {
                let mark = match (change.kind, is_a) {
                    (plansearch_compare::ChangeKind::Figure, _) => Mark::Figure,
                    (_, true) => Mark::Gone,
                    (_, false) => Mark::New,
                };
                (if is_a { change.a } else { change.b }, mark)
            });
            Some(PassageView {
                href: address::passage(
                    &SearchParams::default(),
                    &passage.doc,
                    &passage.id,
                    passage.idx,
                ),
                is_heading: passage.kind == "heading",
                text: Markup::marked(&passage.text, marks.collect()),
            })
        };
        let path = |text: &Text, at: Option<usize>| -> Option<Vec<String>> {
            Some(words::labels(&text.passage(at?)?.1.path))
        };
        let (of_a, of_b) = (path(&comparison.a, row.a), path(&comparison.b, row.b));
        let is_moved = row.kind == plansearch_compare::RowKind::Moved;
        Self {
            kind: row.kind.name(),
            label: reports::row_label(row.kind.name()),
            from: of_a
                .as_ref()
                .filter(|_| is_moved)
                .map(|path| path.join(" › ")),
            trail: of_b.or(of_a).unwrap_or_default(),
            a: passage(&comparison.a, row.a, true),
            b: passage(&comparison.b, row.b, false),
        }
    }
}

impl TopicView {
    fn of(snapshot: &dyn Engine, params: &CompareParams) -> Result<Self, ServiceError> {
        let request = TopicRequest {
            query: params.topic.clone(),
            filter: params.filter.request(0)?.filter,
            max_passages: params.passages,
        };
        let found = topic(snapshot, &request)?;
        let twin = Topic::new(&params.topic, &found);
        let search = params.filter.asking(params.topic.as_str());
        let documents = found.documents.iter().zip(&twin.documents);
        let file = |format: &'static str| {
            let mut pairs = params.pairs();
            pairs.push(("format", format.to_owned()));
            (
                format,
                address::with_query("/api/compare".to_owned(), pairs),
            )
        };
        Ok(Self {
            documents: documents
                .map(|(document, twin)| {
                    TopicDocumentView::new(&search, &found.marker, document, twin)
                })
                .collect(),
            n_without: words::count(twin.without.len()),
            without: twin
                .without
                .iter()
                .take(MAX_NAMED)
                .map(|doc| (words::title_or(&doc.title), address::document(&doc.id)))
                .collect(),
            notices: twin
                .notices
                .iter()
                .map(|notice| words::sentence(notice))
                .collect(),
            evolve_href: address::evolve_of(&[params.topic.as_str()]),
            search_href: address::search(&search),
            files: ["xlsx", "csv"].map(file).into(),
        })
    }
}

/// Whether a passage is a heading that stands above another one anyway.
fn is_opened_below(passage: &PassageRecord, passages: &[Arc<PassageRecord>]) -> bool {
    passage.passage_kind() == PassageKind::Heading
        && passages
            .iter()
            .any(|other| other.id != passage.id && other.path.starts_with(&passage.path))
}

impl TopicDocumentView {
    fn new(
        search: &SearchParams,
        marker: &plansearch_search::Marker,
        document: &plansearch_compare::TopicDocument,
        twin: &TopicDocument,
    ) -> Self {
        let SideView { title, href, facts } = SideView::new(&twin.doc);
        let in_doc = search.within(&document.doc.id);
        let n_more = document.n_passages.saturating_sub(document.passages.len());
        let is_shown = |(_, passage): &(usize, &Arc<PassageRecord>)| {
            !is_opened_below(passage, &document.passages)
        };
        let passages = (0..).zip(&document.passages).filter(is_shown);
        let passages = passages.map(|(nth, passage)| {
            let mut marks: Vec<(Span, Mark)> = marker
                .find_in(&passage.text)
                .into_iter()
                .map(|span| (span, Mark::Match))
                .collect();
            let figures = document.figures.iter();
            let figures = figures.filter(|figure| figure.passage == nth && figure.is_differing);
            marks.extend(figures.map(|figure| (figure.span, Mark::Figure)));
            TopicPassageView {
                href: address::passage(search, &passage.doc, &passage.id, passage.idx),
                trail: words::labels(&passage.path),
                text: Markup::marked(&passage.text, marks),
            }
        });
        let figures = document.figures.iter();
        Self {
            title,
            href,
            facts,
            n_passages: words::count(document.n_passages),
            more: (n_more > 0).then(|| (words::count(n_more), address::search(&in_doc))),
            n_differing: figures.filter(|figure| figure.is_differing).count(),
            passages: passages.collect(),
        }
    }
}
