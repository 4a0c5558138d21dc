//! Two figures of one thing: in what do they differ?

use plansearch_figure::{Comparator, Decimal, Figure, Measure};

use super::finding::DiffersBy;

/// A bound that is rounded off lies this near to the exact value.
const ROUNDING: &str = "0.06";

/// Says whether the two could be figures of one thing: the same dimension, or two that
/// are taken for each other (% and 百分点; 家, 个 and 人).
pub(super) fn are_comparable(one: &Figure, two: &Figure) -> bool {
    let (a, b) = (group(one), group(two));
    a == b
}

fn group(figure: &Figure) -> &str {
    match figure.dimension() {
        "比率" | "百分点" => "比率",
        "" | "件数" | "人数" | "户数" | "客运量" | "架次" | "车次" => "件数",
        other => other,
    }
}

/// In what the draft's figure differs from that of the source.
pub(super) fn difference(draft: &Figure, source: &Figure) -> Option<DiffersBy> {
    let is_points = |figure: &Figure| {
        figure
            .unit
            .as_ref()
            .is_some_and(plansearch_figure::Unit::is_points)
    };
    let (Some(a), Some(b)) = (draft.amount.stated(), source.amount.stated()) else {
        return (draft.amount != source.amount).then_some(DiffersBy::Value);
    };
    let is_same_number = draft.written.number.stated() == source.written.number.stated();
    if is_points(draft) != is_points(source) {
        return Some(if is_same_number {
            DiffersBy::Unit
        } else {
            DiffersBy::Value
        });
    }
    if a == b {
        return same_value(draft, source);
    }
    if a.magnitude() == b.magnitude() {
        return Some(DiffersBy::Direction);
    }
    if is_rounded(draft, a, b) {
        return None;
    }
    Some(if is_same_number {
        DiffersBy::Unit
    } else {
        DiffersBy::Value
    })
}

fn same_value(draft: &Figure, source: &Figure) -> Option<DiffersBy> {
    // A writer who adds 约 to an exact figure says nothing wrong.
    let is_rounded_off =
        draft.comparator == Comparator::About && source.comparator == Comparator::Equal;
    if side(draft.comparator) != side(source.comparator) && !is_rounded_off {
        return Some(DiffersBy::Comparator);
    }
    let is_change = |figure: &Figure| matches!(figure.measure, Measure::Growth | Measure::Points);
    match (draft.direction, source.direction) {
        (Some(one), Some(two)) if one != two && is_change(draft) && is_change(source) => {
            Some(DiffersBy::Direction)
        }
        _ => None,
    }
}

/// Says whether the same number bounds one side in the draft and the other in the source.
pub(super) fn is_reversed(draft: &Figure, source: &Figure) -> bool {
    let (a, b) = (draft.amount.stated(), source.amount.stated());
    a.is_some()
        && a == b
        && matches!(
            (side(draft.comparator), side(source.comparator)),
            (1, -1) | (-1, 1)
        )
}

/// 以上 and 超过 bound the same side.
fn side(comparator: Comparator) -> i8 {
    match comparator {
        Comparator::AtLeast | Comparator::MoreThan => 1,
        Comparator::AtMost | Comparator::LessThan => -1,
        Comparator::About => 2,
        Comparator::Equal | Comparator::Range => 0,
    }
}

/// 超过5600亿元 of 5672.3亿元: rounded off and still right.
fn is_rounded(draft: &Figure, draft_value: Decimal, source_value: Decimal) -> bool {
    let may_round = matches!(draft.comparator, Comparator::MoreThan | Comparator::About);
    let near = Decimal::parse(ROUNDING)
        .and_then(|share| source_value.magnitude().times(share))
        .zip(source_value.minus(draft_value));
    let is_near = near.is_some_and(|(most, difference)| difference.magnitude() <= most);
    let is_inside = draft.comparator == Comparator::About || draft.amount.holds(source_value);
    may_round && is_near && is_inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(draft: &str, source: &str, expect: Option<DiffersBy>) {
        let figure = |text: &str| plansearch_figure::scan(text).figures.remove(0);
        assert_eq!(
            difference(&figure(draft), &figure(source)),
            expect,
            "{draft} {source}"
        );
    }

    #[test]
    fn the_same_quantity_in_another_form_is_the_same() {
        check("600兆瓦以上", "60万千瓦以上", None);
        check("百分之九十一", "91%", None);
        check("42.23万公顷", "4223平方公里", None);
        check("不低于5%", "5%以上", None);
        check("超过5600亿元", "5672.3亿元", None);
        check("约1820000万元", "182.0亿元", None);
    }

    #[test]
    fn what_differs_is_named() {
        check("46.4亿元", "44.6亿元", Some(DiffersBy::Value));
        check("8.4万美元", "8.4亿美元", Some(DiffersBy::Unit));
        check("55个百分点", "55%", Some(DiffersBy::Unit));
        check("15个以下", "15个以上", Some(DiffersBy::Comparator));
        check("100场", "不少于100场", Some(DiffersBy::Comparator));
        check("增长6%", "下降6%", Some(DiffersBy::Direction));
    }
}
