//! A number with its unit and comparator, before it is joined with its neighbours
//! and before the words around it say what it measures.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::comparator;
use super::decimal::Decimal;
use super::digits;
use super::fraction;
use super::glyphs::Glyphs;
use super::model::{Comparator, Interval};
use super::numeral::{self, Read};
use super::unit::{self, Unit};

/// Words that begin with a Chinese numeral and are no figure, by first character.
static WORDS: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: HashMap<char, Vec<&str>> = HashMap::new();
    let lines = include_str!("words.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        for word in line.split(' ') {
            if let Some(first) = word.chars().next() {
                words.entry(first).or_default().push(word);
            }
        }
    }
    words
});

/// Signs and words of money in front of a number.
const MONEY: &[(&str, &str)] = &[
    ("人民币", "元"),
    ("¥", "元"),
    ("$", "美元"),
    ("€", "欧元"),
    ("£", "英镑"),
    ("华氏温度", "华氏度"),
    ("华氏", "华氏度"),
    ("摄氏", "摄氏度"),
];

/// A number with its unit, as characters of the folded text.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    /// With the comparator.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Without it.
    pub(crate) value_start: usize,
    pub(crate) value_end: usize,
    /// Ends of the numeral alone.
    pub(crate) numeral_end: usize,
    /// The number in front of 万, 亿 and the unit.
    pub(crate) number: Interval,
    pub(crate) exponent: i32,
    pub(crate) unit: Option<Unit>,
    pub(crate) comparator: Comparator,
    pub(crate) has_word: bool,
    pub(crate) is_rank: bool,
}

impl Raw {
    /// The values in the unit of the dimension.
    pub(crate) fn amount(&self) -> Option<Interval> {
        let factor = self
            .unit
            .as_ref()
            .map_or(Decimal::from(1), |unit| unit.factor);
        self.number.times(factor.times_ten_to(self.exponent)?)
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.comparator == Comparator::Equal && !self.has_word
    }
}

/// Says whether the text at `at` is a word such as 一切, and where it ends.
pub(crate) fn word_at(glyphs: &Glyphs, at: usize) -> Option<usize> {
    WORDS
        .get(&glyphs.at(at))?
        .iter()
        .filter(|word| glyphs.starts_with(at, word))
        .map(|word| at + word.chars().count())
        .max()
}

/// Reads the figure whose number begins at `at`.
pub(crate) fn read(glyphs: &Glyphs, at: usize) -> Option<Raw> {
    if glyphs.at(at) == '第' {
        return rank(glyphs, at);
    }
    if let Some(raw) = per_cent(glyphs, at) {
        return Some(bounded(glyphs, raw));
    }
    if let Some(raw) = doubled(glyphs, at) {
        return Some(raw);
    }
    let (number_at, money) = behind_money(glyphs, at);
    let before = glyphs.before(number_at);
    if before.is_ascii_alphabetic() && number_at == at {
        return None;
    }
    let read = fraction::read(glyphs, number_at)?;
    let raw = with_unit(glyphs, at, number_at, read, money)?;
    let raw = halved(glyphs, raw);
    Some(bounded(glyphs, raw))
}

fn behind_money(glyphs: &Glyphs, at: usize) -> (usize, Option<Unit>) {
    for (word, unit) in MONEY {
        if glyphs.starts_with(at, word) {
            let number_at = glyphs.skip_blanks(at + word.chars().count());
            return (number_at, Unit::named(unit));
        }
    }
    (at, None)
}

