//! What was changed between a source and a draft.
//!
//! What lies between the runs of an alignment is a change, widened to whole words on both
//! sides. Figures are compared first and as wholes, because a changed figure is what a
//! writer must see.

use std::ops::Range;

use super::figures::FoundFigure;
use plansearch_text::{Span, fold};

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A figure.
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

/// A change, with its place on both sides in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Figure or words.
    pub kind: ChangeKind,
    /// What the draft says; empty where something was left out.
    pub draft: String,
    /// What the source says; empty where something was put in.
    pub source: String,
    /// Where that stands in the draft.
    pub draft_span: Range<usize>,
    /// Where that stands in the source.
    pub source_span: Range<usize>,
}

/// One side of a comparison: the characters of a text and the part that is compared.
#[derive(Debug, Clone)]
pub(crate) struct Side<'a> {
    pub(crate) chars: &'a [char],
    /// All figures of the text.
    pub(crate) figures: &'a [FoundFigure],
    pub(crate) part: Range<usize>,
}

/// A run of equal text as places in characters of both sides, in the order of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) draft: Range<usize>,
    pub(crate) source: Range<usize>,
}

/// A quantity of another kind is the counterpart where the place holds it and so many
/// characters more.
const MAX_BESIDE: usize = 2;
/// At most so many changes of a match are listed.
const MAX_CHANGES: usize = 60;

/// Lists what differs between two parts whose equal runs are known.
pub(crate) fn list(draft: &Side<'_>, source: &Side<'_>, runs: &[Run]) -> Vec<Change> {
    let mut changes = figure_changes(draft, source, runs);
    let words = word_changes(draft, source, runs);
    let is_apart = |word: &Change, figure: &Change| {
        !touches(&word.draft_span, &figure.draft_span)
            && !touches(&word.source_span, &figure.source_span)
    };
    let n_figures = changes.len();
    for word in words {
        if changes
            .iter()
            .take(n_figures)
            .all(|figure| is_apart(&word, figure))
        {
            changes.push(word);
        }
    }
    changes.sort_by_key(|change| (change.draft_span.start, change.source_span.start));
    changes.truncate(MAX_CHANGES);
    changes
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn text_of(chars: &[char], range: &Range<usize>) -> String {
    chars
        .get(range.clone())
        .unwrap_or_default()
        .iter()
        .collect()
}

/// The figures of a side.
fn figures_of<'a>(side: &Side<'a>) -> Vec<&'a FoundFigure> {
    let first = side
        .figures
        .partition_point(|figure| figure.span.end <= side.part.start);
    let rest = side.figures.get(first..).unwrap_or_default().iter();
    rest.take_while(|figure| figure.span.start < side.part.end)
        .collect()
}

/// Figures of the draft whose counterpart in the source is another.
fn figure_changes(draft: &Side<'_>, source: &Side<'_>, runs: &[Run]) -> Vec<Change> {
    let sources = figures_of(source);
    let mut is_used = vec![false; sources.len()];
    let mut open = Vec::new();
    // What stands unchanged at its place is settled first, then what moved.
    for figure in figures_of(draft) {
        let expected = counterpart(&figure.span, runs, source);
        let at_place = sources
            .iter()
            .position(|other| touches(&other.span, &expected) && figure.is_same(other));
        match at_place {
            Some(at) => is_used[at] = true,
            None => open.push((figure, expected)),
        }
    }
    let mut changes = Vec::new();
    for (figure, expected) in open {
        let mut free = (0..sources.len()).filter(|at| !is_used[*at]);
        if let Some(at) = free.find(|at| figure.is_same(sources[*at])) {
            is_used[at] = true;
            continue;
        }
        let is_counterpart = |other: &FoundFigure| {
            let is_alone = expected.len() <= other.span.len() + MAX_BESIDE;
            figure.is_like(other)
                || is_alone && (figure.are_quantities(other) || figure.has_unit_of(other))
        };
        let free = (0..sources.len()).filter(|at| !is_used[*at]);
        let nearest = free
            .filter(|at| touches(&sources[*at].span, &expected) && is_counterpart(sources[*at]))
            .max_by_key(|at| common(&sources[*at].span, &expected));
        if let Some(at) = nearest {
            is_used[at] = true;
            changes.push(Change {
                kind: ChangeKind::Figure,
                draft: text_of(draft.chars, &figure.span),
                source: text_of(source.chars, &sources[at].span),
                draft_span: figure.span.clone(),
                source_span: sources[at].span.clone(),
            });
        }
    }
    changes
}

