//! `GET /api/compare`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, Expected};
use crate::compare_params::CompareParams;
use crate::error::ServiceError;
use crate::extract::Params;
use crate::formats::{Format, InFormat};
use crate::wire::{ComparisonRows, ErrorBody, Topic};
use crate::{reports, work};
use plansearch_compare::{CompareError, Comparison, Text, TopicRequest, listed, topic};
use plansearch_engine::Engine;
use plansearch_index::Index;

/// Compares two documents, or what all say on a topic.
#[utoipa::path(
    get,
    path = "/api/compare",
    description = "Puts two documents (`a` and `b`) side by side: every passage of both stands in exactly one row. With `topic` in their place: what each document says on it (`Topic`).",
    params(CompareParams, Format),
    responses(
        (status = 200, description = "The rows, or the documents with their passages", body = ComparisonRows),
        (status = 400, description = "A parameter has a value that cannot be", body = ErrorBody),
        (status = 404, description = "There is no such document", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(InFormat { params, format }): Params<InFormat<CompareParams>>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        if params.topic.is_empty() {
            sides(&*snapshot, &params, format)
        } else {
            on_topic(&*snapshot, &params, format)
        }
    })
    .await
}

fn sides(
    snapshot: &dyn Engine,
    params: &CompareParams,
    format: Format,
) -> Result<Answer, ServiceError> {
    let text = |name: &'static str, value: &str| {
        if value.is_empty() {
            return Err(BadParameter::new(name, value, Expected::Document).into());
        }
        Text::of_library(snapshot, value).map_err(|error| match error {
            CompareError::NoDocument(name) => ServiceError::NoDocument(name),
            CompareError::Several { documents, .. } => {
                BadParameter::new(name, value, Expected::OneOf(listed(&documents))).into()
            }
            CompareError::Index(error) => error.into(),
        })
    };
    let comparison = Comparison::of(text("a", &params.a)?, text("b", &params.b)?);
    let rows = ComparisonRows::all(&comparison);
    format.answer(&rows, || reports::comparison(&rows), || None)
}

fn on_topic(
    snapshot: &dyn Engine,
    params: &CompareParams,
    format: Format,
) -> Result<Answer, ServiceError> {
    let request = TopicRequest {
        query: params.topic.clone(),
        filter: params.filter.request(0)?.filter,
        max_passages: params.passages,
    };
    let found = Topic::new(&params.topic, &topic(snapshot, &request)?);
    format.answer(&found, || reports::topic(&found), || None)
}
