//! What has enough of the words of a query, in one segment.
//!
//! Ways to have a word are left out of the search for candidates as long as all that is
//! left out is too little to be enough: the longest lists first, for what they cost. What
//! the candidates have of every word is added up then, and a candidate is given up as
//! soon as the words to come cannot make up for what is missing.

use tantivy::{DocId, SegmentReader};

use super::listed::Union;
use super::ranking::{RankedWord, Ranking};
use super::segment_lists::{BestWays, SegmentLists};

/// What sums of shares may be off by.
pub(super) const ROUNDING: f32 = 1e-4;

/// The passages of a segment that have at least `least` of the words' worth, in order,
/// each with its worth.
pub(super) fn enough(
    ranking: &Ranking,
    segment: usize,
    reader: &SegmentReader,
    least: f32,
) -> tantivy::Result<(Vec<DocId>, Vec<f32>)> {
    let needed_mass = least * ranking.total_mass - ROUNDING;
    if ranking.words.is_empty() || needed_mass <= 0.0 {
        return Ok((Vec::new(), Vec::new()));
    }
    let lists = SegmentLists::open(ranking, segment, reader)?;
    let mut words: Vec<&RankedWord> = ranking.words.iter().collect();
    words.sort_by(|a, b| b.mass.total_cmp(&a.mass));
    let words: Vec<Weighed> = words
        .into_iter()
        .map(|word| Weighed::of(word, &lists))
        .collect();
    let n_asked = asked_ways(&words, needed_mass);
    let asked = || words.iter().zip(&n_asked);
    let n_expected = asked().map(|(weighed, n_asked)| weighed.lengths.iter().take(*n_asked));
    let mut candidates = Union::new(n_expected.flatten().sum(), reader.max_doc());
    for (weighed, n_asked) in asked() {
        for way in weighed.word.ways.iter().take(*n_asked) {
            lists.collect_rarest(&way.needs, |docs| candidates.add(docs))?;
        }
    }
    let mut docs = candidates.into_docs();
    let mut masses = vec![0.0; docs.len()];
    let mut best = BestWays::new(docs.len());
    let mut rest = ranking.total_mass;
    for Weighed { word, lengths } in &words {
        // Going through the candidates must not cost more than it spares.
        if lengths.iter().sum::<u64>() > docs.len() as u64 {
            give_up(&mut docs, &mut masses, needed_mass - rest);
        }
        lists.best_ways(word, &docs, &mut best, |_, _, _| ())?;
        best.take(|i, worth| masses[i] += word.mass * worth);
        rest -= word.mass;
    }
    give_up(&mut docs, &mut masses, needed_mass);
    Ok((docs, masses))
}

/// Leaves the passages that have so much.
fn give_up(docs: &mut Vec<DocId>, masses: &mut Vec<f32>, needed_mass: f32) {
    if needed_mass <= 0.0 {
        return;
    }
    let mut n_left = 0;
    for i in 0..docs.len() {
        (docs[n_left], masses[n_left]) = (docs[i], masses[i]);
        n_left += usize::from(masses[i] >= needed_mass);
    }
    docs.truncate(n_left);
    masses.truncate(n_left);
}

/// A word with the lengths of the lists of its ways, which stand worthiest first.
struct Weighed<'a> {
    word: &'a RankedWord,
    lengths: Vec<u64>,
}

impl<'a> Weighed<'a> {
    fn of(word: &'a RankedWord, lists: &SegmentLists<'_>) -> Self {
        let lengths = word.ways.iter().map(|way| lists.n_having(&way.needs));
        Self {
            word,
            lengths: lengths.collect(),
        }
    }

    /// The worth that is missed at most when the ways from this one on are left out.
    fn missed(&self, from: usize) -> f32 {
        let way = self.word.ways.get(from);
        way.map_or(0.0, |way| self.word.mass * way.worth)
    }
}

