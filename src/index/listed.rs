//! Walking posting lists.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// Calls `each` with the position and frequency of every one of `docs` that is in
/// the list.
pub(super) fn walk(
    postings: &mut SegmentPostings,
    docs: &[DocId],
    mut each: impl FnMut(usize, u32),
) {
    // Where matches lie thick, stepping is cheaper than seeking.
    let is_thick = docs.len() * 8 > postings.size_hint() as usize;
    let mut i = 0;
    while i < docs.len() && postings.doc() != TERMINATED {
        let (doc, here) = (docs[i], postings.doc());
        if here == doc {
            each(i, postings.term_freq());
            i += 1;
        } else if here > doc {
            i += until(&docs[i..], here);
        } else if is_thick {
            postings.advance();
        } else {
            postings.seek(doc);
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
