//! Typed text as a row of marks and pieces of text.
//!
//! What a character is depends on what stands around it: a quotation mark counts
//! in a pair, a minus before text and behind a space, a field name before a
//! colon. Brackets are given with their partners, half width or full.

use super::Notice;
use super::node::Field;
use super::parse::{PARAGRAPH, SENTENCE};
use plansearch_text::Span;

/// Pairs of marks that hold a phrase.
pub(super) const QUOTES: [(char, char); 8] = [
    ('"', '"'),
    ('“', '”'),
    ('”', '“'),
    ('「', '」'),
    ('『', '』'),
    ('＂', '＂'),
    ('〝', '〞'),
    ('«', '»'),
];

/// A part of the typed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) kind: Kind,
    /// Where it stands.
    pub(super) span: Span,
}

/// What a part of the typed text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    /// `|`, or several of them.
    Pipe,
    /// A minus that may exclude what follows.
    Minus,
    /// Name of a field with its colon.
    Name(Name),
    /// A phrase with its marks; the text between them.
    Phrase(Span),
    /// An opening bracket and the position of the lexeme that closes it.
    Open(Option<usize>),
    Close,
    Text,
}

/// What stands before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Field(Field),
    Sentence,
    Paragraph,
}

/// Leaves out quotation marks that have no partner, each with a notice.
pub(super) fn without_lone_quotes(text: &str, notices: &mut Vec<Notice>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((_, behind)) = next_phrase(rest) {
            let n_bytes = rest.len() - behind.len();
            kept.push_str(Span::new(0, n_bytes).of(rest));
            rest = behind;
            continue;
        }
        if QUOTES.iter().any(|(open, close)| *open == c || *close == c) {
            notices.push(Notice(format!("引号{c}没有配对，已略去")));
        } else {
            kept.push(c);
        }
        rest = rest.strip_prefix(c).unwrap_or_default();
    }
    kept
}

/// Cuts a phrase in a pair of quotation marks off the front of `text`.
fn next_phrase(text: &str) -> Option<(&str, &str)> {
    let opening = text.chars().next()?;
    let (_, closing) = QUOTES.into_iter().find(|(open, _)| *open == opening)?;
    text.strip_prefix(opening)?.split_once(closing)
}

/// Cuts `text`, whose quotation marks all have partners, into lexemes.
pub(super) fn lex(text: &str) -> Vec<Lexeme> {
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut open_brackets: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = Span::new(at, text.len()).of(text);
        let (kind, n_bytes) = next(rest, lexemes.last().map(|last| last.kind), at);
        let span = Span::new(at, at + n_bytes);
        at = span.end;
        match kind {
            Kind::Open(_) => open_brackets.push(lexemes.len()),
            Kind::Close => {
                if let Some(open) = open_brackets.pop() {
                    lexemes[open].kind = Kind::Open(Some(lexemes.len()));
                }
            }
            _ => {}
        }
        lexemes.push(Lexeme { kind, span });
    }
    lexemes
}

/// The lexeme at the front of `rest`, which is not empty, and its length.
fn next(rest: &str, before: Option<Kind>, at: usize) -> (Kind, usize) {
    let while_all =
        |test: fn(char) -> bool| rest.find(|c: char| !test(c)).unwrap_or(rest.len()).max(1);
    let first = rest.chars().next().unwrap_or(' ');
    if first.is_whitespace() {
        return (Kind::Space, while_all(char::is_whitespace));
    }
    if is_pipe(first) {
        return (Kind::Pipe, while_all(is_pipe));
    }
    match first {
        '(' | '（' => return (Kind::Open(None), first.len_utf8()),
        ')' | '）' => return (Kind::Close, first.len_utf8()),
        _ => {}
    }
    if let Some((phrase, behind)) = next_phrase(rest) {
        let n_bytes = rest.len() - behind.len();
        let start = at + first.len_utf8();
        return (
            Kind::Phrase(Span::new(start, start + phrase.len())),
            n_bytes,
        );
    }
    let is_border = !matches!(before, Some(Kind::Text | Kind::Close));
    let may_exclude = matches!(
        before,
        None | Some(Kind::Space | Kind::Open(_) | Kind::Pipe)
    );
    if may_exclude && excludes(rest) {
        return (Kind::Minus, first.len_utf8());
    }
    let is_end = |(at, c): &(usize, char)| {
        let rest = Span::new(*at, rest.len()).of(rest);
        c.is_whitespace()
            || is_pipe(*c)
            || matches!(c, '(' | '（' | ')' | '）')
            || next_phrase(rest).is_some()
    };
    let n_bytes = rest
        .char_indices()
        .skip(1)
        .find(is_end)
        .map_or(rest.len(), |(at, _)| at);
    let text = Span::new(0, n_bytes).of(rest);
    match name_before_colon(text).filter(|_| is_border) {
        Some((name, n_bytes)) => (Kind::Name(name), n_bytes),
        None => (Kind::Text, n_bytes),
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | '）') || is_pipe(c)
}

fn is_pipe(c: char) -> bool {
    matches!(c, '|' | '｜')
}

/// Says whether `c` may exclude what follows it.
pub(super) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '－' | '−')
}

/// Says whether `text` begins with a minus that excludes: not one of several,
/// not before a blank or an end, not the sign of a number.
pub(super) fn excludes(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_minus)
        && chars
            .next()
            .is_some_and(|c| !(c.is_whitespace() || c.is_numeric() || is_minus(c) || is_closing(c)))
}

/// The field that `text` names before its first colon, and the length of both.
fn name_before_colon(text: &str) -> Option<(Name, usize)> {
    let (at, colon) = text.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let typed = narrow(Span::new(0, at).of(text)).to_ascii_lowercase();
    let field = Field::ALL
        .into_iter()
        .find(|field| typed == field.name() || typed == field.english_name());
    let name = match field {
        Some(field) => Name::Field(field),
        None if typed == SENTENCE || typed == "sentence" => Name::Sentence,
        None if typed == PARAGRAPH || typed == "paragraph" => Name::Paragraph,
        None => return None,
    };
    Some((name, at + colon.len_utf8()))
}

/// Full-width letters, digits and marks as half-width ones.
pub(super) fn narrow(text: &str) -> String {
    let narrow = |c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).collect()
}
