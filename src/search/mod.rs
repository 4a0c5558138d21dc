//! From a request to an answer: understanding, matching, ranking, snippets.
//!
//! Speaks to the index only through its lookups, so that another engine can
//! stand behind it. Knows nothing of the command line, JSON or pages.

pub mod boolean;
mod fields;
pub mod lower;
pub mod marks;
mod request;
pub mod snippet;
mod understand;

pub use marks::Needles;
pub use request::{Hit, Request, Response, SearchError, cite, search};
pub use snippet::Snippet;
pub use understand::understand;
