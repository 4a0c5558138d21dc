//! A condition on figures as it is typed in a query: ≥500亿元, <5%.

use std::fmt;

use super::decimal::Decimal;
use super::model::{Comparator, Interval};
use super::scan::scan;
use super::unit::Unit;
use plansearch_text::{Span, figures};

/// Signs of comparison as they are typed, in narrow characters; a longer one stands before
/// its beginning.
pub const SIGNS: [(&str, Comparator); 10] = [
    (">=", Comparator::AtLeast),
    ("=>", Comparator::AtLeast),
    ("≥", Comparator::AtLeast),
    ("≧", Comparator::AtLeast),
    ("<=", Comparator::AtMost),
    ("=<", Comparator::AtMost),
    ("≤", Comparator::AtMost),
    ("≦", Comparator::AtMost),
    (">", Comparator::MoreThan),
    ("<", Comparator::LessThan),
];

/// A wide character of a sign of comparison as the narrow one; any other as it is.
pub fn narrow_sign(c: char) -> char {
    match c {
        '＞' => '>',
        '＜' => '<',
        '＝' => '=',
        '！' => '!',
        _ => c,
    }
}

/// Figures of one dimension that lie on one side of a value. Units are converted.
///
/// ```
/// use plansearch_figure::FigureRange;
/// let range = FigureRange::parse("≥500亿元").unwrap();
/// assert!(range.holds("60000000000元") && !range.holds("40000000000元"));
/// assert!(!range.holds("600000000000%"));
/// assert_eq!(FigureRange::parse("≥500"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRange {
    typed: String,
    dimension: String,
    interval: Interval,
}

impl FigureRange {
    /// Reads a sign and a figure with its unit, and nothing else. Days and months are
    /// dates more often than lengths of time, so they make none.
    pub fn parse(typed: &str) -> Option<Self> {
        let narrow: String = typed.chars().map(narrow_sign).collect();
        let mut signs = SIGNS.iter();
        let (comparator, figure) =
            signs.find_map(|(sign, comparator)| Some((*comparator, narrow.strip_prefix(sign)?)))?;
        let figure = figure.trim_start();
        let read = scan(figure).figures.into_iter().next()?;
        let unit = read.unit.as_ref()?;
        let is_date = matches!(unit.name.as_str(), "月" | "日" | "天");
        if read.span != Span::whole(figure) || is_date {
            return None;
        }
        Some(Self {
            typed: typed.to_owned(),
            dimension: unit.dimension.clone(),
            interval: Interval::of(comparator, read.amount.single()?),
        })
    }

    /// Says whether a figure lies in the range, by the spelling that stands for all of its
    /// own ([`plansearch_text::figures()`]).
    pub fn holds(&self, spelling: &str) -> bool {
        let unit_at = spelling.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')));
        let Some((number, unit)) = unit_at.and_then(|at| spelling.split_at_checked(at)) else {
            return false;
        };
        let (Some(number), Some(unit)) = (Decimal::parse(number), Unit::named(unit)) else {
            return false;
        };
        let is_year = unit.name == "年" && number >= Decimal::from(1000);
        unit.dimension == self.dimension
            && !is_year
            && number
                .times(unit.factor)
                .is_some_and(|value| self.interval.holds(value))
    }

    /// The figures of `text` that lie in the range, in order.
    pub fn find_in(&self, text: &str) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for figure in figures(text) {
            let is_behind = spans
                .last()
                .is_none_or(|last| last.end <= figure.span.start);
            if is_behind && self.holds(&figure.spelling) {
                spans.push(figure.span);
            }
        }
        spans
    }
}

impl fmt::Display for FigureRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(range: &str, text: &'a str) -> Vec<&'a str> {
        let spans = FigureRange::parse(range).unwrap().find_in(text);
        spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn units_are_converted() {
        let text = "投资1,200亿元、三百亿元和0.6万亿元，占6%，建成40公里，50公顷";
        assert_eq!(found("≥500亿元", text), ["1,200亿元", "0.6万亿元"]);
        assert_eq!(found(">=5000000万元", text), ["1,200亿元", "0.6万亿元"]);
        assert_eq!(found("<500亿元", text), ["三百亿元"]);
        assert_eq!(found(">百分之五", text), ["6%"]);
        assert_eq!(found("＞30千米", text), ["40公里"]);
        assert_eq!(found("≤750亩", text), ["50公顷"]);
    }

    #[test]
    fn a_year_is_no_length_of_time() {
        assert_eq!(found("≥3年", "2025年起用5年完成"), ["5年"]);
    }

    #[test]
    fn what_is_no_condition_is_none() {
        for typed in [
            "500亿元",
            "≥",
            "≥500",
            "≥很多",
            ">5日",
            "≥500亿元以上",
            "->5%",
            "",
        ] {
            assert_eq!(FigureRange::parse(typed), None, "{typed}");
        }
    }
}
