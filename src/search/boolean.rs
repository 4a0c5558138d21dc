//! From a query with phrases, operators and fields to the clauses of a lookup.
//!
//! What matches is set algebra over passages: a run is all its words, `-` is
//! everything else, a field is where the passage comes from. Nothing of it is
//! ever given up.

use super::fields;
use super::lower::{Lowered, stands};
use super::meaning::Meaning;
use plansearch_analysis::{is_marked, required_terms};
use plansearch_engine::{Clause, Evidence, Part, TextTest};
use plansearch_query::{Field, Node, Query};
use plansearch_text::{Needle, fold};

/// Lowers a query. An empty query matches everything.
pub fn lower(query: &Query) -> Lowered {
    let nodes: Vec<&Node> = query.required().iter().collect();
    let mut evidence = Evidence {
        words_stand: nodes.iter().all(|node| words_stand(node)),
        ..Evidence::default()
    };
    for text in query.texts() {
        let of_text = Meaning::of(&[text], &[]).evidence;
        evidence.words.extend(of_text.words);
        evidence.pairs.extend(of_text.pairs);
        evidence.kind_factors = of_text.kind_factors;
    }
    Lowered {
        strict: Conjunction::of(&nodes).into_clause(),
        enough: None,
        evidence,
        stand_ins: Vec::new(),
    }
}

/// A lowered phrase whose marks do not count, and the test of it: its words stand,
/// and it stands in their passage when the marks within sentences are left out.
/// `None` when the query is no single phrase of several words.
pub(super) fn lower_unmarked(query: &Query) -> Option<(Lowered, TextTest)> {
    let [Node::Phrase(phrase)] = query.required() else {
        return None;
    };
    let words: Vec<Clause> = words_of(phrase).map(Clause::holds).collect();
    if words.len() < 2 {
        return None;
    }
    let unmarked = TextTest::HoldsUnmarked(Needle::new(&fold(phrase)));
    let strict = Clause::Verified {
        base: Box::new(all_of(words)),
        part: Part::Text,
        test: unmarked.clone(),
    };
    let mut lowered = lower(query);
    lowered.strict = strict;
    // A word may stand torn by marks.
    lowered.evidence.words_stand = false;
    Some((lowered, unmarked))
}

/// Whether what fulfils a node has all words of its texts.
fn words_stand(node: &Node) -> bool {
    match node {
        Node::Run(text) => {
            let required: Vec<String> = words_of(text).collect();
            let words = Meaning::of(&[text], &[]).evidence.words;
            words.iter().all(|word| required.contains(&word.text))
        }
        // A year may stand in other digits, and a number within a longer one.
        Node::Phrase(text) => !required_terms(text)
            .iter()
            .any(|term| is_marked(&term.text)),
        Node::All(nodes) => nodes.iter().all(words_stand),
        Node::Sentence(inner) => words_stand(inner),
        Node::Near { left, right, .. } => words_stand(left) && words_stand(right),
        Node::Pieces(_) | Node::Not(_) | Node::Field(..) | Node::Figure(_) => true,
        Node::Any(_) => false,
    }
}

/// What a passage must fulfil, by how the index decides it.
#[derive(Default)]
struct Conjunction {
    required: Vec<Clause>,
    excluded: Vec<Clause>,
    /// Read in the text of the passages that fulfil everything else.
    tests: Vec<TextTest>,
}

impl Conjunction {
    fn of(nodes: &[&Node]) -> Self {
        let mut conjunction = Self::default();
        for node in nodes {
            match node {
                Node::Not(inner) => conjunction.excluded.push(clause_of(inner)),
                Node::Pieces(_) | Node::Near { .. } | Node::Sentence(_) => {
                    conjunction.required.push(strings_of(node));
                    conjunction.tests.push(test_of(node));
                }
                other => conjunction.required.push(clause_of(other)),
            }
        }
        conjunction.required.retain(|c| *c != Clause::Everything);
        conjunction
    }

    fn into_clause(mut self) -> Clause {
        let mut clause = match self.required.len() {
            0 => Clause::Everything,
            1 => self.required.remove(0),
            _ => Clause::All(self.required),
        };
        if !self.excluded.is_empty() {
            clause = Clause::Without {
                base: Box::new(clause),
                excluded: Box::new(Clause::any(self.excluded)),
            };
        }
        if !self.tests.is_empty() {
            clause = Clause::Verified {
                base: Box::new(clause),
                part: Part::Text,
                test: TextTest::All(self.tests),
            };
        }
        clause
    }
}

/// The clause of a node on its own.
fn clause_of(node: &Node) -> Clause {
    match node {
        Node::Run(text) => all_of(words_of(text).map(Clause::holds).collect()),
        Node::Phrase(text) => stands(text),
        Node::Any(nodes) => Clause::any(nodes.iter().map(clause_of).collect()),
        Node::Field(field, value) => field_clause(*field, value),
        Node::Figure(range) => Clause::Figures(range.clone()),
        Node::All(nodes) => Conjunction::of(&nodes.iter().collect::<Vec<_>>()).into_clause(),
        Node::Not(_) | Node::Pieces(_) | Node::Near { .. } | Node::Sentence(_) => {
            Conjunction::of(&[node]).into_clause()
        }
    }
}

