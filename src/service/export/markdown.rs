//! Passages as Markdown: the text as a quotation, its source below.

use std::fmt::Write as _;

use super::Entry;

/// Writes one section for each entry.
pub(super) fn write(entries: &[Entry]) -> String {
    let mut text = "# 摘录\n".to_owned();
    for entry in entries {
        let excerpt = &entry.excerpt;
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {}\n\n", entry.number);
        if let Some(table) = &excerpt.table {
            let _ = write!(text, "{}\n\n", as_text(table));
        }
        for line in excerpt.text.lines() {
            let _ = writeln!(text, "> {}", as_text(line));
        }
        let mut lines = vec![format!("出处：{}", as_text(&excerpt.citation))];
        let forms = [
            ("公文引用", &excerpt.citations.official),
            ("GB/T 7714—2025", &excerpt.citations.gbt7714_2025),
            ("GB/T 7714—2015", &excerpt.citations.gbt7714_2015),
        ];
        lines.extend(
            forms
                .iter()
                .filter(|(_, citation)| !citation.is_empty())
                .map(|(name, citation)| format!("{name}：{}", as_text(citation))),
        );
        lines.extend(
            excerpt
                .citations
                .remark()
                .map(|remark| format!("注：{remark}")),
        );
        if !entry.address.is_empty() {
            lines.push(format!("地址：<{}>", entry.address));
        }
        text.push('\n');
        for line in lines {
            let _ = writeln!(text, "- {line}");
        }
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
