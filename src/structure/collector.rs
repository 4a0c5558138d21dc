//! What a collector wrote above a text: `- publish_date: 2020-12-07`, front matter.
//!
//! A run of keys with values near the head is a list of facts and no text of the
//! document, whatever the keys mean; so is the collector's own heading above it.

use super::block::{Block, Front, Role};
use super::{front, labels};

/// The list begins within so many lines.
const MAX_HEAD_BLOCKS: usize = 8;
/// Fewer keys are no list.
const MIN_KEYS: usize = 3;
/// A key of Latin letters is not longer.
const MAX_KEY_CHARS: usize = 32;

/// Marks the list at the head, if there is one.
pub(super) fn mark(blocks: &mut [Block]) {
    let Some(begin) = (0..blocks.len().min(MAX_HEAD_BLOCKS))
        .find(|idx| blocks[*idx].is_open() && has_key(&blocks[*idx].text))
    else {
        return;
    };
    let is_of_list = |block: &Block| matches!(block.role, Role::Dropped(_)) || has_key(&block.text);
    let n_lines = blocks
        .iter()
        .skip(begin)
        .take_while(|block| is_of_list(block))
        .count();
    let list = || blocks.iter().skip(begin).take(n_lines);
    let n_keys = list().filter(|block| block.is_open()).count();
    let has_latin = list().any(|block| block.is_open() && is_latin_key(&block.text));
    if n_keys < MIN_KEYS || !has_latin {
        return;
    }
    for block in blocks.iter_mut().skip(begin).take(n_lines) {
        if block.is_open() {
            block.role = Role::Front(Front::Label);
        }
    }
    let above = blocks.iter_mut().take(begin);
    for block in above.filter(|block| block.is_open()) {
        if !front::is_whole_title(&block.text) {
            block.role = Role::Front(Front::Other);
        }
    }
}

fn has_key(text: &str) -> bool {
    is_latin_key(text) || labels::first(text).is_some()
}

/// `http_status: 200`.
fn is_latin_key(text: &str) -> bool {
    let Some((key, _)) = text.split_once([':', '：']) else {
        return false;
    };
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    (2..=MAX_KEY_CHARS).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(is_letter)
        && !key.eq_ignore_ascii_case("http")
        && !key.eq_ignore_ascii_case("https")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &str) {
        let mut blocks = opened(lines);
        mark(&mut blocks);
        let roles: String = blocks
            .iter()
            .map(|block| match block.role {
                Role::Front(Front::Label) => 'L',
                Role::Front(_) => 'F',
                _ => '.',
            })
            .collect();
        assert_eq!(roles, expect, "{lines:?}");
    }

    #[test]
    fn keys_above_a_text_are_facts() {
        check(
            &[
                "原件固化",
                "corpus_id: x-1",
                "title: 某市规划",
                "http_status: 200",
                "某市规划",
                "一、总则",
            ],
            "FLLL..",
        );
        check(
            &[
                "id: 7",
                "标题：某市规划",
                "文号：某政〔2024〕2号",
                "某市规划",
            ],
            "LLL.",
        );
    }

    #[test]
    fn a_label_or_two_above_a_text_are_left_to_others() {
        check(&["某市规划", "来源：某网", "日期：2024-01-01"], "...");
        check(&["title: 某市规划", "一、总则"], "..");
    }
}
