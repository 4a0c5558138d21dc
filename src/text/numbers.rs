//! The numbers of a text one by one, each with its unit.

use super::decimal::{Decimal, digit, is_numeral};
use super::fold::FoldedText;
use super::numeral::large_unit;
use super::span::Span;
use super::units::unit_at;

/// What an ordinal counts.
const COUNTED: &str = "条章节篇编款项届次号批期部册卷";
/// Letters that are typed for the digit 〇 between Chinese digits, folded.
const ZEROS: [char; 5] = ['o', 'ο', 'о', '0', '〇'];
/// What stands before a share, with the sign of it.
const SHARES: [(&str, &str); 2] = [("百分之", "%"), ("千分之", "‰")];
/// A multiplier of a Latin number is none where these follow: 5千瓦, 3百分点.
const NO_MULTIPLIER_BEFORE: &str = "瓦米克伏字卡赫分帕";

/// A number of a text.
#[derive(Debug, Clone)]
pub(super) struct Number {
    /// First character, and behind the last one, unit included.
    pub(super) start: usize,
    pub(super) end: usize,
    /// As written, without 万 and 亿 behind Latin digits.
    pub(super) plain: String,
    pub(super) plain_end: usize,
    /// Its value.
    pub(super) scaled: String,
    pub(super) scaled_end: usize,
    pub(super) unit: Option<&'static str>,
    pub(super) ordinal: Option<String>,
    pub(super) date: Option<(u16, u8, u8)>,
    pub(super) is_chinese: bool,
}

/// A folded text with what stands in the source.
pub(super) struct Scan<'a> {
    text: &'a str,
    folded: &'a FoldedText,
    chars: &'a [char],
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, folded: &'a FoldedText) -> Self {
        Self {
            text,
            folded,
            chars: folded.chars(),
        }
    }

    fn at(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// Whether no blank stands before the character at `at`.
    fn is_joined(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let (before, here) = (self.folded.span(before, 1), self.folded.span(at, 1));
            before.end == here.start || before == here
        })
    }

    /// The source of a character.
    fn source(&self, at: usize) -> Option<char> {
        let span: Span = self.folded.span(at, 1);
        span.of(self.text).chars().next()
    }

    fn is_digit(&self, at: usize) -> bool {
        self.at(at).is_some_and(|c| c.is_ascii_digit())
    }

    /// Behind the Latin digits that begin at `at` without a blank between them.
    fn digits_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.is_digit(end) && (end == at || self.is_joined(end)) {
            end += 1;
        }
        end
    }

    fn string(&self, start: usize, end: usize) -> String {
        self.chars
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    fn begins_with(&self, at: usize, text: &str) -> bool {
        text.chars().zip(at..).all(|(c, at)| self.at(at) == Some(c))
    }

    /// Whether only dashes, or 至 or 到, stand between.
    pub(super) fn is_dash_between(&self, start: usize, end: usize) -> bool {
        let between = self.chars.get(start..end).unwrap_or_default();
        let is_dashes = between.iter().all(|c| matches!(c, '-' | '~'));
        (1..=3).contains(&between.len()) && is_dashes || matches!(between, ['至' | '到'])
    }

    /// Whether only a colon stands between, without blanks.
    pub(super) fn is_colon_between(&self, start: usize, end: usize) -> bool {
        let between = self.chars.get(start..end).unwrap_or_default();
        between == [':'] && self.is_joined(start) && self.is_joined(end)
    }
}

/// Goes through the numbers of a text.
pub(super) struct Numbers<'a> {
    scan: &'a Scan<'a>,
    at: usize,
}

impl<'a> Numbers<'a> {
    pub(super) fn new(scan: &'a Scan<'a>) -> Self {
        Self { scan, at: 0 }
    }
}

impl Iterator for Numbers<'_> {
    type Item = Number;

    fn next(&mut self) -> Option<Number> {
        while let Some(c) = self.scan.at(self.at) {
            let start = self.at;
            let number = match c {
                '0'..='9' => latin(self.scan, start),
                '第' => ordinal(self.scan, start).map_err(|()| start + 1),
                '百' | '千' => {
                    share(self.scan, start).ok_or_else(|| numerals_end(self.scan, start))
                }
                c if is_numeral(c) => chinese(self.scan, start),
                _ => Err(start + 1),
            };
            match number {
                Ok(number) => {
                    self.at = number.end.max(start + 1);
                    return Some(number);
                }
                Err(next) => self.at = next.max(start + 1),
            }
        }
        None
    }
}

