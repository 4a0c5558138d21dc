//! Which heading stands below which.
//!
//! Nesting follows the document's own usage: a number whose style is open above
//! returns to it, any other opens a level below the last heading. A style that
//! most documents rank higher than the last one (一、 behind a 1.) opens below it
//! only when the lower numbering goes on afterwards; else the lower one is over.

use super::block::{HeadingKind, HeadingMark};
use super::ordinal::Style;
use std::collections::{BTreeMap, BTreeSet};

/// A level that is open while headings are placed.
struct Level {
    key: Key,
    n_marks: u8,
    value: u32,
    heading_idx: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Attachment,
    Unnumbered,
    Numbered(Style),
}

impl Key {
    fn style(self) -> Option<Style> {
        match self {
            Self::Numbered(style) => Some(style),
            _ => None,
        }
    }
}

/// The parent of each heading, as an index into `marks`.
pub(super) fn parents(marks: &[&HeadingMark]) -> Vec<Option<usize>> {
    let keys: Vec<(Key, u32)> = marks.iter().map(|mark| key(mark)).collect();
    let next_of = next_of_same_key(&keys);
    let top = top_style(&keys);
    let mut open: Vec<Level> = Vec::new();
    let mut parents = Vec::with_capacity(marks.len());
    let mut usage: BTreeSet<(Key, Key)> = BTreeSet::new();
    for (idx, mark) in marks.iter().enumerate() {
        let (key, value) = keys[idx];
        let keep = match key {
            Key::Attachment => 0,
            Key::Unnumbered => n_kept_for_unnumbered(&open, mark.mark_level),
            Key::Numbered(style) => n_kept(&open, style, top, (&keys, &next_of), &usage),
        };
        open.truncate(keep);
        usage.extend(open.last().map(|level| (level.key, key)));
        parents.push(open.last().map(|level| level.heading_idx));
        open.push(Level {
            key,
            n_marks: mark.mark_level,
            value,
            heading_idx: idx,
        });
    }
    parents
}

/// The style that divides the whole document: the one that most documents rank
/// first, unless the numbers that opened the document go on behind it.
fn top_style(keys: &[(Key, u32)]) -> Option<Style> {
    let numbered = keys
        .iter()
        .filter_map(|(key, value)| Some((key.style()?, *value)));
    let numbered: Vec<(Style, u32)> = numbered.collect();
    let (first, _) = *numbered.first()?;
    let usual = numbered.iter().map(|(style, _)| *style).min()?;
    let at = numbered.iter().position(|(style, _)| *style == usual)?;
    let of_first = |number: &&(Style, u32)| number.0 == first;
    let before = numbered.iter().take(at).rfind(of_first);
    let behind = numbered.iter().skip(at).find(of_first);
    let goes_on = before
        .zip(behind)
        .is_some_and(|(before, behind)| behind.1 == before.1 + 1);
    Some(if goes_on { first } else { usual })
}

fn key(mark: &HeadingMark) -> (Key, u32) {
    match &mark.kind {
        HeadingKind::Numbered(ordinal) => (Key::Numbered(ordinal.style), ordinal.value),
        HeadingKind::Unnumbered => (Key::Unnumbered, 0),
        HeadingKind::Attachment => (Key::Attachment, 0),
    }
}

/// For each heading, the next one of the same style.
fn next_of_same_key(keys: &[(Key, u32)]) -> Vec<Option<usize>> {
    let mut next: BTreeMap<Key, usize> = BTreeMap::new();
    let mut found = vec![None; keys.len()];
    for (idx, (key, _)) in keys.iter().enumerate().rev() {
        found[idx] = next.insert(*key, idx);
    }
    found
}

