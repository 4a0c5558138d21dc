//! Makes a trie of the words of `dictionary.txt`, as bytes that are a part of the program
//! and need no loading: a search touches the pages of its own words alone.
//!
//! `src/dictionary.rs` says how the bytes lie. The parts of speech go into a list of their
//! own, one a line.

mod block;
mod pair_bit;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::ops::Range;
use std::path::Path;

use block::BLOCK;
use pair_bit::{N_PAIR_BITS, pair_bit};

/// A word as it is listed.
struct Word {
    chars: Vec<u16>,
    frequency: u32,
    tag: u32,
}

/// The nodes of the trie, level by level: those below one stand side by side.
#[derive(Default)]
struct Nodes {
    labels: Vec<u16>,
    /// Frequency and part of speech of the word that ends here; nought for none.
    words: Vec<u32>,
    /// First node below each.
    below: Vec<u32>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=dictionary.txt");
    let text = std::fs::read_to_string("dictionary.txt")?;
    let mut tags: BTreeMap<&str, u32> = BTreeMap::new();
    for line in lines(&text) {
        let n_known = tags.len() as u32;
        tags.entry(line.rsplit(' ').next().unwrap_or_default())
            .or_insert(n_known);
    }
    let mut words = lines(&text)
        .map(|line| word(line, &tags).ok_or_else(|| format!("`{line}` is no word")))
        .collect::<Result<Vec<Word>, String>>()?;
    words.sort_by(|a, b| a.chars.cmp(&b.chars));
    let total: u64 = words.iter().map(|word| u64::from(word.frequency)).sum();
    let folder = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let folder = Path::new(&folder);
    let bytes = bytes(&nodes(&words), total, &long_openings(&words))?;
    std::fs::write(folder.join("dictionary.bin"), bytes)?;
    let mut names: Vec<(&str, u32)> = tags.into_iter().collect();
    names.sort_by_key(|(_, number)| *number);
    let names: Vec<&str> = names.into_iter().map(|(name, _)| name).collect();
    std::fs::write(folder.join("tags.txt"), names.join("\n"))?;
    Ok(())
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with("# "))
}

fn word(line: &str, tags: &BTreeMap<&str, u32>) -> Option<Word> {
    let mut fields = line.split(' ');
    let chars = fields.next()?.chars();
    let chars = chars.map(|c| u16::try_from(u32::from(c)).ok());
    Some(Word {
        chars: chars.collect::<Option<Vec<u16>>>()?,
        frequency: fields.next()?.parse().ok().filter(|n| *n < 1 << 26)?,
        tag: *tags.get(fields.next()?).filter(|tag| **tag < 1 << 6)?,
    })
}

fn nodes(words: &[Word]) -> Nodes {
    let mut nodes = Nodes::default();
    let mut level: Vec<Range<usize>> = Vec::new();
    add_below(&mut nodes, &mut level, words, 0..words.len(), 0);
    let mut depth = 0;
    while !level.is_empty() {
        depth += 1;
        for range in std::mem::take(&mut level) {
            nodes.below.push(nodes.labels.len() as u32);
            add_below(&mut nodes, &mut level, words, range, depth);
        }
    }
    nodes.below.push(nodes.labels.len() as u32);
    nodes
}

/// Adds the nodes below one: a node for each character at `depth` of the words of `range`.
fn add_below(
    nodes: &mut Nodes,
    level: &mut Vec<Range<usize>>,
    words: &[Word],
    range: Range<usize>,
    depth: usize,
) {
    let mut start = range.start;
    while start < range.end {
        let Some(label) = words[start].chars.get(depth).copied() else {
            start += 1;
            continue;
        };
        let same = words[start..range.end]
            .iter()
            .take_while(|word| word.chars.get(depth) == Some(&label))
            .count();
        let first = &words[start];
        let is_word = first.chars.len() == depth + 1;
        nodes.labels.push(label);
        nodes.words.push(if is_word {
            first.frequency << 6 | first.tag
        } else {
            0
        });
        level.push(start..start + same);
        start += same;
    }
}

/// The bits of the pairs that words of three or more characters begin with.
fn long_openings(words: &[Word]) -> Vec<u8> {
    let mut bits = vec![0_u8; N_PAIR_BITS / 8];
    for word in words {
        if let [first, second, _, ..] = word.chars.as_slice() {
            let bit = pair_bit(u32::from(*first), u32::from(*second));
            bits[bit / 8] |= 1 << (bit % 8);
        }
    }
    bits
}

/// Number of nodes and of occurrences, number of different words; by character the first node
/// and one; pairs that open long words; different words; of each block of nodes the first node
/// below; labels; places among the different words; distances of the first nodes below.
fn bytes(nodes: &Nodes, total: u64, long_openings: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let n_nodes = nodes.labels.len();
    let values: BTreeSet<u32> = nodes.words.iter().copied().chain([0]).collect();
    let values: Vec<u32> = values.into_iter().collect();
    let mut bytes = Vec::new();
    bytes.extend((n_nodes as u32).to_le_bytes());
    bytes.extend((values.len() as u32).to_le_bytes());
    bytes.extend(total.to_le_bytes());
    let mut opening = vec![0_u16; 1 << 16];
    let n_opening = nodes.below[0] as usize;
    for (node, label) in nodes.labels[..n_opening].iter().enumerate() {
        opening[usize::from(*label)] = u16::try_from(node + 1)?;
    }
    bytes.extend(opening.iter().flat_map(|node| node.to_le_bytes()));
    bytes.extend(long_openings);
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    let blocks = nodes.below.chunks(BLOCK);
    bytes.extend(blocks.flat_map(|block| block[0].to_le_bytes()));
    bytes.extend(nodes.labels.iter().flat_map(|label| label.to_le_bytes()));
    for word in &nodes.words {
        let place = values.binary_search(word).unwrap_or(0);
        bytes.extend(u16::try_from(place)?.to_le_bytes());
    }
    for block in nodes.below.chunks(BLOCK) {
        for below in block {
            bytes.extend(u16::try_from(below - block[0])?.to_le_bytes());
        }
    }
    Ok(bytes)
}
