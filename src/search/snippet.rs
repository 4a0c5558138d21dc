//! The piece of a passage that shows why it was found.
//!
//! A snippet is an exact cut of the passage of at most [`MAX_CHARS`] characters,
//! around the place with the most different matches. It begins and ends at a
//! sentence or clause where that costs little. Markup is not made here.

use crate::text::Span;

/// Longest snippet, in characters.
pub const MAX_CHARS: usize = 140;

/// How many characters of context stand before the first match at most.
const LEAD_IN_CHARS: usize = 40;

/// A cut of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The cut, as bytes of the passage.
    pub span: Span,
    /// The matches in the cut, as bytes of the passage; sorted, apart.
    pub marks: Vec<Span>,
}

impl Snippet {
    /// The pieces of the snippet in order, each with whether it is a match.
    pub fn pieces<'a>(&self, text: &'a str) -> Vec<(&'a str, bool)> {
        let mut pieces = Vec::with_capacity(self.marks.len() * 2 + 1);
        let mut at = self.span.start;
        for mark in &self.marks {
            pieces.push((Span::new(at, mark.start).of(text), false));
            pieces.push((mark.of(text), true));
            at = mark.end;
        }
        pieces.push((Span::new(at, self.span.end).of(text), false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }
}

/// Cuts the snippet of `text` around its matches `marks` (sorted, apart).
pub fn cut(text: &str, marks: &[Span]) -> Snippet {
    let n_chars = text.chars().count();
    let span = if n_chars <= MAX_CHARS {
        Span::whole(text)
    } else {
        let mut borders: Vec<usize> = Vec::with_capacity(n_chars + 1);
        borders.extend(text.char_indices().map(|(at, _)| at));
        borders.push(text.len());
        let char_of = |byte: usize| borders.partition_point(|border| *border < byte);
        let first_mark = best_mark(text, marks, &char_of);
        let start = start_char(
            text,
            &borders,
            first_mark.map_or(0, |mark| char_of(mark.start)),
        );
        let start = start.min(n_chars - 1);
        let end = end_char(text, &borders, start);
        Span::new(borders[start], borders[end])
    };
    let marks = marks
        .iter()
        .filter(|mark| mark.overlaps(span))
        .map(|mark| Span::new(mark.start.max(span.start), mark.end.min(span.end)))
        .collect();
    Snippet { span, marks }
}

/// The mark that opens the window with the most different matches.
fn best_mark(text: &str, marks: &[Span], char_of: &impl Fn(usize) -> usize) -> Option<Span> {
    let reach = MAX_CHARS - LEAD_IN_CHARS;
    let worth = |first: usize| {
        let start = char_of(marks[first].start);
        let inside = marks[first..]
            .iter()
            .take_while(|mark| char_of(mark.end) <= start + reach);
        let mut different: Vec<&str> = inside.clone().map(|mark| mark.of(text)).collect();
        let n_marks = different.len();
        let n_marked_chars: usize = inside.map(|mark| mark.n_chars(text)).sum();
        different.sort_unstable();
        different.dedup();
        (different.len(), n_marked_chars, n_marks)
    };
    // Among equals the first: `max_by_key` keeps the last, so go backwards.
    (0..marks.len())
        .rev()
        .max_by_key(|first| worth(*first))
        .map(|first| marks[first])
}

/// Where the cut begins: behind the last sentence end within reach before the
/// match, else behind a comma, else a fixed distance before it.
fn start_char(text: &str, borders: &[usize], match_char: usize) -> usize {
    let earliest = match_char.saturating_sub(LEAD_IN_CHARS);
    if earliest == 0 {
        return 0;
    }
    let lead_in = Span::new(borders[earliest], borders[match_char]).of(text);
    let behind = |ends: &[char]| {
        let at = lead_in.rfind(ends)?;
        Some(earliest + Span::new(0, at).n_chars(lead_in) + 1)
    };
    behind(&['。', '；', ';', '！', '？', '\n'])
        .or_else(|| behind(&['，', ',', '、', '：', ':']))
        .unwrap_or(earliest)
}

/// Where the cut ends: at the limit, or behind the last sentence end or comma
/// in its last third.
fn end_char(text: &str, borders: &[usize], start: usize) -> usize {
    let n_chars = borders.len() - 1;
    let limit = start + MAX_CHARS;
    if limit >= n_chars {
        return n_chars;
    }
    let from = start + MAX_CHARS * 2 / 3;
    let tail: Vec<char> = Span::new(borders[from], borders[limit])
        .of(text)
        .chars()
        .collect();
    let behind = |ends: &[char]| {
        tail.iter()
            .rposition(|c| ends.contains(c))
            .map(|at| from + at + 1)
    };
    behind(&['。', '；', ';', '！', '？'])
        .or_else(|| behind(&['，', ',', '、']))
        .unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;
    use crate::search::Needles;
    use proptest::prelude::*;

    fn snippet(text: &str, input: &str) -> Snippet {
        let needles = Needles::of(&query::parse(input).0);
        cut(text, &needles.find_in(text))
    }

    #[test]
    fn a_short_passage_is_shown_whole() {
        let text = "发展氢能，建设氢能产业园。";
        let found = snippet(text, "氢能");
        assert_eq!(found.span.of(text), text);
        assert_eq!(found.marks.len(), 2);
    }

    #[test]
    fn a_long_passage_is_cut_around_the_match() {
        let text = format!(
            "{}建设海河联运枢纽，发展集装箱运输。{}",
            "完善基础设施。".repeat(60),
            "推进改革。".repeat(60)
        );
        let found = snippet(&text, "海河联运 集装箱");
        let cut = found.span.of(&text);
        assert!(
            cut.starts_with("完善基础设施。") || cut.starts_with("建设海河联运"),
            "{cut}"
        );
        assert!(cut.contains("海河联运") && cut.contains("集装箱"), "{cut}");
        assert_eq!(found.marks.len(), 2);
    }

    proptest! {
        #[test]
        fn a_snippet_is_an_exact_cut_with_its_marks_inside(
            text in "[港氢能海河。，、a ]{0,400}", input in "[港氢能海河a]{1,4}"
        ) {
            let found = snippet(&text, &input);
            prop_assert!(found.span.n_chars(&text) <= MAX_CHARS);
            prop_assert_eq!(found.span.of(&text).len(), found.span.end - found.span.start);
            let joined: String = found.pieces(&text).iter().map(|(piece, _)| *piece).collect();
            prop_assert_eq!(joined.as_str(), found.span.of(&text));
            let has_match = !Needles::of(&query::parse(&input).0).find_in(&text).is_empty();
            prop_assert_eq!(has_match, !found.marks.is_empty());
        }
    }
}
