//! The documents that a query names: by document number, however it is written, or by
//! title, nearly or whole.

use std::collections::HashSet;

use plansearch_engine::{DocumentRecord, Engine};
use plansearch_text::fold;

/// Longest query that may be the name of a document, in characters.
const MAX_CHARS: usize = 80;

/// Shortest name of a document, in characters.
const MIN_CHARS: usize = 4;

/// Share of a title that the words of a query make up when they name it.
const COVERED: f64 = 0.6;

/// Share of pairs of characters that a query and a title have in common when one is
/// the other with a slip.
const ALIKE: f64 = 0.8;

/// A document number, without brackets and 第…号: 嘉政发〔2020〕15号.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    /// The letters before the year, which may be left out when one looks for it.
    body: String,
    year: u16,
    serial: u32,
}

impl Number {
    /// Reads a number that is written with any marks or none: `嘉政发2020-15`.
    fn read(text: &str) -> Option<Self> {
        let folded = fold(text);
        let is_sign = |c: &char| !c.is_whitespace() && *c != '第' && *c != '号';
        let chars: Vec<char> = folded.chars().filter(is_sign).collect();
        let is_body = |c: &char| c.is_alphabetic();
        let body: String = chars.iter().copied().take_while(is_body).collect();
        let mut rest = chars.iter().skip(body.chars().count()).copied().peekable();
        let mut groups: Vec<String> = Vec::new();
        while let Some(c) = rest.next() {
            if c.is_ascii_digit() {
                let mut group = c.to_string();
                while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                    group.push(digit);
                }
                groups.push(group);
            } else if c.is_alphabetic() {
                return None;
            }
        }
        let (year, serial) = match groups.as_slice() {
            [year, serial] => (year.clone(), serial.clone()),
            // Without a mark between: 嘉政发202015.
            [both] if both.len() > 4 => (both.get(..4)?.to_owned(), both.get(4..)?.to_owned()),
            _ => return None,
        };
        let year: u16 = year
            .parse()
            .ok()
            .filter(|year| (1949..2100).contains(year))?;
        let serial = serial.parse().ok().filter(|_| serial.len() <= 5)?;
        Some(Self { body, year, serial })
    }

    /// Whether a document with the number `other` is meant.
    fn means(&self, other: &Self) -> bool {
        (self.year, self.serial) == (other.year, other.serial) && other.body.ends_with(&self.body)
    }
}

