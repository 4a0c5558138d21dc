//! OLE files of old office programs: what they are, and workbooks (xls, et) as rows.
//!
//! Word files go to [`super::old_word`]. A locked docx or xlsx is an OLE file
//! too, and is told apart.
//!
//! The workbook is taken out of its container and handed to calamine in a new
//! one, because calamine follows the chains of a container without end; the
//! area of each sheet is measured first, because calamine makes room for it.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader as _, Xls};

use super::cell_value::shown;
use super::docx::table::clean;
use super::old_word;
use super::source::Unreadable;
use super::spreadsheet::{Room, Rows, fill_merged, push_sheet};
use plansearch_document::{RawCell, RawText};

/// Most cells, empty ones too, of all sheets.
const MAX_CELLS: u64 = 4_000_000;

/// Kinds of records: begin and end of a sheet or chart, a sheet and where it
/// begins, the size that a sheet states.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const SHEET: u16 = 0x0085;
const STATED_SIZE: u16 = 0x0200;
const WORD: &str = "/WordDocument";
const XLSX_HINT: &str = "save it as xlsx";

/// Reads a workbook or Word file, or says what the file is.
///
/// # Errors
/// [`Unreadable`] for all others and those that are damaged.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if container.exists("/EncryptedPackage") {
        return Err(Unreadable::new(
            "an office file locked by a password",
            "save it without the password",
        ));
    }
    if container.is_stream(WORD) {
        let main = stream(&mut container, WORD, bytes.len())?;
        let table = stream(&mut container, old_word::table_stream(&main)?, bytes.len())?;
        return old_word::read(&main, &table);
    }
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| container.is_stream(name));
    let Some(name) = name else {
        return Err(Unreadable::new(
            "an old office file that is neither Word nor a workbook (ppt, wps)",
            "save it as docx",
        ));
    };
    let mut stream = stream(&mut container, name, bytes.len())?;
    check_area(&mut stream)?;
    let sound = in_new_container(name, &stream).map_err(damaged)?;
    catch_unwind(AssertUnwindSafe(|| read_workbook(sound)))
        .unwrap_or_else(|_| Err(Unreadable::new("a damaged spreadsheet", XLSX_HINT)))
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn damaged(error: std::io::Error) -> Unreadable {
    Unreadable::new(
        format!("a damaged old office file ({error})"),
        "save it as docx",
    )
}

/// The bytes of a stream, at most as many as the file has.
fn stream(
    container: &mut cfb::CompoundFile<Cursor<&[u8]>>,
    name: &str,
    max_bytes: usize,
) -> Result<Vec<u8>, Unreadable> {
    let mut content = Vec::new();
    container
        .open_stream(name)
        .and_then(|found| found.take(max_bytes as u64).read_to_end(&mut content))
        .map_err(damaged)?;
    Ok(content)
}

/// Of version 3: in one of version 4 calamine looks for short streams, which a workbook
/// of 4,096 bytes and more is none of.
fn in_new_container(name: &str, stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut container =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    container.create_stream(name)?.write_all(stream)?;
    container.flush()?;
    Ok(container.into_inner().into_inner())
}

/// Adds up the areas that the cells of each sheet span, and takes out the sizes
/// that the file states: calamine makes room for them.
fn check_area(stream: &mut [u8]) -> Result<(), Unreadable> {
    let damaged =
        |what: &str| Unreadable::new(format!("a damaged spreadsheet ({what})"), XLSX_HINT);
    let (mut begins, mut sheets) = (BTreeSet::new(), Vec::new());
    let mut at = 0;
    while let Some((kind, body)) = record_at(stream, at) {
        let record = stream.get_mut(body.clone()).unwrap_or_default();
        match kind {
            BEGIN => {
                begins.insert(at);
            }
            STATED_SIZE => record.fill(0),
            SHEET => {
                let place = record.first_chunk().copied().map(u32::from_le_bytes);
                sheets.extend(place.map(|place| place as usize));
            }
            _ => {}
        }
        at = body.end;
    }
    // A sheet that begins within a record would hold records not seen here.
    if !sheets.iter().all(|place| begins.contains(place)) {
        return Err(damaged("a sheet begins nowhere"));
    }
    let mut n_cells = 0_u64;
    // Sheets stand apart, so that all of them are no longer than the stream.
    let mut n_left = stream.len();
    for place in sheets {
        let (sheet_cells, n_bytes) = cells_of(stream, place);
        n_cells += sheet_cells;
        n_left = n_left
            .checked_sub(n_bytes)
            .ok_or_else(|| damaged("its sheets overlap"))?;
    }
    if n_cells > MAX_CELLS {
        return Err(Unreadable::new(
            format!("a spreadsheet that spans {n_cells} cells, more than {MAX_CELLS}"),
            XLSX_HINT,
        ));
    }
    Ok(())
}

