//! `GET /health`.

use std::sync::Arc;

use axum::extract::State;

use crate::index::Index;
use crate::service::answer::Answer;
use crate::service::error::ServiceError;
use crate::service::wire::Health;
use crate::service::work;

/// Says that the service answers, and from how much.
#[utoipa::path(
    get,
    path = "/health",
    description = "Says that the service answers, and from how much.",
    responses((status = 200, description = "The service answers", body = Health))
)]
pub(in crate::service) async fn handle(
    State(index): State<Arc<Index>>,
) -> Result<Answer, ServiceError> {
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
