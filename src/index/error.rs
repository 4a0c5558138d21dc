//! Errors of the engine, as the surface has them.

use std::io;
use std::path::Path;

use plansearch_engine::EngineError;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// An error of the engine with the folder; what the system said is told where it is known.
pub(super) fn engine_error(dir: &Path, source: TantivyError) -> EngineError {
    if let Some(cause) = system_cause(&source) {
        return EngineError::io(dir, cause);
    }
    EngineError::Engine {
        dir: dir.to_owned(),
        source: Box::new(source),
    }
}

/// The error of the system behind an error of the engine, where it has a number.
fn system_cause(error: &TantivyError) -> Option<io::Error> {
    let (TantivyError::IoError(held)
    | TantivyError::OpenReadError(OpenReadError::IoError { io_error: held, .. })
    | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: held, .. })
    | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: held, .. })
    | TantivyError::LockFailure(LockError::IoError(held), _)) = error
    else {
        return None;
    };
    held.raw_os_error().map(io::Error::from_raw_os_error)
}
