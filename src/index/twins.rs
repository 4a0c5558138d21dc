//! Passages of the same text.
//!
//! Each passage that is not tiny has the hash of its folded text as a column.
//! Which hashes stand more than once is worked out once for each commit, so that
//! a search pays only for the passages that have a twin.

use tantivy::columnar::Column;
use tantivy::{DocId, Searcher};

use plansearch_text::fold;

use super::columns::for_each_value;

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
        let mut columns = Vec::with_capacity(readers.len());
        let mut hashes = Vec::new();
        for reader in readers {
            let column = reader.fast_fields().column_opt::<u64>("same")?;
            let column = column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc()));
            for_each_value(&column, |_, hash| hashes.push(hash));
            columns.push(column);
        }
        let repeated = Repeated::of(&hashes);
        let segments = columns.into_iter().zip(readers).map(|(column, reader)| {
            let mut has_twin = vec![false; reader.max_doc() as usize];
            for_each_value(&column, |entry, hash| {
                if let Some(has_twin) = has_twin.get_mut(entry as usize) {
                    *has_twin = repeated.has(hash);
                }
            });
            SegmentTwins {
                hashes: column,
                has_twin,
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

/// The hashes that stand more than once.
struct Repeated {
    /// By the lower bits of a hash: whether several have them.
    bits: Vec<u64>,
    /// Sorted.
    hashes: Vec<u64>,
}

impl Repeated {
    /// Most hashes are alone, and eight bits for each show it of most of them, so that few
    /// are left to be sorted.
    fn of(hashes: &[u64]) -> Self {
        let n_words = (hashes.len() / 8).next_power_of_two();
        let mut seen = vec![0_u64; n_words];
        let mut again = Self {
            bits: vec![0_u64; n_words],
            hashes: Vec::new(),
        };
        for hash in hashes {
            let (word, bit) = again.place(*hash);
            if let (Some(seen), Some(again)) = (seen.get_mut(word), again.bits.get_mut(word)) {
                *again |= *seen & bit;
                *seen |= bit;
            }
        }
        let mut shared: Vec<u64> = hashes
            .iter()
            .copied()
            .filter(|hash| again.is_shared(*hash))
            .collect();
        shared.sort_unstable();
        let repeated = shared.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        again.hashes = repeated.filter_map(|same| same.first().copied()).collect();
        again
    }

    /// The word and the bit in it that stand for a hash.
    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let word = (hash >> 6) as usize & (self.bits.len() - 1);
        (word, 1 << (hash & 63))
    }

    #[inline]
    fn is_shared(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    #[inline]
    fn has(&self, hash: u64) -> bool {
        self.is_shared(hash) && self.hashes.binary_search(&hash).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_more_than_once_is_repeated() {
        for hashes in [
            vec![],
            vec![7],
            vec![7, 7],
            vec![u64::MAX, 0, 64, 128, 64, 1, 0, 0],
            // These share their bit.
            (0..5000).map(|n| (n % 3000) << 40).collect(),
        ] {
            let repeated = Repeated::of(&hashes);
            for hash in &hashes {
                let n = hashes.iter().filter(|other| *other == hash).count();
                assert_eq!(repeated.has(*hash), n > 1, "{hash}");
            }
            assert!(!repeated.has(12_345));
        }
    }

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
