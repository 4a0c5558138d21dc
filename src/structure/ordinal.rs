//! The number that opens a line: 第三章, 一、, （二）, 1．, 1.2.3, (1), 1), ①.
//!
//! Answers which style of numbering it is, its value and where the words after
//! it begin. It sees one line only: whether a number makes a heading is decided
//! by [`super::heading`] from all numbers of the document. Years, decimals,
//! amounts and references (`第三条规定的`) are refused.

use super::block::{tail, without_blanks};
use plansearch_text::fold::is_blank;
use plansearch_text::numeral;

/// A way of numbering, in the order in which most documents nest them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Style {
    /// 第一篇, 第一编, 第一部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// Ⅰ、
    Roman,
    /// 一、
    Chinese,
    /// （一）
    ChineseParen,
    /// 1. or 1、
    Arabic,
    /// 1.1, 1.1.1: so many numbers in a chain
    Chain(u8),
    /// (1)
    ArabicParen,
    /// 1)
    HalfParen,
    /// ①
    Circled,
}

/// A number at the head of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// The way of numbering.
    pub(super) style: Style,
    /// Its value, from 1; the last one of a chain.
    pub(super) value: u32,
    /// The number as in the source, without blanks.
    pub(super) number: String,
    /// Byte where the words after the number begin.
    pub(super) rest: usize,
    /// Only a blank stands between number and words: `一 总体要求`.
    pub(super) is_bare: bool,
}

impl Style {
    /// Says whether the style names its unit (章, 节 …) and so is never a list.
    pub(super) fn names_unit(self) -> bool {
        matches!(self, Self::Part | Self::Chapter | Self::Section)
    }
}

/// Reads the number that opens `text`.
pub(super) fn scan(text: &str) -> Option<Ordinal> {
    let prefix = Prefix::new(text);
    prefix
        .unit()
        .or_else(|| prefix.enclosed())
        .or_else(|| prefix.roman())
        .or_else(|| prefix.chinese())
        .or_else(|| prefix.arabic())
}

/// The first characters of a line: no number is longer.
struct Prefix<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
}

const MAX_NUMBER_CHARS: usize = 16;
const NUMBER_DOTS: [char; 4] = ['.', '．', '﹒', '·'];

impl<'a> Prefix<'a> {
    fn new(text: &'a str) -> Self {
        let chars = text.char_indices().take(MAX_NUMBER_CHARS).collect();
        Self { text, chars }
    }

    fn at(&self, idx: usize) -> Option<char> {
        self.chars.get(idx).map(|(_, c)| *c)
    }

    fn byte(&self, idx: usize) -> usize {
        self.chars.get(idx).map_or(self.text.len(), |(at, _)| *at)
    }

    fn skip_blanks(&self, mut idx: usize) -> usize {
        while self.at(idx).is_some_and(is_blank) {
            idx += 1;
        }
        idx
    }

    fn made(&self, style: Style, value: u32, end: usize, rest: usize) -> Option<Ordinal> {
        let number = super::block::head(self.text, self.byte(end));
        let rest = self.byte(self.skip_blanks(rest));
        (1..1000).contains(&value).then(|| Ordinal {
            style,
            value,
            number: without_blanks(number),
            rest,
            is_bare: false,
        })
    }

    /// Reads a numeral of one script; gives its value and the place after it.
    fn numeral(&self, start: usize, is_part: fn(char) -> bool) -> Option<(u32, usize)> {
        let mut end = start;
        let mut digits = String::new();
        while let Some(c) = self.at(end)
            && is_part(c)
            && digits.chars().count() < 5
        {
            digits.push(c);
            end += 1;
        }
        Some((numeral::parse(&digits)?, end))
    }

    fn any_numeral(&self, start: usize) -> Option<(u32, usize)> {
        self.numeral(start, numeral::is_chinese_numeral)
            .or_else(|| self.numeral(start, is_digit))
    }

