//! The title at the head of a text, over however many lines it stands.
//!
//! A title is not ended while a 《 or （ is open, nor while 关于… waits for the form of
//! the document (…的通知). Its lines become one block, and so do lines further down
//! that say the same words once more. A title that hands no other text over speaks
//! for itself: what follows its addressee is the body, and no annex gives it a name.

use super::block::{Block, Front, Role};
use super::words::{self, List};
use super::{front, official, ordinal, sentence, title};

/// The title stands among so many lines.
const MAX_HEAD_BLOCKS: usize = 60;
/// More lines make no title.
const MAX_LINES: usize = 7;
/// A line of a title is not longer.
const MAX_LINE_CHARS: usize = 60;
/// The form of a document behind the last 的 is not longer: 的若干意见.
const MAX_FORM_CHARS: usize = 8;
/// So far below the head a title is said once more.
const MAX_REPEAT_BLOCKS: usize = 16;

/// Joins the lines of the title at the head; gives the block that holds it.
pub(super) fn join(blocks: &mut [Block]) -> Option<usize> {
    let at = begin(blocks)?;
    let n_lines = n_lines(blocks, at);
    merge(blocks, at, n_lines);
    let head = title::plain(&blocks[at].text);
    for idx in at + 1..blocks.len().min(at + MAX_REPEAT_BLOCKS) {
        if let Some(n_lines) = n_lines_saying(blocks, idx, &head) {
            merge(blocks, idx, n_lines);
            blocks[idx].role = Role::Front(Front::Title);
            break;
        }
    }
    Some(at)
}

/// The first line that could be one of a title, behind lines of other fixed forms.
fn begin(blocks: &[Block]) -> Option<usize> {
    let mut first = None;
    for (idx, block) in blocks.iter().enumerate().take(MAX_HEAD_BLOCKS) {
        if !block.is_open() || block.text.is_empty() {
            continue;
        }
        match front::kind(block) {
            Some(Front::Title) if is_title_from(blocks, idx) => return Some(idx),
            Some(Front::Title) => {
                first.get_or_insert(idx);
            }
            Some(_) => {}
            None => break,
        }
    }
    first
}

/// Says whether the lines from `idx` on come to the end of a title.
fn is_title_from(blocks: &[Block], idx: usize) -> bool {
    let lines = blocks.iter().skip(idx).take(n_lines(blocks, idx));
    let joined: String = lines.map(|block| block.text.as_str()).collect();
    front::is_whole_title(&joined)
}

/// How many lines the title at `at` has.
fn n_lines(blocks: &[Block], at: usize) -> usize {
    let mut joined = blocks[at].text.clone();
    let is_about = |text: &str| text.contains("关于");
    let is_done = |text: &str| {
        let ends = if is_about(text) {
            is_closed(text)
        } else {
            front::is_whole_title(text)
        };
        ends && !has_open_mark(text)
    };
    let mut n_best = 1;
    let mut n = 1;
    let mut is_ended = is_done(&joined);
    for next in blocks.iter().skip(at + 1).take(MAX_LINES - 1) {
        let continues = next.text.starts_with(['的', '和', '及', '与']);
        if is_ended && !continues || !could_continue(next, has_open_mark(&joined)) {
            break;
        }
        joined.push_str(&next.text);
        n += 1;
        if is_done(&joined) {
            (n_best, is_ended) = (n, true);
        }
    }
    n_best
}

/// Says whether the line could go on with a title.
fn could_continue(block: &Block, is_open: bool) -> bool {
    let text = block.text.as_str();
    let is_short = (1..=MAX_LINE_CHARS).contains(&text.chars().count());
    let may = match front::kind(block) {
        Some(Front::Title | Front::Organisation) => true,
        Some(Front::Other) => is_open,
        Some(_) => false,
        None => !text.ends_with(['：', ':']),
    };
    block.is_open()
        && may
        && is_short
        && block.mark_level == 0
        && ordinal::scan(text).is_none()
        && !sentence::marks(text).any(|(_, c)| matches!(c, '。' | '；' | '|'))
        && !super::unnumbered::is_known_head(text)
}

/// Says whether 《 or （ is still open at the end.
fn has_open_mark(text: &str) -> bool {
    let n = |c: char| text.matches(c).count();
    n('《') > n('》') || n('（') + n('(') > n('）') + n(')')
}

/// Says whether a title with 关于 has come to the form of the document: 的通知, 的若干
/// 意见, or 实施方案 without 的.
pub(super) fn is_closed(text: &str) -> bool {
    let core = front::title_core(text);
    let form = core.rsplit_once('的').map_or("", |(_, form)| form);
    let n_chars = form.chars().count();
    (1..=MAX_FORM_CHARS).contains(&n_chars) && words::ends(List::NoticeEnds, form)
}

/// Says whether a title hands no other text over, so that the text below it is its own.
pub(super) fn speaks_for_itself(text: &str) -> bool {
    let hands = ["印发", "转发", "批转"]
        .iter()
        .any(|word| text.contains(word));
    text.contains("关于") && is_closed(text) && !hands && title::handed_over(text).is_none()
}

