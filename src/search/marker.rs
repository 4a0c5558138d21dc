//! What an answer marks in a text, so that every page marks the same.

use super::marks::Needles;
use super::meaning::StandIn;
use plansearch_text::{Haystack, Needle, Span};

/// Finds in a text what an answer found passages by: the strings of the query as
/// it was understood, and what stands for them.
#[derive(Debug, Clone, Default)]
pub struct Marker {
    needles: Needles,
    stand_ins: Vec<Sought>,
    is_partial: bool,
}

/// What may stand for words of the query, ready to be found where these do not stand.
#[derive(Debug, Clone)]
struct Sought {
    stand_in: StandIn,
    itself: Needle,
    word: Needle,
}

impl Marker {
    /// Marks `needles`, parts of them too where `is_partial`, and `stand_ins`.
    pub(super) fn new(needles: Needles, stand_ins: Vec<StandIn>, is_partial: bool) -> Self {
        let sought = stand_ins.into_iter().map(|stand_in| Sought {
            itself: Needle::new(&stand_in.folded),
            word: Needle::new(&stand_in.word),
            stand_in,
        });
        Self {
            needles,
            stand_ins: sought.collect(),
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
        let haystack = Haystack::new(text);
        let mut marks = self.needles.find(&haystack, self.is_partial);
        let mut met = Vec::new();
        for sought in &self.stand_ins {
            if !counts(&sought.stand_in) {
                continue;
            }
            let mut spans = sought.itself.find_all(&haystack);
            if !spans.is_empty() && !sought.word.stands_in(&haystack) {
                marks.append(&mut spans);
                met.push(sought.stand_in.clone());
            }
        }
        (Span::merged(marks), met)
    }
}