/// 百分之七十三, 千分之二, 万分之三: a share in percent. Not 一百分之二.
fn per_cent(glyphs: &Glyphs, at: usize) -> Option<Raw> {
    if digits::is_chinese(glyphs.before(glyphs.skip_blanks_back(at)))
        || glyphs.digit(at.wrapping_sub(1)).is_some()
    {
        return None;
    }
    let mut end = at;
    let mut power = 0;
    while let Some(more) = power_of(glyphs.at(end)) {
        power += more;
        end += 1;
    }
    if power == 0 {
        return None;
    }
    let number_at = fraction::behind_parts_of(glyphs, end)?;
    let read = match fraction::read(glyphs, number_at) {
        Some(read) => read,
        None if glyphs.at(number_at) == '百' => hundred(number_at + 1),
        None => return None,
    };
    let read = if read.is_implied {
        hundred(read.end)
    } else {
        read
    };
    let shift = 2 - power;
    let number = |value: Decimal| value.times_ten_to(read.exponent + shift);
    let low = number(read.coefficient)?;
    let interval = match read.high {
        Some(high) => between(low, number(high)?),
        None => Interval::point(low),
    };
    Some(Raw {
        start: at,
        end: read.end,
        value_start: at,
        value_end: read.end,
        numeral_end: read.end,
        number: interval,
        exponent: 0,
        unit: Unit::named("%"),
        comparator: if read.high.is_some() {
            Comparator::Range
        } else {
            more(&read)
        },
        has_word: false,
        is_rank: false,
    })
}

fn power_of(c: char) -> Option<i32> {
    match c {
        '百' | '佰' => Some(2),
        '千' | '仟' => Some(3),
        '万' => Some(4),
        _ => None,
    }
}

fn hundred(end: usize) -> Read {
    Read::whole(end, Decimal::from(100))
}

fn more(read: &Read) -> Comparator {
    if read.is_more {
        Comparator::MoreThan
    } else {
        Comparator::Equal
    }
}

fn between(low: Decimal, high: Decimal) -> Interval {
    Interval {
        low: Interval::point(low).low,
        high: Interval::point(high).high,
    }
}

/// 翻一番, 翻两番: twice, four times.
fn doubled(glyphs: &Glyphs, at: usize) -> Option<Raw> {
    if glyphs.at(at) != '翻' {
        return None;
    }
    let at_number = if glyphs.at(at + 1) == '了' {
        at + 2
    } else {
        at + 1
    };
    let times = match digits::chinese_digit(glyphs.at(at_number)) {
        Some(n @ 1..=9) if glyphs.at(at_number + 1) == '番' => n,
        _ => return None,
    };
    let end = at_number + 2;
    Some(Raw {
        start: at,
        end,
        value_start: at,
        value_end: end,
        numeral_end: end,
        number: Interval::point(Decimal::from(1i64 << times)),
        exponent: 0,
        unit: Unit::named("倍"),
        comparator: Comparator::Equal,
        has_word: false,
        is_rank: false,
    })
}

fn rank(glyphs: &Glyphs, at: usize) -> Option<Raw> {
    let read = numeral::read(glyphs, glyphs.skip_blanks(at + 1))?;
    Some(Raw {
        start: at,
        end: read.end,
        value_start: at,
        value_end: read.end,
        numeral_end: read.end,
        number: Interval::point(read.coefficient),
        exponent: read.exponent,
        unit: None,
        comparator: Comparator::Equal,
        has_word: false,
        is_rank: true,
    })
}

