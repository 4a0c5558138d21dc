//! `GET /documents/{id}/original`: the file that a document was read from.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State;
use utoipa::IntoParams;

use super::address::{self, base_name};
use super::answer::Answer;
use super::bad_parameter::{BadParameter, flag};
use super::error::ServiceError;
use super::extract::{FromPairs, Id, Params};
use super::{page, work};
use plansearch_document::DocumentId;
use plansearch_engine::{DocumentRecord, path_of_key};
use plansearch_index::Index;

/// Largest file that is given, in bytes: what is larger is not indexed either.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// What a pdf is called.
pub(super) const PDF: &str = "application/pdf";

/// The file of a document, where it still lies in its place. A file of ready-made
/// passages is no original.
pub(super) fn path(doc: &DocumentRecord) -> Option<PathBuf> {
    let mut paths = doc.paths.iter().map(|key| path_of_key(key));
    paths.find(|path| {
        let is_made = path.extension().is_some_and(|suffix| suffix == "jsonl");
        let is_given = |file: fs::Metadata| file.is_file() && file.len() <= MAX_BYTES;
        !is_made && fs::metadata(path).is_ok_and(is_given)
    })
}

/// How a reader asks for a file that was edited since it was read.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OriginalParams {
    /// `1` gives the file also where it is no longer the one that was read.
    #[param(required = false, example = "1")]
    edited: bool,
}

impl FromPairs for OriginalParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            if name == "edited" {
                params.edited = flag("edited", &value)?;
            }
        }
        Ok(params)
    }
}

/// Gives the file: a pdf to be shown, all else to be saved; nothing in it is run, whatever
/// it is. One that was edited since it was read is given when the reader was told.
#[utoipa::path(
    get,
    path = "/documents/{id}/original",
    description = "The file that the document was read from; a pdf is shown, `#page=N` behind the address opens it there. Where it was edited since, a page says so and leads to it.",
    params(("id" = String, Path, description = "Id of the document"), OriginalParams),
    responses(
        (status = 200, description = "The file", content_type = "application/octet-stream"),
        (status = 404, description = "There is no such document, or its file is gone"),
    )
)]
pub(super) async fn handle(
    State(index): State<Arc<Index>>,
    Id(id): Id,
    Params(params): Params<OriginalParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        let doc = snapshot.catalog().get(&id).ok_or(ServiceError::NotFound)?;
        let path = path(doc).ok_or(ServiceError::NotFound)?;
        let mut bytes = Vec::new();
        // The file may grow while it is read.
        let read = File::open(&path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes));
        if read.is_err() {
            return Err(ServiceError::NotFound);
        }
        if !params.edited && !is_as_read(doc, &bytes) {
            return page::edited::answer(doc);
        }
        // Browsers show a pdf at the page that the address names; all else is saved.
        let (content_type, way) = if bytes.starts_with(b"%PDF-") {
            (PDF, "inline")
        } else {
            ("application/octet-stream", "attachment")
        };
        Ok(Answer::file(content_type, disposition(way, doc), bytes))
    })
    .await
}

/// Whether the content is the one that the document was read from. The hash of the source
/// may be that of the file with its corrections; the id begins with that of the file alone.
fn is_as_read(doc: &DocumentRecord, bytes: &[u8]) -> bool {
    let hash = blake3::hash(bytes).to_hex();
    let of_file = DocumentId::from_hash(&hash, 0);
    doc.source_hash == hash.as_str() || doc.id.split('.').next() == Some(of_file.as_str())
}

/// The header that names the file as it is shown to people.
fn disposition(way: &str, doc: &DocumentRecord) -> String {
    format!("{way}; {}", address::file_name(base_name(doc.file())))
}
