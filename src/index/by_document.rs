//! Hits gathered by document: the best passages of each, and how many it has.
//!
//! Every match is counted; of each document only the passages that are shown are
//! kept, so a common word costs no more room than the number of documents.

use std::collections::{BinaryHeap, HashMap};

use super::collect::Candidate;

/// The hits of each document of a pass.
pub(super) struct ByDocument {
    n_each: usize,
    documents: HashMap<u32, Gathered>,
}

/// What one document has.
struct Gathered {
    /// The best key of its hits, which orders the documents.
    first: u32,
    n_hits: usize,
    /// The best hits, equal ones in document order; the last of them on top.
    shown: BinaryHeap<(u32, u32, u32, u32)>,
}

/// The documents of one page, best first.
pub(super) struct DocumentPage {
    /// Position in the catalog and number of hits.
    pub(super) documents: Vec<(u32, usize)>,
    /// The hits that are shown, document after document.
    pub(super) hits: Vec<Candidate>,
    /// How many documents have hits.
    pub(super) n_documents: usize,
}

impl ByDocument {
    /// Keeps at most `n_each` hits of a document.
    pub(super) fn new(n_each: usize) -> Self {
        let documents = HashMap::new();
        Self { n_each, documents }
    }

    /// Takes a hit; `first` is smaller for a better one, `passage_idx` its place in
    /// the document.
    pub(super) fn keep(&mut self, first: u32, doc_idx: u32, passage_idx: u32, hit: Candidate) {
        let gathered = self.documents.entry(doc_idx).or_insert(Gathered {
            first,
            n_hits: 0,
            shown: BinaryHeap::new(),
        });
        gathered.first = gathered.first.min(first);
        gathered.n_hits += 1;
        let is_shown = gathered.shown.len() < self.n_each
            || gathered
                .shown
                .peek()
                .is_some_and(|(worst, last, ..)| (first, passage_idx) < (*worst, *last));
        if is_shown {
            let shown = (first, passage_idx, hit.segment, hit.doc_id);
            gathered.shown.push(shown);
            if gathered.shown.len() > self.n_each {
                gathered.shown.pop();
            }
        }
    }

    /// The documents from `offset` on, at most `limit`, in the order of their best
    /// hits, then of the library.
    pub(super) fn page(self, offset: usize, limit: usize) -> DocumentPage {
        let n_documents = self.documents.len();
        let mut documents: Vec<_> = self.documents.into_iter().collect();
        documents.sort_unstable_by_key(|(doc_idx, gathered)| (gathered.first, *doc_idx));
        let mut page = DocumentPage {
            documents: Vec::new(),
            hits: Vec::new(),
            n_documents,
        };
        for (doc_idx, gathered) in documents.into_iter().skip(offset).take(limit) {
            page.documents.push((doc_idx, gathered.n_hits));
            let shown = gathered.shown.into_sorted_vec().into_iter();
            page.hits
                .extend(shown.map(|(_, _, segment, doc_id)| Candidate {
                    score: 0.0,
                    segment,
                    doc_id,
                }));
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_by_their_best_hit_with_their_best_passages() {
        let mut gathered = ByDocument::new(2);
        for (first, doc, passage) in [(9, 0, 4), (8, 0, 1), (9, 0, 7), (3, 2, 5), (9, 1, 6)] {
            let hit = Candidate {
                score: 1.0,
                segment: 0,
                doc_id: doc * 10 + passage,
            };
            gathered.keep(first, doc, passage, hit);
        }
        let page = gathered.page(0, 2);
        assert_eq!(page.documents, [(2, 1), (0, 3)]);
        assert_eq!(page.n_documents, 3);
        let shown: Vec<u32> = page.hits.iter().map(|hit| hit.doc_id).collect();
        assert_eq!(shown, [25, 1, 4], "equal ones in document order");
        let mut gathered = ByDocument::new(2);
        for (first, passage) in [(9, 1), (3, 7), (5, 4)] {
            let hit = Candidate {
                score: 1.0,
                segment: 0,
                doc_id: passage,
            };
            gathered.keep(first, 0, passage, hit);
        }
        let page = gathered.page(0, 1).hits.into_iter();
        let shown: Vec<u32> = page.map(|hit| hit.doc_id).collect();
        assert_eq!(shown, [7, 4]);
    }
}
