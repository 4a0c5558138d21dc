//! Passages as a spreadsheet: one row each, all cells text but the number. It is set to
//! be printed: across, as wide as a page, the head on each.

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook};

use super::{COLUMNS, Entry, looks_like_formula};
use crate::error::ServiceError;

/// Units of UTF-16 that a cell takes, less the remark on what does not fit.
const MAX_CELL_UNITS: usize = 32_700;

/// What stands at the end of a text that does not fit into a cell.
const CUT: &str = "……（一格放不下，全文见地址）";

/// Widths of the columns, in characters.
const WIDTHS: [f64; COLUMNS.len()] = [
    6.0, 70.0, 24.0, 24.0, 36.0, 36.0, 20.0, 20.0, 12.0, 40.0, 40.0, 40.0, 40.0, 30.0,
];

/// The last column.
const LAST_COLUMN: u16 = 13;

/// Writes a head and one row for each entry.
pub(super) fn write(entries: &[Entry]) -> Result<Vec<u8>, ServiceError> {
    let head = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00E8_EEF5))
        .set_align(FormatAlign::Top);
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    // A cell of type text is shown as text; with this it stays text when somebody
    // edits it.
    let guarded = cell.clone().set_quote_prefix();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("摘录")?;
    sheet.set_freeze_panes(1, 0)?;
    for ((column, name), width) in (0..).zip(COLUMNS).zip(WIDTHS) {
        sheet.write_string_with_format(0, column, name, &head)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, entry) in (1..).zip(entries) {
        for (column, text) in (0..).zip(entry.cells()) {
            if column == 0 {
                let number = u32::try_from(entry.number).unwrap_or(u32::MAX);
                sheet.write_number_with_format(row, column, number, &cell)?;
                continue;
            }
            let format = if looks_like_formula(&text) {
                &guarded
            } else {
                &cell
            };
            sheet.write_string_with_format(row, column, fitting(&text), format)?;
        }
    }
    let last = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, LAST_COLUMN)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(workbook.save_to_buffer()?)
}

/// The text, or as much of it as a cell takes.
pub(crate) fn fitting(text: &str) -> String {
    let mut n_units = 0;
    let mut kept = String::new();
    for c in text.chars() {
        n_units += c.len_utf16();
        if n_units > MAX_CELL_UNITS {
            kept.push_str(CUT);
            break;
        }
        kept.push(c);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_a_cell_says_that_it_is_cut() {
        let long = "𠮷".repeat(40_000);
        let kept = fitting(&long);
        assert!(kept.ends_with(CUT));
        assert!(kept.encode_utf16().count() <= 32_767);
        assert_eq!(fitting("氢能"), "氢能");
    }
}
