//! The hand-made labels, and how hits are matched with labelled passages.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde_json::Value;

/// A labelled passage of a seed.
pub(crate) struct Labelled {
    pub(crate) pid: String,
    pub(crate) file: String,
    grams: HashSet<[char; 5]>,
    text: String,
}

/// A labelled query.
pub(crate) struct LabelledQuery {
    pub(crate) qid: String,
    pub(crate) query: String,
    pub(crate) kind: String,
    /// Grade of each relevant passage.
    pub(crate) grades: HashMap<String, u32>,
}

pub(crate) fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/gold")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn objects(name: &str) -> Vec<Value> {
    read(name)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn string(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

pub(crate) fn passages() -> Vec<Labelled> {
    objects("relevance/passages.jsonl")
        .iter()
        .map(|value| {
            Labelled::new(
                string(value, "pid"),
                string(value, "file"),
                &string(value, "text"),
            )
        })
        .collect()
}

/// The queries of a set: `queries.jsonl` and `qrels.tsv` with `prefix` before
/// their names.
pub(crate) fn queries(prefix: &str) -> Vec<LabelledQuery> {
    let mut grades: HashMap<String, HashMap<String, u32>> = HashMap::new();
    for line in read(&format!("relevance/{prefix}qrels.tsv")).lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        grades
            .entry(parts[0].to_owned())
            .or_default()
            .insert(parts[1].to_owned(), parts[2].parse().unwrap());
    }
    objects(&format!("relevance/{prefix}queries.jsonl"))
        .iter()
        .map(|value| LabelledQuery {
            grades: grades.remove(&string(value, "qid")).unwrap_or_default(),
            qid: string(value, "qid"),
            query: string(value, "query"),
            kind: string(value, "kind"),
        })
        .collect()
}

/// Theme, passage, grade (2 about it, 1 mentions it).
pub(crate) fn themes() -> Vec<(String, String, u32)> {
    read("relevance/themes.tsv")
        .lines()
        .map(|line| {
            let parts: Vec<&str> = line.split('\t').collect();
            (
                parts[0].to_owned(),
                parts[1].to_owned(),
                parts[2].parse().unwrap(),
            )
        })
        .collect()
}

fn dense(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn grams(text: &str) -> HashSet<[char; 5]> {
    dense(text)
        .windows(5)
        .map(|window| [window[0], window[1], window[2], window[3], window[4]])
        .collect()
}

impl Labelled {
    fn new(pid: String, file: String, text: &str) -> Self {
        Self {
            pid,
            file,
            grams: grams(text),
            text: dense(text).into_iter().collect(),
        }
    }

    /// Says whether a passage of `file` with `text` stands for this one: same
    /// file, and at least half of the shorter one's five-character strings.
    pub(crate) fn is_shown_by(&self, file: &str, text: &str) -> bool {
        if !file.ends_with(&self.file) {
            return false;
        }
        let other = grams(text);
        let shorter = other.len().min(self.grams.len());
        if shorter == 0 {
            let text: String = dense(text).into_iter().collect();
            return !text.is_empty() && (self.text.contains(&text) || text.contains(&self.text));
        }
        2 * self.grams.intersection(&other).count() >= shorter
    }
}
