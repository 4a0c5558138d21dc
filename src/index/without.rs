//! A query without the passages of another.
//!
//! The engine's own exclusion asks a phrase about passages before its first
//! one, which the engine's phrases forbid. Here the excluded part is opened at
//! the first passage of the base and asked about later ones in order, once each.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{
    DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError, Term,
};

/// Matches of `base` that do not match `excluded`; scores like `base`.
#[derive(Debug)]
pub(super) struct WithoutQuery {
    pub(super) base: Box<dyn Query>,
    pub(super) excluded: Box<dyn Query>,
}

impl Clone for WithoutQuery {
    fn clone(&self) -> Self {
        Self {
            base: self.base.box_clone(),
            excluded: self.excluded.box_clone(),
        }
    }
}

impl Query for WithoutQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                EnableScoring::disabled_from_searcher(searcher)
            }
            disabled @ EnableScoring::Disabled { .. } => disabled,
        };
        Ok(Box::new(WithoutWeight {
            base: self.base.weight(scoring)?,
            excluded: self.excluded.weight(unscored)?,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.base.query_terms(visitor);
    }
}

struct WithoutWeight {
    base: Box<dyn Weight>,
    excluded: Box<dyn Weight>,
}

impl Weight for WithoutWeight {
    fn scorer(&self, reader: &SegmentReader, factor: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let base = self.base.scorer(reader, factor)?;
        let first = base.doc();
        if first == TERMINATED {
            return Ok(base);
        }
        let (place, scorer) = self.excluded.scorer_danger(reader, first, 1.0)?;
        let mut without = Without {
            base,
            excluded: Probe::new(scorer, first, place),
        };
        without.step_over_excluded();
        Ok(Box::new(without))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("passage {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("score of the base", scorer.score()))
    }
}

/// Answers whether passages match, asked in order.
struct Probe {
    scorer: Box<dyn Scorer>,
    /// No passage before this one matches.
    next: DocId,
    /// Whether `next` itself is known to match.
    is_match: bool,
}

impl Probe {
    fn new(scorer: Box<dyn Scorer>, target: DocId, place: SeekDangerResult) -> Self {
        let mut probe = Self {
            scorer,
            next: target,
            is_match: false,
        };
        probe.note(target, place);
        probe
    }

    fn note(&mut self, target: DocId, place: SeekDangerResult) {
        (self.next, self.is_match) = match place {
            SeekDangerResult::Found => (target, true),
            SeekDangerResult::SeekLowerBound(next) => (next, false),
        };
    }

    fn matches(&mut self, doc: DocId) -> bool {
        if self.next < doc || (self.next == doc && !self.is_match) {
            let place = self.scorer.seek_danger(doc);
            self.note(doc, place);
        }
        self.next == doc && self.is_match
    }
}

struct Without {
    base: Box<dyn Scorer>,
    excluded: Probe,
}

impl Without {
    fn step_over_excluded(&mut self) -> DocId {
        let mut doc = self.base.doc();
        while doc != TERMINATED && self.excluded.matches(doc) {
            doc = self.base.advance();
        }
        doc
    }
}

impl DocSet for Without {
    fn advance(&mut self) -> DocId {
        self.base.advance();
        self.step_over_excluded()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.base.seek(target);
        self.step_over_excluded()
    }

    fn doc(&self) -> DocId {
        self.base.doc()
    }

    fn size_hint(&self) -> u32 {
        self.base.size_hint()
    }

    fn cost(&self) -> u64 {
        self.base.cost()
    }
}

impl Scorer for Without {
    fn score(&mut self) -> Score {
        self.base.score()
    }
}
