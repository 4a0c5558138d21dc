//! 专栏: boxes of projects between paragraphs, with numbers of their own.
//!
//! Answers which numbered lines are items of a box and so no headings. The list
//! of a box begins with 1 and runs on; the first number that does not go on with
//! it, or that divides the document itself, ends the box. Where a number goes on
//! with both the box and the headings before it, it is the heading's, unless the
//! same number comes once more.

use super::block::{Block, Role};
use super::ordinal::{self, Ordinal, Style};
use std::collections::HashMap;

/// For each block, whether it is a numbered item of a box.
pub(super) fn items(blocks: &[Block]) -> Vec<bool> {
    let mut is_item = vec![false; blocks.len()];
    let has_boxes = blocks.iter().any(is_caption);
    if !has_boxes {
        return is_item;
    }
    let numbers: Vec<Option<Ordinal>> = blocks
        .iter()
        .map(|block| ordinal::scan(&block.text).filter(|_| block.is_open()))
        .collect();
    let mut outer: HashMap<Style, u32> = HashMap::new();
    let mut list: Option<Vec<(Style, u32)>> = None;
    for (idx, block) in blocks.iter().enumerate() {
        if is_caption(block) {
            list = Some(Vec::new());
            continue;
        }
        match block.role {
            Role::Open | Role::TableNote | Role::Dropped(_) | Role::Row(_) | Role::Head(_) => {}
            _ => list = None,
        }
        let Some(number) = &numbers[idx] else {
            continue;
        };
        let rest = numbers.get(idx + 1..).unwrap_or_default();
        if let Some(open) = &mut list
            && goes_on(open, number, &outer, rest)
        {
            is_item[idx] = true;
            continue;
        }
        list = None;
        outer.retain(|style, _| *style <= number.style);
        outer.insert(number.style, number.value);
    }
    is_item
}

fn is_caption(block: &Block) -> bool {
    block.role == Role::Caption && block.text.starts_with("专栏")
}

/// Says whether the number is an item of the box, and notes it there.
fn goes_on(
    list: &mut Vec<(Style, u32)>,
    number: &Ordinal,
    outer: &HashMap<Style, u32>,
    rest: &[Option<Ordinal>],
) -> bool {
    let (style, value) = (number.style, number.value);
    if style < Style::ChineseParen {
        return false;
    }
    // A box that counts 1. 2. holds no （一）.
    if list.first().is_some_and(|(first, _)| style < *first) {
        return false;
    }
    let is_next_outside = outer.get(&style).is_some_and(|last| last + 1 == value);
    if let Some(at) = list.iter().position(|(known, _)| *known == style) {
        let runs_on = list[at].1 + 1 == value;
        if !runs_on || is_next_outside && !comes_again(style, value, rest) {
            return false;
        }
        list.truncate(at);
    } else if value != 1 && (is_next_outside || !list.is_empty() || style == Style::ChineseParen) {
        return false;
    }
    list.push((style, value));
    true
}

/// Says whether a number of this style and value stands before the next one of a
/// higher style.
fn comes_again(style: Style, value: u32, rest: &[Option<Ordinal>]) -> bool {
    rest.iter()
        .flatten()
        .take_while(|next| next.style >= style)
        .any(|next| next.style == style && next.value == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items are marked with a star in `lines`.
    fn check(lines: &[&str]) {
        let blocks: Vec<Block> = lines
            .iter()
            .enumerate()
            .map(|(line, text)| {
                let text = text.trim_start_matches('*');
                if text.starts_with("专栏") {
                    Block::with_role(text, line, Role::Caption)
                } else {
                    Block::open(text, line)
                }
            })
            .collect();
        let expect: Vec<bool> = lines.iter().map(|line| line.starts_with('*')).collect();
        assert_eq!(items(&blocks), expect, "{lines:?}");
    }

    #[test]
    fn a_box_ends_where_its_numbers_do() {
        check(&[
            "1.推进。建设。",
            "专栏2 工程",
            "*1.平台。建设。",
            "*2.基地。布局。",
            "2.完善。建设。",
            "3.提升。建设。",
        ]);
        check(&[
            "（一）夯实",
            "专栏1 工程",
            "*（一）平台",
            "*1.甲",
            "*2.乙",
            "*（二）基地",
            "（二）完善",
            "二、保障",
        ]);
    }

    #[test]
    fn a_number_that_suits_both_is_the_headings() {
        check(&[
            "2.推进",
            "专栏1 工程",
            "*1.平台",
            "*2.基地",
            "3.完善",
            "4.提升",
        ]);
        check(&[
            "2.推进",
            "专栏1 工程",
            "*1.平台",
            "*2.基地",
            "*3.中试",
            "3.完善",
            "4.提升",
        ]);
    }

    #[test]
    fn a_number_above_those_of_the_box_ends_it() {
        check(&[
            "三、任务",
            "专栏1 工程",
            "*1.码头",
            "*2.航道",
            "（一）产业",
            "（二）生态",
        ]);
    }

    #[test]
    fn a_box_without_numbers_holds_none() {
        check(&["1.推进", "专栏1 工程", "建设平台。", "2.完善", "（二）优化"]);
    }
}
