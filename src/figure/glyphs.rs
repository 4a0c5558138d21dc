//! A text as characters that numerals are read from: width, case and traditional
//! forms folded, but blanks, line ends, pauses and kinds of dashes kept, because
//! `1, 234` is not `1,234` and 、 parts what a comma may join.

use plansearch_text::fold::{fold_char, is_blank};
use plansearch_text::{Span, numeral};

/// Stands for a character that is no digit although it folds to one: ①, ².
const NO_DIGIT: char = '\u{fffc}';

/// How a character was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As it is.
    Plain,
    /// In full width.
    Wide,
    /// As one sign for several characters (㎡).
    Composed,
}

/// The characters of a text with their places.
pub(crate) struct Glyphs {
    chars: Vec<char>,
    places: Vec<(Span, Form)>,
}

impl Glyphs {
    pub(crate) fn new(text: &str) -> Self {
        let mut glyphs = Self {
            chars: Vec::with_capacity(text.len() / 3),
            places: Vec::with_capacity(text.len() / 3),
        };
        for (at, c) in text.char_indices() {
            glyphs.add(c, Span::new(at, at + c.len_utf8()));
        }
        glyphs
    }

    fn add(&mut self, c: char, span: Span) {
        let one = match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '、' => Some('、'),
            '—' | '–' | '―' | '─' | '‒' => Some('–'),
            '−' | '－' | '-' => Some('-'),
            _ if c.is_whitespace() => Some(' '),
            _ if numeral::enclosed(c).is_some() => Some(NO_DIGIT),
            _ => None,
        };
        if let Some(one) = one {
            self.push(one, span, Form::Plain);
            return;
        }
        if is_blank(c) {
            return;
        }
        let form = match c {
            '\u{ff01}'..='\u{ff5e}' => Form::Wide,
            '²' | '³' | '¹' | '\u{2000}'..='\u{2bff}' | '\u{3200}'..='\u{33ff}' => {
                Form::Composed
            }
            _ => Form::Plain,
        };
        fold_char(c, |folded| self.push(folded, span, form));
    }

    fn push(&mut self, c: char, span: Span, form: Form) {
        self.chars.push(c);
        self.places.push((span, form));
    }

    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at `at`; a line end behind the text.
    pub(crate) fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// The character before `at`; a line end before the text.
    pub(crate) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |at| self.at(at))
    }

    pub(crate) fn form(&self, at: usize) -> Form {
        self.places.get(at).map_or(Form::Plain, |place| place.1)
    }

    /// The Latin digit at `at`.
    pub(crate) fn digit(&self, at: usize) -> Option<u32> {
        if self.form(at) == Form::Composed {
            return None;
        }
        self.at(at).to_digit(10)
    }

    /// The bytes of the characters `first..end`.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        let start = self.places.get(first).map_or(0, |place| place.0.start);
        let last = end.checked_sub(1).and_then(|last| self.places.get(last));
        Span::new(start, last.map_or(start, |place| place.0.end))
    }

    pub(crate) fn slice(&self, first: usize, end: usize) -> &[char] {
        self.chars.get(first..end.min(self.len())).unwrap_or(&[])
    }

    /// Says whether `word` begins at `at`.
    pub(crate) fn starts_with(&self, at: usize, word: &str) -> bool {
        let mut n_chars = 0;
        let is_same = word.chars().all(|c| {
            n_chars += 1;
            self.chars.get(at + n_chars - 1) == Some(&c)
        });
        is_same && n_chars > 0
    }

    /// Says whether `word` ends before `end`.
    pub(crate) fn ends_with(&self, end: usize, word: &str) -> bool {
        end.checked_sub(word.chars().count())
            .is_some_and(|at| self.starts_with(at, word))
    }

    /// Behind the blanks that begin at `at`.
    pub(crate) fn skip_blanks(&self, at: usize) -> usize {
        let mut at = at;
        while self.at(at) == ' ' {
            at += 1;
        }
        at
    }

    /// Before the blanks that end at `end`.
    pub(crate) fn skip_blanks_back(&self, end: usize) -> usize {
        let mut end = end;
        while end > 0 && self.before(end) == ' ' {
            end -= 1;
        }
        end
    }
}
