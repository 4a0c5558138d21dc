//! `GET /api/suggest`.

use std::sync::Arc;

use axum::extract::State;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Params};
use crate::wire::{ErrorBody, Suggestion, Suggestions};
use crate::{named, work};
use plansearch_engine::{DocumentRecord, Engine};
use plansearch_index::Index;
use plansearch_search::{self as search, SuggestionKind};

/// How many suggestions there are when nothing else is asked.
const DEFAULT_LIMIT: usize = 10;
/// How many suggestions there are at most.
const MAX_LIMIT: usize = 50;

/// What is to be completed.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestParams {
    /// What was typed: characters, their reading (`qingneng`), its first letters
    /// (`qn`), or characters and then letters (`氢n`).
    #[param(required = false, example = "qn")]
    pub(crate) q: String,
    /// How many suggestions to return, at most.
    #[param(required = false, default = 10, minimum = 0, maximum = 50)]
    pub(crate) limit: usize,
}

impl FromPairs for SuggestParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self {
            q: String::new(),
            limit: DEFAULT_LIMIT,
        };
        for (name, value) in pairs {
            match name.as_str() {
                "q" => params.q = value,
                "limit" => params.limit = number("limit", &value, MAX_LIMIT)?,
                _ => {}
            }
        }
        Ok(params)
    }
}

/// Names the documents behind titles, and puts those with the number that was typed
/// before all else.
fn add_documents(snapshot: &dyn Engine, suggestions: &mut Suggestions, limit: usize) {
    let kind = SuggestionKind::Document.name();
    for suggestion in &mut suggestions.suggestions {
        if suggestion.kind == kind {
            let titled = |_: &str, doc: &DocumentRecord| doc.title == suggestion.text;
            let found = snapshot.catalog().titled(titled);
            suggestion.doc = found.first().map(|doc| doc.id.clone());
        }
    }
    let numbered = named::numbered(snapshot, &suggestions.query);
    let numbered = numbered.into_iter().map(|doc| Suggestion {
        text: doc.title.clone(),
        kind,
        count: doc.n_passages,
        doc: Some(doc.id.clone()),
    });
    suggestions.suggestions.splice(0..0, numbered);
    suggestions.suggestions.truncate(limit);
}

/// Completes what was typed.
#[utoipa::path(
    get,
    path = "/api/suggest",
    description = "Completes what was typed by headings, leads, themes, titles of documents and known terms of the library: names that begin with it first, then names that hold it, those with most passages first.",
    params(SuggestParams),
    responses(
        (status = 200, description = "The suggestions, best first", body = Suggestions),
        (status = 400, description = "A parameter has a value that cannot be", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<SuggestParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        let found = search::suggest(&*snapshot, &params.q, params.limit)?;
        let mut suggestions = Suggestions::new(params.q, found);
        add_documents(&*snapshot, &mut suggestions, params.limit);
        Answer::json(&suggestions)
    })
    .await
}
