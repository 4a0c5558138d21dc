//! What printed pages leave in a text: page numbers and running heads.
//!
//! Forms with marks of their own (— 3 —, 第3页) are page numbers anywhere; bare
//! digits only where they rise with a page of text between them. Short lines that
//! stand beside page numbers again and again are running heads.

use super::block::{Block, Role, without_blanks};
use std::collections::HashMap;

/// Why a page number is left out.
pub(super) const PAGE_NUMBER: &str = "页码";
const RUNNING_HEAD: &str = "页眉";

/// Marks bare page numbers and running heads.
pub(super) fn mark(blocks: &mut [Block]) {
    mark_page_numbers(blocks);
    mark_running_heads(blocks);
}

/// Says whether the reason is one of printed pages, which cut paragraphs in two.
pub(super) fn is_page_reason(reason: &str) -> bool {
    reason == PAGE_NUMBER || reason == RUNNING_HEAD
}

/// — 3 —, 第3页 共20页, 3/20: forms that carry their own marks.
pub(super) fn is_page_number(squeezed: &str) -> bool {
    let inner = squeezed.trim_matches(['—', '-', '－', '–', '·', '─']);
    let is_dashed = inner.len() < squeezed.len() && is_small_number(inner);
    let words = inner.replace(['第', '页', '共', '/', '，', ','], "");
    let is_counted = inner.starts_with('第') && inner.ends_with('页') && is_small_number(&words);
    is_dashed && squeezed.chars().count() >= 3 || is_counted
}

fn is_small_number(text: &str) -> bool {
    (1..=4).contains(&text.chars().count())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// Lines of bare digits are page numbers when at least three of them rise and a
/// page of text stands between them; in a table that lost its lines they count
/// rows.
fn mark_page_numbers(blocks: &mut [Block]) {
    let mut bare: Vec<(usize, u32)> = Vec::new();
    let mut n_chars = MIN_PAGE_CHARS;
    for (idx, block) in blocks.iter().enumerate() {
        if !block.is_open() || !is_small_number(&block.text) {
            n_chars += block.text.chars().count();
            continue;
        }
        if n_chars >= MIN_PAGE_CHARS {
            bare.extend(block.text.parse().ok().map(|number: u32| (idx, number)));
        }
        n_chars = 0;
    }
    let n_rising = bare
        .windows(2)
        .filter(|pair| pair[1].1 == pair[0].1 + 1)
        .count();
    if n_rising >= 2 && n_rising * 3 >= bare.len() {
        for (idx, _) in bare {
            blocks[idx].role = Role::Dropped(PAGE_NUMBER);
        }
    }
}

const MIN_PAGE_CHARS: usize = 100;

/// A short line that stands beside page numbers again and again is a running head.
fn mark_running_heads(blocks: &mut [Block]) {
    let is_page =
        |block: Option<&Block>| block.is_some_and(|block| block.role == Role::Dropped(PAGE_NUMBER));
    let mut beside: HashMap<String, (usize, usize)> = HashMap::new();
    for (idx, block) in blocks.iter().enumerate() {
        if block.is_open() && block.text.chars().count() <= 40 {
            let counts = beside.entry(without_blanks(&block.text)).or_default();
            counts.0 += 1;
            let touches = is_page(blocks.get(idx + 1)) || idx > 0 && is_page(blocks.get(idx - 1));
            counts.1 += usize::from(touches);
        }
    }
    for block in blocks.iter_mut().filter(|block| block.is_open()) {
        let counts = beside.get(&without_blanks(&block.text));
        if counts.is_some_and(|(n_all, n_beside)| *n_all >= 3 && n_beside * 2 > *n_all) {
            block.role = Role::Dropped(RUNNING_HEAD);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expect_open: &[&str]) {
        let mut blocks: Vec<Block> = lines
            .iter()
            .enumerate()
            .map(|(line, text)| {
                if is_page_number(&without_blanks(text)) {
                    Block::with_role(text, line, Role::Dropped(PAGE_NUMBER))
                } else {
                    Block::open(text, line)
                }
            })
            .collect();
        mark(&mut blocks);
        let open = blocks.iter().filter(|block| block.is_open());
        let open: Vec<&str> = open.map(|block| block.text.as_str()).collect();
        assert_eq!(open, expect_open);
    }

    #[test]
    fn page_numbers_and_running_heads_go() {
        check(
            &[
                "甲",
                "— 1 —",
                "某规划",
                "乙",
                "— 2 —",
                "某规划",
                "丙",
                "— 3 —",
                "某规划",
                "第 4 页 共 9 页",
            ],
            &["甲", "乙", "丙"],
        );
        let page = "推进现代产业体系建设。".repeat(10);
        let pages = [page.as_str(), "1", &page, "2", &page, "3"];
        check(&pages, &[&page, &page, &page]);
        let rows = ["序号", "1", "产值", "2", "增速", "3"];
        check(&rows, &rows);
    }
}
