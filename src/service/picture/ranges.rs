//! What plans aim at for one indicator: from the base to the target, plan by plan, on one
//! scale.

use std::fmt::Write as _;

use super::{FILL, escaped, opening, shortened};
use crate::reports;
use crate::titles::Titles;
use crate::wire::Target as Shown;
use plansearch_figure::{Comparator, Decimal};
use plansearch_target::{Amount, Horizon};
use plansearch_targets::{Found, Record};

/// Most plans of a picture; the table has the others.
const MAX_ROWS: usize = 40;
/// Height of a row, its label included.
const ROW: usize = 40;
/// Width of the scale, and of the picture.
const SCALE: f64 = 400.0;
const WIDTH: usize = 520;
/// Room left of the scale, and above the first row.
const LEFT: f64 = 12.0;
const TOP: usize = 52;

/// A target on the scale, in the unit of the picture.
struct Range {
    label: String,
    amount: String,
    base: Option<(f64, String)>,
    low: f64,
    high: f64,
    comparator: Comparator,
}

/// The targets of one indicator; none without a name, or where fewer than two can stand on
/// one scale.
///
/// What measures another quantity (a rate beside an amount, a mean of years beside one
/// year) stands on another scale, so only the most frequent kind is drawn.
pub fn targets(name: &str, found: &Found) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    let kinds = found.records.iter().filter_map(kind);
    let kind_of_most = most_frequent(kinds)?;
    let records: Vec<&Record> = found
        .records
        .iter()
        .filter(|record| kind(record).as_ref() == Some(&kind_of_most))
        .collect();
    let unit = records.iter().find_map(|record| {
        let amount = record.target.amount.as_ref()?;
        Some((amount.unit.clone(), factor(amount)?))
    });
    let (unit, factor) = unit?;
    let titles = Titles::of_documents(records.iter().map(|record| record.doc.as_ref()));
    let mut ranges: Vec<(Option<u16>, Range)> = records
        .iter()
        .filter_map(|record| {
            let title = titles.of(&record.doc.id, &record.doc.title);
            Some((record.target.year, Range::new(record, &title, factor)?))
        })
        .collect();
    if ranges.len() < 2 {
        return None;
    }
    ranges.sort_by_key(|(year, _)| *year);
    let n_more = ranges.len().saturating_sub(MAX_ROWS);
    ranges.truncate(MAX_ROWS);
    let ranges: Vec<Range> = ranges.into_iter().map(|(_, range)| range).collect();
    Some(drawn(name, &unit, &ranges, n_more))
}

/// What can stand on one scale: dimension, measure, mean of years.
type Kind = (String, plansearch_figure::Measure, bool);

fn kind(record: &Record) -> Option<Kind> {
    let target = &record.target;
    let amount = target.amount.as_ref()?;
    (target.horizon == Horizon::Target && !target.is_damaged).then(|| {
        let dimension = amount.dimension.clone();
        (dimension, target.measure, target.is_annual_mean)
    })
}

fn most_frequent(kinds: impl Iterator<Item = Kind>) -> Option<Kind> {
    let mut counted: Vec<(Kind, usize)> = Vec::new();
    for kind in kinds {
        match counted.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counted.push((kind, 1)),
        }
    }
    let most = counted.iter().map(|(_, count)| *count).max()?;
    let mut counted = counted.into_iter();
    counted.find_map(|(kind, count)| (count == most).then_some(kind))
}

/// How much one of the unit as written is.
fn factor(amount: &Amount) -> Option<f64> {
    let (number, scaled) = (amount.number.stated()?, amount.scaled.stated()?);
    let factor = scaled.over(number)?.to_f64();
    (factor.is_finite() && factor != 0.0).then_some(factor)
}

impl Range {
    fn new(record: &Record, title: &str, unit: f64) -> Option<Self> {
        let target = &record.target;
        let amount = target.amount.as_ref()?;
        let value =
            |bound: Option<plansearch_figure::Bound>| bound.map(|bound| bound.value.to_f64());
        let (low, high) = match amount.scaled.stated() {
            Some(value) => (value.to_f64(), value.to_f64()),
            None => (value(amount.scaled.low)?, value(amount.scaled.high)?),
        };
        let own = factor(amount).unwrap_or(unit);
        let base = target.base_value.map(|base| {
            let year = target.base_year.map(|year| format!("{year}年"));
            let label = format!("{}{base}", year.unwrap_or_default());
            (base.to_f64() * own / unit, label)
        });
        let year = target
            .year
            .map(|year| format!("{year}年"))
            .unwrap_or_default();
        let range = Self {
            label: format!("{}　{year}", shortened(title)),
            amount: reports::amount(&Shown::from(record)),
            base,
            low: low / unit,
            high: high / unit,
            comparator: amount.comparator,
        };
        (range.low.is_finite() && range.high.is_finite()).then_some(range)
    }
}

/// From and to of the scale: from nought, where the values do not lie far from it.
fn scale(ranges: &[Range]) -> (f64, f64) {
    let ends = ranges.iter().flat_map(|range| {
        let base = range.base.as_ref().map(|(base, _)| *base);
        [Some(range.low), Some(range.high), base]
    });
    let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
    for end in ends.flatten() {
        from = from.min(end);
        to = to.max(end);
    }
    if from > 0.0 && (from < to * 0.6 || from >= to) {
        from = 0.0;
    } else if to < 0.0 {
        to = 0.0;
    } else {
        let room = (to - from) * 0.1;
        (from, to) = (from - room, to + room);
    }
    if from < to {
        (from, to)
    } else {
        (from - 1.0, to + 1.0)
    }
}

