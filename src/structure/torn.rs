//! Paragraphs torn by markup inside a sentence, or by the end of a page.
//!
//! A sentence without end, then a fragment (`PM` / `2.5` / `年均浓度…`); a long
//! paragraph that breaks off and a line that goes on to its end.

use super::block::{Block, Role};
use super::{ordinal, unnumbered};

/// A paragraph that breaks off without a stop is at least so long.
const MIN_CUT_CHARS: usize = 60;
/// A fragment of a torn sentence is no longer.
const MAX_FRAGMENT_CHARS: usize = 8;

/// Joins torn paragraphs among the open blocks.
pub(super) fn join(blocks: &mut [Block]) {
    let mut last_open: Option<usize> = None;
    let mut is_torn = false;
    let mut crossed_page = false;
    for idx in 0..blocks.len() {
        if let Role::Dropped(reason) = blocks[idx].role {
            crossed_page |= reason.is_of_print();
            continue;
        }
        if !blocks[idx].is_open() {
            (last_open, is_torn, crossed_page) = (None, false, false);
            continue;
        }
        let joins = last_open
            .is_some_and(|before| continues(&blocks[before], &blocks[idx], is_torn, crossed_page));
        crossed_page = false;
        if let Some(before) = last_open.filter(|_| joins) {
            let text = std::mem::take(&mut blocks[idx].text);
            blocks[before].text.push_str(&text);
            is_torn = !ends_sentence(&blocks[before].text);
        } else {
            (last_open, is_torn) = (Some(idx), false);
        }
    }
}

/// Says whether `after` goes on with the sentence of `before`.
fn continues(before: &Block, after: &Block, is_torn: bool, crossed_page: bool) -> bool {
    let is_plain = |block: &Block| block.mark_level == 0 && !unnumbered::is_known_head(&block.text);
    let opens_anew = ordinal::scan(&after.text).is_some() || after.text.starts_with(['—', '《']);
    if !is_plain(before) || !is_plain(after) || opens_anew || ends_sentence(&before.text) {
        return false;
    }
    let n_before = before.text.chars().count();
    let has_clause = before.text.contains(['，', ',', '。', '、', '：']);
    let is_heading = ordinal::scan(&before.text).is_some() && !before.text.contains('。');
    let is_prose = n_before >= 20 && has_clause;
    let goes_on = after
        .text
        .starts_with(['，', '。', '；', '、', '：', '）', '”']);
    let is_unfinished = before.text.ends_with('，')
        || before
            .text
            .ends_with(['、', '的', '和', '与', '及', '“', '（'])
            && (ordinal::scan(&before.text).is_none() || is_prose);
    let n_after = after.text.chars().count();
    // A long paragraph without an end and a line that goes on to one.
    let has_sentence = n_before >= 20 && before.text.contains('。');
    let is_cut = (n_before >= MIN_CUT_CHARS && has_clause || has_sentence)
        && ordinal::scan(&before.text).is_none_or(|_| has_sentence)
        && before.text.ends_with(char::is_alphanumeric)
        && (ends_sentence(&after.text) && after.text.contains(['，', '。', ',', '、']));
    let is_fragment = n_after <= MAX_FRAGMENT_CHARS && !ends_sentence(&after.text);
    goes_on
        || is_unfinished
        || is_torn
        || is_cut
        || is_prose && (is_fragment || crossed_page && !is_heading)
}

/// Says whether the text ends as a paragraph does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with([
        '。', '！', '？', '：', ':', '；', ';', '”', '）', ')', '…', '|',
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;
    use plansearch_document::DropReason;

    fn check_torn(lines: &[&str], expect: &[&str]) {
        let mut blocks = opened(lines);
        join(&mut blocks);
        let texts: Vec<&str> = blocks
            .iter()
            .map(|b| b.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        assert_eq!(texts, expect);
    }

    #[test]
    fn torn_sentences_are_joined() {
        check_torn(
            &[
                "全省污染防治攻坚战取得显著的成效，空气PM",
                "2.5",
                "年均浓度降低。",
                "下一段。",
            ],
            &[
                "全省污染防治攻坚战取得显著的成效，空气PM2.5年均浓度降低。",
                "下一段。",
            ],
        );
        check_torn(
            &["今年发展的", "主要目标", "是：增长5%。"],
            &["今年发展的主要目标是：增长5%。"],
        );
        check_torn(
            &["一、总体要求", "坚持稳中求进。", "优化布局", "推进建设。"],
            &["一、总体要求", "坚持稳中求进。", "优化布局", "推进建设。"],
        );
    }

    #[test]
    fn a_paragraph_goes_on_behind_a_page_number_and_a_heading_does_not() {
        let check = |before: &str, after: &str, expect: &[&str]| {
            let mut blocks = vec![
                Block::open(before, 0),
                Block::with_role("— 3 —", 1, Role::Dropped(DropReason::PageNumber)),
                Block::open(after, 2),
            ];
            join(&mut blocks);
            let texts: Vec<&str> = blocks
                .iter()
                .filter(|block| block.is_open() && !block.text.is_empty())
                .map(|block| block.text.as_str())
                .collect();
            assert_eq!(texts, expect);
        };
        check(
            "发展海洋经济，建设现代化的港口群和航道网，推进",
            "联运枢纽建设。",
            &["发展海洋经济，建设现代化的港口群和航道网，推进联运枢纽建设。"],
        );
        let heading = "八、打好精准脱贫攻坚战，增强贫困群众获得感";
        let prose = "乡村振兴，摆脱贫困是前提。";
        check(heading, prose, &[heading, prose]);
    }
}
