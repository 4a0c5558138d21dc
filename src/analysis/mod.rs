//! Chinese text as terms, the same for the index and for a query.
//!
//! A text is [`pairs`] of characters, so that every string on the page is found at
//! any length; a query is also cut into [`words`]. Knows nothing of the
//! engine that stores the terms.

mod compounds;
mod fillers;
pub mod pairs;
pub mod words;

pub use compounds::compounds;
pub use pairs::Pairs;
pub use words::{Cut, is_idle, parts_of_word, required_words, stretches};

/// Version of the analysis. It goes up whenever folding, pairs or words change,
/// so that an index made by another analysis is refused.
pub const ANALYSIS_VERSION: u32 = 2;
