//! `GET /api/search`.

use std::sync::Arc;

use axum::extract::State;

use crate::index::Index;
use crate::search;
use crate::service::answer::Answer;
use crate::service::error::ServiceError;
use crate::service::extract::Params;
use crate::service::params::SearchParams;
use crate::service::wire::{ErrorBody, SearchResponse};
use crate::service::work;

/// How many values a facet has at most.
const MAX_FACET_VALUES: usize = 100;

/// Answers a search.
#[utoipa::path(
    get,
    path = "/api/search",
    description = "Finds passages. An empty query with a filter lists what the filter holds, in document order. Parameters that can stand repeatedly are alternatives; different parameters are all required.",
    params(SearchParams),
    responses(
        (status = 200, description = "The hits and facets", body = SearchResponse),
        (status = 400, description = "A parameter has a value that cannot be", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(in crate::service) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<SearchParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let request = params.request(MAX_FACET_VALUES)?;
        let response = search::search(&index.snapshot(), &request)?;
        Answer::json(&SearchResponse::from(response))
    })
    .await
}
