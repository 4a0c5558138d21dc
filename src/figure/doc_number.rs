//! Document numbers (文号): 嘉政发〔2020〕15号.

use plansearch_text::Span;

use super::glyphs::Glyphs;

/// A document number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocNumber {
    /// All of it.
    pub span: Span,
    /// The code of the issuing body, folded: 嘉政发.
    pub organ: String,
    /// The year; nought where the number has none: 国务院令第793号.
    pub year: u16,
    /// The number in the year, or among the orders of the body.
    pub number: u32,
}

/// Characters of a code at most.
const MAX_CODE: usize = 12;
/// Characters of the name of a body with 令 or 公告 at most.
const MAX_BODY: usize = 30;

/// Words that stand in front of a number in running text and are no part of it.
const LEADS: &[&str] = &[
    "根据", "依据", "按照", "依照", "遵照", "执行", "参照", "对照", "落实", "贯彻", "印发", "下发",
    "转发", "发布", "文号", "文件", "以及", "和", "及", "与", "见", "由", "以", "按", "的", "为",
    "是", "了", "即", "如", "在", "将", "把", "对", "从", "废止",
];

/// Every document number of `text`, in order.
///
/// ```
/// let found = plansearch_figure::doc_numbers("按照嘉政发[2020]15号、国务院令第793号执行");
/// assert_eq!(found[0].organ, "嘉政发");
/// assert_eq!((found[0].year, found[0].number), (2020, 15));
/// assert_eq!((found[1].organ.as_str(), found[1].number), ("国务院令", 793));
/// ```
pub fn doc_numbers(text: &str) -> Vec<DocNumber> {
    find(&Glyphs::new(text))
        .into_iter()
        .map(|(_, _, number)| number)
        .collect()
}

/// Document numbers with first and last character.
pub(crate) fn find(glyphs: &Glyphs) -> Vec<(usize, usize, DocNumber)> {
    let mut found = Vec::new();
    for at in 0..glyphs.len() {
        let number = match glyphs.at(at) {
            '(' => around(glyphs, at),
            '第' => order(glyphs, at),
            _ => None,
        };
        found.extend(number);
    }
    found
}

/// The number of an order or notice at a 第: 国务院令第793号, 交通运输部令2026年第13号.
fn order(glyphs: &Glyphs, first: usize) -> Option<(usize, usize, DocNumber)> {
    let (year, behind) = year_before(glyphs, first).unwrap_or((0, first));
    let is_order = |word: &str| {
        let n_chars = word.chars().count();
        behind >= n_chars && glyphs.starts_with(behind - n_chars, word)
    };
    let (number, end) = number_at(glyphs, first + 1)?;
    let start = body_start(glyphs, behind);
    // （某价格2009年第86号）: the brackets say that it is one.
    let is_alone = year > 0 && start > 0 && glyphs.before(start) == '(' && glyphs.at(end) == ')';
    if !is_alone && !["令", "公告"].iter().any(|word| is_order(word)) {
        return None;
    }
    let organ: String = glyphs.slice(start, behind).iter().collect();
    let number = DocNumber {
        span: glyphs.span(start, end),
        organ,
        year,
        number,
    };
    // 令 alone names no body.
    (number.organ.chars().count() > 2).then_some((start, end, number))
}

/// The year in front of a place, 2026年, and where it begins.
fn year_before(glyphs: &Glyphs, end: usize) -> Option<(u16, usize)> {
    let first = end.checked_sub(5)?;
    let year = (0..4).try_fold(0, |value, n| Some(value * 10 + glyphs.digit(first + n)?))?;
    let is_year = glyphs.at(end - 1) == '年' && (1949..2200).contains(&year);
    is_year.then_some((year as u16, first))
}

/// The digits at a place and the 号 behind them.
fn number_at(glyphs: &Glyphs, first: usize) -> Option<(u32, usize)> {
    let mut at = first;
    let mut number = 0u32;
    while let Some(digit) = glyphs.digit(at) {
        number = number.checked_mul(10)?.checked_add(digit)?;
        at += 1;
    }
    let end = glyphs.skip_blanks(at);
    (at > first && glyphs.at(end) == '号').then_some((number, end + 1))
}

/// The number whose year stands in the bracket at `open`.
fn around(glyphs: &Glyphs, open: usize) -> Option<(usize, usize, DocNumber)> {
    let mut at = glyphs.skip_blanks(open + 1);
    let year = (0..4).try_fold(0, |value, n| Some(value * 10 + glyphs.digit(at + n)?))?;
    at = glyphs.skip_blanks(at + 4);
    if glyphs.at(at) != ')' || !(1949..2200).contains(&year) {
        return None;
    }
    at = glyphs.skip_blanks(at + 1);
    if glyphs.at(at) == '第' {
        at = glyphs.skip_blanks(at + 1);
    }
    let (number, end) = number_at(glyphs, at)?;
    let start = code_start(glyphs, open);
    let organ: String = glyphs
        .slice(start, open)
        .iter()
        .filter(|c| **c != ' ')
        .collect();
    if organ.is_empty() {
        return None;
    }
    let number = DocNumber {
        span: glyphs.span(start, end),
        organ,
        year: year as u16,
        number,
    };
    Some((start, end, number))
}

/// Where the run of at most so many characters in front of a place begins.
fn run_start(glyphs: &Glyphs, end: usize, most: usize) -> usize {
    let is_code = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut start = end;
    while end - start < most && is_code(glyphs.before(start)) {
        start -= 1;
    }
    start
}

/// Where the name of a body in front of a place begins: only what leads to it is taken off,
/// because 和 stands in 中华人民共和国.
fn body_start(glyphs: &Glyphs, end: usize) -> usize {
    let mut start = run_start(glyphs, end, MAX_BODY);
    while let Some(lead) = LEADS.iter().find(|lead| glyphs.starts_with(start, lead)) {
        start += lead.chars().count();
    }
    start.min(end)
}

/// Where the code in front of a bracket begins.
fn code_start(glyphs: &Glyphs, open: usize) -> usize {
    let end = glyphs.skip_blanks_back(open);
    let start = run_start(glyphs, end, MAX_CODE);
    let mut first = start;
    for at in start..end {
        for lead in LEADS {
            let behind = at + lead.chars().count();
            if glyphs.starts_with(at, lead) && behind < end {
                first = first.max(behind);
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, u16, u32)]) {
        let found = doc_numbers(text);
        let found: Vec<(&str, u16, u32)> = found
            .iter()
            .map(|one| (one.organ.as_str(), one.year, one.number))
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn orders_and_notices_have_numbers_too() {
        check("《条例》（国务院令第793号）", &[("国务院令", 0, 793)]);
        check(
            "（中华人民共和国国务院令第119号）",
            &[("中华人民共和国国务院令", 0, 119)],
        );
        check("按交通运输部令2026年第13号", &[("交通运输部令", 2026, 13)]);
        check("海关总署公告2022年第91号", &[("海关总署公告", 2022, 91)]);
        check("《通知》（某价格2009年第86号）", &[("某价格", 2009, 86)]);
        check("某厂2009年第3号机组（2010年第2号）", &[]);
        check("下令第3号机组停机，第5号泊位", &[]);
    }
}