/// The kind of the record at a place, and where its body lies.
fn record_at(stream: &[u8], at: usize) -> Option<(u16, Range<usize>)> {
    let [kind_low, kind_high, size_low, size_high] = *stream.get(at..)?.first_chunk()?;
    let start = at + 4;
    let size = usize::from(u16::from_le_bytes([size_low, size_high]));
    let end = (start + size).min(stream.len());
    Some((u16::from_le_bytes([kind_low, kind_high]), start..end))
}

/// The cells that the sheet at `place` spans, and how many bytes it has. Follows
/// calamine: what begins and ends within the sheet (charts) is passed over.
fn cells_of(stream: &[u8], place: usize) -> (u64, usize) {
    let mut area = Area::default();
    let mut formula = (0, 0);
    let (mut at, mut depth) = (place, 0_usize);
    while let Some((kind, body)) = record_at(stream, at) {
        let record = stream.get(body.clone()).unwrap_or_default();
        at = body.end;
        match kind {
            BEGIN => depth += 1,
            END => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            // The text of the formula before it.
            0x0207 if depth <= 1 => area.widen(formula.0, formula.1),
            // Formula, number, text, logical value, blank: all begin with row and column.
            0x0006 | 0x0201 | 0x0203..=0x0205 | 0x00bd | 0x00be | 0x00d6 | 0x00fd | 0x027e
                if depth <= 1 =>
            {
                let [r0, r1, c0, c1, ..] = *record else {
                    continue;
                };
                let (row, column) = (u16::from_le_bytes([r0, r1]), u16::from_le_bytes([c0, c1]));
                area.widen(row, column);
                if kind == 0x0006 {
                    formula = (row, column);
                }
                if kind == 0x00bd {
                    let n_more = (record.len() / 6) as u16;
                    area.widen(row, column.saturating_add(n_more));
                }
            }
            _ => {}
        }
    }
    (area.n_cells(), at - place)
}

#[derive(Default)]
struct Area {
    bounds: Option<(u16, u16, u16, u16)>,
}

impl Area {
    fn widen(&mut self, row: u16, column: u16) {
        let (top, left, bottom, right) = self.bounds.unwrap_or((row, column, row, column));
        self.bounds = Some((
            top.min(row),
            left.min(column),
            bottom.max(row),
            right.max(column),
        ));
    }

    fn n_cells(&self) -> u64 {
        self.bounds.map_or(0, |(top, left, bottom, right)| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        })
    }
}

fn read_workbook(bytes: Vec<u8>) -> Result<RawText, Unreadable> {
    let mut workbook = Xls::new(Cursor::new(bytes))
        .map_err(|error| Unreadable::new(format!("a damaged spreadsheet ({error})"), XLSX_HINT))?;
    let mut raw = RawText {
        lines_are_paragraphs: true,
        ..RawText::default()
    };
    let mut room = Room::default();
    for (name, range) in workbook.worksheets() {
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Rows::new();
        for (row, column, value) in range.used_cells() {
            let text = clean(&shown(&lent(value), ""));
            // Places are within the area that was measured.
            let (row, column) = (top + row as u32, left + column as u32);
            let n_new_rows = usize::from(!rows.contains_key(&row));
            if text.is_empty() || !room.take(n_new_rows, text.len()) {
                continue;
            }
            let cells = rows.entry(row).or_default();
            cells.insert(column, RawCell::new(text));
        }
        if let Ok(merged) = workbook.merge_cells_by_sheet_name(&name) {
            fill_merged(&mut rows, &merged, &mut room);
        }
        push_sheet(&name, rows, &mut room, &mut raw);
    }
    raw.losses.extend(room.loss());
    Ok(raw)
}

