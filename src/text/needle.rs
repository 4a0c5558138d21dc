//! A folded string, ready to be found in many texts.
//!
//! A text need not be folded for it: one ideograph of the string, in each spelling that
//! counts as it, is looked for in the bytes as they are, and only what stands around
//! it is compared as folded characters. A string without an ideograph is looked for in
//! the folded text.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::figures::{FIGURE_MARK, Figure, figures_of};
use super::fold::{COMPOSED, fold_char};
use super::variants::{HAN, VARIANTS};
use super::{FoldedText, Span};

/// What folds to an ideograph that is written otherwise.
static SPELLINGS: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut spellings: HashMap<char, Vec<char>> = HashMap::new();
    let others = std::iter::once(HAN).chain(COMPOSED).flatten();
    for c in others.chain(VARIANTS.rare()) {
        fold_char(c, |folded| {
            if folded != c {
                let of = spellings.entry(folded).or_default();
                if !of.contains(&c) {
                    of.push(c);
                }
            }
        });
    }
    spellings
});

/// A folded string to look for.
#[derive(Clone)]
pub struct Needle {
    chars: Vec<char>,
    anchor: Option<Anchor>,
    /// The spelling of the figure that it is instead.
    figure: Option<String>,
}

impl fmt::Debug for Needle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chars = String::from_iter(&self.chars);
        write!(f, "{:?}", self.figure.as_ref().unwrap_or(&chars))
    }
}

/// The string is all that is prepared.
impl PartialEq for Needle {
    fn eq(&self, other: &Self) -> bool {
        self.chars == other.chars && self.figure == other.figure
    }
}

impl Eq for Needle {}

/// The ideograph that is looked for.
#[derive(Clone)]
struct Anchor {
    /// Its position in the string.
    at: usize,
    /// It, and what else folds to it.
    spellings: Vec<Finder<'static>>,
}

/// A text in which strings are looked for, folded when one of them asks for it.
#[derive(Debug)]
pub struct Haystack<'a> {
    text: &'a str,
    folded: OnceCell<FoldedText>,
    figures: OnceCell<Vec<Figure>>,
}

impl<'a> Haystack<'a> {
    /// Looks into `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            folded: OnceCell::new(),
            figures: OnceCell::new(),
        }
    }

    fn folded(&self) -> &FoldedText {
        self.folded.get_or_init(|| FoldedText::new(self.text))
    }

    fn figures(&self) -> &[Figure] {
        let figures = || figures_of(self.text, self.folded());
        self.figures.get_or_init(figures)
    }

    /// The text itself.
    pub fn text(&self) -> &'a str {
        self.text
    }
}

impl Needle {
    /// Prepares a folded string, or the term of a [`Figure`].
    ///
    /// ```
    /// use plansearch_text::{Haystack, Needle};
    /// let text = "發展 氫能，发展\n氢能";
    /// let found = Needle::new("发展氢能").find_all(&Haystack::new(text));
    /// assert_eq!(found[0].of(text), "發展 氫能");
    /// assert_eq!(found[1].of(text), "发展\n氢能");
    /// ```
    pub fn new(folded: &str) -> Self {
        if let Some(spelling) = folded.strip_prefix(FIGURE_MARK) {
            return Self {
                chars: Vec::new(),
                anchor: None,
                figure: Some(spelling.to_owned()),
            };
        }
        let chars: Vec<char> = folded.chars().collect();
        // The fewer spellings, the fewer searches.
        let n_spellings = |c: &char| SPELLINGS.get(c).map_or(0, Vec::len);
        let ideographs = chars.iter().enumerate().filter(|(_, c)| HAN.contains(c));
        let anchor = ideographs.min_by_key(|(_, c)| n_spellings(c));
        let anchor = anchor.map(|(at, c)| {
            let others = SPELLINGS.get(c).into_iter().flatten();
            let spellings = std::iter::once(c).chain(others).map(|c| {
                let bytes = c.encode_utf8(&mut [0; 4]).as_bytes().to_vec();
                Finder::new(&bytes).into_owned()
            });
            Anchor {
                at,
                spellings: spellings.collect(),
            }
        });
        Self {
            chars,
            anchor,
            figure: None,
        }
    }

