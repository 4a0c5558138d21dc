//! Lines of names beside a date, a red head or a title: who signs.
//!
//! A name counts by its place where its words do not tell it (中国科学院 among
//! ministries): a run of lines that could be names, directly above a date or above
//! 关于…, is one of bodies when one of them is known as a body. A single unknown
//! name counts above a date where a sentence has ended. The office in a colophon
//! (某局办公室 / 2023年8月9日印发) signs nothing.

use super::block::{Block, Front, Role};
use super::words::{self, List};
use super::{body, front, official, ordinal};
use plansearch_text::fold::is_blank;

/// More bodies sign no document.
const MAX_NAMES: usize = 40;
/// An unknown name that stands alone is not longer.
const MAX_ALONE_CHARS: usize = 24;

/// The lines above the date at `idx` that name who signs, as positions.
pub(super) fn above_date(blocks: &[Block], idx: usize, begin: usize) -> Vec<usize> {
    let run = names_above(blocks, idx, begin);
    let is_known = |at: &usize| body::is_organisation(&blocks[*at].text);
    let before = run.last().map_or(idx, |first| *first);
    let ends_sentence = left_above(blocks, before, begin)
        .is_some_and(|at| blocks[at].text.ends_with(['。', '！', '：', '”']));
    if let Some(topmost) = run.iter().rposition(is_known) {
        let n = if ends_sentence {
            run.len()
        } else {
            topmost + 1
        };
        return run.into_iter().take(n).collect();
    }
    match run.as_slice() {
        [only]
            if ends_sentence
                && blocks[*only].text.chars().count() <= MAX_ALONE_CHARS
                && !front::is_whole_title(&blocks[*only].text)
                && !words::starts(List::NotNames, &blocks[*only].text) =>
        {
            run
        }
        _ => Vec::new(),
    }
}

/// The lines above a title that begins with 关于 and name who issues it.
pub(super) fn above_title(blocks: &[Block], idx: usize, begin: usize) -> Vec<usize> {
    let run = names_above(blocks, idx, begin);
    let is_known = |at: &usize| body::is_organisation(&blocks[*at].text);
    let topmost = run.iter().rposition(is_known);
    run.into_iter()
        .take(topmost.map_or(0, |at| at + 1))
        .collect()
}

/// The run of open lines that could be names, from `idx` up.
fn names_above(blocks: &[Block], idx: usize, begin: usize) -> Vec<usize> {
    let mut run = Vec::new();
    let mut at = idx;
    while let Some(above) = left_above(blocks, at, begin).filter(|_| run.len() < MAX_NAMES) {
        if !blocks[above].is_open() || !could_be_names(&blocks[above]) {
            break;
        }
        run.push(above);
        at = above;
    }
    run
}

/// The next line above that is not left out.
fn left_above(blocks: &[Block], idx: usize, begin: usize) -> Option<usize> {
    (begin..idx)
        .rev()
        .find(|at| !matches!(blocks[*at].role, Role::Dropped(_)) && !blocks[*at].text.is_empty())
}

/// Says whether the line holds one name or several, by its characters.
fn could_be_names(block: &Block) -> bool {
    let text = block.text.as_str();
    let may = matches!(
        front::kind(block),
        None | Some(Front::Organisation | Front::Title)
    );
    may && block.mark_level == 0
        && ordinal::scan(text).is_none()
        && (body::is_organisation(text) || !front::is_whole_title(text))
        && !super::unnumbered::is_known_head(text)
        && (body::is_organisation(text)
            || text
                .split(is_blank)
                .filter(|word| !word.is_empty())
                .all(|word| body::is_name(word) && !words::starts(List::NotNames, word)))
}

/// Says whether the body at `idx` stands in a colophon: below it, when it was printed.
pub(super) fn is_colophon(blocks: &[Block], idx: usize) -> bool {
    let mut below = blocks
        .iter()
        .skip(idx + 1)
        .filter(|block| !matches!(block.role, Role::Dropped(_)) && !block.text.is_empty());
    below.next().is_some_and(|next| {
        let squeezed = super::block::without_blanks(&next.text);
        squeezed.ends_with("印发")
            && official::find_date(&squeezed).is_some_and(|(_, date)| date.start == 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &[usize]) {
        let blocks = opened(lines);
        let mut found = above_date(&blocks, lines.len() - 1, 0);
        found.sort_unstable();
        assert_eq!(found, expect, "{lines:?}");
    }

    #[test]
    fn names_among_bodies_are_bodies() {
        check(
            &[
                "加强统筹。",
                "工业和信息化部",
                "中国科学院",
                "国家甲乙",
                "2024年1月18日",
            ],
            &[1, 2, 3],
        );
        check(&["请遵照执行。", "甲乙联合社团", "2024年1月18日"], &[1]);
        check(&["一、总体要求", "加强统筹", "2024年1月18日"], &[]);
        check(&["二、任务", "坚持创新", "2024年1月18日"], &[]);
    }

    #[test]
    fn an_office_above_its_printing_date_signs_nothing() {
        let blocks = opened(&["某市商务局办公室", "2023年8月9日印发"]);
        assert!(is_colophon(&blocks, 0));
        let blocks = opened(&["某市商务局办公室", "2023年8月9日"]);
        assert!(!is_colophon(&blocks, 0));
    }
}
