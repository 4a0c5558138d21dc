//! How often characters follow each other in a library.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::error::IndexError;
use super::reader::Snapshot;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// In how many passages the pairs of some text stand, and how many pairs each character
/// opens in all passages.
#[derive(Debug, Clone, Default)]
pub struct PairCounts {
    pairs: HashMap<(char, char), u64>,
    opened: Arc<OpenedCounts>,
}

impl Snapshot {
    /// Counts in how many passages pairs of characters stand, and what each character
    /// opens in all.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn pair_counts(
        &self,
        pairs: impl Iterator<Item = (char, char)>,
    ) -> Result<PairCounts, IndexError> {
        let library = self.library();
        self.ask(|| {
            let opened = || OpenedCounts::read(library.searcher, library.fields.pairs);
            let opened = self.kept.get(opened)?;
            PairCounts::read(library.searcher, library.fields.pairs, opened, pairs)
        })
    }
}

/// How many pairs each character opens, counted once for each passage.
#[derive(Debug, Default)]
pub(super) struct OpenedCounts {
    by_char: HashMap<char, u64>,
    total: u64,
}

impl OpenedCounts {
    pub(super) fn read(searcher: &Searcher, field: Field) -> tantivy::Result<Self> {
        let mut counts = Self::default();
        for reader in searcher.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                let n = u64::from(terms.value().doc_freq);
                counts.total += n;
                let first = std::str::from_utf8(terms.key())
                    .ok()
                    .and_then(|pair| pair.chars().next());
                if let Some(first) = first {
                    *counts.by_char.entry(first).or_default() += n;
                }
            }
        }
        Ok(counts)
    }
}

impl PairCounts {
    pub(super) fn read(
        searcher: &Searcher,
        field: Field,
        opened: Arc<OpenedCounts>,
        pairs: impl Iterator<Item = (char, char)>,
    ) -> tantivy::Result<Self> {
        let mut counts = Self {
            pairs: HashMap::new(),
            opened,
        };
        for (first, second) in pairs {
            if let Entry::Vacant(place) = counts.pairs.entry((first, second)) {
                let pair: String = [first, second].iter().collect();
                place.insert(searcher.doc_freq(&Term::from_field_text(field, &pair))?);
            }
        }
        Ok(counts)
    }

    /// In how many passages `second` stands behind `first`; 0 for a pair that was not
    /// asked for.
    pub fn of(&self, first: char, second: char) -> u64 {
        self.pairs.get(&(first, second)).copied().unwrap_or(0)
    }

    /// How many pairs a character opens, each counted once for a passage.
    pub fn opened_by(&self, c: char) -> u64 {
        self.opened.by_char.get(&c).copied().unwrap_or(0)
    }

    /// How many pairs all characters open.
    pub fn total(&self) -> u64 {
        self.opened.total
    }
}
