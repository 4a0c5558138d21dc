//! Remarks as comments in a copy of the writer's own Word document.
//!
//! Every part of the package is copied as it is, but the body, which gets marks for the
//! comments between its runs, and the parts that list and hold comments. The body is
//! changed by putting text in, so nothing else of it changes. What has no place in the
//! body (a text box, a footnote) is said in a comment at its beginning.

mod anchors;
mod body;
mod parts;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::MarkedDraft;
use crate::error::ServiceError;
use anchors::Anchors;
use body::Body;
use parts::Parts;

impl MarkedDraft {
    /// A copy of the document `bytes` with the remarks in its margin; none where it is no
    /// docx.
    ///
    /// # Errors
    /// [`ServiceError`] when it cannot be written.
    pub fn in_own_docx(&self, bytes: &[u8]) -> Result<Option<Vec<u8>>, ServiceError> {
        let Some(parts) = Parts::of(bytes) else {
            return Ok(None);
        };
        let Some(body) = Body::of(&parts.document) else {
            return Ok(None);
        };
        let first_id = parts.first_id();
        let mut anchors = Anchors::new(&body);
        let mut comments: Vec<(usize, Vec<String>)> = Vec::new();
        let mut without_place: Vec<String> = Vec::new();
        let texts = self.said_all();
        for (remark, text) in self.remarks.iter().zip(&texts) {
            let id = first_id + comments.len() + 1;
            if anchors.add(text, id) {
                let first = format!("【{}】", remark.state);
                let lines = [first].into_iter().chain(remark.lines.iter().cloned());
                comments.push((id, lines.collect()));
            } else {
                without_place.push(format!("【{}】{text}", remark.state));
                without_place.extend(remark.lines.iter().cloned());
            }
        }
        let mut general = vec![self.title.clone()];
        general.extend(self.summary.iter().cloned());
        general.extend(without_place);
        if anchors.add_at_start(first_id) {
            comments.insert(0, (first_id, general));
        }
        let document = anchors.applied();
        let changed = parts.with(document, &comments)?;
        Ok(Some(copy(bytes, changed)?))
    }
}

/// Copies a package with other parts in place of, and beside, its own.
fn copy(bytes: &[u8], mut changed: Vec<(String, String)>) -> Result<Vec<u8>, ServiceError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let file = archive.by_index_raw(number)?;
        let name = file.name()?.into_owned();
        let own = changed.iter().position(|(own, _)| *own == name);
        if let Some(at) = own {
            let (_, text) = changed.remove(at);
            drop(file);
            writer.start_file(name, SimpleFileOptions::default())?;
            writer.write_all(text.as_bytes())?;
        } else {
            writer.raw_copy_file(file)?;
        }
    }
    for (name, text) in changed {
        writer.start_file(name, SimpleFileOptions::default())?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}
