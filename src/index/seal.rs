//! What a commit says of itself, and what is checked when it is opened.
//!
//! The engine keeps a checksum in each file but not in the one that names the commit.
//! The stamp there carries its own; the schema and the sizes of segments are compared
//! with what this program writes. The columns are read whole by every opening, so their
//! checksums are compared then; the others are by [`super::verify()`].

use std::path::{Path, PathBuf};

use tantivy::{Searcher, SegmentReader};

use super::error::engine_error;
use super::schema::Fields;
use super::stamp::Stamp;
use super::writer::settings;
use plansearch_engine::EngineError;

/// The stamp as it stands in a commit: JSON, and on a second line its hash.
pub(super) fn payload(stamp: &Stamp) -> Result<String, EngineError> {
    let json = serde_json::to_string(stamp)?;
    let hash = hash(&json);
    Ok(format!("{json}\n{hash}"))
}

/// Reads the stamp of a commit and refuses one that this program cannot read.
pub(super) fn read(dir: &Path, payload: Option<&str>) -> Result<Stamp, EngineError> {
    let other = |found: String| EngineError::OtherFormat {
        dir: dir.to_owned(),
        found,
        needed: Stamp::current("", Vec::new()).version(),
    };
    let payload = payload.ok_or_else(|| other("unknown".to_owned()))?;
    let (json, sealed) = match payload.split_once('\n') {
        Some((json, sealed)) => (json, Some(sealed)),
        None => (payload, None),
    };
    if sealed.is_some_and(|sealed| sealed != hash(json)) {
        return Err(EngineError::damaged(
            dir,
            "its stamp is not as it was written",
        ));
    }
    let stamp: Stamp = serde_json::from_str(json).map_err(|_| other("unknown".to_owned()))?;
    if stamp.is_readable() {
        Ok(stamp)
    } else {
        Err(other(stamp.version()))
    }
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// Compares what is cheap to compare.
pub(super) fn check_opened(dir: &Path, searcher: &Searcher) -> Result<(), EngineError> {
    let index = searcher.index();
    let (schema, _) = Fields::build();
    if index.schema() != schema || *index.settings() != settings() {
        let what = "its schema is not that of its format";
        return Err(EngineError::damaged(dir, what));
    }
    for reader in searcher.segment_readers() {
        check_sizes(dir, reader)?;
        let id = reader.segment_id().uuid_string();
        for suffix in ["fast", "fieldnorm"] {
            check_file(dir, searcher, &PathBuf::from(format!("{id}.{suffix}")))?;
        }
    }
    Ok(())
}

/// A segment has as many entries as its columns.
fn check_sizes(dir: &Path, reader: &SegmentReader) -> Result<(), EngineError> {
    let column = reader
        .fast_fields()
        .str("section")
        .map_err(|source| engine_error(dir, source))?;
    let n_rows = column.map_or(0, |column| column.ords().num_docs());
    let n_alive = reader.alive_bitset().map_or(
        n_rows as usize,
        tantivy::fastfield::AliveBitSet::num_alive_docs,
    );
    if n_rows != reader.max_doc() || n_alive != reader.num_docs() as usize {
        return Err(EngineError::damaged(
            dir,
            "a segment has another size than its commit says",
        ));
    }
    Ok(())
}

/// Compares a file with its checksum; one that is not there is no matter of this.
pub(super) fn check_file(dir: &Path, searcher: &Searcher, file: &Path) -> Result<(), EngineError> {
    use tantivy::directory::error::OpenReadError;
    match searcher.index().directory().validate_checksum(file) {
        Ok(true) | Err(OpenReadError::FileDoesNotExist(_)) => Ok(()),
        Ok(false) => Err(changed(dir, file)),
        Err(error) => match engine_error(dir, error.into()) {
            denied @ EngineError::Denied { .. } => Err(denied),
            _ => Err(changed(dir, file)),
        },
    }
}

fn changed(dir: &Path, file: &Path) -> EngineError {
    EngineError::damaged(
        dir,
        format!("its file `{}` is not as it was written", file.display()),
    )
}
