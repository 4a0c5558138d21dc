//! How often characters follow each other in a library.

use std::collections::HashMap;
use std::sync::Arc;

/// In how many passages the bigrams of some text stand, and how many bigrams each character
/// opens in all passages.
#[derive(Debug, Clone, Default)]
pub struct PairCounts {
    pairs: HashMap<(char, char), u64>,
    opened: Arc<OpenedCounts>,
}

/// How many bigrams each character opens, counted once for each passage.
#[derive(Debug, Default)]
pub struct OpenedCounts {
    by_char: HashMap<char, u64>,
    total: u64,
}

impl OpenedCounts {
    /// Adds a bigram that stands in so many passages, by its first character.
    pub fn add(&mut self, first: Option<char>, n_passages: u64) {
        self.total += n_passages;
        if let Some(first) = first {
            *self.by_char.entry(first).or_default() += n_passages;
        }
    }
}

impl PairCounts {
    /// Counts of some bigrams.
    pub fn new(pairs: HashMap<(char, char), u64>, opened: Arc<OpenedCounts>) -> Self {
        Self { pairs, opened }
    }

    /// In how many passages `second` stands behind `first`; 0 for a bigram that was not
    /// asked for.
    pub fn of(&self, first: char, second: char) -> u64 {
        self.pairs.get(&(first, second)).copied().unwrap_or(0)
    }

    /// How many bigrams a character opens, each counted once for a passage.
    pub fn opened_by(&self, c: char) -> u64 {
        self.opened.by_char.get(&c).copied().unwrap_or(0)
    }

    /// How many bigrams all characters open.
    pub fn total(&self) -> u64 {
        self.opened.total
    }
}
