//! Where the strings of a query stand in a text.

use super::boolean::test_of;
use crate::analysis::required_words;
use crate::index::TextTest;
use crate::query::{Node, Query};
use crate::text::{FoldedText, Span, fold};

/// The strings to look for, folded once for many texts. What is excluded and
/// where passages come from is not marked; of alternatives, those that stand.
#[derive(Debug, Clone, Default)]
pub struct Needles {
    needles: Vec<Needle>,
}

#[derive(Debug, Clone)]
enum Needle {
    Run {
        whole: Vec<char>,
        words: Vec<Vec<char>>,
    },
    /// A string as it stands.
    Phrase(Vec<char>),
    Test(TextTest),
}

impl Needles {
    /// The strings of a query.
    pub fn of(query: &Query) -> Self {
        let mut needles = Vec::new();
        for node in query.required() {
            push_needles(node, &mut needles);
        }
        Self { needles }
    }

    /// What a test looks for.
    pub(super) fn of_test(test: TextTest) -> Self {
        Self {
            needles: vec![Needle::Test(test)],
        }
    }

    /// Finds every match in `text`: a string as written where it stands whole,
    /// else its words where all of them stand. Sorted, without overlaps.
    ///
    /// ```
    /// use plansearch::{query, search::Needles};
    /// let needles = Needles::of(&query::parse("乡村振兴").0);
    /// let marked = |text| needles.find_in(text).into_iter().map(|s| s.of(text)).collect::<Vec<_>>();
    /// assert_eq!(marked("乡村全面振兴"), ["乡村", "振兴"]);
    /// assert!(marked("乡村道路").is_empty());
    /// ```
    pub fn find_in(&self, text: &str) -> Vec<Span> {
        self.find(text, &FoldedText::new(text), false)
    }

    /// Says whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// The same in a text that is folded already; where `is_partial`, also what there is
    /// of a run whose words do not all stand.
    pub(super) fn find(&self, text: &str, folded: &FoldedText, is_partial: bool) -> Vec<Span> {
        let which = if is_partial {
            Words::Any
        } else {
            Words::AllOrNone
        };
        let mut spans = Vec::new();
        for needle in &self.needles {
            match needle {
                Needle::Run { whole, words } => {
                    spans.extend(find_run(folded, whole, words, which));
                }
                Needle::Phrase(phrase) => spans.extend(folded.find_all(phrase)),
                Needle::Test(condition) => {
                    spans.extend(condition.marks(text).unwrap_or_default());
                }
            }
        }
        Span::merged(spans)
    }
}

fn push_needles(node: &Node, needles: &mut Vec<Needle>) {
    let chars = |text: &str| fold(text).chars().collect::<Vec<char>>();
    match node {
        Node::Run(text) => needles.push(Needle::Run {
            whole: chars(text),
            words: required_words(text)
                .iter()
                .map(|word| chars(word.of(text)))
                .collect(),
        }),
        Node::Phrase(text) => needles.push(Needle::Phrase(chars(text))),
        Node::Pieces(_) | Node::Sentence(_) | Node::Near { .. } => {
            needles.push(Needle::Test(test_of(node)));
        }
        Node::All(nodes) | Node::Any(nodes) => {
            for node in nodes {
                push_needles(node, needles);
            }
        }
        Node::Not(_) | Node::Field(..) => {}
    }
}

/// The whole run where it stands, else its words.
fn find_run(folded: &FoldedText, whole: &[char], words: &[Vec<char>], which: Words) -> Vec<Span> {
    let spans: Vec<Span> = folded.find_all(whole).collect();
    if !spans.is_empty() {
        return spans;
    }
    let found: Vec<Vec<Span>> = words
        .iter()
        .map(|word| folded.find_all(word).collect())
        .collect();
    let has_all = found.iter().all(|places| !places.is_empty());
    if has_all || which == Words::Any {
        found.concat()
    } else {
        Vec::new()
    }
}

/// When the words of a run count that does not stand whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    AllOrNone,
    Any,
}
