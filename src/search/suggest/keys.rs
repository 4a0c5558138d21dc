//! Sorted keys: which names hold a string of characters, or are read so.

use std::ops::Range;

/// Ends each key, below every character.
const END: u8 = 0;
/// Marks a place that is the beginning of its name.
const FIRST: u32 = 1 << 31;

/// The keys of numbered names with every place in them where one may begin to
/// type, sorted by what stands there. Numbers are ranks: a smaller one is better.
#[derive(Debug, Default)]
pub(super) struct Keys {
    bytes: Vec<u8>,
    /// Places in `bytes`, sorted, with the name of each.
    places: Vec<(u32, u32)>,
}

/// The best names of those that are offered, each once.
pub(super) struct Best {
    n_wanted: usize,
    names: Vec<u32>,
}

impl Keys {
    /// Adds the key of the next name, in pieces at which one may begin to type.
    pub(super) fn add<'a>(&mut self, name: u32, pieces: impl Iterator<Item = &'a str>) {
        let mut first = FIRST;
        for piece in pieces.filter(|piece| !piece.is_empty()) {
            self.places.push((self.bytes.len() as u32, name | first));
            self.bytes.extend_from_slice(piece.as_bytes());
            first = 0;
        }
        self.bytes.push(END);
    }

    /// Sorts the places; nothing is found before.
    pub(super) fn sort(&mut self) {
        let bytes = &self.bytes;
        // Behind the end of a key the next one decides, the same every time.
        self.places
            .sort_unstable_by(|(a, _), (b, _)| bytes[*a as usize..].cmp(&bytes[*b as usize..]));
        self.places.shrink_to_fit();
        self.bytes.shrink_to_fit();
    }

    /// Offers every name whose key begins with `typed` to the first, every name
    /// that holds it further on to the second.
    pub(super) fn find(&self, typed: &str, begins: &mut Best, holds: &mut Best) {
        for (_, name) in &self.places[self.range(typed)] {
            if name & FIRST == 0 {
                holds.offer(*name, || true);
            } else {
                begins.offer(name & !FIRST, || true);
            }
        }
    }

    /// As [`Keys::find`], but only where what stands behind `typed` passes.
    pub(super) fn find_if(
        &self,
        typed: &str,
        begins: &mut Best,
        holds: &mut Best,
        passes: impl Fn(&str) -> bool,
    ) {
        for (place, name) in &self.places[self.range(typed)] {
            let behind = || {
                let rest = self.bytes[*place as usize + typed.len()..].split(|byte| *byte == END);
                let rest = rest.map(std::str::from_utf8).next();
                rest.is_some_and(|rest| rest.is_ok_and(&passes))
            };
            if name & FIRST == 0 {
                holds.offer(*name, behind);
            } else {
                begins.offer(name & !FIRST, behind);
            }
        }
    }

    /// The names whose keys hold `piece`, each once.
    pub(super) fn holding(&self, piece: &str) -> Vec<u32> {
        let places = self.places[self.range(piece)].iter();
        let mut names: Vec<u32> = places.map(|(_, name)| name & !FIRST).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn range(&self, typed: &str) -> Range<usize> {
        let typed = typed.as_bytes();
        let head = |place: &(u32, u32)| {
            let rest = &self.bytes[place.0 as usize..];
            &rest[..typed.len().min(rest.len())]
        };
        let start = self.places.partition_point(|place| head(place) < typed);
        let n = self.places[start..].partition_point(|place| head(place) == typed);
        start..start + n
    }
}

impl Best {
    pub(super) fn new(n_wanted: usize) -> Self {
        Self {
            n_wanted,
            names: Vec::with_capacity(n_wanted + 1),
        }
    }

    /// Takes a name when it is among the best and passes.
    fn offer(&mut self, name: u32, passes: impl FnOnce() -> bool) {
        let is_full = self.names.len() >= self.n_wanted;
        if is_full && self.names.last().is_none_or(|worst| *worst <= name) {
            return;
        }
        if let Err(at) = self.names.binary_search(&name)
            && passes()
        {
            self.names.insert(at, name);
            self.names.truncate(self.n_wanted);
        }
    }

    /// The names, best first.
    pub(super) fn into_names(self) -> Vec<u32> {
        self.names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_names_of_a_long_range_come_first() {
        let mut keys = Keys::default();
        for name in (0..1000).rev() {
            let key = format!("港口{name}");
            let pieces = if name % 2 == 0 {
                vec![key.as_str()]
            } else {
                vec!["大", &key]
            };
            keys.add(name, pieces.into_iter());
        }
        keys.sort();
        let (mut begins, mut holds) = (Best::new(3), Best::new(2));
        keys.find("港口", &mut begins, &mut holds);
        assert_eq!(begins.into_names(), [0, 2, 4]);
        assert_eq!(holds.into_names(), [1, 3]);
        let (mut begins, mut holds) = (Best::new(3), Best::new(2));
        keys.find("港口9999", &mut begins, &mut holds);
        assert!(begins.into_names().is_empty() && holds.into_names().is_empty());
    }
}
