//! Local alignment of a sentence with a passage, weighed in bits.
//!
//! How much of the sentence is explained by copying from the passage? A character that
//! continues a copied run saves the bits that it would have cost by the pairs of the
//! library ([`Weights`]); beginning a run costs [`OPEN`] bits, a character of the sentence
//! that is not copied [`SKIP`], one of the passage that is passed over [`PASS`], and going on
//! at another place of the passage [`JUMP`], more if that is in another of its
//! sentences. So an edited sentence is a row of runs with gaps, clauses in another
//! order are runs with jumps, and set phrases and chance are worth few bits.
//!
//! This is Smith–Waterman with two states and jumps, over `O(n·m)` cells. Bits are counted
//! in whole parts ([`PARTS`]), so that the score alone, which is asked of every candidate,
//! is a few passes over rows of integers ([`score`]); the way there is kept only for the
//! few candidates that are worth it ([`align`]).

use std::ops::Range;

use super::letters::Letters;

/// Parts of a bit: values of the table are whole numbers of these.
const PARTS: f32 = 4096.0;
/// Bits that it costs to begin a run.
pub(crate) const OPEN: f32 = 6.0;
/// Bits for a letter of the sentence between runs.
const SKIP: i32 = parts(1.5);
/// Bits for a letter of the passage between runs.
const PASS: i32 = parts(0.3);
/// Bits for going on at another place of the same sentence of the passage.
const JUMP: i32 = parts(14.0);
/// Bits for crossing to another sentence of the passage.
const CROSS: i32 = parts(20.0);
/// Less than any value; far enough from the smallest number to subtract all costs.
const NEVER: i32 = i32::MIN / 4;

const fn parts(bits: f32) -> i32 {
    (bits * PARTS) as i32
}

/// What the letters of a sentence are worth, in bits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    /// As the first letter of a run.
    pub(crate) first: Vec<f32>,
    /// Behind the letter before it.
    pub(crate) next: Vec<f32>,
}

/// A run of letters that stands in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// First letter in the sentence.
    pub(crate) draft: usize,
    /// First letter in the passage.
    pub(crate) source: usize,
    /// Number of letters.
    pub(crate) len: usize,
}

impl Block {
    /// Its letters in the sentence.
    pub(crate) fn draft_range(&self) -> Range<usize> {
        self.draft..self.draft + self.len
    }

    /// Its letters in the passage.
    pub(crate) fn source_range(&self) -> Range<usize> {
        self.source..self.source + self.len
    }
}

/// The best local alignment.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Alignment {
    /// Bits saved.
    pub(crate) bits: f32,
    /// Its runs, in the order of the sentence.
    pub(crate) blocks: Vec<Block>,
}

/// One row of the table, for all places of the passage: what is saved when the last
/// letter was copied from here, and when it is passed over with the passage read up to
/// here.
struct Row {
    copied: Vec<i32>,
    between: Vec<i32>,
}

impl Row {
    fn new(n: usize) -> Self {
        Self {
            copied: vec![NEVER; n],
            between: vec![NEVER; n],
        }
    }
}

/// What the letter at a place of the sentence saves as the first of a run, less what it
/// costs to begin one, and behind the letter before it; nothing where it is never copied.
fn worth(weights: &Weights, at: usize) -> Option<(i32, i32)> {
    let (first, next) = (*weights.first.get(at)?, *weights.next.get(at)?);
    (first >= 0.0).then(|| (parts(first - OPEN), parts(next)))
}

/// The bits that the best alignment of `draft` with `source` saves. A letter of the draft
/// whose `weights` are negative is never copied.
pub(crate) fn score(draft: &[char], weights: &Weights, source: &Letters) -> f32 {
    let n = source.len();
    let sentences = sentences_of(source);
    let passed = passed(source);
    let (mut before, mut here) = (Row::new(n + 1), Row::new(n + 1));
    let mut best = 0;
    for (at, letter) in draft.iter().enumerate() {
        match worth(weights, at) {
            Some((first, next)) => {
                copy(*letter, first, next, source, &before, &mut here.copied);
                best = here
                    .copied
                    .iter()
                    .fold(best, |best, saved| best.max(*saved));
            }
            None => here.copied.fill(NEVER),
        }
        let rows = here.copied.iter().zip(&before.between).zip(&passed);
        let mut most = NEVER;
        for (slot, ((copied, between), passed)) in here.between.iter_mut().zip(rows) {
            most = most.max(*copied.max(&(between - SKIP)) + passed);
            *slot = most - passed;
        }
        let anywhere = largest(&here.between);
        for range in &sentences {
            let part = here.between.get_mut(range.clone()).unwrap_or_default();
            let from = (largest(part) - JUMP).max(anywhere - JUMP - CROSS);
            for saved in part {
                *saved = (*saved).max(from);
            }
        }
        std::mem::swap(&mut before, &mut here);
    }
    best as f32 / PARTS
}

