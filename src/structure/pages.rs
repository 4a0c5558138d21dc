//! What printed pages leave in a text: page numbers and running heads.
//!
//! Forms with marks of their own (— 3 —, 第3页) are page numbers anywhere; bare
//! digits only where they rise with a page of text between them. Short lines that
//! stand beside page numbers again and again are running heads.

use super::block::{Block, Role, without_blanks};
use super::front;
use plansearch_document::DropReason;
use std::collections::HashMap;

/// Marks page numbers and running heads among the open blocks.
pub(super) fn mark(blocks: &mut [Block]) {
    let texts: Vec<&str> = blocks
        .iter()
        .map(|block| match block.role {
            Role::Open | Role::Dropped(DropReason::PageNumber) => block.text.as_str(),
            _ => "",
        })
        .collect();
    let found = find(&texts);
    for (block, reason) in blocks.iter_mut().zip(found) {
        if let Some(reason) = reason.filter(|_| block.is_open()) {
            block.role = Role::Dropped(reason);
        }
    }
}

/// For each line, why it is what a page left there, if it is.
pub(super) fn find(lines: &[&str]) -> Vec<Option<DropReason>> {
    let mut found: Vec<Option<DropReason>> = lines
        .iter()
        .map(|line| {
            let is_number = line.len() <= MAX_HEAD_BYTES && is_page_number(&without_blanks(line));
            is_number.then_some(DropReason::PageNumber)
        })
        .collect();
    for idx in bare_numbers(lines) {
        found[idx] = Some(DropReason::PageNumber);
    }
    for idx in running_heads(lines, &found) {
        found[idx] = Some(DropReason::RunningHead);
    }
    found
}

/// — 3 —, 第3页 共20页, 3/20: forms that carry their own marks.
pub(super) fn is_page_number(squeezed: &str) -> bool {
    let inner = squeezed.trim_matches(['—', '-', '－', '–', '·', '─']);
    let is_dashed = inner.len() < squeezed.len() && is_small_number(inner);
    let words = inner.replace(['第', '页', '共', '/', '，', ','], "");
    let is_counted = inner.starts_with('第') && inner.ends_with('页') && is_small_number(&words);
    let is_of_all = squeezed.split_once('/').is_some_and(|(page, all)| {
        let number = |text: &str| text.parse::<u32>().ok().filter(|_| is_small_number(text));
        number(page).is_some_and(|page| page >= 1 && number(all).is_some_and(|all| page <= all))
    });
    is_dashed && squeezed.chars().count() >= 3 || is_counted || is_of_all
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
fn bare_numbers(lines: &[&str]) -> Vec<usize> {
    let mut bare: Vec<(usize, u32)> = Vec::new();
    let mut n_chars = MIN_PAGE_CHARS;
    for (idx, line) in lines.iter().enumerate() {
        let line = line.trim();
        if !is_small_number(line) {
            n_chars += line.chars().count();
            continue;
        }
        if n_chars >= MIN_PAGE_CHARS {
            bare.extend(line.parse().ok().map(|number: u32| (idx, number)));
        }
        n_chars = 0;
    }
    let n_rising = bare
        .windows(2)
        .filter(|pair| pair[1].1 == pair[0].1 + 1)
        .count();
    let are_pages = n_rising >= 2 && n_rising * 3 >= bare.len();
    let places = bare.into_iter().map(|(idx, _)| idx);
    places.filter(|_| are_pages).collect()
}

const MIN_PAGE_CHARS: usize = 100;

/// Short lines that stand beside page numbers again and again. Where such a line
/// stands elsewhere it is the title, unless it is one that a browser made.
fn running_heads(lines: &[&str], found: &[Option<DropReason>]) -> Vec<usize> {
    let filled: Vec<usize> = (0..lines.len())
        .filter(|idx| !lines[*idx].trim().is_empty())
        .collect();
    let is_number = |place: usize| {
        let idx = filled.get(place);
        idx.is_some_and(|idx| found[*idx] == Some(DropReason::PageNumber))
    };
    let mut places: HashMap<String, (usize, Vec<(usize, bool)>)> = HashMap::new();
    for (place, idx) in filled.iter().enumerate() {
        let line = lines[*idx];
        let may_be_head =
            !is_number(place) && line.len() <= MAX_HEAD_BYTES && !line.contains(['。', '；', '，']);
        if may_be_head {
            let first = place.saturating_sub(HEAD_REACH);
            let is_near = (first..=place + HEAD_REACH).any(is_number);
            let (n_near, all) = places.entry(without_blanks(line)).or_default();
            *n_near += usize::from(is_near);
            all.push((*idx, is_near));
        }
    }
    let opening = (0..filled.len()).find(|place| !is_number(*place));
    let opening = opening.map(|place| filled[place]);
    let opens = |all: &[(usize, bool)]| all.first().map(|(idx, _)| *idx) == opening;
    let heads = places.into_iter();
    heads
        .filter(|(line, (n_near, all))| {
            // The title of the whole, printed again on two pages, is no text.
            let is_title = opens(all) && front::is_whole_title(line);
            *n_near >= 3 && n_near * 2 > all.len() || is_title && *n_near == 2 && all.len() == 3
        })
        .flat_map(|(line, (_, all))| {
            let is_of_browser = line.contains('_');
            let is_title = opens(&all) && front::is_whole_title(&line);
            all.into_iter()
                .skip(usize::from(is_title && !is_of_browser))
                .filter(move |(_, is_near)| *is_near || is_of_browser)
                .map(|(idx, _)| idx)
        })
        .collect()
}

/// Running heads are not longer, and not further from a page number.
const MAX_HEAD_BYTES: usize = 180;
const HEAD_REACH: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expect_open: &[&str]) {
        let mut blocks: Vec<Block> = lines
            .iter()
            .enumerate()
            .map(|(line, text)| {
                if is_page_number(&without_blanks(text)) {
                    Block::with_role(text, line, Role::Dropped(DropReason::PageNumber))
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
        check(
            &[
                "某规划_某网",
                "甲",
                "1/3",
                "某规划_某网",
                "2026/7/24 15:32",
                "乙",
                "2/3",
                "某规划_某网",
                "2026/7/24 15:32",
                "丙",
                "3/3",
                "某规划_某网",
                "2026/7/24 15:32",
            ],
            &["甲", "乙", "丙"],
        );
        check(
            &[
                "某规划",
                "甲",
                "文。",
                "文。",
                "— 1 —",
                "某规划",
                "乙",
                "— 2 —",
                "某规划",
                "丙",
                "— 3 —",
                "某规划",
            ],
            &["某规划", "甲", "文。", "文。", "乙", "丙"],
        );
        check(
            &[
                "— 1 —",
                "某 市 规 划",
                "甲",
                "某市规划",
                "— 2 —",
                "乙",
                "某市规划",
                "— 3 —",
                "丙",
            ],
            &["某 市 规 划", "甲", "乙", "丙"],
        );
        let page = "推进现代产业体系建设。".repeat(10);
        let pages = [page.as_str(), "1", &page, "2", &page, "3"];
        check(&pages, &[&page, &page, &page]);
        let rows = ["序号", "1", "产值", "2", "增速", "3"];
        check(&rows, &rows);
    }
}
