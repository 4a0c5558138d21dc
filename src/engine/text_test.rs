//! Conditions on a text that lookups in the index cannot decide.
//!
//! Strings in one sentence, in order, or close to each other: the index finds
//! the passages with the strings, and a test reads their text. The same tests
//! say what to mark. Distances count characters, blanks left out.

use plansearch_figure::FigureRange;
use plansearch_text::fold::is_blank;
use plansearch_text::{FoldedText, Haystack, Needle, Span, fold};

/// Most characters that a `*` in a phrase stands for.
pub const MAX_GAP: usize = 30;

/// A condition on a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextTest {
    /// This string stands.
    Holds(Needle),
    /// This string stands when the marks within a sentence are left out of it and of
    /// the text.
    HoldsUnmarked(Needle),
    /// These strings stand in order in one sentence, at most [`MAX_GAP`] characters
    /// apart.
    InOrder(Vec<Needle>),
    /// A figure in this range stands.
    Figures(Box<FigureRange>),
    /// All of these.
    All(Vec<TextTest>),
    /// At least one of these.
    Any(Vec<TextTest>),
    /// Not this.
    Not(Box<TextTest>),
    /// One sentence fulfils this.
    Sentence(Box<TextTest>),
    /// A place of each side, at most `distance` characters apart.
    Near {
        /// One side.
        left: Box<TextTest>,
        /// The other side.
        right: Box<TextTest>,
        /// Most characters between the two.
        distance: usize,
    },
}

impl TextTest {
    /// A test for a string, folded here.
    pub fn holds(text: &str) -> Self {
        Self::Holds(Needle::new(&fold(text)))
    }

    /// Says whether `text` fulfils the test.
    ///
    /// ```
    /// use plansearch_engine::TextTest;
    /// use plansearch_text::Needle;
    /// let test = TextTest::InOrder(vec![Needle::new("促进"), Needle::new("发展")]);
    /// assert!(test.is_met("促进氢能产业发展。"));
    /// assert!(!test.is_met("促进就业。产业发展。"));
    /// ```
    pub fn is_met(&self, text: &str) -> bool {
        self.marks(text).is_some()
    }

    /// The places that fulfil the test, as spans of `text`; `None` when it is
    /// not fulfilled.
    pub fn marks(&self, text: &str) -> Option<Vec<Span>> {
        self.marks_in(text, 0)
    }

    /// The same in a piece of a text that begins at byte `offset`.
    fn marks_in(&self, text: &str, offset: usize) -> Option<Vec<Span>> {
        match self {
            Self::Holds(_)
            | Self::HoldsUnmarked(_)
            | Self::Figures(_)
            | Self::InOrder(_)
            | Self::Near { .. } => {
                let places = self.places(text);
                let spans = places.iter().flat_map(|place| &place.marks);
                let spans: Vec<Span> = spans.map(|span| moved(*span, offset)).collect();
                (!places.is_empty()).then_some(spans)
            }
            Self::All(tests) => {
                let met: Option<Vec<_>> = tests
                    .iter()
                    .map(|test| test.marks_in(text, offset))
                    .collect();
                met.map(|spans| spans.concat())
            }
            Self::Any(tests) => {
                let mut met = tests
                    .iter()
                    .filter_map(|test| test.marks_in(text, offset))
                    .peekable();
                met.peek()?;
                Some(met.flatten().collect())
            }
            Self::Not(inner) => match inner.marks_in(text, offset) {
                Some(_) => None,
                None => Some(Vec::new()),
            },
            Self::Sentence(inner) => {
                let mut met = sentences(text)
                    .filter_map(|span| inner.marks_in(span.of(text), offset + span.start))
                    .peekable();
                met.peek()?;
                Some(met.flatten().collect())
            }
        }
    }

    /// Where a string, strings in order, or a pair of close ones stand.
    fn places(&self, text: &str) -> Vec<Place> {
        match self {
            Self::Holds(needle) => found(text, needle),
            Self::HoldsUnmarked(needle) => found_unmarked(text, needle),
            Self::Figures(range) => each_marked(range.find_in(text)),
            Self::InOrder(needles) => in_order(text, needles),
            Self::Any(tests) => {
                let mut places: Vec<Place> =
                    tests.iter().flat_map(|test| test.places(text)).collect();
                places.sort_by_key(|place| place.span);
                places
            }
            Self::Near {
                left,
                right,
                distance,
            } => near(text, &left.places(text), &right.places(text), *distance),
            Self::All(_) | Self::Not(_) | Self::Sentence(_) => Vec::new(),
        }
    }
}

