//! Passages made ready for comparison, kept while a draft is traced.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};

use lru::LruCache;

use plansearch_engine::PassageRecord;

use super::figures::{self, FoundFigure};
use super::letters::Letters;

/// How many passages each thread keeps, at some eight kilobytes each.
const MAX_KEPT: NonZeroUsize = NonZeroUsize::new(1024).unwrap();
/// Of a longer passage the part is compared that has most in common with the sentence.
const MAX_LETTERS: usize = 1500;

/// A passage and its letters.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) record: Arc<PassageRecord>,
    letters: Arc<Letters>,
    figures: OnceLock<Vec<FoundFigure>>,
}

/// The passages that were compared last.
pub(crate) struct PreparedPassages {
    kept: LruCache<String, Arc<Prepared>>,
}

impl PreparedPassages {
    pub(crate) fn new() -> Self {
        Self {
            kept: LruCache::new(MAX_KEPT),
        }
    }

    /// Makes a passage ready, or gives it as it was kept.
    pub(crate) fn get(&mut self, record: &Arc<PassageRecord>) -> Arc<Prepared> {
        if let Some(known) = self.kept.get(&record.id) {
            return Arc::clone(known);
        }
        let prepared = Arc::new(Prepared {
            letters: Arc::new(Letters::new(&record.text)),
            record: Arc::clone(record),
            figures: OnceLock::new(),
        });
        if prepared.letters.len() <= MAX_LETTERS {
            self.kept.put(record.id.clone(), Arc::clone(&prepared));
        }
        prepared
    }
}

impl Prepared {
    /// The figures of the passage.
    pub(crate) fn figures(&self) -> &[FoundFigure] {
        self.figures
            .get_or_init(|| figures::find(&self.record.text))
    }

    /// The letters to compare with a sentence: all, or the window of a long passage that
    /// shares most pairs with it.
    pub(crate) fn letters_for(&self, sentence: &[char]) -> Arc<Letters> {
        if self.letters.len() <= MAX_LETTERS {
            return Arc::clone(&self.letters);
        }
        let pairs: HashSet<&[char]> = sentence.windows(2).collect();
        let chars = self.letters.chars.as_slice();
        let is_shared: Vec<bool> = chars.windows(2).map(|pair| pairs.contains(pair)).collect();
        // A window of so many letters has one pair less.
        let n_pairs = MAX_LETTERS - 1;
        let mut n_shared = is_shared.iter().take(n_pairs).filter(|is| **is).count();
        let (mut best, mut start, mut last) = (n_shared, 0, 0);
        for (at, (gone, come)) in is_shared
            .iter()
            .zip(is_shared.iter().skip(n_pairs))
            .enumerate()
        {
            n_shared = n_shared + usize::from(*come) - usize::from(*gone);
            if n_shared > best {
                (best, start, last) = (n_shared, at + 1, at + 1);
            } else if n_shared == best && last == at {
                last = at + 1;
            }
        }
        // Of windows as good as each other the middle one has most around the match.
        let start = usize::midpoint(start, last);
        Arc::new(
            self.letters
                .part(start..(start + MAX_LETTERS).min(chars.len())),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_passage_the_window_in_question_is_compared() {
        let text = format!(
            "{}建设海河联运枢纽。{}",
            "甲乙丙丁".repeat(600),
            "戊己庚辛".repeat(600)
        );
        let record = Arc::new(PassageRecord {
            text,
            ..PassageRecord::default()
        });
        let prepared = PreparedPassages::new().get(&record);
        let sentence: Vec<char> = "海河联运枢纽".chars().collect();
        let letters = prepared.letters_for(&sentence);
        assert_eq!(letters.len(), MAX_LETTERS);
        assert!(
            letters
                .chars
                .windows(sentence.len())
                .any(|window| window == sentence)
        );
    }
}
