//! What a web page has above and below the text: its menu before the trail of
//! links, and links, notes and disclaimers behind the text.
//!
//! Only short lines go that stand between a sure sign of the page (当前位置,
//! 责任编辑 …) and the edge of the text; where one line there is prose or has a
//! number, the lines below stay.

use super::block::{Block, Role, without_blanks};
use super::words::{self, List};
use super::{front, labels, official, ordinal};
use plansearch_document::DropReason;

/// Marks the lines at both edges among the open blocks. Lines that are furniture
/// by themselves are known.
pub(super) fn mark(blocks: &mut [Block]) {
    mark_menu(blocks);
    mark_tail(blocks);
}

/// The names of a menu: between 首页 and the trail of links, or right behind 首页.
fn mark_menu(blocks: &mut [Block]) {
    // A trail below the text says nothing of what is above.
    let is_text = |block: &Block| {
        block.is_open()
            && (block.text.ends_with(['。', '；', '：'])
                || block.text.chars().count() > MAX_ABOVE_CHARS
                || ordinal::scan(&block.text).is_some())
    };
    let text = blocks.iter().position(is_text).unwrap_or(blocks.len());
    let near = text.min(MAX_MENU_BLOCKS);
    let trail = (0..near).rev().find(|idx| is_trail(&blocks[*idx]));
    let home = (0..near)
        .find(|idx| !blocks[*idx].is_open() && without_blanks(&blocks[*idx].text) == "首页");
    let run_end = home.map(|home| {
        (home + 1..near)
            .find(|idx| blocks[*idx].is_open() && !is_menu_item(&blocks[*idx].text, MAX_RUN_CHARS))
            .unwrap_or(near)
    });
    let n_run = run_end.zip(home).map_or(0, |(end, home)| end - home - 1);
    let end = match trail {
        Some(trail) => trail,
        None if n_run >= MIN_RUN => run_end.unwrap_or(0),
        None => return,
    };
    for block in blocks.iter_mut().take(end) {
        if block.is_open() && is_menu_item(&block.text, MAX_MENU_CHARS) {
            block.role = Role::Dropped(DropReason::Furniture);
        }
    }
}

const MAX_MENU_BLOCKS: usize = 60;
const MAX_MENU_CHARS: usize = 16;
/// Above a text stand titles and names, which are not longer.
const MAX_ABOVE_CHARS: usize = 60;
/// Items behind 首页 without a trail are not longer, and not fewer.
const MAX_RUN_CHARS: usize = 8;
const MIN_RUN: usize = 2;

fn is_trail(block: &Block) -> bool {
    !block.is_open()
        && (block.text.contains(['>', '»', '›'])
            || ["当前位置", "当前所在", "您的位置", "所在位置"]
                .iter()
                .any(|word| block.text.contains(word)))
}

fn is_menu_item(text: &str, max_chars: usize) -> bool {
    let squeezed = without_blanks(text);
    squeezed.chars().count() <= max_chars
        && !squeezed.contains(['。', '，', '；', '：', ':', '《', '〔', '|'])
        && !squeezed.contains(|c: char| c.is_ascii_digit())
        && ordinal::scan(text).is_none()
        && labels::first(text).is_none()
        && official::whole_date(text).is_none()
        && !(front::is_whole_title(text) && squeezed.chars().count() >= MIN_TITLE_CHARS)
}

/// Shorter names that end as titles do are of the menu (政策解读, 通知公告).
const MIN_TITLE_CHARS: usize = 8;

/// Short lines behind the first link or editor's note at the end of a page are
/// its links, not its text.
fn mark_tail(blocks: &mut [Block]) {
    let begin = blocks.len().saturating_sub(MAX_TAIL_BLOCKS);
    let starts_tail = |block: &Block| {
        let words = block.text.trim_start_matches(['(', '（', '[', '【']);
        words::starts(List::WebTail, words) || words::starts(List::WebTail, &block.text)
    };
    let Some(at) =
        (begin..blocks.len()).find(|idx| !blocks[*idx].is_open() && starts_tail(&blocks[*idx]))
    else {
        return;
    };
    let may_be_link = |block: &Block| {
        let is_short =
            block.text.chars().count() <= MAX_LINK_CHARS && ordinal::scan(&block.text).is_none();
        is_short || is_disclaimer(&block.text)
    };
    if blocks
        .iter()
        .skip(at)
        .all(|block| !block.is_open() || may_be_link(block))
    {
        for block in blocks.iter_mut().skip(at).filter(|block| block.is_open()) {
            block.role = Role::Dropped(DropReason::Furniture);
        }
    }
}

const MAX_TAIL_BLOCKS: usize = 40;
const MAX_LINK_CHARS: usize = 60;

/// 凡本网注明…的所有作品，版权均属于本网。
fn is_disclaimer(text: &str) -> bool {
    let opens = [
        "版权声明",
        "免责声明",
        "声明：",
        "凡本网",
        "本网",
        "本站",
        "凡注明",
        "①凡",
        "②凡",
    ];
    let words = ordinal::scan(text).map_or(text, |number| super::block::tail(text, number.rest));
    let names_page = ["本网", "本站", "版权", "转载"]
        .iter()
        .any(|word| words.contains(word));
    names_page && opens.iter().any(|word| words.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::super::furniture;
    use crate::block::opened;

    fn check(lines: &[&str], expect_open: &[&str]) {
        let mut blocks = opened(lines);
        furniture::mark(&mut blocks);
        let open: Vec<&str> = blocks
            .iter()
            .filter(|b| b.is_open())
            .map(|b| b.text.as_str())
            .collect();
        assert_eq!(open, expect_open);
    }

    #[test]
    fn the_menu_above_the_trail_goes() {
        check(
            &[
                "首页",
                "政务公开",
                "通知公告",
                "您当前所在位置：首页 > 政务公开 > 市政府文件",
                "滨江市养老服务发展规划",
                "一、总体要求",
            ],
            &["滨江市养老服务发展规划", "一、总体要求"],
        );
        check(
            &[
                "首页",
                "走进滨江",
                "政务公开",
                "互动交流",
                "滨江市养老服务发展规划",
            ],
            &["滨江市养老服务发展规划"],
        );
        check(
            &["首页", "前言", "为加快发展，编制本规划。"],
            &["前言", "为加快发展，编制本规划。"],
        );
    }

    #[test]
    fn a_trail_below_the_text_leaves_it_alone() {
        let lines = [
            "滨江市养老服务发展规划",
            "前言",
            "为加快发展，编制本规划。",
            "滨江市民政局",
            "当前位置：首页 > 政务公开",
        ];
        check(&lines, &lines[..4]);
    }

    #[test]
    fn links_and_disclaimers_behind_the_text_go() {
        check(
            &[
                "为实现规划目标而努力奋斗。",
                "（完）",
                "相关新闻",
                "省委全会举行 审议通过规划建议",
                "编辑：张三",
                "热门推荐",
                "今冬第一场雪来了",
                "版权声明：凡本网注明“来源：临川日报”的所有作品，版权均属于本网，未经授权不得转载、摘编或者以其他方式使用上述作品，违者本网将依法追究其相关法律责任。",
            ],
            &["为实现规划目标而努力奋斗。"],
        );
    }

    #[test]
    fn text_behind_a_note_stays() {
        let lines = [
            "责任编辑：李四",
            "为贯彻落实决策部署，推进城市高质量发展，全面提升城市功能品质和治理水平，增强人民群众获得感、幸福感、安全感，制定本方案。",
            "一、总体要求",
        ];
        check(&lines, &lines[1..]);
    }
}
