//! Sentences that say anew what a sentence of the library says.
//!
//! Whoever restates a sentence turns its parts around and puts them in other grammar, so
//! that no row of runs is left that an alignment would pay for. What is left are its
//! characters: most of those of either sentence stand in the other, and enough of the
//! pairs that both have are rare. Both are asked at once, of one sentence of the source at
//! a time: the first alone finds every sentence on the subject, the second alone lists of
//! names.

use std::collections::HashSet;

use super::alignment::{Alignment, Block};
use super::letters::Letters;
use plansearch_engine::PairCounts;

/// So much of the characters of each sentence stands in the other.
const MIN_SHARE: f32 = 0.55;
/// The pairs that both have weigh together as much as so many that stand nowhere else.
const MIN_RARITY: f32 = 7.0;
/// Shorter runs of letters that both have are not shown as equal.
const MIN_RUN: usize = 2;

/// How rare the pairs of a sentence are: of each letter that of the pair which ends with
/// it, 1 for a pair that no passage has and nought for one that all have.
pub(crate) fn rarities(letters: &Letters, counts: &PairCounts, n_passages: usize) -> Vec<f32> {
    let all = (n_passages as f32 + 1.0).ln().max(1.0);
    let pairs = letters.chars.windows(2);
    let rarity = pairs.map(|pair| match pair {
        [a, b] => (1.0 - (counts.of(*a, *b) as f32 + 1.0).ln() / all).max(0.0),
        _ => 0.0,
    });
    [0.0].into_iter().chain(rarity).collect()
}

/// The sentence of `source` that `sentence` restates, as runs of equal letters.
pub(crate) fn align(sentence: &[char], rarities: &[f32], source: &Letters) -> Option<Alignment> {
    let own: HashSet<char> = sentence.iter().copied().collect();
    let mut best: Option<(f32, usize, usize)> = None;
    let mut start = 0;
    while start < source.len() {
        let number = source.sentence(start);
        let n = (start..source.len())
            .take_while(|at| source.sentence(*at) == number)
            .count();
        let theirs = source.chars.get(start..start + n).unwrap_or_default();
        if let Some(worth) = worth(sentence, &own, rarities, theirs)
            && best.is_none_or(|(known, ..)| worth > known)
        {
            best = Some((worth, start, n));
        }
        start += n;
    }
    let (bits, start, n) = best?;
    let theirs = source.chars.get(start..start + n)?;
    let mut blocks = tiles(sentence, theirs);
    for block in &mut blocks {
        block.source += start;
    }
    Some(Alignment { bits, blocks })
}

/// How much two sentences have in common, if it is enough.
fn worth(sentence: &[char], own: &HashSet<char>, rarities: &[f32], theirs: &[char]) -> Option<f32> {
    let chars: HashSet<char> = theirs.iter().copied().collect();
    let n_shared = own.intersection(&chars).count() as f32;
    let share = n_shared / own.len().max(chars.len()).max(1) as f32;
    if share < MIN_SHARE {
        return None;
    }
    let pairs: HashSet<&[char]> = theirs.windows(2).collect();
    let mut known = HashSet::new();
    let shared = sentence.windows(2).zip(rarities.iter().skip(1));
    let rarity: f32 = shared
        .filter(|(pair, _)| pairs.contains(pair) && known.insert(*pair))
        .map(|(_, rarity)| rarity)
        .sum();
    (rarity >= MIN_RARITY).then_some(rarity * share)
}

/// The runs of letters that both have, the longest first, each letter once; in the order
/// of the sentence.
fn tiles(sentence: &[char], theirs: &[char]) -> Vec<Block> {
    let mut is_used = (vec![false; sentence.len()], vec![false; theirs.len()]);
    let mut blocks: Vec<Block> = Vec::new();
    while let Some(block) = longest(sentence, theirs, &is_used) {
        for at in block.draft_range() {
            is_used.0[at] = true;
        }
        for at in block.source_range() {
            is_used.1[at] = true;
        }
        blocks.push(block);
    }
    blocks.sort_by_key(|block| block.draft);
    blocks
}

fn longest(
    sentence: &[char],
    theirs: &[char],
    (used_here, used_there): &(Vec<bool>, Vec<bool>),
) -> Option<Block> {
    let mut best: Option<Block> = None;
    let mut before = vec![0_usize; theirs.len() + 1];
    for (i, c) in sentence.iter().enumerate() {
        let mut row = vec![0_usize; theirs.len() + 1];
        for (j, other) in theirs.iter().enumerate() {
            if c != other || used_here[i] || used_there[j] {
                continue;
            }
            let len = before[j] + 1;
            row[j + 1] = len;
            if len >= MIN_RUN && best.is_none_or(|best| len > best.len) {
                best = Some(Block {
                    draft: i + 1 - len,
                    source: j + 1 - len,
                    len,
                });
            }
        }
        before = row;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(sentence: &str, source: &str) -> Vec<String> {
        let sentence = Letters::new(sentence).chars;
        let rarities = vec![0.6; sentence.len()];
        let Some(found) = align(&sentence, &rarities, &Letters::new(source)) else {
            return Vec::new();
        };
        let text = |block: &Block| sentence[block.draft_range()].iter().collect();
        found.blocks.iter().map(text).collect()
    }

    #[test]
    fn a_sentence_turned_around_is_found_in_its_sentence() {
        let found = runs(
            "市场准入还要再放宽，土地、技术、数据等要素的市场化配置继续优化，综合改革试点持续推进。",
            "优化营商环境。持续推进综合改革试点，进一步放宽市场准入，优化数据、技术、土地等要素市场化配置改革。",
        );
        assert!(found.contains(&"综合改革试点".to_owned()), "{found:?}");
        assert!(found.contains(&"市场准入".to_owned()), "{found:?}");
    }

    #[test]
    fn the_same_subject_is_not_enough() {
        let found = runs(
            "支持社区食堂与养老服务站合设，午餐价格每半年由居民议事会商定一次。",
            "加快建设居家社区机构相协调、医养康养相结合的多层次养老服务体系。",
        );
        assert!(found.is_empty(), "{found:?}");
        assert!(runs("", "加快建设").is_empty() && runs("加快建设", "").is_empty());
    }
}