/// A number in Latin digits, or behind what is none.
fn latin(scan: &Scan<'_>, start: usize) -> Result<Number, usize> {
    let behind = behind_code(scan, start);
    if is_in_a_name(scan, start) {
        return Err(behind);
    }
    if let Some(date) = date(scan, start) {
        return Ok(date);
    }
    let mut end = scan.digits_end(start);
    let whole_start = start;
    let mut whole = scan.string(whole_start, end);
    end = with_thousands(scan, end, &mut whole);
    let mut fraction = String::new();
    if scan.at(end) == Some('.') && scan.is_joined(end) && scan.is_digit(end + 1) {
        let fraction_end = scan.digits_end(end + 1);
        fraction = scan.string(end + 1, fraction_end);
        end = fraction_end;
        if scan.at(end) == Some('.') && scan.is_digit(end + 1) {
            // A number of a section.
            return Err(behind);
        }
    }
    if matches!(scan.at(end), Some('+' | '/')) && scan.is_joined(end) && scan.is_digit(end + 1)
        || scan.at(end) == Some('+') && scan.at(end + 1).is_some_and(char::is_alphanumeric)
    {
        return Err(behind);
    }
    let is_code = whole.len() > 1 && whole.starts_with('0');
    let value = Decimal::of_latin(&whole, &fraction).filter(|_| !is_code);
    let plain = value.map_or_else(|| scan.string(start, end), Decimal::plain);
    let (scaled_end, scaled) = match value {
        Some(value) => {
            let (scaled_end, zeros) = multiplier(scan, end);
            (scaled_end, value.times(zeros).plain())
        }
        None => (end, plain.clone()),
    };
    let unit = unit_at(scan.chars, scaled_end, false);
    let goes_on = |c: char| c.is_ascii_alphabetic();
    if unit.is_none() && scan.at(scaled_end).is_some_and(goes_on) && scan.is_joined(scaled_end) {
        return Err(behind);
    }
    let mut number = Number {
        start,
        end: unit.map_or(scaled_end, |(_, end)| end),
        plain,
        plain_end: end,
        scaled,
        scaled_end,
        unit: unit.map(|(unit, _)| unit),
        ordinal: None,
        date: None,
        is_chinese: false,
    };
    if is_negative(scan, start, number.unit) {
        number.start = start.saturating_sub(1);
        number.plain.insert(0, '-');
        number.scaled.insert(0, '-');
    }
    Ok(number)
}

/// Behind the digits, letters and points that begin at `start`.
fn behind_code(scan: &Scan<'_>, start: usize) -> usize {
    let mut end = start + 1;
    while scan
        .at(end)
        .is_some_and(|c| c.is_ascii_alphanumeric() || c == '.' && scan.is_digit(end + 1))
        && scan.is_joined(end)
    {
        end += 1;
    }
    end
}

/// Whether what stands before digits makes them a part of a name or of a formula.
fn is_in_a_name(scan: &Scan<'_>, start: usize) -> bool {
    if !scan.is_joined(start) {
        return false;
    }
    let before = |n: usize| start.checked_sub(n).and_then(|at| scan.at(at));
    match before(1) {
        Some(c) if c.is_ascii_alphanumeric() => true,
        Some('.' | '+' | '_' | '#') => true,
        Some('/') => before(2).is_some_and(|c| c.is_ascii_alphanumeric()),
        Some('-') => before(2).is_some_and(|c| c.is_ascii_alphabetic()),
        _ => false,
    }
}

/// A minus before a share or a temperature is a sign; elsewhere it may be a dash.
fn is_negative(scan: &Scan<'_>, start: usize, unit: Option<&str>) -> bool {
    let before = |n: usize| start.checked_sub(n).and_then(|at| scan.at(at));
    let is_minus = || {
        let source = start.checked_sub(1).and_then(|at| scan.source(at));
        source.is_some_and(|c| matches!(c, '-' | '－' | '−'))
    };
    let is_behind_number = before(2)
        .is_some_and(|c| c.is_ascii_alphanumeric() || is_numeral(c) || "%-~年".contains(c));
    matches!(unit, Some("%" | "‰" | "°c" | "百分点"))
        && scan.is_joined(start)
        && is_minus()
        && !is_behind_number
}

