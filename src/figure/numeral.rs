//! Reads one numeral: Latin (1,050.5), Chinese (二百三十余), and both mixed
//! (5亿1万4千, 4.78万亿, 3万4000).
//!
//! A numeral is a chain of coefficients and units. Units below 万 fall within a
//! section; 万 and 亿 close the section, and a greater one takes in the smaller ones
//! before it (一万五千亿). A last digit without a unit counts a tenth of the unit
//! before it (四百五 = 450) unless a 零 stands between.

use plansearch_text::Span;

use super::decimal::Decimal;
use super::digits::{
    big_unit, chinese_digit, is_chinese, is_formal, is_unit, latin, positional, small_unit,
};
use super::glyphs::Glyphs;
use super::unit;

/// A numeral alone, without unit and comparator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// Where it stands.
    pub span: Span,
    /// Its value; of 二十余万 the lower bound.
    pub value: Decimal,
}

/// What was read of a numeral.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Read {
    /// Behind the numeral.
    pub(crate) end: usize,
    /// The number without the 万 and 亿 that close it.
    pub(crate) coefficient: Decimal,
    /// The power of ten of these.
    pub(crate) exponent: i32,
    /// The greater number of 二三十 (30).
    pub(crate) high: Option<Decimal>,
    /// The value is a lower bound (余, 多, 几).
    pub(crate) is_more: bool,
    /// One Chinese character, which is mostly part of a word.
    pub(crate) is_bare: bool,
    /// 百亿, 千万: no digit was written.
    pub(crate) is_implied: bool,
    /// Written in Latin digits alone.
    pub(crate) is_latin: bool,
}

impl Read {
    /// A number without anything special.
    pub(crate) fn whole(end: usize, value: Decimal) -> Self {
        Self {
            end,
            coefficient: value,
            exponent: 0,
            high: None,
            is_more: false,
            is_bare: false,
            is_implied: false,
            is_latin: false,
        }
    }

    pub(crate) fn value(&self) -> Option<Decimal> {
        self.coefficient.times_ten_to(self.exponent)
    }
}

/// A chain of coefficients and units as it is read.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Chain<'a> {
    glyphs: &'a Glyphs,
    start: usize,
    end: usize,
    /// What 万 and 亿 have closed, with their powers.
    groups: Vec<(Decimal, i32)>,
    section: Decimal,
    /// The power of the last unit of the section.
    last_small: Option<i32>,
    /// The power of the unit just before.
    last_unit: Option<i32>,
    /// The power of the last unit, with or without 零 behind it.
    limit: i32,
    pending: Option<Decimal>,
    pending_high: Option<Decimal>,
    is_pending_latin: bool,
    is_after_nought: bool,
    is_more: bool,
    is_implied: bool,
    n_digits: usize,
    n_units: usize,
    has_latin: bool,
}

impl<'a> Chain<'a> {
    fn new(glyphs: &'a Glyphs, start: usize) -> Self {
        Self {
            glyphs,
            start,
            end: start,
            groups: Vec::new(),
            section: Decimal::ZERO,
            last_small: None,
            last_unit: None,
            limit: 0,
            pending: None,
            pending_high: None,
            is_pending_latin: false,
            is_after_nought: false,
            is_more: false,
            is_implied: false,
            n_digits: 0,
            n_units: 0,
            has_latin: false,
        }
    }

    fn read(mut self) -> Option<Read> {
        loop {
            let at = self.glyphs.skip_blanks(self.end);
            if !self.step(at).unwrap_or(false) {
                break;
            }
        }
        self.finish()
    }

    /// Takes what stands at `at`; false when it is no part of the numeral.
    fn step(&mut self, at: usize) -> Option<bool> {
        let c = self.glyphs.at(at);
        let is_parted = at > self.end && self.end > self.start;
        if self.glyphs.digit(at).is_some() || (c == '.' && self.end == self.start) {
            return self.take_latin(at, is_parted);
        }
        if let Some(digit) = chinese_digit(c) {
            return Some(self.take_digit(at, c, digit, is_parted));
        }
        if let Some(power) = small_unit(c) {
            return self.take_small(at, c, power);
        }
        if let Some(power) = big_unit(c) {
            return self.take_big(at, power);
        }
        match c {
            '几' | '数' => Some(self.take_several(at, c)),
            '多' | '余' => Some(self.take_more(at)),
            '半' if self.end == self.start && self.glyphs.at(at + 1) == '百' => {
                self.pending = Decimal::parse("0.5");
                self.n_digits += 1;
                self.end = at + 1;
                Some(true)
            }
            '点' => self.take_point(at),
            _ => Some(false),
        }
    }