/// A match: from its first to its last byte, and what of it to mark.
#[derive(Debug, Clone)]
struct Place {
    span: Span,
    marks: Vec<Span>,
}

fn found(text: &str, needle: &Needle) -> Vec<Place> {
    each_marked(needle.find_all(&Haystack::new(text)))
}

fn found_unmarked(text: &str, needle: &Needle) -> Vec<Place> {
    let chars = needle.chars().iter().copied();
    let unmarked: Vec<char> = chars.filter(|c| !is_inner_mark(*c)).collect();
    let folded = FoldedText::new(text).without(is_inner_mark);
    each_marked(folded.find_all(&unmarked))
}

/// Says whether a folded character is a mark within a sentence. What is part of a
/// number or a name (`.`, `%`, `+`, `/`) is none.
fn is_inner_mark(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '"' | '\'' | '(' | ')' | '《' | '》' | '-' | '~' | '·' | '…'
    )
}

fn each_marked(spans: impl IntoIterator<Item = Span>) -> Vec<Place> {
    let places = spans.into_iter().map(|span| Place {
        span,
        marks: vec![span],
    });
    places.collect()
}

/// The places of the strings so far, each extended to every place of the next
/// string within reach. Of several that reach the same place, the last one is
/// the closest and stands for all.
fn in_order(text: &str, needles: &[Needle]) -> Vec<Place> {
    let mut needles = needles.iter();
    let Some(first) = needles.next() else {
        return Vec::new();
    };
    let mut places = found(text, first);
    for needle in needles {
        let nexts = found(text, needle);
        let mut extended = Vec::new();
        for next in nexts {
            // The last place that ends before it is the closest.
            let before = places
                .iter()
                .filter(|place| place.span.end <= next.span.start)
                .max_by_key(|place| place.span.end);
            if let Some(before) = before
                && is_gap(text, before.span.end, next.span.start)
            {
                let mut marks = before.marks.clone();
                marks.push(next.span);
                extended.push(Place {
                    span: Span::new(before.span.start, next.span.end),
                    marks,
                });
            }
        }
        places = extended;
    }
    places
}

/// Says whether `*` may stand for what is between the two bytes.
fn is_gap(text: &str, start: usize, end: usize) -> bool {
    let between = Span::new(start, end).of(text);
    n_solid_chars(between) <= MAX_GAP && !between.contains(is_sentence_end)
}

/// Pairs of places at most `distance` characters apart, in either order. Both
/// sides are sorted; a pair of each place with the closest one before it is
/// enough, because closeness is the same from both sides.
fn near(text: &str, left: &[Place], right: &[Place], distance: usize) -> Vec<Place> {
    let mut all: Vec<(bool, &Place)> = Vec::new();
    all.extend(left.iter().map(|place| (true, place)));
    all.extend(right.iter().map(|place| (false, place)));
    all.sort_by_key(|(_, place)| place.span);
    let mut pairs = Vec::new();
    // Of each side, the place so far that reaches farthest.
    let mut farthest: [Option<&Place>; 2] = [None, None];
    for (is_left, place) in all {
        if let Some(before) = farthest[usize::from(!is_left)] {
            let start = before.span.end;
            let between = Span::new(start, place.span.start.max(start)).of(text);
            if n_solid_chars(between) <= distance {
                pairs.push(Place {
                    span: Span::new(before.span.start, place.span.end.max(start)),
                    marks: [before.marks.as_slice(), &place.marks].concat(),
                });
            }
        }
        let reach = &mut farthest[usize::from(is_left)];
        if reach.is_none_or(|known| known.span.end <= place.span.end) {
            *reach = Some(place);
        }
    }
    pairs
}

fn n_solid_chars(text: &str) -> usize {
    text.chars().filter(|c| !is_blank(*c)).count()
}

/// The sentences of a text, with their full stops.
fn sentences(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split_inclusive(is_sentence_end).map(move |sentence| {
        let span = Span::new(start, start + sentence.len());
        start = span.end;
        span
    })
}

/// Says whether `c` ends a sentence. A line break does not: sources break lines
/// anywhere. Nor does `；`, which parts what belongs together.
fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡' | '\u{2029}')
}

fn moved(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}
