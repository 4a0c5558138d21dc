//! What every reader gives: the lines of one source and what its format knows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::Warning;
use crate::raw_table::{RawRow, RawTable};

/// The lines of one source, without their line ends.
///
/// A row of a table is a line for people to read, its cells joined by ` | ` and closed
/// by ` |`; the cells themselves stand in `tables`. The caption is the line before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawText {
    /// Lines in order; line `i` of a text file is `lines[i - 1]`.
    pub lines: Vec<String>,
    /// Whether the format knows its paragraphs, so that each line is a whole one.
    /// In a plain text a line may be a paragraph, or a piece of one that was
    /// broken at some width.
    pub lines_are_paragraphs: bool,
    /// Lines that the format itself marks as headings, by position in `lines`,
    /// with their level from 1.
    pub heading_lines: BTreeMap<usize, u8>,
    /// Tables that the format knows, by the position in `lines` of their first row.
    pub tables: BTreeMap<usize, RawTable>,
    /// Lines with which a page of the source begins, by position in `lines`, with the number
    /// of the page from 1; empty where the format has no pages.
    pub pages: BTreeMap<usize, usize>,
    /// Lines that stand in one frame (a table of one column), by their positions.
    pub frames: Vec<Range<usize>>,
    /// What the format says about the document.
    pub properties: Vec<Property>,
    /// Text that the reader left out, with the reason.
    pub dropped: Vec<(String, &'static str)>,
    /// Text of pages that are pictures, as a recogniser gave it; it stands in `lines` too.
    pub recognised: Vec<String>,
    /// What was odd about the source.
    pub warnings: Vec<Warning>,
    /// What stands in the source and could not be read, and why. Furniture that
    /// is left out on purpose is `dropped`, not lost.
    pub losses: Vec<String>,
}

/// A fact that a format states beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// What it tells.
    pub key: PropertyKey,
    /// The value as it stands there.
    pub value: String,
    /// Where it stands: `html meta`, `docx core.xml` …
    pub place: &'static str,
}

/// What a property tells of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyKey {
    /// 标题.
    Title,
    /// 发布日期.
    PublishDate,
    /// 来源.
    Source,
    /// 作者.
    Author,
    /// 栏目 of the site.
    Column,
}

impl RawText {
    /// Adds a line that stands in a frame, a new one or that of the line before.
    pub fn push_framed(&mut self, line: String, begins_frame: bool) {
        let at = self.lines.len();
        self.lines.push(line);
        let last = self.frames.last_mut();
        match last.filter(|last| last.end == at && !begins_frame) {
            Some(last) => last.end = at + 1,
            None => self.frames.push(at..at + 1),
        }
    }

    /// Notes that the next line stands on this page.
    pub fn begin_page(&mut self, page: usize) {
        let last = self.pages.values().next_back();
        if last != Some(&page) {
            self.pages.insert(self.lines.len(), page);
        }
    }

    /// The page of a line, where the format has pages.
    pub fn page_of(&self, line: usize) -> Option<usize> {
        let (_, page) = self.pages.range(..=line).next_back()?;
        Some(*page)
    }

    /// Adds a table, its rows as lines. Rows that hold nothing are left out.
    pub fn push_table(&mut self, table: RawTable) {
        let mut is_first = true;
        for row in table.rows {
            let at = self.lines.len();
            self.push_row(row, is_first);
            if let Some(begun) = self.tables.get_mut(&at) {
                begun.is_named = table.is_named;
            }
            is_first = false;
        }
    }

    /// Adds a row as a line, to a table that begins with it or to the one that the
    /// line before belongs to. A row that holds nothing is left out.
    pub fn push_row(&mut self, row: RawRow, begins_table: bool) {
        if row.is_empty() {
            return;
        }
        let at = self.lines.len();
        let last = self.tables.last_entry().filter(|last| {
            let n_rows = last.get().rows.len();
            !begins_table && last.key() + n_rows == at
        });
        self.lines.push(row.line());
        if let Some(mut last) = last {
            last.get_mut().rows.push(row);
        } else {
            let table = RawTable {
                rows: vec![row],
                is_named: false,
            };
            self.tables.insert(at, table);
        }
    }

    /// Splits a decoded text into lines at LF, CRLF, CR, NEL, VT, FF, LS or PS.
    pub fn from_text(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // A text without CR LF is not copied once more.
        let unified = if text.contains("\r\n") {
            Cow::Owned(text.replace("\r\n", "\n"))
        } else {
            Cow::Borrowed(text)
        };
        let mut lines: Vec<String> = unified.split(LINE_ENDS).map(str::to_owned).collect();
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        Self {
            lines,
            ..Self::default()
        }
    }
}

const LINE_ENDS: [char; 7] = [
    '\n', '\r', '\u{85}', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}',
];
