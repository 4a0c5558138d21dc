//! One story of an old Word file: its characters become lines.

use super::formats::{Formats, ParagraphFormat};
use super::pieces::Unit;
use super::rows::Rows;
use plansearch_document::{RawRow, RawText};

const CONTENTS: &str = "目录";
const DELETED: &str = "修订中删除";
const HIDDEN: &str = "隐藏文字";

const NOTE_MARK: u16 = 0x02;
const CELL_END: u16 = 0x07;
const LINE_BREAK: u16 = 0x0b;
const PAGE_BREAK: u16 = 0x0c;
const PARAGRAPH_END: u16 = 0x0d;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_RESULT: u16 = 0x14;
const FIELD_END: u16 = 0x15;

/// A line and what hangs on it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) heading: Option<u8>,
    /// Marks of notes in it.
    pub(super) n_notes: usize,
    /// The cells of a row.
    pub(super) row: Option<RawRow>,
    /// A table begins with the row.
    pub(super) begins_table: bool,
    /// It stands in a frame.
    pub(super) is_framed: bool,
    /// The frame begins with it.
    pub(super) begins_frame: bool,
}

/// A story as lines.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) lines: Vec<Line>,
    pub(super) dropped: Vec<(String, &'static str)>,
    /// Paragraphs before which Word counts a number.
    pub(super) n_numbered: usize,
    pub(super) has_symbols: bool,
}

impl Told {
    /// The lines as notes, each from its mark to the next.
    pub(super) fn into_notes(self, raw: &mut RawText) -> Vec<Vec<String>> {
        raw.dropped.extend(self.dropped);
        let mut notes: Vec<Vec<String>> = Vec::new();
        for line in self.lines {
            let text = line.text.trim();
            match notes.last_mut() {
                _ if text.is_empty() => {}
                Some(note) if line.n_notes == 0 => note.push(text.to_owned()),
                _ => notes.push(vec![format!("注：{text}")]),
            }
        }
        notes
    }
}

/// Reads a story.
pub(super) fn tell(units: &[Unit], formats: &Formats) -> Told {
    let fields = Fields::find(units);
    let mut story = Story {
        formats,
        told: Told::default(),
        paragraph: Paragraph::default(),
        rows: Rows::default(),
    };
    for (idx, unit) in units.iter().enumerate() {
        if fields.is_instruction(idx) {
            continue;
        }
        story.take(*unit, fields.is_contents(idx));
    }
    story.finish()
}

struct Story<'a> {
    formats: &'a Formats,
    told: Told,
    paragraph: Paragraph,
    rows: Rows,
}

#[derive(Default)]
struct Paragraph {
    units: Vec<u16>,
    deleted: Vec<u16>,
    hidden: Vec<u16>,
    n_notes: usize,
    is_in_contents: bool,
}

