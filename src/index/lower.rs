//! From [`Clause`]s to the engine's queries.

use std::ops::Bound;
use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, EnableScoring, Explanation, Occur, PhraseQuery, Query,
    RangeQuery, Scorer, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader, TantivyError, Term};

use super::catalog::Catalog;
use super::clause::Clause;
use super::evidence::{Evidence, Word};
use super::listed::Listed;
use super::ranking::Ranking;
use super::schema::Fields;
use super::verified::VerifiedQuery;
use super::view::Views;
use super::without::WithoutQuery;
use crate::analysis::pairs::pairs_of;

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
        Clause::Holds(text) => holds(fields.pairs, text),
        Clause::All(clauses) => combined(library, clauses, Occur::Must),
        Clause::Any(clauses) => combined(library, clauses, Occur::Should),
        Clause::From(origin) => origin.lower(library.catalog, library.views),
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
        Clause::Enough { words, least } => Box::new(EnoughQuery {
            fields: fields.clone(),
            words: words.clone(),
            least: *least,
        }),
    }
}

fn combined(library: Library<'_>, clauses: &[Clause], occur: Occur) -> Box<dyn Query> {
    match clauses {
        [] if occur == Occur::Must => Box::new(AllQuery),
        [] => Box::new(EmptyQuery),
        [only] => lower(library, only),
        _ => Box::new(BooleanQuery::new(
            clauses
                .iter()
                .map(|clause| (occur, lower(library, clause)))
                .collect(),
        )),
    }
}

/// Passages whose folded text holds `folded`: all its pairs, one behind the other.
pub(super) fn holds(field: Field, folded: &str) -> Box<dyn Query> {
    let chars: Vec<char> = folded.chars().collect();
    match chars.as_slice() {
        [] => Box::new(EmptyQuery),
        [only] => character(field, *only),
        [_, _] => Box::new(TermQuery::new(
            Term::from_field_text(field, folded),
            IndexRecordOption::Basic,
        )),
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
    Box::new(RangeQuery::new(Bound::Included(from), to))
}

/// [`Clause::Enough`] in the engine's form.
#[derive(Debug, Clone)]
struct EnoughQuery {
    fields: Fields,
    words: Vec<Word>,
    least: f32,
}

struct EnoughWeight {
    ranking: Ranking,
    least: f32,
}

impl Query for EnoughQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let Some(searcher) = scoring.searcher() else {
            let message = "the worth of words needs the library".to_owned();
            return Err(TantivyError::InvalidArgument(message));
        };
        let evidence = Evidence {
            words: self.words.clone(),
            ..Evidence::default()
        };
        Ok(Box::new(EnoughWeight {
            ranking: Ranking::new(searcher, &self.fields, &evidence)?,
            least: self.least,
        }))
    }
}

impl Weight for EnoughWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Listed::new(
            self.ranking.enough(reader, self.least)?,
        )))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("has enough of the words", 1.0))
    }
}
