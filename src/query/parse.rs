//! From typed text to a [`Query`].
//!
//! The grammar, loosest first; every level is made of the next:
//!
//! ```text
//! query   = either { " " either }                    all of them
//! either  = both { ( "|" | " 或 " | " OR " ) both }   at least one
//! both    = close { ( " 且 " | " AND " ) close }      all of them
//! close   = part [ " near/N " part ]                 close to each other
//! part    = [ "-" | "非 " | "NOT " ] ( run | phrase | name ":" value | "(" query ")" )
//! ```
//!
//! Pasted text must stay text, so nothing is an operator that has no place as
//! one: a word only between blanks and between two parts, a minus only before
//! text and not before a number, a bracket only where it opens a piece and its
//! partner closes one, a field only with a known name and a value.

use std::borrow::Cow;

use super::leaf::{field_node, notice_idle_stars, phrase_node, run_node, without_lone_brackets};
use super::lex::{Kind, Lexeme, Name, lex, without_lone_quotes};
use super::node::{Field, Node};
use super::operators::{Item, Operator, is_table_row, operator, tree};
use super::{Notice, Query};
use plansearch_text::Span;

/// Longest query in characters; the rest is left out and noticed.
pub const MAX_CHARS: usize = 4000;

/// How deep brackets can stand in each other; deeper ones are noticed and count
/// as blanks.
pub const MAX_DEPTH: usize = 16;

/// Name of the operator for one sentence.
pub(super) const SENTENCE: &str = "同句";

/// Name of the operator for one paragraph.
pub(super) const PARAGRAPH: &str = "同段";

/// Reads a query. Never fails: every text is a query.
///
/// ```
/// use plansearch_query::{Node, parse};
/// let (query, notices) = parse("氢能 (储运 或 “加氢站”) -煤炭");
/// assert_eq!(query.required().len(), 3);
/// assert_eq!(query.required()[0], Node::Run("氢能".into()));
/// assert_eq!(query.to_string(), "氢能 储运 或 \"加氢站\" -煤炭");
/// assert!(notices.is_empty());
/// ```
pub fn parse(input: &str) -> (Query, Vec<Notice>) {
    let mut notices = Vec::new();
    let kept = Span::of_chars(input, 0, MAX_CHARS).of(input);
    if kept.len() < input.len() {
        notices.push(Notice(format!("查询过长，只取前{MAX_CHARS}个字")));
    }
    let text = without_lone_quotes(kept, &mut notices);
    let mut parser = Parser {
        lexemes: lex(&text),
        text: &text,
        notices,
    };
    let end = parser.lexemes.len();
    let root = parser.query(0..end, Place::default());
    let mut notices = parser.notices;
    let mut known = Vec::new();
    notices.retain(|notice| {
        let is_new = !known.contains(notice);
        known.push(notice.clone());
        is_new
    });
    (Query { root }, notices)
}

/// What a piece of text is where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Leaf {
    /// Something to find; fields can be named.
    #[default]
    Text,
    /// Something to find in one sentence; fields are text.
    InSentence,
    /// A value of this field.
    Value(Field),
}

/// Where a part of the text is read.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    leaf: Leaf,
    depth: usize,
    /// Whether this is a value without brackets around it. When it is printed
    /// it gets some, so half of a pair must not stand in it.
    is_bare_value: bool,
}

struct Parser<'a> {
    text: &'a str,
    lexemes: Vec<Lexeme>,
    notices: Vec<Notice>,
}

type Lexemes = std::ops::Range<usize>;

/// What was read, if it says anything, and where the next part begins.
type Read<'a> = (Option<Item<'a>>, usize);

