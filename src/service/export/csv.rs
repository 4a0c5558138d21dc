//! Passages as csv: UTF-8 with a mark at its start, so that Excel reads Chinese,
//! and no cell that a spreadsheet program would calculate.

use super::{COLUMNS, Entry, looks_like_formula};
use crate::error::ServiceError;

/// By this mark at its start Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// Writes a head and one line for each entry.
pub(super) fn write(entries: &[Entry]) -> Result<Vec<u8>, ServiceError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for entry in entries {
        writer.write_record(entry.cells().map(as_text))?;
    }
    let written = writer.into_inner();
    Ok(written.map_err(csv::IntoInnerError::into_error)?)
}

/// A csv has no types, so what looks like a formula gets a mark before it that
/// programs show as text.
fn as_text(cell: String) -> String {
    if looks_like_formula(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text() {
        assert_eq!(as_text("=HYPERLINK(\"x\")".into()), "'=HYPERLINK(\"x\")");
        assert_eq!(as_text("氢能".into()), "氢能");
    }
}
