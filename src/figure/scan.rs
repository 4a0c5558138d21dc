//! The walk over a text: dates and document numbers first, then figures between them.

use super::clause;
use super::context;
use super::date::{self, DateMention, Period};
use super::digits;
use super::doc_number::{self, DocNumber};
use super::fraction;
use super::glyphs::Glyphs;
use super::join;
use super::model::{Comparator, Figure, Interval, Written};
use super::numeral::Numeral;
use super::raw::{self, Raw};

/// What a text states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// Its figures, in order.
    pub figures: Vec<Figure>,
    /// Its dates and periods, in order.
    pub dates: Vec<DateMention>,
    /// Its document numbers, in order.
    pub doc_numbers: Vec<DocNumber>,
}

/// Finds the figures, dates and document numbers of `text`.
///
/// ```
/// use plansearch_figure::{Comparator, scan};
/// let text = "到2025年，氢能产业产值力争突破100亿元，单位能耗下降百分之十三点五以上";
/// let figures = scan(text).figures;
/// assert_eq!(figures[0].written.unit, "亿元");
/// assert_eq!(figures[0].amount.stated().unwrap().to_string(), "10000000000");
/// assert_eq!(figures[0].name.unwrap().of(text), "氢能产业产值");
/// assert_eq!(figures[0].period.unwrap().from.year, Some(2025));
/// assert_eq!(figures[1].comparator, Comparator::AtLeast);
/// assert_eq!(figures[1].amount.stated().unwrap().to_string(), "0.135");
/// ```
pub fn scan(text: &str) -> Scan {
    let glyphs = Glyphs::new(text);
    let numbers = doc_number::find(&glyphs);
    let mut dates = date::find(&glyphs);
    dates.retain(|date| {
        !numbers
            .iter()
            .any(|(start, end, _)| *start < date.end && date.start < *end)
    });
    let mut taken: Vec<(usize, usize)> = dates.iter().map(|date| (date.start, date.end)).collect();
    taken.extend(numbers.iter().map(|(start, end, _)| (*start, *end)));
    taken.sort_unstable();
    let raws = join::join(&glyphs, raws(&glyphs, &taken));
    let mut figures: Vec<Figure> = Vec::new();
    let mut least = 0;
    for raw in raws {
        if let Some(mut figure) = figure(&glyphs, &raw, least, &dates) {
            let is_same_sentence = clause::sentence_start(&glyphs, raw.start) <= least;
            if figure.name.is_none() && is_same_sentence {
                figure.name = figures.last().and_then(|before| before.name);
            }
            figures.push(figure);
        }
        least = raw.end;
    }
    Scan {
        figures,
        dates: dates
            .iter()
            .map(|found| DateMention {
                span: glyphs.span(found.start, found.end),
                period: found.period,
            })
            .collect(),
        doc_numbers: numbers.into_iter().map(|(_, _, number)| number).collect(),
    }
}

/// The dates and periods of `text`, in order.
///
/// ```
/// let dates = plansearch_figure::dates("2020年4月30日印发，“十四五”时期实施");
/// assert_eq!(dates[0].period.from.day, Some(30));
/// assert_eq!(dates[1].period, plansearch_figure::Period::years(2021, 2025));
/// ```
pub fn dates(text: &str) -> Vec<DateMention> {
    scan(text).dates
}

/// Numbers between `taken` (sorted).
fn raws(glyphs: &Glyphs, taken: &[(usize, usize)]) -> Vec<Raw> {
    let mut raws = Vec::new();
    let mut taken = taken.iter().peekable();
    let mut at = 0;
    while at < glyphs.len() {
        if !digits::may_open(glyphs.at(at)) {
            at += 1;
            continue;
        }
        while taken.peek().is_some_and(|(_, end)| *end <= at) {
            taken.next();
        }
        if let Some((start, end)) = taken.peek()
            && *start <= at
        {
            at = (*end).max(at + 1);
            continue;
        }
        let limit = taken.peek().map_or(usize::MAX, |(start, _)| *start);
        if let Some(end) = raw::word_at(glyphs, at) {
            at = end;
            continue;
        }
        match raw::read(glyphs, at).filter(|raw| raw.numeral_end <= limit) {
            Some(raw) => {
                at = raw.value_end.max(at + 1);
                if is_figure(glyphs, &raw) {
                    raws.push(raw);
                }
            }
            None => at = behind_numeral(glyphs, at),
        }
    }
    raws
}

/// Says whether a number states something: with a unit, a bound, or in digits.
fn is_figure(glyphs: &Glyphs, raw: &Raw) -> bool {
    raw.is_rank
        || raw.unit.is_some()
        || raw.has_word
        || raw.numeral_end - raw.value_start > 1
        || glyphs.digit(raw.value_start).is_some()
        || is_end_of_range(glyphs, raw)
}

