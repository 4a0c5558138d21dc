//! Cells with what they span become the grid of a table.
//!
//! Every reader that knows cells lays them out here, so that merged cells, tables that
//! only lay out a page, and the bounds on what is filled are the same everywhere.

use plansearch_document::{Merged, RawCell, RawRow, RawTable};

/// Most columns of a row; more than office programs show.
const MAX_COLUMNS: usize = 1024;
/// Most columns that one cell takes.
const MAX_SPAN: usize = 64;
/// Bytes, and empty cells, that one table may gain by merged cells; beyond it they stay
/// empty, so that a small file does not grow without bound.
const MAX_FILLED: usize = 1024 * 1024;

/// A table while it is laid out.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<RawRow>,
    /// What reaches down into the rows to come, by column.
    reaching: Vec<Option<Reaching>>,
    n_filled: usize,
}

#[derive(Debug)]
struct Reaching {
    text: String,
    merged: Merged,
    n_rows: usize,
}

/// A cell as the format states it.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) n_columns: usize,
    /// Rows that it spans.
    pub(super) n_rows: usize,
    /// Says that it goes on from the cell above, as some formats put it.
    pub(super) is_below: bool,
}

impl Grid {
    /// A row begins.
    pub(super) fn begin_row(&mut self, is_head: bool) {
        self.end_row();
        self.rows.push(RawRow {
            cells: Vec::new(),
            is_head,
        });
    }

    /// Empty columns before the next cell.
    pub(super) fn skip_columns(&mut self, n_columns: usize) {
        let n_columns = n_columns.min(MAX_SPAN);
        self.n_filled = self.n_filled.saturating_add(n_columns);
        if let Some(row) = self.rows.last_mut().filter(|_| self.n_filled <= MAX_FILLED) {
            row.cells
                .extend(std::iter::repeat_n(RawCell::default(), n_columns));
        }
    }

    /// The next cell of the row.
    pub(super) fn put(&mut self, cell: Cell) {
        self.take_reaching();
        let at = self.rows.last().map_or(0, |row| row.cells.len());
        let above = self
            .rows
            .iter()
            .rev()
            .nth(1)
            .and_then(|row| row.cells.get(at));
        let mut own = RawCell::new(cell.text);
        if let Some(above) = above.filter(|_| cell.is_below && own.text.is_empty()) {
            self.n_filled = self.n_filled.saturating_add(above.text.len() + 1);
            if self.n_filled <= MAX_FILLED {
                own.text.clone_from(&above.text);
            }
            own.merged = Merged::Above;
        }
        for column in 0..cell.n_columns.clamp(1, MAX_SPAN) {
            let part = match column {
                0 => own.clone(),
                _ => RawCell {
                    text: String::new(),
                    merged: if own.merged == Merged::Above {
                        Merged::Above
                    } else {
                        Merged::Left
                    },
                },
            };
            self.n_filled = self.n_filled.saturating_add(usize::from(column > 0));
            if at + column >= MAX_COLUMNS || column > 0 && self.n_filled > MAX_FILLED {
                break;
            }
            if cell.n_rows > 1 {
                self.reach(at + column, &part, cell.n_rows - 1);
            }
            if let Some(row) = self.rows.last_mut() {
                row.cells.push(part);
            }
        }
    }

    /// The last cell turns out to be a part of the one on its left.
    pub(super) fn cover_last(&mut self) {
        let cells = self.rows.last_mut().map(|row| &mut row.cells);
        if let Some(cell) = cells.and_then(|cells| cells.last_mut()) {
            cell.merged = Merged::Left;
        }
    }

    fn reach(&mut self, column: usize, part: &RawCell, n_rows: usize) {
        if self.reaching.len() <= column {
            self.reaching.resize_with(column + 1, || None);
        }
        self.reaching[column] = Some(Reaching {
            text: part.text.clone(),
            merged: Merged::Above,
            n_rows,
        });
    }

    /// Fills the places of the row that cells from above reach into, up to the first
    /// that none does.
    fn take_reaching(&mut self) -> bool {
        let Some(row) = self.rows.last_mut() else {
            return false;
        };
        let n_before = row.cells.len();
        while let Some(place) = self.reaching.get_mut(row.cells.len())
            && let Some(reaching) = place
        {
            self.n_filled = self.n_filled.saturating_add(reaching.text.len() + 1);
            if self.n_filled > MAX_FILLED {
                *place = None;
                break;
            }
            row.cells.push(RawCell {
                text: reaching.text.clone(),
                merged: reaching.merged,
            });
            reaching.n_rows -= 1;
            if reaching.n_rows == 0 {
                *place = None;
            }
        }
        row.cells.len() > n_before
    }

    /// What reaches into the row behind its last cell.
    fn end_row(&mut self) {
        loop {
            let n_cells = self.rows.last().map_or(usize::MAX, |row| row.cells.len());
            let mut rest = self.reaching.iter().skip(n_cells);
            if !rest.any(Option::is_some) {
                break;
            }
            if self.take_reaching() {
                continue;
            }
            self.n_filled = self.n_filled.saturating_add(1);
            match self.rows.last_mut().filter(|_| self.n_filled <= MAX_FILLED) {
                Some(row) => row.cells.push(RawCell::default()),
                None => self.reaching.clear(),
            }
        }
    }

