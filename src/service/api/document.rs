//! `GET /api/documents/{id}`.

use std::sync::Arc;

use axum::extract::State;

use crate::address::encode_segment;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::Id;
use crate::wire::{Document, DocumentText, ErrorBody, Passage};
use crate::work;
use plansearch_index::Index;

/// Gives a document with its passages.
#[utoipa::path(
    get,
    path = "/api/documents/{id}",
    description = "Gives a document with all its passages. The id of an earlier edition of an edited file gives what it has become.",
    params(("id" = String, Path, description = "Id of the document")),
    responses(
        (status = 200, description = "The document", body = DocumentText),
        (status = 404, description = "There is no such document", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Id(id): Id,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        let Some(doc) = snapshot.catalog().now(&id) else {
            return Err(ServiceError::NoDocument(id));
        };
        let passages = snapshot.passages_of(&doc.id, 0..usize::MAX)?;
        let answer = Answer::json(&DocumentText {
            document: Document::from(doc),
            passages: passages.iter().map(|p| Passage::new(doc, p)).collect(),
        })?;
        let path = format!("/api/documents/{}", encode_segment(&doc.id));
        Ok(answer.with_own_address(path))
    })
    .await
}
