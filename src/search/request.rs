//! A request and its answer.

use std::time::{Duration, Instant};

use super::boolean::lower;
use super::marks::Needles;
use super::snippet::{self, Snippet};
use super::understand::understand;
use crate::document::citation;
use crate::index::{
    DocumentRecord, Facets, Filter, Found, IndexError, Lookup, PassageRecord, Snapshot, Sort,
};
use crate::query::Notice;

/// What a person or a program asks for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The query as typed.
    pub query: String,
    /// Where hits may come from.
    pub filter: Filter,
    /// Order of hits. A query without words, empty or of fields and exclusions
    /// alone, lists in document order all the same.
    pub sort: Sort,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to return.
    pub limit: usize,
    /// How many values of a facet to return, at most; 0 counts no facets.
    pub max_facet_values: usize,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Response {
    /// The query as typed.
    pub query: String,
    /// How long the search took.
    pub took: Duration,
    /// How many passages match, exactly.
    pub total: usize,
    /// Whether not every word could be required.
    pub is_relaxed: bool,
    /// How the query was understood.
    pub notices: Vec<Notice>,
    /// Another query that may have been meant.
    pub suggestion: Option<String>,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Counts per facet value.
    pub facets: Facets,
}

/// One passage of an answer with all that a person needs to use it.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Its score; 0 when nothing was scored.
    pub score: f32,
    /// The passage.
    pub passage: PassageRecord,
    /// Its document.
    pub doc: DocumentRecord,
    /// The cut that shows why it was found.
    pub snippet: Snippet,
    /// The citation to paste.
    pub citation: String,
}

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A theme of the filter is in no catalogue of this library.
    #[error("there is no theme `{name}`; hint: the themes are {}", known.join("、"))]
    UnknownTheme {
        /// The name given.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Answers a request.
///
/// # Errors
/// [`SearchError`] for a theme that does not exist, or when the index fails.
pub fn search(snapshot: &Snapshot, request: &Request) -> Result<Response, SearchError> {
    let started = Instant::now();
    check_themes(snapshot, &request.filter)?;
    let (query, mut notices) = understand(snapshot, &request.query);
    let lowered = lower(&query);
    let mut lookup = Lookup {
        clause: lowered.strict,
        filter: request.filter.clone(),
        sort: if query.texts().is_empty() && request.sort == Sort::Relevance {
            Sort::Document
        } else {
            request.sort
        },
        offset: request.offset,
        limit: request.limit,
        max_facet_values: request.max_facet_values,
    };
    let mut found = snapshot.find(&lookup)?;
    let mut is_relaxed = false;
    for clause in lowered.relaxed {
        if found.total > 0 {
            break;
        }
        lookup.clause = clause;
        found = snapshot.find(&lookup)?;
        is_relaxed = found.total > 0;
    }
    if is_relaxed {
        notices.push(Notice(
            "没有段落同时含有全部词语，以下段落含有其中一部分".to_owned(),
        ));
    }
    let needles = Needles::of(&query);
    Ok(Response {
        query: request.query.clone(),
        total: found.total,
        is_relaxed,
        notices,
        suggestion: None,
        hits: hits(snapshot, &mut found, &needles, is_relaxed),
        facets: found.facets,
        took: started.elapsed(),
    })
}

/// The citation of a passage of `doc`.
pub fn cite(doc: &DocumentRecord, passage: &PassageRecord) -> String {
    citation::cite(&doc.metadata(), &passage.path, passage.paragraph_no)
}

fn hits(snapshot: &Snapshot, found: &mut Found, needles: &Needles, is_relaxed: bool) -> Vec<Hit> {
    std::mem::take(&mut found.hits)
        .into_iter()
        .map(|hit| {
            let doc = snapshot
                .catalog()
                .get(&hit.passage.doc)
                .cloned()
                .unwrap_or_default();
            let marks = if is_relaxed {
                needles.find_parts_in(&hit.passage.text)
            } else {
                needles.find_in(&hit.passage.text)
            };
            Hit {
                score: hit.score,
                snippet: snippet::cut(&hit.passage.text, &marks),
                citation: cite(&doc, &hit.passage),
                passage: hit.passage,
                doc,
            }
        })
        .collect()
}

fn check_themes(snapshot: &Snapshot, filter: &Filter) -> Result<(), SearchError> {
    let known = &snapshot.stamp().themes;
    match filter.themes.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(SearchError::UnknownTheme {
            name: name.clone(),
            known: known.clone(),
        }),
        None => Ok(()),
    }
}
