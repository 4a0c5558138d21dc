//! 目录 and what is left of it.
//!
//! A table of contents repeats headings; its entries are dropped. It reaches
//! from 目录 to the place where its first entry comes again. What cannot come
//! again (an entry cut in two) is known by its page number.

use super::block::{Block, Role};
use super::ordinal;
use plansearch_document::DropReason;
use std::collections::HashMap;

/// More entries than this are no table of contents.
const MAX_ENTRIES: usize = 600;
/// So many headings in a row that all come again are one, without the word 目录.
const MIN_UNNAMED: usize = 4;

/// Drops tables of contents.
pub(super) fn mark(blocks: &mut [Block]) {
    let keys: Vec<String> = blocks.iter().map(|block| key(&block.text)).collect();
    let mut last_place: HashMap<&str, usize> = HashMap::new();
    for (idx, key) in keys.iter().enumerate() {
        if !key.is_empty() {
            last_place.insert(key, idx);
        }
    }
    let comes_again = |idx: usize| last_place.get(keys[idx].as_str()).filter(|at| **at > idx);
    let mut idx = 0;
    while idx < blocks.len() {
        let is_named = blocks[idx].is_open() && is_contents_title(&blocks[idx].text);
        let begin = idx + usize::from(is_named);
        let end = if is_named {
            named_end(blocks, begin, &comes_again)
        } else {
            unnamed_end(blocks, idx, &comes_again)
        };
        for block in blocks
            .iter_mut()
            .take(end)
            .skip(idx)
            .filter(|block| block.is_open())
        {
            block.role = Role::Dropped(DropReason::Contents);
        }
        idx = end.max(idx + 1);
    }
    for block in blocks.iter_mut().filter(|block| block.is_open()) {
        if has_leader(&block.text) {
            block.role = Role::Dropped(DropReason::Contents);
        }
    }
}

fn is_contents_title(text: &str) -> bool {
    matches!(
        super::block::without_blanks(text).as_str(),
        "目录" | "目次" | "目录：" | "【目录】"
    )
}

/// The end of a table of contents that begins at `begin`.
fn named_end<'a>(
    blocks: &[Block],
    begin: usize,
    comes_again: &impl Fn(usize) -> Option<&'a usize>,
) -> usize {
    let limit = blocks.len().min(begin + MAX_ENTRIES);
    let again = (begin..limit)
        .take(12)
        .filter(|idx| blocks[*idx].is_open())
        .find_map(|idx| first_return(blocks, idx, limit, comes_again));
    if let Some(again) = again {
        // The preamble between the entries and the first heading is text.
        let is_prose = |idx: &usize| {
            let block = &blocks[*idx];
            block.is_open() && block.text.ends_with(['。', '；']) && comes_again(*idx).is_none()
        };
        return (begin..again).find(is_prose).unwrap_or(again);
    }
    (begin..limit)
        .find(|idx| blocks[*idx].is_open() && !ends_in_page(&blocks[*idx].text))
        .unwrap_or(limit)
}

/// Where the entry at `idx` comes again, with only short lines in between.
fn first_return<'a>(
    blocks: &[Block],
    idx: usize,
    limit: usize,
    comes_again: &impl Fn(usize) -> Option<&'a usize>,
) -> Option<usize> {
    comes_again(idx)?;
    let entry = key(&blocks[idx].text);
    (idx + 1..limit)
        .take_while(|at| blocks[*at].text.chars().count() <= 80)
        .find(|at| key(&blocks[*at].text) == entry)
}

/// The end of a run of headings that all come again, or `begin` when there is none.
fn unnamed_end<'a>(
    blocks: &[Block],
    begin: usize,
    comes_again: &impl Fn(usize) -> Option<&'a usize>,
) -> usize {
    let mut end = begin;
    let mut last = 0;
    while let Some(block) = blocks.get(end)
        && block.is_open()
        && block.text.chars().count() <= 60
        && !block.text.ends_with(['。', '；', '：', '，'])
        && ordinal::scan(&block.text).is_some()
        && let Some(again) = comes_again(end)
        && *again > last
    {
        last = *again;
        end += 1;
    }
    let returns_later = comes_again(begin).is_some_and(|again| *again >= end);
    if end - begin >= MIN_UNNAMED && returns_later {
        end
    } else {
        begin
    }
}

/// An entry without blanks, leaders and page number.
fn key(text: &str) -> String {
    if text.len() > 400 {
        return String::new();
    }
    let words = without_page(text);
    words
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '(' | ')' | '（' | '）'))
        .collect()
}

fn without_page(text: &str) -> &str {
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let n_digits = text.len() - words.len();
    let separated = words.ends_with(|c: char| c.is_whitespace() || LEADERS.contains(&c));
    if (1..=3).contains(&n_digits) && separated {
        words
    } else {
        text
    }
}

const LEADERS: [char; 5] = ['.', '…', '·', '．', '-'];

fn ends_in_page(text: &str) -> bool {
    text.chars().count() <= 80 && without_page(text).len() < text.len()
}

/// Dots that lead to a page number: no other line has them.
pub(super) fn has_leader(text: &str) -> bool {
    let words = without_page(text);
    words.len() < text.len()
        && (words.ends_with("...") || words.ends_with("……") || words.ends_with("···"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect_open: &[&str]) {
        let mut blocks = opened(lines);
        mark(&mut blocks);
        let open: Vec<&str> = blocks
            .iter()
            .filter(|b| b.is_open())
            .map(|b| b.text.as_str())
            .collect();
        assert_eq!(open, expect_open);
    }

    #[test]
    fn the_preamble_behind_the_contents_stays() {
        check(
            &[
                "目 录",
                "一、发展基础.......1",
                "二、总体要求.......3",
                "海洋是高质量发展战略要地，为加快发展，编制本规划。",
                "一、发展基础",
                "文。",
                "二、总体要求",
                "文。",
            ],
            &[
                "海洋是高质量发展战略要地，为加快发展，编制本规划。",
                "一、发展基础",
                "文。",
                "二、总体要求",
                "文。",
            ],
        );
    }

    #[test]
    fn the_contents_reach_to_the_first_entry_again() {
        check(
            &[
                "规划",
                "目 录",
                "第一章 背景......1",
                "第一节 成果 2",
                "远景",
                "目标 16",
                "第一章 背景",
                "第一节 成果",
                "正文。",
            ],
            &["规划", "第一章 背景", "第一节 成果", "正文。"],
        );
        check(
            &[
                "目录",
                "一、要求",
                "二、任务",
                "一、要求",
                "文。",
                "二、任务",
            ],
            &["一、要求", "文。", "二、任务"],
        );
    }

    #[test]
    fn remains_are_known_by_their_page_number() {
        check(
            &["目 录", "远景目标 16", "第一章 背景", "正文。"],
            &["第一章 背景", "正文。"],
        );
    }

    #[test]
    fn contents_without_a_title_are_headings_that_all_come_again() {
        let entries = ["一、甲", "二、乙", "三、丙", "四、丁"];
        let lines: Vec<&str> = entries.into_iter().chain(entries).collect();
        check(&lines, &entries);
    }
}
