//! What a text states in figures, sentence by sentence, with the words around each.

use std::collections::HashSet;

use plansearch_figure::{DateMention, Figure, Measure, Period, Scan, scan};
use plansearch_text::Span;

use super::pairs::{GAP, Pair, letters, pairs, without_idle};

/// A figure with the words that say what it is of.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) figure: Figure,
    /// Pairs of its clause and of the phrase that names it.
    pub(super) own: HashSet<Pair>,
    /// The same, with those of the clause before where these are few.
    pub(super) near: HashSet<Pair>,
    /// The letters in front of it in its clause.
    pub(super) subject: Vec<char>,
    /// The date in front of it in the sentence.
    pub(super) date: Option<DateMention>,
    /// The date that it is held against in its clause: 比2015年, 是2015年的1.5倍.
    pub(super) base: Option<DateMention>,
    /// Whether a change begins or ends with it: 从…, 提高到….
    pub(super) role: Role,
}

/// The place of a figure in a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// 由2015年的78.6%.
    From,
    /// 提高到91%.
    To,
    /// Neither.
    Plain,
}

/// A sentence with its figures.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    pub(super) span: Span,
    pub(super) spots: Vec<Spot>,
    /// Pairs of the sentence without figures and dates.
    pub(super) pairs: HashSet<Pair>,
    /// Letters of the sentence.
    pub(super) letters: HashSet<char>,
}

/// Sentences of `text` as spans without the blanks around.
pub(super) fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut is_over = false;
    for (at, c) in text.char_indices() {
        let ends = matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '\r');
        let closes = matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '"');
        if is_over && !ends && !closes {
            sentences.push(Span::new(start, at));
            start = at;
        }
        is_over = ends || (is_over && closes);
    }
    sentences.push(Span::new(start, text.len()));
    sentences.retain(|span| !span.of(text).trim().is_empty());
    sentences
        .into_iter()
        .flat_map(|span| pieces(text, span))
        .collect()
}

/// A sentence of more bytes is taken in pieces.
const MAX_BYTES: usize = 1800;

/// A sentence, or its pieces where it is too long: cut behind clauses, else anywhere.
fn pieces(text: &str, sentence: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let (mut start, mut mark) = (sentence.start, None);
    for (at, c) in sentence.of(text).char_indices() {
        let end = sentence.start + at + c.len_utf8();
        if end - start > MAX_BYTES {
            let cut = mark.take().unwrap_or(sentence.start + at);
            pieces.push(Span::new(start, cut));
            start = cut;
        }
        if ends_clause(c) {
            mark = Some(end);
        }
    }
    pieces.push(Span::new(start, sentence.end));
    pieces
}

/// Sentences of `text` with what they state. `skipped` holds no statement of its own
/// (quotations, titles).
pub(super) fn stated(text: &str, skipped: &[Span]) -> Vec<Stated> {
    let scan = scan(text);
    sentences(text)
        .into_iter()
        .map(|span| sentence(text, span, &scan, skipped))
        .collect()
}

/// What lies in a span, of what stands in order.
fn inside<T>(all: &[T], span: Span, place: impl Fn(&T) -> Span) -> Vec<&T> {
    let first = all.partition_point(|one| place(one).start < span.start);
    let rest = all.get(first..).unwrap_or_default().iter();
    rest.take_while(|one| place(one).start < span.end)
        .filter(|one| span.contains(place(one)))
        .collect()
}

fn sentence(text: &str, span: Span, scan: &Scan, skipped: &[Span]) -> Stated {
    let figures = inside(&scan.figures, span, |figure| figure.span);
    let dates = inside(&scan.dates, span, |date| date.span);
    let mut cuts: Vec<Span> = figures.iter().map(|figure| figure.span).collect();
    cuts.extend(dates.iter().map(|date| date.span));
    let all = letters(text, span, &cuts);
    let mut spots = Vec::new();
    let mut before = span.start;
    for (nth, figure) in figures.iter().enumerate() {
        if is_checked(text, figure) && !skipped.iter().any(|skip| skip.overlaps(figure.span)) {
            let next = figures
                .get(nth + 1)
                .map_or(span.end, |next| next.span.start);
            spots.push(spot(text, figure, span, (before, next), &cuts, &dates));
        }
        // 102工程, 世界500强: what is no statement parts no clause.
        if figure.unit.is_some() {
            before = figure.span.end;
        }
    }
    Stated {
        span,
        spots,
        pairs: pairs(&all),
        letters: all.into_iter().filter(|c| *c != GAP).collect(),
    }
}

