//! English into Chinese, by a table.
//!
//! The code speaks English. `messages.zh` has for each message, or form of one with `{}`
//! for what varies, its Chinese; what stands in no row stays as it is. Help, errors of
//! libraries and stored reasons all pass through the same table, line by line.

use std::sync::LazyLock;

use super::args::Lang;

/// A message and its Chinese.
struct Row {
    /// What stands around the holes of the English.
    pieces: Vec<&'static str>,
    chinese: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("messages.zh").lines();
    let rows = lines.filter(|line| !line.is_empty() && !line.starts_with("## "));
    rows.filter_map(|line| line.split_once(" => "))
        .map(|(english, chinese)| Row {
            pieces: english.split("{}").collect(),
            chinese,
        })
        .collect()
});

/// How deep messages stand in one another.
const MAX_DEPTH: usize = 4;

/// The language of the locale.
pub(super) fn locale() -> Lang {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    if set.is_some_and(|value| value.to_ascii_lowercase().starts_with("zh")) {
        Lang::Zh
    } else {
        Lang::En
    }
}

/// A text in Chinese, each line for itself.
pub(super) fn in_chinese(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(translate_line).collect();
    lines.join("\n")
}

/// Says whether the table has a text.
#[cfg(test)]
pub(super) fn is_known(text: &str) -> bool {
    look_up(text, 0).is_some()
}

fn translate_line(line: &str) -> String {
    let body = line.trim_start();
    let indent = line.len() - body.len();
    let blank: String = line.chars().take(indent).collect();
    format!("{blank}{}", translate(body, 0))
}

/// A whole message, or its parts where it is made of some.
fn translate(text: &str, depth: usize) -> String {
    if depth > MAX_DEPTH {
        return text.to_owned();
    }
    if let Some(found) = look_up(text, depth) {
        return found;
    }
    for (between, chinese) in [("; hint: ", "；办法："), ("; ", "；"), (": ", "：")] {
        if let Some((before, after)) = text.split_once(between) {
            let (first, second) = (translate(before, depth + 1), translate(after, depth + 1));
            if first != before || second != after {
                return format!("{first}{chinese}{second}");
            }
        }
    }
    text.to_owned()
}

fn look_up(text: &str, depth: usize) -> Option<String> {
    ROWS.iter().find_map(|row| {
        let held = held_by(&row.pieces, text)?;
        let mut chinese = String::new();
        let mut held = held.into_iter();
        let mut pieces = row.chinese.split("{}");
        chinese.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            chinese.push_str(&translate(held.next().unwrap_or_default(), depth + 1));
            chinese.push_str(piece);
        }
        Some(chinese)
    })
}

/// What stands in the holes between the pieces, when the text has this form.
fn held_by<'a>(pieces: &[&str], text: &'a str) -> Option<Vec<&'a str>> {
    let (first, others) = pieces.split_first()?;
    let mut rest = text.strip_prefix(first)?;
    let Some((last, inner)) = others.split_last() else {
        return rest.is_empty().then(Vec::new);
    };
    let mut held = Vec::with_capacity(others.len());
    for piece in inner {
        let (before, after) = rest.split_once(piece)?;
        held.push(before);
        rest = after;
    }
    held.push(rest.strip_suffix(last)?);
    Some(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_by_its_form_and_its_parts() {
        for (english, expect) in [
            (
                "there is no index in `甲`; hint: run `plansearch index`",
                "“甲”中没有索引；办法：运行 plansearch index",
            ),
            (
                "not read: 甲/乙.txt: cannot read `乙.txt`: there is no such file or folder",
                "未读取：甲/乙.txt：不能读取“乙.txt”：没有这个文件或文件夹",
            ),
            ("something else altogether", "something else altogether"),
        ] {
            assert_eq!(in_chinese(english), expect);
        }
    }

    #[test]
    fn every_row_has_as_many_holes_on_both_sides_or_fewer_in_chinese() {
        for row in ROWS.iter() {
            let n_english = row.pieces.len();
            let n_chinese = row.chinese.split("{}").count();
            assert!(n_chinese <= n_english, "{:?}", row.pieces);
        }
        assert!(ROWS.len() > 100);
    }
}
