//! Two lists of texts beside each other, in order.
//!
//! Pairs that may belong together come from equal texts and from shared rare pairs of
//! characters, never from comparing each with each. The heaviest chain of these is kept;
//! what is left between two links is aligned as sequences are (Needleman–Wunsch), where
//! it is small enough.

use std::collections::HashMap;

use crate::chain::{Pair, heaviest_chain};
use crate::profile::Profile;

/// Least likeness of two texts that are found by what they share.
const MIN_FOUND: f32 = 0.4;
/// Least likeness of two texts between the same neighbours.
const MIN_BETWEEN: f32 = 0.3;
/// From so many pairs of characters a text can be a part of another.
const MIN_PART: usize = 16;
/// So much of a part stands in the whole.
const MIN_CONTAINED: f32 = 0.75;
/// A text that stands so often on a side meets only those of its own rank on the other.
const MAX_SAME: usize = 4;
/// A pair of characters in more texts than this says little.
const MAX_TEXTS_OF_GRAM: usize = 80;
/// So many of the rarest pairs of characters of a text are looked up.
const MAX_GRAMS: usize = 48;
/// So many texts are compared with one in full.
const MAX_CANDIDATES: usize = 6;
/// Between two links at most so many pairs are compared.
const MAX_CELLS: usize = 40_000;

/// Says what the likeness of two places counts for; 0 when they cannot be beside each
/// other.
pub(crate) type Judge<'a> = dyn Fn(usize, usize, f32) -> f32 + 'a;

/// Every pair of places that may belong together.
pub(crate) fn candidates(a: &[Profile], b: &[Profile], judge: &Judge<'_>) -> Vec<Pair> {
    let same = same_texts(a, b);
    let mut is_settled = (vec![false; a.len()], vec![false; b.len()]);
    let mut found = Vec::new();
    for (in_a, in_b) in same {
        if let ([a], [b]) = (in_a.as_slice(), in_b.as_slice()) {
            (is_settled.0[*a], is_settled.1[*b]) = (true, true);
        }
        found.extend(ranked(&in_a, &in_b));
    }
    found.extend(alike(a, b, &is_settled));
    let judged = found
        .into_iter()
        .filter_map(|(at_a, at_b)| pair((at_a, &a[at_a]), (at_b, &b[at_b]), MIN_FOUND, judge));
    judged.collect()
}

/// The pair of two places, if they are alike enough.
fn pair(
    (at_a, a): (usize, &Profile),
    (at_b, b): (usize, &Profile),
    least: f32,
    judge: &Judge<'_>,
) -> Option<Pair> {
    let mut likeness = a.likeness(b);
    if likeness < least && a.len().min(b.len()) >= MIN_PART && a.containment(b) >= MIN_CONTAINED {
        likeness = least;
    }
    let likeness = judge(at_a, at_b, likeness);
    (likeness >= least).then(|| Pair {
        a: at_a,
        b: at_b,
        likeness,
        weight: likeness * (a.n_shared(b) + 1) as f32,
    })
}

/// Places of the same text on both sides, text by text, in the order of the first side.
fn same_texts(a: &[Profile], b: &[Profile]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut same: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for (at, profile) in a.iter().enumerate() {
        let nth = *known.entry(&profile.folded).or_insert_with(|| {
            same.push((Vec::new(), Vec::new()));
            same.len() - 1
        });
        same[nth].0.push(at);
    }
    for (at, profile) in b.iter().enumerate() {
        if let Some(nth) = known.get(profile.folded.as_str()) {
            same[*nth].1.push(at);
        }
    }
    same.retain(|(_, in_b)| !in_b.is_empty());
    same
}

