//! Excerpts that a reposting page sets before the text.
//!
//! A paragraph before the title whose words come again inside a later paragraph
//! would be found twice, once without its section; it is dropped.

use super::block::{Block, Role, without_blanks};
use plansearch_document::DropReason;

/// Only so many lines at the head are looked at.
const MAX_HEAD_BLOCKS: usize = 8;
/// Shorter lines may repeat by chance.
const MIN_CHARS: usize = 24;

/// Drops excerpts among the first lines.
pub(super) fn mark(blocks: &mut [Block]) {
    let n_head = blocks.len().min(MAX_HEAD_BLOCKS);
    for idx in 0..n_head {
        let block = &blocks[idx];
        let is_prose = block.text.contains('。') && block.text.chars().count() >= MIN_CHARS;
        if !block.is_open() || !is_prose {
            continue;
        }
        let words = without_blanks(&block.text);
        let comes_again = blocks.iter().skip(idx + 1).any(|later| {
            later.text.len() > block.text.len() && without_blanks(&later.text).contains(&words)
        });
        if comes_again {
            blocks[idx].role = Role::Dropped(DropReason::Excerpt);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_that_comes_again_is_an_excerpt() {
        let excerpt = "加快清洁能源建设,深化示范建设,新增光伏装机60万千瓦以上。";
        let mut blocks = vec![
            Block::open(excerpt, 0),
            Block::open("某计划", 1),
            Block::open(&format!("推动减污降碳。{excerpt}"), 2),
        ];
        mark(&mut blocks);
        assert_eq!(blocks[0].role, Role::Dropped(DropReason::Excerpt));
        assert!(blocks[2].is_open());
    }
}
