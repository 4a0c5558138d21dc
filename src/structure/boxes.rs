//! 专栏: boxes of projects between paragraphs, with numbers of their own.
//!
//! A box is one thing: its caption, and the lines below it as rows, so that no item
//! is a heading, a lead or a paragraph of the section. The list of a box begins with
//! 1 and runs on; the first number that does not go on with it, or that divides the
//! document itself, ends the box. Where a number goes on with both the box and the
//! headings before it, it is the heading's, unless the same number comes once more.
//! Lines without a number belong to the box where they are built as items are (a
//! label and what it stands for), or where the list goes on behind them; the first
//! other line is prose of the section. Where the source has a frame around the box, the
//! frame says where it ends.

use super::block::{Block, Role, Row, tail, trim};
use super::ordinal::{self, Ordinal, Style};
use super::sentence::{self, marks};
use super::unnumbered;
use std::collections::HashMap;

/// The label of an item is not longer.
const MAX_LABEL_CHARS: usize = 28;
/// A line that is the title of an item is not longer.
const MAX_TITLE_CHARS: usize = 40;

/// Makes the items of boxes rows below their captions.
pub(super) fn mark(blocks: &mut [Block]) {
    if !blocks.iter().any(is_caption) {
        return;
    }
    let is_item = items(blocks);
    for (block, is_item) in blocks.iter_mut().zip(is_item) {
        if is_item {
            block.role = Role::Row(Row::guessed(vec![block.text.clone()]));
        }
    }
}

/// A box while its lines are read.
#[derive(Default)]
struct Open {
    /// The numbers of its lists, the inner ones last.
    list: Vec<(Style, u32)>,
    /// The line above is the title of an item, whose text follows.
    is_below_title: bool,
}

/// For each block, whether it is an item of a box.
fn items(blocks: &[Block]) -> Vec<bool> {
    let mut is_item = vec![false; blocks.len()];
    let numbers: Vec<Option<Ordinal>> = blocks
        .iter()
        .map(|block| ordinal::scan(&block.text).filter(|_| block.is_open()))
        .collect();
    let mut outer: HashMap<Style, u32> = HashMap::new();
    let mut open: Option<Open> = None;
    for (idx, block) in blocks.iter().enumerate() {
        if is_caption(block) {
            open = (!is_framed(blocks, idx)).then(Open::default);
            continue;
        }
        match block.role {
            Role::Open if block.text.is_empty() => continue,
            Role::Open => {}
            Role::TableNote | Role::Dropped(_) | Role::Row(_) | Role::Head(_) => continue,
            _ => {
                open = None;
                continue;
            }
        }
        let rest = numbers.get(idx + 1..).unwrap_or_default();
        let Some(number) = &numbers[idx] else {
            let belongs = open.as_ref().is_some_and(|open| {
                holds(block, open) || goes_on_behind(open, &outer, rest, blocks, idx)
            });
            if let Some(open) = open.as_mut().filter(|_| belongs) {
                is_item[idx] = true;
                open.is_below_title = is_title(&block.text);
            } else {
                open = None;
            }
            continue;
        };
        if let Some(open) = &mut open
            && goes_on(&mut open.list, number, &outer, rest)
        {
            is_item[idx] = true;
            open.is_below_title = is_title(tail(&block.text, number.rest));
            continue;
        }
        open = None;
        outer.retain(|style, _| *style <= number.style);
        outer.insert(number.style, number.value);
    }
    is_item
}

/// Says whether a line without a number is built as an item of the box.
fn holds(block: &Block, open: &Open) -> bool {
    let text = block.text.as_str();
    if block.mark_level > 0 || unnumbered::is_known_head(text) {
        return false;
    }
    if open.is_below_title {
        return true;
    }
    let is_bulleted = text.starts_with(['●', '■', '◆', '•', '▪', '○', '□', '★', '▲']);
    is_bulleted || open.list.is_empty() && (has_label(text) || is_title(text))
}

/// 铁路。建成…, 航运服务集聚区：建设…: a short label before what it stands for.
fn has_label(text: &str) -> bool {
    let label = marks(text).find(|(_, c)| matches!(c, '。' | '：' | ':' | '，' | ','));
    label.is_some_and(|(at, c)| {
        let is_end = matches!(c, '。' | '：' | ':');
        let words = super::block::head(text, at);
        let behind = tail(text, at + c.len_utf8());
        is_end
            && (2..=MAX_LABEL_CHARS).contains(&words.chars().count())
            && !trim(behind).is_empty()
            && !sentence::opens_as_prose(words)
    })
}

/// The title of an item, alone on its line.
fn is_title(text: &str) -> bool {
    !text.ends_with(['。', '；']) && sentence::is_title(text, MAX_TITLE_CHARS)
}

/// Says whether the list of the box goes on with the next number.
fn goes_on_behind(
    open: &Open,
    outer: &HashMap<Style, u32>,
    rest: &[Option<Ordinal>],
    blocks: &[Block],
    idx: usize,
) -> bool {
    let Some(n_between) = rest.iter().position(Option::is_some) else {
        return false;
    };
    let between = blocks.iter().skip(idx + 1).take(n_between);
    let is_whole = !open.list.is_empty()
        && between
            .into_iter()
            .all(|block| block.is_open() && block.mark_level == 0);
    let behind = rest.get(n_between + 1..).unwrap_or_default();
    let number = rest.get(n_between).and_then(Option::as_ref);
    is_whole && number.is_some_and(|number| goes_on(&mut open.list.clone(), number, outer, behind))
}

fn is_caption(block: &Block) -> bool {
    block.role == Role::Caption && block.text.starts_with("专栏")
}

/// Says whether a frame of the source tells where the box ends.
fn is_framed(blocks: &[Block], caption: usize) -> bool {
    let own = blocks.get(caption).and_then(|block| block.frame);
    let mut below = blocks.iter().skip(caption + 1);
    let next = below.find(|block| !matches!(block.role, Role::Dropped(_) | Role::TableNote));
    let frame = next.and_then(|next| next.frame);
    frame.is_some() && (own.is_none() || own == frame)
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
    fn lines_built_as_items_belong_to_the_box() {
        check(&[
            "1.推进",
            "专栏1 工程",
            "*铁路。建成两条。",
            "*水运：新增航道。",
            "*换乘枢纽",
            "*建设枢纽十座，改造枢纽两座。",
            "2.完善",
        ]);
        check(&[
            "专栏1 工程",
            "*1.码头。新建泊位，改造泊位。",
            "*同步建设岸电，推广使用。",
            "*2.航道。疏浚航道。",
            "在此基础上，推进港口建设，完善服务。",
        ]);
        check(&[
            "专栏1 工程",
            "在此基础上，推进港口建设，完善服务。",
            "铁路。建成。",
        ]);
    }
}
