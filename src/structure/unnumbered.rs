//! Headings without a number.
//!
//! 前言, 附则 and their like are known by name; Markdown headings by their mark;
//! in a document that has no number at all, titles alone on their lines count.
//! Everywhere else a short line without a number stays text.

use super::block::{Block, HeadingKind, HeadingMark, Role, without_blanks};
use super::words::{self, List};
use super::{official, sentence};

/// The longest title of a Markdown heading.
const MAX_TITLE_CHARS: usize = 60;

/// 前言, 附则 … alone on a line: heads that plans have without a number.
pub(super) fn is_known_head(text: &str) -> bool {
    text.len() < 60 && words::has(List::KnownHeads, &known_head(text))
}

fn known_head(text: &str) -> String {
    without_blanks(text)
        .trim_end_matches(['：', ':'])
        .to_owned()
}

/// Makes a known head, or a Markdown heading without a number, a heading.
pub(super) fn marked(block: Block) -> Block {
    let is_head = block.is_open()
        && (is_known_head(&block.text)
            || block.mark_level > 0 && sentence::is_title(&block.text, MAX_TITLE_CHARS));
    if !is_head {
        return block;
    }
    let title = if is_known_head(&block.text) {
        known_head(&block.text)
    } else {
        block.text.clone()
    };
    let mark = HeadingMark {
        kind: HeadingKind::Unnumbered,
        number: String::new(),
        title,
        mark_level: block.mark_level,
    };
    Block {
        role: Role::Heading(mark),
        ..block
    }
}

/// In a document without any number, titles alone on their lines are its heads:
/// short, without punctuation, each above prose or above another one.
pub(super) fn mark_lone_titles(blocks: &mut [Block]) {
    let is_lone = |block: &Block| {
        block.is_open()
            && block.text.chars().count() <= MAX_LONE_CHARS
            && sentence::is_title(&block.text, MAX_LONE_CHARS)
            && !block.text.contains(['，', ',', '！', '？'])
            && !official::is_organisation(&block.text)
    };
    let is_prose = |block: &Block| block.is_open() && block.text.ends_with(['。', '：', '；']);
    let lone: Vec<usize> = (0..blocks.len())
        .filter(|idx| {
            let mut behind = blocks.iter().skip(idx + 1);
            let mut next = || behind.find(|block| !matches!(block.role, Role::Dropped(_)));
            is_lone(&blocks[*idx]) && next().is_some_and(|next| is_lone(next) || is_prose(next))
        })
        .collect();
    let n_prose = blocks.iter().filter(|block| is_prose(block)).count();
    if lone.len() < MIN_LONE_TITLES || lone.len() > n_prose * 2 {
        return;
    }
    for idx in lone {
        blocks[idx].role = Role::Heading(HeadingMark {
            kind: HeadingKind::Unnumbered,
            number: String::new(),
            title: blocks[idx].text.clone(),
            mark_level: 0,
        });
    }
}

/// The longest and the fewest of titles without any number.
const MAX_LONE_CHARS: usize = 20;
const MIN_LONE_TITLES: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expect_heads: &[&str]) {
        let mut blocks: Vec<Block> = lines
            .iter()
            .enumerate()
            .map(|(line, text)| marked(Block::open(text, line)))
            .collect();
        mark_lone_titles(&mut blocks);
        let heads = blocks.iter().filter(|block| !block.is_open());
        let heads: Vec<&str> = heads.map(|block| block.text.as_str()).collect();
        assert_eq!(heads, expect_heads);
    }

    #[test]
    fn known_heads_need_no_number() {
        check(&["前　言", "文。", "名词解释："], &["前　言", "名词解释："]);
    }

    #[test]
    fn lone_titles_need_company() {
        check(
            &["发展基础", "文。", "总体要求", "文。", "保障", "文。"],
            &["发展基础", "总体要求", "保障"],
        );
        check(&["发展基础", "文。", "总体要求", "文。"], &[]);
    }
}
