//! How often characters follow each other, read from the terms of the index.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use plansearch_engine::pair_counts::{OpenedCounts, PairCounts};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// How many bigrams each character opens.
pub(super) fn opened(searcher: &Searcher, field: Field) -> tantivy::Result<OpenedCounts> {
    let mut counts = OpenedCounts::default();
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(field)?;
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            let pair = std::str::from_utf8(terms.key()).ok();
            let first = pair.and_then(|pair| pair.chars().next());
            counts.add(first, u64::from(terms.value().doc_freq));
        }
    }
    Ok(counts)
}

/// In how many passages bigrams stand.
pub(super) fn of(
    searcher: &Searcher,
    field: Field,
    opened: Arc<OpenedCounts>,
    pairs: &[(char, char)],
) -> tantivy::Result<PairCounts> {
    let mut counts = HashMap::new();
    for (first, second) in pairs {
        if let Entry::Vacant(place) = counts.entry((*first, *second)) {
            let pair: String = [*first, *second].iter().collect();
            place.insert(searcher.doc_freq(&Term::from_field_text(field, &pair))?);
        }
    }
    Ok(PairCounts::new(counts, opened))
}
