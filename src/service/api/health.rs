//! `GET /health`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::wire::Health;
use crate::work;
use plansearch_index::Index;

/// Says that the service answers, and from how much.
#[utoipa::path(
    get,
    path = "/health",
    description = "Says that the service answers, and from how much.",
    responses((status = 200, description = "The service answers", body = Health))
)]
pub(crate) async fn handle(State(index): State<Arc<Index>>) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        Answer::json(&Health {
            status: "ok".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            documents: snapshot.catalog().documents().len(),
            passages: snapshot.n_passages(),
        })
    })
    .await
}
