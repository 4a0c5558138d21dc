//! Positions in text, folding of characters, Chinese numerals.
//!
//! Answers: which bytes are a piece of text ([`Span`]), when two spellings are
//! the same ([`fold()`]), what number 二十一 is ([`numeral`]), which figures stand in a text
//! ([`figures()`]). Knows nothing of
//! documents, words or the engine.

mod decimal;
mod doc_number;
mod figures;
pub mod fold;
mod needle;
mod numbers;
pub mod numeral;
pub mod span;
mod units;
mod variants;
mod word_list;
mod years;

pub use doc_number::number_key;
pub use figures::{FIGURE_MARK, Figure, figures};
pub use fold::{FoldedText, fold};
pub use needle::{Haystack, Needle};
pub use span::Span;
pub use word_list::word_list;
pub use years::other_year_spelling;
