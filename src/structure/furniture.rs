//! What a web page, a printer or a copyist put around the document.
//!
//! Answers whether a line is furniture and why it is left out. Only forms that
//! cannot be text of a plan count; a line in doubt stays.

use super::block::{Block, Role, without_blanks};
use super::words::{self, List};
use super::{labels, pages, web_edges};
use plansearch_document::DropReason;
use plansearch_text::fold::is_blank;

/// Marks the furniture among `blocks`.
pub(super) fn mark(blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut().filter(|block| block.is_open()) {
        if let Some(reason) = reason(&block.text) {
            block.role = Role::Dropped(reason);
        }
    }
    web_edges::mark(blocks);
    pages::mark(blocks);
    let is_row = rows_with_empty_cells(blocks);
    *blocks = std::mem::take(blocks)
        .into_iter()
        .zip(is_row)
        .flat_map(|(block, is_row)| {
            if is_row {
                vec![block]
            } else {
                without_pipe_run(block)
            }
        })
        .collect();
}

/// Says why the line is furniture.
pub(super) fn reason(text: &str) -> Option<DropReason> {
    let is_line = |c| {
        let is_drawn = matches!(
            c,
            '|' | '+' | '-' | '=' | '_' | '*' | '—' | '\u{2500}'..='\u{257f}'
        );
        is_drawn || is_blank(c)
    };
    if text.chars().all(is_line) {
        return Some(DropReason::EmptyTable);
    }
    if text.len() > MAX_FURNITURE_BYTES {
        return None;
    }
    let squeezed = without_blanks(text);
    let n_chars = squeezed.chars().count();
    if pages::is_page_number(&squeezed) {
        return Some(DropReason::PageNumber);
    }
    let names_attachment = ["附件：", "附件:"]
        .iter()
        .any(|word| squeezed.starts_with(word));
    let ends_in_latin = squeezed.ends_with(|c: char| c.is_ascii_alphabetic());
    if n_chars < 120 && ends_in_latin && !names_attachment && is_file_name(&squeezed) {
        return Some(DropReason::FileName);
    }
    let is_button = n_chars <= 24 && is_made_of_buttons(&squeezed);
    let is_counter = n_chars <= 24 && words::starts(List::WebCounters, &squeezed);
    let unbracketed = squeezed.trim_start_matches(['(', '（', '[', '【']);
    let is_record = n_chars <= 80
        && ["ICP备", "公网安备"]
            .iter()
            .any(|word| squeezed.contains(word));
    let is_web_line = n_chars <= 80
        && [List::WebLines, List::WebTail]
            .iter()
            .any(|list| words::starts(*list, unbracketed));
    let is_pointer = n_chars <= 14
        && (squeezed.contains("原文") || squeezed.contains("全文"))
        && squeezed
            .trim_end_matches(['：', ':', '。'])
            .ends_with("如下");
    let is_site_head = matches!(
        squeezed.as_str(),
        "政策全文" | "正文" | "全文" | "文件正文" | "首页" | "（完）" | "(完)" | "【完】"
    );
    let is_trail =
        n_chars <= 80 && squeezed.starts_with("首页") && squeezed.contains(['>', '»', '›', '|']);
    let is_address = ["http://", "https://"]
        .iter()
        .any(|scheme| squeezed.starts_with(scheme))
        && squeezed.is_ascii();
    let is_web = is_address
        || is_trail
        || is_button
        || is_counter
        || is_web_line
        || is_record
        || is_pointer
        || is_site_head
        || is_empty_label(text);
    is_web.then_some(DropReason::Furniture)
}

/// Longer lines are text, or lines of a table.
const MAX_FURNITURE_BYTES: usize = 800;

fn is_file_name(squeezed: &str) -> bool {
    let lower = squeezed.to_lowercase();
    FILE_ENDS.iter().any(|end| lower.ends_with(end))
}

/// How names of files end.
pub(super) const FILE_ENDS: [&str; 11] = [
    ".docx", ".doc", ".pdf", ".wps", ".xls", ".xlsx", ".zip", ".rar", ".ofd", ".ceb", ".jpg",
];

/// 【字号 大 中 小】, 打印, 关闭, 分享到: any row of such words.
fn is_made_of_buttons(squeezed: &str) -> bool {
    let mut rest = squeezed;
    let mut n_buttons = 0;
    while !rest.is_empty() {
        let longest = words::list(List::WebButtons)
            .iter()
            .filter_map(|button| rest.strip_prefix(button))
            .min_by_key(|behind| behind.len());
        let Some(next) = longest else {
            let mut chars = rest.chars();
            if chars.next().is_none_or(char::is_alphanumeric) {
                return false;
            }
            rest = chars.as_str();
            continue;
        };
        n_buttons += 1;
        rest = next;
    }
    n_buttons > 0 || matches!(squeezed, "】" | "【" | "]" | "[")
}

