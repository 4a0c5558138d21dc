//! Parts with their names as one zip package, as Word reads them.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::error::ServiceError;

/// Writes a package.
pub(super) fn package<'a>(
    parts: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<u8>, ServiceError> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        package.start_file(name, SimpleFileOptions::default())?;
        package.write_all(content.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}
