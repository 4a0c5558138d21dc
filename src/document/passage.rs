//! The unit of search: one paragraph, heading, table row or front-matter line.

use super::SectionIdx;
use plansearch_text::Span;

/// One piece of a document that a search can return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What the piece is.
    pub kind: PassageKind,
    /// The heading it stands under; for a heading, the heading itself.
    pub section: Option<SectionIdx>,
    /// The text as in the source, without blanks at its ends.
    pub text: String,
    /// The opening sentence that names the subject (小标题), as a span of `text`
    /// without dash and full stop.
    pub lead: Option<Span>,
    /// Where it stands in a table, for [`PassageKind::Table`].
    pub table: Option<TableCell>,
    /// The page of the source that it begins on, from 1, where the source has pages.
    pub page: Option<usize>,
}

/// The place of a passage in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCell {
    /// Position of the table in its document.
    pub table_idx: usize,
    /// Position of the row, or `None` for caption and head.
    pub row_idx: Option<usize>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PassageKind {
    /// A paragraph of the body.
    Paragraph,
    /// Caption, head or row of a table.
    Table,
    /// A heading.
    Heading,
    /// A line before the body: metadata, addressees, cover notice, signature, title.
    FrontMatter,
    /// Name or title page of an attachment.
    Attachment,
}

impl PassageKind {
    /// All kinds, in the order in which lists show them.
    pub const ALL: [Self; 5] = [
        Self::Paragraph,
        Self::Table,
        Self::Heading,
        Self::FrontMatter,
        Self::Attachment,
    ];

    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Table => "table",
            Self::Heading => "heading",
            Self::FrontMatter => "front_matter",
            Self::Attachment => "attachment",
        }
    }

    /// Finds the kind of this exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Passage {
    /// Makes a passage without lead, table and page.
    pub fn new(kind: PassageKind, section: Option<SectionIdx>, text: impl Into<String>) -> Self {
        Self {
            kind,
            section,
            text: text.into(),
            lead: None,
            table: None,
            page: None,
        }
    }

    /// The words of the lead, if there is one.
    pub fn lead_text(&self) -> Option<&str> {
        self.lead.map(|span| span.of(&self.text))
    }
}
