//! `GET /api/documents`.

use std::sync::Arc;

use axum::extract::State;

use crate::index::Index;
use crate::service::answer::Answer;
use crate::service::error::ServiceError;
use crate::service::wire::{Documents, ErrorBody};
use crate::service::work;

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
pub(in crate::service) async fn handle(
    State(index): State<Arc<Index>>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        Answer::json(&Documents::from(snapshot.catalog().documents()))
    })
    .await
}
