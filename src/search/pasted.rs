//! A long text that was pasted: what of it is looked up.
//!
//! A passage that was pasted is told from all others by a few of its rarest words, so a text
//! of thousands of characters is not looked up word by word. From each part of the text the
//! rarest words of the library are taken, so many in all and so long in lists at most; what
//! stands nowhere is left out.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use plansearch_analysis::Cut;
use plansearch_engine::{Engine, EngineError};
use plansearch_text::fold;

/// So many different words are looked up one and all.
pub(super) const MAX_WORDS: usize = 64;
/// So many passages the lists of the words that are taken have together at most, behind the
/// first [`MIN_WORDS`].
const MAX_LISTED: u64 = 400_000;
/// So many words are taken, however long their lists.
const MIN_WORDS: usize = 12;
/// How many words in a row are one part.
const PART_WORDS: usize = 24;

/// A word of the text.
struct Weighed {
    /// As it was typed.
    text: String,
    /// Its place among the words.
    place: usize,
    /// In how many passages it stands at most.
    n_having: u64,
}

/// The telling words of a text, in its order, each a run of its own; `None` where the text
/// has so few that all are looked up.
pub(super) fn telling_words(
    snapshot: &dyn Engine,
    runs: &[String],
) -> Result<Option<Vec<String>>, EngineError> {
    // Words that count here have two characters and more.
    if runs.iter().map(|run| run.chars().count()).sum::<usize>() <= 2 * MAX_WORDS {
        return Ok(None);
    }
    let mut words = Vec::new();
    let mut known = BTreeSet::new();
    for run in runs {
        for term in Cut::of(run).terms {
            let text = term.span.of(run);
            if fold(text).chars().nth(1).is_some() && known.insert(term.text.clone()) {
                words.push((text.to_owned(), term.text));
            }
        }
    }
    if words.len() <= MAX_WORDS {
        return Ok(None);
    }
    let mut parts: Vec<Vec<Weighed>> = Vec::new();
    for (place, (text, term)) in words.into_iter().enumerate() {
        if place % PART_WORDS == 0 {
            parts.push(Vec::new());
        }
        let n_having = snapshot.at_most(&term)?;
        if let Some(part) = parts.last_mut().filter(|_| n_having > 0) {
            part.push(Weighed {
                text,
                place,
                n_having,
            });
        }
    }
    let mut taken = rarest_of(parts);
    taken.sort_unstable_by_key(|word| word.place);
    let texts: Vec<String> = taken.into_iter().map(|word| word.text).collect();
    Ok((!texts.is_empty()).then_some(texts))
}

/// The rarest words of each part in turn.
fn rarest_of(mut parts: Vec<Vec<Weighed>>) -> Vec<Weighed> {
    for part in &mut parts {
        part.sort_by_key(|word| Reverse((word.n_having, word.place)));
    }
    let mut taken: Vec<Weighed> = Vec::with_capacity(MAX_WORDS);
    let mut n_listed = 0;
    while parts.iter().any(|part| !part.is_empty()) {
        // In each turn the parts with the rarest words come first.
        parts.sort_by_key(|part| part.last().map_or(u64::MAX, |word| word.n_having));
        for word in parts.iter_mut().filter_map(Vec::pop) {
            n_listed += word.n_having;
            let is_too_much = n_listed > MAX_LISTED && taken.len() >= MIN_WORDS;
            if taken.len() == MAX_WORDS || is_too_much {
                return taken;
            }
            taken.push(word);
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(places: std::ops::Range<usize>, n_having: impl Fn(usize) -> u64) -> Vec<Weighed> {
        let word = |place| Weighed {
            text: String::new(),
            place,
            n_having: n_having(place),
        };
        places.map(word).collect()
    }

    fn cost(taken: &[Weighed]) -> u64 {
        taken.iter().map(|word| word.n_having).sum()
    }

    #[test]
    fn what_is_looked_up_does_not_grow_with_the_text() {
        let text = |n_parts: usize| {
            (0..n_parts).map(|nth| part(nth * 24..nth * 24 + 24, |n| n as u64 % 24 + 1))
        };
        for n_parts in [4, 40, 400] {
            let taken = rarest_of(text(n_parts).collect());
            assert_eq!(taken.len(), MAX_WORDS);
            assert!(cost(&taken) <= 24 * MAX_WORDS as u64);
        }
    }

    #[test]
    fn every_part_of_a_text_has_its_words() {
        let rare_and_common = vec![part(0..24, |_| 1), part(24..48, |_| 5_000)];
        let taken = rarest_of(rare_and_common);
        assert_eq!(taken.iter().filter(|word| word.place >= 24).count(), 24);
    }

    #[test]
    fn words_that_are_everywhere_are_few() {
        let taken = rarest_of(vec![part(0..24, |_| 300_000)]);
        assert_eq!(taken.len(), MIN_WORDS);
    }
}
