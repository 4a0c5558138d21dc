//! Markup made from text: everything escaped but the marks of matches.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use plansearch_search::Snippet;
use plansearch_text::{Haystack, Needle, Span, fold};

/// Text that is HTML already and must not be escaped again. Made only here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Markup(String);

#[derive(Template)]
#[template(path = "marked.html", config = "../../web/askama.toml")]
struct Marked<'a> {
    pieces: Vec<(&'a str, bool)>,
}

#[derive(Template)]
#[template(path = "differing.html", config = "../../web/askama.toml")]
struct Differing<'a> {
    pieces: Vec<(&'a str, &'static str)>,
}

/// Why a piece of a text is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It was looked for.
    Match,
    /// A figure that differs.
    Figure,
    /// Words that the other text has not, in the first.
    Gone,
    /// The same in the second.
    New,
}

impl Mark {
    fn name(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Figure => "figure",
            Self::Gone => "gone",
            Self::New => "new",
        }
    }
}

impl Markup {
    /// Marks `marks` (sorted, apart) in the piece `span` of `text`.
    pub(super) fn of(text: &str, span: Span, marks: &[Span]) -> Self {
        let inside = |mark: &&Span| mark.overlaps(span);
        let cut = |mark: &Span| Span::new(mark.start.max(span.start), mark.end.min(span.end));
        let marks = marks.iter().filter(inside).map(cut).collect();
        Self::of_snippet(text, &Snippet { span, marks })
    }

    /// Marks the matches of a snippet of `text`.
    pub(super) fn of_snippet(text: &str, snippet: &Snippet) -> Self {
        let pieces = snippet.pieces(text);
        let marked = Marked { pieces };
        Self(marked.render().expect("a string takes all that is written"))
    }

    /// A picture that the service made.
    pub(super) fn of_picture(svg: String) -> Self {
        Self(svg)
    }

    /// Marks the places of a term.
    pub(super) fn of_term(text: &str, term: &str) -> Self {
        let needle = Needle::new(&fold(term));
        let marks = Span::merged(needle.find_all(&Haystack::new(text)));
        Self::of(text, Span::whole(text), &marks)
    }

    /// Marks what differs and what was looked for. Where two marks overlap the first
    /// counts.
    pub(super) fn marked(text: &str, mut marks: Vec<(Span, Mark)>) -> Self {
        marks.retain(|(span, _)| !span.is_empty());
        marks.sort_by_key(|(span, _)| *span);
        let mut pieces = Vec::with_capacity(marks.len() * 2 + 1);
        let mut at = 0;
        for (span, mark) in marks {
            if span.start < at {
                continue;
            }
            pieces.push((Span::new(at, span.start).of(text), ""));
            pieces.push((span.of(text), mark.name()));
            at = span.end;
        }
        pieces.push((Span::new(at, text.len()).of(text), ""));
        let differing = Differing { pieces };
        Self(
            differing
                .render()
                .expect("a string takes all that is written"),
        )
    }

    /// The piece `span` of `text`, each of `changes` (sorted) with what another text has in
    /// its place before it.
    pub(super) fn corrected(text: &str, span: Span, changes: Vec<(Span, &str)>) -> Self {
        let mut pieces = Vec::with_capacity(changes.len() * 3 + 1);
        let mut at = span.start;
        for (mark, other) in changes {
            if mark.start < at || mark.end > span.end {
                continue;
            }
            pieces.push((Span::new(at, mark.start).of(text), ""));
            pieces.push((other, Mark::Gone.name()));
            pieces.push((mark.of(text), Mark::New.name()));
            at = mark.end;
        }
        pieces.push((Span::new(at, span.end).of(text), ""));
        pieces.retain(|(piece, _)| !piece.is_empty());
        let differing = Differing { pieces };
        Self(
            differing
                .render()
                .expect("a string takes all that is written"),
        )
    }

    /// The HTML.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Says whether anything is marked.
    pub(super) fn has_mark(&self) -> bool {
        self.0.contains("<mark")
    }

    /// Says whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_escaped_but_the_marks() {
        let text = "a<b>\"氢能\"&'c'";
        let mark = Span::find(text, "氢能").unwrap();
        let html = Markup::of(text, Span::whole(text), &[mark]).into_string();
        assert_eq!(
            html,
            "a&#60;b&#62;&#34;<mark>氢能</mark>&#34;&#38;&#39;c&#39;"
        );
    }

    #[test]
    fn what_another_text_has_stands_before_what_this_one_has() {
        let text = "产值突破100亿元。";
        let mark = Span::find(text, "100").unwrap();
        let html = Markup::corrected(text, Span::whole(text), vec![(mark, "200")]);
        let expect = "产值突破<del>200</del><ins>100</ins>亿元。";
        assert_eq!(html.into_string(), expect);
    }

    #[test]
    fn a_mark_over_the_edge_is_cut() {
        let text = "发展氢能产业";
        let mark = Span::find(text, "氢能").unwrap();
        let html = Markup::of(text, Span::new(0, 9), &[mark]).into_string();
        assert_eq!(html, "发展<mark>氢</mark>");
    }
}
