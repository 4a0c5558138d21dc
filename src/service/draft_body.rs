//! A draft that a request brings in its body.
//!
//! The body is the draft itself, as text or as a file of any format, or a form or JSON
//! object with the field `text`. The filters of a search stand in the address. Nothing of
//! it is kept.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde::Deserialize;

use super::bad_parameter::{BadParameter, Expected};
use super::error::ServiceError;
use super::extract::FromPairs as _;
use super::params::SearchParams;
use plansearch_draft::{DraftError, DraftText};
use plansearch_index::Filter;

/// Most text of a draft, in bytes.
pub(super) const MAX_TEXT_BYTES: usize = 1024 * 1024;
/// Most bytes of a file; pictures make it large, not its text. A form writes each byte
/// of a text as three.
const MAX_BODY_BYTES: usize = 8 * 1024 * 1024;
/// In what time a body must come whole.
const MAX_BODY_TIME: Duration = Duration::from_secs(30);

/// A draft and where its sources may come from.
pub(super) struct DraftBody {
    /// The body as it came.
    bytes: Vec<u8>,
    kind: Kind,
    pub(super) filter: Filter,
}

enum Kind {
    File,
    Form,
    Json,
}

/// The JSON form of a draft.
#[derive(Deserialize)]
struct JsonDraft {
    text: String,
}

impl<S: Send + Sync> FromRequest<S> for DraftBody {
    type Rejection = ServiceError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ServiceError> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let pairs = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .filter(|(_, value)| !value.trim().is_empty());
        let filter = SearchParams::from_pairs(pairs)?.request(0)?.filter;
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = match kind.split(';').next().unwrap_or_default().trim() {
            "application/x-www-form-urlencoded" => Kind::Form,
            "application/json" => Kind::Json,
            _ => Kind::File,
        };
        let body = to_bytes(request.into_body(), MAX_BODY_BYTES);
        let body = tokio::time::timeout(MAX_BODY_TIME, body).await;
        let body = body.map_err(|_| ServiceError::TooSlow(MAX_BODY_TIME.as_secs()))?;
        let body = body.map_err(|_| ServiceError::TooLarge(MAX_BODY_BYTES))?;
        Ok(Self {
            bytes: body.to_vec(),
            kind,
            filter,
        })
    }
}

impl DraftBody {
    /// Reads the draft. Reading a file is work for the processor.
    pub(super) fn draft(&self) -> Result<DraftText, ServiceError> {
        let unreadable = |what: String| BadParameter::new("text", what, Expected::Draft);
        let draft = match self.kind {
            Kind::File => DraftText::of_bytes("-", &self.bytes, MAX_TEXT_BYTES).map_err(
                |error| match error {
                    DraftError::TooLong { .. } => ServiceError::TooLarge(MAX_TEXT_BYTES),
                    other => unreadable(other.to_string()).into(),
                },
            )?,
            Kind::Form => {
                let mut fields = form_urlencoded::parse(&self.bytes);
                let text = fields.find(|(name, _)| name == "text");
                DraftText::of_text("-", &text.map(|(_, text)| text).unwrap_or_default())
            }
            Kind::Json => {
                let json: JsonDraft = serde_json::from_slice(&self.bytes)
                    .map_err(|error| unreadable(error.to_string()))?;
                DraftText::of_text("-", &json.text)
            }
        };
        if draft.text.len() > MAX_TEXT_BYTES {
            return Err(ServiceError::TooLarge(MAX_TEXT_BYTES));
        }
        if draft.text.trim().is_empty() {
            return Err(unreadable(String::new()).into());
        }
        Ok(draft)
    }
}
