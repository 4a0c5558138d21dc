//! A draft and its library: where its sentences come from, and whether its sources say
//! what it states.
//!
//! [`trace()`] finds for each sentence the passages that it was taken from, however it was
//! edited, joined or put in another order. Candidates come from the index by the rare
//! pairs of each clause; a local alignment weighed in bits decides (see
//! `alignment.rs`). [`check()`] holds figures, dates, quotations, titles, document numbers
//! and issuers against the library: what the draft says, what the source says, and where;
//! facts, no verdicts. Knows nothing of the command line, JSON or pages.

mod alignment;
mod boilerplate;
mod changes;
mod check;
mod cited;
mod draft_text;
mod extent;
mod figures;
mod letters;
mod matching;
mod prepared;
mod restated;
mod sentences;
mod shares;
mod trace;
mod traced;
mod weights;

pub use boilerplate::MIN_DOCUMENTS;
pub use changes::{Change, ChangeKind};
pub use check::{
    Agreement, Check, Counts, DiffersBy, Finding, FindingKind, Proof, check, what_is_checked,
};
pub use draft_text::{DraftError, DraftText, MAX_DRAFT_BYTES};
pub use shares::Shares;
pub use trace::{Trace, trace};
pub use traced::{FoundSource, SentenceState, TracedSentence, Verdict};
