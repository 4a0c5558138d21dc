//! From the runs of a query to the [`Clause`]s of a lookup.
//!
//! A word of the query must stand in the passage as a string, wherever the
//! segmenter cuts the passage: the character view matches, the word view and the
//! words around a passage only add to the score.

use crate::analysis::{ranking_words, required_words};
use crate::index::Clause;
use crate::text::fold;

/// Weights of the parts of a score. Found by measuring on the labelled queries.
#[derive(Debug, Clone, Copy)]
struct Weights {
    /// The string of a word in the text.
    text: f32,
    /// A word of the word view.
    word: f32,
    /// A word in title, headings above, lead or table head.
    context: f32,
    /// A run that stands whole. It lies above any sum of the others, so that
    /// passages with the string as written come first.
    whole_run: f32,
}

const WEIGHTS: Weights = Weights {
    text: 1.0,
    word: 0.5,
    context: 0.8,
    whole_run: 100.0,
};

/// A lowered query: what must match, and what stands in when nothing does.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowered {
    /// Everything required.
    pub strict: Clause,
    /// Weaker clauses, the strictest first; empty when nothing can be given up.
    pub relaxed: Vec<Clause>,
}

/// Lowers runs that are all required. No runs match everything.
pub fn lower(runs: &[&str]) -> Lowered {
    let mut words = Vec::new();
    let mut boosts = Vec::new();
    for run in runs {
        let words_of_run = words_of(run);
        boosts.extend(boosts_of(run, words_of_run.len()));
        words.extend(words_of_run);
    }
    let strict = with_boosts(all_of(words.clone()), boosts.clone());
    let n_words = words.len();
    let telling = telling_words(words);
    let relaxed = steps_down(n_words, telling.len())
        .map(|least| {
            let some = Clause::AtLeast {
                least,
                clauses: telling.clone(),
            };
            with_boosts(some, boosts.clone())
        })
        .collect();
    Lowered { strict, relaxed }
}

/// What a word adds to the score of a passage with it or under it.
pub(super) fn word_boosts(word: &str) -> [Clause; 2] {
    [
        Clause::Word {
            word: word.to_owned(),
            weight: WEIGHTS.word,
        },
        Clause::Context {
            word: word.to_owned(),
            weight: WEIGHTS.context,
        },
    ]
}

/// The strings that a passage must hold for a run.
fn words_of(run: &str) -> Vec<Clause> {
    required_words(run)
        .into_iter()
        .map(|word| holds(word.of(run)))
        .collect()
}

fn holds(text: &str) -> Clause {
    Clause::Holds {
        text: fold(text),
        weight: WEIGHTS.text,
    }
}

fn all_of(mut clauses: Vec<Clause>) -> Clause {
    match clauses.len() {
        0 => Clause::Everything,
        1 => clauses.remove(0),
        _ => Clause::All(clauses),
    }
}

fn boosts_of(run: &str, n_words: usize) -> Vec<Clause> {
    let mut boosts = Vec::new();
    if n_words > 1 {
        boosts.push(Clause::Constant {
            inner: Box::new(Clause::holds(fold(run))),
            score: WEIGHTS.whole_run,
        });
    }
    ranking_words(run, |word| boosts.extend(word_boosts(word)));
    boosts
}

fn with_boosts(base: Clause, boosts: Vec<Clause>) -> Clause {
    if boosts.is_empty() || base == Clause::Everything {
        return base;
    }
    Clause::Boosted {
        base: Box::new(base),
        boosts,
    }
}

/// The words that may stand for the whole in a partial answer: a single Chinese
/// character only when there is nothing else.
fn telling_words(words: Vec<Clause>) -> Vec<Clause> {
    let tells = |clause: &Clause| match clause {
        Clause::Holds { text, .. } => text.is_ascii() || text.chars().count() > 1,
        _ => true,
    };
    if words.iter().any(tells) {
        words.into_iter().filter(tells).collect()
    } else {
        words
    }
}

/// How many of the telling words to ask for when not all words can be had: all
/// of them where some words tell nothing, then three quarters, half, one.
fn steps_down(n_words: usize, n_telling: usize) -> impl Iterator<Item = usize> {
    let mut steps = vec![n_telling, n_telling * 3 / 4, n_telling / 2, 1];
    steps.retain(|least| (1..n_words).contains(least));
    steps.dedup();
    steps.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_requires_its_words_and_prefers_itself() {
        let lowered = lower(&["乡村振兴"]);
        let Clause::Boosted { base, boosts } = lowered.strict else {
            panic!("a run of two words has boosts");
        };
        assert_eq!(*base, Clause::All(vec![holds("乡村"), holds("振兴")]));
        assert!(
            matches!(&boosts[0], Clause::Constant { inner, .. } if **inner == Clause::holds("乡村振兴"))
        );
        assert_eq!(lowered.relaxed.len(), 1);
    }

    #[test]
    fn a_single_character_is_no_partial_answer() {
        let lowered = lower(&["鲸鱼座", "星系"]);
        let Some(Clause::Boosted { base, .. }) = lowered.relaxed.last() else {
            panic!("two words can be relaxed");
        };
        let clauses = vec![holds("鲸鱼"), holds("星系")];
        assert_eq!(**base, Clause::AtLeast { least: 1, clauses });
    }

    #[test]
    fn an_empty_query_matches_everything() {
        assert_eq!(lower(&[]).strict, Clause::Everything);
    }
}
