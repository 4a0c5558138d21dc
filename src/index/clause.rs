//! The tree that decides what matches and how it scores.
//!
//! Engine-neutral: it speaks of folded strings, words and weights, and maps on
//! any engine with boolean queries over terms and phrases.

use super::origin::Origin;
use super::text_test::TextTest;

/// The part of a passage that a test reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The whole text.
    Text,
    /// The lead.
    Lead,
}

/// A condition on passages with its share of the score.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Every passage; scores nothing.
    Everything,
    /// The folded text of the passage holds this folded string.
    Holds {
        /// Folded string, at least one character.
        text: String,
        /// Factor of the score.
        weight: f32,
    },
    /// The passage holds this word of the word view.
    Word {
        /// Folded word.
        word: String,
        /// Factor of the score.
        weight: f32,
    },
    /// Title, headings above, lead or table head hold this word.
    Context {
        /// Folded word.
        word: String,
        /// Factor of the score.
        weight: f32,
    },
    /// The passage comes from here; scores nothing.
    From(Origin),
    /// The base matches and a part of the text passes the test; scores like the
    /// base. Every match of the base is read, so the base should be narrow.
    Verified {
        /// What must match.
        base: Box<Clause>,
        /// What the test reads.
        part: Part,
        /// The test.
        test: TextTest,
    },
    /// All of these match; scores add up.
    All(Vec<Clause>),
    /// At least `least` of these match; scores add up.
    AtLeast {
        /// How many must match, at least 1.
        least: usize,
        /// The alternatives.
        clauses: Vec<Clause>,
    },
    /// The base matches and the other does not.
    Without {
        /// What must match.
        base: Box<Clause>,
        /// What must not match.
        excluded: Box<Clause>,
    },
    /// The base matches; each boost that matches too adds to the score.
    Boosted {
        /// What must match.
        base: Box<Clause>,
        /// What may match.
        boosts: Vec<Clause>,
    },
    /// Matches like the inner clause and scores a constant.
    Constant {
        /// What must match.
        inner: Box<Clause>,
        /// The score.
        score: f32,
    },
}

impl Clause {
    /// Passages that hold `folded`, with weight 1.
    pub fn holds(folded: impl Into<String>) -> Self {
        Self::Holds {
            text: folded.into(),
            weight: 1.0,
        }
    }

    /// At least one of `clauses`.
    pub fn any(clauses: Vec<Self>) -> Self {
        Self::AtLeast { least: 1, clauses }
    }
}
