//! A query whose matches are read before they count.
//!
//! The base finds the passages with the strings a test needs; the test reads
//! the stored text of each. All matches of a segment are read before the first
//! is given, so that a store that cannot be read is an error and not a passage
//! less. Whoever builds the query puts all other conditions into the base.

use std::borrow::Cow;

use serde::Deserialize;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::clause::Part;
use super::stored::Stored;
use super::text_test::TextTest;
use crate::text::Span;

/// Blocks of the store that are kept while matches are read in order.
const CACHED_BLOCKS: usize = 2;

/// Matches of `base` whose stored text passes `test`.
#[derive(Debug)]
pub(super) struct VerifiedQuery {
    pub(super) base: Box<dyn Query>,
    pub(super) part: Part,
    pub(super) test: TextTest,
}

impl Clone for VerifiedQuery {
    fn clone(&self) -> Self {
        Self {
            base: self.base.box_clone(),
            part: self.part,
            test: self.test.clone(),
        }
    }
}

impl Query for VerifiedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(VerifiedWeight {
            base: self.base.weight(scoring)?,
            is_scored: scoring.is_scoring_enabled(),
            part: self.part,
            test: self.test.clone(),
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.base.query_terms(visitor);
    }
}

struct VerifiedWeight {
    base: Box<dyn Weight>,
    is_scored: bool,
    part: Part,
    test: TextTest,
}

/// What a test reads of a stored passage.
#[derive(Deserialize)]
struct StoredText<'a> {
    #[serde(rename = "t", borrow, default)]
    text: Cow<'a, str>,
    #[serde(rename = "l", default)]
    lead: Option<(usize, usize)>,
}

impl VerifiedWeight {
    fn passes(&self, record: &str) -> tantivy::Result<bool> {
        let stored: StoredText<'_> = serde_json::from_str(record)
            .map_err(|source| TantivyError::InternalError(source.to_string()))?;
        Ok(match (self.part, stored.lead) {
            (Part::Text, _) => self.test.is_met(&stored.text),
            (Part::Lead, Some((start, end))) => {
                self.test.is_met(Span::new(start, end).of(&stored.text))
            }
            (Part::Lead, None) => false,
        })
    }
}

impl Weight for VerifiedWeight {
    fn scorer(&self, reader: &SegmentReader, factor: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut base = self.base.scorer(reader, factor)?;
        let records = reader.get_store_reader(CACHED_BLOCKS)?;
        let alive = reader.alive_bitset();
        let mut matches = Vec::new();
        while base.doc() != TERMINATED {
            let doc_id = base.doc();
            if alive.is_none_or(|alive| alive.is_alive(doc_id)) {
                let entry: Stored = records.get(doc_id)?;
                if self.passes(&entry.record)? {
                    let score = if self.is_scored { base.score() } else { 1.0 };
                    matches.push((doc_id, score));
                }
            }
            base.advance();
        }
        Ok(Box::new(Matches { matches, at: 0 }))
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

/// Matches that are known, in order.
struct Matches {
    matches: Vec<(DocId, Score)>,
    at: usize,
}

impl DocSet for Matches {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.matches.len());
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.matches
            .get(self.at)
            .map_or(TERMINATED, |(doc_id, _)| *doc_id)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.matches.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(doc_id, _)| *doc_id < target);
        self.doc()
    }

    fn size_hint(&self) -> u32 {
        self.matches.len() as u32
    }
}

impl Scorer for Matches {
    fn score(&mut self) -> Score {
        self.matches.get(self.at).map_or(0.0, |(_, score)| *score)
    }
}
