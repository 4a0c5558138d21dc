//! `GET /documents/{id}/original`: the file that a document was read from.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State;

use super::address::{base_name, encode_segment};
use super::answer::Answer;
use super::error::ServiceError;
use super::extract::Id;
use super::work;
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

/// Gives the file: a pdf to be shown, all else to be saved; nothing in it is run, whatever
/// it is.
#[utoipa::path(
    get,
    path = "/documents/{id}/original",
    description = "The file that the document was read from, as it lies in the library now; a pdf is shown, `#page=N` behind the address opens it there.",
    params(("id" = String, Path, description = "Id of the document")),
    responses(
        (status = 200, description = "The file", content_type = "application/octet-stream"),
        (status = 404, description = "There is no such document, or its file is gone"),
    )
)]
pub(super) async fn handle(
    State(index): State<Arc<Index>>,
    Id(id): Id,
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

/// The header that names the file as it is shown to people.
fn disposition(way: &str, doc: &DocumentRecord) -> String {
    let name = base_name(doc.file());
    format!("{way}; filename*=UTF-8''{}", encode_segment(name))
}
