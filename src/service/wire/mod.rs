//! What crosses the border as JSON: field names and shapes that programs rely on.
//!
//! The twins of the core types, which are not `Serialize`. The command line
//! prints the same twins, so `--json` and the API cannot differ.

mod document;
mod passage;
mod search;
mod status;
mod suggest;

pub use document::{Document, DocumentBrief, DocumentText, Documents, Dropped};
pub use passage::{Citations, Passage, PassageInPlace, Table, ThemeTerm};
pub use search::{FacetValue, Facets, Hit, SearchResponse};
pub use status::{ErrorBody, ErrorDetail, Health};
pub use suggest::{Suggestion, Suggestions};
