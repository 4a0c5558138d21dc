//! What a draft states, held against the library.

use serde::Serialize;
use utoipa::ToSchema;

use super::PassageReference;
use super::places::Places;
use plansearch_draft::{self as draft, DraftText};

/// A draft with what its sources say of its statements. All places are counted in
/// characters (Unicode scalar values), of `text` or of the text of the passage, end
/// exclusive.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Check {
    /// Name of the draft; `-` for text without one.
    pub draft: String,
    /// The whole text that was read.
    pub text: String,
    /// What was held against the library, in the order of the draft.
    pub findings: Vec<CheckFinding>,
    /// How many findings there are of each verdict.
    pub counts: CheckCounts,
    /// What is checked and what is not.
    pub checked: &'static str,
    /// What could not be read of the draft.
    pub notices: Vec<String>,
}

/// A statement of a draft.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckFinding {
    /// `quote`, `figure`, `date`, `doc_number`, `title` or `issuer`.
    pub kind: &'static str,
    /// Where it stands in the draft.
    pub span: [usize; 2],
    /// What stands there.
    pub text: String,
    /// `verified`, `differs` or `not_found`.
    pub verdict: &'static str,
    /// `value`, `unit`, `comparator`, `year`, `period`, `direction`, `wording` or `name`.
    pub differs_by: Option<&'static str>,
    /// The places that say so, at most three, the best first.
    pub sources: Vec<CheckSource>,
    /// The same for people.
    pub message: String,
}

/// A place that speaks for or against a statement.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckSource {
    /// The passage.
    pub passage: PassageReference,
    /// Where in its text; empty where the facts of the document say it.
    pub source_span: [usize; 2],
    /// What stands there.
    pub source_text: String,
}

/// Findings by verdict.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckCounts {
    /// A source states the same.
    pub verified: usize,
    /// A source states something else.
    pub differs: usize,
    /// No source states it.
    pub not_found: usize,
}

impl Check {
    /// The answer for `draft`.
    pub fn new(draft: &DraftText, check: &draft::Check) -> Self {
        let mut places = Places::of(&draft.text);
        Self {
            draft: draft.name.clone(),
            text: draft.text.clone(),
            findings: check
                .findings
                .iter()
                .map(|finding| CheckFinding {
                    kind: finding.kind.name(),
                    span: places.pair(finding.span),
                    text: finding.span.of(&draft.text).to_owned(),
                    verdict: finding.verdict.name(),
                    differs_by: finding.differs_by.map(draft::DiffersBy::name),
                    sources: finding.sources.iter().map(CheckSource::from).collect(),
                    message: finding.message.clone(),
                })
                .collect(),
            counts: CheckCounts {
                verified: check.counts.verified,
                differs: check.counts.differs,
                not_found: check.counts.not_found,
            },
            checked: draft::what_is_checked(),
            notices: draft.notices.clone(),
        }
    }
}

impl From<&draft::Proof> for CheckSource {
    fn from(proof: &draft::Proof) -> Self {
        Self {
            passage: PassageReference::new(&proof.doc, &proof.passage),
            source_span: Places::of(&proof.passage.text).pair(proof.span),
            source_text: proof.text.clone(),
        }
    }
}