impl<'a> Parser<'a> {
    fn query(&mut self, range: Lexemes, place: Place) -> Option<Node> {
        let mut items = Vec::new();
        let mut at = range.start;
        while let Some(kind) = self.kind(at, &range) {
            let (item, next) = match kind {
                Kind::Space => (None, at + 1),
                Kind::Pipe => (Some(Item::Operator(Operator::Pipe, "|")), at + 1),
                Kind::Minus => (Some(Item::Operator(Operator::Not, "-")), at + 1),
                Kind::Name(name) if place.leaf == Leaf::Text && place.depth < MAX_DEPTH => {
                    self.named(name, at, &range, place)
                }
                Kind::Phrase(text) => (self.phrase(text.of(self.text), place), at + 1),
                Kind::Open(Some(close)) if self.is_group(at, close, &range) => {
                    self.group(at, close, place)
                }
                Kind::Open(Some(close)) if !self.is_one_piece(at..close, &range) => {
                    self.leave_out(at, close);
                    (None, at + 1)
                }
                _ => self.piece(at, &range, place),
            };
            items.extend(item);
            at = next;
        }
        if place.depth == 0 && is_table_row(&items) {
            items.retain(|item| !matches!(item, Item::Operator(Operator::Pipe, _)));
            self.notice("看起来是表格中的一行，其中的“|”按空格处理");
        }
        let leaf = |text: &str| match place.leaf {
            Leaf::Value(field) => field_node(field, text),
            Leaf::Text | Leaf::InSentence => phrase_node(text),
        };
        tree(items, &leaf, &mut self.notices)
    }

    fn notice(&mut self, text: impl Into<String>) {
        self.notices.push(Notice(text.into()));
    }

    fn kind(&self, at: usize, range: &Lexemes) -> Option<Kind> {
        let lexeme = self.lexemes.get(at).filter(|_| range.contains(&at));
        lexeme.map(|lexeme| lexeme.kind)
    }

