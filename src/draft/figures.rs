//! Figures in a text, as far as tracing needs them: where they stand, what kind they are
//! and whether two say the same.

use std::ops::Range;

use plansearch_figure::{Figure, Interval, Scan, scan};
use plansearch_text::fold;

/// A figure of a text.
#[derive(Debug, Clone)]
pub(crate) struct FoundFigure {
    /// Its characters, with the unit.
    pub(crate) span: Range<usize>,
    /// What kind it is; only those of one kind are ever each other's counterpart.
    kind: Kind,
    /// The digits and the unit, folded.
    written: String,
    /// What it amounts to, where it has a unit.
    amount: Option<Interval>,
}

/// What kind of thing a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// A part of a document number.
    DocNumber,
    /// A year, month or day, by the character behind it.
    Date(Option<char>),
    /// A quantity, by what it measures.
    Quantity(String),
    /// A number with a character behind it: 16号, 第5条.
    Plain(Option<char>),
}

const HAN_DIGITS: &str = "〇零一二三四五六七八九十百千两";

/// Finds the figures of a text.
///
/// A figure is a number in digits, or one of two or more Chinese numerals that is no
/// plan period (十四五).
pub(crate) fn find(text: &str) -> Vec<FoundFigure> {
    let chars: Vec<char> = text.chars().collect();
    let scan = scan(text);
    let places = Places::of(text, &scan);
    let mut figures = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = digits_end(&chars, at).or_else(|| numerals_end(&chars, at));
        let Some(number_end) = end else {
            // The numerals of a plan period are passed over together.
            at += n_numerals(&chars, at).max(1);
            continue;
        };
        let figure = places.figure(at, number_end);
        let end = figure
            .map(|figure| figure.1.end)
            .filter(|end| !has_digit(&chars, number_end..*end))
            .map_or_else(|| unit_end(&chars, number_end), |end| end.max(number_end));
        let behind = chars.get(end.saturating_sub(1)).copied();
        let behind = behind.filter(|_| end > number_end);
        let kind = if places.is_in_doc_number(at) {
            Kind::DocNumber
        } else if places.is_in_date(at) {
            Kind::Date(behind)
        } else {
            figure.map_or(Kind::Plain(behind), |(figure, _)| kind_of(figure, behind))
        };
        let is_quantity = matches!(kind, Kind::Quantity(_));
        let written: String = chars.get(at..end).unwrap_or_default().iter().collect();
        figures.push(FoundFigure {
            span: at..end,
            kind,
            written: fold(&written).replace(',', ""),
            amount: figure
                .filter(|_| is_quantity)
                .map(|(figure, _)| figure.amount),
        });
        at = end;
    }
    figures
}

impl FoundFigure {
    /// Says whether two figures say the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let is_amount = self.amount.is_some() && self.amount == other.amount;
        self.written == other.written || is_amount && self.kind == other.kind
    }

    /// Says whether one may stand for the other: the same kind of thing, or a number that
    /// is no quantity of any kind with the same unit.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let is_plain = |figure: &Self| matches!(figure.kind, Kind::Plain(_));
        let is_either_plain = is_plain(self) || is_plain(other);
        self.kind == other.kind || is_either_plain && self.has_unit_of(other)
    }

    /// Says whether both are written with the same unit: 31日 and 34日.
    pub(crate) fn has_unit_of(&self, other: &Self) -> bool {
        let unit = |figure: &Self| -> String {
            let chars = figure.written.chars();
            let rest = chars.skip_while(|c| is_digit(*c) || *c == '.' || HAN_DIGITS.contains(*c));
            rest.collect()
        };
        unit(self) == unit(other)
    }

    /// Says whether both are quantities, of whatever kind: 8.4万元 and 8.4万美元.
    pub(crate) fn are_quantities(&self, other: &Self) -> bool {
        matches!(
            (&self.kind, &other.kind),
            (Kind::Quantity(_), Kind::Quantity(_))
        )
    }
}

/// What a figure measures; people, households and things are counted alike, and % and
/// 百分点 are taken for each other.
fn kind_of(figure: &Figure, behind: Option<char>) -> Kind {
    let group = match figure.dimension() {
        "" => return Kind::Plain(behind),
        "百分点" => "比率",
        "人数" | "户数" | "客运量" | "架次" | "车次" => "件数",
        other => other,
    };
    Kind::Quantity(group.to_owned())
}

/// What a scan found, in characters and in order.
struct Places<'a> {
    figures: Vec<(&'a Figure, Range<usize>)>,
    dates: Vec<Range<usize>>,
    doc_numbers: Vec<Range<usize>>,
}