/// Adds groups of three digits behind commas, or behind blanks where a unit follows.
fn with_thousands(scan: &Scan<'_>, mut end: usize, whole: &mut String) -> usize {
    if whole.len() > 3 || whole.starts_with('0') {
        return end;
    }
    let is_comma = |at: usize| matches!(scan.source(at), Some(',' | '，')) && scan.is_joined(at);
    let group = |at: usize| scan.is_digit(at) && scan.digits_end(at) == at + 3;
    while is_comma(end) && group(end + 1) && scan.is_joined(end + 1) {
        whole.push_str(&scan.string(end + 1, end + 4));
        end += 4;
    }
    let (mut behind, mut groups) = (end, String::new());
    while group(behind) && !scan.is_joined(behind) {
        groups.push_str(&scan.string(behind, behind + 3));
        behind += 3;
    }
    let has_unit = multiplier(scan, behind).1 > 0 || unit_at(scan.chars, behind, false).is_some();
    if !groups.is_empty() && has_unit && scan.is_joined(behind) {
        whole.push_str(&groups);
        return behind;
    }
    end
}

/// 万 and 亿 behind Latin digits: where they end, and how many zeros they are.
fn multiplier(scan: &Scan<'_>, at: usize) -> (usize, i32) {
    let (mut end, mut zeros) = (at, 0);
    while let Some(c) = scan.at(end)
        && let Some(more) = large_unit(c)
    {
        let is_unit = scan
            .at(end + 1)
            .is_some_and(|next| NO_MULTIPLIER_BEFORE.contains(next));
        if is_unit && matches!(c, '百' | '千') {
            break;
        }
        zeros += more;
        end += 1;
    }
    (end, zeros)
}

/// A date in Latin digits with one mark between them: 2020.4.30.
fn date(scan: &Scan<'_>, start: usize) -> Option<Number> {
    let year_end = scan.digits_end(start);
    let mark = scan.at(year_end).filter(|c| matches!(c, '.' | '-' | '/'))?;
    let month_end = scan.digits_end(year_end + 1);
    if scan.at(month_end) != Some(mark) {
        return None;
    }
    let end = scan.digits_end(month_end + 1);
    let is_whole = scan.at(end) != Some(mark) || !scan.is_digit(end + 1);
    let is_joined = (start + 1..end).all(|at| scan.is_joined(at));
    let part = |from: usize, to: usize| -> Option<u16> { scan.string(from, to).parse().ok() };
    let year = part(start, year_end).filter(|year| (1800..2200).contains(year))?;
    let month = part(year_end + 1, month_end).filter(|month| (1..=12).contains(month))?;
    let day = part(month_end + 1, end).filter(|day| (1..=31).contains(day))?;
    (is_whole && is_joined && year_end == start + 4).then(|| Number {
        start,
        end,
        plain: year.to_string(),
        plain_end: year_end,
        scaled: year.to_string(),
        scaled_end: year_end,
        unit: None,
        ordinal: None,
        date: Some((year, month as u8, day as u8)),
        is_chinese: false,
    })
}

/// 百分之七十三.
fn share(scan: &Scan<'_>, start: usize) -> Option<Number> {
    let shares = SHARES.iter();
    let (prefix, sign) = shares
        .copied()
        .find(|(prefix, _)| scan.begins_with(start, prefix))?;
    let from = start + prefix.chars().count();
    let end = decimal_end(scan, from);
    let value = Decimal::of_chinese(scan.chars.get(from..end)?)?.plain();
    Some(Number {
        start,
        end,
        plain: value.clone(),
        plain_end: end,
        scaled: value,
        scaled_end: end,
        unit: Some(if sign == "%" { "%" } else { "‰" }),
        ordinal: None,
        date: None,
        is_chinese: true,
    })
}

/// Behind the Chinese numerals that begin at `at`; letters that stand for 〇 among digits
/// included.
fn numerals_end(scan: &Scan<'_>, at: usize) -> usize {
    let mut end = at;
    loop {
        match scan.at(end) {
            Some(c) if is_numeral(c) => end += 1,
            Some(c) if ZEROS.contains(&c) && is_zero_letter(scan, at, end) => end += 1,
            _ => return end,
        }
    }
}

