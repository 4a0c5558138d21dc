//! Typing errors: what a run may have been meant to be.
//!
//! A run that stands nowhere is compared with the strings that differ from it in one
//! character of the same sound or a near shape and do stand somewhere. A run that stands
//! is never touched, nor is a character of a word that the dictionary has; and what is put
//! in its place makes a word of the dictionary or a usual one of the library.

use std::collections::HashMap;

use plansearch_analysis::{is_word, required_words};
use plansearch_engine::{Engine, EngineError};
use plansearch_query::easily_confused;
use plansearch_text::Span;
use plansearch_text::numeral::is_chinese_numeral;

/// Shorter runs have too many neighbours, longer ones too many words.
const N_CHARS: std::ops::RangeInclusive<usize> = 2..=16;
/// In a longer run, so many characters to each side of the other one must stand.
const REACH: usize = 2;
/// How many times rarer the pairs as typed must be than those that were meant.
const TIMES_RARER: u64 = 20;

/// A pair that stands in more than one of so many passages is no typing error.
const USUAL: u64 = 10_000;
/// Pairs of a rare run that stand in more passages than this are what was meant.
const RARE: u64 = 10;

/// A word that stands in so many passages is a word of the library.
const USUAL_WORD: usize = 20;

/// How frequent pairs are, each asked for once: a run is looked at more than once.
pub struct PairFrequencies<'a> {
    snapshot: &'a dyn Engine,
    known: HashMap<(char, char), u64>,
}

impl<'a> PairFrequencies<'a> {
    /// The pairs of a library.
    pub fn of(snapshot: &'a dyn Engine) -> Self {
        Self {
            snapshot,
            known: HashMap::new(),
        }
    }

    fn frequency(&mut self, first: char, second: char) -> Result<u64, EngineError> {
        if let Some(known) = self.known.get(&(first, second)) {
            return Ok(*known);
        }
        let frequency = self.snapshot.pair_frequency(first, second)?;
        self.known.insert((first, second), frequency);
        Ok(frequency)
    }
}

/// The string that the folded `run` was probably meant to be.
///
/// # Errors
/// [`EngineError`] when the index cannot be read.
pub fn correct(pairs: &mut PairFrequencies<'_>, run: &str) -> Result<Option<String>, EngineError> {
    let snapshot = pairs.snapshot;
    if snapshot.stands(run)? {
        return Ok(None);
    }
    let mut best: Option<(u64, String)> = None;
    let unusual = snapshot.n_passages() as u64 / USUAL;
    each_neighbour(pairs, run, unusual, &mut |candidate, typed, meant| {
        let is_rarer = typed == 0 || typed * TIMES_RARER <= meant;
        if is_rarer
            && best
                .as_ref()
                .is_none_or(|(frequency, _)| *frequency < meant)
        {
            best = Some((meant, candidate));
        }
    })?;
    Ok(best.map(|(_, run)| run))
}

/// Strings that differ from `run` in one easily confused character and stand
/// whole in the library.
///
/// # Errors
/// [`EngineError`] when the index cannot be read.
pub fn look_alikes(pairs: &mut PairFrequencies<'_>, run: &str) -> Result<Vec<String>, EngineError> {
    let mut found = Vec::new();
    if run.chars().count() < 3 {
        return Ok(found);
    }
    each_neighbour(pairs, run, RARE, &mut |candidate, _, _| {
        found.push(candidate);
    })?;
    found.retain(|candidate| pairs.snapshot.stands(candidate).unwrap_or(false));
    Ok(found)
}

/// For each character of `run` whether it may be a typing error: a character of a
/// word, and no numeral. Who types a number means it, and fillers need not stand.
fn open_to_correction(run: &str) -> Vec<bool> {
    let words = required_words(run);
    let open = run.char_indices().map(|(at, c)| {
        let around = words.iter().find(|word| word.start <= at && at < word.end);
        let is_known = |word: &Span| word.n_chars(run) > 1 && is_word(word.of(run));
        let is_in_doubt = around.is_some_and(|word| !is_known(word));
        is_in_doubt && !is_chinese_numeral(c) && !c.is_ascii_digit()
    });
    open.collect()
}

/// Whether the character at this place of a candidate is in a word.
fn is_in_a_word(snapshot: &dyn Engine, candidate: &str, nth: usize) -> Result<bool, EngineError> {
    let Some((at, _)) = candidate.char_indices().nth(nth) else {
        return Ok(false);
    };
    let words = required_words(candidate);
    let Some(word) = words.iter().find(|word| word.start <= at && at < word.end) else {
        return Ok(false);
    };
    let is_short = word.n_chars(candidate) < 2;
    let word = word.of(candidate);
    Ok(!is_short && (is_word(word) || snapshot.frequency(word)? >= USUAL_WORD))
}

/// Calls `each` with every neighbour of `run` that stands (near the other
/// character), and how frequent the rarest pair with that character is as typed
/// and as meant. A character is left alone when one of its pairs stands in more
/// than `unusual` passages: a wrong one spoils both.
fn each_neighbour(
    pairs: &mut PairFrequencies<'_>,
    run: &str,
    unusual: u64,
    each: &mut dyn FnMut(String, u64, u64),
) -> Result<(), EngineError> {
    let chars: Vec<char> = run.chars().collect();
    if !N_CHARS.contains(&chars.len()) {
        return Ok(());
    }
    // The frequencies of the pairs with `c` at `at`, before and behind it.
    let sides = |pairs: &mut PairFrequencies<'_>,
                 at: usize,
                 c: char|
     -> Result<[Option<u64>; 2], EngineError> {
        let before = match at.checked_sub(1) {
            Some(before) => Some(pairs.frequency(chars[before], c)?),
            None => None,
        };
        if before == Some(0) {
            return Ok([before, None]);
        }
        let behind = match chars.get(at + 1) {
            Some(behind) => Some(pairs.frequency(c, *behind)?),
            None => None,
        };
        Ok([before, behind])
    };
    let is_open = open_to_correction(run);
    for (at, typed) in chars.iter().enumerate() {
        if !is_open[at] {
            continue;
        }
        let before = at.checked_sub(1).map(|before| (chars[before], *typed));
        let behind = chars.get(at + 1).map(|behind| (*typed, *behind));
        let mut as_typed = u64::MAX;
        let mut is_usual = false;
        for (first, second) in [before, behind].into_iter().flatten() {
            let frequency = pairs.frequency(first, second)?;
            as_typed = as_typed.min(frequency);
            is_usual |= frequency > unusual;
        }
        if is_usual {
            continue;
        }
        for other in easily_confused(*typed).iter().copied() {
            if is_chinese_numeral(other) {
                continue;
            }
            let as_meant = sides(pairs, at, other)?
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(0);
            if as_meant == 0 {
                continue;
            }
            let mut candidate = chars.clone();
            candidate[at] = other;
            let around = at.saturating_sub(REACH)..(at + REACH + 1).min(chars.len());
            let piece: String = candidate[around].iter().collect();
            let candidate: String = candidate.into_iter().collect();
            if pairs.snapshot.stands(&piece)? && is_in_a_word(pairs.snapshot, &candidate, at)? {
                each(candidate, as_typed, as_meant);
            }
        }
    }
    Ok(())
}
