//! Names, ranked and with their keys.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::keys::{Best, Keys};
use super::{Suggestion, SuggestionKind};
use plansearch_query::{other_readings, plain_reading, readings, reads_as};
use plansearch_text::fold;

/// Fewer letters are read too many ways.
const MIN_FUZZY_LETTERS: usize = 3;

/// The names of a library, ready to complete what is typed.
#[derive(Debug)]
pub(super) struct Completions {
    /// Best first; the position is the number in the keys.
    names: Vec<Suggestion>,
    characters: Keys,
    read: Keys,
    initials: Keys,
}

impl Completions {
    /// Ranks names and makes their keys. Equal names become one, of the kind that
    /// has most passages.
    pub(super) fn new(names: Vec<Suggestion>) -> Self {
        let names = ranked(names);
        let mut completions = Self {
            characters: Keys::default(),
            read: Keys::default(),
            initials: Keys::default(),
            names: Vec::new(),
        };
        for (number, name) in names.iter().enumerate() {
            completions.add_keys(number as u32, &name.text);
        }
        for keys in [
            &mut completions.characters,
            &mut completions.read,
            &mut completions.initials,
        ] {
            keys.sort();
        }
        completions.names = names;
        completions
    }

    fn add_keys(&mut self, number: u32, text: &str) {
        let folded = fold(text);
        let each = folded.split("").filter(|piece| !piece.is_empty());
        self.characters.add(number, each);
        // Marks are not typed in a reading.
        let chars: Vec<char> = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        let read = readings(&chars);
        if read.iter().all(Option::is_none) {
            return;
        }
        let mut pieces = Vec::with_capacity(chars.len());
        for (c, reading) in chars.iter().zip(read) {
            pieces.push(reading.map_or_else(|| c.to_string(), str::to_owned));
        }
        self.read.add(number, pieces.iter().map(String::as_str));
        let first = pieces.iter().filter_map(|piece| piece.split("").nth(1));
        self.initials.add(number, first);
    }

    /// At most `limit` names that complete what was typed.
    pub(super) fn find(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let folded = fold(typed);
        if folded.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut groups: Vec<Best> = (0..8).map(|_| Best::new(limit)).collect();
        if let [
            begins,
            holds,
            read,
            initials,
            holds_read,
            holds_initials,
            read_otherwise,
            holds_otherwise,
        ] = groups.as_mut_slice()
        {
            self.characters.find(&folded, begins, holds);
            let letters = plain_reading(&folded);
            if letters.is_ascii() {
                self.read.find(&letters, read, holds_read);
                self.initials.find(&letters, initials, holds_initials);
                if letters.len() >= MIN_FUZZY_LETTERS {
                    for other in other_readings(&letters) {
                        self.read.find(&other, read_otherwise, holds_otherwise);
                    }
                }
            } else if let Some(at) = letters.find(|c: char| c.is_ascii_alphabetic())
                && let (Some(characters), Some(rest)) = (letters.get(..at), letters.get(at..))
                && !characters.is_empty()
            {
                self.characters
                    .find_if(characters, read, holds_read, |behind| {
                        let behind: Vec<char> = behind.chars().collect();
                        reads_as(rest, &behind)
                    });
            }
        }
        let mut found: Vec<u32> = Vec::with_capacity(limit);
        for name in groups.into_iter().flat_map(Best::into_names) {
            if !found.contains(&name) {
                found.push(name);
            }
        }
        let found = found.into_iter().take(limit);
        found
            .filter_map(|name| self.names.get(name as usize).cloned())
            .collect()
    }

    /// At most `limit` short names, best first, without titles of documents.
    pub(super) fn short(&self, limit: usize) -> Vec<Suggestion> {
        let is_short = |name: &&Suggestion| {
            let is_word = name.text.chars().all(char::is_alphanumeric);
            name.kind != SuggestionKind::Document
                && is_word
                && (2..=8).contains(&name.text.chars().count())
        };
        let names = self.names.iter().filter(is_short);
        names.take(limit).cloned().collect()
    }

    /// At most `limit` names near to `text`: those with a part that is read as all
    /// of it, then those that hold at least a third of its pairs of characters.
    pub(super) fn nearest(&self, text: &str, limit: usize) -> Vec<Suggestion> {
        let chars: Vec<char> = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
        let (mut first, mut further) = (Best::new(limit), Best::new(limit));
        let read: Option<String> = readings(&chars).into_iter().collect();
        if let Some(read) = read.filter(|_| chars.len() > 1) {
            self.read.find(&read, &mut first, &mut further);
        }
        let mut found = first.into_names();
        found.extend(further.into_names());
        let mut pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for pair in &pairs {
            for name in self.characters.holding(pair) {
                *shared.entry(name).or_default() += 1;
            }
        }
        let least = pairs.len().div_ceil(3);
        let mut by_pairs: Vec<(Reverse<usize>, u32)> = shared
            .into_iter()
            .filter(|(_, n)| *n >= least)
            .map(|(name, n)| (Reverse(n), name))
            .collect();
        by_pairs.sort_unstable();
        for (_, name) in by_pairs {
            if found.len() >= limit {
                break;
            }
            if !found.contains(&name) {
                found.push(name);
            }
        }
        let found = found.into_iter().take(limit);
        found
            .filter_map(|name| self.names.get(name as usize).cloned())
            .collect()
    }
}

