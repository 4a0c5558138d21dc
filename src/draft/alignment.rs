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
//! This is Smith–Waterman with two states and jumps, over `O(n·m)` cells.

use std::ops::Range;

use super::letters::Letters;

/// Bits that it costs to begin a run.
pub(crate) const OPEN: f32 = 6.0;
/// Bits for a letter of the sentence between runs.
const SKIP: f32 = 1.5;
/// Bits for a letter of the passage between runs.
const PASS: f32 = 0.3;
/// Bits for going on at another place of the same sentence of the passage.
const JUMP: f32 = 14.0;
/// Bits for crossing to another sentence of the passage.
const CROSS: f32 = 20.0;

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
    copied: Vec<f32>,
    between: Vec<f32>,
}

const NEVER: f32 = -1e9;

impl Row {
    fn new(n: usize) -> Self {
        Self {
            copied: vec![NEVER; n],
            between: vec![NEVER; n],
        }
    }
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

/// Says for each cell how it was reached; scoring alone leaves it out.
trait Trace {
    fn copied(&mut self, i: usize, j: usize, step: u8);
    fn between(&mut self, i: usize, j: usize, step: u8);
    fn jump(&mut self, i: usize, j: usize, from: usize);
}

struct NoTrace;

impl Trace for NoTrace {
    #[inline]
    fn copied(&mut self, _: usize, _: usize, _: u8) {}
    #[inline]
    fn between(&mut self, _: usize, _: usize, _: u8) {}
    #[inline]
    fn jump(&mut self, _: usize, _: usize, _: usize) {}
}

struct Steps {
    width: usize,
    copied: Vec<u8>,
    between: Vec<u8>,
    jumps: Vec<u32>,
}

impl Trace for Steps {
    fn copied(&mut self, i: usize, j: usize, step: u8) {
        self.copied[i * self.width + j] = step;
    }
    fn between(&mut self, i: usize, j: usize, step: u8) {
        self.between[i * self.width + j] = step;
    }
    fn jump(&mut self, i: usize, j: usize, from: usize) {
        self.between[i * self.width + j] = step::JUMP;
        self.jumps[i * self.width + j] = from as u32;
    }
}

/// The bits that the best alignment of `draft` with `source` saves. A letter of the draft
/// whose `weights` are negative is never copied.
pub(crate) fn score(draft: &[char], weights: &Weights, source: &Letters) -> f32 {
    fill(draft, weights, source, &mut NoTrace).0
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
    let (bits, end) = fill(draft, weights, source, &mut steps);
    let blocks = if bits > 0.0 {
        steps.walk_back(end)
    } else {
        Vec::new()
    };
    Alignment { bits, blocks }
}

/// Fills the table row by row; gives the best value and its cell.
fn fill(
    draft: &[char],
    weights: &Weights,
    source: &Letters,
    trace: &mut impl Trace,
) -> (f32, (usize, usize)) {
    let n = source.len();
    let sentences = sentences_of(source);
    let (mut before, mut here) = (Row::new(n + 1), Row::new(n + 1));
    let (mut best, mut end) = (0.0, (0, 0));
    for (at, letter) in draft.iter().enumerate() {
        let (first, next) = match (weights.first.get(at), weights.next.get(at)) {
            (Some(first), Some(next)) => (*first, *next),
            _ => (NEVER, NEVER),
        };
        let i = at + 1;
        here.copied[0] = NEVER;
        for (j, known) in source.chars.iter().enumerate() {
            let mut saved = NEVER;
            if known == letter && first >= 0.0 {
                let mut how = step::BEGIN;
                saved = first - OPEN;
                let opened = before.between[j] - OPEN + first;
                if opened > saved {
                    (saved, how) = (opened, step::OPEN);
                }
                let continued = before.copied[j] + next;
                if continued >= saved {
                    (saved, how) = (continued, step::CONTINUE);
                }
                trace.copied(i, j + 1, how);
                if saved > best {
                    (best, end) = (saved, (i, j + 1));
                }
            }
            here.copied[j + 1] = saved;
        }
        pass_over(i, source, &before, &mut here, trace);
        jump(i, &sentences, &mut here, trace);
        std::mem::swap(&mut before, &mut here);
    }
    (best, end)
}

/// Letters of the sentence or of the passage that are not copied.
fn pass_over(i: usize, source: &Letters, before: &Row, here: &mut Row, trace: &mut impl Trace) {
    let mut left = NEVER;
    for j in 0..here.between.len() {
        let (mut saved, mut how) = (here.copied[j], 0);
        let skipped = before.between[j] - SKIP;
        if skipped > saved {
            (saved, how) = (skipped, step::SKIP);
        }
        let is_crossing = j > 0 && j < source.len() && source.sentence(j) != source.sentence(j - 1);
        let passed = left - if is_crossing { PASS + CROSS } else { PASS };
        if passed > saved {
            (saved, how) = (passed, step::PASS);
        }
        trace.between(i, j, how);
        here.between[j] = saved;
        left = saved;
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

/// Goes on at any other place of the passage.
fn jump(i: usize, sentences: &[Range<usize>], here: &mut Row, trace: &mut impl Trace) {
    let best_of = |range: Range<usize>, row: &[f32]| {
        let mut best = (NEVER, range.start);
        for (j, saved) in row[range.clone()].iter().enumerate() {
            if *saved > best.0 {
                best = (*saved, range.start + j);
            }
        }
        best
    };
    let anywhere = best_of(0..here.between.len(), &here.between);
    if anywhere.0 - JUMP <= NEVER / 2.0 {
        return;
    }
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
                trace.jump(i, j, from.1);
            }
        }
    }
}

impl Steps {
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