fn largest(row: &[i32]) -> i32 {
    row.iter().fold(NEVER, |most, saved| most.max(*saved))
}

/// One letter of the sentence, copied from each place where it stands.
fn copy(letter: char, first: i32, next: i32, source: &Letters, before: &Row, copied: &mut [i32]) {
    let rows = before.copied.iter().zip(&before.between);
    let places = copied.iter_mut().skip(1).zip(&source.chars).zip(rows);
    for ((slot, known), (copied, between)) in places {
        let opened = between.max(&0) + first;
        let saved = opened.max(copied + next);
        *slot = if *known == letter { saved } else { NEVER };
    }
}

/// What it costs to pass over the passage up to each cell of a row.
fn passed(source: &Letters) -> Vec<i32> {
    let mut cost = 0;
    let cells = 0..=source.len();
    cells
        .map(|cell| {
            if cell > 0 {
                cost += PASS;
            }
            if crosses(source, cell) {
                cost += CROSS;
            }
            cost
        })
        .collect()
}

/// Says whether the step to a cell leads into another sentence of the passage.
fn crosses(source: &Letters, cell: usize) -> bool {
    cell > 0 && cell < source.len() && source.sentence(cell) != source.sentence(cell - 1)
}

/// How a cell of the table was reached.
mod step {
    pub(super) const BEGIN: u8 = 0;
    pub(super) const OPEN: u8 = 1;
    pub(super) const CONTINUE: u8 = 2;
    pub(super) const SKIP: u8 = 1;
    pub(super) const PASS: u8 = 2;
    pub(super) const JUMP: u8 = 3;
}

/// How each cell was reached.
struct Steps {
    width: usize,
    copied: Vec<u8>,
    between: Vec<u8>,
    /// Where a jump to each cell comes from.
    jumps: Vec<u32>,
}

/// The best alignment of `draft` with `source`.
pub(crate) fn align(draft: &[char], weights: &Weights, source: &Letters) -> Alignment {
    let width = source.len() + 1;
    let n_cells = (draft.len() + 1) * width;
    let mut steps = Steps {
        width,
        copied: vec![0; n_cells],
        between: vec![0; n_cells],
        jumps: vec![0; n_cells],
    };
    let (saved, end) = steps.fill(draft, weights, source);
    let blocks = if saved > 0 {
        steps.walk_back(end)
    } else {
        Vec::new()
    };
    Alignment {
        bits: saved as f32 / PARTS,
        blocks,
    }
}

/// The sentences of a passage as ranges of the cells of a row.
fn sentences_of(source: &Letters) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for j in 0..source.len() {
        match ranges.last_mut() {
            Some(last) if source.sentence(last.start) == source.sentence(j) => last.end = j + 1,
            _ => ranges.push(j..j + 1),
        }
    }
    if let Some(last) = ranges.last_mut() {
        last.end += 1;
    }
    ranges
}

impl Steps {
    /// Fills the table row by row; gives the best value and its cell.
    fn fill(
        &mut self,
        draft: &[char],
        weights: &Weights,
        source: &Letters,
    ) -> (i32, (usize, usize)) {
        let n = source.len();
        let sentences = sentences_of(source);
        let (mut before, mut here) = (Row::new(n + 1), Row::new(n + 1));
        let (mut best, mut end) = (0, (0, 0));
        for (at, letter) in draft.iter().enumerate() {
            let i = at + 1;
            here.copied.fill(NEVER);
            let worth = worth(weights, at);
            for (j, known) in source.chars.iter().enumerate() {
                let Some((first, next)) = worth.filter(|_| known == letter) else {
                    continue;
                };
                let (mut saved, mut how) = (first, step::BEGIN);
                let opened = before.between[j] + first;
                if opened > saved {
                    (saved, how) = (opened, step::OPEN);
                }
                let continued = before.copied[j] + next;
                if continued >= saved {
                    (saved, how) = (continued, step::CONTINUE);
                }
                self.copied[i * self.width + j + 1] = how;
                if saved > best {
                    (best, end) = (saved, (i, j + 1));
                }
                here.copied[j + 1] = saved;
            }
            self.pass_over(i, source, &before, &mut here);
            self.jump(i, &sentences, &mut here);
            std::mem::swap(&mut before, &mut here);
        }
        (best, end)
    }