/// Few places of a text meet each other, of many the first meets the first, the last the
/// last.
fn ranked(in_a: &[usize], in_b: &[usize]) -> Vec<(usize, usize)> {
    if in_a.len() <= MAX_SAME && in_b.len() <= MAX_SAME {
        let each = in_a.iter().flat_map(|a| in_b.iter().map(|b| (*a, *b)));
        return each.collect();
    }
    let from_start = in_a.iter().zip(in_b);
    let from_end = in_a.iter().rev().zip(in_b.iter().rev());
    let mut pairs: Vec<(usize, usize)> =
        from_start.chain(from_end).map(|(a, b)| (*a, *b)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Pairs of places that share rare pairs of characters, but for what is settled.
fn alike(
    a: &[Profile],
    b: &[Profile],
    (is_settled_a, is_settled_b): &(Vec<bool>, Vec<bool>),
) -> Vec<(usize, usize)> {
    let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
    let open_b = b.iter().zip(is_settled_b).enumerate();
    for (at, (profile, _)) in open_b.filter(|(_, (_, is_settled))| !**is_settled) {
        for gram in distinct(profile.grams()) {
            places.entry(gram).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    let open_a = a.iter().zip(is_settled_a).enumerate();
    for (at, (profile, _)) in open_a.filter(|(_, (_, is_settled))| !**is_settled) {
        let mut lists: Vec<&Vec<usize>> = distinct(profile.grams())
            .filter_map(|gram| places.get(&gram))
            .filter(|list| list.len() <= MAX_TEXTS_OF_GRAM)
            .collect();
        lists.sort_by_key(|list| list.len());
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for place in lists.into_iter().take(MAX_GRAMS).flatten() {
            *counts.entry(*place).or_default() += 1;
        }
        let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(place, n)| (std::cmp::Reverse(*n), place.abs_diff(at), *place));
        let best = counts.into_iter().take(MAX_CANDIDATES);
        found.extend(best.map(|(place, _)| (at, place)));
    }
    found
}

/// The different values of a sorted list.
fn distinct(sorted: &[u32]) -> impl Iterator<Item = u32> + '_ {
    let mut before = None;
    sorted.iter().copied().filter(move |value| {
        let is_new = before != Some(*value);
        before = Some(*value);
        is_new
    })
}

/// Fills the chain: places between two links that are alike enough become links too.
pub(crate) fn fill(
    a: &[Profile],
    b: &[Profile],
    chain: Vec<Pair>,
    is_free: (&[bool], &[bool]),
    judge: &Judge<'_>,
) -> Vec<Pair> {
    let mut filled = Vec::with_capacity(chain.len());
    let mut from = (0, 0);
    let ends = chain.iter().map(|pair| (pair.a, pair.b));
    let ends: Vec<(usize, usize)> = ends.chain([(a.len(), b.len())]).collect();
    let mut links = chain.into_iter();
    for to in ends {
        let free = |places: std::ops::Range<usize>, is_free: &[bool]| -> Vec<usize> {
            places
                .filter(|at| is_free.get(*at).copied().unwrap_or(false))
                .collect()
        };
        let (left, right) = (free(from.0..to.0, is_free.0), free(from.1..to.1, is_free.1));
        filled.extend(between((a, &left), (b, &right), judge));
        filled.extend(links.next());
        from = (to.0 + 1, to.1 + 1);
    }
    filled
}

/// Needleman–Wunsch over the places that are left between two links.
fn between(
    (a, left): (&[Profile], &[usize]),
    (b, right): (&[Profile], &[usize]),
    judge: &Judge<'_>,
) -> Vec<Pair> {
    let width = right.len();
    if left.is_empty() || right.is_empty() || left.len() * width > MAX_CELLS {
        return Vec::new();
    }
    let cells: Vec<Option<Pair>> = left
        .iter()
        .flat_map(|at_a| right.iter().map(|at_b| (*at_a, *at_b)))
        .map(|(at_a, at_b)| pair((at_a, &a[at_a]), (at_b, &b[at_b]), MIN_BETWEEN, judge))
        .collect();
    // The best sum for what remains from a row and column on.
    let mut best = vec![0.0_f32; (left.len() + 1) * (width + 1)];
    let place = |row: usize, column: usize| row * (width + 1) + column;
    let worth = |pair: &Pair| pair.likeness - MIN_BETWEEN / 2.0;
    for row in (0..left.len()).rev() {
        for column in (0..width).rev() {
            let skipped = best[place(row + 1, column)].max(best[place(row, column + 1)]);
            let taken = cells[row * width + column]
                .as_ref()
                .map_or(0.0, |pair| worth(pair) + best[place(row + 1, column + 1)]);
            best[place(row, column)] = skipped.max(taken);
        }
    }
    let (mut row, mut column, mut found) = (0, 0, Vec::new());
    while row < left.len() && column < width {
        let here = best[place(row, column)];
        if here <= best[place(row + 1, column)] {
            row += 1;
        } else if here <= best[place(row, column + 1)] {
            column += 1;
        } else {
            found.extend(cells[row * width + column]);
            (row, column) = (row + 1, column + 1);
        }
    }
    found
}

/// Aligns two lists of texts in order.
pub(crate) fn align(a: &[Profile], b: &[Profile], judge: &Judge<'_>) -> Vec<Pair> {
    let chain = heaviest_chain(candidates(a, b, judge));
    let is_free = (vec![true; a.len()], vec![true; b.len()]);
    fill(a, b, chain, (&is_free.0, &is_free.1), judge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
        let profiles = |texts: &[&str]| -> Vec<Profile> {
            texts.iter().map(|text| Profile::of(text)).collect()
        };
        let pairs = align(&profiles(a), &profiles(b), &|_, _, likeness| likeness);
        pairs.iter().map(|pair| (pair.a, pair.b)).collect()
    }

    #[test]
    fn an_added_text_stands_alone() {
        let a = ["推进海河联运发展", "完善集疏运体系"];
        let b = ["推进海河联运发展", "培育临港产业", "完善集疏运体系建设"];
        assert_eq!(aligned(&a, &b), [(0, 0), (1, 2)]);
    }

    #[test]
    fn texts_that_stand_often_meet_in_order() {
        let a = vec!["牵头单位：发改委"; 9];
        let b = vec!["牵头单位：发改委"; 7];
        assert_eq!(aligned(&a, &b).len(), 7);
    }

    #[test]
    fn of_two_parts_the_longer_is_the_text() {
        let a = ["优化港口功能布局，推进海河联运发展。培育临港产业。"];
        let b = ["优化港口功能布局，推进海河联运发展。", "培育临港产业。"];
        assert_eq!(aligned(&a, &b), [(0, 0)]);
    }
}
