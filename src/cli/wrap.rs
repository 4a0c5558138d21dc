//! Lines that fit a terminal: by width of Han characters, with the indent of their
//! beginning, no closing mark at the start of a line and no number cut.

use unicode_width::UnicodeWidthChar as _;

/// Begins a painted piece; the character behind it says how. Neither has a width.
pub(super) const BEGIN: char = '\u{1}';
/// Ends a painted piece.
pub(super) const END: char = '\u{2}';

/// What may not begin a line.
const CLOSING: &str = "，。、；：？！”’）》〉」』】〕％…·,.;:?!)]}%";
/// What may not end a line.
const OPENING: &str = "“‘（《〈「『【〔([{";

/// Wraps each line of a text.
pub(super) fn wrapped(text: &str, width: usize) -> String {
    let lines: Vec<String> = text.lines().map(|line| wrap_line(line, width)).collect();
    lines.join("\n")
}

fn wrap_line(line: &str, width: usize) -> String {
    let indent = indent_of(line).min(width / 2);
    let chars: Vec<char> = line.chars().collect();
    let mut lines = String::with_capacity(line.len() + 16);
    let mut start = 0;
    while start < chars.len() {
        let room = if start == 0 { width } else { width - indent };
        let end = end_of_line(&chars, start, room);
        if start > 0 {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
        }
        lines.extend(chars.get(start..end).unwrap_or_default());
        start = end;
        // A blank at which a line is parted belongs to neither.
        while start < chars.len() && chars.get(start) == Some(&' ') {
            start += 1;
        }
    }
    lines
}

/// The column under which the following lines stand: behind what numbers the line, or
/// behind the name of what it explains.
fn indent_of(line: &str) -> usize {
    let mut visible = Vec::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            BEGIN => drop(chars.next()),
            END => {}
            c => visible.push(c),
        }
    }
    let blank = visible.iter().take_while(|c| **c == ' ').count();
    let rest = visible.get(blank..).unwrap_or_default();
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 && rest.get(digits..digits + 2) == Some(&['.', ' ']) {
        return blank + digits + 2;
    }
    let column = (2..rest.len()).find(|at| {
        let is_gap = rest.get(at - 2..*at) == Some(&[' ', ' ']);
        is_gap && rest.get(*at).is_some_and(|c| *c != ' ')
    });
    match column {
        Some(at) if blank > 0 => {
            let before = rest.get(..at).unwrap_or_default();
            blank + before.iter().map(|c| c.width().unwrap_or(0)).sum::<usize>()
        }
        _ => blank,
    }
}

/// Where a line that begins at `start` ends.
fn end_of_line(chars: &[char], start: usize, room: usize) -> usize {
    let mut used = 0;
    let mut last_break = None;
    let mut at = start;
    while let Some(&c) = chars.get(at) {
        if c == BEGIN {
            at += 2;
            continue;
        }
        used += c.width().unwrap_or(0);
        if used > room && at > start {
            return last_break.unwrap_or(at);
        }
        at += 1;
        while chars.get(at) == Some(&END) {
            at += 1;
        }
        if let Some(&next) = visible_from(chars, at)
            && may_part(c, next)
        {
            last_break = Some(at);
        }
    }
    chars.len()
}

fn visible_from(chars: &[char], at: usize) -> Option<&char> {
    let mut at = at;
    loop {
        match chars.get(at)? {
            &BEGIN => at += 2,
            &END => at += 1,
            next => return Some(next),
        }
    }
}

fn may_part(before: char, after: char) -> bool {
    if CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    if before == ' ' || after == ' ' {
        return true;
    }
    // A number keeps its unit, as in 2024年.
    let is_narrow = |c: char| c.is_ascii();
    if is_narrow(before) {
        return !is_narrow(after) && !before.is_ascii_digit();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: usize, expect: &[&str]) {
        assert_eq!(wrapped(text, width), expect.join("\n"));
    }

    #[test]
    fn a_line_is_wrapped_by_width_under_its_beginning() {
        check("   氢能产业发展", 9, &["   氢能产", "   业发展"]);
        check("12. 氢能产业发展", 10, &["12. 氢能产", "    业发展"]);
        check("  -n  条数至多", 12, &["  -n  条数至", "      多"]);
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        check("发展氢能，储运", 8, &["发展氢", "能，储运"]);
        check("见《海河联运》", 4, &["见", "《海", "河联", "运》"]);
    }

    #[test]
    fn numbers_are_not_cut() {
        check("共（2024年）", 8, &["共", "（2024年", "）"]);
        check("达到44.6亿元", 8, &["达到", "44.6亿元"]);
    }

    #[test]
    fn colours_have_no_width() {
        let painted = format!("{BEGIN}m氢能{END}产业");
        check(&painted, 4, &[&format!("{BEGIN}m氢能{END}"), "产业"]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "《规划》（2021—2025年）：GDP达到300亿元、增长7.5%";
        for width in 4..40 {
            let joined: String = wrapped(text, width).lines().collect();
            assert_eq!(joined, text);
        }
    }
}
