//! Spreadsheets of open office programs (ods) as rows, each sheet under its name.
//!
//! Cells show what the file says they show. Empty rows and edges are left out as
//! in other spreadsheets; comments are dropped. What is stated to repeat without
//! end is cut off and named.

use std::collections::BTreeMap;

use super::docx::table::clean;
use super::package::{MAX_UNPACKED_BYTES, Package};
use super::source::Unreadable;
use super::spreadsheet::{Room, Rows, push_sheet};
use super::xml::{self, Element, Node};
use plansearch_document::{Merged, RawCell, RawText};

/// What the package says it is.
pub(super) const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// No office program has more columns.
const MAX_COLUMNS: u32 = 16_384;

const HINT: &str = "open it in an office program and save it as xlsx";
const COMMENT: &str = "批注";

/// Turns the bytes of a workbook into lines.
///
/// # Errors
/// [`Unreadable`] when the package is damaged, locked or too large.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut package = Package::open(bytes, MAX_UNPACKED_BYTES)?;
    let content = package
        .text("content.xml")?
        .ok_or_else(|| Unreadable::new("a spreadsheet without its content", HINT))?;
    let mut book = Book::default();
    let damage = xml::walk(&content, |node| {
        match node {
            Node::Open(element) => book.open(&element),
            Node::Close => book.close(),
            Node::Text(text) => book.text(text),
        }
        Ok(())
    })?;
    book.end_sheet();
    let mut raw = book.raw;
    raw.losses.extend(damage);
    raw.losses.extend(book.room.loss());
    if raw.lines.is_empty() {
        return Err(Unreadable::new("a spreadsheet without text", HINT));
    }
    Ok(raw)
}

#[derive(Default)]
struct Book {
    raw: RawText,
    room: Room,
    /// Names of the open elements.
    open: Vec<String>,
    sheet: String,
    rows: Rows,
    row_no: u32,
    row: BTreeMap<u32, RawCell>,
    n_row_repeats: u32,
    column: u32,
    cell: String,
    n_cell_repeats: u32,
    n_rows_spanned: u32,
    /// The cell is covered by another.
    is_covered: bool,
    /// Values of cells that go on below, by column, with the rows that are left.
    spanned: BTreeMap<u32, (String, u32)>,
    comment: String,
}

fn count(element: &Element<'_>, name: &str) -> u32 {
    let stated = element.attribute(name).and_then(|count| count.parse().ok());
    stated.unwrap_or(1).max(1)
}

