//! What the pairs of a query are worth in passages of one segment.
//!
//! Passages come in order and some at a time, so that what is worked out for them stays
//! at hand, however many there are.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;

use super::listed::walk;
use plansearch_engine::score::{bigram_part, length_norm};

/// Sums over the pairs, by BM25.
pub(super) struct PairSums {
    pairs: Vec<SummedPair>,
    norms: FieldNormReader,
    /// What each of the 256 lengths adds below the fraction.
    by_length: Vec<f32>,
    /// What the lengths of the passages at hand add below it.
    at_hand: Vec<f32>,
    sums: Vec<f32>,
}

/// A pair that weighs.
pub(super) struct SummedPair {
    /// Its position among the pairs of the query.
    pub(super) at: usize,
    pub(super) weight: f32,
    /// Where it stands, and how often.
    pub(super) list: BlockSegmentPostings,
}

impl PairSums {
    /// Sums of these pairs, where the passages are so long on the average.
    pub(super) fn new(pairs: Vec<SummedPair>, norms: FieldNormReader, avg_len: f32) -> Self {
        let added = |id: u8| length_norm(FieldNormReader::id_to_fieldnorm(id), avg_len);
        Self {
            pairs,
            norms,
            by_length: (0..=u8::MAX).map(added).collect(),
            at_hand: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// The sums of the next passages, all of which stand behind those before. `note` is
    /// told of pair, position of the passage and what the pair adds.
    pub(super) fn next(
        &mut self,
        docs: &[DocId],
        mut note: impl FnMut(usize, usize, f32),
    ) -> &[f32] {
        let Self {
            pairs,
            norms,
            by_length,
            at_hand,
            sums,
        } = self;
        at_hand.clear();
        let lengths = docs.iter().map(|doc| norms.fieldnorm_id(*doc));
        at_hand.extend(lengths.map(|id| by_length[usize::from(id)]));
        sums.clear();
        sums.resize(docs.len(), 0.0);
        for SummedPair { at, weight, list } in pairs {
            walk(list, docs, |i, freq| {
                let part = bigram_part(*weight, freq, at_hand[i]);
                sums[i] += part;
                note(*at, i, part);
            });
        }
        sums
    }
}
