//! A target as a record.

use plansearch_figure::{Bound, Comparator, Decimal, Interval, Measure};
use plansearch_text::Span;
use serde::{Deserialize, Serialize};

/// Which of the times of a plan a figure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Horizon {
    /// What is aimed at.
    Target,
    /// What was reached.
    Done,
    /// What is expected to have been reached.
    Estimate,
}

impl Horizon {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Target, Self::Done, Self::Estimate];

    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Done => "done",
            Self::Estimate => "estimate",
        }
    }

    /// Finds the horizon of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|horizon| horizon.name() == name)
    }
}

/// How binding an indicator of a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Binding {
    /// 约束性.
    Obligatory,
    /// 预期性.
    Anticipated,
}

impl Binding {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Obligatory, Self::Anticipated];

    /// The name in plans and in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Obligatory => "约束性",
            Self::Anticipated => "预期性",
        }
    }

    /// Finds the binding of this name; what stands around it in a cell does not matter.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|binding| name.contains(binding.name()))
    }
}

/// Where a target was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// A row of a table.
    Table,
    /// Running text.
    Prose,
}

impl Origin {
    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Prose => "prose",
        }
    }
}

/// What a target states in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The number as written, in front of the unit; of a range both.
    pub number: Interval,
    /// The same in the unit of the dimension that has factor 1.
    pub scaled: Interval,
    /// How it bounds.
    pub comparator: Comparator,
    /// The unit with 万 or 亿 in front; empty where there is none.
    pub unit: String,
    /// What the unit measures; empty without one.
    pub dimension: String,
}

impl Amount {
    /// The one number that is stated; none for a range.
    pub fn value(&self) -> Option<Decimal> {
        self.number.stated()
    }

    /// Both ends of a range.
    pub fn range(&self) -> Option<(Decimal, Decimal)> {
        match (self.value(), self.number.low, self.number.high) {
            (None, Some(Bound { value: low, .. }), Some(Bound { value: high, .. })) => {
                Some((low, high))
            }
            _ => None,
        }
    }
}

/// An indicator with what a plan says of it. Its names on the disk are short: it is stored
/// with its passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What is measured, in the words of the text; empty where the source has lost it.
    #[serde(rename = "n")]
    pub name: String,
    /// How much; none where the text refers to another quantity (市下达指标).
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// The unit of its column, where it has no figure.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What kind of quantity it is.
    #[serde(rename = "m")]
    pub measure: Measure,
    /// Whether it is the mean of several years.
    #[serde(rename = "y", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_annual_mean: bool,
    /// Whether it is a sum over several years.
    #[serde(rename = "c", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_cumulative: bool,
    /// The year by which or in which, the last of several.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The first of several years.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub from_year: Option<u16>,
    /// What it was in the base year, as written.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub base_value: Option<Decimal>,
    /// The year it is compared with.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub base_year: Option<u16>,
    /// Aimed at, reached or expected.
    #[serde(rename = "h")]
    pub horizon: Horizon,
    /// How binding, where the source says so.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub binding: Option<Binding>,
    /// The place or body it is of, where that is not the document's own.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Whether the source has lost the name or the value.
    #[serde(rename = "x", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_damaged: bool,
    /// Where the figure stands in the text of the passage, with its comparator.
    #[serde(rename = "p", with = "span")]
    pub span: Span,
    /// Table or running text.
    #[serde(rename = "r")]
    pub origin: Origin,
}

/// A span on the disk: its two ends.
mod span {
    use plansearch_text::Span;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
        (span.start, span.end).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Span, D::Error> {
        let (start, end) = Deserialize::deserialize(deserializer)?;
        Ok(Span::new(start, end))
    }
}

/// The name of a measure in the interface.
pub fn measure_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Level => "level",
        Measure::Growth => "growth",
        Measure::Share => "share",
        Measure::Points | Measure::Increment => "increment",
        Measure::Rank => "rank",
    }
}

/// The sign of a comparator in the interface.
pub fn comparator_sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal => "=",
        Comparator::AtLeast => ">=",
        Comparator::AtMost => "<=",
        Comparator::MoreThan => ">",
        Comparator::LessThan => "<",
        Comparator::About => "~",
        Comparator::Range => "range",
    }
}
