//! The results of a search: hits, facets, chosen values, order, pages.

use askama::Template;

use super::facets::{self, Chip, FacetView, chips, facet_views};
use super::frame::Frame;
use super::groups::{GroupView, N_EACH, group_views};
use super::hits::{HitView, leave_out_repeated};
use super::indicators::IndicatorsView;
use super::named::NamedView;
use super::no_hits::NoHits;
use super::paging::Paging;
use super::verbatim::VerbatimView;
use crate::address;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::params::{SearchParams, View};
use crate::picked::MAX_IDS;
use crate::words;
use plansearch_engine::{Engine, Sort};
use plansearch_search::{self as search, Request, Response, SameText};
use plansearch_text::span;

/// Most words whose use through the years is one click away.
const MAX_WORDS: usize = 3;

/// Longest of them, in characters: more is a sentence.
const MAX_WORD_CHARS: usize = 16;

/// Longest query in the title of the window, in characters.
const MAX_TITLE_CHARS: usize = 30;

/// The orders of hits with their names.
const SORTS: [(&str, &str); 3] = [
    ("relevance", "相关程度"),
    ("document", "文件先后"),
    ("date", "成文日期"),
];

/// The ways to list them.
const VIEWS: [(View, &str); 2] = [(View::Hits, "按段落"), (View::Doc, "按文件")];

