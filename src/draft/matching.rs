//! Which passages a sentence comes from.
//!
//! Among the candidates the best alignment is taken first; what it covers is then set
//! aside, so that the rest of the sentence can come from another passage. Passages in
//! which the same part stands as well are its further sources, the earliest document
//! first among equals. Parts are never chained through a third passage.

use std::ops::Range;
use std::sync::Arc;

use super::alignment::{Alignment, Block, Weights, align, score};
use super::letters::{Letters, pairs};
use super::prepared::Prepared;
use super::restated;

/// Bits that a match must save in a library of one passage; each doubling of the library
/// asks one more, because chance has twice as many passages to try.
const MIN_BITS: f32 = 30.0;
/// A run of so many letters is a match whatever it is worth: a set phrase.
const MIN_RUN: usize = 10;
/// A whole sentence of so many letters is a match where it stands letter by letter, and
/// so is a run of a sentence that is made of set phrases.
const MIN_WHOLE: usize = 6;
/// Of a part with fewer letters no further source is sought.
const MIN_PART: usize = 8;
/// A sentence is made of so many parts at most.
const MAX_PARTS: usize = 4;
/// Passages with this share of the bits of the best are its equals.
const EQUAL: f32 = 0.95;
/// Passages with this share of the bits of the best are sources too.
const SIMILAR: f32 = 0.75;
/// So many sources of a sentence are named.
pub(crate) const MAX_SOURCES: usize = 10;

/// A passage that a part of a sentence comes from.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    pub(crate) passage: Arc<Prepared>,
    /// The letters of the passage that were compared.
    pub(crate) letters: Arc<Letters>,
    pub(crate) alignment: Alignment,
    /// The letters of the sentence from the first run to the last.
    pub(crate) covered: Range<usize>,
}

/// The sources of one part of a sentence, the one to name first in front.
pub(crate) type Part = Vec<Match>;

/// What a match must save in a library of `n_passages`.
pub(crate) fn min_bits(n_passages: usize) -> f32 {
    MIN_BITS + (n_passages.max(1) as f32).log2()
}

/// A sentence and the passages that it may come from.
pub(crate) struct Matching<'a> {
    pub(crate) sentence: &'a Letters,
    pub(crate) weights: Weights,
    /// How rare the pair is that ends with each letter.
    pub(crate) rarities: Vec<f32>,
    pub(crate) candidates: Vec<(Arc<Prepared>, Arc<Letters>)>,
    pub(crate) min_bits: f32,
    /// Whether all of it is wording that stands in many documents.
    pub(crate) is_boilerplate: bool,
    /// Orders sources of equal strength: the date of the document and its place.
    pub(crate) order: &'a dyn Fn(&Prepared) -> (bool, String, usize),
}

