//! Where figures stand in a text: a number in Latin or Chinese digits with the unit
//! behind it.
//!
//! Finds where they are, not what they are worth.

use plansearch_text::Span;
use plansearch_text::numeral::is_chinese_numeral;

/// Units that may follow a number, the longer of two first.
const UNITS: [&str; 96] = [
    "个百分点",
    "百分点",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "万千瓦时",
    "亿千瓦时",
    "千瓦时",
    "万千瓦",
    "千瓦",
    "兆瓦时",
    "兆瓦",
    "吉瓦",
    "微克/立方米",
    "微克",
    "毫克",
    "千克",
    "公斤",
    "万标箱",
    "标准箱",
    "标箱",
    "吨标准煤",
    "吨标煤",
    "万亿元",
    "亿美元",
    "万美元",
    "亿元",
    "万元",
    "美元",
    "亿吨",
    "万吨",
    "万人次",
    "人次",
    "万公顷",
    "公顷",
    "万亩",
    "亿亩",
    "公里",
    "千米",
    "海里",
    "万户",
    "万套",
    "万人",
    "亿人",
    "亿",
    "万",
    "元",
    "吨",
    "亩",
    "米",
    "户",
    "套",
    "人",
    "名",
    "家",
    "个",
    "项",
    "条",
    "座",
    "处",
    "所",
    "台",
    "辆",
    "艘",
    "张",
    "床",
    "件",
    "种",
    "类",
    "批",
    "次",
    "倍",
    "成",
    "岁",
    "年",
    "月",
    "日",
    "号",
    "季度",
    "天",
    "小时",
    "分钟",
    "分",
    "秒",
    "度",
    "级",
    "位",
    "强",
    "%",
    "％",
    "‰",
    "℃",
    "°C",
    "公斤级",
    "支",
];

/// Units that make a Chinese numeral of one character a figure: 三个, not 三角.
const COUNTING: &str = "个年月日号亿万倍成元吨亩户套名家项条座处所台辆艘张件种类批次岁天级位";

/// Finds the figures of the piece `within` of a text, in order.
pub(crate) fn figures(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = within.start;
    let mut before = None;
    while at < within.end {
        let rest = Span::new(at, within.end).of(text);
        let Some(c) = rest.chars().next() else {
            break;
        };
        if let Some(length) = figure_length(rest, before) {
            found.push(Span::new(at, at + length));
            before = Span::new(at, at + length).of(text).chars().next_back();
            at += length;
        } else {
            let skipped = if is_latin(c) {
                word_length(rest)
            } else {
                c.len_utf8()
            };
            before = Span::new(at, at + skipped).of(text).chars().next_back();
            at += skipped;
        }
    }
    found
}

/// Bytes of the figure with which a text begins.
fn figure_length(text: &str, before: Option<char>) -> Option<usize> {
    let number = latin_number(text, before)
        .or_else(|| share(text))
        .or_else(|| chinese_number(text))?;
    let rest = text.get(number..).unwrap_or_default();
    Some(number + unit_length(rest))
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Bytes of the word of letters, digits and inner points with which a text begins.
fn word_length(text: &str) -> usize {
    text.char_indices()
        .find(|(at, c)| {
            let is_inner = *c == '.'
                && text
                    .get(at + 1..)
                    .is_some_and(|rest| rest.starts_with(is_latin));
            !is_latin(*c) && !is_inner
        })
        .map_or(text.len(), |(at, _)| at)
}

/// 1,234.5; not the digits of PM2.5.
fn latin_number(text: &str, before: Option<char>) -> Option<usize> {
    if !text.starts_with(is_digit) || before.is_some_and(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let is_inner = matches!(c, '.' | ',' | '．')
            && text
                .get(at + c.len_utf8()..)
                .is_some_and(|rest| rest.starts_with(is_digit));
        if !is_digit(c) && !is_inner {
            break;
        }
        end = at + c.len_utf8();
    }
    Some(end)
}

/// 百分之七十三点五.
fn share(text: &str) -> Option<usize> {
    let (part, whole) = ["百分之", "千分之", "万分之"]
        .iter()
        .find_map(|part| Some((part.len(), text.strip_prefix(part)?)))?;
    let length = run_of_numerals(whole);
    (length > 0).then_some(part + length)
}

/// Bytes of the Chinese digits with which a text begins, 点 between them included.
fn run_of_numerals(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let is_inner = c == '点'
            && at > 0
            && text
                .get(at + c.len_utf8()..)
                .is_some_and(|rest| rest.starts_with(is_chinese_numeral));
        if !is_chinese_numeral(c) && !is_inner {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// 一百二十, 二〇二五, 三个; not the numerals of 十四五, 一体 and 第三章.
fn chinese_number(text: &str) -> Option<usize> {
    let length = run_of_numerals(text);
    let numerals = text.get(..length)?;
    let rest = text.get(length..).unwrap_or_default();
    let n_chars = numerals.chars().count();
    let is_counted = rest.chars().next().is_some_and(|c| COUNTING.contains(c));
    (n_chars > 0 && is_counted).then_some(length)
}

fn unit_length(text: &str) -> usize {
    let blank = text.len() - text.trim_start_matches(' ').len();
    let rest = text.get(blank..).unwrap_or_default();
    // 万亿元 and the like: powers before the unit.
    let powers: usize = rest
        .chars()
        .take_while(|c| matches!(c, '万' | '亿' | '千' | '百' | '余' | '多'))
        .map(char::len_utf8)
        .sum();
    let behind = rest.get(powers..).unwrap_or_default();
    let unit = |text: &str| {
        let fitting = UNITS.iter().filter(|unit| text.starts_with(**unit));
        fitting.map(|unit| unit.len()).max().unwrap_or(0)
    };
    let length = (powers + unit(behind)).max(unit(rest));
    if length == 0 { 0 } else { blank + length }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found = figures(text, Span::whole(text));
        let found: Vec<&str> = found.iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn numbers_are_found_with_their_units() {
        check(
            "到2025年，生产总值达到1,350.5亿元，年均增长6.5%以上",
            &["2025年", "1,350.5亿元", "6.5%"],
        );
        check(
            "降低百分之十三点五，建成三个园区",
            &["百分之十三点五", "三个"],
        );
        check("二〇二五年新增1.2万亿元", &["二〇二五年", "1.2万亿元"]);
        check("5%—6%，约30余万人次", &["5%", "6%", "30余万人次"]);
    }

    #[test]
    fn numerals_of_names_are_no_figures() {
        check("“十四五”规划 一体化 PM2.5 长三角 第三章", &[]);
    }
}
