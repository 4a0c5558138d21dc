//! Chinese text as terms, the same for the index and for a query.
//!
//! Two views of one text: [`pairs`] for matching, so that every string on the
//! page is found at any length, and [`words`] for ranking. Knows nothing of the
//! engine that stores the terms.

pub mod pairs;
pub mod words;

pub use pairs::Pairs;
pub use words::{ranking_words, required_words};

/// Version of the analysis. It goes up whenever folding, pairs or words change,
/// so that an index made by another analysis is refused.
pub const ANALYSIS_VERSION: u32 = 1;
