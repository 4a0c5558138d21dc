//! Prints a figure so that it is read back as the same.

use std::fmt;

use super::decimal::Decimal;
use super::model::{Comparator, Figure, Interval};
use super::unit::Unit;

/// A figure of its own: amount, comparator and unit, without a place in a text.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print(
            &self.written.number,
            self.comparator,
            &self.written.unit,
        ))
    }
}

/// The words of a figure: `不低于350亿元`, `5%—6%`.
fn print(number: &Interval, comparator: Comparator, unit: &str) -> String {
    let stated = |word: &str, behind: &str| {
        let value = number.stated().unwrap_or(Decimal::ZERO);
        format!("{word}{value}{unit}{behind}")
    };
    match comparator {
        Comparator::Equal => stated("", ""),
        Comparator::AtLeast => stated("", "以上"),
        Comparator::AtMost => stated("", "以下"),
        Comparator::MoreThan => stated("超过", ""),
        Comparator::LessThan => stated("低于", ""),
        Comparator::About => stated("", "左右"),
        Comparator::Range => range(number, unit),
    }
}

fn range(number: &Interval, unit: &str) -> String {
    let (Some(low), Some(high)) = (number.low, number.high) else {
        return String::new();
    };
    if low.is_closed && high.is_closed {
        return format!("{}{unit}—{}{unit}", low.value, high.value);
    }
    let above = if low.is_closed { "不低于" } else { "大于" };
    let below = if high.is_closed {
        "不超过"
    } else {
        "小于"
    };
    format!("{above}{}{unit}且{below}{}{unit}", low.value, high.value)
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{scan, units};
    use super::*;

    const COMPARATORS: [Comparator; 6] = [
        Comparator::Equal,
        Comparator::AtLeast,
        Comparator::AtMost,
        Comparator::MoreThan,
        Comparator::LessThan,
        Comparator::About,
    ];

    fn same(printed: &str) -> Result<(), TestCaseError> {
        let found = scan(printed).figures;
        prop_assert_eq!(found.len(), 1, "{}: {:?}", printed, found);
        for figure in found {
            let again = scan(&figure.to_string()).figures;
            prop_assert_eq!(again.len(), 1);
            prop_assert!(
                again.iter().all(|again| again.is_same_amount(&figure)),
                "{} {}",
                printed,
                figure
            );
            prop_assert_eq!(figure.to_string(), printed);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn a_printed_figure_is_read_back(
            mantissa in 1i64..1_000_000,
            places in 0i32..4,
            unit in 0usize..190,
            comparator in 0usize..6,
            power in 0usize..4,
        ) {
            let value = Decimal::from(mantissa).times_ten_to(-places).unwrap();
            let unit = units().nth(unit).unwrap();
            let power = ["", "万", "亿", "万亿"][power];
            let number = Interval::of(COMPARATORS[comparator], value);
            prop_assume!(!unit.name.starts_with('亿') && (unit.name != "年" || !power.is_empty() || value < Decimal::from(1000)));
            prop_assume!(!(["日", "月"].contains(&unit.name.as_str())));
            same(&print(&number, COMPARATORS[comparator], &format!("{power}{}", unit.name)))?;
        }

        #[test]
        fn a_printed_range_is_read_back(low in 1i64..10_000, more in 1i64..10_000, share in any::<bool>()) {
            let unit = if share { "%" } else { "万吨" };
            let ends = |low, high| Interval {
                low: Interval::point(Decimal::from(low)).low,
                high: Interval::point(Decimal::from(high)).high,
            };
            same(&print(&ends(low, low + more), Comparator::Range, unit))?;
        }

        #[test]
        fn any_text_is_scanned_without_panic(text in "[一二三十百千万亿零点分之多余几至到~%0-9.,、年月日(〔〕)第翻番成半元角以上 －—-]{0,60}|\\PC{0,40}") {
            for figure in scan(&text).figures {
                prop_assert!(!figure.span.of(&text).is_empty());
                prop_assert!(figure.span.contains(figure.value_span));
                let _ = figure.to_string();
            }
            for numeral in super::super::numerals(&text) {
                prop_assert!(!numeral.span.of(&text).is_empty());
            }
        }

        #[test]
        fn chinese_numerals_are_read(value in 1u64..1_000_000_000_000) {
            let written = chinese(value);
            let found = super::super::numerals(&written);
            prop_assert_eq!(found.len(), 1, "{}", written);
            prop_assert_eq!(found[0].value.to_string(), value.to_string(), "{}", written);
        }
    }

    /// `value` in Chinese numerals.
    fn chinese(value: u64) -> String {
        const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let mut written = String::new();
        for (power, name) in [(100_000_000u64, "亿"), (10_000, "万"), (1, "")] {
            let section = value / power % 10_000;
            let has_gap =
                !written.is_empty() && (section < 1000) && !value.is_multiple_of(power * 10_000);
            if section == 0 {
                continue;
            }
            if has_gap {
                written.push('零');
            }
            let mut has_nought = false;
            let mut has_digit = false;
            for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
                let digit = (section / unit % 10) as usize;
                if digit == 0 {
                    has_nought = has_digit;
                    continue;
                }
                if has_nought {
                    written.push('零');
                    has_nought = false;
                }
                has_digit = true;
                written.push_str(DIGITS[digit]);
                written.push_str(name);
            }
            written.push_str(name);
        }
        written
    }
}