/// How many open levels stay open above a numbered heading.
fn n_kept(
    open: &[Level],
    style: Style,
    top: Option<Style>,
    (keys, next_of): (&[(Key, u32)], &[Option<usize>]),
    usage: &BTreeSet<(Key, Key)>,
) -> usize {
    if let Some(at) = open
        .iter()
        .rposition(|level| level.key == Key::Numbered(style))
    {
        return at;
    }
    let goes_on = |level: &Level| {
        next_of[level.heading_idx].is_some_and(|next| keys[next].1 == level.value + 1)
    };
    let mut keep = open.len();
    while let Some(level) = keep.checked_sub(1).and_then(|at| open.get(at)) {
        let stays = match level.key {
            Key::Numbered(above) => {
                let is_used_so = usage.contains(&(level.key, Key::Numbered(style)));
                // Below 1.1 a 1、 counts anew; where 1. is above 1.1, it is open.
                let is_in_chain = style == Style::Arabic && matches!(above, Style::Chain(2..));
                above < style || is_used_so || is_in_chain || goes_on(level) && !style.names_unit()
            }
            // 前言 ends where the numbers of the body begin; 名词解释 owns its own.
            Key::Unnumbered => level.n_marks > 0 || Some(style) > top,
            Key::Attachment => true,
        };
        if stays {
            break;
        }
        keep -= 1;
    }
    keep
}

fn n_kept_for_unnumbered(open: &[Level], mark_level: u8) -> usize {
    let attachment = open
        .iter()
        .take_while(|level| level.key == Key::Attachment)
        .count();
    if mark_level == 0 {
        return attachment;
    }
    open.iter()
        .rposition(|level| level.n_marks > 0 && level.n_marks < mark_level)
        .map_or(attachment, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::ordinal;
    use super::*;

    fn check(numbers: &[&str], expect_levels: &[usize]) {
        let marks: Vec<HeadingMark> = numbers
            .iter()
            .map(|number| {
                let kind = match ordinal::scan(&format!("{number}题")) {
                    Some(ordinal) => HeadingKind::Numbered(ordinal),
                    None if number.starts_with("附件") => HeadingKind::Attachment,
                    None => HeadingKind::Unnumbered,
                };
                HeadingMark {
                    kind,
                    number: (*number).to_owned(),
                    title: String::new(),
                    mark_level: 0,
                }
            })
            .collect();
        let parents = parents(&marks.iter().collect::<Vec<_>>());
        let level = |idx: usize| std::iter::successors(Some(idx), |at| parents[*at]).count();
        let levels: Vec<usize> = (0..marks.len()).map(level).collect();
        assert_eq!(levels, expect_levels, "{numbers:?}");
    }

    #[test]
    fn styles_nest_as_the_document_uses_them() {
        check(
            &["第一章", "第一节", "第二节", "第二章", "第一节"],
            &[1, 2, 2, 1, 2],
        );
        check(
            &["一、", "(一)", "1.", "(1)", "2.", "(二)", "二、", "1."],
            &[1, 2, 3, 4, 3, 2, 1, 2],
        );
        check(&["1.", "1.1 ", "1.1.1 ", "1.2 ", "2."], &[1, 2, 3, 2, 1]);
        check(
            &["第一篇", "第一章", "一、", "第二章", "第二篇", "第三章"],
            &[1, 2, 3, 2, 1, 2],
        );
    }

    #[test]
    fn an_unusual_order_is_kept_when_the_outer_numbers_go_on() {
        check(&["1.", "(一)", "(二)", "2.", "(一)"], &[1, 2, 2, 1, 2]);
        check(
            &["一、", "(1)", "(2)", "1.", "2.", "二、"],
            &[1, 2, 2, 2, 2, 1],
        );
    }

    #[test]
    fn an_attachment_holds_its_own_numbering() {
        check(
            &["一、", "二、", "附件1", "一、", "(一)", "附件2", "一、"],
            &[1, 1, 1, 2, 3, 1, 2],
        );
        check(&["前言", "第一章", "附则"], &[1, 1, 1]);
        check(
            &["前言", "1 ", "1.1 ", "1、", "2、", "2 ", "2.1 "],
            &[1, 1, 2, 3, 3, 1, 2],
        );
        check(&["一、", "二、", "名词解释", "1.", "2."], &[1, 1, 1, 2, 2]);
    }
}
