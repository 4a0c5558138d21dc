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
    /// else its words. Sorted, without overlaps.
    ///
    /// ```
    /// use plansearch::{query, search::Needles};
    /// let needles = Needles::of(&query::parse("乡村振兴").0);
    /// let text = "乡村全面振兴";
    /// let marked: Vec<_> = needles.find_in(text).into_iter().map(|s| s.of(text)).collect();
    /// assert_eq!(marked, ["乡村", "振兴"]);
    /// ```
    pub fn find_in(&self, text: &str) -> Vec<Span> {
        if self.atoms.is_empty() {
            return Vec::new();
        }
        let folded = FoldedText::new(text);
        let mut spans = Vec::new();
        for needle in &self.atoms {
            let n_before = spans.len();
            spans.extend(folded.find_all(&needle.whole));
            if spans.len() == n_before {
                spans.extend(needle.words.iter().flat_map(|word| folded.find_all(word)));
            }
        }
        Span::merged(spans)
    }
}
