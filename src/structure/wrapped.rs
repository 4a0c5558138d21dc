//! Paragraphs that were broken into lines of one width, and paragraphs torn by
//! markup inside a sentence.
//!
//! The first is a property of the whole source: most lines are equally wide and
//! few of them end a sentence. The second is local: a sentence without end, then
//! a fragment (`PM` / `2.5` / `年均浓度…`).

use super::block::{Block, Role};
use super::{ordinal, unnumbered};
use crate::text::fold::is_blank;

/// Widths count 2 for a Chinese character and 1 for a Latin one.
const MIN_WIDTH: usize = 40;
const MAX_WIDTH: usize = 130;
/// Lines within so much of the full width are full.
const TOLERANCE: usize = 7;
/// Fewer lines say nothing about a width.
const MIN_LINES: usize = 12;
/// A paragraph that breaks off without a stop is at least so long.
const MIN_CUT_CHARS: usize = 60;
/// A fragment of a torn sentence is no longer.
const MAX_FRAGMENT_CHARS: usize = 8;

/// Joins the lines of a source that is broken at one width; gives each line with
/// the number of its first source line.
pub(super) fn unwrap_lines(lines: &[String]) -> Vec<(usize, String)> {
    let numbered = || {
        lines
            .iter()
            .enumerate()
            .map(|(line, text)| (line, text.clone()))
    };
    let Some(full) = full_width(lines) else {
        return numbered().collect();
    };
    let n_indented = lines.iter().filter(|line| is_indented(line)).count();
    let n_blank = lines.iter().filter(|line| line.trim().is_empty()).count();
    let uses_indents = n_indented * 12 >= lines.len();
    // Where an indent or an empty line opens each paragraph, a full line that ends
    // a sentence does not end its paragraph.
    let marks_paragraphs = uses_indents || n_blank * 12 >= lines.len();
    let mut joined: Vec<(usize, String)> = Vec::new();
    let mut last_width = 0;
    for (line, text) in numbered() {
        let goes_on = joined.last().is_some_and(|(_, before)| {
            let is_open_ended = marks_paragraphs || !ends_sentence(before);
            last_width + TOLERANCE >= full
                && is_open_ended
                && !is_indented(&text)
                && !text.trim().is_empty()
                && !text.contains('|')
                && !text.starts_with('#')
                && !opens_anew(&text, uses_indents)
        });
        last_width = width(&text);
        match joined.last_mut() {
            Some((_, before)) if goes_on => before.push_str(text.trim_start_matches(is_blank)),
            _ => joined.push((line, text)),
        }
    }
    joined
}

/// Says whether a number opens the line. Where paragraphs are indented, small
/// numbers at the margin stand inside a sentence.
fn opens_anew(text: &str, uses_indents: bool) -> bool {
    ordinal::scan(text.trim())
        .is_some_and(|number| !uses_indents || number.style <= ordinal::Style::ChineseParen)
}

/// The width at which most lines are broken, if there is one.
fn full_width(lines: &[String]) -> Option<usize> {
    let mut widths: Vec<usize> = lines
        .iter()
        .map(|line| width(line))
        .filter(|width| *width > 0)
        .collect();
    widths.sort_unstable();
    let full = *widths.get(widths.len() * 9 / 10)?;
    let is_full = |width: usize| width + TOLERANCE >= full && width <= full + TOLERANCE;
    let n_full = widths.iter().filter(|width| is_full(**width)).count();
    let n_ended = lines
        .iter()
        .filter(|line| is_full(width(line)) && ends_sentence(line))
        .count();
    let is_wrapped = widths.len() >= MIN_LINES
        && (MIN_WIDTH..=MAX_WIDTH).contains(&full)
        && n_full * 9 >= widths.len() * 4
        && n_ended * 3 <= n_full;
    is_wrapped.then_some(full)
}

fn width(line: &str) -> usize {
    line.trim_end()
        .chars()
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum()
}

fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\u{3000}') || line.starts_with('\t')
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with([
        '。', '！', '？', '：', ':', '；', ';', '”', '）', ')', '…', '|',
    ])
}

/// Joins torn paragraphs among the open blocks.
pub(super) fn join_torn(blocks: &mut [Block]) {
    let mut last_open: Option<usize> = None;
    let mut is_torn = false;
    let mut crossed_page = false;
    for idx in 0..blocks.len() {
        if let Role::Dropped(reason) = blocks[idx].role {
            crossed_page |= super::furniture::is_page_reason(reason);
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
    let is_prose = n_before >= 20 && has_clause;
    let goes_on = after
        .text
        .starts_with(['，', '。', '；', '、', '：', '）', '”']);
    let is_unfinished = before
        .text
        .ends_with(['，', '、', '的', '和', '与', '及', '“', '（'])
        && (ordinal::scan(&before.text).is_none() || is_prose);
    let n_after = after.text.chars().count();
    // A long paragraph without an end and a line that goes on to one.
    let has_sentence = n_before >= 20 && before.text.contains('。');
    let is_cut = (n_before >= MIN_CUT_CHARS && has_clause || has_sentence)
        && ordinal::scan(&before.text).is_none_or(|_| has_sentence)
        && before.text.ends_with(char::is_alphanumeric)
        && (ends_sentence(&after.text) && after.text.contains(['，', '。', ',', '、']));
    let is_fragment = n_after <= MAX_FRAGMENT_CHARS && !ends_sentence(&after.text);
    goes_on || is_unfinished || is_torn || is_cut || is_prose && (is_fragment || crossed_page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_torn(lines: &[&str], expect: &[&str]) {
        let mut blocks: Vec<Block> = lines
            .iter()
            .enumerate()
            .map(|(line, text)| Block::open(text, line))
            .collect();
        join_torn(&mut blocks);
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
    fn lines_of_one_width_are_joined() {
        let paragraph = "发展氢能产业建设海河联运枢纽推进现代产业体系";
        let mut lines = Vec::new();
        for _ in 0..10 {
            lines.push(format!("　　{paragraph}"));
            lines.push(format!("{paragraph}一体"));
            lines.push("结束。".to_owned());
        }
        let joined = unwrap_lines(&lines);
        assert_eq!(joined.len(), 10);
        assert_eq!(joined[1].0, 3);
        assert_eq!(joined[0].1, format!("　　{paragraph}{paragraph}一体结束。"));
        let short: Vec<String> = vec!["甲。".to_owned(), "乙".to_owned()];
        assert_eq!(unwrap_lines(&short).len(), 2);
    }
}
