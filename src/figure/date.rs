//! Dates and periods: 2020年4月30日, 2020.4.30, 二〇二〇年, 2021—2025年, 十四五.

use plansearch_text::Span;

use super::digits;
use super::glyphs::Glyphs;

/// A day, month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// The year; `None` in 4月30日.
    pub year: Option<u16>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31.
    pub day: Option<u8>,
}

/// From a day to a day; of one day, month or year both are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
}

impl Period {
    fn point(day: Day) -> Self {
        Self { from: day, to: day }
    }

    /// The years from `from` to `to`.
    pub fn years(from: u16, to: u16) -> Self {
        let year = |year| Day {
            year: Some(year),
            month: None,
            day: None,
        };
        Self {
            from: year(from),
            to: year(to),
        }
    }

    /// Says whether the period is more than one day, month or year.
    pub fn is_span(&self) -> bool {
        self.from != self.to
    }
}

/// A date in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands.
    pub span: Span,
    /// What it means.
    pub period: Period,
}

/// A date as characters of the folded text.
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) period: Period,
}

/// Every date of the text, in order.
pub(crate) fn find(glyphs: &Glyphs) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        if !digits::may_open(glyphs.at(at)) {
            at += 1;
            continue;
        }
        match five_years(glyphs, at).or_else(|| dated(glyphs, at)) {
            Some((end, period)) => {
                found.push(Found {
                    start: at,
                    end,
                    period,
                });
                at = end.max(at + 1);
            }
            None => at = behind_number(glyphs, at),
        }
    }
    found
}

/// Behind the digits at `at`, so that no date begins within a number.
fn behind_number(glyphs: &Glyphs, at: usize) -> usize {
    let mut end = at;
    while glyphs.digit(end).is_some() {
        end += 1;
    }
    end.max(at + 1)
}

/// 十四五, “十四五”, 第十四个五年: five years each, the first from 1953 on.
fn five_years(glyphs: &Glyphs, at: usize) -> Option<(usize, Period)> {
    if glyphs.at(at) == '第' {
        let (end, n) = ordinal_of_plan(glyphs, at + 1)?;
        return glyphs
            .starts_with(end, "个五年")
            .then(|| (end + 3, plan(n)));
    }
    let before = glyphs.before(at);
    if digits::is_chinese(before) || before == '第' {
        return None;
    }
    let (end, n) = ordinal_of_plan(glyphs, at)?;
    let is_five = glyphs.at(end) == '五' && (6..=30).contains(&n);
    let end = end + 1;
    let next = glyphs.at(end);
    let is_quoted = before == '"' && next == '"';
    // 十五 and 九五 are numbers too; from 十一五 on the words are plain.
    let is_plain = n > 10
        || ["时期", "期间", "规划", "计划", "以来", "末"]
            .iter()
            .any(|word| glyphs.starts_with(end, word));
    let is_number = digits::is_chinese(next) || "个年项条".contains(next);
    (is_five && (is_quoted || is_plain && !is_number)).then(|| (end, plan(n)))
}

fn ordinal_of_plan(glyphs: &Glyphs, at: usize) -> Option<(usize, u16)> {
    let digit = |at| {
        digits::chinese_digit(glyphs.at(at))
            .filter(|digit| *digit > 0)
            .map(u16::from)
    };
    let ten = |at| glyphs.at(at) == '十';
    match (digit(at), ten(at)) {
        (Some(tens), _) if ten(at + 1) => match digit(at + 2) {
            // 二十五: the plan is 二十 only when another 五 does not follow.
            Some(ones) if glyphs.at(at + 3) == '五' || glyphs.at(at + 3) == '个' => {
                Some((at + 3, tens * 10 + ones))
            }
            _ => None,
        },
        (Some(ones), _) => Some((at + 1, ones)),
        (None, true) => match digit(at + 1) {
            Some(ones) if glyphs.at(at + 2) == '五' || glyphs.at(at + 2) == '个' => {
                Some((at + 2, 10 + ones))
            }
            _ => Some((at + 1, 10)),
        },
        (None, false) => None,
    }
}

fn plan(n: u16) -> Period {
    let from = 1953 + (n - 1) * 5;
    // The sixth began in 1981, after the years of adjustment.
    let from = if n >= 6 { 1981 + (n - 6) * 5 } else { from };
    Period::years(from, from + 4)
}

fn dated(glyphs: &Glyphs, at: usize) -> Option<(usize, Period)> {
    let before = glyphs.before(at);
    if before.is_ascii_alphanumeric() || (before == '.' && glyphs.digit(at).is_some()) {
        return None;
    }
    let (end, first) = day(glyphs, at)?;
    let Some((end_of_second, second)) = until(glyphs, end, first) else {
        let is_bare =
            first.month.is_none() && glyphs.before(end) != '年' && !is_bare_year(glyphs, at, end);
        return (!is_bare).then(|| (end, Period::point(first)));
    };
    Some((
        end_of_second,
        Period {
            from: first,
            to: second,
        },
    ))
}

/// A year without 年 counts only in brackets or beside 年度.
fn is_bare_year(glyphs: &Glyphs, at: usize, end: usize) -> bool {
    glyphs.before(at) == '(' && glyphs.at(end) == ')'
}