impl Book {
    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        match name.as_str() {
            "table" => {
                self.end_sheet();
                self.sheet = element.attribute("name").unwrap_or_default();
            }
            "table-row" => {
                self.n_row_repeats = count(element, "number-rows-repeated");
                self.row.clear();
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                self.n_cell_repeats = count(element, "number-columns-repeated");
                self.n_rows_spanned = count(element, "number-rows-spanned");
                self.is_covered = name == "covered-table-cell";
                self.cell.clear();
            }
            "p" | "tab" | "line-break" | "s" => self.text(" "),
            _ => {}
        }
        self.open.push(name);
    }

    fn close(&mut self) {
        match self.open.pop().as_deref() {
            Some("table") => self.end_sheet(),
            Some("table-row") => self.end_row(),
            Some("table-cell" | "covered-table-cell") => self.end_cell(),
            Some("annotation") => {
                let comment = std::mem::take(&mut self.comment);
                if !comment.trim().is_empty() {
                    self.raw.dropped.push((clean(&comment), COMMENT));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let is_inside = |name: &str| self.open.iter().any(|open| open == name);
        if is_inside("annotation") {
            self.comment += text;
        } else if is_inside("table-cell") || is_inside("covered-table-cell") {
            self.cell += text;
        }
    }

    fn end_cell(&mut self) {
        let text = clean(&self.cell);
        let n_repeats = self.n_cell_repeats;
        if text.is_empty() {
            // What a cell on the left covers; a cell above fills what it covers itself.
            if self.is_covered && self.row.contains_key(&self.column.wrapping_sub(1)) {
                let cell = RawCell {
                    merged: Merged::Left,
                    ..RawCell::default()
                };
                let columns = self.column..self.column.saturating_add(n_repeats).min(MAX_COLUMNS);
                self.row
                    .extend(columns.map(|column| (column, cell.clone())));
            }
            self.column = self.column.saturating_add(n_repeats);
            return;
        }
        for _ in 0..n_repeats {
            if self.column >= MAX_COLUMNS {
                self.room.use_up();
                return;
            }
            if !self.room.take(0, text.len() + 3) {
                return;
            }
            if self.n_rows_spanned > 1 {
                let below = (text.clone(), self.n_rows_spanned - 1);
                self.spanned.insert(self.column, below);
            }
            self.row.insert(self.column, RawCell::new(text.clone()));
            self.column = self.column.saturating_add(1);
        }
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if row.is_empty() {
            self.row_no = self.row_no.saturating_add(self.n_row_repeats);
            let n_repeats = self.n_row_repeats;
            self.spanned.retain(|_, (_, n_left)| {
                *n_left = n_left.saturating_sub(n_repeats);
                *n_left > 0
            });
            return;
        }
        for idx in 0..self.n_row_repeats {
            let mut row = row.clone();
            for (column, (text, n_left)) in &mut self.spanned {
                // The row where a cell begins holds it already.
                if !row.contains_key(column) && self.room.take(0, text.len()) {
                    let cell = RawCell {
                        text: text.clone(),
                        merged: Merged::Above,
                    };
                    row.insert(*column, cell);
                    *n_left -= 1;
                }
            }
            self.spanned.retain(|_, (_, n_left)| *n_left > 0);
            // The cells themselves were counted as they came.
            let n_bytes = match idx {
                0 => 0,
                _ => row.values().map(|cell| cell.text.len()).sum(),
            };
            if !self.room.take(1, n_bytes) {
                return;
            }
            self.rows.insert(self.row_no, row);
            self.row_no = self.row_no.saturating_add(1);
        }
    }

    fn end_sheet(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let sheet = std::mem::take(&mut self.sheet);
        self.row_no = 0;
        self.spanned.clear();
        push_sheet(&sheet, rows, &mut self.room, &mut self.raw);
    }
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip_of;
    use super::*;

    fn book(tables: &str) -> Vec<u8> {
        let content = format!("<d><body><spreadsheet>{tables}</spreadsheet></body></d>");
        zip_of(&[("mimetype", MEDIA_TYPE), ("content.xml", &content)])
    }

    #[test]
    fn a_sheet_is_its_name_and_its_rows() {
        let raw = read(&book(
            "<table name='表1'><table-row><table-cell><p>主要指标</p></table-cell></table-row>\
             <table-row number-rows-repeated='3'/>\
             <table-row><table-cell number-rows-spanned='2'><p>经济</p><annotation><p>请核</p></annotation></table-cell><table-cell/><table-cell><p>6.5%</p><p>左右</p></table-cell></table-row>\
             <table-row><covered-table-cell/><table-cell><p>规模</p></table-cell></table-row>\
             <table-row><table-cell><p>合计</p></table-cell><table-cell number-columns-repeated='2'><p>7</p></table-cell></table-row></table>",
        ))
        .unwrap();
        let lines = [
            "表1",
            "主要指标 |",
            "经济 |  | 6.5% 左右 |",
            "经济 | 规模 |",
            "合计 | 7 | 7 |",
        ];
        assert_eq!(raw.lines, lines);
        assert_eq!(raw.dropped, [("请核".to_owned(), COMMENT)]);
        assert!(raw.losses.is_empty());
    }

    #[test]
    fn what_repeats_without_end_is_cut_and_named() {
        for repeats in [
            "<table-row number-rows-repeated='4000000000'><table-cell><p>甲</p></table-cell></table-row>",
            "<table-row><table-cell number-columns-repeated='4000000000'><p>甲</p></table-cell></table-row>",
        ] {
            let raw = read(&book(&format!("<table name='a'>{repeats}</table>"))).unwrap();
            assert_eq!(raw.losses.len(), 1);
        }
    }
}