    /// 第一章, 第 3 节, 第二部分, 第十条.
    fn unit(&self) -> Option<Ordinal> {
        if self.at(0)? != '第' {
            return None;
        }
        let (value, end) = self.any_numeral(self.skip_blanks(1))?;
        let end = self.skip_blanks(end);
        let (style, end) = match (self.at(end)?, self.at(end + 1)) {
            ('部', Some('分')) => (Style::Part, end + 2),
            ('篇' | '编', _) => (Style::Part, end + 1),
            ('章', _) => (Style::Chapter, end + 1),
            ('节', _) => (Style::Section, end + 1),
            ('条', _) => (Style::Article, end + 1),
            _ => return None,
        };
        // 第三十条之一
        let end = match (self.at(end), self.at(end + 1)) {
            (Some('之'), Some(c)) if numeral::is_chinese_numeral(c) => end + 2,
            _ => end,
        };
        let after = tail(self.text, self.byte(end));
        let names_paragraph = style == Style::Article && after.starts_with('第');
        let refers = REFERENCE_TAILS.iter().any(|tail| after.starts_with(tail));
        if names_paragraph || refers && !after.starts_with("项目") {
            return None;
        }
        let words = self.skip_blanks(end);
        match self.at(words) {
            Some('：' | ':') => self.made(style, value, end, words + 1),
            Some('、' | '.' | '．') => self.made(style, value, words + 1, words + 1),
            _ => self.made(style, value, end, words),
        }
    }

    /// （一）, (1), 〔二〕, 1), ㈠, ⑴, ①.
    fn enclosed(&self) -> Option<Ordinal> {
        let first = self.at(0)?;
        if let Some(value) = numeral::enclosed(first) {
            let style = match first {
                '㈠'..='㈩' | '㊀'..='㊉' => Style::ChineseParen,
                '⑴'..='⒇' => Style::ArabicParen,
                '⒈'..='⒛' => Style::Arabic,
                _ => Style::Circled,
            };
            return self.made(style, value, 1, 1);
        }
        if !matches!(first, '(' | '（' | '〔' | '[' | '［' | '【') {
            return None;
        }
        let start = self.skip_blanks(1);
        let (value, end) = self.any_numeral(start)?;
        let close = self.skip_blanks(end);
        if !matches!(self.at(close)?, ')' | '）' | '〕' | ']' | '］' | '】') {
            return None;
        }
        let style = match self.at(start)? {
            c if is_digit(c) => Style::ArabicParen,
            _ => Style::ChineseParen,
        };
        // [3] is a footnote and (2021) a year.
        let is_note = style == Style::ArabicParen && matches!(first, '[' | '［' | '【' | '〔');
        let after = self.skip_blanks(close + 1);
        let opens_bracket = |idx: usize| matches!(self.at(idx), Some('(' | '（' | '〔'));
        let counts = match self.at(after) {
            Some('至' | '，' | ',') => true,
            Some('项') => self.at(after + 1) != Some('目'),
            Some('和') => opens_bracket(self.skip_blanks(after + 1)),
            _ => false,
        };
        let is_list =
            counts || self.at(after) == Some('、') && opens_bracket(self.skip_blanks(after + 1));
        if is_note || is_list || value > 99 {
            return None;
        }
        let has_mark = matches!(self.at(after), Some('.' | '．' | '、'));
        let end = if has_mark { after + 1 } else { close + 1 };
        self.made(style, value, end, end)
    }

    /// Ⅰ、, Ⅱ．, III. before Chinese words.
    fn roman(&self) -> Option<Ordinal> {
        let is_letter = |c: &char| matches!(c, 'I' | 'V' | 'X' | 'Ⅰ'..='Ⅻ');
        let letters = self.chars.iter().map(|(_, c)| *c).take_while(is_letter);
        let letters: String = letters.collect();
        let end = letters.chars().count();
        let mark = self.skip_blanks(end);
        if letters.is_empty() || !matches!(self.at(mark)?, '、' | '.' | '．') {
            return None;
        }
        let words = self.at(self.skip_blanks(mark + 1))?;
        let is_chinese = !words.is_ascii() && words.is_alphabetic();
        let value = roman_value(&letters).filter(|_| is_chinese)?;
        self.made(Style::Roman, value, mark + 1, mark + 1)
    }

