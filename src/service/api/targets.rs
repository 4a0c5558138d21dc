//! `GET /api/targets`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::Params;
use crate::formats::{Format, InFormat};
use crate::params::SearchParams;
use crate::target_params::TargetParams;
use crate::wire::{ErrorBody, Targets};
use crate::{picture, reports, work};
use plansearch_index::Index;

/// Lists targets as records.
#[utoipa::path(
    get,
    path = "/api/targets",
    description = "Indicators and targets of plans as records, from tables and running text: value, comparator, unit, year, base, horizon, and the passage.",
    params(TargetParams, SearchParams, Format),
    responses(
        (status = 200, description = "The records", body = Targets),
        (status = 400, description = "A parameter has a value that cannot be", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(InFormat { params, format }): Params<InFormat<TargetParams>>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let found = plansearch_targets::find(&*index.snapshot(), &params.request()?)?;
        let shown = Targets::from(&found);
        let picture = || picture::targets(&params.name.join("、"), &found);
        format.answer(&shown, || reports::targets(&shown), picture)
    })
    .await
}
