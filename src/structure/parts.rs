//! Texts that a notice issues together, one after the other in one file.
//!
//! 关于印发《某制度》等三项制度的通知: each text has its title and counts from 第一条
//! anew. Its title is the heading of what follows, so that the first article of one
//! is not taken for that of another. Only a title directly above a number 1 of the
//! leading style counts, where this style has counted further before.

use super::block::{Block, Front, HeadingKind, HeadingMark, Role};
use super::ordinal::{self, Ordinal, Style};
use super::{front, title, torn};

/// The longest title of a text.
const MAX_TITLE_CHARS: usize = 50;

/// Makes the titles of the second and further texts headings, and that of the first
/// one where a notice stands above it.
pub(super) fn mark(blocks: &mut [Block]) {
    let numbers: Vec<Option<Ordinal>> = blocks.iter().map(number).collect();
    let Some(top) = numbers.iter().flatten().map(|number| number.style).min() else {
        return;
    };
    let mut heads: Vec<usize> = (1..blocks.len())
        .filter(|idx| begins_again(blocks, &numbers, *idx, top))
        .collect();
    if heads.is_empty() {
        return;
    }
    heads.extend(first_title(blocks, &numbers));
    for idx in heads {
        let title = blocks[idx].text.clone();
        blocks[idx].role = Role::Heading(HeadingMark {
            kind: HeadingKind::Attachment,
            number: String::new(),
            title,
            mark_level: 0,
        });
    }
}

/// The number of a line that divides a whole text.
fn number(block: &Block) -> Option<Ordinal> {
    let number = ordinal::scan(&block.text).filter(|_| block.is_open())?;
    (number.style <= Style::Chinese && !number.is_bare).then_some(number)
}

/// Says whether a title at `idx` stands above the first number of a new text.
fn begins_again(blocks: &[Block], numbers: &[Option<Ordinal>], idx: usize, top: Style) -> bool {
    let is_of_top = |number: &&Ordinal| number.style == top;
    let before = || numbers.iter().take(idx).flatten().filter(is_of_top);
    let above = || blocks.iter().take(idx).rev().find(|block| is_text(block));
    is_title(&blocks[idx])
        && opens(blocks, numbers, idx).is_some_and(|number| number.style == top)
        && before().any(|number| number.value > 1)
        && above().is_none_or(|block| !block.is_open() || torn::ends_sentence(&block.text))
}

fn is_text(block: &Block) -> bool {
    !block.text.is_empty() && !matches!(block.role, Role::Dropped(_))
}

fn is_title(block: &Block) -> bool {
    block.is_open()
        && block.text.chars().count() <= MAX_TITLE_CHARS
        && front::is_whole_title(&block.text)
        && front::is_title_line(&block.text)
}

/// The number 1 of the next line, a preamble of a few sentences aside.
fn opens<'a>(blocks: &[Block], numbers: &'a [Option<Ordinal>], idx: usize) -> Option<&'a Ordinal> {
    let mut texts = (idx + 1..blocks.len()).filter(|at| is_text(&blocks[*at]));
    let is_preamble = |at: &usize| {
        let block = &blocks[*at];
        block.is_open() && numbers[*at].is_none() && block.text.ends_with('。')
    };
    let mut n_preamble = 0;
    let next = texts.find(|at| {
        n_preamble += 1;
        n_preamble > MAX_PREAMBLE || !is_preamble(at)
    })?;
    numbers[next].as_ref().filter(|number| number.value == 1)
}

/// More sentences above the first number are no preamble.
const MAX_PREAMBLE: usize = 2;

/// The title of the first text, when a notice that issues it stands above.
fn first_title(blocks: &[Block], numbers: &[Option<Ordinal>]) -> Option<usize> {
    let is_front_title = |block: &Block| block.role == Role::Front(Front::Title);
    let at = (0..blocks.len())
        .find(|idx| is_front_title(&blocks[*idx]) && opens(blocks, numbers, *idx).is_some())?;
    let mut above = blocks.iter().take(at).filter(|block| is_front_title(block));
    above
        .any(|block| title::hands_over(&block.text))
        .then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &str) {
        let mut blocks = opened(lines);
        front::mark(&mut blocks, 0, None);
        mark(&mut blocks);
        let roles: String = blocks
            .iter()
            .map(|block| match block.role {
                Role::Heading(_) => 'H',
                Role::Front(_) => 'F',
                _ => '.',
            })
            .collect();
        assert_eq!(roles, expect, "{lines:?}");
    }

    #[test]
    fn each_text_of_a_notice_has_its_heading() {
        check(
            &[
                "某局关于印发《某局接待制度》等两项制度的通知",
                "局属各单位：",
                "现印发给你们，请遵照执行。",
                "某局接待制度",
                "第一条 规范接待。",
                "第二条 严控标准。",
                "第三条 自印发之日起施行。",
                "某局用车制度",
                "第一条 规范用车。",
                "第二条 统一调度。",
            ],
            "FFFH...H..",
        );
    }

    #[test]
    fn a_title_above_a_deeper_number_is_text() {
        check(
            &[
                "某市规划",
                "第一章 总则",
                "一、背景。",
                "二、依据。",
                "第二章 任务",
                "主要工作措施",
                "一、发展产业。",
            ],
            "F......",
        );
    }
}