/// The second date of a span: 2021—2025年, 2021年至2025年, 3月至5月.
fn until(glyphs: &Glyphs, end: usize, first: Day) -> Option<(usize, Day)> {
    let mut at = glyphs.skip_blanks(end);
    let sign = glyphs.at(at);
    if !"-–~至到".contains(sign) {
        return None;
    }
    while "-–~至到".contains(glyphs.at(at)) {
        at += 1;
    }
    let at = glyphs.skip_blanks(at);
    let (end, second) = day(glyphs, at)?;
    let has_mark = glyphs.before(end) == '年' || second.month.is_some();
    let is_first_marked =
        glyphs.before(glyphs.skip_blanks_back(end)) == '年' || first.month.is_some();
    let is_years = second.year.is_some() && first.year.is_some();
    let is_ordered = match (first.year, second.year) {
        (Some(one), Some(two)) => one < two || (one == two && first < second),
        _ => true,
    };
    let second = Day {
        year: second.year.or(first.year),
        ..second
    };
    ((has_mark || is_first_marked || is_years) && is_ordered).then_some((end, second))
}

/// A year, month or day with what belongs to it.
fn day(glyphs: &Glyphs, at: usize) -> Option<(usize, Day)> {
    if let Some((end, year)) = year(glyphs, at) {
        return Some(with_month(glyphs, end, year));
    }
    let (end, month) = small(glyphs, at, 12)?;
    let end = mark(glyphs, end, "月")?;
    let (end, day) = day_of_month(glyphs, end).map_or((end, None), |(end, day)| (end, Some(day)));
    let is_span_of_months = glyphs.at(end - 1) == '月' && glyphs.starts_with(end, "份");
    let end = if is_span_of_months { end + 1 } else { end };
    Some((
        end,
        Day {
            year: None,
            month: Some(month),
            day,
        },
    ))
}

/// 1949 to 2199 in four Latin or Chinese digits, and no digit around.
fn year(glyphs: &Glyphs, at: usize) -> Option<(usize, u16)> {
    let latin = (0..4).try_fold(0, |value, n| Some(value * 10 + glyphs.digit(at + n)?));
    let value = match latin {
        Some(value) => value,
        None => (0..4).try_fold(0, |value, n| {
            let digit = digits::chinese_digit(glyphs.at(at + n))?;
            Some(value * 10 + u32::from(digit))
        })?,
    };
    let end = at + 4;
    let is_longer = if latin.is_some() {
        glyphs.digit(end).is_some()
    } else {
        digits::is_chinese(glyphs.at(end))
    };
    let is_year = (1800..2200).contains(&value);
    (is_year && !is_longer).then_some((end, value as u16))
}

fn with_month(glyphs: &Glyphs, end: usize, year: u16) -> (usize, Day) {
    let only_year = Day {
        year: Some(year),
        month: None,
        day: None,
    };
    if let Some(behind) = mark(glyphs, end, "年") {
        let month = small(glyphs, glyphs.skip_blanks(behind), 12)
            .and_then(|(end, month)| Some((mark(glyphs, end, "月")?, month)));
        let Some((end, month)) = month else {
            return (behind, only_year);
        };
        let day = day_of_month(glyphs, end);
        let (end, day) = day.map_or((end, None), |(end, day)| (end, Some(day)));
        let month = Some(month);
        return (
            end,
            Day {
                month,
                day,
                ..only_year
            },
        );
    }
    for sign in ['.', '-', '/'] {
        let numbers = glyphs.at(end) == sign;
        if let Some((month_end, month)) = small(glyphs, end + 1, 12).filter(|_| numbers)
            && glyphs.at(month_end) == sign
            && let Some((day_end, day)) = small(glyphs, month_end + 1, 31)
            && glyphs.digit(day_end).is_none()
        {
            let (month, day) = (Some(month), Some(day));
            return (
                day_end,
                Day {
                    month,
                    day,
                    ..only_year
                },
            );
        }
    }
    (end, only_year)
}

fn day_of_month(glyphs: &Glyphs, at: usize) -> Option<(usize, u8)> {
    let (end, day) = small(glyphs, glyphs.skip_blanks(at), 31)?;
    Some((
        mark(glyphs, end, "日").or_else(|| mark(glyphs, end, "号"))?,
        day,
    ))
}

fn mark(glyphs: &Glyphs, at: usize, mark: &str) -> Option<usize> {
    let at = glyphs.skip_blanks(at);
    glyphs.starts_with(at, mark).then_some(at + 1)
}

/// A number from 1 to `most` in Latin or Chinese digits.
fn small(glyphs: &Glyphs, at: usize, most: u32) -> Option<(usize, u8)> {
    let mut end = at;
    while glyphs.digit(end).is_some() && end < at + 2 {
        end += 1;
    }
    let is_latin = end > at;
    if !is_latin {
        while digits::is_chinese(glyphs.at(end)) && end < at + 4 {
            end += 1;
        }
    }
    let digits: String = glyphs.slice(at, end).iter().collect();
    let value = plansearch_text::numeral::parse(&digits)?;
    ((1..=most).contains(&value)).then_some((end, value as u8))
}
