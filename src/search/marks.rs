//! Where the strings of a query stand in a text.

use super::boolean::test_of;
use super::meaning::terms_of;
use plansearch_analysis::is_marked;
use plansearch_engine::TextTest;
use plansearch_query::{Node, Query, Synonyms};
use plansearch_text::{Haystack, Needle, Span, fold};

/// The strings to look for, folded once for many texts. What is excluded and
/// where passages come from is not marked; of alternatives, those that stand.
#[derive(Debug, Clone, Default)]
pub struct Needles {
    needles: Vec<Sought>,
}

#[derive(Debug, Clone)]
enum Sought {
    Run {
        whole: Needle,
        words: Vec<Needle>,
    },
    /// A string as it stands.
    Phrase(Needle),
    Test(TextTest),
}

impl Needles {
    /// The strings of a query.
    pub fn of(query: &Query) -> Self {
        Self::with_names(query, &[])
    }

    /// The strings of a query in which the names of rules are words.
    pub(super) fn with_names(query: &Query, synonyms: &[&Synonyms]) -> Self {
        let mut needles = Vec::new();
        for node in query.required() {
            push_needles(node, synonyms, &mut needles);
        }
        Self { needles }
    }

    /// What a test looks for.
    pub(super) fn of_test(test: TextTest) -> Self {
        Self {
            needles: vec![Sought::Test(test)],
        }
    }

    /// Finds every match in `text`: a string as written where it stands whole,
    /// else its words where all of them stand. Sorted, without overlaps.
    ///
    /// ```
    /// use plansearch_query as query;
    /// use plansearch_search::Needles;
    /// let needles = Needles::of(&query::parse("乡村振兴").0);
    /// let marked = |text| needles.find_in(text).into_iter().map(|s| s.of(text)).collect::<Vec<_>>();
    /// assert_eq!(marked("乡村全面振兴"), ["乡村", "振兴"]);
    /// assert!(marked("乡村道路").is_empty());
    /// ```
    pub fn find_in(&self, text: &str) -> Vec<Span> {
        Span::merged(self.find(&Haystack::new(text), false))
    }

    /// Says whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// The same as they are met; where `is_partial`, also what there is of a run whose
    /// words do not all stand.
    pub(super) fn find(&self, haystack: &Haystack<'_>, is_partial: bool) -> Vec<Span> {
        let which = if is_partial {
            Words::Any
        } else {
            Words::AllOrNone
        };
        let mut spans = Vec::new();
        for needle in &self.needles {
            match needle {
                Sought::Run { whole, words } => {
                    spans.append(&mut find_run(haystack, whole, words, which));
                }
                Sought::Phrase(phrase) => spans.append(&mut phrase.find_all(haystack)),
                Sought::Test(condition) => {
                    spans.extend(condition.marks(haystack.text()).unwrap_or_default());
                }
            }
        }
        spans
    }
}

fn push_needles(node: &Node, synonyms: &[&Synonyms], needles: &mut Vec<Sought>) {
    let needle = |text: &str| Needle::new(&fold(text));
    match node {
        Node::Run(text) => needles.push(run_of(text, synonyms)),
        Node::Phrase(text) => needles.push(Sought::Phrase(needle(text))),
        Node::Pieces(_) | Node::Sentence(_) | Node::Near { .. } | Node::Figure(_) => {
            needles.push(Sought::Test(test_of(node)));
        }
        Node::All(nodes) | Node::Any(nodes) => {
            for node in nodes {
                push_needles(node, synonyms, needles);
            }
        }
        Node::Not(_) | Node::Field(..) => {}
    }
}

/// A run and its words. A run that is nothing but a figure is no string: 6% in 16% is not it.
fn run_of(text: &str, synonyms: &[&Synonyms]) -> Sought {
    let terms = terms_of(text, synonyms);
    let is_figure = matches!(terms.as_slice(), [only] if is_marked(&only.text));
    let whole = if is_figure {
        Needle::new(terms.first().map_or("", |only| &only.text))
    } else {
        Needle::new(&fold(text))
    };
    let words = terms.iter().map(|term| Needle::new(&term.text));
    Sought::Run {
        whole,
        words: words.collect(),
    }
}

/// The whole run where it stands, else its words.
fn find_run(haystack: &Haystack<'_>, whole: &Needle, words: &[Needle], which: Words) -> Vec<Span> {
    let spans = whole.find_all(haystack);
    if !spans.is_empty() {
        return spans;
    }
    let mut found = Vec::new();
    for word in words {
        let mut places = word.find_all(haystack);
        if places.is_empty() && which == Words::AllOrNone {
            return Vec::new();
        }
        found.append(&mut places);
    }
    found
}

/// When the words of a run count that does not stand whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    AllOrNone,
    Any,
}
