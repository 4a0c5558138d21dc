//! The table of facts that a printed page has below the text: 索引号, 标题, 发布日期 …,
//! its cells beside and below each other.
//!
//! Such lines are told by their company: from the first label on nothing but short
//! lines follow, and several labels are among them. They are facts, not text of what
//! stands above them.

use super::block::{Block, Front, Role};
use super::labels::{self, Meaning};

/// The table is not longer.
const MAX_LINES: usize = 24;
const MAX_LINE_CHARS: usize = 80;
/// Fewer labels are lines of the text.
const MIN_LABELS: usize = 3;

/// Marks the lines of such a table.
pub(super) fn mark(blocks: &mut [Block]) {
    let open: Vec<usize> = (0..blocks.len())
        .filter(|idx| !matches!(blocks[*idx].role, Role::Dropped(_)))
        .collect();
    // What a page has above its text is no end.
    let n_near = MAX_LINES.min(open.len() / 2);
    let near = open.get(open.len() - n_near..).unwrap_or_default();
    let Some(begin) = near.iter().position(|at| begins(&blocks[*at])) else {
        return;
    };
    let tail = near.get(begin..).unwrap_or_default();
    let may_belong = |at: &usize| {
        let block = &blocks[*at];
        let is_short = block.text.chars().count() <= MAX_LINE_CHARS;
        block.is_open() && is_short && !block.text.contains('。')
    };
    if !tail.iter().all(may_belong) || n_labels(blocks, tail) < MIN_LABELS {
        return;
    }
    for (nth, at) in tail.iter().enumerate() {
        let text = blocks[*at].text.clone();
        let is_rest = nth > 0 && !text.contains(['：', ':']);
        if is_rest && let Some(above) = tail.get(nth - 1) {
            blocks[*above].text.push_str(&text);
            blocks[*at].text.clear();
        }
        blocks[*at].role = Role::Front(Front::Label);
    }
}

/// 索引号： and its like, which no text has.
fn begins(block: &Block) -> bool {
    let is_fact = |meaning| matches!(meaning, Meaning::IndexNumber | Meaning::DocNumber);
    block.is_open() && labels::first(&block.text).is_some_and(|label| is_fact(label.meaning))
}

fn n_labels(blocks: &[Block], tail: &[usize]) -> usize {
    let labels = tail.iter().flat_map(|at| labels::inside(&blocks[*at].text));
    let mut names: Vec<&str> = labels.map(|label| label.name).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], n_expect: usize) {
        let mut blocks = opened(lines);
        mark(&mut blocks);
        let facts = blocks
            .iter()
            .filter(|block| block.role == Role::Front(Front::Label));
        assert_eq!(facts.count(), n_expect, "{lines:?}");
    }

    #[test]
    fn a_table_of_facts_below_the_text_is_none_of_it() {
        let text = [
            "某市港口规划",
            "一、目标",
            "建成泊位。",
            "二、任务",
            "更新码头。",
            "附件：名单",
        ];
        let table = [
            "索引号： A/2026-1 主题分类： 交通",
            "发文机 某市人民政府 成文日期： 2026年3月29日",
            "关：",
            "标题： 某市人民政府关于印发港",
            "口规划的通知",
            "发文字 某政发〔2026〕8号 发布日期： 2026年4月2日",
        ];
        check(&[text.as_slice(), &table].concat(), 6);
        check(
            &[text.as_slice(), &["索引号：A/2026-1", "名单如下"]].concat(),
            0,
        );
        check(&[text.as_slice(), &table, &["港口建设完成。"]].concat(), 0);
    }
}
