//! `GET /api/suggest`.

use std::sync::Arc;

use axum::extract::State;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Params};
use crate::wire::{ErrorBody, Suggestions};
use crate::work;
use plansearch_index::Index;
use plansearch_search as search;

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
        let found = search::suggest(&index.snapshot(), &params.q, params.limit)?;
        Answer::json(&Suggestions::new(params.q, found))
    })
    .await
}
