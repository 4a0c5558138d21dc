//! Targets as records.

use serde::Serialize;
use utoipa::ToSchema;

use super::PassageReference;
use plansearch_figure::Decimal;
use plansearch_target::{Amount, Binding, comparator_sign, measure_name};
use plansearch_targets::{Found, Record};

/// Targets of the library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Targets {
    /// How many records there are.
    pub total: usize,
    /// How many documents they are of.
    pub documents: usize,
    /// The records asked for: newest document first, then in the order of the document.
    pub records: Vec<Target>,
    /// How the query was understood.
    pub notices: Vec<String>,
}

/// An indicator with what a plan says of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Target {
    /// What is measured, in the words of the text; empty where the source has lost it.
    pub name: String,
    /// How much, in the unit of the text; null for a range and where the text names
    /// another quantity (市下达指标).
    pub value: Option<f64>,
    /// The lower end of a range.
    pub low: Option<f64>,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// `=`, `>=`, `<=`, `>`, `<`, `~` (左右) or `range`; null without a figure.
    pub comparator: Option<&'static str>,
    /// The unit as written.
    pub unit: Option<String>,
    /// `level`, `growth`, `share`, `increment` or `rank`.
    pub measure: &'static str,
    /// Whether it is the mean of several years.
    pub is_annual_mean: bool,
    /// Whether it is a sum over several years.
    pub is_cumulative: bool,
    /// The year by which or in which, the last of several.
    pub year: Option<u16>,
    /// The first of several years.
    pub from_year: Option<u16>,
    /// What it was in the base year, in the same unit.
    pub base_value: Option<f64>,
    /// The year it is compared with.
    pub base_year: Option<u16>,
    /// `target` (aimed at), `done` (reached) or `estimate` (expected).
    pub horizon: &'static str,
    /// `约束性` or `预期性`, where the source says so.
    pub binding: Option<&'static str>,
    /// The place it is of, where that is not the document's own.
    pub subject: Option<String>,
    /// Whether the source has lost the name or the value; nothing is guessed then.
    pub is_damaged: bool,
    /// The figure as it stands, with its comparator.
    pub text: String,
    /// First character and the one behind the last in the text of the passage.
    pub span: [usize; 2],
    /// The passage.
    pub passage: PassageReference,
    /// `table` or `prose`.
    pub source: &'static str,
}

impl From<&Found> for Targets {
    fn from(found: &Found) -> Self {
        let notices = found.notices.iter();
        Self {
            total: found.total,
            documents: found.n_documents,
            records: found.records.iter().map(Target::from).collect(),
            notices: notices.map(|notice| notice.0.clone()).collect(),
        }
    }
}

impl From<&Record> for Target {
    fn from(record: &Record) -> Self {
        let target = &record.target;
        let amount = target.amount.as_ref();
        let range = amount.and_then(Amount::range);
        let number = |value: Option<Decimal>| value.map(Decimal::to_f64);
        let unit = amount.map(|amount| amount.unit.clone());
        Self {
            name: target.name.clone(),
            value: number(amount.and_then(Amount::value)),
            low: number(range.map(|(low, _)| low)),
            high: number(range.map(|(_, high)| high)),
            comparator: amount.map(|amount| comparator_sign(amount.comparator)),
            unit: unit
                .or_else(|| target.unit.clone())
                .filter(|unit| !unit.is_empty()),
            measure: measure_name(target.measure),
            is_annual_mean: target.is_annual_mean,
            is_cumulative: target.is_cumulative,
            year: target.year,
            from_year: target.from_year,
            base_value: number(target.base_value),
            base_year: target.base_year,
            horizon: target.horizon.name(),
            binding: target.binding.map(Binding::name),
            subject: target.subject.clone(),
            is_damaged: target.is_damaged,
            text: target.span.of(&record.passage.text).to_owned(),
            span: super::compare::in_chars(target.span, &record.passage.text),
            passage: PassageReference::new(&record.doc, &record.passage),
            source: target.origin.name(),
        }
    }
}
