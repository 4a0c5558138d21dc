//! Conditions on figures as they are typed: `value>=500亿元`.

use std::cmp::Ordering;
use std::str::FromStr;

use plansearch_figure::{Comparator, Decimal, Direction, Figure, Measure, SIGNS, narrow_sign};

use plansearch_target::{Amount, Target, is_unit, whole_amount};

/// What a condition is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Value,
    Low,
    High,
    Base,
    Year,
}

const FIELDS: [(&str, Field); 9] = [
    ("value", Field::Value),
    ("数值", Field::Value),
    ("值", Field::Value),
    ("low", Field::Low),
    ("high", Field::High),
    ("base", Field::Base),
    ("基期", Field::Base),
    ("year", Field::Year),
    ("年份", Field::Year),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    AtLeast,
    AtMost,
    More,
    Less,
    Equal,
    Unequal,
}

impl Sign {
    /// What a comparator that bounds a figure asks for.
    fn of(comparator: Comparator) -> Option<Self> {
        match comparator {
            Comparator::AtLeast => Some(Self::AtLeast),
            Comparator::AtMost => Some(Self::AtMost),
            Comparator::MoreThan => Some(Self::More),
            Comparator::LessThan => Some(Self::Less),
            Comparator::Equal | Comparator::About | Comparator::Range => None,
        }
    }
}

/// Signs beside those that bound a figure.
const OTHER_SIGNS: [(&str, Sign); 5] = [
    ("!=", Sign::Unequal),
    ("<>", Sign::Unequal),
    ("==", Sign::Equal),
    ("≠", Sign::Unequal),
    ("=", Sign::Equal),
];

/// A condition on the figure of a target.
///
/// ```
/// use plansearch_targets::Condition;
/// assert!("value>=500亿元".parse::<Condition>().is_ok());
/// assert!("值 ≤ 百分之五".parse::<Condition>().is_ok());
/// let error = "vale>=500亿元".parse::<Condition>().unwrap_err();
/// assert!(error.to_string().contains("`vale`"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    field: Field,
    sign: Sign,
    amount: Amount,
    /// Whether the figure has to be a growth, and a rise where the condition is of one.
    is_growth: bool,
    is_rise: bool,
}

/// Why a text is no condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// There is no sign of comparison.
    #[error("`{0}` compares nothing; hint: write value>=500亿元, with >= <= > < = or !=")]
    NoSign(String),
    /// What stands in front of the sign is no field.
    #[error(
        "there is no field `{field}` in `{text}`; hint: the fields are value, low, high, base and year"
    )]
    NoField {
        /// What stands there.
        field: String,
        /// The whole condition.
        text: String,
    },
    /// What stands behind the sign is no figure.
    #[error(
        "`{figure}` in `{text}` is no figure; hint: write a number and its unit, as in 500亿元 or 5%"
    )]
    NoFigure {
        /// What stands there.
        figure: String,
        /// The whole condition.
        text: String,
    },
    /// The unit behind the number is not known.
    #[error(
        "the unit `{unit}` in `{text}` is not known; hint: write it as plans do, as in 亿元, 万吨, % or 个百分点"
    )]
    NoUnit {
        /// What stands there.
        unit: String,
        /// The whole condition.
        text: String,
    },
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let folded: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(narrow_sign)
            .collect();
        let bounds = SIGNS
            .iter()
            .filter_map(|(word, comparator)| Some((*word, Sign::of(*comparator)?)));
        let found = bounds
            .chain(OTHER_SIGNS)
            .filter_map(|(word, sign)| Some((folded.find(word)?, word, sign)))
            .min_by_key(|(at, word, _)| (*at, std::cmp::Reverse(word.len())));
        let Some((at, word, sign)) = found else {
            return Err(ConditionError::NoSign(text.to_owned()));
        };
        let field = folded.get(..at).unwrap_or_default();
        let figure = folded.get(at + word.len()..).unwrap_or_default();
        let known = FIELDS
            .iter()
            .find(|(name, _)| field.is_empty() || name.eq_ignore_ascii_case(field));
        let Some((_, field)) = known else {
            return Err(ConditionError::NoField {
                field: field.to_owned(),
                text: text.to_owned(),
            });
        };
        let amount = amount(figure, *field, text)?;
        Ok(Self {
            field: *field,
            sign,
            amount,
            is_growth: false,
            is_rise: false,
        })
    }
}

/// The figure behind the sign: one number with its unit and nothing else.
fn amount(figure: &str, field: Field, text: &str) -> Result<Amount, ConditionError> {
    let no_figure = || ConditionError::NoFigure {
        figure: figure.to_owned(),
        text: text.to_owned(),
    };
    let figure = if field == Field::Year {
        figure.trim_end_matches('年')
    } else {
        figure
    };
    let plain = figure.strip_prefix(['-', '－', '−']).unwrap_or(figure);
    let number: String = plain
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let unit = plain.get(number.len()..).unwrap_or_default();
    if !number.is_empty() && unit.is_empty() {
        let value = Decimal::parse(&figure.replace(',', "")).ok_or_else(no_figure)?;
        return Ok(Amount {
            number: plansearch_figure::Interval::point(value),
            scaled: plansearch_figure::Interval::point(value),
            comparator: Comparator::Equal,
            unit: String::new(),
            dimension: String::new(),
        });
    }
    if !number.is_empty() && !is_unit(unit) {
        return Err(ConditionError::NoUnit {
            unit: unit.to_owned(),
            text: text.to_owned(),
        });
    }
    let read = whole_amount(figure).ok_or_else(no_figure)?;
    if read.value().is_none() {
        return Err(no_figure());
    }
    Ok(read)
}

