//! Where words begin and end in a text, so that a change never cuts one.

use plansearch_analysis::word_borders;
use plansearch_text::Span;

/// A change grows by so many characters at most to hold whole words.
const MAX_GROWTH: usize = 4;

/// The borders of the words of a text, cut when it is asked for.
pub(crate) struct Borders {
    /// Bytes at which a word begins, and the end, sorted.
    at: Vec<usize>,
    /// Bytes at which a character begins, and the end, sorted.
    chars: Vec<usize>,
}

impl Borders {
    pub(crate) fn of(text: &str) -> Self {
        let chars = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        Self {
            at: word_borders(text),
            chars: chars.collect(),
        }
    }

    /// How many characters before `span` belong to the word in which it begins.
    pub(crate) fn n_before(&self, span: Span) -> usize {
        let border = match self.at.binary_search(&span.start) {
            Ok(_) => return 0,
            Err(next) => next.checked_sub(1).and_then(|at| self.at.get(at)),
        };
        self.n_chars(border.copied().unwrap_or(span.start), span.start)
    }

    /// How many characters behind `span` belong to the word in which it ends.
    pub(crate) fn n_behind(&self, span: Span) -> usize {
        let border = match self.at.binary_search(&span.end) {
            Ok(_) => return 0,
            Err(next) => self.at.get(next),
        };
        self.n_chars(span.end, border.copied().unwrap_or(span.end))
    }

    fn n_chars(&self, from: usize, to: usize) -> usize {
        let place = |at: usize| self.chars.partition_point(|start| *start < at);
        let n = place(to).saturating_sub(place(from));
        if n > MAX_GROWTH { 0 } else { n }
    }
}
