//! What a figure is.

use plansearch_text::Span;
use serde::{Deserialize, Serialize};

use super::date::Period;
use super::decimal::Decimal;
use super::unit::Unit;

/// How a figure bounds what it states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparator {
    /// The figure itself.
    Equal,
    /// 以上, 不低于, 不少于, 至少.
    AtLeast,
    /// 以下, 以内, 不超过, 至多.
    AtMost,
    /// 超过, 突破, 高于; 多 and 余 behind a numeral.
    MoreThan,
    /// 低于, 不足, 不到.
    LessThan,
    /// 左右, 约, 近.
    About,
    /// 5%—6%, 三到五个, 大于二十小于三十.
    Range,
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bound {
    /// The value.
    pub value: Decimal,
    /// Whether the value belongs to the interval.
    pub is_closed: bool,
}

impl Bound {
    /// An end that belongs to the interval.
    pub fn closed(value: Decimal) -> Self {
        Self {
            value,
            is_closed: true,
        }
    }

    /// An end that does not.
    pub fn open(value: Decimal) -> Self {
        Self {
            value,
            is_closed: false,
        }
    }
}

/// The values that a figure admits; an end that is missing is open without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: Option<Bound>,
    /// The upper end.
    pub high: Option<Bound>,
}

impl Interval {
    /// One value.
    pub fn point(value: Decimal) -> Self {
        Self {
            low: Some(Bound::closed(value)),
            high: Some(Bound::closed(value)),
        }
    }

    /// The interval that `comparator` makes of `value`.
    pub fn of(comparator: Comparator, value: Decimal) -> Self {
        let (low, high) = match comparator {
            Comparator::AtLeast => (Some(Bound::closed(value)), None),
            Comparator::MoreThan => (Some(Bound::open(value)), None),
            Comparator::AtMost => (None, Some(Bound::closed(value))),
            Comparator::LessThan => (None, Some(Bound::open(value))),
            Comparator::Equal | Comparator::About | Comparator::Range => {
                return Self::point(value);
            }
        };
        Self { low, high }
    }

    /// The only value; `None` for an interval of several.
    pub fn single(&self) -> Option<Decimal> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.value == high.value => Some(low.value),
            _ => None,
        }
    }

    /// The value that stands in the text: the only one, or the one end there is.
    pub fn stated(&self) -> Option<Decimal> {
        match (self.low, self.high) {
            (Some(low), Some(high)) => (low.value == high.value).then_some(low.value),
            (Some(bound), None) | (None, Some(bound)) => Some(bound.value),
            (None, None) => None,
        }
    }

    /// Says whether `value` lies in the interval.
    ///
    /// ```
    /// let figure = plansearch_figure::scan("增长5%—5.5%").figures.remove(0);
    /// let share = |text| plansearch_figure::Decimal::parse(text).unwrap();
    /// assert!(figure.amount.holds(share("0.055")));
    /// assert!(!figure.amount.holds(share("0.06")));
    /// ```
    pub fn holds(&self, value: Decimal) -> bool {
        let is_above = self
            .low
            .is_none_or(|low| value > low.value || (low.is_closed && value == low.value));
        let is_below = self
            .high
            .is_none_or(|high| value < high.value || (high.is_closed && value == high.value));
        is_above && is_below
    }

    /// The interval with both ends times `factor`; `None` when that leaves the range.
    pub fn times(&self, factor: Decimal) -> Option<Self> {
        let times = |bound: Option<Bound>| match bound {
            None => Some(None),
            Some(bound) => Some(Some(Bound {
                value: bound.value.times(factor)?,
                is_closed: bound.is_closed,
            })),
        };
        Some(Self {
            low: times(self.low)?,
            high: times(self.high)?,
        })
    }
}

/// What a figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// An amount or a rate as it stands: 达到350亿元, 增长到8%.
    Level,
    /// A change in percent or times: 增长6%, 翻一番.
    Growth,
    /// A share of a whole: 占比, 比重, 覆盖率.
    Share,
    /// A change of a share: 提高2个百分点.
    Points,
    /// An amount that is added or taken away: 新增500家, 减少3万吨.
    Increment,
    /// A place in an order: 第3位.
    Rank,
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 增长, 提高, 扩大.
    Up,
    /// 下降, 减少, 缩小.
    Down,
}

/// A number as the text writes it: 350 and 亿元 of 350亿元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The number in front of the unit; of a range both.
    pub number: Interval,
    /// The unit with 万 or 亿 in front; empty when there is none.
    pub unit: String,
}

/// An amount that a text states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// All of it, comparator and unit included.
    pub span: Span,
    /// Number and unit alone.
    pub value_span: Span,
    /// Number and unit as written.
    pub written: Written,
    /// The values it admits, in the unit of the dimension that has factor 1.
    pub amount: Interval,
    /// How it bounds them.
    pub comparator: Comparator,
    /// Whether a word says so (以上, 等于), not only the numeral (二十余).
    pub has_comparator_word: bool,
    /// The unit, if any.
    pub unit: Option<Unit>,
    /// What it measures.
    pub measure: Measure,
    /// Which way it goes, of a change or of a level that a change leads to.
    pub direction: Option<Direction>,
    /// Whether it is the mean of several years: 年均.
    pub is_annual_mean: bool,
    /// Whether it is a sum over a time: 累计.
    pub is_cumulative: bool,
    /// The time in front of it in the same sentence.
    pub period: Option<Period>,
    /// The phrase in front that names what is measured.
    pub name: Option<Span>,
}

impl Figure {
    /// Says whether two figures state the same: dimension, amount and comparator.
    ///
    /// ```
    /// let figure = |text| plansearch_figure::scan(text).figures.remove(0);
    /// assert!(figure("3500万元").is_same_amount(&figure("0.35亿元")));
    /// assert!(figure("600兆瓦以上").is_same_amount(&figure("不低于60万千瓦")));
    /// assert!(!figure("3500万元").is_same_amount(&figure("3500万元以上")));
    /// ```
    pub fn is_same_amount(&self, other: &Self) -> bool {
        self.dimension() == other.dimension()
            && self.amount == other.amount
            && self.comparator == other.comparator
    }

    /// The dimension of the unit; empty when there is none.
    pub fn dimension(&self) -> &str {
        self.unit.as_ref().map_or("", |unit| &unit.dimension)
    }
}