    /// Finds every place, overlapping ones too, as spans of the source text in order.
    /// An empty string stands nowhere.
    pub fn find_all(&self, haystack: &Haystack<'_>) -> Vec<Span> {
        if let Some(spelling) = &self.figure {
            let figures = haystack.figures().iter();
            let found = figures.filter(|figure| figure.spelling == *spelling);
            return found.map(|figure| figure.span).collect();
        }
        let anchor = self.anchor.as_ref();
        let found = anchor.and_then(|anchor| self.find_around(anchor, haystack.text));
        found.unwrap_or_else(|| haystack.folded().find_all(&self.chars).collect())
    }

    /// The places around the anchor; none when so much has to be compared around it that
    /// the text is folded sooner.
    fn find_around(&self, anchor: &Anchor, text: &str) -> Option<Vec<Span>> {
        let mut around = Around {
            text,
            n_left: text.len(),
            found: Vec::new(),
        };
        for finder in &anchor.spellings {
            for at in finder.find_iter(text.as_bytes()) {
                around.look(at, self.chars.split_at(anchor.at));
                if around.n_left == 0 {
                    return None;
                }
            }
        }
        if anchor.spellings.len() > 1 {
            around.found.sort_unstable();
        }
        Some(around.found)
    }

    /// Says whether it stands somewhere.
    pub fn stands_in(&self, haystack: &Haystack<'_>) -> bool {
        !self.find_all(haystack).is_empty()
    }

    /// The folded characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }
}

/// Places of a string in a text, around one of its characters.
struct Around<'a> {
    text: &'a str,
    /// How many characters may still be compared.
    n_left: usize,
    found: Vec<Span>,
}

impl Around<'_> {
    /// Adds where `left` and `right` stand side by side so that the first of `right` is
    /// the character at `at`, or in it.
    fn look(&mut self, at: usize, (left, right): (&[char], &[char])) {
        let (Some(before), Some(from)) = (self.text.get(..at), self.text.get(at..)) else {
            return;
        };
        let Some(c) = from.chars().next() else {
            return;
        };
        for nth in 0..parts_of(c).0 {
            // Behind the parts of the character that stand before.
            if let Some(end) = self.end_of(from, nth, right)
                && let Some(start) = self.start_of(before, (c, nth), left)
            {
                self.found.push(Span::new(start, at + end));
            }
        }
    }

    /// Where in `text` the characters end that give `wanted`, when the first `n_skipped`
    /// that it gives are passed over.
    fn end_of(&mut self, text: &str, mut n_skipped: usize, mut wanted: &[char]) -> Option<usize> {
        for (at, c) in text.char_indices() {
            let mut is_other = false;
            fold_char(c, |part| match wanted.split_first() {
                _ if n_skipped > 0 => n_skipped -= 1,
                Some((first, rest)) if *first == part => wanted = rest,
                Some(_) => is_other = true,
                None => {}
            });
            self.n_left = self.n_left.saturating_sub(1);
            if is_other || self.n_left == 0 {
                return None;
            }
            if wanted.is_empty() {
                return Some(at + c.len_utf8());
            }
        }
        None
    }

    /// Where in `text` the characters begin that give `wanted` at its end, with the first
    /// so many parts of the character behind it.
    fn start_of(&mut self, text: &str, own: (char, usize), wanted: &[char]) -> Option<usize> {
        let mut wanted = without_parts(wanted, own.0, own.1)?;
        if wanted.is_empty() {
            return Some(text.len());
        }
        for (at, c) in text.char_indices().rev() {
            let (n_parts, last) = parts_of(c);
            wanted = match (n_parts, wanted.split_last()) {
                (1, Some((other, rest))) if last == Some(*other) => rest,
                (1, _) => return None,
                _ => without_parts(wanted, c, n_parts)?,
            };
            self.n_left = self.n_left.saturating_sub(1);
            if wanted.is_empty() {
                return Some(at);
            }
            if self.n_left == 0 {
                return None;
            }
        }
        None
    }
}