fn drawn(name: &str, unit: &str, ranges: &[Range], n_more: usize) -> String {
    let (from, to) = scale(ranges);
    let place = |value: f64| LEFT + (value - from) / (to - from) * SCALE;
    let floor = TOP + ranges.len() * ROW;
    let title = format!("“{name}”各文件的目标（{unit}）");
    let mut body = format!(
        "<text x=\"0\" y=\"16\" font-size=\"14\" font-weight=\"600\">{}</text>",
        escaped(&title)
    );
    for nth in 0..=4 {
        let value = from + (to - from) * f64::from(nth) / 4.0;
        let x = place(value);
        let _ = write!(
            body,
            "<path d=\"M{x:.1} {}V{floor}\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/><text x=\"{x:.1}\" y=\"40\" text-anchor=\"middle\" font-size=\"10\">{}</text>",
            TOP - 6,
            escaped(&short(value))
        );
    }
    for (at, range) in ranges.iter().enumerate() {
        row(&mut body, range, TOP + at * ROW, place);
    }
    let mut height = floor + 22;
    let _ = write!(
        body,
        "<text x=\"0\" y=\"{}\" font-size=\"10\">○ 基期　● 目标　▶ 以上　◀ 以下　粗线 区间</text>",
        floor + 14
    );
    if n_more > 0 {
        height += 16;
        let _ = write!(
            body,
            "<text x=\"0\" y=\"{}\">另有 {n_more} 项，见表</text>",
            height - 6
        );
    }
    let described: Vec<String> = ranges.iter().map(Range::in_words).collect();
    let head = opening((WIDTH, height), &title, &described.join("；"), "targets");
    format!("{head}{body}</svg>")
}

impl Range {
    fn in_words(&self) -> String {
        match &self.base {
            Some((_, base)) => format!("{}：{}（基期 {base}）", self.label, self.amount),
            None => format!("{}：{}", self.label, self.amount),
        }
    }
}

/// One target: a ring at the base, a line to the target, and its mark.
fn row(body: &mut String, range: &Range, top: usize, place: impl Fn(f64) -> f64) {
    let y = top + 24;
    let (low, high) = (place(range.low), place(range.high));
    let _ = write!(
        body,
        "<text x=\"0\" y=\"{}\" font-size=\"11\">{}</text>",
        top + 12,
        escaped(&range.label)
    );
    if let Some((base, label)) = &range.base {
        let base = place(*base);
        let _ = write!(
            body,
            "<path d=\"M{base:.1} {y}L{low:.1} {y}\" stroke=\"currentColor\" stroke-width=\"1.5\"/><circle cx=\"{base:.1}\" cy=\"{y}\" r=\"4\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"><title>{}</title></circle>",
            escaped(label)
        );
    }
    if high > low {
        let _ = write!(
            body,
            "<path d=\"M{low:.1} {y}L{high:.1} {y}\" stroke=\"{FILL}\" stroke-width=\"8\"/>"
        );
    } else {
        let (up, down) = (y - 6, y + 6);
        let mark = match range.comparator {
            Comparator::AtLeast | Comparator::MoreThan => {
                format!(
                    "<path d=\"M{low:.1} {up}L{:.1} {y}L{low:.1} {down}Z\" fill=\"{FILL}\"/>",
                    low + 10.0
                )
            }
            Comparator::AtMost | Comparator::LessThan => {
                format!(
                    "<path d=\"M{low:.1} {up}L{:.1} {y}L{low:.1} {down}Z\" fill=\"{FILL}\"/>",
                    low - 10.0
                )
            }
            _ => format!("<circle cx=\"{low:.1}\" cy=\"{y}\" r=\"5\" fill=\"{FILL}\"/>"),
        };
        body.push_str(&mark);
    }
    let behind = range
        .base
        .as_ref()
        .map_or(high, |(base, _)| high.max(place(*base)));
    let _ = write!(
        body,
        "<text x=\"{:.1}\" y=\"{}\" font-size=\"11\">{}</text>",
        behind + 14.0,
        y + 4,
        escaped(&range.amount)
    );
}

/// A number of the scale, to three digits that count.
fn short(value: f64) -> String {
    let digits = match value.abs() {
        size if size >= 100.0 || size == 0.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    let number = Decimal::parse(&text).map(|number| number.to_string());
    number.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: f64, high: f64, base: Option<f64>) -> Range {
        Range {
            label: "甲<规划>　2025年".to_owned(),
            amount: "≥5%".to_owned(),
            base: base.map(|base| (base, "2020年3".to_owned())),
            low,
            high,
            comparator: Comparator::AtLeast,
        }
    }

    #[test]
    fn a_picture_has_every_number_as_text_and_escapes_names() {
        let ranges = [range(5.0, 5.0, Some(3.0)), range(6.0, 7.0, None)];
        let picture = drawn("增\"速", "%", &ranges, 3);
        assert_eq!(picture, drawn("增\"速", "%", &ranges, 3));
        assert!(picture.contains("甲&lt;规划&gt;") && picture.contains("≥5%"));
        assert!(picture.contains("另有 3 项") && picture.contains("基期 2020年3"));
    }

    #[test]
    fn values_near_nought_are_seen_from_it() {
        let (from, to) = scale(&[range(2.0, 2.0, None), range(8.0, 8.0, None)]);
        assert!(from < 0.1 && to > 7.9);
        let (from, to) = scale(&[range(5.0, 5.0, None), range(5.0, 5.0, None)]);
        assert!(from < 0.1 && to > 4.0);
        let (from, to) = scale(&[range(95.0, 95.0, None), range(98.0, 98.0, None)]);
        assert!(from > 90.0 && to > 98.0);
    }

    #[test]
    fn numbers_of_the_scale_are_short() {
        assert_eq!(
            [short(0.0), short(1234.5), short(12.34), short(0.5)],
            ["0", "1234", "12.3", "0.5"]
        );
    }
}
