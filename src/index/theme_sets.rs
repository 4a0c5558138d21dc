//! The different sets of themes that passages have.
//!
//! A passage has one set, so one number a passage says what it is about and what it
//! mentions; hits are counted by set, and the sets that were met are few.

use super::labels::Labels;
use super::record::ThemeRecord;

/// Ends the name of a theme that a passage is about.
const ABOUT: char = '\u{1}';
/// Ends the name of a theme that a passage mentions.
const MENTION: char = '\u{2}';

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
    /// Reads the sets of each segment by their names; gives also the themes and the
    /// number of the first set of each segment.
    pub(super) fn read(segments: &[Vec<String>]) -> (Self, Labels, Vec<u32>) {
        let mut names: Vec<&str> = segments
            .iter()
            .flatten()
            .flat_map(|key| members(key).map(|(name, _)| name))
            .collect();
        names.sort_unstable();
        names.dedup();
        let themes = Labels::new(names.into_iter().map(str::to_owned).collect());
        let mut sets = Self::default();
        let mut firsts = Vec::with_capacity(segments.len());
        for keys in segments {
            firsts.push(sets.ends.len() as u32);
            for key in keys {
                let numbered =
                    members(key).filter_map(|(name, is_about)| Some((themes.id(name)?, is_about)));
                sets.members.extend(numbered);
                sets.ends.push(sets.members.len() as u32);
            }
        }
        (sets, themes, firsts)
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
        let (sets, themes, firsts) = ThemeSets::read(&[vec![String::new(), key]]);
        assert_eq!((firsts, sets.len()), (vec![0], 2));
        let wanted = |name: &str| sets.meeting(&themes, &[name.to_owned()]);
        assert_eq!(wanted("氢能"), [Meets::No, Meets::About]);
        assert_eq!(wanted("港口"), [Meets::No, Meets::Mention]);
        assert_eq!(wanted("口"), [Meets::No, Meets::No]);
    }
}
