//! From the runs of a plain query to what is looked up.
//!
//! A word of the query must stand in the passage as a string, however the text
//! would be cut into words. A plain query (nothing but words) also has a weaker
//! form for when too few passages have all its words.

use super::meaning::{Meaning, StandIn};
use plansearch_analysis::{is_idle, is_marked};
use plansearch_engine::{Clause, Evidence};
use plansearch_query::Synonyms;
use plansearch_text::{fold, other_year_spelling};

/// The share of the worth of the words that a passage must have in the weaker
/// form: of few words a good part, of a pasted sentence less, because it is
/// worded otherwise where it stands.
fn least_share(n_words: usize) -> f32 {
    (1.0 / n_words as f32).clamp(0.10, 0.25)
}

/// A lowered query: what must match, and what stands in when too little does.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowered {
    /// Everything required.
    pub strict: Clause,
    /// The share of the words' worth that is enough in the weaker form; none when
    /// nothing can be given up.
    pub enough: Option<f32>,
    /// What orders the hits.
    pub evidence: Evidence,
    /// The words that may stand for words of the query.
    pub stand_ins: Vec<StandIn>,
}

/// Lowers the runs of a plain query.
pub fn lower_plain(runs: &[&str], synonyms: &[&Synonyms]) -> Lowered {
    // A single run is asked for whatever it is.
    let is_telling = |run: &&str| runs.len() == 1 || !is_idle(run);
    let telling: Vec<&str> = runs.iter().copied().filter(is_telling).collect();
    let runs = if telling.is_empty() { runs } else { &telling };
    let meaning = Meaning::of(runs, synonyms);
    let words = &meaning.evidence.words;
    let has_choice = words.len() > 1 || words.iter().any(|word| !word.alternatives.is_empty());
    let mut evidence = meaning.evidence.clone();
    evidence.words_stand = meaning.stand_ins.iter().all(|stand_in| !stand_in.is_same);
    let is_required = |whole: &String| meaning.strict.contains(&Clause::holds(whole.clone()));
    evidence.wholes_stand = evidence.wholes.iter().all(is_required);
    Lowered {
        strict: Clause::all(meaning.strict.clone()),
        enough: has_choice.then(|| least_share(evidence.words.len())),
        evidence,
        stand_ins: meaning.stand_ins,
    }
}

/// Passages where a string stands, its years in either digits, or where a figure does.
pub fn stands(text: &str) -> Clause {
    if is_marked(text) {
        return Clause::holds(text);
    }
    let folded = fold(text);
    match other_year_spelling(&folded) {
        Some(other) => Clause::any(vec![Clause::holds(folded), Clause::holds(other)]),
        None => Clause::holds(folded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_requires_its_words() {
        let found = lower_plain(&["乡村振兴"], &[]);
        let words = vec![Clause::holds("乡村"), Clause::holds("振兴")];
        assert_eq!(found.strict, Clause::All(words));
        assert!(found.enough.is_some_and(|share| share < 1.0));
    }

    #[test]
    fn a_word_that_is_required_stands_whole() {
        assert!(lower_plain(&["杭州湾"], &[]).evidence.wholes_stand);
        assert!(!lower_plain(&["乡村振兴"], &[]).evidence.wholes_stand);
    }

    #[test]
    fn fillers_between_runs_are_not_asked_for() {
        let found = lower_plain(&["氢能", "里的"], &[]);
        assert_eq!(found.strict, Clause::holds("氢能"));
        assert_eq!(lower_plain(&["里的"], &[]).strict, Clause::holds("里的"));
    }

    #[test]
    fn a_figure_is_the_same_in_either_digits() {
        let strict = |run: &str| lower_plain(&[run], &[]).strict;
        assert_eq!(strict("2035年目标"), strict("二〇三五年目标"));
        assert_eq!(strict("73%"), strict("百分之七十三"));
    }
}
