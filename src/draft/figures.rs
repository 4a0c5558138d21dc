//! Figures in a text, as far as tracing needs them: where they stand, and whether two
//! are written with the same digits.

use std::ops::Range;

use plansearch_text::fold;

/// Units of more than one character, the longest first.
const UNITS: [&str; 24] = [
    "个百分点",
    "吨标准煤",
    "平方公里",
    "平方千米",
    "立方米",
    "平方米",
    "千瓦时",
    "标准箱",
    "百分点",
    "公里",
    "千米",
    "公顷",
    "公斤",
    "千克",
    "千瓦",
    "美元",
    "人次",
    "标箱",
    "小时",
    "分钟",
    "毫克",
    "微克",
    "年度",
    "个月",
];

const HAN_DIGITS: &str = "〇零一二三四五六七八九十百千两";

/// Finds the figures of a text, as ranges of characters with their units.
///
/// A figure is a number in digits, or one of two or more Chinese numerals that is no
/// plan period (十四五).
pub(crate) fn find(chars: &[char]) -> Vec<Range<usize>> {
    let mut figures = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let end = digits_end(chars, at).or_else(|| numerals_end(chars, at));
        let Some(number_end) = end else {
            // The numerals of a plan period are passed over together.
            at += n_numerals(chars, at).max(1);
            continue;
        };
        let end = unit_end(chars, number_end);
        figures.push(at..end);
        at = end;
    }
    figures
}

/// Says whether two figures are written with the same digits and unit.
pub(crate) fn is_same(a: &[char], b: &[char]) -> bool {
    let plain = |chars: &[char]| {
        fold(
            &chars
                .iter()
                .filter(|c| !matches!(c, ',' | '，'))
                .collect::<String>(),
        )
    };
    plain(a) == plain(b)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
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

/// The end of what a number counts: 万亿, a unit, else one ideograph.
fn unit_end(chars: &[char], number_end: usize) -> usize {
    let mut at = number_end;
    while chars
        .get(at)
        .is_some_and(|c| matches!(c, '万' | '亿' | '千' | '百' | '余' | '多'))
    {
        at += 1;
    }
    let rest = chars.get(at..).unwrap_or_default();
    if let Some(unit) = UNITS.iter().find(|unit| {
        let unit: Vec<char> = unit.chars().collect();
        rest.starts_with(&unit)
    }) {
        return at + unit.chars().count();
    }
    match rest.first() {
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
        let found: Vec<String> = find(&chars)
            .into_iter()
            .map(|range| chars[range].iter().collect())
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

    #[test]
    fn width_and_commas_do_not_make_another_figure() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert!(is_same(&chars("1,200家"), &chars("１200家")));
        assert!(!is_same(&chars("1200家"), &chars("1300家")));
    }
}
