//! The word lists, from the files beside this one.

use std::cmp::Reverse;
use std::sync::LazyLock;

/// Words by length, the longest first.
pub(crate) struct Words(pub(crate) Vec<&'static str>);

impl Words {
    fn read(text: &'static str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        words.sort_by_key(|word| Reverse(word.chars().count()));
        words.dedup();
        Self(words)
    }

    /// The part of `text` that `part` names, up to the next such line.
    fn read_part(text: &'static str, part: &str) -> Self {
        let mark = format!("# {part}");
        let start = text.find(&mark).map_or(text.len(), |at| at + mark.len());
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find("\n# ").unwrap_or(rest.len());
        Self::read(rest.get(..end).unwrap_or_default())
    }

    pub(crate) fn all(&self) -> &[&'static str] {
        &self.0
    }
}

macro_rules! lists {
    ($($name:ident = $file:literal;)*) => {
        $(pub(crate) static $name: LazyLock<Words> =
            LazyLock::new(|| Words::read(include_str!(concat!("words/", $file, ".txt"))));)*
    };
}

lists! {
    HEADS = "heads";
    INDICATORS = "indicators";
    OPENERS = "openers";
    DONE = "done";
    FUTURE = "future";
    RULES = "rules";
    ACHIEVE = "achieve";
}

/// Words in front of a figure that state an attainment.
pub(crate) static ATTAIN: LazyLock<Words> =
    LazyLock::new(|| Words::read_part(include_str!("words/tails.txt"), "attain"));

/// Words in front of a figure that only lead to it.
pub(crate) static LEAD: LazyLock<Words> =
    LazyLock::new(|| Words::read_part(include_str!("words/tails.txt"), "lead"));

/// Lines of a file with fields parted by tabs.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split('\t').collect::<Vec<&str>>())
        .filter(|fields| fields.len() > 1)
}
