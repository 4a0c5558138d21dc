//! What is asked of the engine, and what it answers.

use std::sync::Arc;

use super::clause::Clause;
use super::evidence::Evidence;
use super::facet::{FacetPick, Facets};
use super::filter::Filter;
use super::reasons::Reasons;
use super::record::PassageRecord;

/// What to look up.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// What must match.
    pub clause: Clause,
    /// In place of the clause: match what has enough of the words of the evidence.
    pub enough: Option<Enough>,
    /// What must match beside it, whatever is given up.
    pub also: Clause,
    /// Where fewer passages match, filter aside, they are counted and nothing else.
    pub unless_fewer: usize,
    /// What orders the matches.
    pub evidence: Evidence,
    /// Where hits may come from.
    pub filter: Filter,
    /// Order of the hits.
    pub sort: Sort,
    /// Whether passages of the same text are one hit, where the order is that of
    /// scores.
    pub is_same_together: bool,
    /// Whether hits tell the parts of their scores.
    pub is_explained: bool,
    /// At most so many hits of each document, its best first; `offset` and
    /// `limit` then count documents, which stand in the order of their best hits.
    pub each_document: Option<usize>,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to return.
    pub limit: usize,
    /// Whether hits about a theme of the filter stand before those that only mention
    /// one, whatever else orders them.
    pub is_about_first: bool,
    /// How many values of a facet to return, at most; 0 counts no facets.
    pub max_facet_values: usize,
    /// Lists values of this facet alone, searched.
    pub facet: Option<FacetPick>,
}

/// How much of the words of a query is enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Enough {
    /// Shares (0 to 1) of the worth of the words of the evidence, in the text of a
    /// passage or around it, the greatest first. Rare words are worth more.
    pub shares: Vec<f32>,
    /// The first share counts that so many passages have, else the last.
    pub at_least: usize,
}

/// Order of hits. Ties fall back to document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best score first.
    #[default]
    Relevance,
    /// As the library is ordered: by file, then place in the document.
    Document,
    /// Newest document first.
    Date,
}

/// The answer to a lookup.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many passages match, exactly.
    pub total: usize,
    /// How many match without the filter.
    pub n_matches: usize,
    /// How many hits they make: less than passages where those of the same text
    /// are one hit, and the number of documents where these are listed.
    pub n_hits: usize,
    /// Where documents are listed: id and number of matching passages of each that
    /// the hits come from, in their order.
    pub documents: Vec<(String, usize)>,
    /// The hits asked for, in order.
    pub hits: Vec<FoundHit>,
    /// Counts per facet value.
    pub facets: Facets,
}

/// One passage of an answer.
#[derive(Debug, Clone)]
pub struct FoundHit {
    /// Its score; 0 when nothing was scored.
    pub score: f32,
    /// The passage.
    pub passage: Arc<PassageRecord>,
    /// How many other passages of this text the hit stands for.
    pub n_same: usize,
    /// The first of them, in order, [`MAX_PLACES`] at most.
    pub same: Vec<Place>,
    /// The parts of the score, when asked for.
    pub reasons: Option<Reasons>,
}

/// Where a passage stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Id of the passage.
    pub passage: String,
    /// Its number in the document.
    pub idx: usize,
    /// Id of the document.
    pub doc: String,
}

/// How many places of the same text a hit lists at most.
pub const MAX_PLACES: usize = 100;

impl Lookup {
    /// Looks up what matches `clause`, best first, ten hits, no facets.
    pub fn new(clause: Clause) -> Self {
        Self {
            clause,
            enough: None,
            also: Clause::Everything,
            unless_fewer: 0,
            evidence: Evidence::default(),
            filter: Filter::default(),
            sort: Sort::default(),
            is_same_together: false,
            is_explained: false,
            each_document: None,
            offset: 0,
            limit: 10,
            is_about_first: false,
            max_facet_values: 0,
            facet: None,
        }
    }

    /// The clause, and what must match beside it.
    pub fn required(&self) -> Clause {
        if self.also == Clause::Everything {
            return self.clause.clone();
        }
        let both = [self.also.clone(), self.clause.clone()].into_iter();
        let telling: Vec<Clause> = both.filter(|c| *c != Clause::Everything).collect();
        Clause::all(telling)
    }

    /// Says whether scores order the hits.
    pub fn is_scored(&self) -> bool {
        self.sort == Sort::Relevance && !self.evidence.is_empty()
    }
}
