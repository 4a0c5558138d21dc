//! Walking posting lists.

use tantivy::postings::BlockSegmentPostings;
use tantivy::{BitSet, DocId};

/// Calls `each` with all passages of the list, in order, some at a time.
pub(super) fn each_block(mut list: BlockSegmentPostings, mut each: impl FnMut(&[DocId])) {
    while !list.docs().is_empty() {
        each(list.docs());
        list.advance();
    }
}

/// The passages of several lists together.
pub(super) enum Union {
    /// Few are put in order at the end.
    Few(Vec<DocId>),
    /// Of many each is a bit.
    Many(BitSet),
}

impl Union {
    /// Has room for `n_expected` of `n_docs` passages.
    pub(super) fn new(n_expected: u64, n_docs: DocId) -> Self {
        if n_expected < u64::from(n_docs / u64::BITS) {
            Self::Few(Vec::with_capacity(n_expected as usize))
        } else {
            Self::Many(BitSet::with_max_value(n_docs))
        }
    }

    pub(super) fn add(&mut self, docs: &[DocId]) {
        match self {
            Self::Few(found) => found.extend_from_slice(docs),
            Self::Many(found) => {
                for doc in docs {
                    found.insert(*doc);
                }
            }
        }
    }

    /// All of them, each once, in order.
    pub(super) fn into_docs(self) -> Vec<DocId> {
        match self {
            Self::Few(mut found) => {
                found.sort_unstable();
                found.dedup();
                found
            }
            Self::Many(found) => {
                let mut docs = Vec::with_capacity(found.len());
                for bucket in 0..found.max_value().div_ceil(u64::BITS) {
                    let mut bits = found.tinyset(bucket);
                    while let Some(bit) = bits.pop_lowest() {
                        docs.push(bucket * u64::BITS + bit);
                    }
                }
                docs
            }
        }
    }
}

/// Calls `each` with the position and frequency of every one of `docs` that is in
/// the list.
pub(super) fn walk(
    list: &mut BlockSegmentPostings,
    docs: &[DocId],
    mut each: impl FnMut(usize, u32),
) {
    let mut i = 0;
    while i < docs.len() {
        let mut at = list.seek(docs[i]);
        let block = list.docs();
        let Some(mut here) = block.get(at).copied() else {
            return;
        };
        let greatest = block[block.len() - 1];
        while i < docs.len() && docs[i] <= greatest {
            while here < docs[i] {
                at += 1;
                here = block[at];
            }
            if here == docs[i] {
                each(i, list.freq(at));
                i += 1;
            } else {
                i += until(&docs[i..], here);
            }
        }
    }
}

/// How many of `docs`, the first of which is less than `doc`, are less. Looks near first:
/// the next is seldom far.
fn until(docs: &[DocId], doc: DocId) -> usize {
    let (mut known, mut step) = (0, 1);
    while docs.get(known + step).is_some_and(|here| *here < doc) {
        known += step;
        step *= 2;
    }
    let end = docs.len().min(known + step);
    known + 1 + docs[known + 1..end].partition_point(|here| *here < doc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_passages_come_each_once_and_in_order() {
        for n_expected in [0, 100_000] {
            let mut union = Union::new(n_expected, 100_000);
            union.add(&[7, 64, 99_999]);
            union.add(&[0, 7, 63]);
            assert_eq!(union.into_docs(), [0, 7, 63, 64, 99_999]);
        }
    }

    #[test]
    fn what_is_less_is_passed_over() {
        let docs: Vec<DocId> = (0..100).map(|nth| nth * 3).collect();
        for first in 0..docs.len() {
            for doc in docs[first] + 1..320 {
                let expect = docs[first..].iter().filter(|here| **here < doc).count();
                assert_eq!(until(&docs[first..], doc), expect, "{first} {doc}");
            }
        }
    }
}
