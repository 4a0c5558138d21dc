//! What a file of passages says of itself: its name, and the line at its head.
//!
//! The day is that of China, wherever the machine believes to be.

use time::{OffsetDateTime, UtcOffset};

use super::Entry;
use crate::address;
use plansearch_document::Date;

/// How far China is ahead of the world's time, in hours.
const CHINA: i8 = 8;

/// How much of a query or a title stands in a name, in characters.
const MAX_CHARS: usize = 24;

/// Where the passages of a file are from.
pub(super) struct Made {
    /// What was searched for; empty for passages picked by hand.
    pub(super) query: String,
    /// What was chosen beside it.
    pub(super) filter: String,
    /// Whether it is a document from its first to its last passage.
    pub(super) is_whole: bool,
    /// The day.
    pub(super) day: Date,
}

/// Today.
pub(super) fn today() -> Date {
    let china = UtcOffset::from_hms(CHINA, 0, 0).unwrap_or(UtcOffset::UTC);
    let now = OffsetDateTime::now_utc().to_offset(china);
    Date {
        year: u16::try_from(now.year()).unwrap_or(0),
        month: u8::from(now.month()),
        day: now.day(),
    }
}

impl Made {
    /// The line at the head of a file: what was searched for, how much was found, when.
    pub(super) fn line(&self, n_entries: usize) -> String {
        let Date { year, month, day } = self.day;
        let query = (!self.query.is_empty()).then(|| format!("检索：{}", self.query));
        let filter = (!self.filter.is_empty()).then(|| self.filter.clone());
        let end = format!("共 {n_entries} 段；导出日期：{year}年{month}月{day}日");
        let parts: Vec<String> = [query, filter, Some(end)].into_iter().flatten().collect();
        parts.join("；")
    }

    /// The name of the file without its ending: `摘录_氢能_20261130`.
    pub(super) fn stem(&self, entries: &[Entry]) -> String {
        let Date { year, month, day } = self.day;
        let first = entries.first().map(|entry| &entry.excerpt);
        let is_one = first.is_some_and(|first| {
            let mut all = entries.iter();
            all.all(|entry| entry.excerpt.document() == first.document())
        });
        let subject = if !self.query.is_empty() {
            self.query.clone()
        } else if is_one {
            first.map(|first| first.title.clone()).unwrap_or_default()
        } else {
            format!("{}段", entries.len())
        };
        let kind = if self.is_whole { "全文" } else { "摘录" };
        let subject = plain(&subject);
        format!("{kind}_{subject}_{year}{month:02}{day:02}")
    }
}

/// The header that names a file to save; `suffix` is what its name ends with.
pub(super) fn disposition(stem: &str, suffix: &str) -> String {
    let name = address::file_name(&format!("{stem}.{suffix}"));
    format!("attachment; filename=\"excerpts.{suffix}\"; {name}")
}

/// Text without what a name of a file cannot hold, not too long.
fn plain(text: &str) -> String {
    let is_free = |c: char| !c.is_control() && !"\\/:*?\"<>|".contains(c);
    let words: String = text.chars().filter(|c| is_free(*c)).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    let short: String = words.join(" ").chars().take(MAX_CHARS).collect();
    short.trim_matches([' ', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_nothing_that_systems_refuse() {
        for (text, expect) in [
            ("氢能  储运", "氢能 储运"),
            ("a/b\\c:*?\"<>|\u{0}d", "abcd"),
            ("..", ""),
            ("“十四五”规划.", "“十四五”规划"),
        ] {
            assert_eq!(plain(text), expect);
        }
        assert_eq!(plain(&"规".repeat(100)).chars().count(), MAX_CHARS);
    }

    #[test]
    fn the_head_says_what_was_asked_and_when() {
        let day = Date {
            year: 2026,
            month: 11,
            day: 3,
        };
        let mut made = Made {
            query: "氢能".into(),
            filter: "层级：市".into(),
            is_whole: false,
            day,
        };
        assert_eq!(
            made.line(9),
            "检索：氢能；层级：市；共 9 段；导出日期：2026年11月3日"
        );
        assert_eq!(made.stem(&[]), "摘录_氢能_20261103");
        made.query.clear();
        assert_eq!(made.stem(&[]), "摘录_0段_20261103");
    }
}