    /// 一、, 十二．, and with a blank only: 一 总体要求.
    fn chinese(&self) -> Option<Ordinal> {
        let (value, end) = self.numeral(0, numeral::is_chinese_numeral)?;
        if value > 99 || matches!(self.at(0)?, '〇' | '零' | '○' | '两' | '百' | '千') {
            return None;
        }
        let mark = self.skip_blanks(end);
        match self.at(mark)? {
            // 一、二、三产业 counts, it does not number.
            '、' if self.at(mark + 1).is_some_and(numeral::is_chinese_numeral)
                && self.at(mark + 2) == Some('、') =>
            {
                None
            }
            '、' | '.' | '．' | '﹒' => self.made(Style::Chinese, value, mark + 1, mark + 1),
            _ if mark > end => self
                .made(Style::Chinese, value, end, mark)
                .map(|ordinal| Ordinal {
                    is_bare: true,
                    ..ordinal
                }),
            _ => None,
        }
    }

    /// 1., １、, 1), 1.2, 1.2.3 and with a blank only: 1 总则.
    fn arabic(&self) -> Option<Ordinal> {
        let (value, end) = self.numeral(0, is_digit)?;
        if value > 199 || end > 3 {
            return None;
        }
        let mark = self.skip_blanks(end);
        let next = self.at(mark)?;
        if next == ')' || next == '）' {
            return self.made(Style::HalfParen, value, mark + 1, mark + 1);
        }
        if next == '、' {
            let counts = self.at(mark + 1).is_some_and(is_digit);
            return (!counts).then(|| self.made(Style::Arabic, value, mark + 1, mark + 1))?;
        }
        if NUMBER_DOTS.contains(&next) {
            return self.chain(value, mark);
        }
        let is_word = !next.is_ascii() && !is_digit(next);
        (mark > end && is_word).then(|| {
            self.made(Style::Chain(1), value, end, mark)
                .map(|ordinal| Ordinal {
                    is_bare: true,
                    ..ordinal
                })
        })?
    }

    /// 2.2024年项目清单: a year opens the words behind a number.
    fn is_year(&self, idx: usize) -> bool {
        let is_date_part = |at: usize| self.at(idx + at).is_some_and(is_digit);
        (0..4).all(is_date_part)
            && matches!(self.at(idx), Some('1' | '2'))
            && matches!(self.at(idx + 4), Some('年' | '—' | '－' | '～'))
    }

    fn chain(&self, first: u32, first_dot: usize) -> Option<Ordinal> {
        let (mut value, mut n_parts, mut dot) = (first, 1u8, first_dot);
        loop {
            let words = dot + 1;
            let Some((part, end)) = self
                .numeral(words, is_digit)
                .filter(|_| !self.is_year(words))
            else {
                let style = if n_parts == 1 {
                    Style::Arabic
                } else {
                    Style::Chain(n_parts)
                };
                return self.made(style, value, words, words);
            };
            (value, n_parts) = (part, n_parts.saturating_add(1));
            if part == 0 || part > 99 || n_parts > 5 {
                return None;
            }
            match self.at(end) {
                Some(c) if NUMBER_DOTS.contains(&c) => dot = end,
                _ => {
                    let behind = tail(self.text, self.byte(end));
                    return (!opens_with_unit(behind))
                        .then(|| self.made(Style::Chain(n_parts), value, end, end))?;
                }
            }
        }
    }
}

/// The value of Ⅳ and IV, up to twenty.
fn roman_value(letters: &str) -> Option<u32> {
    const ROMAN: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
        "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
    ];
    let mut chars = letters.chars();
    match (chars.next()?, chars.next()) {
        (sign @ 'Ⅰ'..='Ⅻ', None) => Some(sign as u32 - 'Ⅰ' as u32 + 1),
        _ => (1..)
            .zip(ROMAN)
            .find(|(_, roman)| *roman == letters)
            .map(|(value, _)| value),
    }
}

/// Says whether the words behind 2.5 make it an amount (2.5亿元), a version or a
/// range, where 2.5公墓布局 and 2.5年度安排 are headings.
fn opens_with_unit(behind: &str) -> bool {
    let is_latin = |c: char| c.is_ascii() && c != ' ';
    let is_unit = || UNITS.iter().any(|unit| behind.starts_with(unit));
    let is_word = || NO_UNITS.iter().any(|word| behind.starts_with(word));
    behind.chars().next().is_none_or(is_latin) || is_unit() && !is_word()
}

