//! The model of a planning document: what a plan is, once it has been read.
//!
//! Answers: which headings, passages and tables a document has, what it is
//! called, how it is cited. Knows nothing of files, the engine or JSON.

pub mod body_name;
pub mod citation;
pub mod dropped;
pub mod found;
pub mod ids;
pub mod jurisdiction;
mod label;
pub mod metadata;
pub mod passage;
pub mod places;
pub mod raw_table;
pub mod raw_text;
pub mod section;
mod short_names;
pub mod table;
mod warning;

pub use body_name::full_body_name;
pub use dropped::{DropReason, Dropped};
pub use found::{Fact, FoundIn, Place};
pub use ids::{DocumentId, PassageId};
pub use jurisdiction::{Jurisdiction, Level};
pub use label::as_set;
pub use metadata::{Date, DocType, Metadata, PlanPeriod};
pub use passage::{Passage, PassageKind, TableCell};
pub use places::places_in;
pub use raw_table::{Merged, RawCell, RawRow, RawTable};
pub use raw_text::{Property, PropertyKey, RawText};
pub use section::{Heading, Outline, SectionIdx};
pub use table::Table;
pub use warning::Warning;

/// One plan with everything that was found in its source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Title, issuers, number, dates.
    pub metadata: Metadata,
    /// Where each of these facts was found.
    pub found_in: FoundIn,
    /// Headings in document order, nested.
    pub outline: Outline,
    /// Every searchable piece, in document order: headings, paragraphs, table
    /// rows, front matter, attachments.
    pub passages: Vec<Passage>,
    /// Tables in document order; rows are also passages.
    pub tables: Vec<Table>,
    /// Names of the attachments, whether or not their text is there.
    pub attachments: Vec<String>,
    /// Text left out of the index, with the reason.
    pub dropped: Vec<Dropped>,
    /// What the parser doubts.
    pub warnings: Vec<Warning>,
}
