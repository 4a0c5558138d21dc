//! What differs between two passages that belong together: whole sentences first, then
//! words and whole figures within sentences.

use plansearch_text::Span;

use crate::borders::Borders;
use crate::in_order::align;
use crate::profile::Profile;
use crate::script::{Edit, edits};
use crate::tokens::{Token, TokenKind, tokens};

/// One difference. Where a side has nothing, its span is empty and stands where it would
/// be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What differs.
    pub kind: ChangeKind,
    /// In the text of the first passage.
    pub a: Span,
    /// In the text of the second passage.
    pub b: Span,
}

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A figure: both sides hold one whole figure.
    Figure,
    /// Words.
    Word,
}

impl ChangeKind {
    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Word => "word",
        }
    }
}

/// Marks that end a sentence.
const SENTENCE_ENDS: &str = "。！？；;!?\n";
/// The mark between the cells of a row.
const CELL_END: char = '|';

/// What differs between the texts `a` and `b`, in order; of rows of a table cell by cell.
/// Texts that are the same but for blanks, width and kin of marks have no changes.
pub fn changes(a: &str, b: &str, is_table: bool) -> Vec<Change> {
    let (in_a, in_b) = (sentences(a, is_table), sentences(b, is_table));
    let mut found = Vec::new();
    for (left, right) in beside((a, &in_a), (b, &in_b), is_table) {
        within((a, left), (b, right), &mut found);
    }
    let borders = (Borders::of(a), Borders::of(b));
    tidy((a, b), widened((a, b), &borders, found))
}

/// The sentences of a text, each with its mark; of a row of a table the cells.
fn sentences(text: &str, is_table: bool) -> Vec<Span> {
    let ends = |c: char| {
        if is_table {
            c == CELL_END
        } else {
            SENTENCE_ENDS.contains(c)
        }
    };
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if ends(c) {
            sentences.push(Span::new(start, end));
            start = end;
        }
    }
    if start < text.len() {
        sentences.push(Span::new(start, text.len()));
    }
    sentences
}

/// The sentences of two texts beside each other, in order; what has no counterpart stands
/// beside an empty place.
fn beside(
    (a, in_a): (&str, &[Span]),
    (b, in_b): (&str, &[Span]),
    is_table: bool,
) -> Vec<(Span, Span)> {
    let profiles = |text: &str, spans: &[Span]| -> Vec<Profile> {
        spans
            .iter()
            .map(|span| Profile::of(span.of(text)))
            .collect()
    };
    let pairs = if is_table && in_a.len() == in_b.len() {
        (0..in_a.len()).map(|at| (at, at)).collect()
    } else {
        let judge = |_: usize, _: usize, likeness: f32| likeness;
        let pairs = align(&profiles(a, in_a), &profiles(b, in_b), &judge);
        pairs
            .iter()
            .map(|pair| (pair.a, pair.b))
            .collect::<Vec<_>>()
    };
    let mut rows = Vec::new();
    let (mut from_a, mut from_b) = (0, 0);
    for (to_a, to_b) in pairs.into_iter().chain([(in_a.len(), in_b.len())]) {
        let run = |spans: &[Span], from: usize, to: usize, end: usize| -> Span {
            let start = spans.get(from).map_or(end, |span| span.start);
            let end = spans.get(to).map_or(end, |span| span.start);
            Span::new(start, end)
        };
        // Between two links all that is left of a side is one piece.
        let left = run(in_a, from_a, to_a, a.len());
        let right = run(in_b, from_b, to_b, b.len());
        if !(left.is_empty() && right.is_empty()) {
            rows.push((left, right));
        }
        if let (Some(left), Some(right)) = (in_a.get(to_a), in_b.get(to_b)) {
            rows.push((*left, *right));
        }
        (from_a, from_b) = (to_a + 1, to_b + 1);
    }
    rows
}

