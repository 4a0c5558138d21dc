//! When segments become one.
//!
//! A search asks each segment on its own, so a library in one segment answers
//! fastest. What is written anew must stay in proportion to what was added: a document
//! that joins a large library does not have all of it written once more.

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;

/// A segment is merged with all that are smaller when these, and what is deleted in it,
/// are at least one part in so many of what it holds.
const PARTS: u64 = 4;

/// What decides whether a segment is merged.
#[derive(Debug, Clone, Copy)]
struct Size {
    n_alive: u64,
    n_deleted: u64,
}

/// The segments that are to become one; none when there is nothing to gain.
pub(super) fn to_merge(mut segments: Vec<SegmentMeta>) -> Vec<SegmentId> {
    segments.sort_by_key(|segment| std::cmp::Reverse(segment.num_docs()));
    let sizes: Vec<Size> = segments
        .iter()
        .map(|segment| Size {
            n_alive: u64::from(segment.num_docs()),
            n_deleted: u64::from(segment.num_deleted_docs()),
        })
        .collect();
    let merged = segments.iter().skip(first_merged(&sizes));
    merged.map(SegmentMeta::id).collect()
}

/// Of segments, the largest first, the first that is merged with all that follow.
fn first_merged(sizes: &[Size]) -> usize {
    let mut rest: u64 = sizes.iter().map(|size| size.n_alive + size.n_deleted).sum();
    for (at, size) in sizes.iter().enumerate() {
        rest -= size.n_alive;
        if rest > 0 && rest * PARTS >= size.n_alive {
            return at;
        }
        rest -= size.n_deleted;
    }
    sizes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sizes: &[(u64, u64)], expect_merged: usize) {
        let sizes: Vec<Size> = sizes
            .iter()
            .map(|(n_alive, n_deleted)| Size {
                n_alive: *n_alive,
                n_deleted: *n_deleted,
            })
            .collect();
        assert_eq!(sizes.len() - first_merged(&sizes), expect_merged);
    }

    #[test]
    fn what_is_alike_in_size_becomes_one() {
        check(&[(30_000, 0), (29_000, 0), (100, 0)], 3);
        check(&[(8, 0), (2, 0)], 2);
    }

    #[test]
    fn a_large_segment_is_not_written_anew_for_a_few() {
        check(&[(1_000_000, 0), (100, 0)], 0);
        check(&[(1_000_000, 0), (100, 0), (90, 0)], 2);
        check(&[(1_000_000, 0), (200_000, 0), (60_000, 0)], 3);
    }

    #[test]
    fn what_is_mostly_deleted_is_written_anew() {
        check(&[(1_000, 300)], 1);
        check(&[(1_000, 100)], 0);
        check(&[(0, 500)], 1);
    }

    #[test]
    fn one_segment_stays() {
        check(&[(1_000, 0)], 0);
        check(&[], 0);
    }
}
