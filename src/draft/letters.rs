//! A text as the letters that are compared.
//!
//! Letters and digits alone, folded: marks and blanks are left out, because who takes a
//! wording over sets them anew. Each letter knows the character it came from, and in
//! which clause and sentence it stands.

use std::ops::Range;
use std::sync::OnceLock;

use plansearch_text::fold::fold_char;

/// The letters of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letters {
    /// The folded letters.
    pub(crate) chars: Vec<char>,
    /// The character of the text that each came from, counted from 0.
    places: Vec<u32>,
    /// Number of the clause of each.
    clauses: Vec<u32>,
    /// Number of the sentence of each; `;` ends one too.
    sentences: Vec<u32>,
    /// The pairs of letters beside each other, sorted; made when they are asked for.
    pairs: OnceLock<Vec<(char, char)>>,
}

impl Letters {
    /// Takes the letters of `text`.
    pub(crate) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        Self::of_chars(&chars, 0)
    }

    /// Takes the letters of `chars`, the first of which is number `first` of its text.
    pub(crate) fn of_chars(chars: &[char], first: usize) -> Self {
        let mut letters = Self::default();
        let (mut clause, mut sentence) = (0, 0);
        for (at, c) in chars.iter().enumerate() {
            let is_point = is_decimal_point(chars, at);
            if !is_point && ends_sentence(*c) {
                sentence += 1;
            }
            if !is_point && ends_clause(*c) {
                clause += 1;
                continue;
            }
            fold_char(*c, |folded| {
                if folded.is_alphanumeric() || folded == '%' || folded == '‰' || is_point {
                    letters.chars.push(folded);
                    letters.places.push((first + at) as u32);
                    letters.clauses.push(clause);
                    letters.sentences.push(sentence);
                }
            });
        }
        letters
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// Says whether two letters stand beside each other somewhere.
    pub(crate) fn has_pair(&self, pair: (char, char)) -> bool {
        let pairs = self.pairs.get_or_init(|| {
            let mut pairs: Vec<_> = pairs(&self.chars).collect();
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        });
        pairs.binary_search(&pair).is_ok()
    }

    /// The characters of the text that letters came from.
    pub(crate) fn place(&self, letters: &Range<usize>) -> Range<usize> {
        let first = self.places.get(letters.start).copied().unwrap_or(0) as usize;
        let last = letters
            .end
            .checked_sub(1)
            .and_then(|last| self.places.get(last));
        let end = last.map_or(first, |last| *last as usize + 1);
        first..end.max(first)
    }

    /// Number of the clause of a letter.
    pub(crate) fn clause(&self, at: usize) -> u32 {
        self.clauses.get(at).copied().unwrap_or(u32::MAX)
    }

    /// Number of the sentence of a letter.
    pub(crate) fn sentence(&self, at: usize) -> u32 {
        self.sentences.get(at).copied().unwrap_or(u32::MAX)
    }

    /// The clauses as ranges of letters.
    pub(crate) fn clause_ranges(&self) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (at, clause) in self.clauses.iter().enumerate() {
            match ranges.last_mut() {
                Some(last) if self.clause(last.start) == *clause => last.end = at + 1,
                _ => ranges.push(at..at + 1),
            }
        }
        ranges
    }

    /// The letters of `range` alone, with their places.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        fn cut<T: Copy>(all: &[T], range: &Range<usize>) -> Vec<T> {
            all.get(range.clone()).unwrap_or_default().to_vec()
        }
        Self {
            chars: cut(&self.chars, &range),
            places: cut(&self.places, &range),
            clauses: cut(&self.clauses, &range),
            sentences: cut(&self.sentences, &range),
            pairs: OnceLock::new(),
        }
    }
}

/// The letters that stand beside each other.
pub(crate) fn pairs(chars: &[char]) -> impl Iterator<Item = (char, char)> + '_ {
    let seconds = chars.iter().skip(1);
    chars.iter().zip(seconds).map(|(a, b)| (*a, *b))
}

/// A point between digits belongs to the number.
fn is_decimal_point(chars: &[char], at: usize) -> bool {
    let is_digit = |at: Option<usize>| {
        let c = at.and_then(|at| chars.get(at));
        c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(c))
    };
    matches!(chars.get(at), Some('.' | '．'))
        && is_digit(at.checked_sub(1))
        && is_digit(Some(at + 1))
}

/// Whether a character ends a sentence of a source.
fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';' | '\n' | '\r')
}

/// Whether a character parts clauses.
fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | ',' | '：' | ':' | '“' | '”' | '"' | '「' | '」')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_and_places_are_kept() {
        let letters = Letters::new("ＰＭ2.5 浓度,“下降”16.5%。 好");
        let text: String = letters.chars.iter().collect();
        assert_eq!(text, "pm2.5浓度下降16.5%好");
        assert_eq!(letters.place(&(5..7)), 6..8);
        assert_eq!(letters.clause_ranges().len(), 4);
        assert_eq!(letters.sentence(13), 0);
        assert_eq!(letters.sentence(14), 1);
    }

    #[test]
    fn an_empty_text_has_no_letters() {
        let letters = Letters::new("。，\n");
        assert_eq!(letters.len(), 0);
        assert_eq!(letters.place(&(0..0)), 0..0);
        assert!(letters.clause_ranges().is_empty());
    }
}
