//! Where the strings of a query stand in a text.

use crate::analysis::required_words;
use crate::query::{Atom, Query};
use crate::text::{FoldedText, Span, fold};

/// The strings to look for, folded once for many texts.
#[derive(Debug, Clone, Default)]
pub struct Needles {
    atoms: Vec<Needle>,
}

#[derive(Debug, Clone)]
struct Needle {
    whole: Vec<char>,
    words: Vec<Vec<char>>,
}

impl Needles {
    /// The strings of a query.
    pub fn of(query: &Query) -> Self {
        let chars = |text: &str| fold(text).chars().collect::<Vec<char>>();
        let atoms = query.required.iter().map(|atom| Needle {
            whole: chars(atom.text()),
            words: match atom {
                Atom::Phrase(_) => Vec::new(),
                Atom::Run(text) => required_words(text)
                    .iter()
                    .map(|word| chars(word.of(text)))
                    .collect(),
            },
        });
        Self {
            atoms: atoms.collect(),
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
        self.find(text, Words::AllOrNone)
    }

    /// Finds what there is of the query in `text`, for partial answers.
    pub fn find_parts_in(&self, text: &str) -> Vec<Span> {
        self.find(text, Words::Any)
    }

    fn find(&self, text: &str, which: Words) -> Vec<Span> {
        if self.atoms.is_empty() {
            return Vec::new();
        }
        let folded = FoldedText::new(text);
        let mut spans = Vec::new();
        for needle in &self.atoms {
            let n_before = spans.len();
            spans.extend(folded.find_all(&needle.whole));
            if spans.len() > n_before {
                continue;
            }
            let found: Vec<Vec<Span>> = needle
                .words
                .iter()
                .map(|word| folded.find_all(word).collect())
                .collect();
            let has_all = found.iter().all(|places| !places.is_empty());
            if has_all || which == Words::Any {
                spans.extend(found.into_iter().flatten());
            }
        }
        Span::merged(spans)
    }
}

/// When the words of a run count that does not stand whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    AllOrNone,
    Any,
}
