//! `GET /api/evolve`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, Expected};
use crate::error::ServiceError;
use crate::extract::Params;
use crate::formats::{Format, InFormat};
use crate::params::SearchParams;
use crate::use_params::UseParams;
use crate::wire::{ErrorBody, Evolution};
use crate::{picture, reports, work};
use plansearch_index::Index;

/// Counts the use of terms.
#[utoipa::path(
    get,
    path = "/api/evolve",
    description = "Counts the use of terms by year, document, issuer, level or region. An occurrence is one place in paragraphs, headings and table cells, as a quoted phrase finds it.",
    params(UseParams, SearchParams, Format),
    responses(
        (status = 200, description = "The counts", body = Evolution),
        (status = 400, description = "A parameter has a value that cannot be", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(InFormat { params, format }): Params<InFormat<UseParams>>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        if params.term.is_empty() {
            return Err(BadParameter::new("term", "", Expected::Term).into());
        }
        let found = plansearch_evolve::evolve(&*index.snapshot(), &params.request()?)?;
        let found = Evolution::from(&found);
        format.answer(
            &found,
            || reports::evolution(&found),
            || Some(picture::file(&found)),
        )
    })
    .await
}
