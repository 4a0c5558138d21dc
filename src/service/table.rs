//! A table of text and numbers as csv, xlsx or Markdown.
//!
//! No cell is one that a spreadsheet program would calculate; numbers stay numbers.

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook};

use super::error::ServiceError;
use super::export::{fitting, looks_like_formula};

/// A table with a head.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Name of the sheet, at most 31 characters.
    pub name: &'static str,
    /// Heads of the columns with their widths in characters.
    pub columns: Vec<(String, f64)>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

/// By this mark at its start Excel knows UTF-8.
const MARK: &str = "\u{feff}";

impl Table {
    /// Writes it as csv: UTF-8 with a mark at its start.
    ///
    /// # Errors
    /// [`ServiceError`] when it cannot be written.
    pub fn csv(&self) -> Result<Vec<u8>, ServiceError> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(MARK.as_bytes().to_vec());
        writer.write_record(self.columns.iter().map(|(name, _)| name))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| match cell {
                Cell::Empty => String::new(),
                Cell::Number(number) => number.to_string(),
                // A csv has no types; programs show this mark as text.
                Cell::Text(text) if looks_like_formula(text) => format!("'{text}"),
                Cell::Text(text) => text.clone(),
            }))?;
        }
        let written = writer.into_inner();
        Ok(written.map_err(csv::IntoInnerError::into_error)?)
    }

    /// Writes it as a spreadsheet.
    ///
    /// # Errors
    /// [`ServiceError`] when it cannot be written, for instance with more than a million rows.
    pub fn xlsx(&self) -> Result<Vec<u8>, ServiceError> {
        let head = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x00E8_EEF5))
            .set_align(FormatAlign::Top);
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let guarded = plain.clone().set_quote_prefix();
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, (name, width)) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, name, &head)?;
            sheet.set_column_width(column, *width)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Empty => {}
                    Cell::Number(number) => {
                        sheet.write_number_with_format(row, column, *number, &plain)?;
                    }
                    Cell::Text(text) => {
                        let format = if looks_like_formula(text) {
                            &guarded
                        } else {
                            &plain
                        };
                        sheet.write_string_with_format(row, column, fitting(text), format)?;
                    }
                }
            }
        }
        Ok(workbook.save_to_buffer()?)
    }

    /// Writes it as a table of Markdown.
    pub fn markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            let cells: Vec<String> = cells.collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let mut text = line(&mut self.columns.iter().map(|(name, _)| escaped(name)));
        text += &line(&mut self.columns.iter().map(|_| "---".to_owned()));
        for row in &self.rows {
            text += &line(&mut row.iter().map(|cell| match cell {
                Cell::Empty => String::new(),
                Cell::Number(number) => number.to_string(),
                Cell::Text(text) => escaped(text),
            }));
        }
        text
    }
}

/// Text in a cell of a Markdown table.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' => escaped.extend(['\\', c]),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            name: "表",
            columns: vec![("甲".to_owned(), 10.0), ("乙".to_owned(), 10.0)],
            rows: vec![
                vec!["=1+1".into(), 3_usize.into()],
                vec!["a|b\nc".into(), Cell::Empty],
            ],
        }
    }

    #[test]
    fn a_csv_calculates_nothing() {
        let csv = String::from_utf8(table().csv().unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}甲,乙\r\n'=1+1,3\r\n\"a|b\nc\",\r\n");
    }

    #[test]
    fn a_table_of_markdown_stays_one() {
        assert_eq!(
            table().markdown(),
            "| 甲 | 乙 |\n| --- | --- |\n| =1+1 | 3 |\n| a\\|b c |  |\n"
        );
    }

    #[test]
    fn a_spreadsheet_is_written() {
        assert!(table().xlsx().unwrap().starts_with(b"PK"));
    }
}
