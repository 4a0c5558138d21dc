//! From where to where a match reaches.
//!
//! An alignment begins and ends with letters that are equal; what was taken over mostly
//! begins and ends with a clause. So an end that lies near the border of its clause is
//! moved there, and a match that makes up most of a sentence is the sentence.

use std::ops::Range;

use super::letters::Letters;
use super::matching::{Match, n_letters};

/// An end is moved to the border of its clause over so many letters at most.
const MAX_MOVE: usize = 4;
/// A match over this share of a sentence is the whole sentence.
const WHOLE: f64 = 0.7;
/// A sentence of the source counts when it has this share of the letters of a match.
const MIN_SOURCE_SHARE: f64 = 0.2;

/// The letters of the sentence that a match stands for.
pub(crate) fn in_draft(found: &Match, sentence: &Letters) -> Range<usize> {
    let covered = found.covered.clone();
    if covered.len() as f64 >= WHOLE * sentence.len() as f64 {
        return 0..sentence.len();
    }
    to_clauses(covered, sentence)
}

/// The letters of the source that a match comes from.
pub(crate) fn in_source(found: &Match) -> Range<usize> {
    let letters = &*found.letters;
    let blocks = &found.alignment.blocks;
    let total = n_letters(blocks);
    let share = |sentence: u32| {
        let of_sentence = blocks
            .iter()
            .filter(|block| letters.sentence(block.source) == sentence);
        of_sentence.map(|block| block.len).sum::<usize>() as f64 / total.max(1) as f64
    };
    let counting = blocks
        .iter()
        .filter(|block| share(letters.sentence(block.source)) >= MIN_SOURCE_SHARE);
    let (mut start, mut end) = (usize::MAX, 0);
    for block in counting {
        start = start.min(block.source);
        end = end.max(block.source_range().end);
    }
    if start >= end {
        return 0..0;
    }
    let range = to_clauses(start..end, letters);
    whole_sentence(range, letters)
}

fn to_clauses(mut range: Range<usize>, letters: &Letters) -> Range<usize> {
    if range.is_empty() {
        return range;
    }
    let first = letters.clause(range.start);
    let start = (0..range.start)
        .rev()
        .take_while(|at| letters.clause(*at) == first)
        .last();
    if let Some(start) = start
        && range.start - start <= MAX_MOVE
    {
        range.start = start;
    }
    let last = letters.clause(range.end - 1);
    let end = (range.end..letters.len())
        .take_while(|at| letters.clause(*at) == last)
        .last();
    if let Some(end) = end
        && end + 1 - range.end <= MAX_MOVE
    {
        range.end = end + 1;
    }
    range
}

/// The whole sentence of the source where the range is most of it.
fn whole_sentence(range: Range<usize>, letters: &Letters) -> Range<usize> {
    let (first, last) = (
        letters.sentence(range.start),
        letters.sentence(range.end - 1),
    );
    let start = (0..range.start)
        .rev()
        .take_while(|at| letters.sentence(*at) == first)
        .last();
    let end = (range.end..letters.len())
        .take_while(|at| letters.sentence(*at) == last)
        .last();
    let whole = start.unwrap_or(range.start)..end.map_or(range.end, |end| end + 1);
    if range.len() as f64 >= WHOLE * whole.len() as f64 {
        whole
    } else {
        range
    }
}