/// The names of most passages first, then the shorter ones; each once.
fn ranked(names: Vec<Suggestion>) -> Vec<Suggestion> {
    let mut by_text: HashMap<String, Suggestion> = HashMap::with_capacity(names.len());
    for name in names {
        match by_text.entry(fold(&name.text)) {
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(name);
            }
            std::collections::hash_map::Entry::Occupied(mut slot) => {
                let known = slot.get_mut();
                if known.kind == name.kind {
                    // The same title under another number, or written otherwise.
                    known.count += name.count;
                } else if (name.count, known.kind) > (known.count, name.kind) {
                    *known = name;
                }
            }
        }
    }
    let mut names: Vec<Suggestion> = by_text.into_values().collect();
    names.sort_unstable_by(|a, b| {
        let length = |name: &Suggestion| name.text.chars().count();
        b.count
            .cmp(&a.count)
            .then_with(|| length(a).cmp(&length(b)))
            .then_with(|| a.kind.cmp(&b.kind))
            .then_with(|| a.text.cmp(&b.text))
    });
    names
}

#[cfg(test)]
mod tests {
    use super::super::SuggestionKind::{Document, Heading, Lead, Term, Theme};
    use super::*;

    fn completions() -> Completions {
        let name = |text: &str, kind: SuggestionKind, count| Suggestion {
            text: text.to_owned(),
            kind,
            count,
        };
        Completions::new(vec![
            name("氢能", Theme, 12),
            name("氢能", Term, 15),
            name("氢能产业布局", Heading, 4),
            name("加快氢能产业发展", Heading, 9),
            name("加快氢能产业发展", Heading, 2),
            name("轻工业", Lead, 1),
            name("滨海新区氢能产业行动计划", Document, 40),
            name("5G基站", Term, 3),
            name("商业银行", Term, 2),
            name("长三角一体化", Term, 7),
        ])
    }

    fn check(typed: &str, expect: &[&str]) {
        let found = completions().find(typed, 10);
        let found: Vec<&str> = found.iter().map(|found| found.text.as_str()).collect();
        assert_eq!(found, expect, "{typed}");
    }

    #[test]
    fn names_complete_what_is_typed() {
        let hydrogen = [
            "氢能",
            "氢能产业布局",
            "滨海新区氢能产业行动计划",
            "加快氢能产业发展",
        ];
        check("氢", &hydrogen);
        check("氫能", &hydrogen);
        check("qingneng", &hydrogen);
        check("QN", &hydrogen);
        check(
            "qingnengch",
            &[
                "氢能产业布局",
                "滨海新区氢能产业行动计划",
                "加快氢能产业发展",
            ],
        );
        check(
            "氢nch",
            &[
                "氢能产业布局",
                "滨海新区氢能产业行动计划",
                "加快氢能产业发展",
            ],
        );
        check(
            "qing",
            &[
                "氢能",
                "氢能产业布局",
                "轻工业",
                "滨海新区氢能产业行动计划",
                "加快氢能产业发展",
            ],
        );
        check("5g", &["5G基站"]);
        check("changsan", &["长三角一体化"]);
        check("yinhang", &["商业银行"]);
        check("此名必不见", &[]);
        check("  ", &[]);
        check("%_\\", &[]);
    }

    #[test]
    fn names_near_to_a_text_are_read_so_or_share_its_pairs() {
        let near = |text: &str| -> Vec<String> {
            let found = completions().nearest(text, 3);
            found.into_iter().map(|found| found.text).collect()
        };
        assert_eq!(near("青能")[0], "氢能");
        assert_eq!(near("氢能产业园布局图")[0], "氢能产业布局");
        assert!(near("鲸鱼").is_empty());
        assert!(near("").is_empty());
    }

    #[test]
    fn a_name_is_suggested_once_with_the_passages_of_all_its_places() {
        let found = completions().find("氢能", 10);
        assert_eq!((found[0].kind, found[0].count), (Term, 15));
        let found = completions().find("加快", 10);
        assert_eq!((found.len(), found[0].count), (1, 11));
        assert_eq!(completions().find("氢能", 2).len(), 2);
        assert!(completions().find("氢能", 0).is_empty());
    }
}
