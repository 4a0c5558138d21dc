//! Passages as Markdown: under the title of their document, each as a quotation with its
//! source below; what is cited stands once, at the end.

use std::fmt::Write as _;

use super::Entry;

/// Writes the entries; `head` says where they are from.
pub(super) fn write(entries: &[Entry], head: &str) -> String {
    let mut text = format!("# 摘录\n\n{}\n", as_text(head));
    let mut before: Option<&Entry> = None;
    let mut cited: Vec<&Entry> = Vec::new();
    for entry in entries {
        let excerpt = &entry.excerpt;
        let is_same = |known: &Entry| known.excerpt.document() == excerpt.document();
        // Writing to a string cannot fail.
        if !before.is_some_and(is_same) {
            let _ = write!(text, "\n## {}\n", as_text(&excerpt.title));
        }
        if !cited.iter().any(|known| is_same(known)) {
            cited.push(entry);
        }
        before = Some(entry);
        text.push_str(&quotation(entry));
    }
    text.push_str("\n## 引用文件\n\n");
    for (number, entry) in (1..).zip(cited) {
        for (at, line) in entry.excerpt.citations.lines().iter().enumerate() {
            let start = if at == 0 {
                format!("{number}. ")
            } else {
                "   - ".to_owned()
            };
            let _ = writeln!(text, "{start}{}", as_text(line));
        }
    }
    text
}

/// The text of a passage, its source, and what was noted on it.
fn quotation(entry: &Entry) -> String {
    let excerpt = &entry.excerpt;
    let mut text = String::from("\n");
    if let Some(table) = &excerpt.table {
        let _ = write!(text, "{}\n\n", as_text(table));
    }
    for line in excerpt.text.lines() {
        let _ = writeln!(text, "> {}", as_text(line));
    }
    let _ = write!(text, "\n——{}", as_text(&excerpt.citation));
    if !entry.address.is_empty() {
        let _ = write!(text, " <{}>", entry.address);
    }
    text.push('\n');
    if !excerpt.note.is_empty() {
        let lines: Vec<String> = excerpt.note.lines().map(as_text).collect();
        let _ = write!(text, "\n附注：{}\n", lines.join("  \n"));
    }
    text
}

/// Text of a line as Markdown that shows exactly this text.
fn as_text(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let mut is_at_start = true;
    for c in line.chars().filter(|c| !c.is_control()) {
        // At the start of a line also marks of lists and of underlining, and the
        // mark behind a number.
        let is_mark = "\\`*_[]<>|~#&$!".contains(c) || is_at_start && "+-=.)".contains(c);
        if is_mark {
            escaped.push('\\');
        }
        is_at_start = is_at_start && (c.is_ascii_digit() || c.is_whitespace());
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_markup_is_text() {
        for (line, expect) in [
            (
                "<script>alert(1)</script>",
                "\\<script\\>alert(1)\\</script\\>",
            ),
            ("1. 目标", "1\\. 目标"),
            ("- 氢能-储能", "\\- 氢能-储能"),
            ("[a](javascript:x)", "\\[a\\](javascript:x)"),
            ("表_1*", "表\\_1\\*"),
            ("PM2.5", "PM2.5"),
        ] {
            assert_eq!(as_text(line), expect);
        }
    }
}
