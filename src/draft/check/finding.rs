//! What a check finds.

use std::sync::Arc;

use plansearch_engine::{DocumentRecord, PassageRecord};
use plansearch_text::Span;

/// What kind of statement was held against the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// A quotation in quotation marks.
    Quote,
    /// A figure with its unit.
    Figure,
    /// The time of a figure, or the date of a document.
    Date,
    /// A document number (文号).
    DocNumber,
    /// A title in 《》.
    Title,
    /// The body that issued a document.
    Issuer,
}

impl FindingKind {
    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Figure => "figure",
            Self::Date => "date",
            Self::DocNumber => "doc_number",
            Self::Title => "title",
            Self::Issuer => "issuer",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Quote => "引文",
            Self::Figure => "数字",
            Self::Date => "日期",
            Self::DocNumber => "文号",
            Self::Title => "题名",
            Self::Issuer => "机关",
        }
    }
}

/// What the library says of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// A source states the same.
    Verified,
    /// A source states something else.
    Differs,
    /// No source states it.
    NotFound,
}

impl Agreement {
    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Differs => "differs",
            Self::NotFound => "not_found",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Verified => "相符",
            Self::Differs => "不符",
            Self::NotFound => "库中未见",
        }
    }
}

/// In what a statement differs from its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiffersBy {
    /// The number.
    Value,
    /// The unit or its power of ten.
    Unit,
    /// 以上, 不超过, 左右.
    Comparator,
    /// The year of the same figure.
    Year,
    /// The source speaks of another time, so it may rightly differ.
    Period,
    /// Up or down.
    Direction,
    /// Words of a quotation.
    Wording,
    /// A title, body or number.
    Name,
}

impl DiffersBy {
    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Unit => "unit",
            Self::Comparator => "comparator",
            Self::Year => "year",
            Self::Period => "period",
            Self::Direction => "direction",
            Self::Wording => "wording",
            Self::Name => "name",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Value => "数值不同",
            Self::Unit => "单位不同",
            Self::Comparator => "限定不同",
            Self::Year => "年份不同",
            Self::Period => "时期不同",
            Self::Direction => "增减不同",
            Self::Wording => "字句不同",
            Self::Name => "名称不同",
        }
    }
}

/// A place in the library that speaks for or against a statement.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The passage.
    pub passage: Arc<PassageRecord>,
    /// Its document.
    pub doc: Arc<DocumentRecord>,
    /// Where in the text of the passage; empty when the facts of the document say it.
    pub span: Span,
    /// What stands there.
    pub text: String,
}

/// A statement of the draft and what the library says of it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What kind of statement it is.
    pub kind: FindingKind,
    /// Where it stands in the draft.
    pub span: Span,
    /// What the library says.
    pub verdict: Agreement,
    /// In what it differs.
    pub differs_by: Option<DiffersBy>,
    /// The places that say so, the best first.
    pub sources: Vec<Proof>,
    /// The same in a sentence for people.
    pub message: String,
}

/// How many findings of each verdict there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// A source states the same.
    pub verified: usize,
    /// A source states something else.
    pub differs: usize,
    /// No source states it.
    pub not_found: usize,
}

impl Counts {
    pub(super) fn of(findings: &[Finding]) -> Self {
        let count = |verdict| findings.iter().filter(|one| one.verdict == verdict).count();
        Self {
            verified: count(Agreement::Verified),
            differs: count(Agreement::Differs),
            not_found: count(Agreement::NotFound),
        }
    }
}

/// Proofs of one finding at most.
const MAX_PROOFS: usize = 3;

impl Finding {
    /// What it is called: 数字不符, 引文库中未见, 时期不同.
    pub fn label(&self) -> String {
        match (self.verdict, self.differs_by) {
            (Agreement::Differs, Some(by @ DiffersBy::Period)) => by.label().to_owned(),
            _ => format!("{}{}", self.kind.label(), self.verdict.label()),
        }
    }

    /// The sources state the same.
    pub(super) fn verified(
        kind: FindingKind,
        span: Span,
        sources: Vec<Proof>,
        message: String,
    ) -> Self {
        Self::new(kind, span, Agreement::Verified, sources, message)
    }

    /// The sources state something else.
    pub(super) fn differs(
        kind: FindingKind,
        span: Span,
        by: DiffersBy,
        sources: Vec<Proof>,
        message: String,
    ) -> Self {
        Self {
            differs_by: Some(by),
            ..Self::new(kind, span, Agreement::Differs, sources, message)
        }
    }

    /// No source states it.
    pub(super) fn not_found(kind: FindingKind, span: Span, message: String) -> Self {
        Self::new(kind, span, Agreement::NotFound, Vec::new(), message)
    }

    /// A finding with its proofs, each passage once.
    fn new(
        kind: FindingKind,
        span: Span,
        verdict: Agreement,
        proofs: Vec<Proof>,
        message: String,
    ) -> Self {
        let mut sources: Vec<Proof> = Vec::new();
        for proof in proofs {
            let is_known = |known: &Proof| known.passage.id == proof.passage.id;
            if sources.len() < MAX_PROOFS && !sources.iter().any(is_known) {
                sources.push(proof);
            }
        }
        Self {
            kind,
            span,
            verdict,
            differs_by: None,
            sources,
            message,
        }
    }
}
