//! Running heads, running feet and page numbers.
//!
//! What stands at the top or bottom of several pages at the same height with the
//! same words, numbers apart. A number between dashes at the bottom is a page
//! number on any page.

use std::collections::BTreeMap;

use super::rows::Row;

/// So many rows at either end of a page may be furniture.
const MAX_DEPTH: usize = 3;
const PAGE_NUMBER: &str = "页码";
const RUNNING_HEAD: &str = "页眉页脚";

/// Takes furniture out of the pages; gives it with the reason.
pub(super) fn take(pages: &mut [Vec<Row>]) -> Vec<(String, &'static str)> {
    let mut n_seen: BTreeMap<(i32, String), usize> = BTreeMap::new();
    for rows in pages.iter() {
        for idx in ends(rows.len()) {
            for key in rows.get(idx).map(keys).unwrap_or_default() {
                *n_seen.entry(key).or_default() += 1;
            }
        }
    }
    let n_pages = pages.len();
    let is_often = |n: usize| n >= 2 && n * 2 > n_pages || n >= 3 && n * 10 >= n_pages;
    let mut taken = Vec::new();
    for rows in pages {
        let mut is_taken = vec![false; rows.len()];
        // From the ends inwards: below a row of text nothing is furniture.
        let inwards: [Box<dyn Iterator<Item = usize>>; 2] = [
            Box::new((0..rows.len()).take(MAX_DEPTH)),
            Box::new((0..rows.len()).rev().take(MAX_DEPTH)),
        ];
        for (is_bottom, side) in inwards.into_iter().enumerate() {
            for idx in side {
                let Some(row) = rows.get(idx) else { break };
                let [lower, upper] = keys(row);
                let n = |key| n_seen.get(&key).copied().unwrap_or_default();
                let is_dashed = is_bottom == 1 && is_dashed_number(&row.text());
                if !(is_often(n(lower).max(n(upper))) || is_dashed) {
                    break;
                }
                if let Some(mark) = is_taken.get_mut(idx) {
                    *mark = true;
                }
            }
        }
        let mut marks = is_taken.into_iter();
        rows.retain(|row| {
            let is_taken = marks.next().unwrap_or_default();
            if is_taken {
                let text = row.text();
                let reason = reason(&text);
                taken.push((text, reason));
            }
            !is_taken
        });
    }
    taken
}

fn ends(n_rows: usize) -> impl Iterator<Item = usize> {
    (0..n_rows).filter(move |idx| *idx < MAX_DEPTH || idx + MAX_DEPTH >= n_rows)
}

/// The row's words at its height: heights are counted in two grids that are
/// half a step apart, so that near heights share a step of one of them.
fn keys(row: &Row) -> [(i32, String); 2] {
    const STEP_POINTS: f32 = 8.0;
    let pattern = pattern(&row.text());
    let step = (row.y / STEP_POINTS).floor() as i32;
    let half = (row.y / STEP_POINTS + 0.5).floor() as i32;
    [(step * 2, pattern.clone()), (half * 2 + 1, pattern)]
}

/// The text without blanks, each number one `#`.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for ch in text.chars().filter(|ch| !ch.is_whitespace()) {
        let is_digit = ch.is_ascii_digit();
        if !(is_digit && pattern.ends_with('#')) {
            pattern.push(if is_digit { '#' } else { ch });
        }
    }
    pattern
}

fn is_dashed_number(text: &str) -> bool {
    let is_dash = |ch: char| matches!(ch, '-' | '—' | '–' | '－' | '─' | '一' | '·' | ' ');
    let pattern = pattern(text);
    pattern.trim_matches(is_dash) == "#"
        && pattern.starts_with(is_dash)
        && pattern.ends_with(is_dash)
}

fn reason(text: &str) -> &'static str {
    let pattern = pattern(text);
    let is_number = !pattern.is_empty()
        && pattern.chars().all(|ch| {
            matches!(
                ch,
                '#' | '第' | '页' | '共' | '/' | 'I' | 'V' | 'X' | 'i' | 'v' | 'x' | '，' | '|'
            ) || matches!(ch, '-' | '—' | '–' | '－' | '─' | '一' | '·')
        });
    if is_number { PAGE_NUMBER } else { RUNNING_HEAD }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_running_heads() {
        for (text, expect) in [
            ("— 3 —", PAGE_NUMBER),
            ("第 3 页 共 10 页", PAGE_NUMBER),
            ("3/8", PAGE_NUMBER),
            ("天津市发展规划 3", RUNNING_HEAD),
        ] {
            assert_eq!(reason(text), expect, "{text}");
        }
        assert!(is_dashed_number("— 12 —"));
        assert!(!is_dashed_number("12"));
        assert!(!is_dashed_number("3 —"));
    }
}