/// The changes between two pieces.
fn within((a, left): (&str, Span), (b, right): (&str, Span), found: &mut Vec<Change>) {
    if left.is_empty() || right.is_empty() {
        found.push(Change {
            kind: ChangeKind::Word,
            a: left,
            b: right,
        });
        return;
    }
    let (in_a, in_b) = (tokens(a, left), tokens(b, right));
    for edit in edits(&in_a, &in_b) {
        by_figures((&in_a, left), (&in_b, right), &edit, found);
    }
}

/// Parts an edit at its figures, where both sides have as many, so that each figure stands
/// beside its successor alone.
fn by_figures(
    (a, left): (&[Token], Span),
    (b, right): (&[Token], Span),
    edit: &Edit,
    found: &mut Vec<Change>,
) {
    let figures = |tokens: &[Token], range: &std::ops::Range<usize>| -> Vec<usize> {
        let of_edit = range.clone();
        of_edit
            .filter(|at| tokens[*at].kind == TokenKind::Figure)
            .collect()
    };
    let (in_a, in_b) = (figures(a, &edit.a), figures(b, &edit.b));
    let mut push =
        |kind: ChangeKind, of_a: std::ops::Range<usize>, of_b: std::ops::Range<usize>| {
            let (from, to) = (span_of(a, left, &of_a), span_of(b, right, &of_b));
            let is_same = a[of_a]
                .iter()
                .map(|token| &token.folded)
                .eq(b[of_b].iter().map(|token| &token.folded));
            if !is_same {
                found.push(Change {
                    kind,
                    a: from,
                    b: to,
                });
            }
        };
    let mut from = (edit.a.start, edit.b.start);
    for (at_a, at_b) in same_rank(a, &in_a, b, &in_b) {
        push(ChangeKind::Word, from.0..at_a, from.1..at_b);
        push(ChangeKind::Figure, at_a..at_a + 1, at_b..at_b + 1);
        from = (at_a + 1, at_b + 1);
    }
    push(ChangeKind::Word, from.0..edit.a.end, from.1..edit.b.end);
}

/// The figures that belong together: each with each of its rank where there are as many,
/// else those of the same unit, in order.
fn same_rank(a: &[Token], in_a: &[usize], b: &[Token], in_b: &[usize]) -> Vec<(usize, usize)> {
    if in_a.len() == in_b.len() {
        return in_a.iter().copied().zip(in_b.iter().copied()).collect();
    }
    let mut pairs = Vec::new();
    let mut rest = in_b;
    for at in in_a {
        let unit = unit(&a[*at].folded);
        if let Some(nth) = rest
            .iter()
            .position(|other| unit == self::unit(&b[*other].folded))
        {
            pairs.push((*at, rest[nth]));
            rest = &rest[nth + 1..];
        }
    }
    pairs
}

