//! What an answer marks in a text, so that every page marks the same.

use super::marks::Needles;
use super::meaning::{self, StandIn};
use crate::text::Span;

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

    /// What to mark in `text`, sorted, without overlaps.
    pub fn find_in(&self, text: &str) -> Vec<Span> {
        self.find_with_stand_ins(text).0
    }

    /// What to mark in `text`, and what in it stands for words of the query.
    pub(super) fn find_with_stand_ins(&self, text: &str) -> (Vec<Span>, Vec<StandIn>) {
        let marks = if self.is_partial {
            self.needles.find_parts_in(text)
        } else {
            self.needles.find_in(text)
        };
        let met = meaning::met(&self.stand_ins, text);
        if met.is_empty() {
            return (marks, Vec::new());
        }
        let also = met.iter().flat_map(|(_, spans)| spans.iter().copied());
        let marks = Span::merged(marks.into_iter().chain(also).collect());
        let stand_ins = met.into_iter().map(|(stand_in, _)| stand_in.clone());
        (marks, stand_ins.collect())
    }
}
