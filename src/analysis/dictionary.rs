//! The dictionary: words with their frequency and part of speech.
//!
//! A trie that `build.rs` lays out as bytes. 16 bytes for the number of nodes, the number of
//! different word values and the sum of all frequencies; for each character of the basic plane
//! the node that opens with it and one (2 bytes); a bit for each [`pair_bit`] that opens a word
//! of three or more characters; the word values (4: frequency and, in the last six bits, the
//! part of speech; the first is nought, which is no word); of each block of nodes the first
//! node below its first (4). Then of each node its character (2), the place of its word among
//! the values (2), and how far the first node below it lies from that of its block (2). Nodes
//! below one stand side by side by character. Nothing is read in advance: a word costs the
//! pages that it lies on.

use std::sync::LazyLock;

use super::block::BLOCK;
use super::pair_bit::{N_PAIR_BITS, pair_bit};

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin"));

/// The parts of speech by number.
static TAGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!(concat!(env!("OUT_DIR"), "/tags.txt"))
        .lines()
        .collect()
});

const OPENING: usize = 16;
const LONG: usize = OPENING + 2 * (1 << 16);
const VALUES: usize = LONG + N_PAIR_BITS / 8;

/// Where the parts begin whose places depend on the numbers of nodes and values.
struct Layout {
    blocks: usize,
    labels: usize,
    words: usize,
    below: usize,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    let (n_nodes, n_values) = (u32_at(0) as usize, u32_at(4) as usize);
    let blocks = VALUES + 4 * n_values;
    let labels = blocks + 4 * (n_nodes + 1).div_ceil(BLOCK);
    Layout {
        blocks,
        labels,
        words: labels + 2 * n_nodes,
        below: labels + 4 * n_nodes,
    }
});

/// A word of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word(u32);

impl Word {
    /// How often it was counted.
    pub(crate) fn frequency(self) -> u32 {
        self.0 >> 6
    }

    /// Its part of speech, as jieba names it.
    pub(crate) fn tag(self) -> &'static str {
        TAGS.get((self.0 & 0x3f) as usize).copied().unwrap_or("x")
    }
}

/// A place in the trie: what has been read of a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node(u32);

impl Node {
    /// Where words begin with `c`.
    pub(crate) fn opening(c: char) -> Option<Self> {
        let c = u16::try_from(u32::from(c)).ok()?;
        let node = u16_at(OPENING + 2 * usize::from(c));
        node.checked_sub(1).map(|node| Self(u32::from(node)))
    }

    /// Where they go on with `c`.
    #[inline]
    pub(crate) fn then(self, c: char) -> Option<Self> {
        let c = u16::try_from(u32::from(c)).ok()?;
        let layout = &*LAYOUT;
        let (mut low, mut high) = (self.below(layout), Self(self.0 + 1).below(layout));
        while low < high {
            let middle = low.midpoint(high);
            let label = u16_at(layout.labels + 2 * middle as usize);
            match label.cmp(&c) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(Self(middle)),
            }
        }
        None
    }

    /// The first node below; the first below the next one ends what is below this.
    #[inline]
    fn below(self, layout: &Layout) -> u32 {
        let node = self.0 as usize;
        let first = u32_at(layout.blocks + 4 * (node / BLOCK));
        first + u32::from(u16_at(layout.below + 2 * node))
    }

    /// The word that ends here.
    #[inline]
    pub(crate) fn word(self) -> Option<Word> {
        let place = u16_at(LAYOUT.words + 2 * self.0 as usize);
        let value = || u32_at(VALUES + 4 * usize::from(place));
        (place > 0).then(|| Word(value()))
    }
}

/// Says whether a word of three or more characters may begin with these two. Some pairs
/// share their bit with one that does; of running text it passes over nine in ten.
#[inline]
pub(crate) fn may_open_long_word(first: char, second: char) -> bool {
    let bit = pair_bit(first as u32, second as u32);
    let byte = BYTES.get(LONG + bit / 8).copied().unwrap_or(0);
    byte >> (bit % 8) & 1 == 1
}

/// The word of the dictionary that `text` is.
pub(crate) fn word(text: &str) -> Option<Word> {
    let mut chars = text.chars();
    let opening = Node::opening(chars.next()?)?;
    chars.try_fold(opening, Node::then)?.word()
}

/// The sum of all frequencies.
pub(crate) fn total() -> u64 {
    u64::from(u32_at(8)) | u64::from(u32_at(12)) << 32
}

#[inline]
fn u16_at(at: usize) -> u16 {
    let bytes = BYTES.get(at..).and_then(|bytes| bytes.first_chunk());
    bytes.map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

#[inline]
fn u32_at(at: usize) -> u32 {
    let bytes = BYTES.get(at..).and_then(|bytes| bytes.first_chunk());
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number of words and the sum of their frequencies.
    const KNOWN: (usize, u64) = (349_045, 60_101_964);

    #[test]
    fn another_dictionary_is_another_analysis() {
        let lines = include_str!("dictionary.txt").lines();
        let lines = lines.filter(|line| !line.starts_with("# "));
        assert_eq!(
            (lines.count(), total()),
            KNOWN,
            "raise ANALYSIS_VERSION, then name the new figures here: indexes have the long \
             words of the dictionary that made them"
        );
    }

    #[test]
    fn every_word_of_the_list_is_found() {
        for line in include_str!("dictionary.txt").lines().skip(2) {
            let fields: Vec<&str> = line.split(' ').collect();
            let [text, frequency, tag] = fields.as_slice() else {
                panic!("{line}");
            };
            let word = word(text).unwrap();
            assert_eq!(word.frequency().to_string(), *frequency, "{line}");
            assert_eq!(word.tag(), *tag, "{line}");
        }
        for text in ["", "不存在的词", "氢能产", "\u{20000}", "港\u{20000}"] {
            assert_eq!(word(text), None, "{text}");
        }
    }
}
