//! The results of a search: hits, facets, chosen values, order, pages.

use askama::Template;

use super::facets::{Chip, FacetView, chips, facet_views};
use super::frame::Frame;
use super::hits::HitView;
use super::no_hits::NoHits;
use super::paging::Paging;
use super::words;
use crate::index::Snapshot;
use crate::search::{self, Needles, SameText};
use crate::service::address;
use crate::service::answer::Answer;
use crate::service::error::ServiceError;
use crate::service::params::SearchParams;
use crate::text::span;

/// Longest query in the title of the window, in characters.
const MAX_TITLE_CHARS: usize = 30;

/// The orders of hits with their names.
const SORTS: [(&str, &str); 3] = [
    ("relevance", "相关程度"),
    ("document", "文件顺序"),
    ("date", "成文日期"),
];

#[derive(Template)]
#[template(path = "results.html", config = "web/askama.toml")]
struct ResultsPage {
    frame: Frame,
    has_query: bool,
    total: String,
    took: String,
    range: Option<(String, String)>,
    /// Number of hits and address of the passages apart, where some are one hit.
    joined: Option<(String, String)>,
    /// Address of the same search with equal passages as one hit.
    join: Option<String>,
    notices: Vec<String>,
    suggestion: Option<(String, String)>,
    chips: Vec<Chip>,
    clear: Option<String>,
    sorts: Vec<SortLink>,
    hits: Vec<HitView>,
    no_hits: Option<NoHits>,
    is_past_end: bool,
    first_page: String,
    facets: Vec<FacetView>,
    paging: Paging,
}

struct SortLink {
    label: &'static str,
    href: String,
    is_current: bool,
}

/// Renders the results.
pub(super) fn answer(snapshot: &Snapshot, params: &SearchParams) -> Result<Answer, ServiceError> {
    let params = SearchParams {
        limit: params.limit.max(1),
        ..params.clone()
    };
    let mut request = params.request(super::facets::MAX_VALUES)?;
    if params.each.is_none() {
        request.same_text = SameText::Together;
    }
    let response = search::search(snapshot, &request)?;
    let n_groups = response.n_hits;
    let (query, _) = search::understand(snapshot, &params.q);
    let needles = Needles::of(&query);
    let total = response.total;
    let last = params.offset.saturating_add(response.hits.len());
    let has_hits = !response.hits.is_empty();
    let chips = chips(snapshot, &params);
    let filtered = params.has_filter();
    let no_hits = (total == 0).then(|| NoHits::new(&params, &query, &chips));
    Answer::page(&ResultsPage {
        frame: Frame::new(title(&params), &params),
        has_query: !params.q.is_empty(),
        total: words::count(total),
        took: format!("{:.1}", response.took.as_secs_f64() * 1e3),
        range: has_hits.then(|| (words::count(params.offset + 1), words::count(last))),
        joined: (n_groups < total).then(|| {
            let apart = address::search(&params.apart(true));
            (words::count(n_groups), apart)
        }),
        join: (params.each == Some(true)).then(|| address::search(&params.apart(false))),
        notices: response.notices.into_iter().map(|n| n.0).collect(),
        suggestion: response.suggestion.map(|other| {
            let href = address::search(&params.asking(&other));
            (other, href)
        }),
        chips,
        clear: filtered.then(|| address::search(&params.without_filter())),
        sorts: sorts(&params),
        facets: facet_views(snapshot, &params, &response.facets),
        hits: response
            .hits
            .into_iter()
            .map(|hit| HitView::new(&params, &needles, hit))
            .collect(),
        no_hits,
        is_past_end: total > 0 && !has_hits,
        first_page: address::search(&params.at(0)),
        paging: Paging::new(n_groups, params.limit, params.offset, |offset| {
            address::search(&params.at(offset))
        }),
    })
}

fn title(params: &SearchParams) -> String {
    if params.q.is_empty() {
        "按条件浏览".to_owned()
    } else {
        let query = span::shorten(&params.q, MAX_TITLE_CHARS);
        format!("{query} 的检索结果")
    }
}

/// Without a query nothing is scored, so there is no order by relevance.
fn sorts(params: &SearchParams) -> Vec<SortLink> {
    let has_query = !params.q.is_empty();
    let current = match params.sort.as_str() {
        "relevance" if !has_query => "document",
        sort => sort,
    };
    SORTS
        .iter()
        .filter(|(name, _)| has_query || *name != "relevance")
        .map(|(name, label)| SortLink {
            label,
            href: address::search(&params.sorted(name)),
            is_current: *name == current,
        })
        .collect()
}
