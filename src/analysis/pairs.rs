//! The character view: a folded text as overlapping pairs of characters.
//!
//! A string of two or more characters stands in a text exactly when its pairs
//! stand there one behind the other, whatever the words are. A closing mark
//! makes a pair of the last character too, so that every character opens exactly
//! one pair: a single character is found as the beginning of pairs, and no
//! second index of single characters is needed.

use plansearch_text::fold::fold_char;

/// Stands behind the last character; control characters are never text.
pub const END: char = '\u{2}';

/// The pairs of a text in order; pair `i` begins with folded character `i`.
///
/// ```
/// use plansearch_analysis::Pairs;
/// let mut pairs = Pairs::new("Ｇ 港区");
/// assert_eq!(pairs.next_pair(), Some("g港"));
/// assert_eq!(pairs.next_pair(), Some("港区"));
/// assert_eq!(pairs.next_pair(), Some("区\u{2}"));
/// assert_eq!(pairs.next_pair(), None);
/// ```
#[derive(Debug, Clone)]
pub struct Pairs {
    folded: String,
    start: usize,
    middle: usize,
}

impl Pairs {
    /// Folds `text` and stands before its first pair.
    pub fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len() + 1);
        for c in text.chars() {
            fold_char(c, |c| folded.push(c));
        }
        if !folded.is_empty() {
            folded.push(END);
        }
        let middle = folded.chars().next().map_or(0, char::len_utf8);
        Self {
            folded,
            start: 0,
            middle,
        }
    }

    /// Steps to the next pair.
    pub fn next_pair(&mut self) -> Option<&str> {
        let second = self.folded.get(self.middle..)?.chars().next()?;
        let start = self.start;
        let end = self.middle + second.len_utf8();
        self.start = self.middle;
        self.middle = end;
        self.folded.get(start..end)
    }
}

/// The pairs that a string of folded characters must show, each with its
/// distance from the first; empty for a string under two characters.
pub fn pairs_of(folded: &[char]) -> Vec<String> {
    folded
        .windows(2)
        .map(|pair| pair.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plansearch_text::fold;
    use proptest::prelude::*;

    fn collect(text: &str) -> Vec<String> {
        let mut pairs = Pairs::new(text);
        std::iter::from_fn(|| pairs.next_pair().map(str::to_owned)).collect()
    }

    #[test]
    fn a_single_character_opens_a_pair() {
        assert_eq!(collect("港"), ["港\u{2}"]);
        assert!(collect(" \u{3000}").is_empty());
    }

    proptest! {
        #[test]
        fn every_character_opens_one_pair(text in "\\PC{0,30}") {
            let firsts: String = collect(&text).iter().filter_map(|p| p.chars().next()).collect();
            prop_assert_eq!(firsts, fold(&text));
        }

        #[test]
        fn pairs_of_a_string_are_the_pairs_of_a_text(text in "[港区氢能aB]{2,12}") {
            let chars: Vec<char> = fold(&text).chars().collect();
            let mut of_text = collect(&text);
            of_text.pop();
            prop_assert_eq!(pairs_of(&chars), of_text);
        }
    }
}
