//! From a request to an answer: understanding, matching, ranking, snippets.
//!
//! Speaks to the index only through its lookups, so that another engine can
//! stand behind it. Knows nothing of the command line, JSON or pages.

mod across;
mod asking;
mod attempt;
pub mod boolean;
mod called;
mod candidates;
pub mod correction;
mod explain;
mod fields;
pub mod lower;
mod marker;
pub mod marks;
pub mod meaning;
mod missing;
mod pasted;
mod request;
mod rules;
pub mod snippet;
pub mod steering;
pub mod suggest;
mod themes;
mod understand;

pub use candidates::{Candidate, candidates};
pub use marker::Marker;
pub use marks::Needles;
pub use meaning::{Meaning, StandIn};
pub use request::{
    Hit, Request, Response, SamePlace, SameText, SearchError, check_themes, cite, search,
};
pub use rules::check_synonyms;
pub use snippet::Snippet;
pub use suggest::{Suggestion, SuggestionKind, common_names, nearest, suggest};
pub use themes::{
    ReportPart, ThemeDocument, ThemePassage, ThemeReport, ThemeSummary, theme, themes, word_spans,
};
pub use understand::understand;
