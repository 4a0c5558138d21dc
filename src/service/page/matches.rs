//! The matches of a search in one document, and the way from one to the next.

use super::marking::Marking;
use crate::index::PassageRecord;

/// Where the matches of a document are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matches {
    /// Passages with marks: number in the document and id, in order.
    pub(super) passages: Vec<(usize, String)>,
    /// How many marks they have.
    pub(super) n_marks: usize,
}

impl Matches {
    /// Finds the matches in passages, which are in document order.
    pub(super) fn of(passages: &[PassageRecord], marking: &Marking<'_>) -> Self {
        let mut matches = Self::default();
        for passage in passages {
            let n_marks = marking.find_in(&passage.text, passage).len();
            if n_marks > 0 {
                matches.n_marks += n_marks;
                matches.passages.push((passage.idx, passage.id.clone()));
            }
        }
        matches
    }

    /// Which of the passages with matches number `idx` is, from 1.
    pub(super) fn position(&self, idx: usize) -> Option<usize> {
        let at = self.passages.binary_search_by_key(&idx, |(idx, _)| *idx);
        at.ok().map(|at| at + 1)
    }

    /// The last passage with a match before number `idx`.
    pub(super) fn before(&self, idx: usize) -> Option<&(usize, String)> {
        let at = self.passages.partition_point(|(known, _)| *known < idx);
        self.passages.get(at.checked_sub(1)?)
    }

    /// The first passage with a match behind number `idx`.
    pub(super) fn after(&self, idx: usize) -> Option<&(usize, String)> {
        let at = self.passages.partition_point(|(known, _)| *known <= idx);
        self.passages.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_from_match_to_match() {
        let passages = [3, 8, 9].map(|idx| (idx, format!("p{idx}"))).to_vec();
        let matches = Matches {
            passages,
            n_marks: 4,
        };
        let idx_of = |found: Option<&(usize, String)>| found.map(|(idx, _)| *idx);
        assert_eq!(matches.position(8), Some(2));
        assert_eq!(matches.position(7), None);
        assert_eq!(idx_of(matches.before(8)), Some(3));
        assert_eq!(idx_of(matches.after(8)), Some(9));
        assert_eq!(idx_of(matches.before(3)), None);
        assert_eq!(idx_of(matches.after(9)), None);
        assert_eq!(idx_of(matches.after(4)), Some(8));
    }
}
