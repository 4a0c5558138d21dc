//! `GET /health`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::wire::Health;
use crate::work;
use plansearch_index::Index;

const TROUBLE: &str =
    "the newest commit cannot be read, an older one is in use; the cause is in the log";

/// Says that the service answers, and from how much. It is answered however many
/// searches wait.
#[utoipa::path(
    get,
    path = "/health",
    description = "Says that the service answers, and from how much.",
    responses((status = 200, description = "The service answers", body = Health))
)]
pub(crate) async fn handle(State(index): State<Arc<Index>>) -> Result<Answer, ServiceError> {
    work::aside(move || {
        let snapshot = index.snapshot();
        // Where the index lies and what is wrong with it is for the log alone.
        let trouble = index.trouble().map(|_| TROUBLE.to_owned());
        Answer::json(&Health {
            status: if trouble.is_some() { "stale" } else { "ok" }.to_owned(),
            trouble,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            documents: snapshot.catalog().documents().len(),
            passages: snapshot.n_passages(),
        })
    })
    .await
}