fn field_clause(field: Field, value: &str) -> Clause {
    let Some(origin) = fields::origin(field, value) else {
        return all_of(words_of(value).map(Clause::holds).collect());
    };
    if field != Field::Title {
        return Clause::From(origin);
    }
    let lead = Clause::Verified {
        base: Box::new(Clause::holds(fold(value))),
        part: Part::Lead,
        test: TextTest::holds(value),
    };
    Clause::any(vec![Clause::From(origin), lead])
}

/// The strings that a passage must hold to pass the test of a node.
fn strings_of(node: &Node) -> Clause {
    match node {
        Node::Run(text) => all_of(words_of(text).map(Clause::holds).collect()),
        Node::Phrase(text) => Clause::holds(fold(text)),
        Node::Pieces(pieces) => all_of(pieces.iter().map(|p| Clause::holds(fold(p))).collect()),
        Node::All(nodes) => all_of(nodes.iter().map(strings_of).collect()),
        Node::Any(nodes) => {
            let clauses: Vec<Clause> = nodes.iter().map(strings_of).collect();
            if clauses.contains(&Clause::Everything) {
                Clause::Everything
            } else {
                Clause::any(clauses)
            }
        }
        Node::Sentence(inner) => strings_of(inner),
        Node::Near { left, right, .. } => all_of(vec![strings_of(left), strings_of(right)]),
        Node::Figure(range) => Clause::Figures(range.clone()),
        Node::Not(_) | Node::Field(..) => Clause::Everything,
    }
}

/// The test that decides a node in the text of a passage.
pub(super) fn test_of(node: &Node) -> TextTest {
    let holds = |word: String| TextTest::Holds(Needle::new(&word));
    match node {
        Node::Run(text) => TextTest::All(words_of(text).map(holds).collect()),
        Node::Phrase(text) => TextTest::holds(text),
        Node::Pieces(pieces) => {
            TextTest::InOrder(pieces.iter().map(|p| Needle::new(&fold(p))).collect())
        }
        Node::All(nodes) => TextTest::All(nodes.iter().map(test_of).collect()),
        Node::Any(nodes) => TextTest::Any(nodes.iter().map(test_of).collect()),
        Node::Figure(range) => TextTest::Figures(range.clone()),
        Node::Not(inner) => TextTest::Not(Box::new(test_of(inner))),
        Node::Sentence(inner) => TextTest::Sentence(Box::new(test_of(inner))),
        Node::Near {
            left,
            right,
            distance,
        } => TextTest::Near {
            left: Box::new(test_of(left)),
            right: Box::new(test_of(right)),
            distance: *distance,
        },
        // The parser reads no fields where a text decides.
        Node::Field(..) => TextTest::All(Vec::new()),
    }
}

/// The words of a run, folded.
fn words_of(run: &str) -> impl Iterator<Item = String> {
    required_terms(run).into_iter().map(|term| term.text)
}

fn all_of(mut clauses: Vec<Clause>) -> Clause {
    clauses.retain(|clause| *clause != Clause::Everything);
    match clauses.len() {
        0 => Clause::Everything,
        1 => clauses.remove(0),
        _ => Clause::All(clauses),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plansearch_query::parse;

    fn strict(typed: &str) -> Clause {
        lower(&parse(typed).0).strict
    }

    #[test]
    fn an_exclusion_alone_leaves_everything_else() {
        let expect = Clause::Without {
            base: Box::new(Clause::Everything),
            excluded: Box::new(Clause::any(vec![Clause::holds("煤炭")])),
        };
        assert_eq!(strict("-煤炭"), expect);
    }

    #[test]
    fn a_test_reads_only_what_fulfils_all_else() {
        let Clause::Verified { base, .. } = strict("年份:2021 “促进*发展” -煤炭")
        else {
            panic!("a phrase with a star is tested last");
        };
        assert!(matches!(*base, Clause::Without { .. }), "{base:?}");
    }

    #[test]
    fn nothing_is_given_up() {
        assert_eq!(lower(&parse("港口 航运 “海河联运”").0).enough, None);
        assert_eq!(lower(&parse("港口 或 航运").0).enough, None);
    }

    #[test]
    fn words_stand_where_every_match_has_them() {
        let words_stand = |typed: &str| lower(&parse(typed).0).evidence.words_stand;
        for typed in ["“乡村振兴”", "年份:2021 “促进*发展” -煤炭", "“港口” 航运"]
        {
            assert!(words_stand(typed), "{typed}");
        }
        for typed in ["港口 或 航运", "“到2035年”", "“港口” (铁路 | 公路)"] {
            assert!(!words_stand(typed), "{typed}");
        }
    }

    #[test]
    fn a_phrase_is_one_string_and_a_year_is_asked_for_in_either_digits() {
        assert_eq!(strict("“乡村振兴”"), Clause::holds("乡村振兴"));
        let both = vec![Clause::holds("到2035年"), Clause::holds("到二〇三五年")];
        assert_eq!(strict("“到2035年”"), Clause::Any(both));
        assert_eq!(strict(""), Clause::Everything);
    }
}