impl Condition {
    /// What a figure with its comparator asks for: 6%以上, of growth only growth. None where
    /// it bounds nothing or has no unit.
    pub(crate) fn of(figure: &Figure) -> Option<Self> {
        let sign = Sign::of(figure.comparator)?;
        let unit = figure.unit.as_ref()?;
        Some(Self {
            field: Field::Value,
            sign,
            amount: Amount {
                number: figure.written.number,
                scaled: figure.amount,
                comparator: Comparator::Equal,
                unit: figure.written.unit.clone(),
                dimension: unit.dimension.clone(),
            },
            is_growth: figure.measure == Measure::Growth,
            is_rise: figure.direction == Some(Direction::Up),
        })
    }

    /// Says whether a target fulfils the condition: in the same dimension, after its
    /// factor; a range with both its ends; a fall by how much it falls.
    pub fn holds(&self, target: &Target) -> bool {
        if self.field == Field::Year {
            let Some(wanted) = self.amount.value() else {
                return false;
            };
            return target
                .year
                .is_some_and(|year| self.fits(Decimal::from(i64::from(year)).cmp(&wanted)));
        }
        let Some(amount) = &target.amount else {
            return false;
        };
        let is_fall = || {
            let stated = amount.scaled.stated();
            stated.is_some_and(|value| value < Decimal::ZERO)
        };
        if self.is_growth && (target.measure != Measure::Growth || self.is_rise && is_fall()) {
            return false;
        }
        let is_bare = self.amount.unit.is_empty();
        if !is_bare && amount.dimension != self.amount.dimension {
            return false;
        }
        let wanted = if is_bare {
            self.amount.value()
        } else {
            self.amount.scaled.stated()
        };
        let interval = if is_bare {
            amount.number
        } else {
            amount.scaled
        };
        let ends = match (self.field, interval.stated()) {
            (Field::Base, _) => return self.holds_of_base(target, amount, is_bare),
            (_, Some(value)) => vec![value],
            (Field::Low, None) => interval.low.map(|bound| bound.value).into_iter().collect(),
            (Field::High, None) => interval.high.map(|bound| bound.value).into_iter().collect(),
            (_, None) => [interval.low, interval.high]
                .into_iter()
                .flatten()
                .map(|bound| bound.value)
                .collect(),
        };
        let Some(wanted) = wanted else {
            return false;
        };
        !ends.is_empty() && ends.into_iter().all(|end| self.fits(compared(end, wanted)))
    }

    fn holds_of_base(&self, target: &Target, amount: &Amount, is_bare: bool) -> bool {
        let (Some(base), Some(wanted)) = (target.base_value, self.amount.scaled.stated()) else {
            return false;
        };
        if is_bare {
            return self.fits(compared(base, wanted));
        }
        // The base stands in the unit of the value.
        let (Some(number), Some(scaled)) = (amount.number.stated(), amount.scaled.stated()) else {
            return false;
        };
        let scaled = scaled.over(number).and_then(|factor| base.times(factor));
        scaled.is_some_and(|base| self.fits(compared(base, wanted)))
    }

    fn fits(&self, order: Ordering) -> bool {
        match self.sign {
            Sign::AtLeast => order != Ordering::Less,
            Sign::AtMost => order != Ordering::Greater,
            Sign::More => order == Ordering::Greater,
            Sign::Less => order == Ordering::Less,
            Sign::Equal => order == Ordering::Equal,
            Sign::Unequal => order != Ordering::Equal,
        }
    }
}

/// A fall is compared by how much it falls, unless the condition has a sign itself.
fn compared(value: Decimal, wanted: Decimal) -> Ordering {
    if wanted < Decimal::ZERO {
        value.cmp(&wanted)
    } else {
        value.magnitude().cmp(&wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        text.parse::<Condition>().unwrap_err().to_string()
    }

    #[test]
    fn an_error_names_the_bad_part() {
        assert!(error("500亿元").contains("`500亿元` compares nothing"));
        assert!(error("size>=500亿元").contains("`size`"));
        assert!(error("value>=很多").contains("`很多` in `value>=很多` is no figure"));
        assert!(error("value>=500亿圈").contains("the unit `亿圈`"));
        assert!(error("value>=").contains("is no figure"));
    }

    #[test]
    fn what_can_be_typed_is_understood() {
        for text in [
            "value>=5%",
            "值≥5%",
            ">5",
            "value = 1.5万亿元",
            "year<=2030",
            "value<百分之五",
            "low>=4.5%",
            "VALUE!=3",
            "值≦5%",
        ] {
            assert!(text.parse::<Condition>().is_ok(), "{text}");
        }
    }
}
