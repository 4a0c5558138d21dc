//! From [`Clause`]s to the engine's queries.

use std::ops::Bound;
use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::catalog::Catalog;
use super::clause::Clause;
use super::schema::Fields;
use super::verified::VerifiedQuery;
use super::view::Views;
use super::without::WithoutQuery;
use crate::analysis::{is_long_word, pairs::pairs_of};

/// What clauses are lowered against.
#[derive(Clone, Copy)]
pub(super) struct Library<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) catalog: &'a Catalog,
    pub(super) views: &'a Arc<Views>,
}

/// Lowers a clause.
pub(super) fn lower(library: Library<'_>, clause: &Clause) -> tantivy::Result<Box<dyn Query>> {
    let fields = library.fields;
    Ok(match clause {
        Clause::Everything => Box::new(AllQuery),
        Clause::Holds(text) => holds(library.searcher, fields, text)?,
        Clause::All(clauses) => combined(library, clauses, Occur::Must)?,
        Clause::Any(clauses) => combined(library, clauses, Occur::Should)?,
        Clause::From(origin) => origin.lower(library.catalog, library.views),
        Clause::Verified { base, part, test } => Box::new(VerifiedQuery {
            base: lower(library, base)?,
            part: *part,
            test: test.clone(),
        }),
        Clause::Without { base, excluded } => Box::new(WithoutQuery {
            base: lower(library, base)?,
            excluded: lower(library, excluded)?,
        }),
    })
}

fn combined(
    library: Library<'_>,
    clauses: &[Clause],
    occur: Occur,
) -> tantivy::Result<Box<dyn Query>> {
    Ok(match clauses {
        [] if occur == Occur::Must => Box::new(AllQuery),
        [] => Box::new(EmptyQuery),
        [only] => lower(library, only)?,
        _ => {
            let lowered = clauses
                .iter()
                .map(|clause| Ok((occur, lower(library, clause)?)));
            Box::new(BooleanQuery::new(lowered.collect::<tantivy::Result<_>>()?))
        }
    })
}

/// The term that stands exactly where the folded string does, if it is one: a long word
/// or a pair.
fn term_of(fields: &Fields, folded: &str) -> Option<Term> {
    if is_long_word(folded) {
        return Some(Term::from_field_text(fields.words, folded));
    }
    let is_pair = folded.chars().count() == 2;
    is_pair.then(|| Term::from_field_text(fields.pairs, folded))
}

/// The terms that a passage matches a clause with, when all of them are all it asks for.
pub(super) fn terms_of(fields: &Fields, clause: &Clause) -> Option<Vec<Term>> {
    match clause {
        Clause::Holds(text) => Some(vec![term_of(fields, text)?]),
        Clause::All(clauses) if !clauses.is_empty() => {
            let terms = clauses.iter().map(|clause| match clause {
                Clause::Holds(text) => term_of(fields, text),
                _ => None,
            });
            terms.collect()
        }
        _ => None,
    }
}

/// Passages whose folded text holds `folded`: a long word is a term, any other string is
/// pairs that cover all its characters, each at its place.
pub(super) fn holds(
    searcher: &Searcher,
    fields: &Fields,
    folded: &str,
) -> tantivy::Result<Box<dyn Query>> {
    if let Some(term) = term_of(fields, folded) {
        return Ok(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
    }
    let field = fields.pairs;
    let chars: Vec<char> = folded.chars().collect();
    Ok(match chars.as_slice() {
        [] => Box::new(EmptyQuery),
        [only] => character(field, *only),
        _ => {
            let terms = pairs_of(&chars);
            let terms = terms.iter().map(|pair| Term::from_field_text(field, pair));
            let cover = rarest_cover(searcher, terms.collect())?;
            if cover.is_empty() {
                Box::new(EmptyQuery)
            } else {
                Box::new(PhraseQuery::new_with_offset(cover))
            }
        }
    })
}

/// Of the pairs of a string, in order, the rarest ones that together hold all its
/// characters, with their places: what they hold in common is the string, and fewer
/// lists of places are read. None when one of the pairs stands nowhere.
fn rarest_cover(searcher: &Searcher, terms: Vec<Term>) -> tantivy::Result<Vec<(usize, Term)>> {
    let mut by_frequency = Vec::with_capacity(terms.len());
    for (at, term) in terms.into_iter().enumerate() {
        let frequency = searcher.doc_freq(&term)?;
        if frequency == 0 {
            return Ok(Vec::new());
        }
        by_frequency.push((frequency, at, term));
    }
    by_frequency.sort_by_key(|(frequency, at, _)| (*frequency, *at));
    let mut is_covered = vec![false; by_frequency.len() + 1];
    let mut cover: Vec<(usize, Term)> = Vec::new();
    for (_, at, term) in by_frequency {
        if !(is_covered[at] && is_covered[at + 1]) {
            (is_covered[at], is_covered[at + 1]) = (true, true);
            cover.push((at, term));
        }
    }
    cover.sort_by_key(|(at, _)| *at);
    Ok(cover)
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