/// How many of the ways of each word are asked for candidates, so that a passage with
/// none of them has less than `needed_mass`.
fn asked_ways(words: &[Weighed<'_>], needed_mass: f32) -> Vec<usize> {
    let mut n_asked: Vec<usize> = words.iter().map(|word| word.word.ways.len()).collect();
    let mut missed = 0.0;
    loop {
        // The step that spares most for what it misses.
        let mut best: Option<(f32, usize, usize, f32)> = None;
        for (at, word) in words.iter().enumerate() {
            let mut n_spared = 0;
            for from in (0..n_asked[at]).rev() {
                n_spared += word.lengths[from];
                let more = word.missed(from) - word.missed(n_asked[at]);
                if missed + more >= needed_mass {
                    break;
                }
                let gain = n_spared as f32 / more.max(f32::MIN_POSITIVE);
                if best.is_none_or(|(known, ..)| gain > known) {
                    best = Some((gain, at, from, more));
                }
            }
        }
        let Some((_, at, from, more)) = best else {
            return n_asked;
        };
        n_asked[at] = from;
        missed += more;
    }
}

#[cfg(test)]
mod tests {
    use super::super::ranking::{Needs, Way};
    use super::*;
    use proptest::prelude::*;

    fn word(mass: f32, worths: &[f32]) -> RankedWord {
        let way = |worth: &f32| Way {
            text: String::new(),
            worth: *worth,
            needs: Needs::Pairs(Vec::new()),
        };
        RankedWord {
            text: String::new(),
            mass,
            ways: worths.iter().map(way).collect(),
        }
    }

    fn asked(words: &[(f32, &[f32], &[u64])], needed_mass: f32) -> Vec<usize> {
        let ranked: Vec<RankedWord> = words.iter().map(|(m, w, _)| word(*m, w)).collect();
        let each = ranked.iter().zip(words);
        let weighed: Vec<Weighed<'_>> = each
            .map(|(word, (_, _, lengths))| Weighed {
                word,
                lengths: lengths.to_vec(),
            })
            .collect();
        asked_ways(&weighed, needed_mass)
    }

    #[test]
    fn a_long_list_is_left_out_where_the_others_are_needed() {
        // Half of 10 is needed: who has neither of the first two has 3.
        let words: [(f32, &[f32], &[u64]); 3] = [
            (4.0, &[1.0], &[10]),
            (3.0, &[1.0], &[20]),
            (3.0, &[1.0], &[9_000]),
        ];
        assert_eq!(asked(&words, 5.0), [1, 1, 0]);
    }

    #[test]
    fn a_frequent_stand_in_is_left_out_alone() {
        let words: [(f32, &[f32], &[u64]); 2] =
            [(6.0, &[1.0, 0.5], &[10, 9_000]), (4.0, &[1.0], &[10])];
        assert_eq!(asked(&words, 3.5), [1, 1]);
    }

    proptest! {
        #[test]
        fn what_is_left_out_is_never_enough(
            words in prop::collection::vec(
                (0.1_f32..14.0, prop::collection::vec((0.05_f32..1.0, 0_u64..50_000), 1..5)),
                1..8,
            ),
            share in 0.02_f32..1.0,
        ) {
            let sorted: Vec<(f32, Vec<f32>, Vec<u64>)> = words
                .into_iter()
                .map(|(mass, mut ways)| {
                    ways.sort_by(|a, b| b.0.total_cmp(&a.0));
                    let (worths, lengths) = ways.into_iter().unzip();
                    (mass, worths, lengths)
                })
                .collect();
            let borrowed: Vec<(f32, &[f32], &[u64])> =
                sorted.iter().map(|(m, w, l)| (*m, w.as_slice(), l.as_slice())).collect();
            let needed_mass = share * sorted.iter().map(|(mass, ..)| mass).sum::<f32>();
            let n_asked = asked(&borrowed, needed_mass);
            let missed = borrowed.iter().zip(&n_asked).map(|((mass, worths, _), n_asked)| {
                worths.get(*n_asked).map_or(0.0, |worth| mass * worth)
            });
            prop_assert!(missed.sum::<f32>() < needed_mass + ROUNDING);
        }
    }
}