/// 作者: 信息来源: — labels with nothing behind them.
fn is_empty_label(text: &str) -> bool {
    let squeezed = without_blanks(text).replace('|', "");
    let is_bracketed = squeezed.starts_with(['[', '【']) && squeezed.ends_with([']', '】']);
    if is_bracketed && labels::known(&squeezed).is_some() {
        return true;
    }
    let names = squeezed.split(['：', ':']);
    let n_labels = squeezed.matches(['：', ':']).count();
    n_labels > 0
        && squeezed.ends_with(['：', ':'])
        && names
            .filter(|name| !name.is_empty())
            .all(|name| labels::known(name).is_some())
}

/// For each block, whether it is a row with one filled cell: `一、教育 | | |` beside
/// a row of as many cells.
fn rows_with_empty_cells(blocks: &[Block]) -> Vec<bool> {
    let n_pipes = |block: &Block| {
        let is_table = block.is_open() || block.role == Role::Dropped(DropReason::EmptyTable);
        let text = block.text.trim_end_matches(['|', ' ', '\u{3000}']);
        let behind = super::block::tail(&block.text, text.len());
        (
            is_table,
            block.text.matches('|').count(),
            behind.matches('|').count(),
        )
    };
    let pipes: Vec<(bool, usize, usize)> = blocks.iter().map(n_pipes).collect();
    let is_empty = |idx: &usize| blocks[*idx].role == Role::Dropped(DropReason::EmptyTable);
    let mut is_row: Vec<bool> = pipes
        .iter()
        .map(|(is_table, n, behind)| *is_table && *n >= 2 && n > behind)
        .collect();
    let is_filled = is_row.clone();
    // From row to row: the last rows of a form have one filled cell each.
    let forth: Vec<usize> = (0..blocks.len()).filter(|idx| !is_empty(idx)).collect();
    let back: Vec<usize> = forth.iter().rev().copied().collect();
    for order in [forth, back] {
        for pair in order.windows(2) {
            let (beside, idx) = (pair[0], pair[1]);
            let (is_table, n, behind) = pipes[idx];
            let is_run = is_table && n >= 2 && n == behind && blocks[idx].is_open();
            is_row[idx] |= is_run && is_row[beside] && pipes[beside].1.abs_diff(n) <= 1;
        }
    }
    is_row
        .into_iter()
        .zip(is_filled)
        .map(|(is_row, is_filled)| is_row && !is_filled)
        .collect()
}

/// Cuts a run of pipes off a line that is no table row.
fn without_pipe_run(block: Block) -> Vec<Block> {
    let words = block.text.trim_end_matches(['|', ' ', '\u{3000}']);
    let is_row = words.contains('|') || words.is_empty();
    let is_ordinal_cell = words.chars().all(|c| c.is_ascii_digit());
    if !block.is_open()
        || block.cells.is_some()
        || is_row
        || is_ordinal_cell
        || !block.text.ends_with('|')
    {
        return vec![block];
    }
    let n_kept = words.len();
    let pipes = super::block::tail(&block.text, n_kept).to_owned();
    let kept = Block {
        text: words.to_owned(),
        ..block
    };
    let run = Block::with_role(&pipes, kept.line, Role::Dropped(DropReason::EmptyTable));
    vec![kept, run]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect_open: &[&str]) {
        let mut blocks = opened(lines);
        mark(&mut blocks);
        let open: Vec<&str> = blocks
            .iter()
            .filter(|b| b.is_open())
            .map(|b| b.text.as_str())
            .collect();
        assert_eq!(open, expect_open);
    }

    #[test]
    fn web_furniture_goes() {
        check(
            &[
                "下载",
                "打印",
                "【字号：",
                "加大",
                "】",
                "【字体：大 中 小】",
                "浏览次数:",
                "作者: 信息来源: |",
                "||||",
                "|",
                "原标题:扩大出口",
                "文件原文如下:",
                "某〔2021〕4号关于印发规划的通知(1).docx",
            ],
            &[],
        );
    }

    #[test]
    fn text_stays() {
        let lines = [
            "大力发展氢能",
            "20 |",
            "各位代表：",
            "来源：新华日报",
            "推进下载",
            "2.5",
            "12",
        ];
        check(&lines, &lines);
    }

    #[test]
    fn a_row_with_one_cell_keeps_its_pipes() {
        let lines = [
            "序号 | 项目名称 | 牵头单位 |",
            "一、教育（2项） | | |",
            "1 | 新建幼儿园 | 县教育局 |",
        ];
        check(&lines, &lines);
        let form = ["岗位 | 人数 | 时间 |", "见习待遇 | | |", "备注 | | |"];
        check(&form, &form);
    }

    #[test]
    fn a_stray_pipe_is_cut_off() {
        check(
            &["推动落实到位。 |", "甲 | 乙 |"],
            &["推动落实到位。", "甲 | 乙 |"],
        );
    }
}