    fn take_latin(&mut self, at: usize, is_parted: bool) -> Option<bool> {
        if self.pending.is_some()
            || self.n_digits > 0 && self.last_unit.is_none() && !self.is_after_nought
        {
            return Some(false);
        }
        let (end, value) = latin(self.glyphs, at)?;
        let is_before_unit = is_unit(self.glyphs.at(self.glyphs.skip_blanks(end)));
        if self.n_units > 0 {
            let unit = Decimal::from(1).times_ten_to(self.limit)?;
            if value >= unit || (is_parted && !is_before_unit) || !self.has_latin {
                return Some(false);
            }
        }
        self.pending = Some(value);
        self.is_pending_latin = true;
        self.has_latin = true;
        self.n_digits += 1;
        self.end = end;
        Some(true)
    }

    fn take_digit(&mut self, at: usize, c: char, digit: u8, is_parted: bool) -> bool {
        let value = Decimal::from(i64::from(digit));
        let next = self.glyphs.at(self.glyphs.skip_blanks(at + 1));
        if digit == 0 {
            // 零 within a numeral parts units; a nought before a point is a digit.
            if self.pending.is_some() || (self.end > self.start && self.last_unit.is_none()) {
                return false;
            }
            self.is_after_nought = true;
            self.last_unit = None;
            if self.end == self.start {
                self.n_digits += 1;
                if !is_chinese(next) {
                    self.pending = Some(value);
                }
            }
            self.end = at + 1;
            return true;
        }
        if let Some(before) = self.pending {
            let is_pair = before.plus(Decimal::from(1)) == Some(value)
                && !self.is_pending_latin
                && self.pending_high.is_none()
                && is_unit(next)
                && !is_parted;
            if is_pair {
                self.pending_high = Some(value);
                self.end = at + 1;
            }
            return is_pair;
        }
        if self.n_units > 0 && matches!(c, '两' | '俩') && !is_unit(next) {
            return false;
        }
        let is_lone_before_word = self.end == self.start && c == '俩' && !is_unit(next);
        if is_lone_before_word || (is_parted && self.n_units == 0) {
            return false;
        }
        self.pending = Some(value);
        self.is_pending_latin = false;
        self.n_digits += 1;
        self.end = at + 1;
        true
    }

    fn take_small(&mut self, at: usize, c: char, power: i32) -> Option<bool> {
        let is_taken = self.last_small.is_some_and(|last| power >= last);
        if is_taken || (power > 1 && unit::is_prefixed(self.glyphs, at)) {
            return Some(false);
        }
        let is_first = self.end == self.start;
        if self.pending.is_none() {
            let may_be_implied = is_first || power == 1 || self.is_after_nought;
            if !may_be_implied || (is_formal(c) && power > 1 && is_first) {
                return Some(false);
            }
            if is_first && power > 1 {
                self.is_implied = true;
            }
        }
        let one = self.pending.take().unwrap_or(Decimal::from(1));
        if let Some(high) = self.pending_high {
            self.pending_high = Some(high.times_ten_to(power)?);
        }
        self.section = self.section.plus(one.times_ten_to(power)?)?;
        self.last_small = Some(power);
        self.close_unit(at, power);
        Some(true)
    }

    fn take_big(&mut self, at: usize, power: i32) -> Option<bool> {
        let mut value = self.section.plus(self.pending.unwrap_or(Decimal::ZERO))?;
        let is_after_big = value == Decimal::ZERO && !self.groups.is_empty();
        if value == Decimal::ZERO && !is_after_big {
            return Some(false);
        }
        let mut power_of_group = power;
        if let Some(high) = self.pending_high {
            self.pending_high = Some(high.times_ten_to(power)?);
        }
        while let Some((group, below)) = self.groups.last().copied() {
            let is_squared = is_after_big && below >= power;
            if below >= power && !is_squared {
                break;
            }
            if is_after_big {
                power_of_group = power + below;
            }
            value = value.plus(group)?;
            self.groups.pop();
            if is_after_big {
                break;
            }
        }
        self.groups
            .push((value.times_ten_to(power)?, power_of_group));
        self.section = Decimal::ZERO;
        self.pending = None;
        self.last_small = None;
        self.close_unit(at, power);
        Some(true)
    }

    fn close_unit(&mut self, at: usize, power: i32) {
        self.last_unit = Some(power);
        self.limit = power;
        self.is_after_nought = false;
        self.n_units += 1;
        self.end = at + 1;
    }