const UNITS: [&str; 26] = [
    "万", "亿", "个", "倍", "米", "元", "年", "月", "日", "吨", "％", "版", "至", "、", "，",
    "公里", "公斤", "公顷", "公吨", "公升", "公分", "以上", "以下", "以内", "以外", "以来",
];
/// Words that begin as units do.
const NO_UNITS: [&str; 10] = [
    "个人",
    "个体",
    "个性",
    "年度",
    "年均",
    "月度",
    "日常",
    "版权",
    "版面",
    "元宇宙",
];

const REFERENCE_TAILS: [&str; 19] = [
    "的", "规定", "所", "款", "项", "，", ",", "》", "）", ")", "；", "至第", "和第", "与第",
    "及第", "、第", "到第", "中的", "或",
];

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(input: &str, expect: Option<(Style, u32, &str, &str)>) {
        let found = scan(input);
        let found = found
            .as_ref()
            .map(|o| (o.style, o.value, o.number.as_str(), tail(input, o.rest)));
        assert_eq!(found, expect, "{input}");
    }

    #[test]
    fn every_way_of_numbering_is_read() {
        use Style::*;
        check("第二篇 产业", Some((Part, 2, "第二篇", "产业")));
        check("第 十一 章　总则", Some((Chapter, 11, "第十一章", "总则")));
        check("第3节目标", Some((Section, 3, "第3节", "目标")));
        check("第二部分 任务", Some((Part, 2, "第二部分", "任务")));
        check("第一条　为了", Some((Article, 1, "第一条", "为了")));
        check("二十一、保障", Some((Chinese, 21, "二十一、", "保障")));
        check("一. 要求", Some((Chinese, 1, "一.", "要求")));
        check("一 总体要求", Some((Chinese, 1, "一", "总体要求")));
        check("（ 二 ）目标", Some((ChineseParen, 2, "（二）", "目标")));
        check("〔三〕原则", Some((ChineseParen, 3, "〔三〕", "原则")));
        check("㈣措施", Some((ChineseParen, 4, "㈣", "措施")));
        check("１．绿色", Some((Arabic, 1, "１．", "绿色")));
        check("12、名录", Some((Arabic, 12, "12、", "名录")));
        check("1.1 背景", Some((Chain(2), 1, "1.1", "背景")));
        check("2.3.4背景", Some((Chain(3), 4, "2.3.4", "背景")));
        check("1 总则", Some((Chain(1), 1, "1", "总则")));
        check("(1)自然", Some((ArabicParen, 1, "(1)", "自然")));
        check("1）自然", Some((HalfParen, 1, "1）", "自然")));
        check("③自然", Some((Circled, 3, "③", "自然")));
        check("Ⅱ、现状", Some((Roman, 2, "Ⅱ、", "现状")));
        check("IV. 布局", Some((Roman, 4, "IV.", "布局")));
        check("3.2公墓布局", Some((Chain(2), 2, "3.2", "公墓布局")));
        check("1.3年度安排", Some((Chain(2), 3, "1.3", "年度安排")));
    }

    #[test]
    fn amounts_years_and_references_are_no_numbers() {
        for text in [
            "2024年是关键一年",
            "2.5亿元用于",
            "3.2公里新建",
            "1.5年内建成",
            "II期工程",
            "V2X应用",
            "CIM. BIM平台",
            "2826.4、23898.4公顷",
            "第三条规定的情形",
            "第五条第二款",
            "一二三产业",
            "一、二、三产业融合",
            "一是推进",
            "(2019~2025年)",
            "(市、区)",
            "[3] 见上",
            "十四五时期",
            "100%",
            "",
        ] {
            check(text, None);
        }
    }

    proptest! {
        #[test]
        fn any_line_is_scanned_without_panic(text in "[第一二十章节条（()）1-9.．、 港]{0,12}") {
            let _ = scan(&text);
        }
    }
}