fn lent(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            DataRef::SharedString(text)
        }
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let size = body.len() as u16;
        [&kind.to_le_bytes(), &size.to_le_bytes(), body].concat()
    }

    fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        record(0x0203, &[place, value.to_le_bytes().to_vec()].concat())
    }

    fn workbook(last_row: u16, last_column: u16) -> Vec<u8> {
        let globals_begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let sheet_begin = record(0x0809, &[0, 6, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let name = [0x68, 0x88]; // 表
        let start = (globals_begin.len() + 4 + 8 + 2 + 4) as u32;
        let bound = [&start.to_le_bytes()[..], &[0, 0, 1, 1], &name].concat();
        let stream = [
            globals_begin,
            record(0x0085, &bound),
            record(0x000a, &[]),
            sheet_begin,
            number(0, 0, 2025.0),
            number(0, 1, 6.5),
            number(last_row, last_column, 7.0),
            record(0x000a, &[]),
        ];
        in_new_container("/Workbook", &stream.concat()).unwrap()
    }

    #[test]
    fn a_workbook_is_rows_and_other_files_are_named() {
        let raw = read(&workbook(2, 1)).unwrap();
        assert_eq!(raw.lines, ["表", "2025 | 6.5 |", " | 7 |"]);
        for (stream, reason) in [
            (
                "/PowerPoint Document",
                "an old office file that is neither Word nor a workbook (ppt, wps)",
            ),
            ("/WordDocument", "a damaged old Word file (it has no head)"),
            ("/EncryptedPackage", "an office file locked by a password"),
        ] {
            let bytes = in_new_container(stream, b"x").unwrap();
            assert_eq!(read(&bytes).unwrap_err().reason, reason);
        }
    }

    #[test]
    fn a_stated_size_makes_no_room() {
        let huge = [[0; 4], [0xff; 4], [0; 4], [0xff; 4]].concat();
        let plain = workbook(2, 1);
        let mut container = cfb::CompoundFile::open(Cursor::new(plain.as_slice())).unwrap();
        let mut content = stream(&mut container, "/Workbook", plain.len()).unwrap();
        // In place of the first number of the sheet, and of its end.
        let at = content.len() - 4 - 3 * 18;
        let size = record(STATED_SIZE, huge.get(..14).unwrap());
        content[at..at + 18].copy_from_slice(&size);
        let raw = read(&in_new_container("/Workbook", &content).unwrap()).unwrap();
        assert_eq!(raw.lines, ["表", "6.5", "7"]);
    }

    #[test]
    fn cells_behind_charts_and_texts_of_formulas_span_too() {
        let far = || number(u16::MAX, u16::MAX, 1.0);
        let inner = [record(BEGIN, &[0; 16]), number(0, 0, 1.0), record(END, &[])].concat();
        for (sheet, n_cells) in [
            ([number(0, 0, 1.0), inner.clone(), far()], 1_u64 << 32),
            ([far(), record(0x0207, &[]), Vec::new()], 1 << 32),
            ([inner.clone(), number(1, 2, 1.0), inner], 1),
        ] {
            let stream = [
                record(BEGIN, &[0; 16]),
                sheet.concat(),
                record(END, &[]),
                far(),
            ];
            let stream = stream.concat();
            let n_bytes = stream.len() - far().len();
            assert_eq!(cells_of(&stream, 0), (n_cells, n_bytes));
        }
    }

    #[test]
    fn a_sheet_that_begins_nowhere_is_refused() {
        let plain = workbook(2, 1);
        let mut container = cfb::CompoundFile::open(Cursor::new(plain.as_slice())).unwrap();
        let mut content = stream(&mut container, "/Workbook", plain.len()).unwrap();
        let at = content
            .windows(2)
            .position(|pair| pair == [0x85, 0])
            .unwrap();
        content[at + 4] += 1;
        assert!(read(&in_new_container("/Workbook", &content).unwrap()).is_err());
    }

    #[test]
    fn a_sheet_that_spans_too_many_cells_is_refused() {
        let error = read(&workbook(u16::MAX, u16::MAX)).unwrap_err();
        assert!(
            error.reason.starts_with("a spreadsheet that spans"),
            "{error}"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn broken_bytes_never_panic(cut in 0_usize..4000, flips in prop::collection::vec((0_usize..4000, 0_u8..8), 0..6)) {
            let mut bytes = workbook(2, 1);
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
