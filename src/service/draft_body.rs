//! A draft that a request brings in its body.
//!
//! The body is the draft itself, as text or as a file of any format, a form or JSON object
//! with the field `text`, or a form with a file in the field `file`. The filters of a search
//! stand in the address. Nothing of it is kept.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderValue, header};
use serde::Deserialize;

use super::address::base_name;
use super::bad_parameter::{BadParameter, Expected};
use super::error::ServiceError;
use super::extract::FromPairs as _;
use super::params::SearchParams;
use plansearch_draft::{DraftError, DraftText};
use plansearch_engine::Filter;

/// Most text of a draft, in bytes.
pub(super) const MAX_TEXT_BYTES: usize = 1024 * 1024;
/// Most bytes of a file; pictures make it large, not its text. A form writes each byte
/// of a text as three.
const MAX_BODY_BYTES: usize = 8 * 1024 * 1024;
/// In what time a body must come whole.
const MAX_BODY_TIME: Duration = Duration::from_secs(30);

/// A draft and where its sources may come from.
pub(super) struct DraftBody {
    /// The body as it came, or the file in it.
    bytes: Vec<u8>,
    /// Name of the file, `-` where there is none.
    name: String,
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
        let media_type = request.headers().get(header::CONTENT_TYPE).cloned();
        let body = to_bytes(request.into_body(), MAX_BODY_BYTES);
        let body = tokio::time::timeout(MAX_BODY_TIME, body).await;
        let body = body.map_err(|_| ServiceError::TooSlow(MAX_BODY_TIME.as_secs()))?;
        let body = body.map_err(|_| ServiceError::TooLarge(MAX_BODY_BYTES))?;
        let kind = media_type.as_ref().and_then(|kind| kind.to_str().ok());
        let kind = match kind.and_then(|kind| kind.split(';').next()).map(str::trim) {
            Some("application/x-www-form-urlencoded") => Kind::Form,
            Some("application/json") => Kind::Json,
            Some("multipart/form-data") => {
                let (name, bytes) = upload(body.into(), media_type).await?;
                return Ok(Self {
                    bytes,
                    name,
                    kind: Kind::File,
                    filter,
                });
            }
            _ => Kind::File,
        };
        Ok(Self {
            bytes: body.to_vec(),
            name: "-".to_owned(),
            kind,
            filter,
        })
    }
}

/// The file of a form with its name; where none was chosen the text beside it.
async fn upload(
    body: Body,
    media_type: Option<HeaderValue>,
) -> Result<(String, Vec<u8>), ServiceError> {
    let unreadable = |what: String| BadParameter::new("file", what, Expected::Draft);
    let mut request = Request::new(body);
    if let Some(media_type) = media_type {
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    // The body was bounded when it was read.
    DefaultBodyLimit::disable().apply(&mut request);
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|error| unreadable(error.body_text()))?;
    let mut text = Vec::new();
    loop {
        let field = form.next_field().await;
        let Some(field) = field.map_err(|error| unreadable(error.body_text()))? else {
            return Ok(("-".to_owned(), text));
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await;
        let bytes = bytes.map_err(|error| unreadable(error.body_text()))?;
        match name.as_str() {
            "file" if !bytes.is_empty() => {
                // Some browsers send folders too.
                let name = Some(base_name(&file_name)).filter(|name| !name.is_empty());
                return Ok((name.unwrap_or("-").to_owned(), bytes.to_vec()));
            }
            "text" => text = bytes.to_vec(),
            _ => {}
        }
    }
}

impl DraftBody {
    /// Reads the draft. Reading a file is work for the processor.
    pub(super) fn draft(&self) -> Result<DraftText, ServiceError> {
        let unreadable = |what: String| BadParameter::new("text", what, Expected::Draft);
        let draft =
            match self.kind {
                Kind::File => DraftText::of_bytes(&self.name, &self.bytes, MAX_TEXT_BYTES)
                    .map_err(|error| match error {
                        DraftError::TooLong { .. } => ServiceError::TooLarge(MAX_TEXT_BYTES),
                        other => unreadable(other.to_string()).into(),
                    })?,
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
