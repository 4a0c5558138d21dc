//! The working form of a source while it is being parsed.
//!
//! A [`Block`] is one line of the source, or one part of a line, with the role
//! that the passes have found for it. A role is decided once: a pass only looks
//! at blocks that are still [`Role::Open`].

use super::ordinal::Ordinal;
use plansearch_document::{DropReason, RawRow};
use plansearch_text::Span;
use plansearch_text::fold::is_blank;

/// A paragraph-to-be.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The text, without blanks at its ends and without Markdown marks.
    pub(super) text: String,
    /// Number of the source line, from 0; blocks cut from one line share it.
    pub(super) line: usize,
    /// Depth of a Markdown heading (`#` is 1), 0 without one.
    pub(super) mark_level: u8,
    /// What the block is.
    pub(super) role: Role,
    /// The frame around it: the source line that begins it.
    pub(super) frame: Option<usize>,
    /// The cells, where the format of the source knows them.
    pub(super) cells: Option<Cells>,
}

/// A row as the reader handed it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cells {
    /// The table: the source line of its first row.
    pub(super) table: usize,
    /// Whether the line above the table is what the format calls it.
    pub(super) is_named: bool,
    pub(super) row: RawRow,
}

/// What a block turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Not decided; a paragraph of the body if it stays so.
    Open,
    /// Left out of the index, with the reason.
    Dropped(DropReason),
    /// Around the body: title page, cover letter, signature.
    Front(Front),
    /// A line that names attachments.
    Attachment,
    /// Caption of a table, its unit line or its note.
    Caption,
    /// Note or unit line of the table above or below.
    TableNote,
    /// Head of a table.
    Head(Head),
    /// Row of a table.
    Row(Row),
    /// A heading.
    Heading(HeadingMark),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its cells; empty ones at the end are left out.
    pub(super) cells: Vec<String>,
    /// The table, where the format knows it; a guessed one ends where its rows do.
    pub(super) table: Option<usize>,
}

/// A row of a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) row: Row,
    /// What stands over each column in the head down to this row.
    pub(super) columns: Vec<String>,
}

impl Row {
    /// A row that was put together from text.
    pub(super) fn guessed(cells: Vec<String>) -> Self {
        Self { cells, table: None }
    }
}

/// What a line of the front matter tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Front {
    /// Line of a title.
    Title,
    /// Name of an issuing body.
    Organisation,
    /// A date that stands alone.
    Date,
    /// 发文字号.
    DocNumber,
    /// Fact of the publishing page: `索引号: …`.
    Label,
    /// Anything else: addressees, cover letter, speaker, 此件公开发布.
    Other,
}

/// A heading before it has found its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadingMark {
    /// What numbers it.
    pub(super) kind: HeadingKind,
    /// The number as it is shown.
    pub(super) number: String,
    /// The title without its full stop.
    pub(super) title: String,
    /// Depth of the Markdown mark, 0 without one.
    pub(super) mark_level: u8,
}

/// What kind of heading it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeadingKind {
    /// With a number.
    Numbered(Ordinal),
    /// 前言, 附则, a Markdown heading without a number.
    Unnumbered,
    /// 附件1: everything up to the next one stands below it.
    Attachment,
}

impl Block {
    /// Makes an open block of `text` with blanks at its ends cut off.
    pub(super) fn open(text: &str, line: usize) -> Self {
        Self {
            text: trim(text).to_owned(),
            line,
            mark_level: 0,
            role: Role::Open,
            frame: None,
            cells: None,
        }
    }

    /// Makes a block whose role is known.
    pub(super) fn with_role(text: &str, line: usize, role: Role) -> Self {
        Self {
            role,
            ..Self::open(text, line)
        }
    }

    /// Says whether no pass has decided on the block.
    pub(super) fn is_open(&self) -> bool {
        self.role == Role::Open
    }

    /// Makes an open block of the same line from a part of the text.
    pub(super) fn part(&self, span: Span) -> Self {
        Self {
            mark_level: self.mark_level,
            frame: self.frame,
            ..Self::open(span.of(&self.text), self.line)
        }
    }
}

/// Cuts blanks and invisible characters off both ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The text from byte `at` on.
pub(super) fn tail(text: &str, at: usize) -> &str {
    Span::new(at, text.len()).of(text)
}

/// The text up to byte `at`.
pub(super) fn head(text: &str, at: usize) -> &str {
    Span::new(0, at).of(text)
}

/// Leaves out all blanks: 目　录 is 目录.
pub(super) fn without_blanks(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    squeezed.extend(text.chars().filter(|c| !is_blank(*c)));
    squeezed
}

/// Open blocks of lines, as the tests of marks begin.
#[cfg(test)]
pub(super) fn opened(lines: &[&str]) -> Vec<Block> {
    let numbered = lines.iter().enumerate();
    numbered
        .map(|(line, text)| Block::open(text, line))
        .collect()
}
