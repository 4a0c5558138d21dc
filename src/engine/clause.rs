//! The tree that decides what matches.
//!
//! Engine-neutral: it speaks of folded strings and words, and maps on any engine
//! with boolean queries over terms and phrases. What orders the matches is
//! [`Evidence`](super::Evidence).

use super::origin::Origin;
use super::text_test::TextTest;
use plansearch_figure::FigureRange;

/// The part of a passage that a test reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The whole text.
    Text,
    /// The lead.
    Lead,
}

/// A condition on passages.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Every passage.
    Everything,
    /// The folded text of the passage holds this folded string.
    Holds(String),
    /// A figure of the text lies in this range.
    Figures(Box<FigureRange>),
    /// The passage comes from here.
    From(Origin),
    /// The passage with this id.
    Passage(String),
    /// The base matches and a part of the text passes the test. Every match of the base
    /// is read, of what must all be after all else.
    Verified {
        /// What must match.
        base: Box<Clause>,
        /// What the test reads.
        part: Part,
        /// The test.
        test: TextTest,
    },
    /// All of these match.
    All(Vec<Clause>),
    /// At least one of these matches.
    Any(Vec<Clause>),
    /// The base matches and the other does not.
    Without {
        /// What must match.
        base: Box<Clause>,
        /// What must not match.
        excluded: Box<Clause>,
    },
}

impl Clause {
    /// Passages that hold `folded`.
    pub fn holds(folded: impl Into<String>) -> Self {
        Self::Holds(folded.into())
    }

    /// All of `clauses`, or everything when there are none.
    pub fn all(mut clauses: Vec<Self>) -> Self {
        match clauses.len() {
            0 => Self::Everything,
            1 => clauses.remove(0),
            _ => Self::All(clauses),
        }
    }

    /// At least one of `clauses`.
    pub fn any(mut clauses: Vec<Self>) -> Self {
        match clauses.len() {
            1 => clauses.remove(0),
            _ => Self::Any(clauses),
        }
    }

    /// Says whether entries of an index that are no passages may match: what has no
    /// words and comes from nowhere is anything.
    pub fn has_others(&self) -> bool {
        match self {
            Self::Everything => true,
            Self::Holds(_) | Self::Figures(_) | Self::From(_) | Self::Passage(_) => false,
            Self::Verified { base, .. } | Self::Without { base, .. } => base.has_others(),
            Self::All(clauses) => clauses.iter().all(Self::has_others),
            Self::Any(clauses) => clauses.iter().any(Self::has_others),
        }
    }
}
