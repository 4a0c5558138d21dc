//! The matches of a search in one document, and the way from one to the next.

use super::marking::Marking;
use plansearch_engine::PassageRecord;

/// Where the matches of a document are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matches {
    /// Passages with marks, in order.
    pub(super) passages: Vec<Match>,
}

/// A passage with marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// Its number in the document.
    pub(super) idx: usize,
    /// Its id.
    pub(super) id: String,
    /// How many marks it has.
    pub(super) n_marks: usize,
}

impl Matches {
    /// Finds the matches in passages, which are in document order.
    pub(super) fn of(passages: &[PassageRecord], marking: &Marking<'_>) -> Self {
        let found = passages.iter().map(|passage| Match {
            idx: passage.idx,
            id: passage.id.clone(),
            n_marks: marking.find_in(&passage.text, passage).len(),
        });
        Self {
            passages: found.filter(|found| found.n_marks > 0).collect(),
        }
    }

    /// How many marks there are.
    pub(super) fn n_marks(&self) -> usize {
        self.passages.iter().map(|found| found.n_marks).sum()
    }

    /// How many marks there are in passages before number `idx`.
    pub(super) fn n_marks_before(&self, idx: usize) -> usize {
        let before = self.passages.iter().take_while(|found| found.idx < idx);
        before.map(|found| found.n_marks).sum()
    }

    /// Which of the passages with matches number `idx` is, from 1.
    pub(super) fn position(&self, idx: usize) -> Option<usize> {
        let at = self.passages.binary_search_by_key(&idx, |found| found.idx);
        at.ok().map(|at| at + 1)
    }

    /// The last passage with a match before number `idx`.
    pub(super) fn before(&self, idx: usize) -> Option<&Match> {
        let at = self.passages.partition_point(|found| found.idx < idx);
        self.passages.get(at.checked_sub(1)?)
    }

    /// The first passage with a match behind number `idx`.
    pub(super) fn after(&self, idx: usize) -> Option<&Match> {
        let at = self.passages.partition_point(|found| found.idx <= idx);
        self.passages.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_from_match_to_match() {
        let passages = [(3, 1), (8, 2), (9, 1)].map(|(idx, n_marks)| Match {
            idx,
            id: format!("p{idx}"),
            n_marks,
        });
        let matches = Matches {
            passages: passages.to_vec(),
        };
        let idx_of = |found: Option<&Match>| found.map(|found| found.idx);
        assert_eq!(matches.position(8), Some(2));
        assert_eq!(matches.position(7), None);
        assert_eq!(idx_of(matches.before(8)), Some(3));
        assert_eq!(idx_of(matches.after(8)), Some(9));
        assert_eq!(idx_of(matches.before(3)), None);
        assert_eq!(idx_of(matches.after(9)), None);
        assert_eq!(idx_of(matches.after(4)), Some(8));
        assert_eq!(matches.n_marks(), 4);
        assert_eq!(matches.n_marks_before(3), 0);
        assert_eq!(matches.n_marks_before(9), 3);
        assert_eq!(matches.n_marks_before(10), 4);
    }
}
