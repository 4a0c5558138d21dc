//! Lists of passages: walking posting lists, and matches worked out at once as the
//! engine walks them.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// The passages of one segment, worked out at once.
pub(super) struct Listed {
    docs: std::vec::IntoIter<DocId>,
    here: DocId,
}

impl Listed {
    pub(super) fn new(docs: Vec<DocId>) -> Self {
        let mut docs = docs.into_iter();
        let here = docs.next().unwrap_or(TERMINATED);
        Self { docs, here }
    }
}

impl DocSet for Listed {
    fn advance(&mut self) -> DocId {
        self.here = self.docs.next().unwrap_or(TERMINATED);
        self.here
    }

    fn doc(&self) -> DocId {
        self.here
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl tantivy::query::Scorer for Listed {
    fn score(&mut self) -> f32 {
        1.0
    }
}

/// Adds every passage of a list to `found`.
pub(super) fn drain(postings: &mut SegmentPostings, found: &mut Vec<DocId>) {
    while postings.doc() != TERMINATED {
        found.push(postings.doc());
        postings.advance();
    }
}

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
