//! Chinese text as terms, the same for the index and for a query.
//!
//! A text is [`pairs`] of characters, so that every string on the page is found at
//! any length; a query is also cut into [`words`], and words of three or more characters are
//! [found everywhere](long_words()). Knows nothing of the
//! engine that stores the terms.

mod block;
mod compounds;
mod dictionary;
mod fillers;
mod lines;
mod long_words;
mod pair_bit;
pub mod pairs;
mod segmenter;
pub mod words;

pub use compounds::compounds;
pub use lines::{
    HAS_AMOUNT, HAS_DATE, HAS_TARGET, figure_flags, is_marked, line_terms, opening_of, opening_term,
};
pub use long_words::{is_long_word, long_words};
pub use pairs::Pairs;
pub use words::{
    Cut, Term, is_idle, is_word, parts_of_word, required_terms, required_words, stretches,
    word_borders,
};

/// Version of the analysis. It goes up whenever folding, pairs or long words change,
/// so that an index made by another analysis is refused.
pub const ANALYSIS_VERSION: u32 = 5;
