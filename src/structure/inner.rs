//! Headings inside a line: a number that is missing between its neighbours.
//!
//! Where the numbers at the heads of lines run 一、 三、, the 二、 may stand behind a
//! full stop in a line between the two; so may the first of a list that begins with
//! its second, and the one behind the last. Numbers that are not missed are not
//! looked for, so prose that names a number stays whole.

use super::block::{Block, tail};
use super::ordinal::{self, Style};
use super::sentence;
use plansearch_text::Span;

/// A title inside a line is not longer.
const MAX_TITLE_CHARS: usize = 40;
/// A number is not looked for in more blocks than these.
const MAX_REACH: usize = 400;

/// Cuts lines before the headings that stand inside of them.
pub(super) fn split(blocks: Vec<Block>) -> Vec<Block> {
    let mut blocks = blocks;
    for style in [
        Style::Chapter,
        Style::Section,
        Style::Chinese,
        Style::ChineseParen,
    ] {
        blocks = split_style(blocks, style);
    }
    blocks
}

fn split_style(blocks: Vec<Block>, style: Style) -> Vec<Block> {
    let cuts = missing(&blocks, style);
    if cuts.is_empty() {
        return blocks;
    }
    let mut parted = Vec::with_capacity(blocks.len() + cuts.len());
    let mut cuts = cuts.into_iter().peekable();
    for (idx, block) in blocks.into_iter().enumerate() {
        let mut begin = 0;
        while let Some((_, at)) = cuts.next_if(|(block_idx, _)| *block_idx == idx) {
            if at > begin {
                parted.push(block.part(Span::new(begin, at)));
                begin = at;
            }
        }
        if begin == 0 {
            parted.push(block);
        } else {
            parted.push(block.part(Span::new(begin, block.text.len())));
        }
    }
    parted
}

/// Where the missing numbers of one style stand: block and byte, in order.
fn missing(blocks: &[Block], style: Style) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    // The last number of the list that is open, and where its words begin.
    let mut last = 0;
    let mut from = 0;
    for idx in 0..=blocks.len() {
        let number = blocks.get(idx).and_then(|block| {
            ordinal::scan(&block.text).filter(|number| block.is_open() && !number.is_bare)
        });
        let is_end = idx == blocks.len();
        let ends_list = is_end || number.as_ref().is_some_and(|number| number.style < style);
        let is_own = number.as_ref().filter(|number| number.style == style);
        let wanted = match is_own {
            Some(number) if number.value > last + 1 && number.value <= last + 3 => {
                last + 1..number.value
            }
            None if ends_list && last > 0 => last + 1..last + 2,
            _ => 0..0,
        };
        for value in wanted {
            let begin = cuts.last().copied().unwrap_or((from, 0)).max((from, 0));
            match find(blocks, begin, idx, (style, value)) {
                Some(place) => cuts.push(place),
                None => break,
            }
        }
        if let Some(number) = is_own {
            (last, from) = (number.value, idx);
        } else if ends_list {
            (last, from) = (0, idx);
        }
    }
    cuts
}

/// Where a number with a title stands behind a full stop, between two places.
fn find(
    blocks: &[Block],
    (first, at): (usize, usize),
    end: usize,
    wanted: (Style, u32),
) -> Option<(usize, usize)> {
    let near = blocks.iter().enumerate().take(end).skip(first);
    near.take(MAX_REACH)
        .filter(|(_, block)| block.is_open())
        .find_map(|(idx, block)| {
            let begin = if idx == first { at } else { 0 };
            let stops = block.text.match_indices(['。', '！', '？']);
            stops
                .map(|(stop, mark)| stop + mark.len())
                .filter(|place| *place > begin)
                .find(|place| opens_heading(tail(&block.text, *place), wanted))
                .map(|place| (idx, place))
        })
}

fn opens_heading(text: &str, (style, value): (Style, u32)) -> bool {
    let Some(number) = ordinal::scan(text) else {
        return false;
    };
    let words = tail(text, number.rest);
    let title = sentence::first_sentence(words).map_or(words, |first| first.words.of(words));
    number.style == style
        && number.value == value
        && !number.is_bare
        && !title.ends_with(['；', ';'])
        && sentence::is_title(title, MAX_TITLE_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &[&str]) {
        let blocks = opened(lines);
        let parts = split(blocks);
        let parts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(parts, expect);
    }

    #[test]
    fn a_missing_number_is_found_behind_a_full_stop() {
        check(
            &[
                "一、发展基础",
                "综合实力显著增强。二、总体要求",
                "坚持稳中求进。",
                "三、重点任务",
                "发展氢能产业。四、保障措施。加强领导。",
            ],
            &[
                "一、发展基础",
                "综合实力显著增强。",
                "二、总体要求",
                "坚持稳中求进。",
                "三、重点任务",
                "发展氢能产业。",
                "四、保障措施。加强领导。",
            ],
        );
        check(
            &[
                "现提出以下意见。一、总体要求",
                "文。",
                "二、主要任务",
                "文。",
            ],
            &[
                "现提出以下意见。",
                "一、总体要求",
                "文。",
                "二、主要任务",
                "文。",
            ],
        );
    }

    #[test]
    fn other_blocks_keep_their_roles() {
        let row = Block::with_role("甲 | 乙", 1, super::super::block::Role::Caption);
        let blocks = vec![
            Block::open("一、基础", 0),
            row.clone(),
            Block::open("文。二、任务", 2),
            Block::open("三、保障", 3),
        ];
        let parts = split(blocks);
        assert_eq!((parts.len(), &parts[1].role), (5, &row.role));
    }

    #[test]
    fn a_number_that_is_not_missed_is_text() {
        for lines in [
            ["一、总则", "文。二、三产业融合发展。", "二、任务", "文。"],
            [
                "一、总则",
                "分三步。二、到2035年，建成体系。",
                "二、任务",
                "文。",
            ],
            ["一、总则", "文。三、任务。", "二、任务", "文。"],
        ] {
            check(&lines, &lines);
        }
    }
}
