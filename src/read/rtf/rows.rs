//! Rows of a table: cells as they come, and what their row says they span.

use super::super::docx::table::clean;
use super::super::grid::{self, Grid, is_frame, is_layout};
use plansearch_document::RawText;

/// The table in work.
#[derive(Debug, Default)]
pub(super) struct Rows {
    ended: Vec<Row>,
    cells: Vec<Vec<String>>,
    /// Paragraphs of the open cell.
    cell: Vec<String>,
    /// The cells that the row defines.
    defined: Vec<Defined>,
    next: Defined,
    is_head: bool,
    notes: Vec<String>,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<String>>,
    defined: Vec<Defined>,
    is_head: bool,
}

/// A cell as its row defines it.
#[derive(Debug, Default, Clone, Copy)]
struct Defined {
    /// Its right border.
    edge: i32,
    is_below: bool,
    is_covered: bool,
}

impl Rows {
    /// Takes a word of the definition of a row.
    pub(super) fn define(&mut self, word: &str, number: Option<i32>) {
        match word {
            "trowd" => {
                self.defined.clear();
                self.next = Defined::default();
                self.is_head = false;
            }
            "trhdr" => self.is_head = true,
            "clvmrg" => self.next.is_below = true,
            "clmrg" => self.next.is_covered = true,
            "cellx" => {
                self.next.edge = number.unwrap_or_default();
                self.defined.push(std::mem::take(&mut self.next));
            }
            _ => {}
        }
    }

    /// Adds a paragraph to the open cell.
    pub(super) fn add_paragraph(&mut self, text: &str) {
        let text = clean(text);
        if !text.is_empty() {
            self.cell.push(text);
        }
    }

    /// Ends the open cell.
    pub(super) fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
    }

    /// Ends the row; gives what stands in no cell.
    pub(super) fn end_row(&mut self) -> String {
        let rest = std::mem::take(&mut self.cell).join(" ");
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            self.ended.push(Row {
                cells,
                defined: self.defined.clone(),
                is_head: self.is_head,
            });
        }
        rest
    }

    /// Keeps notes until the table ends.
    pub(super) fn add_notes(&mut self, notes: &mut Vec<String>) {
        self.notes.append(notes);
    }

    /// Ends the table, if one is open.
    pub(super) fn end_table(&mut self, raw: &mut RawText) {
        let rows = std::mem::take(&mut self.ended);
        let n_lines: Vec<Vec<usize>> = rows
            .iter()
            .map(|row| row.cells.iter().map(Vec::len).collect())
            .collect();
        if is_layout(&n_lines) {
            let is_framed = is_frame(&n_lines);
            let cells = rows.into_iter().flat_map(|row| row.cells);
            for (idx, text) in cells.flatten().enumerate() {
                if is_framed {
                    raw.push_framed(text, idx == 0);
                } else {
                    raw.lines.push(text);
                }
            }
        } else {
            raw.push_table(laid_out(rows));
        }
        raw.lines.append(&mut self.notes);
    }
}

fn laid_out(rows: Vec<Row>) -> plansearch_document::RawTable {
    let edges: Vec<Vec<i32>> = rows
        .iter()
        .map(|row| row.defined.iter().map(|cell| cell.edge).collect())
        .collect();
    let spans = grid::spans(&edges);
    let mut grid = Grid::default();
    for (row, spans) in rows.into_iter().zip(spans) {
        grid.begin_row(row.is_head);
        let is_defined = row.defined.len() >= row.cells.len();
        for (idx, paragraphs) in row.cells.into_iter().enumerate() {
            let defined = row.defined.get(idx).copied().filter(|_| is_defined);
            let defined = defined.unwrap_or_default();
            let text = paragraphs.join(" ");
            let is_covered = defined.is_covered && text.is_empty();
            grid.put(grid::Cell {
                text,
                n_columns: spans.get(idx).copied().filter(|_| is_defined).unwrap_or(1),
                n_rows: 1,
                is_below: defined.is_below,
            });
            if is_covered {
                grid.cover_last();
            }
        }
    }
    grid.finish()
}
