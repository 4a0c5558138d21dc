//! Tables that lost their lines: every cell stands on a line of its own, or the
//! cells of a row stand on one line with blanks between.
//!
//! A caption, then short lines without stops, many of them numbers, are the cells
//! of a table, among them lines that look like headings (`1.地区生产总值`). Rows
//! are put together again only where each ends in a fixed word (预期性, 约束性);
//! else every cell is a row of one, so that nothing stands under a wrong column.

use super::block::{Block, Role, Row};
use super::caption::{caption_kind, is_loose_caption, unit};
use super::ordinal;
use plansearch_text::fold::is_blank;

/// The longest cell.
const MAX_CELL_CHARS: usize = 36;
/// Fewer cells, or fewer numbers among them, are no table.
const MIN_CELLS: usize = 6;
const MIN_NUMBERS: usize = 2;
/// Cells without a number among them in a row are the head at most.
const MAX_CELLS_APART: usize = 12;

/// Marks the cells behind captions.
pub(super) fn mark(blocks: &mut [Block]) {
    for idx in 0..blocks.len() {
        if !blocks[idx].is_open() {
            continue;
        }
        if caption_kind(&blocks[idx].text).is_none() {
            if is_loose_caption(&blocks[idx].text) {
                mark_spaced(blocks, idx + 1, MIN_LOOSE_ROWS);
            }
            continue;
        }
        if mark_spaced(blocks, idx + 1, MIN_SPACED_ROWS) {
            continue;
        }
        let cells = cells_behind(blocks, idx);
        let n_numbers = cells
            .iter()
            .filter(|at| is_value(&blocks[**at].text))
            .count();
        if cells.len() >= MIN_CELLS && n_numbers >= MIN_NUMBERS {
            put_rows(blocks, &cells);
        }
    }
}

/// Makes rows of the lines from `begin` on whose cells are parted by blanks; says
/// whether there are any.
fn mark_spaced(blocks: &mut [Block], begin: usize, min_rows: usize) -> bool {
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for (idx, block) in blocks.iter().enumerate().skip(begin) {
        let is_passed = matches!(block.role, Role::Dropped(_)) || unit(&block.text).is_some();
        if is_passed {
            continue;
        }
        let words = block.text.split(is_blank).filter(|word| !word.is_empty());
        let cells: Vec<String> = words.map(str::to_owned).collect();
        let is_row = block.is_open()
            && cells.len() >= MIN_SPACED_CELLS
            && !block.text.contains(['。', '；', '，', '|', '：']);
        if !is_row {
            break;
        }
        rows.push((idx, cells));
    }
    let has_values = rows
        .iter()
        .any(|(_, cells)| cells.iter().any(|cell| is_value(cell)));
    if rows.len() < min_rows || !has_values {
        return false;
    }
    for (idx, cells) in rows {
        blocks[idx].role = Role::Row(Row::guessed(cells));
    }
    true
}

/// Fewer words with blanks between them may be a title.
const MIN_SPACED_CELLS: usize = 3;
/// Fewer rows below a caption, or below words that may be one, are no table.
const MIN_SPACED_ROWS: usize = 2;
const MIN_LOOSE_ROWS: usize = 3;

/// The places of the cells, up to the last one that only a table has.
fn cells_behind(blocks: &[Block], caption: usize) -> Vec<usize> {
    let mut cells = Vec::new();
    let mut n_sure = 0;
    for (idx, block) in blocks.iter().enumerate().skip(caption + 1) {
        if matches!(block.role, Role::Dropped(_)) || block.text.is_empty() {
            continue;
        }
        if !block.is_open() || !may_be_cell(&block.text) {
            break;
        }
        cells.push(idx);
        if is_value(&block.text) || closes_row(&block.text) {
            n_sure = cells.len();
        } else if cells.len() - n_sure > MAX_CELLS_APART {
            break;
        }
    }
    cells.truncate(n_sure);
    cells
}

fn may_be_cell(text: &str) -> bool {
    let names_unit = ordinal::scan(text).is_some_and(|number| number.style.names_unit());
    text.chars().count() <= MAX_CELL_CHARS
        && !text.contains(['。', '；', '，', '|', '\t'])
        && !text.ends_with(['：', ':'])
        && !names_unit
        && caption_kind(text).is_none()
}

