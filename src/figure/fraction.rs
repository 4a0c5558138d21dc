//! Signs and fractions around numerals: 负三十二, 五分之一, 3/5, 三百五又三分之一.

use super::decimal::Decimal;
use super::digits;
use super::glyphs::Glyphs;
use super::numeral::{self, Read};

/// Reads the number at `at` with its sign and as a fraction.
pub(crate) fn read(glyphs: &Glyphs, at: usize) -> Option<Read> {
    let Some(start) = behind_sign(glyphs, at) else {
        return read_unsigned(glyphs, at);
    };
    let read = read_unsigned(glyphs, start)?;
    Some(Read {
        coefficient: read.coefficient.negated(),
        is_bare: false,
        ..read
    })
}

/// Behind 负 or a minus sign that is no dash.
fn behind_sign(glyphs: &Glyphs, at: usize) -> Option<usize> {
    let start = glyphs.skip_blanks(at + 1);
    let is_number = glyphs.digit(start).is_some()
        || glyphs.at(start) == '.'
        || digits::is_chinese(glyphs.at(start));
    let before = glyphs.before(at);
    match glyphs.at(at) {
        // 减负, 担负, 自负: no sign.
        '负' => (is_number && !"减担自肩欠抱胜辜".contains(before)).then_some(start),
        '-' => {
            let is_dash = before.is_alphanumeric() && !is_han(before) || ")]%-–~".contains(before);
            (start == at + 1 && !is_dash && !digits::is_chinese(glyphs.at(start)) && is_number)
                .then_some(start)
        }
        _ => None,
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn read_unsigned(glyphs: &Glyphs, at: usize) -> Option<Read> {
    let first = numeral::read(glyphs, at).or_else(|| lone_formal_denominator(glyphs, at))?;
    if let Some(fraction) = fraction_of(glyphs, first) {
        return Some(fraction);
    }
    let behind = glyphs.skip_blanks(first.end);
    if glyphs.at(behind) == '又' {
        let part = numeral::read(glyphs, glyphs.skip_blanks(behind + 1))?;
        let fraction = fraction_of(glyphs, part)?;
        return sum(first, fraction);
    }
    // 1 3/5: a whole number, a blank, and a fraction in Latin digits.
    if first.is_latin
        && behind == first.end + 1
        && let Some(part) = numeral::read(glyphs, behind)
        && part.is_latin
        && glyphs.at(part.end) == '/'
        && let Some(fraction) = fraction_of(glyphs, part)
    {
        return sum(first, fraction);
    }
    Some(first)
}

/// A formal digit is read alone only in a fraction: 3分之壹.
fn lone_formal_denominator(glyphs: &Glyphs, at: usize) -> Option<Read> {
    let digit = digits::chinese_digit(glyphs.at(at))?;
    let behind = glyphs.skip_blanks(at + 1);
    let is_fraction = glyphs.at(behind) == '分' || ends_with_of(glyphs, at);
    is_fraction.then(|| Read {
        is_bare: true,
        ..Read::whole(at + 1, Decimal::from(i64::from(digit)))
    })
}

fn ends_with_of(glyphs: &Glyphs, at: usize) -> bool {
    let end = glyphs.skip_blanks_back(at);
    glyphs.before(end) == '之'
}

/// Behind 分之, with blanks anywhere in it.
pub(crate) fn behind_parts_of(glyphs: &Glyphs, at: usize) -> Option<usize> {
    let part = glyphs.skip_blanks(at);
    let of = glyphs.skip_blanks(part + 1);
    (glyphs.at(part) == '分' && glyphs.at(of) == '之').then(|| glyphs.skip_blanks(of + 1))
}

/// The fraction whose first number is `first`: 五分之一, 3/5.
fn fraction_of(glyphs: &Glyphs, first: Read) -> Option<Read> {
    let value = first.value()?;
    if glyphs.at(first.end) == '/' && first.is_latin && glyphs.digit(first.end + 1).is_some() {
        let (end, divisor) = digits::latin(glyphs, first.end + 1)?;
        let is_chain = glyphs.at(end) == '/' && glyphs.digit(end + 1).is_some();
        if is_chain || !divisor.is_whole() || !value.is_whole() {
            return None;
        }
        return Some(Read::whole(end, value.over(divisor)?));
    }
    let at = behind_parts_of(glyphs, first.end)?;
    let above = read(glyphs, at)?;
    let quotient = above.value()?.over(value)?;
    Some(Read::whole(above.end, quotient))
}

fn sum(first: Read, fraction: Read) -> Option<Read> {
    Some(Read::whole(
        fraction.end,
        first.value()?.plus(fraction.value()?)?,
    ))
}