    /// Ends the table. Rows that hold nothing are left out.
    pub(super) fn finish(mut self) -> RawTable {
        self.end_row();
        self.rows.retain(|row| !row.is_empty());
        RawTable {
            rows: self.rows,
            is_named: false,
        }
    }
}

/// How many columns each cell spans, by the right borders of the cells of each row:
/// every border of any row parts two columns. Borders that nearly meet are one. Rows
/// without increasing borders count one column a cell.
pub(super) fn spans(edges: &[Vec<i32>]) -> Vec<Vec<usize>> {
    let is_sound = |row: &&Vec<i32>| row.windows(2).all(|pair| pair[0] < pair[1]);
    let mut all: Vec<i32> = edges.iter().filter(is_sound).flatten().copied().collect();
    all.sort_unstable();
    all.dedup_by(|edge, kept| edge.saturating_sub(*kept) <= NEAR_TWIPS);
    edges
        .iter()
        .map(|row| {
            if !is_sound(&row) {
                return vec![1; row.len()];
            }
            let mut column = 0;
            let cells = row.iter().map(|edge| {
                let end = all.partition_point(|known| known.saturating_add(NEAR_TWIPS) < *edge) + 1;
                let n_columns = end.saturating_sub(column).max(1);
                column = end.max(column);
                n_columns
            });
            cells.collect()
        })
        .collect()
}

/// Borders so near are one: two millimetres.
const NEAR_TWIPS: i32 = 113;

/// A cell of more lines is a part of a page, unless the table has many cells.
const MAX_CELL_LINES: usize = 8;
const MAX_LAYOUT_CELLS: usize = 6;

/// Says whether a table is a frame around text: it has one column.
pub(super) fn is_frame(rows: &[Vec<usize>]) -> bool {
    rows.iter().all(|row| row.len() <= 1)
}

/// Says whether a table only lays out a page: one column, or a page in few cells.
/// `rows` are the numbers of lines in the cells of each row.
pub(super) fn is_layout(rows: &[Vec<usize>]) -> bool {
    let n_filled: usize = rows
        .iter()
        .map(|row| row.iter().filter(|n_lines| **n_lines > 0).count())
        .sum();
    let longest = rows.iter().flatten().max().copied().unwrap_or(0);
    is_frame(rows) || longest > MAX_CELL_LINES && n_filled <= MAX_LAYOUT_CELLS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as text: `>` spans two columns, `v` two rows, `^` goes on from above.
    fn check(rows: &[&[&str]], expect: &[&str]) {
        let mut grid = Grid::default();
        for row in rows {
            grid.begin_row(false);
            for text in *row {
                grid.put(Cell {
                    text: text.trim_start_matches(['>', '^', 'v']).to_owned(),
                    n_columns: 1 + usize::from(text.starts_with('>')),
                    n_rows: 1 + usize::from(text.starts_with('v')),
                    is_below: text.starts_with('^'),
                });
            }
        }
        let lines: Vec<String> = grid.finish().rows.iter().map(RawRow::line).collect();
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
        check(
            &[&["甲", "v乙"], &["丙"], &["丁", "戊|己"]],
            &["甲 | 乙 |", "丙 | 乙 |", "丁 | 戊|己 |"],
        );
    }

    #[test]
    fn merged_cells_fill_only_so_much() {
        let long = "长".repeat(MAX_FILLED / 6 + 1);
        let first = format!("{long} | 1 |");
        check(
            &[&[&long, "1"], &["^", "2"], &["^", "3"]],
            &[&first, &format!("{long} | 2 |"), " | 3 |"],
        );
    }

    #[test]
    fn empty_places_before_a_cell_from_above_are_bounded() {
        let mut grid = Grid::default();
        let n_rows = 10_000;
        for row in 0..n_rows {
            grid.begin_row(false);
            grid.skip_columns(MAX_SPAN);
            for column in 0..if row == 0 { 500 } else { 1 } {
                grid.put(Cell {
                    text: "甲".to_owned(),
                    n_columns: 1,
                    n_rows: if column == 499 { n_rows } else { 1 },
                    is_below: false,
                });
            }
        }
        let rows = grid.finish().rows;
        let n_cells: usize = rows.iter().map(|row| row.cells.len()).sum();
        assert_eq!(rows.len(), n_rows);
        assert!(n_cells <= MAX_FILLED + n_rows + 500, "{n_cells}");
    }

    #[test]
    fn borders_tell_what_a_cell_spans() {
        let spans = spans(&[vec![1000, 3000], vec![1000, 2000, 3010], vec![3000]]);
        assert_eq!(spans, [vec![1, 2], vec![1, 1, 1], vec![3]]);
    }

    #[test]
    fn a_page_in_few_cells_is_no_table() {
        assert!(is_layout(&[vec![1], vec![30]]));
        assert!(is_layout(&[vec![2, 30]]));
        assert!(!is_layout(&[vec![1, 1], vec![1, 1]]));
    }
}
