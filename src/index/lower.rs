//! From [`Clause`]s to the engine's queries.

use std::ops::Bound;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::boosted::BoostedQuery;
use super::catalog::Catalog;
use super::clause::Clause;
use super::schema::Fields;
use super::verified::VerifiedQuery;
use super::view::Views;
use super::without::WithoutQuery;
use crate::analysis::pairs::pairs_of;

/// Score of a single character that stands in a passage. Its frequency tells
/// little, and the union of its pairs has no frequencies.
const CHARACTER_SCORE: f32 = 1.0;

/// What clauses are lowered against.
#[derive(Clone, Copy)]
pub(super) struct Library<'a> {
    pub(super) fields: &'a Fields,
    pub(super) catalog: &'a Catalog,
    pub(super) views: &'a Arc<Views>,
}

/// Lowers a clause.
pub(super) fn lower(library: Library<'_>, clause: &Clause) -> Box<dyn Query> {
    let fields = library.fields;
    match clause {
        Clause::Everything => Box::new(AllQuery),
        Clause::Holds { text, weight } => weighted(holds(fields.pairs, text), *weight),
        Clause::Word { word, weight } => weighted(term(fields.words, word), *weight),
        Clause::Context { word, weight } => weighted(term(fields.context, word), *weight),
        Clause::All(clauses) => all(library, clauses),
        Clause::AtLeast { least, clauses } => at_least(library, *least, clauses),
        Clause::From(origin) => Box::new(BoostQuery::new(
            origin.lower(library.catalog, library.views),
            0.0,
        )),
        Clause::Verified { base, part, test } => Box::new(VerifiedQuery {
            base: lower(library, base),
            part: *part,
            test: test.clone(),
            record: fields.record,
        }),
        Clause::Without { base, excluded } => Box::new(WithoutQuery {
            base: lower(library, base),
            excluded: lower(library, excluded),
        }),
        Clause::Boosted { base, boosts } => {
            let boosts = boosts.iter().map(|boost| lower(library, boost)).collect();
            Box::new(BoostedQuery::new(lower(library, base), boosts))
        }
        Clause::Constant { inner, score } => {
            Box::new(ConstScoreQuery::new(lower(library, inner), *score))
        }
    }
}

fn all(library: Library<'_>, clauses: &[Clause]) -> Box<dyn Query> {
    match clauses {
        [] => Box::new(AllQuery),
        [only] => lower(library, only),
        _ => Box::new(BooleanQuery::new(
            clauses
                .iter()
                .map(|clause| (Occur::Must, lower(library, clause)))
                .collect(),
        )),
    }
}

fn at_least(library: Library<'_>, least: usize, clauses: &[Clause]) -> Box<dyn Query> {
    match clauses {
        [] => Box::new(EmptyQuery),
        [only] => lower(library, only),
        _ => {
            let parts = clauses
                .iter()
                .map(|clause| (Occur::Should, lower(library, clause)))
                .collect();
            Box::new(BooleanQuery::with_minimum_required_clauses(
                parts,
                least.max(1),
            ))
        }
    }
}

fn weighted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    if (weight - 1.0).abs() < f32::EPSILON {
        query
    } else {
        Box::new(BoostQuery::new(query, weight))
    }
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, word),
        IndexRecordOption::WithFreqs,
    ))
}

/// Passages whose folded text holds `folded`: all its pairs, one behind the other.
fn holds(field: Field, folded: &str) -> Box<dyn Query> {
    let chars: Vec<char> = folded.chars().collect();
    match chars.as_slice() {
        [] => Box::new(EmptyQuery),
        [only] => character(field, *only),
        [_, _] => term(field, folded),
        _ => {
            let terms = pairs_of(&chars)
                .iter()
                .map(|pair| Term::from_field_text(field, pair))
                .collect();
            Box::new(PhraseQuery::new(terms))
        }
    }
}

/// Passages with a pair that begins with `c`. Terms sort as their characters do,
/// so these pairs are a range.
fn character(field: Field, c: char) -> Box<dyn Query> {
    let from = Term::from_field_text(field, c.encode_utf8(&mut [0; 4]));
    let next = (c as u32 + 1..=0x0010_ffff).find_map(char::from_u32);
    let to = match next {
        Some(next) => Bound::Excluded(Term::from_field_text(field, next.encode_utf8(&mut [0; 4]))),
        None => Bound::Unbounded,
    };
    let range = RangeQuery::new(Bound::Included(from), to);
    Box::new(ConstScoreQuery::new(Box::new(range), CHARACTER_SCORE))
}
