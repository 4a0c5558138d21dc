//! `GET /feed.atom`: a search to follow in a feed reader, newest documents first.
//!
//! The date of an entry is that of its document, because this is what is new to
//! a reader. Atom demands one; a document that states none stands at 1970.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::{Origin, Params};
use crate::params::{DEFAULT_LIMIT, SearchParams};
use crate::{address, work, xml};
use plansearch_engine::{DocumentRecord, Engine, Sort};
use plansearch_index::Index;
use plansearch_search::{self as search, Hit, SameText};

/// Entries when no limit is asked.
const N_ENTRIES: usize = 50;

/// Entries at most.
const MAX_ENTRIES: usize = 200;

/// The date of what states none.
const NO_DATE: &str = "1970-01-01";

#[derive(Template)]
#[template(path = "feed.xml", config = "../../web/askama.toml")]
struct Feed {
    title: String,
    itself: String,
    page: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    title: String,
    address: String,
    updated: String,
    authors: Vec<String>,
    themes: Vec<String>,
    text: String,
}

/// Gives the feed.
#[utoipa::path(
    get,
    path = "/feed.atom",
    description = "The newest passages of a search as an Atom feed; the parameters are those of a search, the order is by date.",
    params(SearchParams),
    responses(
        (status = 200, description = "The feed", content_type = "application/atom+xml"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Origin(origin): Origin,
    Params(params): Params<SearchParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&*index.snapshot(), &origin, &params)).await
}

fn answer(
    snapshot: &dyn Engine,
    origin: &str,
    params: &SearchParams,
) -> Result<Answer, ServiceError> {
    let mut request = params.request(0)?;
    request.sort = Sort::Date;
    request.same_text = SameText::Together;
    request.limit = match params.limit {
        DEFAULT_LIMIT => N_ENTRIES,
        limit => limit.min(MAX_ENTRIES),
    };
    let response = search::search(snapshot, &request)?;
    let entries = response.hits.into_iter();
    let entries: Vec<Entry> = entries.map(|hit| Entry::new(origin, hit)).collect();
    let newest = entries.iter().map(|entry| entry.updated.clone()).max();
    let asked = params.at(0);
    let title = match params.q.as_str() {
        "" => "规划文献检索".to_owned(),
        query => format!("规划文献检索：{}", xml::legal(query)),
    };
    Answer::xml(
        "application/atom+xml; charset=utf-8",
        &Feed {
            title,
            itself: format!("{origin}{}", address::feed(&asked)),
            page: format!("{origin}{}", address::search(&asked)),
            updated: newest.unwrap_or_else(|| timestamp(NO_DATE)),
            entries,
        },
    )
}

impl Entry {
    fn new(origin: &str, hit: Hit) -> Self {
        let passage = hit.passage;
        let everything = SearchParams::default();
        let href = address::passage(&everything, &passage.doc, &passage.id, passage.idx);
        let place = passage.path.last();
        let title = match place {
            Some(place) => format!("{} {place}", hit.doc.title),
            None => hit.doc.title.clone(),
        };
        Self {
            title: xml::legal(&title),
            address: format!("{origin}{href}"),
            updated: timestamp(date(&hit.doc)),
            authors: hit
                .doc
                .issuers
                .iter()
                .map(|name| xml::legal(name))
                .collect(),
            themes: passage
                .themes
                .iter()
                .map(|theme| xml::legal(&theme.name))
                .collect(),
            text: xml::legal(&passage.text),
        }
    }
}

/// The date of a document; only what is a date can be one of a feed.
fn date(doc: &DocumentRecord) -> &str {
    let metadata = doc.metadata();
    if metadata.date.is_some() {
        doc.date.as_deref().unwrap_or(NO_DATE)
    } else if metadata.publish_date.is_some() {
        doc.publish_date.as_deref().unwrap_or(NO_DATE)
    } else {
        NO_DATE
    }
}

/// Midnight in China.
fn timestamp(date: &str) -> String {
    format!("{}T00:00:00+08:00", date.trim())
}
