//! Digits and units of numerals, and numbers of digits alone: 1,050.5, 二〇三五.

use super::decimal::Decimal;
use super::glyphs::{Form, Glyphs};

/// The value of a Chinese digit, formal ones too.
pub(crate) fn chinese_digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '贰' | '两' | '俩' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// A digit that also is a common word: formal digits, and 两, 俩.
pub(crate) fn is_formal(c: char) -> bool {
    "壹贰叁肆伍陆柒捌玖拾佰仟俩".contains(c)
}

pub(crate) fn small_unit(c: char) -> Option<i32> {
    match c {
        '十' | '拾' => Some(1),
        '百' | '佰' => Some(2),
        '千' | '仟' => Some(3),
        _ => None,
    }
}

pub(crate) fn big_unit(c: char) -> Option<i32> {
    match c {
        '万' => Some(4),
        '亿' => Some(8),
        _ => None,
    }
}

pub(crate) fn is_unit(c: char) -> bool {
    small_unit(c).is_some() || big_unit(c).is_some()
}

/// Says whether `c` can stand in a Chinese numeral.
pub(crate) fn is_chinese(c: char) -> bool {
    chinese_digit(c).is_some() || is_unit(c)
}

/// Says whether a number, or a word that is none although it looks like one, can begin
/// with `c`. Of running text most characters cannot, and need no closer look.
pub(crate) fn may_open(c: char) -> bool {
    c.is_ascii()
        || is_chinese(c)
        || matches!(
            c,
            '第' | '翻' | '负' | '几' | '数' | '多' | '余' | '半' | '点' // 第三, 翻一番, 负五, 几十, 半百
                | '人' | '¥' | '€' | '£' | '华' | '摄' // signs of money and of degrees
        )
}

/// Reads the Latin number at `at`: digits, thousands parted by commas of the same
/// width, a decimal point.
pub(crate) fn latin(glyphs: &Glyphs, at: usize) -> Option<(usize, Decimal)> {
    let mut digits = String::new();
    let mut end = at;
    let is_wide = |at| glyphs.form(at) == Form::Wide;
    while let Some(digit) = glyphs.digit(end) {
        digits.push(char::from_digit(digit, 10)?);
        end += 1;
    }
    let n_first = end - at;
    let is_group = |end: usize| {
        glyphs.at(end) == ','
            && is_wide(end) == is_wide(end - 1)
            && (1..=3).all(|n| glyphs.digit(end + n).is_some())
            && glyphs.digit(end + 4).is_none()
    };
    if (1..=3).contains(&n_first) && glyphs.before(at) != ',' {
        while is_group(end) {
            digits.extend((1..=3).filter_map(|n| char::from_digit(glyphs.digit(end + n)?, 10)));
            end += 4;
        }
    }
    if glyphs.at(end) == '.' && glyphs.digit(end + 1).is_some() {
        let mut tail_end = end + 1;
        while glyphs.digit(tail_end).is_some() {
            tail_end += 1;
        }
        let is_chain = glyphs.at(tail_end) == '.' && glyphs.digit(tail_end + 1).is_some();
        let is_in_chain = glyphs.before(at) == '.' && n_first > 0;
        if !is_chain && !is_in_chain && (n_first > 0 || !".0123456789".contains(glyphs.before(at)))
        {
            digits.push('.');
            digits.extend(
                (end + 1..tail_end).filter_map(|at| char::from_digit(glyphs.digit(at)?, 10)),
            );
            end = tail_end;
        }
    }
    if end == at {
        return None;
    }
    Some((end, Decimal::parse(&digits)?))
}

/// Four Chinese digits and more in a row, or fewer with 〇 among them: 二〇三五.
pub(crate) fn positional(glyphs: &Glyphs, at: usize) -> Option<(usize, Decimal)> {
    let mut end = at;
    let mut value = Decimal::ZERO;
    let mut has_nought = false;
    while let Some(digit) = chinese_digit(glyphs.at(end)) {
        if matches!(glyphs.at(end), '两' | '俩') {
            break;
        }
        value = value
            .times_ten_to(1)?
            .plus(Decimal::from(i64::from(digit)))?;
        has_nought |= digit == 0;
        end += 1;
    }
    let is_whole = end - at >= 4 || (has_nought && end - at >= 2);
    (is_whole && !is_unit(glyphs.at(end))).then_some((end, value))
}
