//! A sentence of a draft with the sources that were found for it.

use std::ops::Range;
use std::sync::Arc;

use plansearch_engine::{DocumentRecord, PassageRecord};

use super::changes::{Change, ChangeKind};

/// Whether a sentence has a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It, or a span that makes up most of it, stands in a source with the same letters.
    Copied,
    /// It has a source and differs from it.
    Reworded,
    /// Nothing in the library is its source.
    None,
}

impl Verdict {
    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::Reworded => "reworded",
            Self::None => "none",
        }
    }
}

/// A sentence of a draft.
#[derive(Debug, Clone)]
pub struct TracedSentence {
    /// Its place in the draft, in characters.
    pub span: Range<usize>,
    /// Its text.
    pub text: String,
    /// Whether it has a source.
    pub verdict: Verdict,
    /// Whether it is made of wording that stands in many documents.
    pub is_boilerplate: bool,
    /// Whether it quotes and names what it quotes.
    pub is_cited: bool,
    /// Its sources, best first, the earliest document first among equals.
    pub sources: Vec<FoundSource>,
}

/// A source of a sentence.
#[derive(Debug, Clone)]
pub struct FoundSource {
    /// The passage.
    pub passage: Arc<PassageRecord>,
    /// Its document.
    pub doc: Arc<DocumentRecord>,
    /// The citation to paste.
    pub citation: String,
    /// How alike the two parts are, 0 to 1.
    pub score: f64,
    /// What comes from it, in characters of the draft.
    pub draft_span: Range<usize>,
    /// Where that stands, in characters of the passage.
    pub source_span: Range<usize>,
    /// What differs.
    pub changes: Vec<Change>,
}

/// What a sentence is to its writer: its verdict, with changed figures apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentenceState {
    /// It stands in a source as it is.
    Copied,
    /// It stands there in other words.
    Reworded,
    /// It stands there with another figure.
    Differing,
    /// It has no source.
    Unsourced,
}

impl SentenceState {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Copied,
        Self::Reworded,
        Self::Differing,
        Self::Unsourced,
    ];

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Copied => "照引",
            Self::Reworded => "改写",
            Self::Differing => "有出入",
            Self::Unsourced => "无出处",
        }
    }
}

impl TracedSentence {
    /// What it is to its writer.
    pub fn state(&self) -> SentenceState {
        match self.verdict {
            Verdict::None => SentenceState::Unsourced,
            _ if self.has_changed_figure() => SentenceState::Differing,
            Verdict::Copied => SentenceState::Copied,
            Verdict::Reworded => SentenceState::Reworded,
        }
    }

    /// Whether a figure differs from that of a source.
    pub fn has_changed_figure(&self) -> bool {
        self.sources
            .first()
            .is_some_and(FoundSource::has_changed_figure)
    }
}

impl FoundSource {
    /// Whether a figure differs.
    pub fn has_changed_figure(&self) -> bool {
        self.changes
            .iter()
            .any(|change| change.kind == ChangeKind::Figure)
    }
}
