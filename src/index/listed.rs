//! Walking posting lists.

use tantivy::DocId;
use tantivy::postings::BlockSegmentPostings;

/// Every passage of the list, in order.
pub(super) fn all_of(mut list: BlockSegmentPostings) -> Vec<DocId> {
    let mut docs = Vec::with_capacity(list.doc_freq() as usize);
    while !list.docs().is_empty() {
        docs.extend_from_slice(list.docs());
        list.advance();
    }
    docs
}

/// Every passage that is in all of the lists, in order; none without a list.
pub(super) fn in_all(mut lists: Vec<BlockSegmentPostings>) -> Vec<DocId> {
    lists.sort_by_key(BlockSegmentPostings::doc_freq);
    let mut lists = lists.into_iter();
    let mut docs = lists.next().map(all_of).unwrap_or_default();
    for mut list in lists {
        let mut kept = Vec::with_capacity(docs.len());
        walk(&mut list, &docs, |i, _| kept.push(docs[i]));
        docs = kept;
    }
    docs
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
