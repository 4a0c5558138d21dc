//! Where the sentences of a draft come from.

use serde::Serialize;
use utoipa::ToSchema;

use super::{DocumentBrief, PassageReference};
use plansearch_draft as draft;

/// A draft with the sources of its sentences. All places are counted in characters
/// (Unicode scalar values), of `text` or of the text of the passage, end exclusive.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Trace {
    /// Name of the draft; `-` for text without one.
    pub draft: String,
    /// The whole text that was read.
    pub text: String,
    /// Its sentences in order.
    pub sentences: Vec<TracedSentence>,
    /// How much of the draft has sources.
    pub shares: TraceShares,
    /// What there is to say about the answer.
    pub notices: Vec<String>,
}

/// A sentence of a draft.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TracedSentence {
    /// Its number, from 0.
    pub idx: usize,
    /// Where it stands in the draft.
    pub span: [usize; 2],
    /// Its text.
    pub text: String,
    /// `copied` (it, or a span that makes up most of it, stands in a source with the same
    /// letters), `reworded`, or `none`.
    pub verdict: &'static str,
    /// Whether it is made of wording that stands in five documents or more (套话).
    pub is_boilerplate: bool,
    /// Whether it quotes and names what it quotes.
    pub is_cited: bool,
    /// Its sources, at most ten, best first, the earliest document first among equals.
    pub sources: Vec<TraceSource>,
}

/// A source of a sentence.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraceSource {
    /// The passage.
    pub passage: PassageReference,
    /// How alike the two parts are, 0 to 1.
    pub score: f64,
    /// What comes from it in the draft.
    pub draft_span: [usize; 2],
    /// Where that stands in the passage.
    pub source_span: [usize; 2],
    /// What differs.
    pub changes: Vec<TraceChange>,
}

/// What differs between a draft and a source.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraceChange {
    /// `figure` or `word`.
    pub kind: &'static str,
    /// What the draft says; empty where something was left out.
    pub draft: String,
    /// What the source says; empty where something was put in.
    pub source: String,
    /// Where that stands in the draft.
    pub draft_span: [usize; 2],
    /// Where that stands in the passage.
    pub source_span: [usize; 2],
}

/// Shares of the letters and digits of a draft, each 0 to 1.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraceShares {
    /// In parts that have a source (总).
    pub total: f64,
    /// The same without quotations in sentences that name what they quote (去除标明出处的引用).
    pub without_cited: f64,
    /// The total without wording that stands in five documents or more (去除套话).
    pub without_boilerplate: f64,
    /// The document that most of it has as first source (单篇最大).
    pub largest: Option<LargestShare>,
}

/// The document that most of a draft comes from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LargestShare {
    /// The document.
    pub doc: DocumentBrief,
    /// Its share.
    pub share: f64,
}

fn pair(range: &std::ops::Range<usize>) -> [usize; 2] {
    [range.start, range.end]
}

impl From<&draft::Trace> for Trace {
    fn from(trace: &draft::Trace) -> Self {
        let sentences = trace.sentences.iter().enumerate();
        let largest = trace.shares.largest.as_ref();
        Self {
            draft: trace.draft.clone(),
            text: trace.text.clone(),
            sentences: sentences
                .map(|(idx, sentence)| TracedSentence::new(idx, sentence))
                .collect(),
            shares: TraceShares {
                total: trace.shares.total,
                without_cited: trace.shares.without_cited,
                without_boilerplate: trace.shares.without_boilerplate,
                largest: largest.map(|(doc, share)| LargestShare {
                    doc: DocumentBrief::from(doc.as_ref()),
                    share: *share,
                }),
            },
            notices: trace.notices.clone(),
        }
    }
}

impl TracedSentence {
    fn new(idx: usize, sentence: &draft::TracedSentence) -> Self {
        Self {
            idx,
            span: pair(&sentence.span),
            text: sentence.text.clone(),
            verdict: sentence.verdict.name(),
            is_boilerplate: sentence.is_boilerplate,
            is_cited: sentence.is_cited,
            sources: sentence.sources.iter().map(TraceSource::from).collect(),
        }
    }
}

impl From<&draft::FoundSource> for TraceSource {
    fn from(source: &draft::FoundSource) -> Self {
        let changes = source.changes.iter().map(|change| TraceChange {
            kind: change.kind.name(),
            draft: change.draft.clone(),
            source: change.source.clone(),
            draft_span: pair(&change.draft_span),
            source_span: pair(&change.source_span),
        });
        Self {
            passage: PassageReference::new(&source.doc, &source.passage),
            score: source.score,
            draft_span: pair(&source.draft_span),
            source_span: pair(&source.source_span),
            changes: changes.collect(),
        }
    }
}
