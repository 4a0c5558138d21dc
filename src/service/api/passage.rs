//! `GET /api/passages/{id}`.

use std::sync::Arc;

use axum::extract::State;

use crate::index::{Index, IndexError, Snapshot};
use crate::service::answer::Answer;
use crate::service::error::ServiceError;
use crate::service::extract::Id;
use crate::service::wire::{Document, ErrorBody, Passage, PassageInPlace};
use crate::service::work;

/// How many passages are shown on each side of one.
const N_NEIGHBOURS: usize = 2;

/// Finds a passage with its document and two neighbours on each side; `None`
/// when no passage has this id.
///
/// # Errors
/// [`IndexError`] when the index cannot be read.
pub fn in_place(snapshot: &Snapshot, id: &str) -> Result<Option<PassageInPlace>, IndexError> {
    let Some(record) = snapshot.passage(id)? else {
        return Ok(None);
    };
    let Some(doc) = snapshot.catalog().get(&record.doc) else {
        return Ok(None);
    };
    let first = record.idx.saturating_sub(N_NEIGHBOURS);
    let last = record.idx.saturating_add(N_NEIGHBOURS);
    let near = snapshot.passages_of(&record.doc, first..last.saturating_add(1))?;
    let twins = |is_wanted: &dyn Fn(usize) -> bool| {
        let wanted = near.iter().filter(|near| is_wanted(near.idx));
        wanted.map(|near| Passage::new(doc, near)).collect()
    };
    Ok(Some(PassageInPlace {
        doc: Document::from(doc),
        before: twins(&|idx| idx < record.idx),
        passage: Passage::new(doc, &record),
        after: twins(&|idx| idx > record.idx),
    }))
}

/// Gives a passage in its place.
#[utoipa::path(
    get,
    path = "/api/passages/{id}",
    description = "Gives a passage in its place: its document, path, neighbours and citation.",
    params(("id" = String, Path, description = "Id of the passage")),
    responses(
        (status = 200, description = "The passage", body = PassageInPlace),
        (status = 404, description = "There is no such passage", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(in crate::service) async fn handle(
    State(index): State<Arc<Index>>,
    Id(id): Id,
) -> Result<Answer, ServiceError> {
    work::answer(move || match in_place(&index.snapshot(), &id)? {
        Some(passage) => Answer::json(&passage),
        None => Err(ServiceError::NoPassage(id)),
    })
    .await
}
