//! Rows that lost cells: put back under their columns, or flagged.
//!
//! A cell that spans several rows stands only in the first of them when a table
//! is turned to text, so the rows below slide to the left. Where a column counts
//! the rows (序号), the count shows how far. A row that still does not fit its
//! columns is flagged; its cells stay as they are, under no column.

use super::ordinal;
use plansearch_document::Table;
use plansearch_text::numeral::is_chinese_numeral;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Words,
}

/// Puts slid rows of `table` back and flags those that do not fit.
pub(super) fn align(table: &mut Table) {
    let n_columns = table.header.len();
    if n_columns < 2 {
        return;
    }
    if let Some(column) = counting_column(table) {
        slide_back(table, column);
    }
    let kinds = kinds(table);
    table.damaged = table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !fits(row, &kinds))
        .map(|(idx, _)| idx)
        .collect();
}

/// The column that counts the rows: by its head, or because most whole rows
/// count there.
fn counting_column(table: &Table) -> Option<usize> {
    let by_head = table.header.iter().position(|cell| {
        let cell: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
        matches!(cell.as_str(), "序号" | "编号" | "No." | "NO.")
    });
    by_head.or_else(|| {
        let whole: Vec<&Vec<String>> = table
            .rows
            .iter()
            .filter(|row| row.len() == table.header.len())
            .collect();
        (0..table.header.len()).find(|column| {
            let counts: Vec<u32> = whole
                .iter()
                .filter_map(|row| number(row.get(*column)?))
                .collect();
            let n_up = counts.windows(2).filter(|pair| pair[0] < pair[1]).count();
            counts.len() == whole.len()
                && counts.len() > 2
                && n_up + 1 == counts.len()
                && counts[0] == 1
        })
    })
}

fn slide_back(table: &mut Table, column: usize) {
    let n_columns = table.header.len();
    let mut expected = 1;
    for row in &mut table.rows {
        let is_here = |at: usize| row.get(at).and_then(|cell| number(cell)) == Some(expected);
        let at = if is_here(column) {
            Some(column)
        } else {
            (0..column).find(|at| is_here(*at))
        };
        let Some(at) = at else { continue };
        expected += 1;
        let n_lost = column - at;
        if n_lost > 0 && row.len() + n_lost <= n_columns {
            row.splice(0..0, std::iter::repeat_n(String::new(), n_lost));
        }
    }
}

/// What most whole rows hold in each column; `None` where they disagree.
fn kinds(table: &Table) -> Vec<Option<Kind>> {
    let whole: Vec<&Vec<String>> = table
        .rows
        .iter()
        .filter(|row| row.len() == table.header.len())
        .collect();
    (0..table.header.len())
        .map(|column| {
            let of_cells: Vec<Kind> = whole
                .iter()
                .filter_map(|row| kind(row.get(column)?))
                .collect();
            let n_numbers = of_cells
                .iter()
                .filter(|kind| **kind == Kind::Number)
                .count();
            match (n_numbers, of_cells.len()) {
                (_, 0) => None,
                (numbers, all) if numbers * 10 >= all * 8 => Some(Kind::Number),
                (numbers, all) if numbers * 10 <= all * 2 => Some(Kind::Words),
                _ => None,
            }
        })
        .collect()
}

/// Says whether a row stands under its columns: no word cell under a number
/// column and no number under a word column, and not most cells lost.
fn fits(row: &[String], kinds: &[Option<Kind>]) -> bool {
    if row.len() > kinds.len() {
        return false;
    }
    if is_group(row) {
        return true;
    }
    if row.len() == kinds.len() {
        return true;
    }
    let n_filled = row.iter().filter(|cell| !cell.is_empty()).count();
    let agrees = row
        .iter()
        .zip(kinds)
        .all(|(cell, column)| match (kind(cell), column) {
            (Some(cell), Some(column)) => cell == *column,
            _ => true,
        });
    agrees && n_filled * 2 >= kinds.len()
}

/// 一、空间底线 and `二 | 绿色发展`: a group of rows, over all columns.
fn is_group(row: &[String]) -> bool {
    match row {
        [only] => {
            let is_numbered = ordinal::scan(only).is_some_and(|number| !number.is_bare);
            let is_name = kind(only) == Some(Kind::Words)
                && (2..=MAX_GROUP_CHARS).contains(&only.chars().count())
                && !only.contains(['。', '；', '：']);
            is_numbered || is_name
        }
        [number, name] => {
            let inner = number.trim_matches(['（', '）', '(', ')', '、']);
            !inner.is_empty()
                && inner.chars().all(is_chinese_numeral)
                && kind(name) == Some(Kind::Words)
        }
        _ => false,
    }
}

const MAX_GROUP_CHARS: usize = 24;

fn kind(cell: &str) -> Option<Kind> {
    let mut chars = cell
        .trim_start_matches(['-', '+', '≥', '≤', '<', '>', '约'])
        .chars();
    match chars.next() {
        None => None,
        Some(c) if c.is_ascii_digit() || ('０'..='９').contains(&c) => Some(Kind::Number),
        Some(_) => Some(Kind::Words),
    }
}

fn number(cell: &str) -> Option<u32> {
    plansearch_text::numeral::parse(cell.trim())
        .filter(|_| cell.trim().chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, rows: &[&str], expect: &[&str], damaged: &[usize]) {
        let cells = |line: &str| {
            line.split('|')
                .map(|cell| cell.trim().to_owned())
                .collect::<Vec<_>>()
        };
        let mut table = Table {
            header: cells(header),
            rows: rows.iter().map(|row| cells(row)).collect(),
            ..Table::default()
        };
        align(&mut table);
        let expect: Vec<Vec<String>> = expect.iter().map(|row| cells(row)).collect();
        assert_eq!(table.rows, expect);
        assert_eq!(table.damaged.iter().copied().collect::<Vec<_>>(), damaged);
    }

    #[test]
    fn rows_below_a_spanning_cell_slide_back() {
        check(
            "类别|序号|指标|单位|目标",
            &[
                "经济|1|总值|亿元|300",
                "2|增速|%|7",
                "港口|3|吞吐量|万吨|1343",
            ],
            &[
                "经济|1|总值|亿元|300",
                "|2|增速|%|7",
                "港口|3|吞吐量|万吨|1343",
            ],
            &[],
        );
    }

    #[test]
    fn a_row_that_lost_a_name_is_flagged() {
        check(
            "类别|序号|指标|单位|目标",
            &["经济|1|总值|亿元|300", "2|增速|%|7", "3|个|2400", "4"],
            &["经济|1|总值|亿元|300", "|2|增速|%|7", "|3|个|2400", "|4"],
            &[2, 3],
        );
    }

    #[test]
    fn a_numbered_group_between_rows_is_no_damage() {
        check(
            "序号|指标|目标",
            &["一、底线", "1|耕地|20", "二、效率", "2|产值|30"],
            &["一、底线", "1|耕地|20", "二、效率", "2|产值|30"],
            &[],
        );
    }

    #[test]
    fn an_empty_last_cell_is_no_damage() {
        check(
            "项目|地点|备注",
            &["码头|乍浦|新建", "泊位|独山"],
            &["码头|乍浦|新建", "泊位|独山"],
            &[],
        );
    }
}
