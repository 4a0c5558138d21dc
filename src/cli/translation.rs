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

/// Says whether a text is English that no row has: what a library says of an error.
pub(super) fn is_of_a_library(text: &str) -> bool {
    let n_words = text.split_whitespace().filter(|word| {
        let mut letters = word.chars();
        word.len() > 1 && letters.all(|c| c.is_ascii_alphabetic() || "'.,:;()".contains(c))
    });
    text.is_ascii() && !text.contains('`') && n_words.count() >= 2
}

fn translate_line(line: &str) -> String {
    let body = line.trim_start();
    let indent = line.len() - body.len();
    let blank: String = line.chars().take(indent).collect();
    if look_up(body, 0).is_none()
        && let Some((before, gap, after)) = columns(body)
    {
        let (mut before, mut gap) = (translate(before, 1), gap);
        if let Some(name) = before.strip_suffix(':') {
            // The full mark takes two columns.
            before = format!("{name}：");
            gap = gap.strip_prefix(' ').unwrap_or(gap);
        }
        return format!("{blank}{before}{gap}{}", translate(after, 1));
    }
    format!("{blank}{}", translate(body, 0))
}

/// An example or a value and what is said of it, with the gap between the two.
fn columns(body: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = body.split_once("  ")?;
    let after = rest.trim_start();
    let gap = body.strip_prefix(before)?.strip_suffix(after)?;
    Some((before, gap, after))
}

/// A whole message, or its parts where it is made of some.
fn translate(text: &str, depth: usize) -> String {
    if depth > MAX_DEPTH {
        return text.to_owned();
    }
    if let Some(found) = look_up(text, depth) {
        return found;
    }
    for (between, chinese) in [("; hint: ", "；提示："), ("; ", "；"), (": ", "：")] {
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
            let said = translate(held.next().unwrap_or_default(), depth + 1);
            let is_aside = chinese.ends_with('（') && piece.starts_with('）');
            if is_aside && is_of_a_library(&said) {
                chinese.pop();
                chinese.push_str(piece.strip_prefix('）').unwrap_or_default());
            } else {
                chinese.push_str(&said);
                chinese.push_str(piece);
            }
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
    // What stands between backticks is one value.
    let around = pieces.iter().zip(others);
    let mut held_in = held.iter().zip(around);
    let is_one = held_in.all(|(held, (before, after))| {
        !(before.ends_with('`') && after.starts_with('`') && held.contains('`'))
    });
    is_one.then_some(held)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    #[test]
    fn a_message_is_found_by_its_form_and_its_parts() {
        for (english, expect) in [
            (
                "there is no index in `甲`; hint: run `plansearch index`",
                "“甲”中没有索引；提示：运行 plansearch index",
            ),
            (
                "not read: 甲/乙.txt: cannot read `乙.txt`: there is no such file or folder",
                "未读取：甲/乙.txt：不能读取“乙.txt”：没有这个文件或文件夹",
            ),
            (
                "`甲`: there is no such file or folder; hint: give a folder with documents, as in `plansearch index ~/规划`",
                "“甲”：没有这个文件或文件夹；提示：指定存放文件的文件夹，如 plansearch index ~/规划",
            ),
            (
                "  - date:      Newest document first",
                "  - date：     日期新的在前",
            ),
            ("something else altogether", "something else altogether"),
            (
                "a damaged pdf (its objects take too much room)",
                "损坏的 pdf（所含对象过大）",
            ),
            (
                "a damaged archive (invalid Zip archive: could not find EOCD)",
                "损坏的压缩包",
            ),
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

    /// Folders whose English reaches a person at a terminal.
    const FOLDERS: [&str; 13] = [
        "cli",
        "compare",
        "document",
        "draft",
        "evolve",
        "index",
        "ingest",
        "query",
        "read",
        "structure",
        "target",
        "targets",
        "theme",
    ];

    /// Has many English words and says nothing.
    const NAMES_OF_GLYPHS: &str = "glyph_names.rs";

    fn files_in(dir: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(dir).unwrap().flatten();
        let paths = entries.map(|entry| entry.path());
        let nested = paths.flat_map(|path| {
            if path.is_dir() {
                files_in(&path)
            } else {
                vec![path]
            }
        });
        nested.collect()
    }

    /// The texts in quotation marks of a source file, tests and comments aside, with `{}`
    /// for what is put in.
    fn texts_of(source: &str) -> Vec<String> {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let mut lines: Vec<&str> = code.lines().map(str::trim_start).collect();
        // What the compiler alone reads, and what is said of a fault of the program.
        let aside = ["//", "reason =", "#[expect", "#[allow", ".expect("];
        lines.retain(|line| !aside.iter().any(|start| line.starts_with(start)));
        let mut texts = Vec::new();
        let code = lines.join("\n").replace("\\\n", "");
        // Marks that begin or end no text.
        let code = code.replace("\\\"", "'").replace("'\"'", "' '");
        for (nth, piece) in code.split('"').enumerate() {
            if nth % 2 == 1 && !piece.contains('\n') {
                let mut pieces = piece.split('{');
                let mut text = pieces.next().unwrap_or_default().to_owned();
                for piece in pieces {
                    let after = piece.split_once('}').map_or("", |(_, after)| after);
                    text.extend(["{}", after]);
                }
                texts.push(text);
            }
        }
        texts
    }

    #[test]
    fn every_message_has_its_chinese() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut missing = Vec::new();
        for path in FOLDERS
            .iter()
            .flat_map(|folder| files_in(&root.join(folder)))
        {
            let is_code = path.extension().is_some_and(|suffix| suffix == "rs");
            let name = path.to_string_lossy();
            if !is_code || name.contains("test") || name.ends_with(NAMES_OF_GLYPHS) {
                continue;
            }
            for text in texts_of(&std::fs::read_to_string(&path).unwrap()) {
                let is_word = |word: &&str| {
                    word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == ',')
                };
                let is_message = text.split(' ').filter(is_word).count() >= 4;
                if is_message && translate(&text, 0) == text {
                    missing.push(text);
                }
            }
        }
        assert!(missing.is_empty(), "hint: add to messages.zh: {missing:#?}");
    }
}
