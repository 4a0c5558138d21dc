//! The leaves of a query: runs, phrases and values, from pieces of typed text.

use std::borrow::Cow;

use super::Notice;
use super::lex::{Kind, Lexeme, QUOTES, excludes, is_minus, lex};
use super::node::{Field, Node};
use super::operators::operator;
use plansearch_figure::FigureRange;
use plansearch_text::fold;

/// A value of a field. A value with every kind of quotation mark is held by none;
/// one kind gives way to another that counts as the same.
pub(super) fn field_node(field: Field, value: &str) -> Option<Node> {
    let is_held = QUOTES.iter().any(|(_, close)| !value.contains(*close));
    let value = if is_held {
        value.to_owned()
    } else {
        value.replace('＂', "\"")
    };
    (!fold(&value).is_empty()).then_some(Node::Field(field, value))
}

/// A phrase; with `*` between its pieces, these.
pub(super) fn phrase_node(text: &str) -> Option<Node> {
    let pieces: Vec<String> = pieces(text).map(str::to_owned).collect();
    if pieces.len() > 1 {
        return Some(Node::Pieces(pieces));
    }
    (!fold(text).is_empty()).then(|| Node::Phrase(text.to_owned()))
}

/// Says when a phrase has a `*` that stands between no pieces.
pub(super) fn notice_idle_stars(text: &str, notices: &mut Vec<Notice>) {
    if text.contains(['*', '＊']) && pieces(text).count() == 1 {
        notices.push(Notice(format!(
            "“{text}”中的*不在两段文字之间，已按文字查找"
        )));
    }
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['*', '＊'])
        .filter(|piece| !fold(piece).is_empty())
}

/// A run. What would be read otherwise when it stands alone is held as a phrase
/// or loses its outer marks, so that a printed query reads back the same.
pub(super) fn run_node(typed: &str, has_fields: bool, notices: &mut Vec<Notice>) -> Option<Node> {
    let mut text = without_brackets_around(typed);
    while excludes(text) {
        text = without_brackets_around(text.trim_start_matches(is_minus));
    }
    if let Some(range) = FigureRange::parse(text) {
        return Some(Node::Figure(Box::new(range)));
    }
    notice_sign(text, notices);
    let lexemes = lex(text);
    let names_field =
        matches!(lexemes.as_slice(), [first, _, ..] if matches!(first.kind, Kind::Name(_)));
    let is_operator = operator(text, &mut Vec::new()).is_some();
    if is_operator || (has_fields && names_field) || has_bare_pipe(&lexemes) {
        return phrase_node(text);
    }
    (!fold(text).is_empty()).then(|| Node::Run(text.to_owned()))
}

/// Says whether a `|` stands outside of brackets.
fn has_bare_pipe(lexemes: &[Lexeme]) -> bool {
    let mut at = 0;
    while let Some(lexeme) = lexemes.get(at) {
        at = match lexeme.kind {
            Kind::Pipe => return true,
            Kind::Open(Some(close)) => close + 1,
            _ => at + 1,
        };
    }
    false
}

/// Says how to exclude what looks like a number with its sign.
fn notice_sign(text: &str, notices: &mut Vec<Notice>) {
    let body = text.trim_start_matches(is_minus);
    let is_signed = body.len() < text.len() && body.starts_with(char::is_numeric);
    if is_signed && body.chars().any(char::is_alphabetic) {
        notices.push(Notice(format!(
            "“{text}”按文字查找；要排除，请写“非 {body}”"
        )));
    }
}

/// Leaves out brackets that hold the whole text.
fn without_brackets_around(mut text: &str) -> &str {
    loop {
        let lexemes = lex(text);
        let holds_all = match lexemes.as_slice() {
            [first, .., _] => first.kind == Kind::Open(Some(lexemes.len() - 1)),
            _ => false,
        };
        let inner = text
            .strip_prefix(['(', '（'])
            .and_then(|inner| inner.strip_suffix([')', '）']));
        match inner {
            Some(inner) if holds_all => text = inner,
            _ => return text,
        }
    }
}

/// Leaves out brackets whose partner does not stand in the text.
pub(super) fn without_lone_brackets(text: &str) -> Cow<'_, str> {
    let lexemes = lex(text);
    let mut is_lone: Vec<bool> = lexemes
        .iter()
        .map(|lexeme| matches!(lexeme.kind, Kind::Open(_) | Kind::Close))
        .collect();
    for (open, lexeme) in lexemes.iter().enumerate() {
        if let Kind::Open(Some(close)) = lexeme.kind {
            is_lone[open] = false;
            is_lone[close] = false;
        }
    }
    if !is_lone.contains(&true) {
        return Cow::Borrowed(text);
    }
    let kept = lexemes.iter().zip(is_lone).filter(|(_, is_lone)| !is_lone);
    kept.map(|(lexeme, _)| lexeme.span.of(text)).collect()
}
