//! `GET /api/search`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::Params;
use crate::params::SearchParams;
use crate::wire::{ErrorBody, SearchResponse};
use crate::work;
use plansearch_index::Index;
use plansearch_search as search;

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
pub(crate) async fn handle(
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
