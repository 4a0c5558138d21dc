//! Spellings that count as the same when text is matched.
//!
//! Answers: is `ＰＭ2.5` the same as `pm2.5`? Folding changes width and case and
//! leaves out blanks, line breaks and invisible characters; it never joins
//! different words. The text itself is kept: every folded character knows the
//! span of the source character it stands for.
//!
//! **Not folded here:** numerals (十四五 is not 145), punctuation marks among each
//! other beyond their width, traditional and variant characters.

use super::Span;

/// Folds one character into `out`; a blank or invisible character gives nothing.
pub fn fold_char(c: char, mut out: impl FnMut(char)) {
    match c {
        '!'..='~' => out(c.to_ascii_lowercase()),
        // Ideographs and their punctuation, first because they are most of a text.
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{301f}' => out(c),
        // Full-width forms of printable ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
            out(narrow.to_ascii_lowercase());
        }
        '“' | '”' | '„' | '‟' => out('"'),
        '‘' | '’' | '‚' | '‛' => out('\''),
        _ if is_blank(c) => {}
        _ if c.is_alphabetic() => c.to_lowercase().for_each(out),
        _ => out(c),
    }
}

/// Says whether `c` is left out when text is matched: white space, control and
/// invisible formatting characters.
pub fn is_blank(c: char) -> bool {
    // Nearly all characters of a text stand in these ranges, and none is blank.
    if matches!(c, '\u{3001}'..='\u{d7ff}' | '!'..='~' | '\u{ff01}'..='\u{ff60}') {
        return false;
    }
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Folds `text` to the characters that are compared.
///
/// ```
/// use plansearch::text::fold;
/// assert_eq!(fold("ＰＭ 2.5　浓度"), "pm2.5浓度");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, |c| folded.push(c));
    }
    folded
}

/// A text as folded characters, each with the span it came from.
#[derive(Debug, Clone, Default)]
pub struct FoldedText {
    chars: Vec<char>,
    origins: Vec<Span>,
}

impl FoldedText {
    /// Folds `text` and remembers where every character came from.
    pub fn new(text: &str) -> Self {
        // A Chinese character is three bytes.
        let n_chars = text.len() / 3 + 1;
        let mut folded = Self {
            chars: Vec::with_capacity(n_chars),
            origins: Vec::with_capacity(n_chars),
        };
        for (at, c) in text.char_indices() {
            let origin = Span::new(at, at + c.len_utf8());
            fold_char(c, |c| {
                folded.chars.push(c);
                folded.origins.push(origin);
            });
        }
        folded
    }

    /// The folded characters, blanks left out.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Finds every place of `needle` (already folded), overlapping ones too, as
    /// spans of the source text. An empty needle stands nowhere.
    ///
    /// ```
    /// use plansearch::text::FoldedText;
    /// let text = "ＰＭ2.5和PM 2.5";
    /// let folded = FoldedText::new(text);
    /// let found: Vec<_> = folded.find_all(&['p', 'm', '2']).map(|s| s.of(text).to_owned()).collect();
    /// assert_eq!(found, ["ＰＭ2", "PM 2"]);
    /// ```
    pub fn find_all<'a>(&'a self, needle: &'a [char]) -> impl Iterator<Item = Span> + 'a {
        let width = needle.len().max(1);
        self.chars
            .windows(width)
            .enumerate()
            .filter(move |(_, window)| *window == needle)
            .map(move |(at, _)| self.span(at, width))
    }

    fn span(&self, first: usize, n_chars: usize) -> Span {
        match (
            self.origins.get(first),
            self.origins.get(first + n_chars - 1),
        ) {
            (Some(start), Some(end)) => Span::new(start.start, end.end),
            _ => Span::new(0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(input: &str, expect: &str) {
        assert_eq!(fold(input), expect, "{input}");
    }

    #[test]
    fn width_and_case_are_folded() {
        check("Ｇ60科创走廊", "g60科创走廊");
        check("R&D", "r&d");
        check("（一）", "(一)");
        check("“港区”", "\"港区\"");
    }

    #[test]
    fn blanks_are_left_out() {
        check("海河\u{3000}联 运\r\n枢纽\u{200b}", "海河联运枢纽");
    }

    #[test]
    fn numerals_stay_apart() {
        assert_ne!(fold("十四五"), fold("145"));
        assert_ne!(fold("一是"), fold("1是"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn every_folded_character_has_a_place(text in "\\PC{0,40}") {
            let folded = FoldedText::new(&text);
            for (c, origin) in folded.chars.iter().zip(&folded.origins) {
                prop_assert!(fold(origin.of(&text)).contains(*c));
            }
        }

        #[test]
        fn what_stands_in_a_text_is_found(text in "[港区氢能a-cA-C ]{1,30}", first in 0usize..30, n in 1usize..8) {
            let piece = Span::of_chars(&text, first, n).of(&text).to_owned();
            let needle: Vec<char> = fold(&piece).chars().collect();
            let folded = FoldedText::new(&text);
            let found = folded.find_all(&needle).next().is_some();
            prop_assert_eq!(found, !needle.is_empty());
        }
    }
}
