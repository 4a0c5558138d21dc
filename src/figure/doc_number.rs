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
    /// The year.
    pub year: u16,
    /// The number in the year.
    pub number: u32,
}

/// Characters of a code at most.
const MAX_CODE: usize = 12;

/// Words that stand in front of a number in running text and are no part of it.
const LEADS: &[&str] = &[
    "根据", "依据", "按照", "依照", "遵照", "执行", "参照", "对照", "落实", "贯彻", "印发", "下发",
    "转发", "发布", "文号", "文件", "以及", "和", "及", "与", "见", "由", "以", "按", "的", "为",
    "是", "了", "即", "如", "在", "将", "把", "对", "从", "废止",
];

/// Every document number of `text`, in order.
///
/// ```
/// let found = plansearch_figure::doc_numbers("按照嘉政发[2020]15号执行");
/// assert_eq!(found[0].organ, "嘉政发");
/// assert_eq!((found[0].year, found[0].number), (2020, 15));
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
    for open in 0..glyphs.len() {
        if glyphs.at(open) == '('
            && let Some(number) = around(glyphs, open)
        {
            found.push(number);
        }
    }
    found
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
    let first_digit = at;
    let mut number = 0u32;
    while let Some(digit) = glyphs.digit(at) {
        number = number.checked_mul(10)?.checked_add(digit)?;
        at += 1;
    }
    let end = glyphs.skip_blanks(at);
    if at == first_digit || glyphs.at(end) != '号' {
        return None;
    }
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
        span: glyphs.span(start, end + 1),
        organ,
        year: year as u16,
        number,
    };
    Some((start, end + 1, number))
}

/// Where the code in front of the bracket begins.
fn code_start(glyphs: &Glyphs, open: usize) -> usize {
    let is_code = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut start = glyphs.skip_blanks_back(open);
    let end = start;
    while end - start < MAX_CODE && is_code(glyphs.before(start)) {
        start -= 1;
    }
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
