//! `GET /suggestions`: suggestions in the form that browsers read.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::api::suggest::SuggestParams;
use crate::error::ServiceError;
use crate::extract::Params;
use crate::work;
use plansearch_index::Index;
use plansearch_search as search;

/// Completes what was typed.
#[utoipa::path(
    get,
    path = "/suggestions",
    description = "The suggestions of /api/suggest in the form of OpenSearch: `[\"typed\", [\"text\", …], [\"n 段\", …]]`.",
    params(SuggestParams),
    responses(
        (status = 200, description = "The suggestions", content_type = "application/x-suggestions+json"),
        (status = 400, description = "A parameter has a value that cannot be"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<SuggestParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let found = search::suggest(&*index.snapshot(), &params.q, params.limit)?;
        let remarks: Vec<String> = found
            .iter()
            .map(|found| format!("{} 段", found.count))
            .collect();
        let texts: Vec<String> = found.into_iter().map(|found| found.text).collect();
        Answer::json_as(
            "application/x-suggestions+json; charset=utf-8",
            &(params.q, texts, remarks),
        )
    })
    .await
}