/// What a figure counts in.
fn unit(figure: &str) -> &str {
    figure.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// Where tokens stand; of none the place where they would.
fn span_of(tokens: &[Token], around: Span, range: &std::ops::Range<usize>) -> Span {
    if range.is_empty() {
        let before = range.start.checked_sub(1).and_then(|at| tokens.get(at));
        let at = before.map_or(around.start, |token| token.span.end);
        return Span::new(at, at);
    }
    let start = tokens
        .get(range.start)
        .map_or(around.end, |token| token.span.start);
    let end = tokens
        .get(range.end - 1)
        .map_or(start, |token| token.span.end);
    Span::new(start, end)
}

/// Widens changes of words to the borders of words, on both sides alike.
fn widened(
    (a, b): (&str, &str),
    (in_a, in_b): &(Borders, Borders),
    mut found: Vec<Change>,
) -> Vec<Change> {
    for nth in 0..found.len() {
        if found[nth].kind != ChangeKind::Word {
            continue;
        }
        let floor = nth
            .checked_sub(1)
            .map_or((0, 0), |before| (found[before].a.end, found[before].b.end));
        let ceiling = found
            .get(nth + 1)
            .map_or((a.len(), b.len()), |next| (next.a.start, next.b.start));
        let change = &mut found[nth];
        let (n_before, n_behind) = (
            in_a.n_before(change.a).max(in_b.n_before(change.b)),
            in_a.n_behind(change.a).max(in_b.n_behind(change.b)),
        );
        let left = |text: &str, at: usize, floor: usize| {
            let before = Span::new(floor, at).of(text);
            let mut chars = before.char_indices().rev();
            let start = n_before.checked_sub(1).and_then(|n| chars.nth(n));
            start.map_or(at, |(start, _)| floor + start)
        };
        let right = |text: &str, at: usize, ceiling: usize| {
            let behind = Span::new(at, ceiling).of(text);
            let mut chars = behind.char_indices();
            let end = n_behind.checked_sub(1).and_then(|n| chars.nth(n));
            end.map_or(at, |(end, c)| at + end + c.len_utf8())
        };
        let (from_a, from_b) = (
            left(a, change.a.start, floor.0),
            left(b, change.b.start, floor.1),
        );
        if Span::new(from_a, change.a.start).of(a) == Span::new(from_b, change.b.start).of(b) {
            (change.a.start, change.b.start) = (from_a, from_b);
        }
        let (to_a, to_b) = (
            right(a, change.a.end, ceiling.0),
            right(b, change.b.end, ceiling.1),
        );
        if Span::new(change.a.end, to_a).of(a) == Span::new(change.b.end, to_b).of(b) {
            (change.a.end, change.b.end) = (to_a, to_b);
        }
    }
    found
}

/// Joins changes of words that touch, and trims blanks at their ends.
fn tidy((a, b): (&str, &str), found: Vec<Change>) -> Vec<Change> {
    let mut tidied: Vec<Change> = Vec::with_capacity(found.len());
    for change in found {
        match tidied.last_mut() {
            Some(last)
                if last.kind == ChangeKind::Word
                    && change.kind == ChangeKind::Word
                    && last.a.end >= change.a.start
                    && last.b.end >= change.b.start =>
            {
                last.a = Span::new(last.a.start, change.a.end);
                last.b = Span::new(last.b.start, change.b.end);
            }
            _ => tidied.push(change),
        }
    }
    for change in &mut tidied {
        change.a = trimmed(a, change.a);
        change.b = trimmed(b, change.b);
    }
    tidied.retain(|change| !(change.a.is_empty() && change.b.is_empty()));
    tidied
}

fn trimmed(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    let start = span.start + (piece.len() - piece.trim_start().len());
    let end = start + piece.trim().len();
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, is_table: bool, expect: &[(&str, &str, &str)]) {
        let found = changes(a, b, is_table);
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|change| (change.kind.name(), change.a.of(a), change.b.of(b)))
            .collect();
        assert_eq!(found, expect, "{a} / {b}");
    }

    #[test]
    fn figures_change_whole_and_words_by_word() {
        check(
            "生产总值达到1,300亿元以上，年均增长6%。",
            "生产总值突破1,350亿元，年均增长6%。",
            false,
            &[
                ("word", "达到", "突破"),
                ("figure", "1,300亿元", "1,350亿元"),
                ("word", "以上", ""),
            ],
        );
        check(
            "到二〇二五年建成三个园区。",
            "到二〇三〇年建成五个园区。",
            false,
            &[
                ("figure", "二〇二五年", "二〇三〇年"),
                ("figure", "三个", "五个"),
            ],
        );
    }

    #[test]
    fn an_added_sentence_is_one_change() {
        check(
            "推进港口建设。完善体系。",
            "推进港口建设。推进航道建设。完善体系。",
            false,
            &[("word", "", "推进航道建设。")],
        );
        check(
            "推进港口建设。推进航道建设。完善体系。",
            "推进港口建设。完善体系。",
            false,
            &[("word", "推进航道建设。", "")],
        );
    }

    #[test]
    fn rows_of_a_table_differ_by_cell() {
        check(
            "7 | 增加值 | 亿元 | 44.6 | 55",
            "7 | 增加值 | 亿元 | 46.4 | 55",
            true,
            &[("figure", "44.6", "46.4")],
        );
    }

    #[test]
    fn the_same_has_no_changes() {
        check("推进融合，发展。", "推进 融合,发展。", false, &[]);
    }
}