/// How many folded characters a character gives, and the last of them.
fn parts_of(c: char) -> (usize, Option<char>) {
    let (mut n_parts, mut last) = (0, None);
    fold_char(c, |part| {
        n_parts += 1;
        last = Some(part);
    });
    (n_parts, last)
}

/// What is left of `wanted` without the first so many parts of a character, as many as
/// there is room for; none where it does not end with them.
fn without_parts(wanted: &[char], c: char, n_parts: usize) -> Option<&[char]> {
    let (rest, end) = wanted.split_at(wanted.len().saturating_sub(n_parts));
    let mut end = end.iter();
    let (mut nth, n_before, mut is_other) = (0, n_parts - end.len(), false);
    fold_char(c, |part| {
        if (n_before..n_parts).contains(&nth) {
            is_other |= end.next() != Some(&part);
        }
        nth += 1;
    });
    (!is_other).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;
    use proptest::prelude::*;

    fn found(needle: &str, text: &str) -> Vec<String> {
        let spans = Needle::new(&fold(needle)).find_all(&Haystack::new(text));
        spans.iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn every_spelling_is_found_where_it_stands() {
        assert_eq!(
            found("显著", "显着、顯著，显 著"),
            ["显着", "顯著", "显 著"]
        );
        assert_eq!(found("港港", "港港港"), ["港港", "港港"]);
        assert_eq!(found("第十一条(一)", "第十一条㈠"), ["第十一条㈠"]);
        assert_eq!(found("PM2.5浓度", "ＰＭ 2.5　濃度"), ["ＰＭ 2.5　濃度"]);
    }

    #[test]
    fn a_sign_made_of_others_is_found_by_its_parts() {
        assert_eq!(found("一)建", "㈠建设"), ["㈠建"]);
        assert_eq!(found("一", "㈠"), ["㈠"]);
        assert_eq!(found("昭和", "㍼年"), ["㍼"]);
        assert_eq!(found("和年", "㍼年"), ["㍼年"]);
        assert_eq!(found("m2", "5㎡"), ["㎡"]);
    }

    #[test]
    fn a_text_of_one_character_is_folded_when_too_much_is_compared() {
        let (text, run) = ("的".repeat(3000), "的".repeat(1000));
        let found = |needle: &str| Needle::new(needle).find_all(&Haystack::new(&text)).len();
        assert_eq!(found(&run), 2001);
        assert_eq!(found(&format!("{run}港")), 0);
        assert_eq!(found(&format!("港{run}")), 0);
    }

    #[test]
    fn nothing_stands_nowhere() {
        assert!(found("", "港区").is_empty());
        assert!(found("港区", "").is_empty());
        assert!(found("氢", "港区").is_empty());
    }

    proptest! {
        #[test]
        fn it_finds_what_the_folded_text_has(
            text in "[港氢氫能着著〇零一㈠㊀㍼昭和㎡m2 ，、\n（()a]{0,30}",
            piece in (0_usize..30, 1_usize..6),
            other in "[港氢着一(昭和m2]{1,3}",
        ) {
            for needle in [Span::of_chars(&text, piece.0, piece.1).of(&text), &other] {
                let folded = fold(needle);
                let chars: Vec<char> = folded.chars().collect();
                let mut expect: Vec<Span> = FoldedText::new(&text).find_all(&chars).collect();
                let mut found = Needle::new(&folded).find_all(&Haystack::new(&text));
                prop_assert!(found.is_sorted());
                expect.dedup();
                found.dedup();
                prop_assert_eq!(found, expect, "{} in {}", folded, text);
            }
        }
    }
}
