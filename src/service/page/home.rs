//! `GET /`: the start page, or the results when something is asked.

use std::sync::Arc;

use axum::extract::State;

use super::{results, start};
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::{Form, Params};
use crate::params::SearchParams;
use crate::work;
use plansearch_index::Index;

/// Shows the start page or results.
#[utoipa::path(
    get,
    path = "/",
    description = "The start page, or the results when a query or a filter is given.",
    params(SearchParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<SearchParams>,
) -> Result<Answer, ServiceError> {
    answer(index, params).await
}

/// The same for a query that is too long for an address.
pub(crate) async fn handle_form(
    State(index): State<Arc<Index>>,
    Form(params): Form<SearchParams>,
) -> Result<Answer, ServiceError> {
    answer(index, params).await
}

async fn answer(index: Arc<Index>, params: SearchParams) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        if params.is_empty() {
            start::answer(&*snapshot)
        } else {
            results::answer(&*snapshot, &params)
        }
    })
    .await
}
