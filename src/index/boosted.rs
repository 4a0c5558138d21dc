//! A query whose optional parts are asked only about the passages that match.
//!
//! The engine's own boolean query walks its optional parts as a union: all
//! their passages, whether the required part has them or not, and phrases are
//! matched in each. Most queries have few matches and optional parts with many,
//! so here each match asks each optional part once, and an optional part is not
//! opened before there is a match.

use std::sync::OnceLock;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{
    DocId, DocSet, Score, Searcher, SeekDangerResult, SegmentReader, TERMINATED, TantivyError, Term,
};

/// Matches like `base`; each of `boosts` that matches too adds to the score.
#[derive(Debug)]
pub(super) struct BoostedQuery {
    base: Box<dyn Query>,
    boosts: Vec<Box<dyn Query>>,
}

impl BoostedQuery {
    pub(super) fn new(base: Box<dyn Query>, boosts: Vec<Box<dyn Query>>) -> Self {
        Self { base, boosts }
    }
}

impl Clone for BoostedQuery {
    fn clone(&self) -> Self {
        Self {
            base: self.base.box_clone(),
            boosts: self.boosts.iter().map(|boost| boost.box_clone()).collect(),
        }
    }
}

impl Query for BoostedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let base = self.base.weight(scoring)?;
        match scoring {
            EnableScoring::Enabled { searcher, .. } => Ok(Box::new(BoostedWeight {
                base,
                boosts: self.clone().boosts,
                searcher: searcher.clone(),
                boost_weights: OnceLock::new(),
            })),
            EnableScoring::Disabled { .. } => Ok(base),
        }
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.base.query_terms(visitor);
        for boost in &self.boosts {
            boost.query_terms(visitor);
        }
    }
}

struct BoostedWeight {
    base: Box<dyn Weight>,
    boosts: Vec<Box<dyn Query>>,
    searcher: Searcher,
    /// Made at the first match: a query without matches never needs them.
    boost_weights: OnceLock<Vec<Box<dyn Weight>>>,
}

impl BoostedWeight {
    fn boost_weights(&self) -> tantivy::Result<&[Box<dyn Weight>]> {
        if let Some(weights) = self.boost_weights.get() {
            return Ok(weights);
        }
        let scoring = EnableScoring::enabled_from_searcher(&self.searcher);
        let weights = self.boosts.iter().map(|boost| boost.weight(scoring));
        let weights = weights.collect::<tantivy::Result<Vec<_>>>()?;
        Ok(self.boost_weights.get_or_init(|| weights))
    }
}

impl Weight for BoostedWeight {
    fn scorer(&self, reader: &SegmentReader, factor: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let base = self.base.scorer(reader, factor)?;
        let first = base.doc();
        if first == TERMINATED {
            return Ok(base);
        }
        let mut boosts = Vec::with_capacity(self.boosts.len());
        for weight in self.boost_weights()? {
            let (place, scorer) = weight.scorer_danger(reader, first, factor)?;
            let boost = Boost::new(scorer, first, place);
            if boost.next < TERMINATED {
                boosts.push(boost);
            }
        }
        Ok(Box::new(BoostedScorer {
            base,
            boosts,
            scored: None,
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("passage {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("sum of base and boosts", scorer.score()))
    }
}

struct BoostedScorer {
    base: Box<dyn Scorer>,
    boosts: Vec<Boost>,
    /// The passage scored last: an optional part may be asked only once.
    scored: Option<(DocId, Score)>,
}

/// An optional part, placed by `seek_danger`: between two matches it must be
/// asked nothing else.
struct Boost {
    scorer: Box<dyn Scorer>,
    /// No passage before this one matches.
    next: DocId,
    /// Whether `next` itself is known to match.
    is_match: bool,
}

impl Boost {
    fn new(scorer: Box<dyn Scorer>, target: DocId, place: SeekDangerResult) -> Self {
        let (next, is_match) = match place {
            SeekDangerResult::Found => (target, true),
            SeekDangerResult::SeekLowerBound(next) => (next, false),
        };
        Self {
            scorer,
            next,
            is_match,
        }
    }

    /// What it adds to the score of `doc`.
    fn score(&mut self, doc: DocId) -> Score {
        if self.next < doc || (self.next == doc && !self.is_match) {
            (self.next, self.is_match) = match self.scorer.seek_danger(doc) {
                SeekDangerResult::Found => (doc, true),
                SeekDangerResult::SeekLowerBound(next) => (next, false),
            };
        }
        if self.next == doc && self.is_match {
            self.scorer.score()
        } else {
            0.0
        }
    }
}

impl DocSet for BoostedScorer {
    fn advance(&mut self) -> DocId {
        self.base.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.base.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.base.seek_danger(target)
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

impl Scorer for BoostedScorer {
    fn score(&mut self) -> Score {
        let doc = self.base.doc();
        if let Some((scored, score)) = self.scored
            && scored == doc
        {
            return score;
        }
        let of_boosts: Score = self.boosts.iter_mut().map(|boost| boost.score(doc)).sum();
        let score = self.base.score() + of_boosts;
        self.scored = Some((doc, score));
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::collector::TopDocs;
    use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    /// Passages of four letters in every order, in three segments.
    fn library() -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for number in 0..600_usize {
            let letters = (0..=number % 5).map(|at| ["a", "b", "c", "d"][(number >> at) % 4]);
            let mut entry = TantivyDocument::new();
            entry.add_text(text, letters.collect::<Vec<_>>().join(" "));
            writer.add_document(entry).unwrap();
            if number % 200 == 199 {
                writer.commit().unwrap();
            }
        }
        (index.reader().unwrap().searcher(), text)
    }

    #[test]
    fn scores_are_those_of_the_engine() {
        let (searcher, text) = library();
        let term = |word: &str| Term::from_field_text(text, word);
        let word = |word: &str| -> Box<dyn Query> {
            Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
        };
        let phrase = |words: &[&str]| -> Box<dyn Query> {
            let terms = words.iter().map(|word| term(word)).collect();
            Box::new(PhraseQuery::new(terms))
        };
        let constant: Box<dyn Query> = Box::new(ConstScoreQuery::new(phrase(&["c", "b"]), 100.0));
        for base in [word("a"), phrase(&["a", "b"]), word("none")] {
            let boosts = vec![
                constant.box_clone(),
                word("d"),
                word("none"),
                phrase(&["b", "a"]),
            ];
            let mut parts = vec![(Occur::Must, base.box_clone())];
            parts.extend(
                boosts
                    .iter()
                    .map(|boost| (Occur::Should, boost.box_clone())),
            );
            let best = || TopDocs::with_limit(1000).order_by_score();
            let engine = searcher.search(&BooleanQuery::new(parts), &best()).unwrap();
            let ours = searcher
                .search(&BoostedQuery::new(base, boosts), &best())
                .unwrap();
            assert_eq!(ours.len(), engine.len());
            for ((score, address), (of_engine, address_of_engine)) in ours.iter().zip(&engine) {
                assert_eq!(address, address_of_engine);
                assert!((score - of_engine).abs() < 1e-3, "{score} {of_engine}");
            }
        }
    }
}
