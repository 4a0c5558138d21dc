//! From a [`Query`] to what is looked up.
//!
//! A word of the query must stand in the passage as a string, however the text
//! would be cut into words. A plain query (nothing but words) also has a weaker
//! form for when too few passages have all its words.

use super::meaning::Meaning;
use crate::index::{Clause, Evidence};
use crate::query::{Atom, Query, Synonyms};
use crate::text::{fold, other_year_spelling};

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
    /// The weaker form; none when nothing can be given up.
    pub weaker: Option<Clause>,
    /// What orders the hits.
    pub evidence: Evidence,
    /// What the words were taken for.
    pub meaning: Meaning,
}

/// Lowers a query. An empty query matches everything.
pub fn lower(query: &Query, synonyms: &[&Synonyms]) -> Lowered {
    let runs: Vec<&str> = query
        .required
        .iter()
        .filter(|atom| matches!(atom, Atom::Run(_)))
        .map(Atom::text)
        .collect();
    let is_plain = runs.len() == query.required.len() && query.excluded.is_empty();
    let of_words = Meaning::of(&runs, if is_plain { synonyms } else { &[] });
    let mut evidence = of_words.evidence.clone();
    let mut required = of_words.strict.clone();
    for atom in &query.required {
        if let Atom::Phrase(text) = atom {
            required.push(stands(text));
            let of_phrase = Meaning::of(&[text], &[]).evidence;
            evidence.words.extend(of_phrase.words);
            evidence.pairs.extend(of_phrase.pairs);
            evidence.kind_factors = of_phrase.kind_factors;
        }
    }
    let has_choice = of_words.evidence.words.len() > 1 || !of_words.stand_ins.is_empty();
    Lowered {
        strict: exclude(Clause::all(required), &query.excluded),
        weaker: (is_plain && has_choice).then(|| Clause::Enough {
            words: of_words.evidence.words.clone(),
            least: least_share(of_words.evidence.words.len()),
        }),
        evidence,
        meaning: of_words,
    }
}

/// Passages where a string stands, its years in either digits.
pub fn stands(text: &str) -> Clause {
    let folded = fold(text);
    match other_year_spelling(&folded) {
        Some(other) => Clause::any(vec![Clause::holds(folded), Clause::holds(other)]),
        None => Clause::holds(folded),
    }
}

fn exclude(base: Clause, atoms: &[Atom]) -> Clause {
    if atoms.is_empty() {
        return base;
    }
    let excluded = atoms.iter().map(|atom| stands(atom.text())).collect();
    Clause::Without {
        base: Box::new(base),
        excluded: Box::new(Clause::any(excluded)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn lowered(input: &str) -> Lowered {
        lower(&parse(input).0, &[])
    }

    #[test]
    fn a_run_requires_its_words() {
        let found = lowered("乡村振兴");
        let words = vec![Clause::holds("乡村"), Clause::holds("振兴")];
        assert_eq!(found.strict, Clause::All(words));
        assert!(matches!(found.weaker, Some(Clause::Enough { .. })));
    }

    #[test]
    fn a_phrase_is_one_string_and_never_weakened() {
        let found = lowered("“乡村振兴”");
        assert_eq!(found.strict, Clause::holds("乡村振兴"));
        assert_eq!(found.weaker, None);
        assert!(!found.evidence.is_empty());
    }

    #[test]
    fn an_empty_query_matches_everything() {
        assert_eq!(lowered("").strict, Clause::Everything);
        assert!(lowered("").evidence.is_empty());
    }
}
