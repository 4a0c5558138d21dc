//! The use of terms.

use serde::Serialize;
use utoipa::ToSchema;

use super::{DocumentBrief, PassageReference};
use plansearch_engine::UNSTATED;
use plansearch_evolve::{self as evolve, By};

/// The use of terms.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evolution {
    /// What makes a row: `year`, `doc`, `issuer`, `level` or `region`.
    pub by: &'static str,
    /// Each term, in the order asked.
    pub terms: Vec<TermUse>,
    /// Documents without a date, which stand in no year.
    pub undated: Vec<DocumentBrief>,
}

/// The use of one term.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TermUse {
    /// The term.
    pub term: String,
    /// By year and so on; the same groups for every term.
    pub rows: Vec<UseRow>,
    /// All documents together, each once.
    pub total: UseRow,
    /// The first passage of the earliest dated document that has it.
    pub first: Option<PassageReference>,
    /// The last passage of the latest dated document that has it.
    pub last: Option<PassageReference>,
    /// Documents that have it not.
    pub without: Vec<DocumentBrief>,
}

/// Counts of a group of documents.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UseRow {
    /// What the group is; empty where the documents state nothing of the kind.
    pub value: String,
    /// How people read it: the title of a document.
    pub label: String,
    /// Documents.
    pub documents: usize,
    /// Documents that have the term.
    pub with_term: usize,
    /// Passages that have it.
    pub passages: usize,
    /// Its places in paragraphs, headings and table cells.
    pub occurrences: usize,
    /// Characters of all these.
    pub characters: usize,
    /// Places in 10,000 characters, to two decimals; null without documents.
    pub per_10k: Option<f64>,
    /// The same by year of an issuer, a level or a region; else empty.
    pub years: Vec<YearUse>,
}

/// Counts of the documents of a group in one year.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct YearUse {
    /// The year.
    pub value: u16,
    /// Documents.
    pub documents: usize,
    /// Its places.
    pub occurrences: usize,
    /// Places in 10,000 characters; null without documents.
    pub per_10k: Option<f64>,
}

impl From<&evolve::Evolution> for Evolution {
    fn from(evolution: &evolve::Evolution) -> Self {
        Self {
            by: evolution.by.name(),
            terms: evolution
                .terms
                .iter()
                .map(|term| TermUse::new(term, evolution.by))
                .collect(),
            undated: briefs(&evolution.undated),
        }
    }
}

impl TermUse {
    fn new(term: &evolve::TermUse, by: By) -> Self {
        let reference = |found: &Option<evolve::Use>| {
            let found = found.as_ref()?;
            Some(PassageReference::new(&found.doc, &found.passage))
        };
        let mut total = UseRow::from(&term.total);
        "合计".clone_into(&mut total.label);
        Self {
            term: term.term.clone(),
            rows: term.rows.iter().map(UseRow::from).collect(),
            total,
            first: reference(&term.first),
            last: reference(&term.last),
            without: briefs(&term.without),
        }
        .labelled(by)
    }

    /// Years are read as such.
    fn labelled(mut self, by: By) -> Self {
        if by == By::Year {
            for row in &mut self.rows {
                row.label = format!("{}年", row.value);
            }
        }
        self
    }
}

impl From<&evolve::Row> for UseRow {
    fn from(row: &evolve::Row) -> Self {
        let label = match &row.title {
            Some(title) => title.clone(),
            None if row.value.is_empty() => UNSTATED.to_owned(),
            None => row.value.clone(),
        };
        Self {
            value: row.value.clone(),
            label,
            documents: row.documents,
            with_term: row.with_term,
            passages: row.passages,
            occurrences: row.occurrences,
            characters: row.characters,
            per_10k: row.per_10k(),
            years: row.years.iter().filter_map(YearUse::of).collect(),
        }
    }
}

impl YearUse {
    fn of(row: &evolve::Row) -> Option<Self> {
        Some(Self {
            value: row.value.parse().ok()?,
            documents: row.documents,
            occurrences: row.occurrences,
            per_10k: row.per_10k(),
        })
    }
}

fn briefs(docs: &[std::sync::Arc<plansearch_engine::DocumentRecord>]) -> Vec<DocumentBrief> {
    docs.iter()
        .map(|doc| DocumentBrief::from(doc.as_ref()))
        .collect()
}