    /// Letters of the sentence or of the passage that are not copied.
    fn pass_over(&mut self, i: usize, source: &Letters, before: &Row, here: &mut Row) {
        let mut left = NEVER;
        for j in 0..here.between.len() {
            let (mut saved, mut how) = (here.copied[j], 0);
            let skipped = before.between[j] - SKIP;
            if skipped > saved {
                (saved, how) = (skipped, step::SKIP);
            }
            let cost = if crosses(source, j) {
                PASS + CROSS
            } else {
                PASS
            };
            let passed = left - cost;
            if passed > saved {
                (saved, how) = (passed, step::PASS);
            }
            self.between[i * self.width + j] = how;
            here.between[j] = saved;
            left = saved;
        }
    }

    /// Goes on at any other place of the passage.
    fn jump(&mut self, i: usize, sentences: &[Range<usize>], here: &mut Row) {
        let best_of = |range: Range<usize>, row: &[i32]| {
            let mut best = (NEVER, range.start);
            for (j, saved) in row[range.clone()].iter().enumerate() {
                if *saved > best.0 {
                    best = (*saved, range.start + j);
                }
            }
            best
        };
        let anywhere = best_of(0..here.between.len(), &here.between);
        for range in sentences {
            let inside = best_of(range.clone(), &here.between);
            let mut from = (inside.0 - JUMP, inside.1);
            let across = anywhere.0 - JUMP - CROSS;
            if across > from.0 {
                from = (across, anywhere.1);
            }
            for j in range.clone() {
                if from.0 > here.between[j] && j != from.1 {
                    here.between[j] = from.0;
                    self.between[i * self.width + j] = step::JUMP;
                    self.jumps[i * self.width + j] = from.1 as u32;
                }
            }
        }
    }

    /// The runs that led to a cell.
    fn walk_back(&self, end: (usize, usize)) -> Vec<Block> {
        let (mut i, mut j) = end;
        let mut blocks: Vec<Block> = Vec::new();
        let mut is_copied = true;
        while i > 0 {
            let cell = i * self.width + j;
            if is_copied {
                i -= 1;
                j -= 1;
                match blocks.last_mut() {
                    Some(block) if block.draft == i + 1 && block.source == j + 1 => {
                        block.draft = i;
                        block.source = j;
                        block.len += 1;
                    }
                    _ => blocks.push(Block {
                        draft: i,
                        source: j,
                        len: 1,
                    }),
                }
                let how = self.copied[cell];
                if how == step::BEGIN {
                    break;
                }
                is_copied = how == step::CONTINUE;
            } else {
                match self.between[cell] {
                    step::SKIP => i -= 1,
                    step::PASS => j -= 1,
                    step::JUMP => j = self.jumps[cell] as usize,
                    _ => is_copied = true,
                }
            }
        }
        blocks.reverse();
        blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn equal_weights(n: usize) -> Weights {
        Weights {
            first: vec![9.0; n],
            next: vec![4.0; n],
        }
    }

    fn blocks(draft: &str, source: &str) -> Vec<String> {
        let draft: Vec<char> = draft.chars().collect();
        let source = Letters::new(source);
        let found = align(&draft, &equal_weights(draft.len()), &source);
        let text = |block: &Block| draft[block.draft_range()].iter().collect();
        found.blocks.iter().map(text).collect()
    }

    #[test]
    fn an_edited_sentence_is_a_row_of_runs() {
        let found = blocks(
            "加快建设现代化港口群体系",
            "要加快建设世界一流的港口群体系。",
        );
        assert_eq!(found, ["加快建设", "港口群体系"]);
    }

    #[test]
    fn clauses_in_another_order_are_runs_with_a_jump() {
        let found = blocks(
            "打造海河联运枢纽拓展近洋航线网络",
            "拓展近洋航线网络，打造海河联运枢纽。",
        );
        assert_eq!(found, ["打造海河联运枢纽", "拓展近洋航线网络"]);
    }

    #[test]
    fn nothing_in_common_saves_nothing() {
        assert!(blocks("加氢站", "养老服务").is_empty());
        assert!(blocks("", "养老服务").is_empty());
        assert!(blocks("加氢站", "").is_empty());
    }

    proptest! {
        #[test]
        fn runs_are_equal_and_in_order(draft in "[港区氢能产业]{0,30}", source in "[港区氢能产业，。]{0,60}") {
            let letters: Vec<char> = draft.chars().collect();
            let source = Letters::new(&source);
            let weights = equal_weights(letters.len());
            let found = align(&letters, &weights, &source);
            let difference = found.bits - score(&letters, &weights, &source);
            prop_assert!(difference.abs() < f32::EPSILON, "{}", difference);
            let mut end = 0;
            for block in found.blocks {
                prop_assert!(block.draft >= end);
                end = block.draft + block.len;
                prop_assert_eq!(&letters[block.draft_range()], &source.chars[block.source_range()]);
            }
        }
    }
}
