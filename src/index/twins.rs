//! Passages of the same text.
//!
//! Each passage that is not tiny has the hash of its folded text as a column.
//! Which hashes stand more than once is worked out once for each commit, so that
//! a search pays only for the passages that have a twin.

use std::collections::HashMap;

use tantivy::columnar::Column;
use tantivy::{DocId, Searcher};

use plansearch_text::fold;

/// A shorter text is the same by chance: a heading, a cell, a formula.
const MIN_CHARS: usize = 16;

/// The passages of one commit whose text stands more than once.
pub(super) struct Twins {
    segments: Vec<SegmentTwins>,
}

struct SegmentTwins {
    hashes: Column<u64>,
    has_twin: Vec<bool>,
}

/// What a text has in common with its twins; nothing for a tiny one.
pub(super) fn hash(text: &str) -> Option<u64> {
    let folded = fold(text);
    if folded.chars().count() < MIN_CHARS {
        return None;
    }
    let hash = blake3::hash(folded.as_bytes());
    let (head, _) = hash.as_bytes().split_first_chunk::<8>()?;
    Some(u64::from_le_bytes(*head))
}

impl Twins {
    pub(super) fn open(searcher: &Searcher) -> tantivy::Result<Self> {
        let readers = searcher.segment_readers();
        let mut hashes = Vec::with_capacity(readers.len());
        let mut times: HashMap<u64, bool> = HashMap::new();
        for reader in readers {
            let column = reader.fast_fields().column_opt::<u64>("same")?;
            let column = column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc()));
            for doc_id in 0..reader.max_doc() {
                if let Some(hash) = column.first(doc_id) {
                    let is_again = times.entry(hash).and_modify(|again| *again = true);
                    is_again.or_insert(false);
                }
            }
            hashes.push(column);
        }
        let segments = hashes.into_iter().zip(readers).map(|(hashes, reader)| {
            let has_twin = |doc_id| hashes.first(doc_id).is_some_and(|hash| times[&hash]);
            SegmentTwins {
                has_twin: (0..reader.max_doc()).map(has_twin).collect(),
                hashes,
            }
        });
        Ok(Self {
            segments: segments.collect(),
        })
    }

    /// For each entry of a segment whether its text stands more than once.
    pub(super) fn of_segment(&self, segment: u32) -> &[bool] {
        let segment = self.segments.get(segment as usize);
        segment.map_or(&[], |segment| segment.has_twin.as_slice())
    }

    /// What a passage has in common with its twins, if it has any in the library.
    #[inline]
    pub(super) fn group(&self, segment: u32, doc_id: DocId) -> Option<u64> {
        let segment = self.segments.get(segment as usize)?;
        if !*segment.has_twin.get(doc_id as usize)? {
            return None;
        }
        segment.hashes.first(doc_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_however_it_is_spelled_and_a_tiny_one_is_not() {
        let text = "推进港口码头建设，开展泊位改造，完善集疏运体系。";
        assert!(hash(text).is_some());
        assert_eq!(
            hash(text),
            hash("推進港口码头建设， 开展泊位改造，完善集疏运体系。")
        );
        assert_ne!(
            hash(text),
            hash("推进港口码头建设，开展泊位改造，完善集疏运网络。")
        );
        assert_eq!(hash("第一章 总则"), None);
    }
}
