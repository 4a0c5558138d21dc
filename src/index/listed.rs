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
            i += if docs.len() > 4 * postings.size_hint() as usize {
                docs[i..].partition_point(|doc| *doc < here)
            } else {
                1
            };
        } else if is_thick {
            postings.advance();
        } else {
            postings.seek(doc);
        }
    }
}
