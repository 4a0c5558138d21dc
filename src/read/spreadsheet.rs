//! Spreadsheets (xlsx, xlsm) as rows, each sheet under its name.
//!
//! Numbers show as the sheet shows them. Empty rows and edges are left out; a sheet of
//! one column is lines of text. A name that the program gave (Sheet1) and hidden sheets are
//! dropped. What is beyond [`MAX_ROWS`] or [`MAX_TEXT_BYTES`] is left out with a
//! warning.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Dimensions, Reader as _, Sheet, SheetVisible, Xlsx};

use super::cell_value::shown;
use super::docx::table::clean;
use super::package::{MAX_UNPACKED_BYTES, Package};
use super::source::Unreadable;
use super::xml::{self, Node};
use plansearch_document::{Merged, RawCell, RawRow, RawTable, RawText};

/// Most rows that are read from one workbook.
const MAX_ROWS: usize = 200_000;
/// Most text that is read from one workbook, in bytes.
const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;
/// Most cells that are filled because they are merged with one above.
const MAX_FILLED: usize = 1_000_000;

const HINT: &str = "open it in an office program and save it again as xlsx";
const HIDDEN_SHEET: &str = "隐藏工作表";
const GIVEN_NAME: &str = "工作表默认名称";

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;
type Cells = BTreeMap<u32, RawCell>;
pub(super) type Rows = BTreeMap<u32, Cells>;

/// Turns the bytes of a workbook into lines.
///
/// # Errors
/// [`Unreadable`] when the package is damaged, locked or too large.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    check_bounds(bytes)?;
    // calamine trusts some figures of a file; what it panics on is damage.
    catch_unwind(AssertUnwindSafe(|| read_workbook(bytes)))
        .unwrap_or_else(|_| Err(Unreadable::new("a damaged spreadsheet", HINT)))
}

/// Checks what calamine would believe: sizes, depth, and the stated number of
/// shared strings, for which it makes room at once.
fn check_bounds(bytes: &[u8]) -> Result<(), Unreadable> {
    Package::open(bytes, MAX_UNPACKED_BYTES)?.check_sizes()?;
    let mut package = Package::open(bytes, MAX_UNPACKED_BYTES)?;
    for name in package.names() {
        if !name.ends_with("sharedstrings.xml") {
            continue;
        }
        let text = package.text(&name)?.unwrap_or_default();
        let max_strings = text.len();
        xml::walk(&text, |node| match node {
            Node::Open(element) if element.is("sst") => {
                let stated = element.attribute("uniqueCount").unwrap_or_default();
                let is_sound = stated.is_empty()
                    || stated.trim().parse().is_ok_and(|n: usize| n <= max_strings);
                let error = || Unreadable::new("a spreadsheet with a false count of texts", HINT);
                is_sound.then_some(()).ok_or_else(error)
            }
            _ => Ok(()),
        })?;
    }
    Ok(())
}

fn read_workbook(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes))
        .map_err(|error| Unreadable::new(format!("a damaged spreadsheet ({error})"), HINT))?;
    let mut raw = RawText {
        lines_are_paragraphs: true,
        ..RawText::default()
    };
    let mut room = Room::default();
    let sheets: Vec<Sheet> = workbook.sheets_metadata().to_vec();
    for sheet in sheets {
        let rows = match rows_of(&mut workbook, &sheet.name, &mut room) {
            Ok(rows) => rows,
            Err(error) => {
                let warning = format!("the sheet `{}` is left out: {error}", sheet.name);
                raw.losses.push(warning);
                continue;
            }
        };
        if sheet.visible == SheetVisible::Visible {
            push_sheet(&sheet.name, rows, &mut room, &mut raw);
        } else {
            let mut hidden = RawText::default();
            push_sheet("", rows, &mut room, &mut hidden);
            let lines = hidden.lines.into_iter().map(|line| (line, HIDDEN_SHEET));
            raw.dropped.extend(lines);
        }
    }
    raw.losses.extend(room.loss());
    Ok(raw)
}

/// What may still be read.
pub(super) struct Room {
    n_rows: usize,
    n_bytes: usize,
    is_used_up: bool,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            n_rows: MAX_ROWS,
            n_bytes: MAX_TEXT_BYTES,
            is_used_up: false,
        }
    }
}

impl Room {
    /// Says what was left out, if anything was.
    pub(super) fn loss(&self) -> Option<String> {
        self.is_used_up.then(|| format!(
            "only the first {MAX_ROWS} rows or {MAX_TEXT_BYTES} bytes of the spreadsheet are read"
        ))
    }

    /// Notes that something was left out.
    pub(super) fn use_up(&mut self) {
        self.is_used_up = true;
    }