impl Matching<'_> {
    /// The parts of the sentence that have a source, the strongest first.
    pub(crate) fn parts(mut self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        while parts.len() < MAX_PARTS && self.has_room() {
            let Some(part) = self.best_part() else {
                break;
            };
            for at in part.iter().take(1).flat_map(|found| found.covered.clone()) {
                if let Some(first) = self.weights.first.get_mut(at) {
                    *first = -1.0;
                }
            }
            parts.push(part);
        }
        if parts.is_empty() {
            parts.extend(self.restated());
        }
        parts
    }

    /// The passages that the sentence restates as a whole.
    fn restated(&self) -> Option<Part> {
        let sentence = self.sentence.chars.as_slice();
        let candidates = self.candidates.iter();
        let mut found: Vec<Match> = candidates
            .filter_map(|(passage, letters)| {
                let alignment = restated::align(sentence, &self.rarities, letters)?;
                Some(Match {
                    passage: Arc::clone(passage),
                    letters: Arc::clone(letters),
                    alignment,
                    covered: 0..sentence.len(),
                })
            })
            .collect();
        let worth = |found: &Match| found.alignment.bits;
        let best = found.iter().map(worth).max_by(f32::total_cmp)?;
        found.retain(|found| worth(found) >= EQUAL * best);
        found.sort_by_cached_key(|found| (self.order)(&found.passage));
        Some(found)
    }

    /// Whether enough letters in a row are left without a source.
    fn has_room(&self) -> bool {
        let mut rows = self.weights.first.split(|first| *first < 0.0);
        let needed = MIN_PART.min(self.sentence.len());
        needed > 0 && rows.any(|row| row.len() >= needed)
    }

    fn best_part(&self) -> Option<Part> {
        let scored = self.scored();
        let best = self.strongest(&scored)?;
        let mut equals = Vec::new();
        let mut others = Vec::new();
        let bits = best.alignment.bits;
        for (_, at) in scored
            .iter()
            .take_while(|(other, _)| *other >= SIMILAR * bits)
        {
            let Some(found) = self.match_with(*at) else {
                continue;
            };
            if overlap(&found.covered, &best.covered) < 0.8 {
                continue;
            }
            if found.alignment.bits >= EQUAL * bits {
                equals.push(found);
            } else {
                others.push(found);
            }
        }
        equals.sort_by_cached_key(|found| (self.order)(&found.passage));
        equals.append(&mut others);
        equals.truncate(MAX_SOURCES);
        (!equals.is_empty()).then_some(equals)
    }

    /// The candidates with what their best alignment saves, best first. What cannot come
    /// near the best is not aligned.
    fn scored(&self) -> Vec<(f32, usize)> {
        let candidates = self.candidates.iter().enumerate();
        let mut bounds: Vec<(f32, usize)> = candidates
            .map(|(at, (_, letters))| (self.bound(letters), at))
            .filter(|(bound, _)| *bound > 0.0)
            .collect();
        bounds.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut scored: Vec<(f32, usize)> = Vec::new();
        let mut best = 0.0_f32;
        for (bound, at) in bounds {
            let Some((_, letters)) = self.candidates.get(at) else {
                continue;
            };
            if best >= self.min_bits && bound < SIMILAR * best {
                break;
            }
            let bits = score(&self.sentence.chars, &self.weights, letters);
            if bits > 0.0 {
                best = best.max(bits);
                scored.push((bits, at));
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored
    }

    /// The best match that is more than chance.
    fn strongest(&self, scored: &[(f32, usize)]) -> Option<Match> {
        if let Some((bits, at)) = scored.first()
            && *bits >= self.min_bits
        {
            return self.match_with(*at);
        }
        let may_be = |at: usize| {
            let letters = self.candidates.get(at).map(|(_, letters)| letters);
            letters.is_some_and(|letters| self.is_long_or_whole(self.shared(letters).1))
        };
        let weak = scored.iter().filter(|(_, at)| may_be(*at));
        let mut weak = weak.filter_map(|(_, at)| self.match_with(*at));
        weak.find(|found| self.is_set_phrase(found))
    }

    /// Whether a match that is worth little is so long, or so complete, that it counts.
    fn is_set_phrase(&self, found: &Match) -> bool {
        let longest = found.alignment.blocks.iter().map(|block| block.len).max();
        self.is_long_or_whole(longest.unwrap_or(0))
    }

    fn is_long_or_whole(&self, longest: usize) -> bool {
        let is_whole = longest == self.sentence.len() || self.is_boilerplate;
        longest >= MIN_RUN || (longest >= MIN_WHOLE && is_whole)
    }

    fn match_with(&self, at: usize) -> Option<Match> {
        let (passage, letters) = self.candidates.get(at)?;
        let alignment = align(&self.sentence.chars, &self.weights, letters);
        let first = alignment.blocks.first()?.draft;
        let last = alignment.blocks.last()?.draft_range().end;
        Some(Match {
            passage: Arc::clone(passage),
            letters: Arc::clone(letters),
            alignment,
            covered: first..last,
        })
    }

    /// No alignment can save more bits than this, if it is a match at all; 0 where none
    /// can be.
    fn bound(&self, letters: &Letters) -> f32 {
        let (bits, longest) = self.shared(letters);
        if bits >= self.min_bits || self.is_long_or_whole(longest) {
            bits.max(1.0)
        } else {
            0.0
        }
    }

    /// What the pairs that both have save at most, and the longest row of them in letters:
    /// no run is longer.
    fn shared(&self, letters: &Letters) -> (f32, usize) {
        let is_free = |at: usize| {
            let first = self.weights.first.get(at);
            first.is_some_and(|first| *first >= 0.0)
        };
        let (mut bits, mut run, mut longest) = (0.0, 1, 0);
        for (at, pair) in pairs_at(&self.sentence.chars) {
            if is_free(at) && is_free(at - 1) && letters.has_pair(pair) {
                if run == 1 {
                    bits += 3.0;
                }
                bits += self.weights.next.get(at).copied().unwrap_or(0.0);
                run += 1;
                longest = longest.max(run);
            } else {
                run = 1;
            }
        }
        (bits, longest)
    }
}

/// The pairs of a text, each with the place of its second letter.
fn pairs_at(chars: &[char]) -> impl Iterator<Item = (usize, (char, char))> + '_ {
    pairs(chars).enumerate().map(|(at, pair)| (at + 1, pair))
}

/// How much of the shorter range lies in the other.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> f32 {
    let n = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    n as f32 / a.len().min(b.len()).max(1) as f32
}

/// The number of letters in blocks.
pub(crate) fn n_letters(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.len).sum()
}
