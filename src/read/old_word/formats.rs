//! What holds for paragraphs and characters of an old Word file.
//!
//! Properties lie in pages of 512 bytes, by ranges of places in the file. Only
//! those that change the text are read: style, outline level, table, row end,
//! number, deleted, hidden, symbol.

use super::bytes::{part, u16_at, u32_at};

/// Where the head names the pages of characters and of paragraphs.
const CHARACTER_PAGES: usize = 0xfa;
const PARAGRAPH_PAGES: usize = 0x102;
const PAGE_BYTES: usize = 512;
/// Most pages that are read; each holds at least one range.
const MAX_PAGES: usize = 1_000_000;

const IN_TABLE: u16 = 0x2416;
const ROW_END: u16 = 0x2417;
const TABLE_ROW: u16 = 0xd608;
const TABLE_HEAD: u16 = 0x3404;
const VERTICAL_MERGE: u16 = 0xd62b;
const OUTLINE_LEVEL: u16 = 0x2640;
const LIST: u16 = 0x460b;
const DELETED: u16 = 0x0800;
const HIDDEN: u16 = 0x083c;
const SYMBOL: u16 = 0x6a09;

/// What is known of a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "as the file has them")]
pub(super) struct ParagraphFormat {
    /// Level as a heading, from 1.
    pub(super) heading: Option<u8>,
    pub(super) is_in_table: bool,
    pub(super) is_row_end: bool,
    /// At the end of a row: the cells that go on with the one above, one bit each.
    pub(super) merged_cells: u64,
    /// At the end of a row: the right border of each cell, in twips.
    pub(super) edges: Vec<i32>,
    /// At the end of a row: it is repeated as head on every page.
    pub(super) is_head: bool,
    /// Whether Word counts a number before it.
    pub(super) is_numbered: bool,
}

/// What is known of a run of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RunFormat {
    pub(super) is_deleted: bool,
    pub(super) is_hidden: bool,
    pub(super) is_symbol: bool,
}

/// All properties, by ranges of places.
#[derive(Debug, Default)]
pub(super) struct Formats {
    paragraphs: Vec<(u32, u32, ParagraphFormat)>,
    runs: Vec<(u32, u32, RunFormat)>,
}

impl Formats {
    pub(super) fn read(main: &[u8], table: &[u8]) -> Self {
        let mut formats = Self::default();
        for page in pages(main, table, PARAGRAPH_PAGES) {
            for (start, end, at) in ranges(page, 13) {
                let format = paragraph(page, at);
                formats.paragraphs.push((start, end, format));
            }
        }
        for page in pages(main, table, CHARACTER_PAGES) {
            for (start, end, at) in ranges(page, 1) {
                let format = run(page, at);
                if format != RunFormat::default() {
                    formats.runs.push((start, end, format));
                }
            }
        }
        formats.paragraphs.sort_by_key(|(start, ..)| *start);
        formats.runs.sort_by_key(|(start, ..)| *start);
        formats
    }

    /// Properties of the paragraph whose mark stands at `place`.
    pub(super) fn paragraph(&self, place: u32) -> Option<&ParagraphFormat> {
        found(&self.paragraphs, place)
    }

    /// Properties of the character at `place`.
    pub(super) fn run(&self, place: u32) -> RunFormat {
        found(&self.runs, place).copied().unwrap_or_default()
    }
}

fn found<T>(ranges: &[(u32, u32, T)], place: u32) -> Option<&T> {
    let n_before = ranges.partition_point(|(start, ..)| *start <= place);
    let (_, end, format) = ranges.get(n_before.checked_sub(1)?)?;
    (place < *end).then_some(format)
}

/// The pages of one kind.
fn pages<'a>(main: &'a [u8], table: &[u8], slot: usize) -> Vec<&'a [u8]> {
    let list = part(main, slot, table).unwrap_or_default();
    let n_pages = list.len().saturating_sub(4) / 8;
    let numbers = list.get(4 * (n_pages + 1)..).unwrap_or_default();
    let n_max = MAX_PAGES.min(main.len() / PAGE_BYTES);
    let mut pages = Vec::new();
    for number in numbers.chunks_exact(4).take(n_max) {
        let start = u32_at(number, 0).map_or(0, |number| (number & 0x003f_ffff) as usize);
        let start = start * PAGE_BYTES;
        pages.extend(main.get(start..start + PAGE_BYTES));
    }
    pages
}

