//! Files that hold several plans one after the other.
//!
//! A new document begins at a title line when the one before has ended (its
//! date, signature or imprint stands in between, or the new one opens with its
//! own number and addressees) and when numbering starts again behind the title.
//! An attachment of the document before is no document of its own. In doubt the
//! file stays one document.

use super::block::{Block, Role, without_blanks};
use super::doc_type;
use super::front;
use super::official;
use super::ordinal::{self, Style};
use plansearch_document::DocType;
use std::collections::HashSet;

/// So many lines around a title are looked at.
const NEAR_BLOCKS: usize = 10;
/// Numbering must start again within so many lines.
const MAX_FRONT_BLOCKS: usize = 60;

/// Cuts the blocks of a file into those of its documents.
pub(super) fn split(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let cuts: HashSet<usize> = cuts(&blocks).into_iter().collect();
    let mut documents: Vec<Vec<Block>> = vec![Vec::new()];
    for (idx, block) in blocks.into_iter().enumerate() {
        if cuts.contains(&idx) {
            documents.push(Vec::new());
        }
        if let Some(document) = documents.last_mut() {
            document.push(block);
        }
    }
    documents
}

fn cuts(blocks: &[Block]) -> Vec<usize> {
    let tops: Vec<Option<(Style, u32)>> = blocks.iter().map(top_number).collect();
    let mut cuts = Vec::new();
    let (mut begin, mut has_body) = (0, false);
    for idx in 0..blocks.len() {
        has_body |= tops[idx].is_some_and(|(_, value)| value >= 2);
        if !has_body || !is_title(&blocks[idx]) {
            continue;
        }
        let before = blocks.get(begin..idx).unwrap_or_default();
        let behind = blocks.get(idx + 1..).unwrap_or_default();
        let is_comment = blocks[idx].text.ends_with("说明") || blocks[idx].text.ends_with("解读");
        let is_new =
            (is_comment || has_ended(before, behind) || is_plan_of_its_own(before, blocks, idx))
                && starts_again(tops.get(idx + 1..).unwrap_or_default())
                && !names_it(before, &blocks[idx].text);
        if is_new {
            (begin, has_body) = (head_begin(blocks, begin, idx), false);
            cuts.push(begin);
        }
    }
    cuts
}

/// Where the head of a document begins whose title stands at `title`: its red
/// head, number, bodies and the lines of the title above belong to it.
fn head_begin(blocks: &[Block], begin: usize, title: usize) -> usize {
    let mut first = title;
    for idx in (begin + 1..title).rev().take(NEAR_BLOCKS) {
        let text = blocks[idx].text.as_str();
        let continues = blocks[first].text.starts_with("关于")
            || idx + 1 == title && !blocks[title].text.contains("关于");
        let is_head = official::red_head(text).is_some()
            || official::is_doc_number(text)
            || continues && official::is_organisation(text)
            || idx + 1 == title && text.contains("关于") && front::is_title_line(text);
        if !blocks[idx].is_open() || !is_head {
            break;
        }
        first = idx;
    }
    first
}

fn is_title(block: &Block) -> bool {
    block.is_open()
        && block.text.chars().count() <= 60
        && front::is_title_line(&block.text)
        && front::is_whole_title(&block.text)
}

/// Says whether a plan begins at `idx` below another plan: both have a title of
/// their own kind, no notice issues them together, and the new one opens with its
/// first number.
fn is_plan_of_its_own(before: &[Block], blocks: &[Block], idx: usize) -> bool {
    let is_text = |block: &&Block| block.is_open() && !block.text.is_empty();
    let Some(first) = before.iter().find(is_text) else {
        return false;
    };
    let title = &blocks[idx].text;
    let kind = doc_type::of_title(title);
    let first_kind = doc_type::of_title(&first.text);
    let are_plans = PLANS.contains(&kind) && PLANS.contains(&first_kind);
    // Of another kind it is a plan of its own where it names its place in full.
    let n_alike = if first_kind == kind { 2 } else { 3 };
    let opens_alike = first
        .text
        .chars()
        .take(n_alike)
        .eq(title.chars().take(n_alike));
    let is_above_number = blocks
        .iter()
        .skip(idx + 1)
        .find(is_text)
        .is_some_and(|next| top_number(next).is_some_and(|(_, value)| value == 1));
    let has_annex = before.iter().any(|block| block.text.starts_with("附件"));
    let above = before.iter().rev().find(is_text);
    let is_ended = above.is_some_and(|block| block.text.ends_with('。'));
    is_title(first) && are_plans && opens_alike && is_above_number && is_ended && !has_annex
}

