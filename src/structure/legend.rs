//! The legend of a reader's marks at the end of a text.
//!
//! 【高亮说明】 and a line for each colour below it tell how somebody has marked a
//! copy; the document has no such text. Only short lines that name the marks count,
//! from their head to the end of the file.

use super::block::{Block, Role, without_blanks};
use plansearch_document::DropReason;

/// Lines of a legend are not longer.
const MAX_CHARS: usize = 30;

/// Marks the legend, if there is one.
pub(super) fn mark(blocks: &mut [Block]) {
    let mut begin = None;
    for (idx, block) in blocks.iter().enumerate().rev() {
        if !block.is_open() {
            continue;
        }
        let text = without_blanks(&block.text);
        if text.chars().count() > MAX_CHARS || !names_marks(&text) {
            break;
        }
        if is_head(&text) {
            begin = Some(idx);
        }
    }
    let open = begin.map(|begin| {
        blocks
            .iter_mut()
            .skip(begin)
            .filter(|block| block.is_open())
    });
    for block in open.into_iter().flatten() {
        block.role = Role::Dropped(DropReason::Legend);
    }
}

fn names_marks(text: &str) -> bool {
    ["高亮", "底色标注", "颜色标注"]
        .iter()
        .any(|mark| text.contains(mark))
        && !text.contains(['。', '；', '，'])
}

/// 【高亮说明】, 高亮图例：
fn is_head(text: &str) -> bool {
    let words = text.trim_matches(['【', '】', '[', ']', '：', ':']);
    words.ends_with("说明") || words.ends_with("图例")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], n_open: usize) {
        let mut blocks: Vec<Block> = lines.iter().map(|text| Block::open(text, 0)).collect();
        mark(&mut blocks);
        assert_eq!(
            blocks.iter().filter(|block| block.is_open()).count(),
            n_open
        );
    }

    #[test]
    fn a_legend_goes_and_prose_about_marks_stays() {
        check(
            &["文。", "【高亮说明】", "绿色高亮 (评分95/100)", "红色高亮"],
            1,
        );
        check(&["文。", "绿色高亮", "红色高亮"], 3);
        check(&["【高亮说明】", "绿色高亮", "二、任务"], 3);
    }
}