    /// Takes room for rows and bytes; false when there is no more.
    pub(super) fn take(&mut self, n_rows: usize, n_bytes: usize) -> bool {
        let rows = self.n_rows.checked_sub(n_rows);
        let (Some(rows), Some(bytes)) = (rows, self.n_bytes.checked_sub(n_bytes)) else {
            self.is_used_up = true;
            return false;
        };
        self.n_rows = rows;
        self.n_bytes = bytes;
        true
    }
}

fn rows_of(
    workbook: &mut Workbook<'_>,
    name: &str,
    room: &mut Room,
) -> Result<Rows, calamine::XlsxError> {
    let mut rows = Rows::new();
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let codes: Vec<String> = cells
        .styles()
        .iter()
        .map(|style| match &style.number_format {
            Some(format) => format.format_code.clone(),
            None => String::new(),
        })
        .collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let code = codes.get(style).map_or("", String::as_str);
        let text = clean(&shown(cell.get_value(), code));
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let n_new_rows = usize::from(!rows.contains_key(&row));
        if !room.take(n_new_rows, text.len()) {
            break;
        }
        rows.entry(row)
            .or_default()
            .insert(column, RawCell::new(text));
    }
    drop(cells);
    if let Ok(merged) = workbook.merge_cells_by_sheet_name(name) {
        fill_merged(&mut rows, &merged, room);
    }
    Ok(rows)
}

/// A cell merged down repeats its value in the rows that hold something; one merged
/// across covers the columns that others use.
pub(super) fn fill_merged(rows: &mut Rows, merged: &[Dimensions], room: &mut Room) {
    let lasts = rows.values().filter_map(|row| row.keys().next_back());
    let last_column = lasts.max().copied().unwrap_or(0);
    let mut n_filled = 0;
    for area in merged {
        let ((top, column), (bottom, last)) = (area.start, area.end);
        let value = rows.get(&top).and_then(|row| row.get(&column)).cloned();
        let Some(value) = value.filter(|_| bottom >= top && last >= column) else {
            continue;
        };
        for (at, row) in rows.range_mut(top..=bottom) {
            for column in column..=last.min(last_column) {
                let is_first = column == area.start.1;
                let text = if is_first { value.text.as_str() } else { "" };
                n_filled += 1;
                if n_filled > MAX_FILLED || *at > top && !room.take(0, text.len()) {
                    return;
                }
                row.entry(column).or_insert_with(|| RawCell {
                    text: text.to_owned(),
                    merged: if *at > top {
                        Merged::Above
                    } else {
                        Merged::Left
                    },
                });
            }
        }
    }
}

/// Adds a sheet under its name: as tables, or as lines where it has one column.
pub(super) fn push_sheet(name: &str, rows: Rows, room: &mut Room, raw: &mut RawText) {
    let rows: Vec<(u32, Cells)> = rows
        .into_iter()
        .filter(|(_, row)| n_filled(row) > 0)
        .collect();
    let firsts = rows.iter().filter_map(|(_, row)| row.keys().next());
    let Some(first_column) = firsts.min().copied() else {
        return;
    };
    let name = clean(name);
    let is_named = !name.is_empty() && !is_given_name(&name);
    if is_named {
        raw.lines.push(name);
    } else if !name.is_empty() {
        raw.dropped.push((name, GIVEN_NAME));
    }
    let is_in_first = |(_, row): &(u32, Cells)| row.keys().all(|at| *at == first_column);
    if rows.iter().all(is_in_first) {
        let cells = rows.into_iter().flat_map(|(_, row)| row.into_values());
        raw.lines.extend(cells.map(|cell| cell.text));
        return;
    }
    let first_cells = rows.iter().position(|(_, row)| n_filled(row) > 1);
    let begins: Vec<bool> = (0..rows.len())
        .map(|idx| first_cells.is_some_and(|first| first < idx) && begins_table(&rows, idx))
        .collect();
    let mut table = RawTable {
        is_named,
        ..RawTable::default()
    };
    for ((_, mut row), begins) in rows.into_iter().zip(begins) {
        let last_column = row.keys().next_back().copied().unwrap_or(first_column);
        // Empty cells between cost room as well.
        if !room.take(0, (last_column - first_column) as usize * 3) {
            break;
        }
        if begins {
            raw.push_table(std::mem::take(&mut table));
        }
        let columns = first_column..=last_column;
        table.rows.push(RawRow {
            cells: columns
                .map(|column| row.remove(&column).unwrap_or_default())
                .collect(),
            is_head: false,
        });
    }
    raw.push_table(table);
}

fn n_filled(row: &Cells) -> usize {
    row.values().filter(|cell| !cell.text.is_empty()).count()
}

