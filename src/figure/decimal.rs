//! Exact decimal numbers: an integer times a negative power of ten.
//!
//! Sums and products that leave the range are `None`, never rounded; only a
//! fraction that has no end (1/3) is cut, after eighteen places.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Places behind the point that a number may have.
const MAX_SCALE: u32 = 30;
/// Places that an endless fraction is cut to.
const RATIO_SCALE: u32 = 18;

/// A number `mantissa × 10^-scale`, in its shortest form.
///
/// ```
/// use plansearch_figure::Decimal;
/// let share: Decimal = Decimal::parse("5.60").unwrap();
/// assert_eq!(share.to_string(), "5.6");
/// assert_eq!(share.times_ten_to(8).unwrap().to_string(), "560000000");
/// assert!(Decimal::parse("0.1").unwrap() < Decimal::from(1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };

    fn new(mantissa: i128, scale: u32) -> Self {
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Self { mantissa, scale }
    }

    /// Reads `[-]digits[.digits]` in ASCII digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, tail) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && tail.is_empty() {
            return None;
        }
        let mut mantissa = 0i128;
        for c in whole.chars().chain(tail.chars()) {
            let digit = i128::from(c.to_digit(10)?);
            mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
        }
        let scale = u32::try_from(tail.len()).ok()?;
        if scale > MAX_SCALE {
            return None;
        }
        Some(Self::new(
            if is_negative { -mantissa } else { mantissa },
            scale,
        ))
    }

    /// The sum, `None` when it leaves the range.
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let sum = self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?;
        Some(Self::new(sum, scale))
    }

    /// The difference, `None` when it leaves the range.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product, `None` when it leaves the range.
    pub fn times(self, other: Self) -> Option<Self> {
        let product = self.mantissa.checked_mul(other.mantissa)?;
        let product = Self::new(product, self.scale.checked_add(other.scale)?);
        (product.scale <= MAX_SCALE).then_some(product)
    }

    /// The quotient, cut after eighteen places when it has no end; `None` when
    /// `other` is nought or the result leaves the range.
    pub fn over(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let divisor = other.at_scale(scale)?;
        if divisor == 0 {
            return None;
        }
        let dividend = self.at_scale(scale)?;
        let whole = dividend / divisor;
        let mut rest = dividend % divisor;
        let mut mantissa = whole;
        let mut places = 0;
        while rest != 0 && places < RATIO_SCALE {
            rest = rest.checked_mul(10)?;
            mantissa = mantissa.checked_mul(10)?.checked_add(rest / divisor)?;
            rest %= divisor;
            places += 1;
        }
        Some(Self::new(mantissa, places))
    }

    /// The number times a power of ten, `None` when it leaves the range.
    pub fn times_ten_to(self, exponent: i32) -> Option<Self> {
        let scale = i64::from(self.scale) - i64::from(exponent);
        if scale >= 0 {
            let scale = u32::try_from(scale).ok()?;
            let moved = Self::new(self.mantissa, scale);
            return (moved.scale <= MAX_SCALE).then_some(moved);
        }
        let factor = 10i128.checked_pow(u32::try_from(-scale).ok()?)?;
        Some(Self::new(self.mantissa.checked_mul(factor)?, 0))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_neg(),
            scale: self.scale,
        }
    }

    /// The number without its sign.
    #[must_use]
    pub fn magnitude(self) -> Self {
        if self.mantissa < 0 {
            self.negated()
        } else {
            self
        }
    }

    /// Says whether the number has no places behind the point.
    pub fn is_whole(self) -> bool {
        self.scale == 0
    }

    /// The nearest floating-point number, for output that has no other.
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    fn at_scale(self, scale: u32) -> Option<i128> {
        let factor = 10i128.checked_pow(scale.checked_sub(self.scale)?)?;
        self.mantissa.checked_mul(factor)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::new(i128::from(value), 0)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at_scale(scale), other.at_scale(scale)) {
            (Some(one), Some(two)) => one.cmp(&two),
            // Only a number too large for the finer scale overflows.
            (None, _) => self.mantissa.cmp(&0),
            (_, None) => 0.cmp(&other.mantissa),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = self.scale as usize;
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        if scale == 0 {
            return f.write_str(&digits);
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let point = padded.len() - scale;
        for (at, digit) in padded.chars().enumerate() {
            if at == point {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// Stored as it is printed.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format!("`{text}` is no number")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_that_leave_the_range_are_none() {
        let most = Decimal::parse("99999999999999999999999999999999999999").unwrap();
        assert_eq!(most.times(most), None);
        assert_eq!(most.plus(most), None);
        assert_eq!(Decimal::parse(&"9".repeat(60)), None);
        assert!(most > Decimal::parse("0.000000000000000001").unwrap());
    }

    #[test]
    fn quotients_are_exact_or_cut() {
        let over = |a, b| Decimal::from(a).over(Decimal::from(b)).unwrap().to_string();
        assert_eq!(over(1, 8), "0.125");
        assert_eq!(over(-3, 2), "-1.5");
        assert_eq!(over(1, 3), "0.333333333333333333");
    }

    proptest! {
        #[test]
        fn printed_numbers_read_back(mantissa in -1_000_000_000_000i64..1_000_000_000_000, places in 0i32..12) {
            let number = Decimal::from(mantissa).times_ten_to(-places).unwrap();
            prop_assert_eq!(Decimal::parse(&number.to_string()), Some(number));
        }

        #[test]
        fn order_is_that_of_the_difference(a in any::<i32>(), b in any::<i32>(), p in 0i32..9, q in 0i32..9) {
            let one = Decimal::from(i64::from(a)).times_ten_to(-p).unwrap();
            let two = Decimal::from(i64::from(b)).times_ten_to(-q).unwrap();
            prop_assert_eq!(one.cmp(&two), one.minus(two).unwrap().cmp(&Decimal::ZERO));
        }
    }
}
