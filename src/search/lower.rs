//! From a [`Query`] to the [`Clause`]s of a lookup.
//!
//! A word of the query must stand in the passage as a string, wherever the
//! segmenter cuts the passage: the character view matches, the word view and the
//! words around a passage only add to the score.

use crate::analysis::{ranking_words, required_words};
use crate::index::Clause;
use crate::query::{Atom, Query};
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

/// Lowers a query. An empty query matches everything.
pub fn lower(query: &Query) -> Lowered {
    let mut words = Vec::new();
    let mut boosts = Vec::new();
    for atom in &query.required {
        let words_of_atom = words_of(atom);
        boosts.extend(boosts_of(atom, words_of_atom.len()));
        words.extend(words_of_atom);
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
            exclude(with_boosts(some, boosts.clone()), &query.excluded)
        })
        .collect();
    Lowered {
        strict: exclude(strict, &query.excluded),
        relaxed,
    }
}

/// The strings that a passage must hold for an atom.
fn words_of(atom: &Atom) -> Vec<Clause> {
    match atom {
        Atom::Phrase(text) => vec![holds(text)],
        Atom::Run(text) => required_words(text)
            .into_iter()
            .map(|word| holds(word.of(text)))
            .collect(),
    }
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

fn boosts_of(atom: &Atom, n_words: usize) -> Vec<Clause> {
    let mut boosts = Vec::new();
    let text = atom.text();
    if matches!(atom, Atom::Run(_)) && n_words > 1 {
        boosts.push(Clause::Constant {
            inner: Box::new(Clause::holds(fold(text))),
            score: WEIGHTS.whole_run,
        });
    }
    ranking_words(text, |word| {
        boosts.push(Clause::Word {
            word: word.to_owned(),
            weight: WEIGHTS.word,
        });
        boosts.push(Clause::Context {
            word: word.to_owned(),
            weight: WEIGHTS.context,
        });
    });
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

fn exclude(base: Clause, atoms: &[Atom]) -> Clause {
    if atoms.is_empty() {
        return base;
    }
    let excluded = atoms
        .iter()
        .map(|atom| Clause::holds(fold(atom.text())))
        .collect();
    Clause::Without {
        base: Box::new(base),
        excluded: Box::new(Clause::any(excluded)),
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
    use crate::query::parse;

    #[test]
    fn a_run_requires_its_words_and_prefers_itself() {
        let lowered = lower(&parse("乡村振兴").0);
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
    fn a_phrase_is_one_string() {
        let lowered = lower(&parse("“乡村振兴”").0);
        let Clause::Boosted { base, .. } = lowered.strict else {
            panic!("words of the phrase still rank");
        };
        assert_eq!(*base, holds("乡村振兴"));
        assert!(lowered.relaxed.is_empty());
    }

    #[test]
    fn a_single_character_is_no_partial_answer() {
        let lowered = lower(&parse("鲸鱼座 星系").0);
        let Some(Clause::Boosted { base, .. }) = lowered.relaxed.last() else {
            panic!("two words can be relaxed");
        };
        let clauses = vec![holds("鲸鱼"), holds("星系")];
        assert_eq!(**base, Clause::AtLeast { least: 1, clauses });
    }

    #[test]
    fn an_empty_query_matches_everything() {
        assert_eq!(lower(&Query::default()).strict, Clause::Everything);
    }
}
