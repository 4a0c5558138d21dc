//! `GET /api/themes`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::wire::{ErrorBody, Themes};
use crate::work;
use plansearch_index::Index;
use plansearch_search as search;

/// Lists the themes.
#[utoipa::path(
    get,
    path = "/api/themes",
    description = "Lists the themes in the order of the catalogue, each with the number of passages about it and of those that only mention it.",
    responses(
        (status = 200, description = "The themes", body = Themes),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(State(index): State<Arc<Index>>) -> Result<Answer, ServiceError> {
    work::answer(move || Answer::json(&Themes::new(search::themes(&*index.snapshot())?))).await
}