#[derive(Template)]
#[template(path = "results.html", config = "../../web/askama.toml")]
struct ResultsPage {
    frame: Frame,
    query: String,
    total: String,
    /// Number of documents with hits, where it is known.
    n_documents: Option<String>,
    took: String,
    /// First and last of what is shown on this page.
    range: Option<(String, String)>,
    /// Number of hits and address of the passages apart, where some are one hit.
    joined: Option<(String, String)>,
    /// Address of the same search with equal passages as one hit.
    join: Option<String>,
    notices: Vec<String>,
    suggestion: Option<(String, String)>,
    chips: Vec<Chip>,
    clear: Option<String>,
    views: Vec<Switch>,
    sorts: Vec<Switch>,
    hits: Vec<HitView>,
    groups: Vec<GroupView>,
    no_hits: Option<NoHits>,
    /// The documents that the query names.
    named: Option<NamedView>,
    /// Whether a pasted sentence stands word for word.
    verbatim: Option<VerbatimView>,
    /// The indicators that a condition on a figure means.
    indicators: Option<IndicatorsView>,
    /// What can be done with all hits at once.
    whole: Option<Whole>,
    /// Address of the use of what was asked, and what each document may be asked about.
    ways_on: Option<(String, String)>,
    is_past_end: bool,
    first_page: String,
    facets: Vec<FacetView>,
    /// What the form of the facets keeps.
    filter_kept: Vec<(&'static str, String)>,
    n_chosen: usize,
    paging: Paging,
}

/// What can be done with all hits at once.
struct Whole {
    /// How many are taken.
    count: String,
    /// Whether there are more than can be taken at once.
    is_cut: bool,
    /// Address of a basket with them.
    basket: String,
    /// Names of the forms of a file, with its addresses.
    files: Vec<(&'static str, String)>,
}

impl Whole {
    fn new(params: &SearchParams, n_hits: usize) -> Self {
        let all = params.at(0);
        let file = |(name, format)| (name, address::export_of(&all, format));
        Self {
            count: words::count(n_hits.min(MAX_IDS)),
            is_cut: n_hits > MAX_IDS,
            basket: address::basket_of(&all),
            files: words::FILES.into_iter().map(file).collect(),
        }
    }
}

/// The use of the words of a query, and the topic that it is. A query with
/// operators is no wording.
fn ways_on(params: &SearchParams) -> Option<(String, String)> {
    let words: Vec<&str> = params.q.split_whitespace().collect();
    let is_plain = |word: &&str| {
        !word.contains(|c: char| "“”\"「」:：()（）|*-，。；、".contains(c))
            && word.chars().count() <= MAX_WORD_CHARS
    };
    let is_wording = (1..=MAX_WORDS).contains(&words.len()) && words.iter().all(is_plain);
    is_wording.then(|| (address::evolve_of(&words), params.q.clone()))
}

/// One of several ways, of which one is taken.
struct Switch {
    label: &'static str,
    href: String,
    is_current: bool,
}

/// Renders the results.
pub(super) fn answer(snapshot: &dyn Engine, params: &SearchParams) -> Result<Answer, ServiceError> {
    let params = SearchParams {
        limit: params.limit.max(1),
        ..params.clone()
    };
    let mut response = look(snapshot, &params)?;
    let (n_hits, total) = (response.n_hits, response.total);
    let is_by_document = params.view == View::Doc;
    let lists_documents = !response.documents.is_empty();
    let n_shown = if lists_documents {
        response.documents.len()
    } else {
        response.hits.len()
    };
    let last = params.offset.saturating_add(n_shown);
    let chips = chips(snapshot, &params);
    let instead = if total == 0 {
        Some(NoHits::new(snapshot, &params, &chips)?)
    } else {
        None
    };
    let facets = facet_views(snapshot, &params, &response.facets);
    let n_documents = n_documents(&params, &response);
    let groups = match (is_by_document, lists_documents) {
        (true, true) => group_views(snapshot, &params, &mut response),
        (true, false) => only_group(snapshot, &params, &mut response),
        (false, _) => Vec::new(),
    };
    let hits = std::mem::take(&mut response.hits).into_iter();
    let mut hits: Vec<HitView> = hits
        .map(|hit| HitView::new(&params, &response.marker, hit))
        .collect();
    leave_out_repeated(&mut hits, false);
    let n_with_all = response.n_with_all;
    if response.is_relaxed && params.sort == SORTS[0].0 && n_with_all > 0 {
        // Passages of the same text are one hit, so those before are counted whole.
        let mut n_before = params.offset;
        for hit in &mut hits {
            hit.opens_partial = n_before == n_with_all;
            n_before += 1 + hit.n_same;
        }
    }
    Answer::page(&ResultsPage {
        frame: Frame {
            feed: Some(address::feed(&params.at(0))),
            ..Frame::new(title(&params), &params).with_scripts(&["live.js", "searches.js"])
        },
        query: span::shorten(&params.q, MAX_TITLE_CHARS),
        total: words::count(total),
        n_documents,
        took: format!("{:.1}", response.took.as_secs_f64() * 1e3),
        range: (n_shown > 0).then(|| (words::count(params.offset + 1), words::count(last))),
        joined: (!is_by_document && n_hits < total).then(|| {
            let apart = address::search(&params.apart(true));
            (words::count(n_hits), apart)
        }),
        join: (params.each == Some(true)).then(|| address::search(&params.apart(false))),
        suggestion: response.suggestion.take().map(|other| {
            let href = address::search(&params.asking(&other));
            (other, href)
        }),
        clear: params
            .has_filter()
            .then(|| address::search(&params.without_filter())),
        views: views(&params),
        sorts: sorts(&params),
        whole: (total > 0)
            .then(|| Whole::new(&params, if is_by_document { total } else { n_hits })),
        verbatim: VerbatimView::of(snapshot, &params)?,
        indicators: IndicatorsView::of(snapshot, &params)?,
        named: NamedView::of(snapshot, &params),
        ways_on: ways_on(&params),
        hits,
        groups,
        no_hits: instead,
        is_past_end: total > 0 && n_shown == 0,
        first_page: address::search(&params.at(0)),
        filter_kept: facets::kept_by_form(&params, &facets),
        facets,
        n_chosen: chips.len(),
        chips,
        paging: Paging::new(n_hits, params.limit, params.offset, |offset| {
            address::search(&params.at(offset))
        }),
        notices: response
            .notices
            .iter()
            .map(|notice| words::sentence(&notice.0))
            .collect(),
    })
}

/// Searches as the view asks. Where only one document has hits there is nothing to
/// gather, and its hits are listed to the last.
fn look(snapshot: &dyn Engine, params: &SearchParams) -> Result<Response, ServiceError> {
    let mut request: Request = params.request(facets::MAX_VALUES)?;
    if params.each.is_none() {
        request.same_text = SameText::Together;
    }
    if params.view == View::Hits {
        return Ok(search::search(snapshot, &request)?);
    }
    request.each_document = Some(N_EACH);
    let response = search::search(snapshot, &request)?;
    if response.n_hits != 1 {
        return Ok(response);
    }
    request.each_document = None;
    request.sort = Sort::Document;
    Ok(search::search(snapshot, &request)?)
}

/// The one document that has hits, with those of this page.
fn only_group(
    snapshot: &dyn Engine,
    params: &SearchParams,
    response: &mut Response,
) -> Vec<GroupView> {
    let Some(first) = response.hits.first() else {
        return Vec::new();
    };
    let doc = first.doc.clone();
    let doc = snapshot.catalog().get(&doc.id).unwrap_or(&doc);
    let hits = std::mem::take(&mut response.hits).into_iter();
    let hits = hits.map(|hit| HitView::new(params, &response.marker, hit));
    let mut hits: Vec<HitView> = hits.collect();
    leave_out_repeated(&mut hits, true);
    let group = GroupView::new(params, doc, response.total, hits);
    vec![GroupView {
        more: None,
        ..group
    }]
}

/// How many documents have hits; unknown where a choice of documents or the bound
/// of the facet hides some.
fn n_documents(params: &SearchParams, response: &Response) -> Option<String> {
    let counted = response.facets.doc.len();
    let n = if !response.documents.is_empty() {
        response.n_hits
    } else if params.doc.is_empty() && counted < facets::MAX_VALUES {
        counted
    } else {
        return None;
    };
    (n > 0).then(|| words::count(n))
}

fn title(params: &SearchParams) -> String {
    if params.q.is_empty() {
        "按条件浏览".to_owned()
    } else {
        let query = span::shorten(&params.q, MAX_TITLE_CHARS);
        format!("{query} 的检索结果")
    }
}

fn views(params: &SearchParams) -> Vec<Switch> {
    VIEWS
        .iter()
        .map(|(view, label)| Switch {
            label,
            href: address::search(&params.viewed(*view)),
            is_current: *view == params.view,
        })
        .collect()
}

/// Without a query nothing is scored, so there is no order by relevance.
fn sorts(params: &SearchParams) -> Vec<Switch> {
    let has_query = !params.q.is_empty();
    let current = match params.sort.as_str() {
        "relevance" if !has_query => "document",
        sort => sort,
    };
    SORTS
        .iter()
        .filter(|(name, _)| has_query || *name != "relevance")
        .map(|(name, label)| Switch {
            label,
            href: address::search(&params.sorted(name)),
            is_current: *name == current,
        })
        .collect()
}
