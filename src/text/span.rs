//! A piece of a text, as bytes on character borders.
//!
//! Every position in the crate is a [`Span`]; no other module slices strings by
//! number. A span off a character border, or past the end, is the empty string
//! and never a panic.

use std::ops::Range;

/// A half-open range of bytes in some text.
///
/// ```
/// use plansearch_text::Span;
/// let text = "发展氢能产业";
/// let span = Span::find(text, "氢能").unwrap();
/// assert_eq!(span.of(text), "氢能");
/// assert_eq!(span.n_chars(text), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Makes a span of `start..end`; an end before the start gives an empty span.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Spans the whole of `text`.
    pub fn whole(text: &str) -> Self {
        Self::new(0, text.len())
    }

    /// Finds the first place of `needle` in `text`.
    pub fn find(text: &str, needle: &str) -> Option<Self> {
        let start = text.find(needle)?;
        Some(Self::new(start, start + needle.len()))
    }

    /// Spans the characters `first..first + n_chars` of `text`, cut at its end.
    pub fn of_chars(text: &str, first: usize, n_chars: usize) -> Self {
        let mut borders = text.char_indices().map(|(at, _)| at);
        let start = borders.nth(first).unwrap_or(text.len());
        let end = match n_chars.checked_sub(1) {
            None => start,
            Some(rest) => borders.nth(rest).unwrap_or(text.len()),
        };
        Self::new(start, end)
    }

    /// Cuts the span out of `text`; empty when it does not lie in it.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Counts the characters of the span in `text`.
    pub fn n_chars(self, text: &str) -> usize {
        self.of(text).chars().count()
    }

    /// Says whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Says whether the two spans share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Says whether `other` lies in this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Moves the span `by` bytes to the left; what falls off is cut.
    #[must_use]
    pub fn shifted_left(self, by: usize) -> Self {
        Self::new(self.start.saturating_sub(by), self.end.saturating_sub(by))
    }

    /// Joins spans that touch or overlap; the result is sorted.
    ///
    pub fn merged(mut spans: Vec<Self>) -> Vec<Self> {
        spans.retain(|span| !span.is_empty());
        spans.sort_unstable();
        let mut merged: Vec<Self> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        merged
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Cuts `text` to at most `max_chars` characters, with `…` when something was cut.
pub fn shorten(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let head = Span::of_chars(text, 0, max_chars.saturating_sub(1)).of(text);
    format!("{head}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_span_off_a_character_border_is_empty_text() {
        assert_eq!(Span::new(1, 3).of("港区"), "");
        assert_eq!(Span::new(0, 99).of("港区"), "");
    }

    #[test]
    fn touching_and_overlapping_spans_merge() {
        let spans = vec![Span::new(6, 9), Span::new(0, 3), Span::new(3, 4)];
        assert_eq!(Span::merged(spans), vec![Span::new(0, 4), Span::new(6, 9)]);
    }

    #[test]
    fn long_text_is_shortened_to_the_limit() {
        assert_eq!(shorten("海河联运枢纽", 4), "海河联…");
        assert_eq!(shorten("海河联运", 4), "海河联运");
    }

    proptest! {
        #[test]
        fn spans_of_chars_cut_what_chars_cut(text in "\\PC{0,20}", first in 0usize..25, n in 0usize..25) {
            let expect: String = text.chars().skip(first).take(n).collect();
            prop_assert_eq!(Span::of_chars(&text, first, n).of(&text), expect);
        }
    }
}
