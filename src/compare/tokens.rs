//! The pieces in which two sentences are compared: figures and Latin words whole, other
//! characters one by one; blanks do not count.

use plansearch_text::Span;
use plansearch_text::fold::{fold_char, is_blank};

use crate::figures::figures;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands.
    pub(crate) span: Span,
    /// Its folded text.
    pub(crate) folded: String,
    /// What it is.
    pub(crate) kind: TokenKind,
}

/// What a piece of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A number with its unit.
    Figure,
    /// A Latin word, or one character.
    Word,
    /// A mark.
    Mark,
}

/// Cuts the piece `within` of a text.
pub(crate) fn tokens(text: &str, within: Span) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = within.start;
    for figure in figures(text, within) {
        plain(text, Span::new(at, figure.start), &mut tokens);
        push(text, figure, TokenKind::Figure, &mut tokens);
        at = figure.end;
    }
    plain(text, Span::new(at, within.end), &mut tokens);
    tokens
}

fn plain(text: &str, within: Span, tokens: &mut Vec<Token>) {
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let piece = within.of(text);
    let mut word: Option<Span> = None;
    for (at, c) in piece.char_indices() {
        let is_inner = c == '.'
            && word.is_some()
            && piece
                .get(at + 1..)
                .is_some_and(|rest| rest.starts_with(is_latin));
        let here = Span::new(within.start + at, within.start + at + c.len_utf8());
        if is_latin(c) || is_inner {
            word = Some(word.map_or(here, |word| Span::new(word.start, here.end)));
            continue;
        }
        if let Some(word) = word.take() {
            push(text, word, TokenKind::Word, tokens);
        }
        if !is_blank(c) {
            let kind = if c.is_alphanumeric() {
                TokenKind::Word
            } else {
                TokenKind::Mark
            };
            push(text, here, kind, tokens);
        }
    }
    if let Some(word) = word {
        push(text, word, TokenKind::Word, tokens);
    }
}

fn push(text: &str, span: Span, kind: TokenKind, tokens: &mut Vec<Token>) {
    let mut folded = String::with_capacity(span.end - span.start);
    for c in span.of(text).chars() {
        fold_char(c, |c| folded.push(c));
    }
    tokens.push(Token { span, folded, kind });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_latin_words_are_whole() {
        let text = "PM2.5浓度 降至30微克，增长6.5%以上";
        let cut = tokens(text, Span::whole(text));
        let cut: Vec<&str> = cut.iter().map(|token| token.span.of(text)).collect();
        assert_eq!(
            cut,
            [
                "PM2.5", "浓", "度", "降", "至", "30微克", "，", "增", "长", "6.5%", "以", "上"
            ]
        );
    }
}