    /// 几 and 数 stand for a digit: 十几, 二十几万, 数十亿.
    fn take_several(&mut self, at: usize, c: char) -> bool {
        let next = self.glyphs.at(self.glyphs.skip_blanks(at + 1));
        let is_first = self.end == self.start;
        if self.pending.is_some() || (c == '数' && !is_first) {
            return false;
        }
        if is_first {
            if !is_unit(next) || (c == '数' && "数字".contains(self.glyphs.before(at))) {
                return false;
            }
            self.pending = Some(Decimal::from(1));
            self.n_digits += 1;
        } else if self.last_unit.is_none() && !self.is_after_nought {
            return false;
        }
        self.is_more = true;
        self.end = at + 1;
        true
    }

    /// 多 and 余 before 万 or 亿: 二百三十余万. Behind the numeral they are not part of it.
    fn take_more(&mut self, at: usize) -> bool {
        let next = self.glyphs.at(self.glyphs.skip_blanks(at + 1));
        let has_value = self.n_digits + self.n_units > 0;
        if !has_value || big_unit(next).is_none() || self.is_more {
            return self.is_more_again(at, next, has_value);
        }
        self.is_more = true;
        self.end = at + 1;
        true
    }

    /// 十几万多亿 says twice that it is more.
    fn is_more_again(&mut self, at: usize, next: char, has_value: bool) -> bool {
        let is_again = has_value && self.is_more && big_unit(next).is_some();
        if is_again {
            self.end = at + 1;
        }
        is_again
    }

    /// 点 with Chinese digits behind it: 六点六, 五十六点三三.
    fn take_point(&mut self, at: usize) -> Option<bool> {
        if self.has_latin || self.n_digits + self.n_units == 0 {
            return Some(false);
        }
        let mut end = at + 1;
        let mut digits = String::from("0.");
        loop {
            let digit_at = self.glyphs.skip_blanks(end);
            let c = self.glyphs.at(digit_at);
            let is_parted = digit_at > end && digits.len() > 2;
            match chinese_digit(c) {
                Some(digit) if !is_parted && !matches!(c, '两' | '俩') => {
                    digits.push(char::from_digit(u32::from(digit), 10)?);
                    end = digit_at + 1;
                }
                _ => break,
            }
        }
        let next = self.glyphs.at(self.glyphs.skip_blanks(end));
        if digits.len() == 2 || small_unit(next).is_some() {
            return Some(false);
        }
        let whole = self.total()?;
        let number = whole.plus(Decimal::parse(&digits)?)?;
        let (glyphs, start) = (self.glyphs, self.start);
        *self = Self::new(glyphs, start);
        self.pending = Some(number);
        self.is_pending_latin = true;
        self.n_digits = 2;
        self.end = end;
        Some(true)
    }

    fn total(&self) -> Option<Decimal> {
        let mut total = self.section;
        for (group, _) in &self.groups {
            total = total.plus(*group)?;
        }
        let Some(pending) = self.pending else {
            return Some(total);
        };
        let tenth = match self.last_unit {
            Some(power) if !self.is_pending_latin && self.n_units > 0 && !self.is_after_nought => {
                power - 1
            }
            _ => 0,
        };
        total.plus(pending.times_ten_to(tenth)?)
    }

    fn finish(self) -> Option<Read> {
        if self.n_digits + self.n_units == 0 {
            return None;
        }
        let value = self.total()?;
        let (coefficient, exponent) = match self.groups.as_slice() {
            [(_, power)] if self.section == Decimal::ZERO && self.pending.is_none() => {
                (value.times_ten_to(-(*power))?, *power)
            }
            _ => (value, 0),
        };
        let high = match self.pending_high {
            Some(high) => Some(high.times_ten_to(-(exponent))?),
            None => None,
        };
        let is_bare = self.end == self.start + 1 && !self.has_latin;
        let is_implied = self.is_implied && self.n_digits == 0;
        if is_bare && (is_implied || is_formal(self.glyphs.at(self.start))) {
            return None;
        }
        Some(Read {
            end: self.end,
            coefficient,
            exponent,
            high,
            is_more: self.is_more,
            is_bare,
            is_implied,
            is_latin: self.has_latin && self.n_units == 0,
        })
    }
}

/// Reads the numeral at `at`, without sign and without fractions.
pub(crate) fn read(glyphs: &Glyphs, at: usize) -> Option<Read> {
    let first = glyphs.at(at);
    let is_row = chinese_digit(first).is_some() && chinese_digit(glyphs.at(at + 1)).is_some();
    if is_row && let Some((end, value)) = positional(glyphs, at) {
        return Some(Read::whole(end, value));
    }
    let read = Chain::new(glyphs, at).read()?;
    // 十四五, 九三: a digit right behind is no part, and so the whole is no numeral.
    let next = glyphs.at(read.end);
    let is_cut = !read.is_latin && chinese_digit(next).is_some() && !matches!(next, '两' | '俩');
    (!is_cut).then_some(read)
}