fn common(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Where in the source that should stand what stands in `figure` in the draft: between
/// what the runs before and behind it stand for.
fn counterpart(figure: &Range<usize>, runs: &[Run], source: &Side<'_>) -> Range<usize> {
    let before = runs.iter().rev().find(|run| run.draft.start < figure.start);
    let behind = runs.iter().find(|run| run.draft.end > figure.end);
    let start = before.map(|run| {
        let inside = run.draft.end.min(figure.start) - run.draft.start;
        (run.source.start + inside).min(run.source.end)
    });
    let end = behind.map(|run| {
        let inside = run.draft.end - run.draft.start.max(figure.end);
        run.source.end.saturating_sub(inside).max(run.source.start)
    });
    let near = figure.len() + 8;
    match (start, end) {
        (Some(start), Some(end)) if start < end && end - start <= 4 * near => start..end,
        (Some(start), _) => start..(start + near).min(source.part.end.max(start)),
        (None, Some(end)) => end.saturating_sub(near).max(source.part.start.min(end))..end,
        (None, None) => source.part.clone(),
    }
}

/// What lies between the runs, as whole words.
fn word_changes(draft: &Side<'_>, source: &Side<'_>, runs: &[Run]) -> Vec<Change> {
    let draft_words = words(draft);
    let source_words = words(source);
    let mut gaps: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut add = |in_draft: Range<usize>, in_source: Range<usize>| {
        let has_letters = |chars: &[char], range: &Range<usize>| {
            let gap = chars.get(range.clone()).unwrap_or_default();
            gap.iter().any(|c| c.is_alphanumeric())
        };
        if has_letters(draft.chars, &in_draft) || has_letters(source.chars, &in_source) {
            let in_draft = widen(trim(in_draft, draft.chars), &draft_words);
            let in_source = widen(trim(in_source, source.chars), &source_words);
            match gaps.last_mut() {
                Some(last) if last.0.end >= in_draft.start && last.0.start <= in_draft.start => {
                    last.0.end = last.0.end.max(in_draft.end);
                    last.1 = last.1.start.min(in_source.start)..last.1.end.max(in_source.end);
                }
                _ => gaps.push((in_draft, in_source)),
            }
        }
    };
    let mut last: Option<&Run> = None;
    for run in runs {
        let (draft_end, source_end) = last.map_or_else(
            || (draft.part.start, source.part.start.min(run.source.start)),
            |last| (last.draft.end, last.source.end),
        );
        let is_onward = source_end <= run.source.start
            && (last.is_some() || runs.len() == 1 || is_first_in_source(run, runs));
        let in_source = if is_onward {
            source_end..run.source.start
        } else {
            run.source.start..run.source.start
        };
        add(draft_end.min(run.draft.start)..run.draft.start, in_source);
        last = Some(run);
    }
    if let Some(last) = last {
        let is_last = runs.iter().all(|run| run.source.end <= last.source.end);
        let source_end = if is_last {
            source.part.end.max(last.source.end)
        } else {
            last.source.end
        };
        add(
            last.draft.end..draft.part.end.max(last.draft.end),
            last.source.end..source_end,
        );
    }
    let changes = gaps.into_iter().map(|(in_draft, in_source)| Change {
        kind: ChangeKind::Word,
        draft: text_of(draft.chars, &in_draft),
        source: text_of(source.chars, &in_source),
        draft_span: in_draft,
        source_span: in_source,
    });
    changes
        .filter(|change| fold(&change.draft) != fold(&change.source))
        .collect()
}

fn is_first_in_source(run: &Run, runs: &[Run]) -> bool {
    runs.iter()
        .all(|other| other.source.start >= run.source.start)
}

/// A gap without the marks around it.
fn trim(mut range: Range<usize>, chars: &[char]) -> Range<usize> {
    let is_letter = |at: usize| {
        chars
            .get(at)
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '%' | '％' | '‰'))
    };
    while !range.is_empty() && !is_letter(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && !is_letter(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// The words of a side as ranges of characters.
fn words(side: &Side<'_>) -> Vec<Range<usize>> {
    let text = text_of(side.chars, &side.part);
    let mut at = side.part.start;
    let borders = plansearch_analysis::word_borders(&text);
    let words = borders.iter().zip(borders.iter().skip(1));
    words
        .map(|(start, end)| {
            let first = at;
            at += Span::new(*start, *end).n_chars(&text);
            first..at
        })
        .collect()
}

/// Widens a range to the words that it cuts.
fn widen(range: Range<usize>, words: &[Range<usize>]) -> Range<usize> {
    if range.is_empty() {
        return range;
    }
    let cut = |at: usize| words.iter().find(|word| word.start < at && at < word.end);
    let start = cut(range.start).map_or(range.start, |word| word.start);
    let end = cut(range.end).map_or(range.end, |word| word.end);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(draft: Range<usize>, source: Range<usize>) -> Run {
        Run { draft, source }
    }

    fn check(draft: &str, source: &str, runs: &[Run], expect: &[(&str, &str, &str)]) {
        let figures = [draft, source].map(crate::figures::find);
        let chars = [draft, source].map(|text| text.chars().collect::<Vec<char>>());
        let whole = |nth: usize| Side {
            part: 0..chars[nth].len(),
            chars: &chars[nth],
            figures: &figures[nth],
        };
        let found = list(&whole(0), &whole(1), runs);
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|change| {
                (
                    change.kind.name(),
                    change.draft.as_str(),
                    change.source.as_str(),
                )
            })
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_changed_figure_is_shown_as_a_whole() {
        check(
            "保持率63.4%。",
            "保持率61.4%。",
            &[run(0..4, 0..4), run(5..8, 5..8)],
            &[("figure", "63.4%", "61.4%")],
        );
    }

    #[test]
    fn figures_of_another_kind_are_no_pair() {
        check("中山路16号。", "2025年。", &[], &[]);
        check(
            "投资8.4万元。",
            "投资8.4万美元。",
            &[run(0..6, 0..6), run(6..7, 7..8)],
            &[("figure", "8.4万元", "8.4万美元")],
        );
    }

    #[test]
    fn a_change_is_whole_words() {
        check(
            "提升创新能力水平",
            "提高创新能力水平",
            &[run(0..1, 0..1), run(2..8, 2..8)],
            &[("word", "提升", "提高")],
        );
    }

    #[test]
    fn what_is_put_in_and_left_out_has_an_empty_side() {
        check(
            "全面发展氢能",
            "发展氢能产业",
            &[run(2..6, 0..4)],
            &[("word", "全面", ""), ("word", "", "产业")],
        );
    }
}
