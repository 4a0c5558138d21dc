//! Rows of plain text: `a | b | c |`, Markdown tables, cells parted by tabs.
//!
//! Only text without a format is guessed at; a format that knows its tables hands over
//! cells. A row keeps its cells as they are: a cell lost in extraction is not filled in.

use super::block::{Block, Front, Role, Row, trim};
use super::caption::{caption_kind, is_note};
use super::fact_row::is_fact_row;
use super::table_heads::is_number;
use plansearch_document::DropReason;

/// Marks the rows.
pub(super) fn mark(blocks: &mut [Block]) {
    let has_bars: Vec<bool> = blocks
        .iter()
        .map(|block| block.is_open() && has_bars(&block.text))
        .collect();
    let is_bordered = bordered(blocks, &has_bars);
    let n_cells: Vec<usize> = blocks
        .iter()
        .enumerate()
        .map(|(idx, block)| {
            if has_bars[idx] {
                cells(&block.text, is_bordered[idx]).len()
            } else {
                0
            }
        })
        .collect();
    for idx in 0..blocks.len() {
        let spans = is_spanning_row(blocks, idx, &n_cells);
        let block = &mut blocks[idx];
        if spans {
            block.role = Role::Row(Row::guessed(vec![block.text.clone()]));
        }
        if n_cells[idx] == 0 {
            continue;
        }
        let cells = cells(&block.text, is_bordered[idx]);
        if is_fact_row(&cells) {
            block.role = Role::Front(Front::Label);
            continue;
        }
        let before = idx.checked_sub(1).map_or(0, |before| n_cells[before]);
        let after = n_cells.get(idx + 1).copied().unwrap_or(0);
        let is_beside = before > 0 || after > 0;
        if cells.iter().all(|cell| is_ruler(cell)) {
            block.role = Role::Dropped(DropReason::Ruler);
        } else if n_cells[idx] >= 3 || is_beside {
            block.role = Role::Row(Row::guessed(cells));
        }
    }
}

/// `一、空间底线` between rows of one table: a cell over all its columns. Where a
/// new table begins, its head has no numbers.
fn is_spanning_row(blocks: &[Block], idx: usize, n_cells: &[usize]) -> bool {
    let around = idx.checked_sub(1).map(|before| n_cells[before]);
    let before = around.unwrap_or(0);
    let after = n_cells.get(idx + 1).copied().unwrap_or(0);
    let text = blocks[idx].text.as_str();
    blocks[idx].is_open()
        && n_cells[idx] == 0
        && before >= 3
        && after >= 3
        && (before == after || before + 1 == after)
        && text.chars().count() <= 30
        && !text.contains(['。', '；'])
        && caption_kind(text).is_none()
        && !is_note(text)
        && cells(&blocks[idx + 1].text, false)
            .iter()
            .any(|cell| is_number(cell))
}

/// Says whether a line has pipes, or several tabs, as rows have.
fn has_bars(text: &str) -> bool {
    let n_pipes = text.matches('|').count();
    let is_ordinal = text.ends_with('|') && text.chars().next().is_some_and(char::is_numeric);
    let has_shape = n_pipes >= 2 || text.contains(" | ") || n_pipes == 1 && is_ordinal;
    has_shape || text.matches('\t').count() >= 2
}

/// For each line, whether a bar at its begin is the border of the table: where every
/// row beside it has one. Else the first cell is empty.
fn bordered(blocks: &[Block], has_bars: &[bool]) -> Vec<bool> {
    let mut is_bordered = vec![false; blocks.len()];
    let mut begin = 0;
    for idx in 0..=blocks.len() {
        if has_bars.get(idx).copied().unwrap_or(false) {
            continue;
        }
        let run = blocks.get(begin..idx).unwrap_or_default();
        let all = run.iter().all(|block| block.text.starts_with('|'));
        if let Some(places) = is_bordered.get_mut(begin..idx) {
            places.fill(all);
        }
        begin = idx + 1;
    }
    is_bordered
}

/// Cuts a line into cells; empty cells at its end are left out.
fn cells(text: &str, is_bordered: bool) -> Vec<String> {
    let separator = if text.contains('|') { '|' } else { '\t' };
    let text = text
        .strip_prefix('|')
        .filter(|_| is_bordered)
        .unwrap_or(text);
    let mut cells: Vec<String> = text
        .split(separator)
        .map(|cell| trim(cell).to_owned())
        .collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn is_ruler(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::opened;

    fn check(lines: &[&str], expect: &[&[&str]]) {
        let mut blocks = opened(lines);
        mark(&mut blocks);
        let rows: Vec<Vec<String>> = blocks
            .into_iter()
            .filter_map(|block| match block.role {
                Role::Row(row) => Some(row.cells),
                _ => None,
            })
            .collect();
        assert_eq!(rows, expect);
    }

    #[test]
    fn a_bar_at_the_begin_is_a_border_where_all_rows_have_one() {
        check(
            &["类别 | 指标 | 目标 |", " | 吞吐量 | 300 |"],
            &[&["类别", "指标", "目标"], &["", "吞吐量", "300"]],
        );
        check(
            &["| 类别 | 指标 | 目标 |", "| | 吞吐量 | 300 |"],
            &[&["类别", "指标", "目标"], &["", "吞吐量", "300"]],
        );
    }
}