/// `3.8`, `6左右`, `>10`, `[50]`, `2025年`: a number and hardly a word.
fn is_value(text: &str) -> bool {
    let n_words = text.chars().filter(|c| c.is_alphabetic()).count();
    let begins = text.trim_start_matches([
        '>', '<', '≥', '≤', '＞', '＜', '[', '〔', '【', '(', '（', '-', '约',
    ]);
    n_words <= 2
        && text.chars().count() <= 12
        && begins.starts_with(|c: char| c.is_ascii_digit())
        && !text.ends_with('年')
}

fn closes_row(text: &str) -> bool {
    matches!(text, "预期性" | "约束性" | "预期" | "约束")
}

/// Makes rows of the cells: each up to its closing word where all close so.
fn put_rows(blocks: &mut [Block], cells: &[usize]) {
    let n_closed = cells
        .iter()
        .filter(|at| closes_row(&blocks[**at].text))
        .count();
    let ends_closed = cells.last().is_some_and(|at| closes_row(&blocks[*at].text));
    let head_end = cells
        .iter()
        .position(|at| blocks[*at].text.ends_with("属性"));
    let n_columns = head_end.map_or(0, |head| head + 1);
    let mut row: Vec<usize> = Vec::new();
    for (nth, at) in cells.iter().enumerate() {
        row.push(*at);
        let ends = match head_end {
            Some(head) if n_closed > 1 && ends_closed => {
                nth == head || nth > head && closes_row(&blocks[*at].text)
            }
            _ => true,
        };
        if ends {
            let texts = row.drain(..).map(|at| std::mem::take(&mut blocks[at].text));
            let mut texts: Vec<String> = texts.collect();
            blocks[*at].text = texts.join(" | ");
            // A group (类别) stands in the first of its rows only.
            let first_value = texts.iter().position(|text| is_value(text));
            if nth > n_columns && texts.len() + 1 == n_columns && first_value == Some(1) {
                texts.insert(0, String::new());
            }
            blocks[*at].role = Role::Row(Row::guessed(texts));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &[&str]) {
        let mut blocks = opened(lines);
        mark(&mut blocks);
        let texts: Vec<&str> = blocks
            .iter()
            .filter(|block| !block.text.is_empty() && !block.is_open())
            .map(|block| block.text.as_str())
            .collect();
        assert_eq!(texts, expect);
    }

    #[test]
    fn rows_end_at_their_closing_word() {
        check(
            &[
                "专栏1 主要指标",
                "指标",
                "2020年",
                "2025年",
                "属性",
                "1.产值增速（%）",
                "3.8",
                "6左右",
                "预期性",
                "创新",
                "2.研发投入（%）",
                "2.1",
                "2.8",
                "约束性",
                "第二章 总体要求",
                "坚持创新。",
            ],
            &[
                "指标 | 2020年 | 2025年 | 属性",
                "1.产值增速（%） | 3.8 | 6左右 | 预期性",
                "创新 | 2.研发投入（%） | 2.1 | 2.8 | 约束性",
            ],
        );
    }

    #[test]
    fn other_cells_are_rows_of_their_own() {
        check(
            &[
                "表2 项目",
                "名称",
                "投资",
                "一、码头",
                "20",
                "二、航道",
                "30",
                "备注",
            ],
            &["名称", "投资", "一、码头", "20", "二、航道", "30"],
        );
    }

    #[test]
    fn cells_with_blanks_between_are_rows() {
        check(
            &[
                "表1 主要指标",
                "单位：亿元",
                "序号 指标 2020年 属性",
                "1 产值 182 预期性",
                "2 投资 90 预期性",
                "到2025年，产值达到300亿元。",
            ],
            &[
                "序号 指标 2020年 属性",
                "1 产值 182 预期性",
                "2 投资 90 预期性",
            ],
        );
    }

    #[test]
    fn a_name_that_ends_as_tables_do_is_a_caption_too() {
        check(
            &[
                "附表：主要指标完成情况表",
                "序号 指标 2025年目标 评估结论",
                "1 地区生产总值 260 达到进度",
                "2 城镇化率 52 提前完成",
            ],
            &[
                "序号 指标 2025年目标 评估结论",
                "1 地区生产总值 260 达到进度",
                "2 城镇化率 52 提前完成",
            ],
        );
    }

    #[test]
    fn items_of_a_box_are_no_cells() {
        check(
            &[
                "专栏2 重点工程",
                "1.平台。建设实验室。",
                "2.基地。布局15个。",
                "第三节 企业",
            ],
            &[],
        );
    }
}