/// Says whether another table begins at a row: a title alone behind empty rows, with
/// rows of cells right below it.
fn begins_table(rows: &[(u32, Cells)], idx: usize) -> bool {
    let last = idx.checked_sub(1).and_then(|last| rows.get(last));
    let (Some((last, _)), Some((at, title))) = (last, rows.get(idx)) else {
        return false;
    };
    let near = rows.iter().skip(idx + 1).take(MAX_ROWS_TO_HEAD).zip(1..);
    let next = near.take_while(|((row, _), nth)| *row == at.saturating_add(*nth));
    let n_rows = next.filter(|((_, row), _)| n_filled(row) > 1).count();
    *at > *last + 1 && n_filled(title) == 1 && n_rows > 1
}

/// Between a title and the first two rows of its table stand no more rows.
const MAX_ROWS_TO_HEAD: usize = 4;

/// Sheet1, 工作表2: nobody named the sheet.
fn is_given_name(name: &str) -> bool {
    let words = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_counted = words.len() < name.len();
    let words = words.to_ascii_lowercase();
    is_counted && matches!(words.as_str(), "sheet" | "工作表")
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip_of;
    use super::*;
    use proptest::prelude::*;

    const SHEET: &str = "<worksheet><sheetData>\
        <row r='2'><c r='B2' t='s'><v>0</v></c></row>\
        <row r='3'><c r='B3' t='inlineStr'><is><t>指标</t></is></c><c r='D3' t='s'><v>1</v></c></row>\
        <row r='5'><c r='B5' t='str'><v>经济</v></c><c r='C5' s='1'><v>0.065</v></c><c r='D5' s='2'><v>45943</v></c></row>\
        <row r='6'><c r='C6'><v>1.5</v></c></row>\
        </sheetData><mergeCells count='1'><mergeCell ref='B5:B6'/></mergeCells></worksheet>";

    fn workbook(sheet: &str, count: &str) -> Vec<u8> {
        let strings = format!(
            "<sst uniqueCount='{count}'><si><t>主要指标</t></si><si><t>2025年|目标</t></si></sst>"
        );
        zip_of(&[
            (
                "_rels/.rels",
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>",
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='表1' sheetId='1' r:id='rId1'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
            ),
            (
                "xl/styles.xml",
                "<styleSheet><numFmts count='1'><numFmt numFmtId='170' formatCode='yyyy\"年\"m\"月\"'/></numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs count='3'><xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='170'/></cellXfs></styleSheet>",
            ),
            ("xl/sharedStrings.xml", &strings),
            ("xl/worksheets/sheet1.xml", sheet),
        ])
    }

    #[test]
    fn a_sheet_is_its_name_and_its_rows() {
        let raw = read(&workbook(SHEET, "2")).unwrap();
        let lines = [
            "表1",
            "主要指标 |",
            "指标 |  | 2025年|目标 |",
            "经济 | 6.50% | 2025年10月 |",
            "经济 | 1.5 |",
        ];
        assert_eq!(raw.tables[&1].rows[3].cells[0].merged, Merged::Above);
        assert_eq!(raw.lines, lines);
        assert!(raw.losses.is_empty());
    }

    #[test]
    fn a_title_behind_an_empty_row_begins_another_table() {
        let row = |at: u32, texts: &[&str]| {
            let cells = texts
                .iter()
                .zip(0..)
                .map(|(text, column)| (column, RawCell::new(*text)));
            (at, cells.collect::<Cells>())
        };
        let rows = Rows::from([
            row(0, &["产量"]),
            row(1, &["产品", "吨"]),
            row(2, &["甲", "1"]),
            row(4, &["注：快报数。"]),
            row(6, &["产值"]),
            row(7, &["产品", "元"]),
            row(8, &["乙", "2"]),
        ]);
        let mut raw = RawText::default();
        push_sheet("Sheet1", rows, &mut Room::default(), &mut raw);
        assert_eq!(raw.tables.keys().copied().collect::<Vec<_>>(), [0, 4]);
        assert_eq!(raw.lines.len(), 7);
    }

    #[test]
    fn a_small_file_cannot_ask_for_much_memory() {
        assert!(read(&workbook(SHEET, "99999999999")).is_err());
        let wide = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData></worksheet>";
        assert_eq!(read(&workbook(wide, "2")).unwrap().lines.len(), 3);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn broken_bytes_never_panic(cut in 0_usize..4000, flips in prop::collection::vec((0_usize..4000, 0_u8..8), 0..6)) {
            let mut bytes = workbook(SHEET, "2");
            for (place, bit) in flips {
                let idx = place % bytes.len();
                bytes[idx] ^= 1 << bit;
            }
            let _ = read(&bytes);
            bytes.truncate(cut);
            let _ = read(&bytes);
        }
    }
}
