//! A text as characters with their bytes, for words that are looked for at places.

use plansearch_text::Span;

/// A text as characters; marks are those of half width.
pub(crate) struct Line<'a> {
    text: &'a str,
    chars: Vec<char>,
    starts: Vec<usize>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut chars = Vec::with_capacity(text.len() / 3);
        let mut starts = Vec::with_capacity(text.len() / 3 + 1);
        for (at, c) in text.char_indices() {
            chars.push(half(c));
            starts.push(at);
        }
        starts.push(text.len());
        Self {
            text,
            chars,
            starts,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a place; NUL outside.
    pub(crate) fn at(&self, place: usize) -> char {
        self.chars.get(place).copied().unwrap_or('\0')
    }

    /// The character in front of a place; NUL at the beginning.
    pub(crate) fn before(&self, place: usize) -> char {
        place.checked_sub(1).map_or('\0', |place| self.at(place))
    }

    /// The text between two places, as it stands.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        self.span(from, to).of(self.text)
    }

    /// Two places as bytes of the text.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let byte = |place: usize| self.starts.get(place).copied().unwrap_or(self.text.len());
        Span::new(byte(from), byte(to))
    }

    /// The place of a byte of the text.
    pub(crate) fn place(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    /// Says whether `word` ends at `end` and begins not before `least`.
    pub(crate) fn ends_with(&self, least: usize, end: usize, word: &str) -> bool {
        let n_chars = word.chars().count();
        end.checked_sub(n_chars)
            .is_some_and(|start| start >= least && self.starts_with(start, word))
    }

    pub(crate) fn starts_with(&self, at: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(offset, c)| self.at(at + offset) == c)
    }

    /// Says whether one of `words` stands between two places.
    pub(crate) fn has_any(&self, from: usize, to: usize, words: &[&str]) -> bool {
        let text = self.slice(from, to);
        words.iter().any(|word| text.contains(word))
    }

    /// The first place from `from` on, before `to`, of a character that fits.
    pub(crate) fn find(
        &self,
        from: usize,
        to: usize,
        fits: impl Fn(char) -> bool,
    ) -> Option<usize> {
        (from..to.min(self.len())).find(|at| fits(self.at(*at)))
    }
}

fn half(c: char) -> char {
    match c {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '％' => '%',
        '！' => '!',
        '？' => '?',
        '／' => '/',
        _ => c,
    }
}

/// Says whether `c` ends a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '\n')
}

/// Says whether `c` parts clauses.
pub(crate) fn is_border(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | ';' | ':' | '…')
}

/// Says whether `c` is a mark or blank that no name begins or ends with.
pub(crate) fn is_mark(c: char) -> bool {
    is_border(c) || c.is_whitespace() || matches!(c, '、' | '—' | '-' | '·' | '.' | '\0')
}