    /// The typed text from lexeme `first` to before lexeme `end`.
    fn typed(&self, first: usize, end: usize) -> &'a str {
        match self.lexemes.get(first..end) {
            Some([only]) => only.span.of(self.text),
            Some([first, .., last]) => Span::new(first.span.start, last.span.end).of(self.text),
            _ => "",
        }
    }

    /// A bracket that opens a piece groups when its partner closes one.
    fn is_group(&self, open: usize, close: usize, range: &Lexemes) -> bool {
        let before = open.checked_sub(1).filter(|before| range.contains(before));
        let opens_a_piece = before.is_none_or(|before| match self.lexemes[before].kind {
            Kind::Text | Kind::Close | Kind::Open(None) => false,
            // A bracket that was left out as too deep.
            Kind::Open(Some(close)) => self.kind(close, range) == Some(Kind::Space),
            _ => true,
        });
        let closes_a_piece = matches!(
            self.kind(close + 1, range),
            None | Some(Kind::Space | Kind::Pipe | Kind::Phrase(_))
        );
        range.contains(&close) && opens_a_piece && closes_a_piece
    }

    fn group(&mut self, open: usize, close: usize, place: Place) -> Read<'a> {
        if place.depth >= MAX_DEPTH {
            self.notice(format!("括号超过{MAX_DEPTH}层，里层的括号已略去"));
            self.lexemes[close].kind = Kind::Space;
            return (None, open + 1);
        }
        let inside = Place {
            depth: place.depth + 1,
            is_bare_value: false,
            ..place
        };
        let inner = self.query(open + 1..close, inside);
        (inner.map(Item::Part), close + 1)
    }

    /// Makes a pair of brackets blank that is no group and no part of one piece:
    /// `（2020 年版）的通知`. What stands behind the opening one stays text.
    fn leave_out(&mut self, open: usize, close: usize) {
        self.lexemes[open].kind = Kind::Space;
        self.lexemes[close].kind = Kind::Space;
        let inner = &mut self.lexemes[open + 1];
        if matches!(inner.kind, Kind::Minus | Kind::Name(_)) {
            inner.kind = Kind::Text;
        }
    }

    /// Where the piece of text that begins at `at` ends. A pair of brackets in
    /// it keeps `|` as text; a value goes on over phrases.
    fn piece_end(&self, at: usize, range: &Lexemes, is_value: bool) -> usize {
        let mut end = at;
        loop {
            end = match self.kind(end, range) {
                Some(Kind::Phrase(_)) if end == at || is_value => end + 1,
                None | Some(Kind::Space | Kind::Pipe | Kind::Phrase(_)) => return end,
                Some(Kind::Open(Some(close))) => {
                    if !self.is_one_piece(end..close, range) {
                        return end;
                    }
                    close + 1
                }
                Some(_) => end + 1,
            };
        }
    }

    fn is_one_piece(&self, mut inside: Lexemes, range: &Lexemes) -> bool {
        let ends_piece = |at: usize| matches!(self.lexemes[at].kind, Kind::Space | Kind::Phrase(_));
        range.contains(&inside.end) && !inside.any(ends_piece)
    }

    fn piece(&mut self, at: usize, range: &Lexemes, place: Place) -> Read<'a> {
        let end = self.piece_end(at, range, false);
        let typed = self.typed(at, end);
        let is_phrase = |kind| matches!(kind, Some(Kind::Phrase(_)));
        let before = at
            .checked_sub(1)
            .and_then(|before| self.kind(before, range));
        let stands_alone = !is_phrase(before) && !is_phrase(self.kind(end, range));
        if !stands_alone && !typed.chars().any(char::is_alphanumeric) {
            // A mark between phrases: “光伏”、“风电”.
            return (None, end);
        }
        if stands_alone && let Some(operator) = operator(typed, &mut self.notices) {
            return (Some(Item::Operator(operator, typed)), end);
        }
        let node = match place.leaf {
            Leaf::Value(field) => field_node(field, typed),
            leaf => {
                let typed = if place.is_bare_value {
                    without_lone_brackets(typed)
                } else {
                    Cow::Borrowed(typed)
                };
                run_node(&typed, leaf == Leaf::Text, &mut self.notices)
            }
        };
        (node.map(Item::Part), end)
    }

    fn phrase(&mut self, text: &str, place: Place) -> Option<Item<'a>> {
        let node = match place.leaf {
            Leaf::Value(field) => field_node(field, text),
            Leaf::Text | Leaf::InSentence => {
                notice_idle_stars(text, &mut self.notices);
                phrase_node(text)
            }
        };
        node.map(Item::Part)
    }

    /// Reads a field, `同句:` or `同段:` with what it asks for.
    fn named(&mut self, name: Name, at: usize, range: &Lexemes, place: Place) -> Read<'a> {
        let inside = Place {
            leaf: match name {
                Name::Field(field) => Leaf::Value(field),
                Name::Sentence => Leaf::InSentence,
                Name::Paragraph => Leaf::Text,
            },
            depth: place.depth + 1,
            is_bare_value: false,
        };
        let (node, end) = self.value(at + 1, range, inside);
        match node {
            None => {
                let typed = self.typed(at, at + 1);
                self.notice(format!("“{typed}”后面没有内容，已按文字查找"));
                self.piece(at, range, place)
            }
            Some(node) if name == Name::Sentence => {
                (Some(Item::Part(Node::Sentence(Box::new(node)))), end)
            }
            Some(node) => (Some(Item::Part(node)), end),
        }
    }

    /// Reads what stands behind a colon; `None` when there is nothing.
    fn value(&mut self, at: usize, range: &Lexemes, place: Place) -> (Option<Node>, usize) {
        match self.kind(at, range) {
            None | Some(Kind::Space | Kind::Pipe) => return (None, at),
            Some(Kind::Open(Some(close))) if self.is_group(at, close, range) => {
                return (self.query(at + 1..close, place), close + 1);
            }
            Some(Kind::Open(Some(close))) if !self.is_one_piece(at..close, range) => {
                return (None, at);
            }
            _ => {}
        }
        let end = self.piece_end(at, range, true);
        let Leaf::Value(field) = place.leaf else {
            let bare = Place {
                is_bare_value: true,
                ..place
            };
            return (self.query(at..end, bare), end);
        };
        let value = match self.lexemes[at].kind {
            Kind::Phrase(text) if end == at + 1 => text.of(self.text),
            _ => self.typed(at, end),
        };
        (field_node(field, value), end)
    }
}

#[cfg(test)]
mod tests;