impl<'a> Places<'a> {
    fn of(text: &str, scan: &'a Scan) -> Self {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let place = |span: plansearch_text::Span| {
            let nth = |byte: usize| starts.partition_point(|start| *start < byte);
            nth(span.start)..nth(span.end)
        };
        let figures = scan.figures.iter();
        Self {
            figures: figures
                .map(|figure| (figure, place(figure.value_span)))
                .collect(),
            dates: scan.dates.iter().map(|date| place(date.span)).collect(),
            doc_numbers: scan
                .doc_numbers
                .iter()
                .map(|number| place(number.span))
                .collect(),
        }
    }

    /// The figure that the number from `start` to `end` is a part of, and its place.
    fn figure(&self, start: usize, end: usize) -> Option<&(&'a Figure, Range<usize>)> {
        let nth = self.figures.partition_point(|(_, place)| place.end < end);
        let found = self.figures.get(nth);
        found.filter(|(_, place)| place.start <= start)
    }

    fn is_in_date(&self, at: usize) -> bool {
        holds(&self.dates, at)
    }

    fn is_in_doc_number(&self, at: usize) -> bool {
        holds(&self.doc_numbers, at)
    }
}

/// Says whether one of `ranges`, which are in order, holds `at`.
fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let nth = ranges.partition_point(|range| range.end <= at);
    ranges.get(nth).is_some_and(|range| range.start <= at)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn has_digit(chars: &[char], range: Range<usize>) -> bool {
    let mut rest = chars.get(range).unwrap_or_default().iter();
    rest.any(|c| is_digit(*c))
}

fn digits_end(chars: &[char], start: usize) -> Option<usize> {
    let digit_at = |at: usize| chars.get(at).is_some_and(|c| is_digit(*c));
    if !digit_at(start) {
        return None;
    }
    let mut at = start;
    loop {
        let is_point = matches!(chars.get(at), Some('.' | '．' | ','));
        if digit_at(at) || is_point && digit_at(at + 1) {
            at += 1;
        } else {
            return Some(at);
        }
    }
}

/// How many Chinese numerals stand in a row.
fn n_numerals(chars: &[char], start: usize) -> usize {
    let rest = chars.get(start..).unwrap_or_default().iter();
    rest.take_while(|c| HAN_DIGITS.contains(**c)).count()
}

fn numerals_end(chars: &[char], start: usize) -> Option<usize> {
    let n = n_numerals(chars, start);
    let number = chars.get(start..start + n)?;
    let is_period = number.first() == Some(&'十') && number.last() == Some(&'五') && n == 3;
    (n >= 2 && !is_period).then_some(start + n)
}

/// The end of what a number counts where no unit is known: 万 and 亿, else one ideograph.
fn unit_end(chars: &[char], number_end: usize) -> usize {
    let mut at = number_end;
    while chars
        .get(at)
        .is_some_and(|c| matches!(c, '万' | '亿' | '千' | '百' | '余' | '多'))
    {
        at += 1;
    }
    match chars.get(at) {
        Some('%' | '％' | '‰' | '℃') => at + 1,
        Some(c) if ('\u{4e00}'..='\u{9fff}').contains(c) => at + 1,
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> = find(text)
            .into_iter()
            .map(|figure| chars[figure.span].iter().collect())
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn figures_stand_with_their_units() {
        check(
            "增长12.9%，达到5785.2亿元，装机60万千瓦以上",
            &["12.9%", "5785.2亿元", "60万千瓦"],
        );
        check("“十四五”期间二十三个部门，连续2年", &["二十三个", "2年"]);
        check("统一部署", &[]);
    }

    fn first(text: &str) -> FoundFigure {
        find(text).remove(0)
    }

    #[test]
    fn the_same_quantity_in_another_form_is_the_same() {
        assert!(first("1,200家").is_same(&first("１200家")));
        assert!(first("百分之九十一").is_same(&first("91%")));
        assert!(first("3500万元").is_same(&first("0.35亿元")));
        assert!(!first("1200家").is_same(&first("1300家")));
    }

    #[test]
    fn only_figures_of_one_kind_stand_for_each_other() {
        let is_like = |a: &str, b: &str| first(a).is_like(&first(b));
        assert!(is_like("2025年", "2030年") && is_like("16号楼", "18号楼"));
        assert!(is_like("5个百分点", "5%") && is_like("200亿元", "100万元"));
        assert!(!is_like("16号楼", "2025年") && !is_like("3年内", "2025年"));
        assert!(!is_like("12条", "12亿元") && !is_like("5月", "2025年"));
        assert!(!is_like("100亿元", "100公里"));
        let numbers = find("嘉政发〔2020〕15号");
        assert!(!numbers[0].is_like(&first("2020年")));
    }
}
