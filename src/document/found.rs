//! Where the facts about a document were found.
//!
//! Kept beside [`super::Metadata`], not inside it: who cites or filters needs the
//! values alone, and a fact that the source does not state has no place.

use std::collections::BTreeMap;
use std::fmt;

/// A fact of [`super::Metadata`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The title.
    Title,
    /// The issuing bodies.
    Issuers,
    /// 发文字号.
    DocNumber,
    /// 索引号.
    IndexNumber,
    /// Date of issue.
    Date,
    /// Date of publication.
    PublishDate,
    /// Type of document.
    DocType,
    /// First and last year.
    Period,
}

/// Where a fact stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a line of the text, from 1.
    Line(usize),
    /// Behind a label, in a line from 1: `发文字号：…`.
    Label {
        /// The label.
        name: &'static str,
        /// The line.
        line: usize,
    },
    /// Beside the text, where the format keeps it: `html meta`, `docx core.xml`.
    Property(&'static str),
    /// It follows from the title.
    Title,
    /// In the name of the file.
    FileName,
}

/// The places of the facts that are known.
pub type FoundIn = BTreeMap<Fact, Place>;

impl Fact {
    /// The name of the field in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Issuers => "issuers",
            Self::DocNumber => "doc_number",
            Self::IndexNumber => "index_number",
            Self::Date => "date",
            Self::PublishDate => "publish_date",
            Self::DocType => "doc_type",
            Self::Period => "period",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Label { name, line } => write!(f, "label {name}, line {line}"),
            Self::Property(place) => f.write_str(place),
            Self::Title => f.write_str("title"),
            Self::FileName => f.write_str("file name"),
        }
    }
}