/// What of a text counts in a name: letters and digits, folded.
fn bare(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A title as people say it: whole, without what stands in brackets, without the year in
/// front, and what a notice passes on.
fn names_of(title: &str) -> Vec<Vec<char>> {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for c in title.chars() {
        match c {
            '(' | '（' | '〔' | '[' => depth += 1,
            ')' | '）' | '〕' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let passed_on = title
        .split_once('《')
        .and_then(|(_, rest)| rest.split_once('》'));
    let yearless = outside
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches('年');
    let mut names = vec![bare(title), bare(&outside), bare(yearless)];
    names.extend(passed_on.map(|(name, _)| bare(name)));
    names.retain(|name| name.len() >= MIN_CHARS);
    names
}

fn pairs(chars: &[char]) -> HashSet<(char, char)> {
    chars
        .iter()
        .copied()
        .zip(chars.iter().copied().skip(1))
        .collect()
}

/// How well a query names a document, from 0 to 1.
fn likeness(query: &[char], words: &[Vec<char>], name: &[char]) -> f64 {
    if query == name {
        return 1.0;
    }
    let holds = |word: &Vec<char>| name.windows(word.len().max(1)).any(|piece| piece == word);
    let n_chars: usize = words.iter().map(Vec::len).sum();
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    if words.iter().all(holds) && share(n_chars, name.len()) >= COVERED {
        return share(n_chars, name.len()).min(0.95);
    }
    let (asked, named) = (pairs(query), pairs(name));
    let alike = share(
        2 * asked.intersection(&named).count(),
        asked.len() + named.len(),
    );
    if alike >= ALIKE { alike * 0.9 } else { 0.0 }
}

/// The documents with this number.
pub(super) fn numbered<'a>(snapshot: &'a dyn Engine, text: &str) -> Vec<&'a DocumentRecord> {
    let typed = text
        .trim()
        .trim_start_matches("文号:")
        .trim_start_matches("文号：");
    let typed = typed.trim_matches(['“', '”', '"', '「', '」']);
    let Some(number) = Number::read(typed) else {
        return Vec::new();
    };
    let has_it = |doc: &DocumentRecord| {
        let own = doc.doc_number.as_deref().and_then(Number::read);
        own.is_some_and(|own| number.means(&own))
    };
    snapshot.catalog().titled(|_, doc| has_it(doc))
}

/// The documents that a query names, best first, then newest first.
pub(super) fn named<'a>(snapshot: &'a dyn Engine, query: &str) -> Vec<&'a DocumentRecord> {
    let by_number = numbered(snapshot, query);
    if !by_number.is_empty() {
        return by_number;
    }
    let asked = bare(query);
    if !(MIN_CHARS..=MAX_CHARS).contains(&asked.len()) {
        return Vec::new();
    }
    let words: Vec<Vec<char>> = query.split_whitespace().map(bare).collect();
    let scored = |doc: &'a DocumentRecord| {
        let names = names_of(&doc.title).into_iter();
        let best = names.map(|name| likeness(&asked, &words, &name));
        best.fold(0.0, f64::max)
    };
    let documents = snapshot.catalog().titled(|title, _| {
        // Most titles are told apart by their letters, before anything is made of them.
        let mut missing = asked.iter().filter(|c| !title.contains(**c));
        missing.nth(asked.len() / 5).is_none()
    });
    let scores = documents.into_iter().map(|doc| (scored(doc), doc));
    let mut found: Vec<(f64, &DocumentRecord)> = scores.filter(|(score, _)| *score > 0.0).collect();
    found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| other.date.cmp(&one.date)));
    found.into_iter().map(|(_, doc)| doc).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        let expect = Number {
            body: "嘉政发".to_owned(),
            year: 2020,
            serial: 15,
        };
        for text in [
            "嘉政发〔2020〕15号",
            "嘉政发[2020]15号",
            "嘉政发（2020）第15号",
            "嘉政发2020 15",
            "嘉政发2020-15",
            "嘉政发 202015号",
        ] {
            assert_eq!(Number::read(text), Some(expect.clone()), "{text}");
        }
        assert!(Number::read("〔2020〕15号").unwrap().means(&expect));
        assert!(!Number::read("嘉政办发〔2020〕15号").unwrap().means(&expect));
        for text in [
            "氢能",
            "2021年6月27日",
            "十四五2021",
            "嘉政发2020",
            "PM2.5",
            "",
        ] {
            assert_eq!(Number::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_title_is_named_whole_nearly_or_by_most_of_its_words() {
        let title = "嘉兴市生态文明建设规划（修编）（2019—2025年）";
        let score = |query: &str, title: &str| {
            let words: Vec<Vec<char>> = query.split_whitespace().map(bare).collect();
            let names = names_of(title).into_iter();
            let best = names.map(|name| likeness(&bare(query), &words, &name));
            best.fold(0.0, f64::max)
        };
        for (query, title) in [
            ("嘉兴市生态文明建设规划", title),
            ("嘉兴市生态文明建设规划（修编）（2019-2025年）", title),
            ("嘉兴生态文明建设规划", title),
            ("上海 政府工作报告", "2026年上海市政府工作报告"),
            (
                "数字经济发展规划",
                "国务院关于印发《“十四五”数字经济发展规划》的通知",
            ),
        ] {
            assert!(score(query, title) > 0.0, "{query} {title}");
        }
        for query in ["生态文明", "生态红线", "嘉兴市 规划"] {
            assert!(score(query, title) <= 0.0, "{query}");
        }
    }
}