/// Says whether a figure can be held against a source: with a unit that is no length
/// of time, or a power of ten.
pub(super) fn is_checked(text: &str, figure: &Figure) -> bool {
    let Some(unit) = &figure.unit else {
        return !figure.written.unit.is_empty();
    };
    let written = figure.value_span.of(text);
    let is_latin = written.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let is_counted = unit.is_count() || matches!(unit.dimension.as_str(), "人数" | "户数" | "岁数");
    let is_plain_count = is_counted && !is_latin && written.chars().count() < 4;
    !unit.is_time() && figure.measure != Measure::Rank && !is_plain_count
}

fn spot(
    text: &str,
    figure: &Figure,
    sentence: Span,
    (before, next): (usize, usize),
    cuts: &[Span],
    dates: &[&DateMention],
) -> Spot {
    let front = Span::new(before.min(figure.span.start), figure.span.start);
    let start = front
        .of(text)
        .char_indices()
        .filter(|(_, c)| ends_clause(*c))
        .map(|(at, c)| front.start + at + c.len_utf8())
        .next_back()
        .unwrap_or(front.start);
    let clause = Span::new(start, figure.span.start);
    let back = Span::new(figure.span.end, next.max(figure.span.end));
    let end = back
        .of(text)
        .char_indices()
        .find(|(_, c)| ends_clause(*c) || matches!(c, '、' | '。'))
        .map_or(back.end, |(at, _)| back.start + at);
    let of = |span: Span| without_idle(&letters(text, span, cuts));
    let subject = of(clause);
    let mut near = pairs(&subject);
    near.extend(pairs(&of(Span::new(figure.span.end, end))));
    if let Some(name) = figure.name {
        near.extend(pairs(&of(name)));
    }
    let own = near.clone();
    if near.len() < FEW_PAIRS {
        // 比例，2024年稳定在95%: the clause before says of what.
        let front = Span::new(sentence.start, start);
        near.extend(pairs(&of(last_clause(text, front))));
    }
    let mut before = dates
        .iter()
        .rev()
        .filter(|date| date.span.end <= figure.span.start);
    let base = before
        .clone()
        .find(|date| clause.contains(date.span) && is_base(text, date.span));
    let date = before.find(|date| !is_base(text, date.span) && governs(text, date.span, clause));
    Spot {
        role: role(clause.of(text)),
        date: date.copied().copied(),
        base: base.copied().copied(),
        figure: figure.clone(),
        own,
        near,
        subject,
    }
}

/// A clause with fewer pairs names nothing of its own.
const FEW_PAIRS: usize = 4;

/// The last clause of `front`, without the mark that ends it.
fn last_clause(text: &str, front: Span) -> Span {
    let inner = front.of(text).trim_end_matches(ends_clause);
    let start = inner
        .char_indices()
        .filter(|(_, c)| ends_clause(*c))
        .map(|(at, c)| at + c.len_utf8())
        .next_back()
        .unwrap_or(0);
    Span::new(front.start + start, front.start + inner.len())
}

/// Says whether a date is what a figure is held against: 比2015年, 是2015年的1.5倍.
fn is_base(text: &str, date: Span) -> bool {
    let behind = Span::new(date.end, text.len()).of(text);
    let front = Span::new(0, date.start).of(text);
    let ends = |words: &[&str]| words.iter().any(|word| front.ends_with(word));
    ends(&["比", "较", "相当于"]) || behind.starts_with('的') && ends(&["是", "为"])
}

/// Says whether a date still counts in `clause`: that of 2015年的 does in its own clause
/// only.
fn governs(text: &str, date: Span, clause: Span) -> bool {
    let behind = Span::new(date.end, text.len()).of(text);
    let front = Span::new(0, date.start).of(text);
    let is_bound = behind.starts_with('的') || front.ends_with('是') || front.ends_with('为');
    !is_bound
        || date.end >= clause.start
        || (clause.start - date.end < 24 && !behind_has_mark(text, date.end, clause.start))
}

fn behind_has_mark(text: &str, from: usize, to: usize) -> bool {
    Span::new(from, to).of(text).contains(ends_clause)
}

fn ends_clause(c: char) -> bool {
    matches!(c, '，' | ',' | '；' | ';' | '：' | ':' | '。' | '\n')
}

fn role(clause: &str) -> Role {
    const TO: [&str; 12] = [
        "提高到",
        "提高至",
        "提升到",
        "提升至",
        "增加到",
        "增加至",
        "增长到",
        "上升到",
        "上升至",
        "降到",
        "降至",
        "下降到",
    ];
    let is_to = TO.iter().any(|word| clause.contains(word))
        || clause.contains("降低至")
        || clause.contains("降低到");
    let is_from = clause.contains('从') || clause.contains('由');
    match (is_from, is_to) {
        (_, true) => Role::To,
        (true, false) => Role::From,
        (false, false) => Role::Plain,
    }
}

/// The years of a period; none for a day without a year.
pub(super) fn years(period: &Period) -> Option<(u16, u16)> {
    Some((period.from.year?, period.to.year?))
}
