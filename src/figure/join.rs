//! Joins numbers that are one figure: 5%—5.5%, 三到五个, 100与200之间, 五元三毛,
//! 大于二十的同时小于等于三十五.

use super::glyphs::Glyphs;
use super::model::{Bound, Comparator, Interval};
use super::raw::Raw;

/// Joins neighbours, in order.
pub(crate) fn join(glyphs: &Glyphs, raws: Vec<Raw>) -> Vec<Raw> {
    let mut joined: Vec<Raw> = Vec::with_capacity(raws.len());
    for raw in raws {
        let pair = joined.last().and_then(|last| {
            composite(glyphs, last, &raw)
                .or_else(|| range(glyphs, last, &raw))
                .or_else(|| both_bounds(glyphs, last, &raw))
        });
        match pair {
            Some(pair) => {
                joined.pop();
                joined.push(pair);
            }
            None => joined.push(raw),
        }
    }
    joined
}

/// 五元三毛, 两美元又三美分, 1小时30分钟: a smaller unit of the same dimension.
fn composite(glyphs: &Glyphs, one: &Raw, two: &Raw) -> Option<Raw> {
    let (large, small) = (one.unit.as_ref()?, two.unit.as_ref()?);
    let between = glyphs.slice(one.end, two.start);
    let is_next = between.is_empty() || between == ['又'];
    let is_smaller = large.dimension == small.dimension && small.factor < large.factor;
    if !is_next || !is_smaller || !one.is_plain() || two.comparator != Comparator::Equal {
        return None;
    }
    let factor = small
        .factor
        .times_ten_to(two.exponent)?
        .over(large.factor)?;
    let more = two.number.single()?.times(factor)?;
    let whole = one.number.single()?.times_ten_to(one.exponent)?;
    Some(Raw {
        end: two.end,
        value_end: two.value_end,
        number: Interval::point(whole.plus(more)?),
        exponent: 0,
        ..one.clone()
    })
}

/// Two numbers with a sign or word of range between them.
fn range(glyphs: &Glyphs, one: &Raw, two: &Raw) -> Option<Raw> {
    let between: String = glyphs
        .slice(one.value_end, two.value_start)
        .iter()
        .filter(|c| **c != ' ')
        .collect();
    let is_sign = matches!(
        between.as_str(),
        "-" | "–" | "––" | "~" | "~~" | "至" | "到"
    );
    // 10000与20000间: the 间 was taken for the unit of rooms.
    let rooms = two.unit.as_ref().is_some_and(|unit| unit.name == "间") && one.unit.is_none();
    let mut without_rooms = two.clone();
    if rooms && matches!(between.as_str(), "和" | "与") {
        without_rooms.unit = None;
        without_rooms.value_end = two.value_end - 1;
    }
    let two = &without_rooms;
    let behind = glyphs.skip_blanks(two.value_end);
    let end_of_between = if glyphs.starts_with(behind, "之间") {
        Some(behind + 2)
    } else if glyphs.at(behind) == '间' {
        Some(behind + 1)
    } else {
        None
    };
    let is_pair =
        matches!(between.as_str(), "和" | "与" | "至" | "到" | "-") && end_of_between.is_some();
    let is_change = glyphs.skip_blanks_back(one.start) > 0
        && matches!(
            glyphs.before(glyphs.skip_blanks_back(one.start)),
            '从' | '由'
        )
        && matches!(between.as_str(), "至" | "到");
    if !(is_sign || is_pair) || is_change || one.is_rank != two.is_rank {
        return None;
    }
    let is_same_unit = match (&one.unit, &two.unit) {
        (Some(one), Some(two)) => one.dimension == two.dimension,
        (Some(_), None) => false,
        _ => true,
    };
    if !is_same_unit {
        return None;
    }
    let low = lower_end(one, two)?;
    let high = two.number.stated()?;
    if low >= high {
        return None;
    }
    let is_about = two.comparator == Comparator::About;
    Some(Raw {
        start: one.start,
        end: two.end.max(end_of_between.filter(|_| is_pair).unwrap_or(0)),
        value_start: one.value_start,
        number: Interval {
            low: Some(Bound::closed(low)),
            high: Some(Bound::closed(high)),
        },
        comparator: Comparator::Range,
        has_word: is_about,
        ..two.clone()
    })
}

/// The first number of a range, counted as the second is written.
fn lower_end(one: &Raw, two: &Raw) -> Option<super::decimal::Decimal> {
    let value = one.number.stated()?;
    let shares_unit = one.unit.is_none() && one.exponent == 0 && value < two.number.stated()?;
    if shares_unit {
        return Some(value);
    }
    let exponent = one.exponent - two.exponent;
    let value = value.times_ten_to(exponent)?;
    match (&one.unit, &two.unit) {
        (Some(one), Some(two)) => value.times(one.factor.over(two.factor)?),
        _ => Some(value),
    }
}

/// What may stand between two bounds of one figure.
const CONNECTIVES: &[&str] = &[
    "",
    ",",
    "且",
    "并且",
    "并",
    "而且",
    "同时",
    "的同时",
    "但",
    "又",
    "和",
    "、",
    ",且",
    ",并",
    ",同时",
];

/// A lower and an upper bound of one thing: 不低于5%且不超过6%.
fn both_bounds(glyphs: &Glyphs, one: &Raw, two: &Raw) -> Option<Raw> {
    if !one.has_word || !two.has_word || two.start < one.end {
        return None;
    }
    let between: String = glyphs
        .slice(one.end, two.start)
        .iter()
        .filter(|c| **c != ' ')
        .collect();
    if !CONNECTIVES.contains(&between.as_str()) {
        return None;
    }
    if one.unit.is_some() && two.unit.is_some() && one.unit != two.unit {
        return None;
    }
    if one.exponent != two.exponent {
        return None;
    }
    // One has the lower end only, the other the upper end only.
    let low = one.number.low.xor(two.number.low)?;
    let high = one.number.high.xor(two.number.high)?;
    if low.value >= high.value {
        return None;
    }
    Some(Raw {
        end: two.end,
        value_end: two.value_end,
        number: Interval {
            low: Some(low),
            high: Some(high),
        },
        comparator: Comparator::Range,
        unit: one.unit.clone().or_else(|| two.unit.clone()),
        ..one.clone()
    })
}
