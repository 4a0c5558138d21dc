//! Numbers as they are written, exactly: no rounding, however they are spelled.

use super::numeral::{is_chinese_numeral, large_unit};

/// More digits than this are a code and no number.
const MAX_DIGITS: usize = 24;

/// A number: `digits` with so many zeros behind them, or so many of them behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// Of Latin digits before and behind the point.
    pub(super) fn of_latin(whole: &str, fraction: &str) -> Option<Self> {
        if whole.len() + fraction.len() > MAX_DIGITS {
            return None;
        }
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self::new(digits, -i32::try_from(fraction.len()).ok()?))
    }

    /// Of Chinese digits with units and 点: 一千二百亿, 三点五, 二〇三五.
    pub(super) fn of_chinese(chars: &[char]) -> Option<Self> {
        let point = chars.iter().position(|c| *c == '点');
        let Some(point) = point else {
            return Some(Self::new(whole(chars)?, 0));
        };
        let (before, behind) = (chars.get(..point)?, chars.get(point + 1..)?);
        let n_digits = behind.iter().take_while(|c| digit(**c).is_some()).count();
        let (fraction, times) = behind.split_at(n_digits);
        if fraction.is_empty() || n_digits > MAX_DIGITS {
            return None;
        }
        let mut digits = whole(before)?;
        for c in fraction {
            digits = digits.checked_mul(10)?.checked_add(digit(*c)?)?;
        }
        let zeros: Option<i32> = times.iter().map(|c| large_unit(*c)).sum();
        Some(Self::new(digits, zeros? - i32::try_from(n_digits).ok()?))
    }

    fn new(mut digits: u128, mut exponent: i32) -> Self {
        if digits == 0 {
            return Self {
                digits,
                exponent: 0,
            };
        }
        while digits.is_multiple_of(10) {
            digits /= 10;
            exponent += 1;
        }
        Self { digits, exponent }
    }

    /// With so many more zeros.
    pub(super) fn times(self, zeros: i32) -> Self {
        Self::new(self.digits, self.exponent + zeros)
    }

    /// In plain Latin digits, without zeros that say nothing.
    pub(super) fn plain(self) -> String {
        let digits = self.digits.to_string();
        if let Ok(zeros) = usize::try_from(self.exponent) {
            return digits + &"0".repeat(zeros);
        }
        let n_behind = self.exponent.unsigned_abs() as usize;
        let mut padded = format!("{digits:0>width$}", width = n_behind + 1);
        padded.insert(padded.len() - n_behind, '.');
        padded
    }
}

/// The value of a Chinese digit.
pub(super) fn digit(c: char) -> Option<u128> {
    match c {
        '〇' | '零' | '○' => Some(0),
        '两' => Some(2),
        _ => "一二三四五六七八九"
            .chars()
            .zip(1..)
            .find(|(known, _)| *known == c)
            .map(|(_, value)| value),
    }
}

/// Whether a character can stand in a Chinese number.
pub(super) fn is_numeral(c: char) -> bool {
    is_chinese_numeral(c) || matches!(c, '万' | '亿')
}

/// A whole number: digits one behind the other, or with units.
fn whole(chars: &[char]) -> Option<u128> {
    if chars.is_empty() || chars.len() > MAX_DIGITS {
        return None;
    }
    if chars.len() > 1 && chars.iter().all(|c| digit(*c).is_some()) {
        let mut value = 0_u128;
        for c in chars {
            value = value * 10 + digit(*c)?;
        }
        return Some(value);
    }
    let (mut total, mut section, mut pending) = (0_u128, 0_u128, None);
    for c in chars {
        if let Some(value) = digit(*c) {
            if pending.is_some_and(|before| before != 0) {
                return None;
            }
            pending = Some(value);
            continue;
        }
        let unit = 10_u128.checked_pow(u32::try_from(large_unit(*c)?).ok()?)?;
        if unit < 10_000 {
            section += pending.take().unwrap_or(1) * unit;
        } else {
            section += pending.take().unwrap_or(0);
            // 万亿: what stands before 亿 counts as a whole.
            total = if unit > 10_000 && section == 0 {
                total.checked_mul(unit)?
            } else if unit > 10_000 {
                (total + section).checked_mul(unit)?
            } else {
                total + section * unit
            };
            section = 0;
        }
    }
    total.checked_add(section + pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        let chars: Vec<char> = text.chars().collect();
        let found = Decimal::of_chinese(&chars).map(Decimal::plain);
        assert_eq!(found.as_deref(), Some(expect), "{text}");
    }

    #[test]
    fn chinese_numbers_are_read() {
        check("五百万", "5000000");
        check("一千二百亿", "120000000000");
        check("一万二千五百", "12500");
        check("两万亿", "2000000000000");
        check("一百零五", "105");
        check("二〇三五", "2035");
        check("三点五亿", "350000000");
        check("七十三点五", "73.5");
        check("十", "10");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["十四五", "", "三五十", "点五"] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(Decimal::of_chinese(&chars), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let of = |whole, fraction| Decimal::of_latin(whole, fraction).unwrap();
        assert_eq!(of("0", "12").times(12), of("1200", "").times(8));
        assert_eq!(of("2", "50").plain(), "2.5");
        assert_eq!(of("0", "05").plain(), "0.05");
        assert_eq!(Decimal::of_latin(&"9".repeat(30), ""), None);
    }

    proptest! {
        #[test]
        fn any_numerals_are_read_without_panic(text in "[〇一二三十百千万亿点两]{0,30}") {
            let chars: Vec<char> = text.chars().collect();
            let _ = Decimal::of_chinese(&chars).map(Decimal::plain);
        }
    }
}