/// Whether a letter at `at` stands for 〇: behind a Chinese digit, in a year.
fn is_zero_letter(scan: &Scan<'_>, start: usize, at: usize) -> bool {
    let is_digit = |at: usize| {
        let c = scan.at(at);
        c.is_some_and(|c| digit(c).is_some() || ZEROS.contains(&c))
    };
    let is_century = matches!(scan.at(start), Some('一' | '二'));
    is_century && at > start && (start..start + 4).all(is_digit) && at < start + 4
}

/// Behind a Chinese number with 点 and what follows it.
fn decimal_end(scan: &Scan<'_>, at: usize) -> usize {
    let end = numerals_end(scan, at);
    let is_digit = |at: usize| scan.at(at).is_some_and(|c| digit(c).is_some());
    if scan.at(end) == Some('点') && end > at && is_digit(end + 1) {
        return numerals_end(scan, end + 1);
    }
    end
}

/// A number in Chinese digits, or behind what is none.
fn chinese(scan: &Scan<'_>, start: usize) -> Result<Number, usize> {
    let end = decimal_end(scan, start);
    let behind = end.max(start + 1);
    let before = start.checked_sub(1).and_then(|at| scan.at(at));
    let is_about = before.is_some_and(|c| matches!(c, '几' | '数'));
    let digits: Vec<char> = scan
        .chars
        .get(start..end)
        .unwrap_or_default()
        .iter()
        .map(|c| if ZEROS.contains(c) { '〇' } else { *c })
        .collect();
    let first = digits.first().copied().unwrap_or(' ');
    let begins = digit(first).is_some() || first == '十';
    let Some(value) = Decimal::of_chinese(&digits).filter(|_| begins && !is_about) else {
        return Err(behind);
    };
    let unit = unit_at(scan.chars, end, true);
    let has_large = digits
        .iter()
        .any(|c| matches!(c, '百' | '千' | '万' | '亿'));
    let is_decimal = digits.contains(&'点');
    let is_year = digits.len() == 4 && digits.iter().all(|c| digit(*c).is_some());
    if unit.is_none() && !(has_large || is_decimal || is_year) {
        return Err(behind);
    }
    let value = value.plain();
    Ok(Number {
        start,
        end: unit.map_or(end, |(_, end)| end),
        plain: value.clone(),
        plain_end: end,
        scaled: value,
        scaled_end: end,
        unit: unit.map(|(unit, _)| unit),
        ordinal: None,
        date: None,
        is_chinese: true,
    })
}

/// 第15条, 第一百三十三条之一, 第(三)项.
fn ordinal(scan: &Scan<'_>, start: usize) -> Result<Number, ()> {
    let has_bracket = scan.at(start + 1) == Some('(');
    let from = start + 1 + usize::from(has_bracket);
    let (value, plain_end) = counted(scan, from).ok_or(())?;
    let closes = scan.at(plain_end) == Some(')');
    if has_bracket != closes {
        return Err(());
    }
    let at = plain_end + usize::from(closes);
    let what = scan.at(at).filter(|c| COUNTED.contains(*c)).ok_or(())?;
    let mut ordinal = format!("第{value}{what}");
    let mut end = at + 1;
    if scan.at(end) == Some('之')
        && let Some((inserted, behind)) = counted(scan, end + 1)
        && inserted.len() < 3
    {
        ordinal.push('之');
        ordinal.push_str(&inserted);
        end = behind;
    }
    Ok(Number {
        start,
        end,
        plain: value.clone(),
        plain_end,
        scaled: value,
        scaled_end: plain_end,
        unit: None,
        ordinal: Some(ordinal),
        date: None,
        is_chinese: !scan.is_digit(from),
    })
}

/// A whole number in either digits, and where it ends.
fn counted(scan: &Scan<'_>, from: usize) -> Option<(String, usize)> {
    if scan.is_digit(from) {
        let end = scan.digits_end(from);
        let value = Decimal::of_latin(&scan.string(from, end), "")?;
        return Some((value.plain(), end));
    }
    let end = numerals_end(scan, from);
    let value = Decimal::of_chinese(scan.chars.get(from..end)?)?;
    Some((value.plain(), end))
}
