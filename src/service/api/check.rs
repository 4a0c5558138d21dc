//! `POST /api/check`.

use std::sync::Arc;

use axum::extract::State;

use crate::answer::Answer;
use crate::draft_body::DraftBody;
use crate::error::ServiceError;
use crate::params::SearchParams;
use crate::wire::{Check, ErrorBody};
use crate::work;
use plansearch_draft::check;
use plansearch_index::Index;

/// Checks a draft.
#[utoipa::path(
    post,
    path = "/api/check",
    description = "Holds the figures, dates, quotations, titles, document numbers and issuers of a draft against the library: what the draft says, what the source says, and where. The body is the draft, as text or as a file of any format that is indexed, a form or JSON object with the field `text`, or a form with a file in the field `file`; at most 1 MiB of text. The filters of a search, as parameters of the address, say which documents may be sources. Nothing of the draft is kept.",
    params(SearchParams),
    request_body(content = String, content_type = "text/plain", description = "The draft"),
    responses(
        (status = 200, description = "The statements with what their sources say", body = Check),
        (status = 400, description = "The draft cannot be read, or a parameter has a value that cannot be", body = ErrorBody),
        (status = 413, description = "The draft is too long", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    body: DraftBody,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let draft = body.draft()?;
        let checked = check(&*index.snapshot(), &body.filter, &draft.text)?;
        Answer::json(&Check::new(&draft, &checked))
    })
    .await
}