/// Plans that files hold one after the other.
const PLANS: [DocType; 5] = [
    DocType::Outline,
    DocType::SpecialPlan,
    DocType::ActionPlan,
    DocType::AnnualPlan,
    DocType::Scheme,
];

/// A number of the styles that divide a whole document.
fn top_number(block: &Block) -> Option<(Style, u32)> {
    let ordinal = ordinal::scan(&block.text).filter(|_| block.is_open())?;
    let is_top = ordinal.style <= Style::Chinese && !ordinal.is_bare;
    is_top.then_some((ordinal.style, ordinal.value))
}

/// Says whether the document before has ended above a title.
fn has_ended(before: &[Block], behind: &[Block]) -> bool {
    let above = before
        .iter()
        .rev()
        .filter(|block| block.is_open())
        .take(NEAR_BLOCKS);
    let mut has_close = false;
    for block in above {
        if block.text.starts_with("附件") || block.text.starts_with("附录") {
            return false;
        }
        if ordinal::scan(&block.text).is_some() {
            break;
        }
        has_close |=
            official::whole_date(&block.text).is_some() || official::is_imprint(&block.text);
        if has_close {
            break;
        }
    }
    let is_opened = behind
        .iter()
        .filter(|block| block.is_open())
        .take(3)
        .any(|block| {
            official::is_doc_number(&block.text)
                || official::is_addressees(&block.text) && !block.text.starts_with("各位")
        });
    has_close || is_opened
}

/// Says whether the document before hands this title over or lists it as 附件.
fn names_it(before: &[Block], title: &str) -> bool {
    let plain = |text: &str| without_blanks(text).replace(['《', '》'], "");
    let title = plain(title);
    let is_listed =
        |block: &Block| block.text.starts_with("附件") && plain(&block.text).contains(&title);
    let is_handed = |block: &Block| {
        (official::is_cover_notice(&block.text) || front::is_title_line(&block.text))
            && plain(&block.text).contains(&title)
    };
    before
        .iter()
        .any(|block| matches!(block.role, Role::Open) && (is_listed(block) || is_handed(block)))
}

/// Says whether the next number of the leading styles is a first one.
fn starts_again(tops: &[Option<(Style, u32)>]) -> bool {
    tops.iter()
        .take(MAX_FRONT_BLOCKS)
        .flatten()
        .next()
        .is_some_and(|(_, value)| *value == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect_sizes: &[usize]) {
        let blocks = opened(lines);
        let sizes: Vec<usize> = split(blocks).iter().map(Vec::len).collect();
        assert_eq!(sizes, expect_sizes, "{lines:?}");
    }

    #[test]
    fn a_title_behind_a_date_with_new_numbering_begins_a_document() {
        check(
            &[
                "某市氢能规划",
                "一、总则",
                "文。",
                "二、任务",
                "文。",
                "2021年1月1日",
                "某市港口规划",
                "一、总则",
                "文。",
                "二、任务",
            ],
            &[6, 4],
        );
    }

    #[test]
    fn attachments_and_plans_behind_a_cover_letter_stay() {
        check(
            &[
                "某市氢能规划",
                "一、总则",
                "二、任务",
                "2021年1月1日",
                "附件",
                "任务分工方案",
                "一、总则",
                "二、任务",
            ],
            &[8],
        );
        check(
            &[
                "关于印发某市港口规划的通知",
                "一、要求",
                "二、措施",
                "2021年1月1日",
                "某市港口规划",
                "一、总则",
                "二、任务",
            ],
            &[7],
        );
        check(
            &["某市规划", "一、总则", "二、任务", "三、推进港口规划"],
            &[4],
        );
    }
}
