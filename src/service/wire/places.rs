//! Places in bytes as places in characters.

use plansearch_text::Span;

/// Characters in front of bytes of one text, asked for in rising order mostly.
pub(crate) struct Places<'a> {
    text: &'a str,
    at: (usize, usize),
}

impl<'a> Places<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, at: (0, 0) }
    }

    fn n_chars(&mut self, byte: usize) -> usize {
        if byte < self.at.0 {
            self.at = (0, 0);
        }
        let more = Span::new(self.at.0, byte).n_chars(self.text);
        self.at = (byte, self.at.1 + more);
        self.at.1
    }

    /// A place in characters, end exclusive.
    pub(crate) fn pair(&mut self, span: Span) -> [usize; 2] {
        [self.n_chars(span.start), self.n_chars(span.end)]
    }
}
