//! `GET /api/passages/{id}`.

use std::sync::Arc;

use axum::extract::State;

use crate::address::encode_segment;
use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::Id;
use crate::wire::{ErrorBody, PassageInPlace};
use crate::work;
use plansearch_engine::{Engine, EngineError};
use plansearch_index::Index;

/// How many passages are shown on each side of one.
const N_NEIGHBOURS: usize = 2;

fn in_place(snapshot: &dyn Engine, id: &str) -> Result<Option<PassageInPlace>, EngineError> {
    let Some((passage, fate)) = snapshot.passage_now(id)? else {
        return Ok(None);
    };
    let Some(doc) = snapshot.catalog().get(&passage.doc) else {
        return Ok(None);
    };
    let first = passage.idx.saturating_sub(N_NEIGHBOURS);
    let last = passage.idx.saturating_add(N_NEIGHBOURS);
    let around = snapshot.passages_of(&passage.doc, first..last.saturating_add(1))?;
    let now = PassageInPlace::new(&passage, doc, &around);
    Ok(Some(if passage.id == id {
        now
    } else {
        now.following(id, fate)
    }))
}

/// Gives a passage in its place.
#[utoipa::path(
    get,
    path = "/api/passages/{id}",
    description = "Gives a passage in its place: its document, path, neighbours and citation. The id of a passage of an earlier edition of an edited file gives what stands for it now, and `former` says what became of it.",
    params(("id" = String, Path, description = "Id of the passage")),
    responses(
        (status = 200, description = "The passage", body = PassageInPlace),
        (status = 404, description = "There is no such passage", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Id(id): Id,
) -> Result<Answer, ServiceError> {
    work::answer(move || match in_place(&*index.snapshot(), &id)? {
        Some(now) => {
            let answer = Answer::json(&now)?;
            let path = format!("/api/passages/{}", encode_segment(&now.passage.id));
            Ok(answer.with_own_address(path))
        }
        None => Err(ServiceError::NoPassage(id)),
    })
    .await
}