impl Story<'_> {
    fn take(&mut self, unit: Unit, is_in_contents: bool) {
        let code = unit.code;
        match code {
            PARAGRAPH_END | CELL_END | PAGE_BREAK => {
                self.paragraph.is_in_contents |= is_in_contents && !self.paragraph.units.is_empty();
                self.end_paragraph(unit);
            }
            NOTE_MARK => self.paragraph.n_notes += 1,
            _ => {
                let run = self.formats.run(unit.place);
                let shown = match code {
                    _ if run.is_symbol => {
                        self.told.has_symbols = true;
                        Some(0xfffd)
                    }
                    LINE_BREAK => Some(u16::from(b'\n')),
                    0x1e => Some(u16::from(b'-')),
                    0x09 | 0x20.. => Some(code),
                    _ => None,
                };
                let paragraph = &mut self.paragraph;
                paragraph.is_in_contents |= is_in_contents;
                let target = if run.is_deleted {
                    &mut paragraph.deleted
                } else if run.is_hidden {
                    &mut paragraph.hidden
                } else {
                    &mut paragraph.units
                };
                target.extend(shown);
            }
        }
    }

    fn end_paragraph(&mut self, mark: Unit) {
        let paragraph = std::mem::take(&mut self.paragraph);
        for (units, reason) in [(&paragraph.deleted, DELETED), (&paragraph.hidden, HIDDEN)] {
            let text = String::from_utf16_lossy(units);
            if !text.trim().is_empty() {
                self.told.dropped.push((text.trim().to_owned(), reason));
            }
        }
        let text = String::from_utf16_lossy(&paragraph.units);
        let known = self.formats.paragraph(mark.place);
        let none = ParagraphFormat::default();
        let format = known.unwrap_or(&none);
        if mark.code == CELL_END {
            // Without properties an empty cell behind others is the end of the row.
            let is_row_end = match known {
                Some(format) => format.is_row_end,
                None => text.is_empty() && self.rows.ends_with_a_cell(),
            };
            self.rows.add_notes(paragraph.n_notes);
            if is_row_end {
                self.rows.end_row(format);
            } else {
                self.rows.add_paragraph(&text);
                self.rows.end_cell();
            }
            return;
        }
        if format.is_in_table && mark.code == PARAGRAPH_END {
            self.rows.add_notes(paragraph.n_notes);
            self.rows.add_paragraph(&text);
            return;
        }
        self.told.lines.extend(self.rows.end_table());
        if paragraph.is_in_contents {
            if !text.trim().is_empty() {
                self.told.dropped.push((text.trim().to_owned(), CONTENTS));
            }
            return;
        }
        self.told.n_numbered += usize::from(format.is_numbered && !text.trim().is_empty());
        self.push(&text, format.heading, paragraph.n_notes);
    }

    /// Adds a paragraph; a break in a heading is none, elsewhere it parts lines.
    fn push(&mut self, text: &str, heading: Option<u8>, n_notes: usize) {
        let is_blank = text.trim().is_empty();
        if is_blank && n_notes == 0 {
            if self
                .told
                .lines
                .last()
                .is_some_and(|line| !line.text.is_empty())
            {
                self.told.lines.push(Line::default());
            }
            return;
        }
        let heading = heading.filter(|_| !is_blank);
        let texts: Vec<String> = match heading {
            Some(_) => vec![text.replace('\n', "")],
            None => text.split('\n').map(str::to_owned).collect(),
        };
        let n_lines = texts.len();
        for (idx, text) in texts.into_iter().enumerate() {
            self.told.lines.push(Line {
                text,
                heading,
                n_notes: if idx + 1 == n_lines { n_notes } else { 0 },
                ..Line::default()
            });
        }
    }

    fn finish(mut self) -> Told {
        let rest = &self.paragraph;
        if !(rest.units.is_empty() && rest.deleted.is_empty() && rest.hidden.is_empty()) {
            self.end_paragraph(Unit {
                code: PARAGRAPH_END,
                place: u32::MAX,
            });
        }
        self.told.lines.extend(self.rows.end_table());
        self.told
    }
}

/// Where fields hold their instruction, and where a table of contents.
struct Fields {
    /// Instructions, and contents, that are open at each unit.
    open: Vec<(u32, u32)>,
}

impl Fields {
    /// Only fields that end count, so that a lone mark hides nothing.
    fn find(units: &[Unit]) -> Self {
        let mut changes = vec![(0_i32, 0_i32); units.len() + 1];
        let mut change = |at: usize, instruction: i32, contents: i32| {
            if let Some(place) = changes.get_mut(at) {
                place.0 += instruction;
                place.1 += contents;
            }
        };
        let mut open_fields: Vec<(usize, Option<usize>)> = Vec::new();
        for (idx, unit) in units.iter().enumerate() {
            match unit.code {
                FIELD_BEGIN => open_fields.push((idx, None)),
                FIELD_RESULT => {
                    if let Some((_, result)) = open_fields.last_mut() {
                        result.get_or_insert(idx);
                    }
                }
                FIELD_END => {
                    let Some((begin, result)) = open_fields.pop() else {
                        continue;
                    };
                    let instruction_end = result.unwrap_or(idx);
                    change(begin, 1, 0);
                    change(instruction_end + 1, -1, 0);
                    if is_contents(units.get(begin + 1..).unwrap_or_default()) {
                        change(instruction_end, 0, 1);
                        change(idx, 0, -1);
                    }
                }
                _ => {}
            }
        }
        let mut open = (0, 0);
        let sums = changes.into_iter().map(|(instruction, contents)| {
            open.0 += instruction;
            open.1 += contents;
            (open.0.max(0) as u32, open.1.max(0) as u32)
        });
        Self {
            open: sums.collect(),
        }
    }

    fn is_instruction(&self, idx: usize) -> bool {
        self.open
            .get(idx)
            .is_some_and(|(instructions, _)| *instructions > 0)
    }

    fn is_contents(&self, idx: usize) -> bool {
        self.open
            .get(idx)
            .is_some_and(|(_, contents)| *contents > 0)
    }
}

fn is_contents(instruction: &[Unit]) -> bool {
    let word = instruction
        .iter()
        .map(|unit| unit.code)
        .skip_while(|code| *code == 0x20);
    word.take(4).eq("TOC ".encode_utf16())
}
