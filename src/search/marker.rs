//! What an answer marks in a text, so that every page marks the same.

use super::marks::Needles;
use super::meaning::{self, StandIn};
use crate::text::{FoldedText, Span};

/// Finds in a text what an answer found passages by: the strings of the query as
/// it was understood, and what stands for them.
#[derive(Debug, Clone, Default)]
pub struct Marker {
    needles: Needles,
    stand_ins: Vec<StandIn>,
    is_partial: bool,
}

impl Marker {
    /// Marks `needles`, parts of them too where `is_partial`, and `stand_ins`.
    pub(super) fn new(needles: Needles, stand_ins: Vec<StandIn>, is_partial: bool) -> Self {
        Self {
            needles,
            stand_ins,
            is_partial,
        }
    }

    /// What to mark in any text, sorted, without overlaps: words that only lean on
    /// those of the query are left out, because they alone make no hit.
    pub fn find_in(&self, text: &str) -> Vec<Span> {
        let is_match = |stand_in: &StandIn| stand_in.is_same || self.is_partial;
        self.find(text, is_match).0
    }

    /// What to mark in the text of a hit: also words that lean on those of the query.
    pub fn find_in_hit(&self, text: &str) -> Vec<Span> {
        self.find(text, |_| true).0
    }

    /// What to mark in the text of a hit, and what in it stands for words of the
    /// query.
    pub(super) fn find_with_stand_ins(&self, text: &str) -> (Vec<Span>, Vec<StandIn>) {
        self.find(text, |_| true)
    }

    fn find(&self, text: &str, counts: impl Fn(&StandIn) -> bool) -> (Vec<Span>, Vec<StandIn>) {
        if self.needles.is_empty() && self.stand_ins.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let folded = FoldedText::new(text);
        let marks = self.needles.find(text, &folded, self.is_partial);
        let mut met = meaning::met(&self.stand_ins, &folded);
        met.retain(|(stand_in, _)| counts(stand_in));
        if met.is_empty() {
            return (marks, Vec::new());
        }
        let also = met.iter().flat_map(|(_, spans)| spans.iter().copied());
        let marks = Span::merged(marks.into_iter().chain(also).collect());
        let stand_ins = met.into_iter().map(|(stand_in, _)| stand_in.clone());
        (marks, stand_ins.collect())
    }
}