/// Start and end of the ranges of a page, and where their properties lie in it.
fn ranges(page: &[u8], entry_bytes: usize) -> impl Iterator<Item = (u32, u32, usize)> {
    let n_ranges = usize::from(page.last().copied().unwrap_or_default());
    (0..n_ranges).filter_map(move |idx| {
        let (start, end) = (u32_at(page, 4 * idx)?, u32_at(page, 4 * idx + 4)?);
        let entry = 4 * (n_ranges + 1) + idx * entry_bytes;
        let at = usize::from(*page.get(entry)?) * 2;
        Some((start, end, at))
    })
}

fn paragraph(page: &[u8], at: usize) -> ParagraphFormat {
    let mut format = ParagraphFormat::default();
    let Some(n_words) = page.get(at).filter(|_| at > 0) else {
        return format;
    };
    let (start, n_bytes) = match n_words {
        0 => {
            let n_words = page.get(at + 1).copied().unwrap_or_default();
            (at + 2, usize::from(n_words) * 2)
        }
        n_words => (at + 1, usize::from(*n_words) * 2 - 1),
    };
    let properties = page.get(start..start + n_bytes).unwrap_or_default();
    // The first nine styles behind the plain one are the headings, in every file.
    let style = u16_at(properties, 0).unwrap_or_default();
    format.heading = u8::try_from(style)
        .ok()
        .filter(|style| (1..=9).contains(style));
    for (code, operand) in modifiers(properties.get(2..).unwrap_or_default()) {
        let is_on = operand.first().is_some_and(|byte| *byte != 0);
        match code {
            IN_TABLE => format.is_in_table = is_on,
            ROW_END => format.is_row_end = is_on,
            TABLE_ROW => {
                format.merged_cells = merged_cells(operand);
                format.edges = edges(operand);
            }
            TABLE_HEAD => format.is_head = is_on,
            VERTICAL_MERGE => {
                if let (Some(cell), Some(flag)) = (operand.get(1), operand.get(2)) {
                    let bit = 1_u64.checked_shl(u32::from(*cell)).unwrap_or(0);
                    format.merged_cells &= !bit;
                    if *flag == GOES_ON {
                        format.merged_cells |= bit;
                    }
                }
            }
            OUTLINE_LEVEL => {
                let level = operand.first().copied().unwrap_or(9);
                format.heading = (level < 9).then_some(level + 1);
            }
            LIST => format.is_numbered = u16_at(operand, 0).is_some_and(|list| list != 0),
            _ => {}
        }
    }
    format
}

/// How a cell says that it goes on with the one above.
const GOES_ON: u8 = 1;

/// The merged cells of a row, from its definition: the number of cells, their
/// borders, then 20 bytes for each cell.
fn merged_cells(definition: &[u8]) -> u64 {
    let n_cells = usize::from(definition.get(2).copied().unwrap_or_default());
    let cells = definition.get(3 + 2 * (n_cells + 1)..).unwrap_or_default();
    let merged = cells.chunks_exact(20).take(n_cells.min(64)).enumerate();
    merged
        .filter(|(_, cell)| {
            cell.first()
                .is_some_and(|flags| (flags >> 5) & 3 == GOES_ON)
        })
        .fold(0, |bits, (idx, _)| bits | 1 << idx)
}

/// The right borders of the cells of a row, from its definition.
fn edges(definition: &[u8]) -> Vec<i32> {
    let n_cells = usize::from(definition.get(2).copied().unwrap_or_default());
    let borders = definition.get(5..).unwrap_or_default().chunks_exact(2);
    let edge = |border: &[u8]| {
        let bytes = border.first_chunk().copied().unwrap_or_default();
        i32::from(i16::from_le_bytes(bytes))
    };
    borders.take(n_cells).map(edge).collect()
}

fn run(page: &[u8], at: usize) -> RunFormat {
    let mut format = RunFormat::default();
    let Some(n_bytes) = page.get(at).filter(|_| at > 0) else {
        return format;
    };
    let properties = page.get(at + 1..at + 1 + usize::from(*n_bytes));
    for (code, operand) in modifiers(properties.unwrap_or_default()) {
        // 1 and 129 (the opposite of the style) are on, 0 and 128 off.
        let is_on = operand.first().is_some_and(|byte| *byte & 1 != 0);
        match code {
            DELETED => format.is_deleted = is_on,
            HIDDEN => format.is_hidden = is_on,
            SYMBOL => format.is_symbol = true,
            _ => {}
        }
    }
    format
}

/// Codes and operands; the code says how long its operand is.
fn modifiers(mut rest: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let code = u16_at(rest, 0)?;
        let n_bytes = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            // The one table definition states its size in two bytes.
            _ if code == TABLE_ROW => usize::from(u16_at(rest, 2)?) + 1,
            _ => usize::from(*rest.get(2)?) + 1,
        };
        let operand = rest.get(2..2 + n_bytes)?;
        rest = rest.get(2 + n_bytes..)?;
        Some((code, operand))
    })
}
