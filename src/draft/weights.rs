//! What it costs to write a text that is not copied, in bits.
//!
//! A model of pairs: a letter behind another costs the logarithm of how seldom it stands
//! there in the library, smoothed by how frequent it is at all. Set phrases are cheap,
//! rare wording is dear. Names that stand once or twice would outweigh whole sentences,
//! so what a letter costs is kept between [`MIN_NEXT`] and [`MAX_NEXT`].

use plansearch_engine::PairCounts;

use super::alignment::{OPEN, Weights};
use super::letters::Letters;

/// Bits of the first letter of a run at most.
const MAX_FIRST: f32 = 9.0;
/// Bits of a letter behind another at most.
const MAX_NEXT: f32 = 5.0;
/// Bits of a letter behind another at least: a long set phrase is still taken over.
const MIN_NEXT: f32 = 2.0;
/// How many pairs the frequency of single letters counts for beside those of the library.
const SMOOTHING: f32 = 4.0;

/// Weighs the letters of a text by the pairs of a library.
pub(crate) fn weigh(letters: &Letters, counts: &PairCounts) -> Weights {
    let total = counts.total() as f32 + 1.0;
    let mut weights = Weights::default();
    let mut before = None;
    for c in &letters.chars {
        let share = (counts.opened_by(*c) as f32 + 0.5) / total;
        let first = (-share.log2()).clamp(0.0, MAX_FIRST);
        let next = match before {
            None => first,
            Some(before) => {
                let together = counts.of(before, *c) as f32 + SMOOTHING * share;
                -(together / (counts.opened_by(before) as f32 + SMOOTHING)).log2()
            }
        };
        let next = next.clamp(MIN_NEXT, MAX_NEXT);
        // Beginning a run anew is never better than going on with one.
        weights.first.push(first.min(next + OPEN));
        weights.next.push(next);
        before = Some(*c);
    }
    weights
}
