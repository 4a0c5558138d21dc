//! Tables as rows of cells.
//!
//! A table of one column is a box around text, one of few long cells lays out a page:
//! their paragraphs stay lines.

use super::super::grid::{self, Grid, is_frame, is_layout};
use super::line::{Kind, Line};

/// Most columns that one cell spans; Word allows 63.
const MAX_SPAN: usize = 63;

/// A table while it is read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

#[derive(Debug, Default)]
struct Row {
    n_empty_before: usize,
    is_deleted: bool,
    is_head: bool,
    cells: Vec<Cell>,
}

#[derive(Debug, Default)]
struct Cell {
    n_columns: usize,
    is_below: bool,
    lines: Vec<Line>,
}

impl Table {
    /// A row begins.
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Row::default());
    }

    /// The row begins behind `n_columns` that it does not have.
    pub(super) fn skip_columns(&mut self, n_columns: usize) {
        if let Some(row) = self.rows.last_mut() {
            row.n_empty_before = n_columns.min(MAX_SPAN);
        }
    }

    /// The row is repeated as head on every page.
    pub(super) fn mark_head(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_head = true;
        }
    }

    /// The row was deleted in a revision.
    pub(super) fn delete_row(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_deleted = true;
        }
    }

    /// A cell begins.
    pub(super) fn begin_cell(&mut self) {
        if self.rows.is_empty() {
            self.begin_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Cell {
                n_columns: 1,
                ..Cell::default()
            });
        }
    }

    /// The cell spans columns.
    pub(super) fn span(&mut self, n_columns: usize) {
        if let Some(cell) = self.cell() {
            cell.n_columns = n_columns.clamp(1, MAX_SPAN);
        }
    }

    /// The cell goes on from the one above.
    pub(super) fn join_above(&mut self) {
        if let Some(cell) = self.cell() {
            cell.is_below = true;
        }
    }

    /// The cell ends with its lines.
    pub(super) fn end_cell(&mut self, lines: Vec<Line>) {
        if let Some(cell) = self.cell() {
            cell.lines = lines;
        }
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.rows.last_mut()?.cells.last_mut()
    }

    /// The lines of the table: its rows, then what stood in cells but is no cell
    /// text (rows of inner tables, notes). Rows that a revision deleted come
    /// second, as text.
    pub(super) fn into_lines(mut self) -> (Vec<Line>, Vec<String>) {
        let mut deleted = Vec::new();
        self.rows.retain(|row| {
            if row.is_deleted {
                let texts = row.cells.iter().flat_map(|cell| &cell.lines);
                deleted.extend(texts.map(|line| line.text.clone()));
            }
            !row.is_deleted
        });
        let n_lines: Vec<Vec<usize>> = self.rows.iter().map(Row::n_lines).collect();
        let lines = if is_layout(&n_lines) {
            let is_framed = is_frame(&n_lines);
            let cells = self.rows.into_iter().flat_map(|row| row.cells);
            let lines = cells.flat_map(|cell| cell.lines).enumerate();
            let line = |(idx, line): (usize, Line)| Line {
                begins_frame: is_framed && idx == 0,
                is_framed,
                ..line
            };
            lines.map(line).collect()
        } else {
            self.into_rows()
        };
        (lines, deleted)
    }

    fn into_rows(self) -> Vec<Line> {
        let mut grid = Grid::default();
        let mut behind = Vec::new();
        for row in self.rows {
            grid.begin_row(row.is_head);
            grid.skip_columns(row.n_empty_before);
            for cell in row.cells {
                grid.put(grid::Cell {
                    text: cell_text(&cell.lines),
                    n_columns: cell.n_columns,
                    n_rows: 1,
                    is_below: cell.is_below,
                });
                behind.extend(cell.lines.into_iter().filter(|line| !line.is_cell_text()));
            }
        }
        let rows = grid.finish().rows.into_iter().enumerate();
        let mut lines: Vec<Line> = rows
            .map(|(idx, row)| Line {
                kind: Kind::Row,
                begins_table: idx == 0,
                text: row.line(),
                row: Some(row),
                ..Line::default()
            })
            .collect();
        lines.append(&mut behind);
        lines
    }
}

impl Row {
    fn n_lines(&self) -> Vec<usize> {
        let n_lines = |cell: &Cell| {
            cell.lines
                .iter()
                .filter(|line| !line.text.is_empty())
                .count()
        };
        self.cells.iter().map(n_lines).collect()
    }
}

/// The paragraphs of a cell in one line.
fn cell_text(lines: &[Line]) -> String {
    let texts: Vec<String> = lines
        .iter()
        .filter(|line| line.is_cell_text())
        .map(|line| clean(&line.text))
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(" ")
}

/// A cell on one line.
pub(crate) fn clean(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as text: `>` in front spans two columns, `^` goes on from above.
    fn check(rows: &[&[&str]], expect: &[&str]) {
        let mut table = Table::default();
        for row in rows {
            table.begin_row();
            for text in *row {
                table.begin_cell();
                if text.starts_with('>') {
                    table.span(2);
                }
                if text.starts_with('^') {
                    table.join_above();
                }
                let text = text.trim_start_matches(['>', '^']);
                table.end_cell(text.split('/').map(Line::new).collect());
            }
        }
        let lines: Vec<String> = table.into_lines().0.into_iter().map(|l| l.text).collect();
        assert_eq!(lines, expect);
    }

    #[test]
    fn merged_cells_keep_their_columns() {
        check(
            &[
                &[">指标", "单位"],
                &["经济", "增速", "%"],
                &["^", "规模", "亿元"],
            ],
            &[
                "指标 |  | 单位 |",
                "经济 | 增速 | % |",
                "经济 | 规模 | 亿元 |",
            ],
        );
    }

    #[test]
    fn paragraphs_of_a_cell_are_one_line_and_empty_rows_none() {
        check(&[&["甲/乙", "丙|丁"], &["", ""]], &["甲 乙 | 丙|丁 |"]);
    }

    #[test]
    fn one_column_is_a_box_of_lines() {
        check(
            &[&["专栏1 工程"], &["1.甲/2.乙"]],
            &["专栏1 工程", "1.甲", "2.乙"],
        );
    }
}
