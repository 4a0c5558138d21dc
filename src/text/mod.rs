//! Positions in text, folding of characters, Chinese numerals.
//!
//! Answers: which bytes are a piece of text ([`Span`]), when two spellings are
//! the same ([`fold()`]), what number 二十一 is ([`numeral`]). Knows nothing of
//! documents, words or the engine.

mod amounts;
pub mod fold;
mod needle;
pub mod numeral;
pub mod span;
mod years;

pub use amounts::other_amount_spellings;
pub use fold::{FoldedText, fold};
pub use needle::{Haystack, Needle};
pub use span::Span;
pub use years::other_year_spelling;
