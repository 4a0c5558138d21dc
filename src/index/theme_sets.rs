//! The sets of themes that passages have, a bit a theme.
//!
//! The column has the set of a passage as one value, so a set is read once.

use std::collections::BTreeSet;

use super::bit_sums::{BitSums, N_TOGETHER};
use super::labels::Labels;
use super::record::ThemeRecord;
use super::view::Numbered;

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

/// What a passage has of 64 themes, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ThemeBits {
    /// Those that it has.
    all: u64,
    /// Those that it is about.
    about: u64,
}

impl ThemeBits {
    pub(super) const NONE: Self = Self { all: 0, about: 0 };
}

/// What the sets of a segment have: for every 64 themes, set by set.
pub(super) type SetBits = Vec<Vec<ThemeBits>>;

/// What a filter says of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meets {
    /// It is about a theme that is wanted.
    About,
    /// It mentions one.
    Mention,
    /// It has none.
    No,
}

/// Reads the sets of each segment; gives also the names of the themes.
pub(super) fn read(segments: &[Numbered]) -> (Labels, Vec<SetBits>) {
    let sets = segments.iter().flat_map(|segment| &segment.names);
    let names: BTreeSet<&str> = sets
        .flat_map(|key| members(key))
        .map(|(name, _)| name)
        .collect();
    let themes = Labels::new(names.into_iter().map(str::to_owned).collect());
    let segments = segments.iter();
    let segments = segments.map(|segment| bits_of(&segment.names, &themes));
    let segments = segments.collect();
    (themes, segments)
}

fn bits_of(keys: &[String], themes: &Labels) -> SetBits {
    let mut sets = vec![vec![ThemeBits::NONE; keys.len()]; n_blocks(themes)];
    for (set, key) in keys.iter().enumerate() {
        for (name, is_about) in members(key) {
            let Some((block, bit)) = themes.id(name).map(place_of) else {
                continue;
            };
            let bits = &mut sets[block][set];
            bits.all |= bit;
            bits.about |= if is_about { bit } else { 0 };
        }
    }
    sets
}

/// The themes called `names`, a bit each, 64 by 64.
pub(super) fn wanted(themes: &Labels, names: &[String]) -> Vec<u64> {
    let mut wanted = vec![0; n_blocks(themes)];
    let ids = names.iter().filter_map(|name| themes.id(name));
    for (block, bit) in ids.map(place_of) {
        wanted[block] |= bit;
    }
    wanted
}

/// What a passage, by its themes, has of the wanted ones.
#[inline]
pub(super) fn meets(themes: impl Iterator<Item = ThemeBits>, wanted: &[u64]) -> Meets {
    let (mut has_any, mut is_about_any) = (0, 0);
    for (bits, wanted) in themes.zip(wanted) {
        has_any |= bits.all & wanted;
        is_about_any |= bits.about & wanted;
    }
    match (has_any, is_about_any) {
        (0, _) => Meets::No,
        (_, 0) => Meets::Mention,
        _ => Meets::About,
    }
}

/// How many passages have each theme, and how many are about it.
pub(super) struct ThemeSums {
    /// For every 64 themes; in the first row those that a passage has.
    blocks: Vec<BitSums>,
}

impl ThemeSums {
    pub(super) fn new(themes: &Labels) -> Self {
        Self {
            blocks: vec![BitSums::default(); n_blocks(themes)],
        }
    }

    /// Adds what passages have of one block of 64 themes.
    #[inline]
    pub(super) fn add(&mut self, block: usize, passages: &[ThemeBits]) {
        let Some(sums) = self.blocks.get_mut(block) else {
            return;
        };
        for passages in passages.chunks(N_TOGETHER) {
            let mut words = [[0, 0]; N_TOGETHER];
            for (words, bits) in words.iter_mut().zip(passages) {
                *words = [bits.all, bits.about];
            }
            sums.add(&words);
        }
    }

    /// By number of the theme: the passages that have it, and those that are about it.
    pub(super) fn counts(&self) -> [Vec<u32>; 2] {
        [0, 1].map(|row| {
            let blocks = self.blocks.iter();
            blocks.flat_map(|block| block.sums(row)).collect()
        })
    }
}

/// How many blocks of 64 there are.
fn n_blocks(themes: &Labels) -> usize {
    themes.len().div_ceil(u64::BITS as usize).max(1)
}

/// The block of a theme, and its bit there.
fn place_of(theme: u32) -> (usize, u64) {
    ((theme / u64::BITS) as usize, 1 << (theme % u64::BITS))
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
        let segment = |names: &[&str]| Numbered {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            of_entry: Vec::new(),
        };
        let segments = [segment(&["", &key]), segment(&[&key])];
        let (themes, sets) = read(&segments);
        let met = |name: &str| {
            let wanted = wanted(&themes, &[name.to_owned()]);
            let places = [(0, 0), (0, 1), (1, 0)];
            places.map(|(segment, set): (usize, usize)| {
                meets(sets[segment].iter().map(|block| block[set]), &wanted)
            })
        };
        assert_eq!(met("氢能"), [Meets::No, Meets::About, Meets::About]);
        assert_eq!(met("港口"), [Meets::No, Meets::Mention, Meets::Mention]);
        assert_eq!(met("口"), [Meets::No; 3]);
        let mut sums = ThemeSums::new(&themes);
        sums.add(0, &sets[0][0]);
        sums.add(0, &sets[1][0]);
        let [all, about] = sums.counts();
        assert_eq!((all.iter().sum::<u32>(), about.iter().sum::<u32>()), (4, 2));
    }

    #[test]
    fn more_than_64_themes_take_another_block() {
        let names: Vec<String> = (100..200).map(|nth| nth.to_string()).collect();
        let of = |name: &String| ThemeRecord {
            name: name.clone(),
            ..ThemeRecord::default()
        };
        let segment = Numbered {
            names: names.iter().map(|name| key(&[of(name)])).collect(),
            of_entry: Vec::new(),
        };
        let (themes, sets) = read(&[segment]);
        let wanted = wanted(&themes, &names[90..91]);
        let met = (0..names.len())
            .filter(|set| meets(sets[0].iter().map(|block| block[*set]), &wanted) != Meets::No);
        assert_eq!(met.collect::<Vec<_>>(), [90]);
    }
}
