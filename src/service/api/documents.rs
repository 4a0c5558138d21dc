//! `GET /api/documents`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::wire::{Documents, ErrorBody};
use crate::work;
use plansearch_index::Index;

/// Lists the documents.
#[utoipa::path(
    get,
    path = "/api/documents",
    description = "Lists all documents of the library.",
    responses(
        (status = 200, description = "The documents", body = Documents),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(State(index): State<Arc<Index>>) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        Answer::json(&Documents::from(snapshot.catalog().documents()))
    })
    .await
}