fn with_unit(
    glyphs: &Glyphs,
    at: usize,
    number_at: usize,
    read: Read,
    money: Option<Unit>,
) -> Option<Raw> {
    let mut end = read.end;
    let mut coefficient = read.coefficient;
    let mut is_more = read.is_more;
    let mut behind = glyphs.skip_blanks(end);
    if matches!(glyphs.at(behind), '多' | '余') && !read.is_bare {
        is_more = true;
        end = behind + 1;
        behind = glyphs.skip_blanks(end);
    }
    // 12k个百分点
    if glyphs.at(behind) == 'k' && glyphs.at(behind + 1) == '个' {
        coefficient = coefficient.times_ten_to(3)?;
        behind += 1;
    }
    let mut found = unit::read(glyphs, behind);
    if found.is_none() && is_share_of_seven(glyphs, behind) {
        found = Unit::named("成").map(|unit| (behind + 1, unit));
    }
    let is_on_same_line = behind - end <= 4;
    let unit = found.filter(|_| is_on_same_line).map(|(unit_end, unit)| {
        end = unit_end;
        unit
    });
    // The letters behind a number are part of a name: 5G, 4A.
    let is_name = unit.is_none() && glyphs.at(end).is_ascii_alphabetic();
    let needs_unit = read.is_bare || read.is_implied;
    if is_name || (needs_unit && unit.is_none() && money.is_none()) && !read.is_bare {
        return None;
    }
    let number = match read.high {
        Some(high) => between(coefficient, high),
        None => Interval::point(coefficient),
    };
    Some(Raw {
        start: at,
        end,
        value_start: at,
        value_end: end,
        numeral_end: read.end.max(number_at),
        number,
        exponent: read.exponent,
        unit: match (&unit, money) {
            (Some(found), Some(money)) if found.name == "度" => Some(money),
            (None, money) => money,
            _ => unit,
        },
        comparator: match read.high {
            Some(_) => Comparator::Range,
            None if is_more => Comparator::MoreThan,
            None => Comparator::Equal,
        },
        has_word: false,
        is_rank: false,
    })
}

fn is_share_of_seven(glyphs: &Glyphs, at: usize) -> bool {
    glyphs.at(at) == '成' && (glyphs.at(at + 1) == ' ' || digits::is_chinese(glyphs.at(at + 1)))
}

/// 一吨半, 三成半, 七成六: half a unit more, or a tenth for each.
fn halved(glyphs: &Glyphs, raw: Raw) -> Raw {
    let mut raw = raw;
    let Some(unit) = &raw.unit else { return raw };
    let Some(value) = raw.number.single() else {
        return raw;
    };
    let is_tenths = unit.name == "成";
    let behind = if is_tenths {
        glyphs.skip_blanks(raw.end)
    } else {
        raw.end
    };
    let more = match digits::chinese_digit(glyphs.at(behind)) {
        _ if glyphs.at(behind) == '半' && !"径导岛数程".contains(glyphs.at(behind + 1)) => {
            Decimal::from(5)
        }
        Some(digit @ 1..) if is_tenths && !digits::is_chinese(glyphs.at(behind + 1)) => {
            Decimal::from(i64::from(digit))
        }
        _ => return raw,
    };
    if let Some(sum) = more.times_ten_to(-1).and_then(|more| value.plus(more)) {
        raw.number = Interval::point(sum);
        raw.end = behind + 1;
        raw.value_end = raw.end;
    }
    raw
}

/// The figure with the words that bound it.
fn bounded(glyphs: &Glyphs, raw: Raw) -> Raw {
    let mut raw = raw;
    let value = raw.number.single();
    let around = comparator::around(glyphs, raw.value_start, raw.value_end);
    let before = comparator::before(glyphs, raw.value_start);
    let behind = comparator::behind(glyphs, raw.value_end);
    if let Some((start, found)) = around {
        raw.start = start;
        raw.end = found.border;
        raw.set(found.comparator, value);
    } else if let Some(found) = behind {
        raw.end = found.border;
        raw.set(found.comparator, value);
        if let Some(found) = before {
            raw.start = found.border;
        }
    } else if let Some(found) = before {
        raw.start = found.border;
        raw.set(found.comparator, value);
    } else if raw.comparator == Comparator::MoreThan
        && let Some(value) = value
    {
        raw.number = Interval::of(Comparator::MoreThan, value);
    }
    raw
}

impl Raw {
    fn set(&mut self, comparator: Comparator, value: Option<Decimal>) {
        self.has_word = true;
        if let Some(value) = value {
            let is_more =
                self.comparator == Comparator::MoreThan && comparator == Comparator::About;
            let comparator = if is_more {
                Comparator::MoreThan
            } else {
                comparator
            };
            self.comparator = comparator;
            self.number = Interval::of(comparator, value);
        }
    }
}
