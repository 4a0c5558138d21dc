//! `GET /api/documents`.

use std::sync::Arc;

use axum::extract::State;

use crate::index::Index;
use crate::service::answer::Answer;
use crate::service::error::ServiceError;
use crate::service::wire::{DocumentList, ErrorBody};
use crate::service::work;

/// Lists the documents.
#[utoipa::path(
    get,
    path = "/api/documents",
    description = "Lists all documents of the library.",
    responses(
        (status = 200, description = "The documents", body = DocumentList),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(in crate::service) async fn handle(
    State(index): State<Arc<Index>>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        Answer::json(&DocumentList::from(snapshot.catalog().documents()))
    })
    .await
}
