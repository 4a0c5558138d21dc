//! `GET /api/themes/{name}`.

use std::sync::Arc;

use axum::extract::State;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Id, Params};
use crate::wire::{ErrorBody, ThemeReport};
use crate::work;
use plansearch_index::Index;
use plansearch_search::{self as search, ReportPart};

/// How many documents there are when nothing else is asked.
const DEFAULT_LIMIT: usize = 20;
/// How many documents there are at most.
const MAX_LIMIT: usize = 100;
/// How many passages of a document there are when nothing else is asked.
const DEFAULT_PASSAGES: usize = 50;
/// How many passages of a document there are at most.
const MAX_PASSAGES: usize = 1000;
/// Furthest document that can be asked for.
const MAX_OFFSET: usize = 1_000_000_000;

/// Which part of the report is wanted.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ThemeParams {
    /// How many documents to return, at most.
    #[param(required = false, default = 20, minimum = 0, maximum = 100)]
    limit: usize,
    /// How many documents to pass over.
    #[param(required = false, default = 0, minimum = 0)]
    offset: usize,
    /// How many passages of a document to return, at most.
    #[param(required = false, default = 50, minimum = 0, maximum = 1000)]
    passages: usize,
}

impl FromPairs for ThemeParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self {
            limit: DEFAULT_LIMIT,
            offset: 0,
            passages: DEFAULT_PASSAGES,
        };
        for (name, value) in pairs {
            match name.as_str() {
                "limit" => params.limit = number("limit", &value, MAX_LIMIT)?,
                "offset" => params.offset = number("offset", &value, MAX_OFFSET)?,
                "passages" => params.passages = number("passages", &value, MAX_PASSAGES)?,
                _ => {}
            }
        }
        Ok(params)
    }
}

/// Tells what the documents say about a theme.
#[utoipa::path(
    get,
    path = "/api/themes/{name}",
    description = "Tells what each document says about a theme: newest document first, the passages about it in document order.",
    params(("name" = String, Path, description = "Name of the theme"), ThemeParams),
    responses(
        (status = 200, description = "The documents with their passages", body = ThemeReport),
        (status = 400, description = "A parameter has a value that cannot be", body = ErrorBody),
        (status = 404, description = "There is no such theme", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Id(name): Id,
    Params(params): Params<ThemeParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let part = ReportPart {
            offset: params.offset,
            limit: params.limit,
            max_passages: params.passages,
        };
        let snapshot = index.snapshot();
        if !snapshot.stamp().themes.contains(&name) {
            return Err(ServiceError::NoTheme(name));
        }
        Answer::json(&ThemeReport::from(search::theme(&*snapshot, &name, part)?))
    })
    .await
}
