//! The different sets of themes that passages have.
//!
//! A passage has one set, so one number a passage says what it is about and what it
//! mentions; hits are counted by set, and the sets that were met are few.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::labels::Labels;
use super::record::ThemeRecord;

/// Ends the name of a theme that a passage is about.
const ABOUT: char = '\u{1}';
/// Ends the name of a theme that a passage mentions.
const MENTION: char = '\u{2}';

/// A set that so many passages have is common.
const COMMON: u64 = 64;

/// The name of a set, as the column has it.
pub(super) fn key(themes: &[ThemeRecord]) -> String {
    let mut names: Vec<(&str, bool)> = themes
        .iter()
        .map(|theme| (theme.name.as_str(), theme.about))
        .collect();
    names.sort_unstable();
    let mut key = String::new();
    for (name, is_about) in names {
        key.extend(name.chars().filter(|c| *c != ABOUT && *c != MENTION));
        key.push(if is_about { ABOUT } else { MENTION });
    }
    key
}

/// The themes of a set by name, each with whether a passage is about it.
pub(super) fn members(key: &str) -> impl Iterator<Item = (&str, bool)> {
    key.split_inclusive([ABOUT, MENTION])
        .filter_map(|member| match member.strip_suffix(ABOUT) {
            Some(name) => Some((name, true)),
            None => member.strip_suffix(MENTION).map(|name| (name, false)),
        })
}

/// The themes of each set, by number.
#[derive(Debug, Default)]
pub(super) struct ThemeSets {
    ends: Vec<u32>,
    members: Vec<(u32, bool)>,
}

/// What the filter says of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meets {
    /// It is about a theme that is wanted.
    About,
    /// It mentions one.
    Mention,
    /// It has none.
    No,
}

impl ThemeSets {
    /// Reads the sets of each segment, each by its name and how many passages have it;
    /// gives also the themes, and for each segment the numbers of its sets. Common sets
    /// have low numbers, so that counters of them lie together; the others are numbered as
    /// they appear, so that they are read in order.
    pub(super) fn read(segments: &[Vec<(String, u32)>]) -> (Self, Labels, Vec<Vec<u32>>) {
        let mut times: HashMap<&str, u64> = HashMap::new();
        let mut keys: Vec<&str> = Vec::new();
        for (key, n) in segments.iter().flatten() {
            let known = times.entry(key).or_insert_with(|| {
                keys.push(key);
                0
            });
            *known += u64::from(*n);
        }
        let common = |key: &&str| times.get(key).filter(|times| **times >= COMMON).copied();
        keys.sort_by_key(|key| Reverse(common(key)));
        let names = keys.iter().flat_map(|key| members(key));
        let names: BTreeSet<&str> = names.map(|(name, _)| name).collect();
        let themes = Labels::new(names.into_iter().map(str::to_owned).collect());
        let mut sets = Self::default();
        let mut numbers: HashMap<&str, u32> = HashMap::with_capacity(keys.len());
        for (number, key) in keys.into_iter().enumerate() {
            let numbered =
                members(key).filter_map(|(name, is_about)| Some((themes.id(name)?, is_about)));
            sets.members.extend(numbered);
            sets.ends.push(sets.members.len() as u32);
            numbers.insert(key, number as u32);
        }
        let of_segment = |keys: &Vec<(String, u32)>| {
            let number = |key: &str| numbers.get(key).copied().unwrap_or(u32::MAX);
            keys.iter().map(|(key, _)| number(key)).collect()
        };
        let numbers = segments.iter().map(of_segment).collect();
        (sets, themes, numbers)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The themes of a set, each with whether a passage is about it.
    pub(super) fn members(&self, set: usize) -> &[(u32, bool)] {
        let end = self.ends.get(set).map_or(0, |end| *end as usize);
        let start = set.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = start.map_or(0, |start| *start as usize);
        self.members.get(start..end).unwrap_or_default()
    }

    /// For each set what it has of the themes called `names`.
    pub(super) fn meeting(&self, themes: &Labels, names: &[String]) -> Vec<Meets> {
        let wanted: Vec<u32> = names.iter().filter_map(|name| themes.id(name)).collect();
        let meets = |set: usize| {
            let met = self
                .members(set)
                .iter()
                .filter(|(id, _)| wanted.contains(id));
            let best = met.map(|(_, is_about)| *is_about).max();
            match best {
                Some(true) => Meets::About,
                Some(false) => Meets::Mention,
                None => Meets::No,
            }
        };
        (0..self.len()).map(meets).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_reads_back_from_its_name() {
        let theme = |name: &str, about: bool| ThemeRecord {
            name: name.to_owned(),
            about,
            ..ThemeRecord::default()
        };
        let key = key(&[theme("港口", false), theme("氢能", true)]);
        let back: Vec<_> = members(&key).collect();
        assert_eq!(back, [("氢能", true), ("港口", false)]);
        let other = (key.clone(), COMMON as u32);
        let segments = [vec![(String::new(), 4), (key, 1)], vec![other]];
        let (sets, themes, numbers) = ThemeSets::read(&segments);
        assert_eq!((numbers, sets.len()), (vec![vec![1, 0], vec![0]], 2));
        let wanted = |name: &str| sets.meeting(&themes, &[name.to_owned()]);
        assert_eq!(wanted("氢能"), [Meets::About, Meets::No]);
        assert_eq!(wanted("港口"), [Meets::Mention, Meets::No]);
        assert_eq!(wanted("口"), [Meets::No, Meets::No]);
    }
}