/// The 一 of 一到五个 stands alone until it is joined.
fn is_end_of_range(glyphs: &Glyphs, raw: &Raw) -> bool {
    matches!(glyphs.at(raw.value_end), '到' | '至' | '-' | '–' | '~')
}

/// Behind what is no figure at `at`: a whole run of letters, digits or numerals.
fn behind_numeral(glyphs: &Glyphs, at: usize) -> usize {
    let mut end = at;
    if glyphs.at(end).is_ascii_alphanumeric() {
        while glyphs.at(end).is_ascii_alphanumeric()
            && glyphs.digit(end).is_some() == glyphs.digit(at).is_some()
        {
            end += 1;
        }
        if glyphs.at(at).is_ascii_alphabetic() {
            while glyphs.digit(end).is_some()
                || (glyphs.at(end) == '.' && glyphs.digit(end + 1).is_some())
            {
                end += 1;
            }
        }
    } else if digits::is_chinese(glyphs.at(at)) {
        while digits::is_chinese(glyphs.at(end)) {
            end += 1;
        }
    }
    end.max(at + 1)
}

fn figure(glyphs: &Glyphs, raw: &Raw, least: usize, dates: &[date::Found]) -> Option<Figure> {
    let date = dates.iter().rev().find(|date| date.end <= raw.start);
    let end_of_date = date.map_or(0, |date| date.end);
    let mut context = context::of(glyphs, raw, least.max(end_of_date).min(raw.start));
    if let Some(date) = date.filter(|date| context.name.is_none() && date.start >= least) {
        // 产值到2025年突破100亿元: the name stands in front of the date.
        let is_same_clause = clause::clause_start(glyphs, raw.start, least) <= date.start;
        let start = clause::clause_start(glyphs, date.start, least);
        context.name = is_same_clause
            .then(|| context::name(glyphs, start, date.start))
            .flatten();
    }
    Some(Figure {
        span: glyphs.span(raw.start, raw.end),
        value_span: glyphs.span(raw.value_start, raw.value_end),
        written: written(raw),
        amount: raw.amount()?,
        comparator: raw.comparator,
        has_comparator_word: raw.has_word,
        unit: raw.unit.clone(),
        measure: context.measure,
        direction: context.direction,
        is_annual_mean: context.is_annual_mean,
        is_cumulative: context.is_cumulative,
        period: period_of(glyphs, raw, dates),
        name: context.name,
    })
}

fn written(raw: &Raw) -> Written {
    let powers = match raw.exponent {
        0 => String::new(),
        4 => "万".to_owned(),
        8 => "亿".to_owned(),
        12 => "万亿".to_owned(),
        other => format!("e{other}"),
    };
    let name = raw.unit.as_ref().map_or("", |unit| &unit.name);
    Written {
        number: raw.number,
        unit: format!("{powers}{name}"),
    }
}

/// The last date in front of a figure in its sentence; else the first behind it in
/// its clause.
fn period_of(glyphs: &Glyphs, raw: &Raw, dates: &[date::Found]) -> Option<Period> {
    let start = clause::sentence_start(glyphs, raw.start);
    dates
        .iter()
        .rev()
        .find(|date| date.end <= raw.start && date.start >= start)
        .map(|date| date.period)
}

/// Every numeral of `text` alone, without its unit.
///
/// ```
/// let values: Vec<String> = plansearch_figure::numerals("两百三十余万，1.2万亿，三分之二")
///     .iter()
///     .map(|numeral| numeral.value.to_string())
///     .collect();
/// assert_eq!(values, ["2300000", "1200000000000", "0.666666666666666666"]);
/// ```
pub fn numerals(text: &str) -> Vec<Numeral> {
    let glyphs = Glyphs::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        if !digits::may_open(glyphs.at(at)) {
            at += 1;
            continue;
        }
        if let Some(end) = raw::word_at(&glyphs, at) {
            at = end;
            continue;
        }
        let is_inside_name = glyphs.before(at).is_ascii_alphabetic();
        let read = fraction::read(&glyphs, at).filter(|read| !is_inside_name && !read.is_implied);
        let value = read.and_then(|read| Some((read.end, read.value()?)));
        match value {
            Some((end, value)) => {
                found.push(Numeral {
                    span: glyphs.span(at, end),
                    value,
                });
                at = end.max(at + 1);
            }
            None => at = behind_numeral(&glyphs, at).min(behind_unread(&glyphs, at)),
        }
    }
    found
}

/// Of units alone (万万, 百分之) only the unit itself is passed.
fn behind_unread(glyphs: &Glyphs, at: usize) -> usize {
    let mut end = at;
    while digits::is_unit(glyphs.at(end)) {
        end += 1;
    }
    if end > at { end } else { usize::MAX }
}

impl Comparator {
    /// The interval of this comparator around `value`.
    pub fn interval(self, value: super::decimal::Decimal) -> Interval {
        Interval::of(self, value)
    }
}
