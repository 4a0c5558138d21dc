//! What passages count for: where they stand, and their themes.
//!
//! Matches lie far apart, so what is counted of one lies together: counting it waits for
//! memory once.

use tantivy::DocId;

use super::paths::PlaceIds;
use super::theme_sets::{SetBits, ThemeBits};
use super::view::{NONE, Numbered};

/// Rows that are fetched together: they lie far apart, so memory is waited for once.
pub(super) const N_FETCHED: usize = 64;

/// What an entry counts for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Position of its document in the catalog; [`NONE`] for what is no passage.
    pub(super) doc: u32,
    /// Number of its path; [`NONE`] for what is no passage.
    pub(super) path: u32,
    /// What it has of the first 64 themes.
    pub(super) themes: ThemeBits,
}

impl Row {
    /// The row of what is no passage.
    pub(super) const NONE: Self = Self {
        doc: NONE,
        path: NONE,
        themes: ThemeBits::NONE,
    };
}

/// The rows of the entries of one segment.
pub(super) struct Rows {
    rows: Vec<Row>,
    /// For every 64 themes more what the entries have of them.
    more: Vec<Vec<ThemeBits>>,
}

impl Rows {
    /// The rows of a segment, from the values of its columns and what each value means.
    pub(super) fn new(
        (in_places, places): (&Numbered, &Vec<PlaceIds>),
        (in_sets, sets): (&Numbered, &SetBits),
    ) -> Self {
        let bits = |block: &[ThemeBits], set: &u32| {
            let bits = block.get(*set as usize).copied();
            bits.unwrap_or(ThemeBits::NONE)
        };
        let (first, more) = match sets.split_first() {
            Some((first, more)) => (first.as_slice(), more),
            None => (&[][..], &[][..]),
        };
        let entries = in_places.of_entry.iter().zip(&in_sets.of_entry);
        let rows = entries.map(|(place, set)| {
            let place = places.get(*place as usize).copied();
            let (doc, path) = place.unwrap_or((NONE, NONE));
            Row {
                doc,
                path,
                themes: bits(first, set),
            }
        });
        let of_block = |block: &Vec<ThemeBits>| {
            let sets = in_sets.of_entry.iter();
            sets.map(|set| bits(block, set)).collect()
        };
        Self {
            rows: rows.collect(),
            more: more.iter().map(of_block).collect(),
        }
    }

    /// The row of an entry.
    #[inline]
    pub(super) fn of(&self, entry: DocId) -> Row {
        let row = self.rows.get(entry as usize);
        row.copied().unwrap_or(Row::NONE)
    }

    /// The rows of entries, in front; there are at most [`N_FETCHED`].
    #[inline]
    pub(super) fn fetch(&self, entries: &[DocId]) -> [Row; N_FETCHED] {
        let mut fetched = [Row::NONE; N_FETCHED];
        for (row, entry) in fetched.iter_mut().zip(entries) {
            *row = self.of(*entry);
        }
        fetched
    }

    /// The rows in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// The themes of an entry, 64 by 64.
    #[inline]
    pub(super) fn themes(&self, entry: DocId) -> impl Iterator<Item = ThemeBits> {
        self.with_more(entry, self.of(entry).themes)
    }

    /// The themes of an entry, 64 by 64, the first of which are known.
    #[inline]
    pub(super) fn with_more(
        &self,
        entry: DocId,
        first: ThemeBits,
    ) -> impl Iterator<Item = ThemeBits> {
        let more = self.more.iter();
        let more = more.map(move |block| block.get(entry as usize).copied());
        let more = more.map(|bits| bits.unwrap_or(ThemeBits::NONE));
        std::iter::once(first).chain(more)
    }

    /// Whether there are more than 64 themes.
    #[inline]
    pub(super) fn has_more(&self) -> bool {
        !self.more.is_empty()
    }

    /// What entries have of the themes behind the first 64, for each block of 64 in turn.
    pub(super) fn more(&self, entries: &[DocId]) -> impl Iterator<Item = Vec<ThemeBits>> {
        self.more.iter().map(|block| {
            let bits = entries.iter().map(|entry| block.get(*entry as usize));
            bits.map(|bits| bits.copied().unwrap_or(ThemeBits::NONE))
                .collect()
        })
    }
}