/// Says whether the title at `at` is that of its text: it hands nothing over, and
/// the plan that it speaks of does not follow under its own title.
pub(super) fn is_own(blocks: &[Block], at: usize) -> bool {
    let text = blocks[at].text.as_str();
    if !speaks_for_itself(text) {
        return false;
    }
    let head = title::plain(text);
    let mut in_annex = false;
    let mut behind = blocks.iter().skip(at + 1).filter(|block| block.is_open());
    !behind.any(|block| {
        in_annex |= block.text.starts_with("附件");
        let name = title::plain(&block.text);
        !in_annex
            && name.chars().count() >= MIN_NAME_CHARS
            && name.len() < head.len()
            && head.contains(&name)
            && front::is_whole_title(&block.text)
    })
}

/// A shorter line is no title of a plan.
const MIN_NAME_CHARS: usize = 8;

/// How many lines from `idx` on say `plain` and nothing else.
fn n_lines_saying(blocks: &[Block], idx: usize, plain: &str) -> Option<usize> {
    let mut joined = String::new();
    for (n, block) in blocks.iter().skip(idx).take(MAX_LINES).enumerate() {
        if !block.is_open() || official::whole_date(&block.text).is_some() {
            return None;
        }
        joined.push_str(&title::plain(&block.text));
        if joined == plain {
            return Some(n + 1);
        }
        if !plain.starts_with(&joined) {
            return None;
        }
    }
    None
}

/// Puts the text of `n` lines into the first of them.
fn merge(blocks: &mut [Block], at: usize, n: usize) {
    for idx in at + 1..at + n {
        let text = std::mem::take(&mut blocks[idx].text);
        let block = &mut blocks[at].text;
        // A name of two bodies over two lines keeps them apart.
        if official::is_organisation(block) && !text.starts_with("关于") {
            block.push(' ');
        }
        block.push_str(&text);
    }
}

/// Where the body of a text begins whose title speaks for itself: behind title,
/// number, date and addressee.
pub(super) fn body_behind(blocks: &[Block], title: usize) -> usize {
    let mut end = title + 1;
    for (idx, block) in blocks.iter().enumerate().skip(title + 1) {
        if !block.is_open() || block.text.is_empty() {
            continue;
        }
        let kind = front::kind(block);
        let hands = official::is_cover_notice(&block.text)
            && ["印发", "转发", "下达"]
                .iter()
                .any(|word| block.text.contains(word));
        let names_readers = idx == end && front::names_readers(&block.text);
        let is_form = match kind {
            Some(Front::Title) => title::plain(&block.text) == title::plain(&blocks[title].text),
            Some(Front::Other) => hands || !official::is_cover_notice(&block.text),
            Some(_) => true,
            None => names_readers,
        };
        if !is_form {
            break;
        }
        end = idx + 1;
        if names_readers || official::is_addressees(&block.text) && !hands {
            let next = blocks.get(end).map_or("", |block| block.text.as_str());
            let is_cover = official::is_cover_notice(next)
                && ["印发", "转发", "下达"]
                    .iter()
                    .any(|word| next.contains(word));
            return end + usize::from(is_cover);
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &str) {
        let mut blocks = opened(lines);
        let at = join(&mut blocks).unwrap();
        assert_eq!(blocks[at].text, expect);
    }

    #[test]
    fn a_title_ends_with_its_form() {
        check(
            &[
                "某市人民政府关于推进",
                "码头使用制度",
                "更新制度的实施意见",
                "某政〔2023〕1号",
            ],
            "某市人民政府关于推进码头使用制度更新制度的实施意见",
        );
        check(
            &[
                "国务院关于调整实施《中华人民共和国港口法",
                "实施条例》有关规定的决定",
                "各省：",
            ],
            "国务院关于调整实施《中华人民共和国港口法实施条例》有关规定的决定",
        );
        check(
            &["某市港口规划", "前言", "为加快发展，编制本规划。"],
            "某市港口规划",
        );
        check(
            &["某县关于做好工作", "的通知", "各镇："],
            "某县关于做好工作的通知",
        );
    }

    #[test]
    fn a_title_said_once_more_is_one_line() {
        let mut blocks = opened(&[
            "某市规划编制条例",
            "2022年5月25日通过",
            "某市规划",
            "编制条例",
        ]);
        join(&mut blocks);
        assert_eq!(blocks[2].text, "某市规划编制条例");
    }

    #[test]
    fn a_notice_that_hands_over_does_not_speak_for_itself() {
        for text in ["某市关于同意组建委员会的批复", "某厅关于调整成员的通知"]
        {
            assert!(speaks_for_itself(text), "{text}");
        }
        for text in [
            "关于印发某办法的通知",
            "关于公布《某目录》的通知",
            "某市规划",
        ] {
            assert!(!speaks_for_itself(text), "{text}");
        }
    }
}
