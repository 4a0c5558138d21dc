//! A line on its way from a paragraph or a row to the text.

use plansearch_document::RawRow;

/// Reason for what a table of contents holds.
pub(super) const CONTENTS: &str = "目录";

/// What a line comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph.
    #[default]
    Paragraph,
    /// A row of a table.
    Row,
    /// A footnote or endnote.
    Note,
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// The cells of a row.
    pub(super) row: Option<RawRow>,
    /// A table begins with the row.
    pub(super) begins_table: bool,
    /// It stands in a frame.
    pub(super) is_framed: bool,
    /// The frame begins with it.
    pub(super) begins_frame: bool,
    /// Level of a heading, from 1.
    pub(super) heading: Option<u8>,
    /// Why the line is left out.
    pub(super) dropped: Option<&'static str>,
    /// Left out only because a field for a table of contents is open.
    pub(super) is_in_contents_field: bool,
}

impl Line {
    /// A line of a paragraph.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Whether the line belongs into the cell that holds it.
    pub(super) fn is_cell_text(&self) -> bool {
        self.kind == Kind::Paragraph && self.dropped.is_none()
    }
}
