//! The piece of a passage that shows why it was found.
//!
//! A snippet is an exact cut of the passage of at most [`MAX_CHARS`] characters,
//! around the place with the most different matches. It begins and ends at a
//! sentence or clause where that costs little. Markup is not made here.

use std::collections::HashMap;

use plansearch_text::Span;

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
    let span = if text.len() <= MAX_CHARS || text.chars().count() <= MAX_CHARS {
        Span::whole(text)
    } else {
        let first_mark = best_mark(text, marks);
        let start = start_of(text, first_mark.map_or(0, |mark| mark.start));
        Span::new(start, end_of(text, start))
    };
    let marks = marks
        .iter()
        .filter(|mark| mark.overlaps(span))
        .map(|mark| Span::new(mark.start.max(span.start), mark.end.min(span.end)))
        .collect();
    Snippet { span, marks }
}

/// Where the character begins that stands `n_chars` behind the one at `from`; none where
/// the text ends before it.
fn ahead(text: &str, from: usize, n_chars: usize) -> Option<usize> {
    let (at, _) = text.get(from..)?.char_indices().nth(n_chars)?;
    Some(from + at)
}

/// Where the character begins that stands `n_chars`, at least one, before the one at
/// `from`; the beginning where there are fewer.
fn back(text: &str, from: usize, n_chars: usize) -> usize {
    let before = text.get(..from).unwrap_or_default();
    let found = before.char_indices().rev().nth(n_chars - 1);
    found.map_or(0, |(at, _)| at)
}

/// A mark, counted in characters.
struct Counted {
    start: usize,
    end: usize,
    /// What is marked, as a number that all of the same text share.
    kind: usize,
}

/// The mark that opens the window with the most different matches; of equals the first.
fn best_mark(text: &str, marks: &[Span]) -> Option<Span> {
    if marks.len() < 2 {
        return marks.first().copied();
    }
    let counted = counted(text, marks);
    let mut n_of_kind = vec![0; counted.len()];
    let mut best = (0, (0, 0, 0));
    // Those from `first` to before `next` lie in the window; so many kinds, so many
    // characters.
    let (mut next, mut n_kinds, mut n_chars) = (0, 0, 0);
    for (first, opening) in counted.iter().enumerate() {
        while let Some(mark) = counted.get(next)
            && (next == first || mark.end <= opening.start + MAX_CHARS - LEAD_IN_CHARS)
        {
            n_kinds += usize::from(n_of_kind[mark.kind] == 0);
            n_of_kind[mark.kind] += 1;
            n_chars += mark.end - mark.start;
            next += 1;
        }
        let worth = (n_kinds, n_chars, next - first);
        if worth > best.1 {
            best = (first, worth);
        }
        n_of_kind[opening.kind] -= 1;
        n_kinds -= usize::from(n_of_kind[opening.kind] == 0);
        n_chars -= opening.end - opening.start;
    }
    marks.get(best.0).copied()
}

fn counted(text: &str, marks: &[Span]) -> Vec<Counted> {
    let mut counted: Vec<Counted> = Vec::with_capacity(marks.len());
    let mut kinds: HashMap<&str, usize> = HashMap::new();
    let (mut at, mut n_before) = (0, 0);
    for mark in marks {
        let start = n_before + Span::new(at, mark.start).n_chars(text);
        let end = start + mark.n_chars(text);
        (at, n_before) = (mark.end, end);
        let n_kinds = kinds.len();
        let kind = *kinds.entry(mark.of(text)).or_insert(n_kinds);
        counted.push(Counted { start, end, kind });
    }
    counted
}

/// Where the cut begins: behind the last sentence end within reach before the
/// match, else behind a comma, else a fixed distance before it.
fn start_of(text: &str, match_start: usize) -> usize {
    let earliest = back(text, match_start, LEAD_IN_CHARS);
    if earliest == 0 {
        return 0;
    }
    let lead_in = Span::new(earliest, match_start).of(text);
    behind_last(lead_in, &['。', '；', ';', '！', '？', '\n'])
        .or_else(|| behind_last(lead_in, &['，', ',', '、', '：', ':']))
        .map_or(earliest, |at| earliest + at)
}

/// Where the cut ends: at the limit, or behind the last sentence end or comma
/// in its last third.
fn end_of(text: &str, start: usize) -> usize {
    let Some(limit) = ahead(text, start, MAX_CHARS) else {
        return text.len();
    };
    let from = ahead(text, start, MAX_CHARS * 2 / 3).unwrap_or(limit);
    let tail = Span::new(from, limit).of(text);
    behind_last(tail, &['。', '；', ';', '！', '？'])
        .or_else(|| behind_last(tail, &['，', ',', '、']))
        .map_or(limit, |at| from + at)
}

/// Where the last of some marks ends.
fn behind_last(text: &str, marks: &[char]) -> Option<usize> {
    let mut found = text.rmatch_indices(marks);
    found.next().map(|(at, mark)| at + mark.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Needles;
    use plansearch_query as query;
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

    #[test]
    fn the_cut_shows_the_most_different_matches() {
        let text = format!(
            "氢能，氢能，氢能。{}推进氢能入港。{}氢能在港。",
            "完善基础设施。".repeat(30),
            "推进改革。".repeat(60)
        );
        let cut = snippet(&text, "氢能 港").span.of(&text).to_owned();
        assert!(cut.contains("推进氢能入港"), "{cut}");
    }

    #[test]
    fn a_match_longer_than_the_cut_opens_it() {
        let long = "完善设施，".repeat(40);
        let text = format!("{}。{long}。", "推进改革。".repeat(60));
        let found = snippet(&text, &format!("“{long}”"));
        assert!(found.span.of(&text).starts_with("完善设施"));
        assert_eq!(found.marks, [found.span]);
        let text = format!("{text}{}发展氢能。", "推进改革。".repeat(60));
        let found = snippet(&text, &format!("“{long}” 氢能"));
        assert!(found.span.of(&text).starts_with("完善设施"));
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
