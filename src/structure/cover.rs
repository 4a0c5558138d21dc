//! A letter with numbers of its own before the plan that it hands over.
//!
//! `关于印发《某规划》的通知` may have sections 一、 二、 of its own before the plan
//! follows under its title. The letter is front matter then, and the outline is
//! that of the plan. Letters without numbers need no such care: the front matter
//! reaches to the first number anyway ([`super::front`]).

use super::block::{Block, Front, Role};
use super::title::{self, handed_over};
use super::{front, official, ordinal};

/// The names that a letter hands over are looked for among so many lines.
const MAX_LETTER_HEAD: usize = 16;
/// Between the end of a letter and the plan stand no more lines, left out ones
/// included.
const MAX_LETTER_GAP: usize = 40;
/// A title is not broken into more lines.
const MAX_TITLE_LINES: usize = 3;

/// Makes the letter front matter; gives the place where the plan begins, 0 when
/// there is no such letter.
pub(super) fn mark(blocks: &mut [Block]) -> usize {
    let Some(first_number) = front::body_begin(blocks) else {
        return 0;
    };
    if hands_over_several(blocks) {
        return 0;
    }
    let names = handed_names(blocks, first_number);
    if names.is_empty() {
        return 0;
    }
    let begin = (first_number + 1..blocks.len()).find(|idx| {
        begins_behind_letter(blocks, *idx) && names.iter().any(|name| stands_at(blocks, *idx, name))
    });
    let Some(begin) = begin else {
        return 0;
    };
    for block in blocks
        .iter_mut()
        .take(begin)
        .filter(|block| block.is_open())
    {
        if is_marker(&block.text) {
            block.role = Role::Attachment;
        } else if !block.text.starts_with("附件") {
            let kind = front::kind(block).filter(|_| ordinal::scan(&block.text).is_none());
            block.role = Role::Front(kind.unwrap_or(Front::Other));
        }
    }
    begin
}

/// What the title of the letter, or its first lines, say they hand over.
fn handed_names(blocks: &[Block], first_number: usize) -> Vec<String> {
    let n_head = first_number.min(MAX_LETTER_HEAD);
    let mut names = Vec::new();
    for idx in 0..n_head {
        let mut joined = String::new();
        for block in blocks.iter().take(n_head).skip(idx).take(MAX_TITLE_LINES) {
            joined.push_str(&block.text);
            names.extend(handed_over(&joined));
        }
    }
    names
}

/// Says whether the title at the head names more than one text: none of them is
/// the document then.
pub(super) fn hands_over_several(blocks: &[Block]) -> bool {
    let n_head = blocks.len().min(MAX_LETTER_HEAD);
    (0..n_head).any(|idx| {
        let mut joined = String::new();
        let lines = blocks.iter().take(n_head).skip(idx).take(MAX_TITLE_LINES);
        lines.into_iter().any(|block| {
            joined.push_str(&block.text);
            title::names_several(&joined)
        })
    })
}

/// Says whether the lines from `idx` on are this name.
fn stands_at(blocks: &[Block], idx: usize, name: &str) -> bool {
    let mut joined = String::new();
    blocks
        .iter()
        .skip(idx)
        .take(MAX_TITLE_LINES)
        .take_while(|block| block.is_open())
        .any(|block| {
            joined.push_str(&block.text);
            title::is_near(&joined, name)
        })
}

/// Says whether a letter ends above `idx`: with its date, or with 附件 on a line.
fn begins_behind_letter(blocks: &[Block], idx: usize) -> bool {
    let above = blocks
        .iter()
        .take(idx)
        .rev()
        .take(MAX_LETTER_GAP)
        .filter(|block| !matches!(block.role, Role::Dropped(_)))
        .take(3);
    above
        .take_while(|block| ordinal::scan(&block.text).is_none())
        .any(|block| {
            is_marker(&block.text)
                || official::whole_date(&block.text).is_some()
                || official::is_imprint(&block.text)
        })
}

/// 附件, 附件1 and nothing else.
fn is_marker(text: &str) -> bool {
    let squeezed = super::block::without_blanks(text);
    squeezed
        .strip_prefix("附件")
        .is_some_and(|rest| rest.trim_end_matches(['：', ':']).chars().count() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect_begin: usize) {
        let mut blocks = opened(lines);
        assert_eq!(mark(&mut blocks), expect_begin, "{lines:?}");
    }

    #[test]
    fn the_plan_begins_behind_the_letter() {
        check(
            &[
                "某市关于印发《某市储能规划》的通知",
                "各县：",
                "一、高度重视。各地要落实。",
                "二、及时报送。",
                "某市人民政府",
                "2024年4月30日",
                "附件",
                "某市储能规划",
                "第一章 总则",
            ],
            7,
        );
    }

    #[test]
    fn a_plan_that_is_itself_the_notice_has_no_letter() {
        check(
            &[
                "某市关于印发《某市储能规划》的通知",
                "各县：",
                "一、落实《某市储能规划》",
                "二、报送",
                "2024年4月30日",
                "附件",
                "任务分工",
            ],
            0,
        );
    }
}
