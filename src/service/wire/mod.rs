//! What crosses the border as JSON: field names and shapes that programs rely on.
//!
//! The twins of the core types, which are not `Serialize`. The command line
//! prints the same twins, so `--json` and the API cannot differ.

mod check;
mod compare;
mod document;
mod evolve;
mod facets;
mod passage;
pub(crate) mod places;
mod reference;
mod search;
mod status;
mod suggest;
mod targets;
mod themes;
mod topic;
mod trace;

pub use check::{Check, CheckCounts, CheckFinding, CheckSource};
pub use compare::{Change, ComparisonRow, ComparisonRows, RowCounts};
pub use document::{Document, DocumentBrief, DocumentText, Documents, Dropped};
pub use evolve::{Evolution, TermUse, UseRow, YearUse};
pub use facets::{FacetPage, FacetTotals, FacetValue, Facets};
pub use passage::{Citations, Passage, PassageInPlace, Table, ThemeEvidence, ThemeTerm, ThemeWord};
pub use reference::PassageReference;
pub use search::{Hit, SearchResponse};
pub use status::{ErrorBody, ErrorDetail, Health};
pub use suggest::{Suggestion, Suggestions};
pub use targets::{Target, Targets};
pub use themes::{Candidate, Candidates, Theme, ThemeDocument, ThemePassage, ThemeReport, Themes};
pub use topic::{Topic, TopicDocument, TopicFigure};
pub use trace::{LargestShare, Trace, TraceChange, TraceShares, TraceSource, TracedSentence};
