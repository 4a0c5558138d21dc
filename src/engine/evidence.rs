//! What speaks for a passage: the words of a query, what may stand for them, and
//! the pairs of characters that weigh.
//!
//! Engine-neutral: it speaks of folded strings and weights. An engine that holds
//! the pairs of a text and of its surroundings can compute it.
//!
//! ```text
//! score = Σ weight(pair) · BM25(pair in text and surroundings)
//!         · (FLOOR + (1 − FLOOR) · share of the words' worth that the passage has)
//!         · (1 + whole_factor · share of the wholes that stand)
//!         · factor of its kind · factor of its document
//!         · factors of what it is as a whole (the line that was typed, an article)
//!         · FIRST_FACTOR where it is of those that stand above the others
//! ```

use super::clause::Clause;
use plansearch_document::PassageKind;

/// The evidence by which matches are ordered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The words that tell what is asked for.
    pub words: Vec<Word>,
    /// Whether every match is known to have every word in its text.
    pub words_stand: bool,
    /// Pairs of folded characters with their weights.
    pub pairs: Vec<(String, f32)>,
    /// Folded strings that count more when they stand whole.
    pub wholes: Vec<String>,
    /// Whether every match is known to have every whole.
    pub wholes_stand: bool,
    /// How much more.
    pub whole_factor: f32,
    /// Factors of kinds of passages; others have 1.
    pub kind_factors: Vec<(PassageKind, f32)>,
    /// Factors of documents by id; others have 1.
    pub doc_factors: Vec<(String, f32)>,
    /// Terms that a passage has as a whole, each with the factor of those that have it.
    pub favoured: Vec<(String, f32)>,
    /// Matches that stand above the others, whatever their words: few, if there are any.
    pub first: Option<Clause>,
}

/// A word of a query with what may stand for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Word {
    /// The word, folded.
    pub text: String,
    /// Folded strings that may stand for it, each with its worth (1 is the word).
    pub alternatives: Vec<(String, f32)>,
}

impl Evidence {
    /// Says whether there is nothing to order by.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.pairs.is_empty()
    }
}
