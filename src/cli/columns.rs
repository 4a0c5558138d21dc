//! Text in columns of a terminal, where an ideograph is two wide.

use unicode_width::UnicodeWidthChar as _;

/// Columns of a line of output.
pub(super) const LINE: usize = 80;

/// Marks that begin no line.
const NOT_FIRST: &str = "，。、；：！？）》〉」』】”’,.;:!?)%％";

/// How many columns a character takes.
fn width_of(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// The text with blanks behind it up to so many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// The text with blanks before it up to so many columns.
pub(super) fn right(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(blanks))
}

/// The text cut to so many columns, with `…` where something was cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut at = 2;
    for c in text.chars() {
        at += width_of(c);
        if at > columns {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// The text in lines of so many columns. A closing mark begins no line, and digits and
/// Latin words stay together where a line takes them.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut at) = (String::new(), 0);
    for piece in pieces(text) {
        let wide = width(&piece);
        if at + wide > columns && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            at = 0;
        }
        if wide <= columns {
            line += &piece;
            at += wide;
            continue;
        }
        for c in piece.chars() {
            if at + width_of(c) > columns && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                at = 0;
            }
            line.push(c);
            at += width_of(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// What is not parted at the end of a line: words and numbers, and what stands before a
/// closing mark with it.
fn pieces(text: &str) -> Vec<String> {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%');
    let mut pieces: Vec<String> = Vec::new();
    for c in text.chars() {
        let joins = pieces.last().and_then(|piece| piece.chars().next_back());
        let joins =
            joins.is_some_and(|last| NOT_FIRST.contains(c) || (is_inner(c) && is_inner(last)));
        match pieces.last_mut() {
            Some(piece) if joins => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ideograph_is_two_wide() {
        assert_eq!(width("港区a"), 5);
        assert_eq!(padded("港", 4), "港  ");
        assert_eq!(cut("海河联运枢纽", 8), "海河联…");
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_parts_a_number() {
        assert_eq!(wrapped("推进港口，建设", 8), ["推进港", "口，建设"]);
        assert_eq!(wrapped("共达2025年", 6), ["共达", "2025年"]);
        assert_eq!(wrapped("", 6), Vec::<String>::new());
        assert_eq!(wrapped("aaaaaaaa", 3), ["aaa", "aaa", "aa"]);
    }
}
