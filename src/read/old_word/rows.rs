//! Rows of a table as an old Word file has them: cells one after the other, and at the
//! end of each row what the cells span.

use super::super::docx::table::clean;
use super::super::grid::{self, Grid, is_frame, is_layout};
use super::formats::ParagraphFormat;
use super::story::Line;

/// The table in work.
#[derive(Debug, Default)]
pub(super) struct Rows {
    ended: Vec<Row>,
    /// Cells of the row so far.
    cells: Vec<Vec<String>>,
    /// Paragraphs of the cell so far.
    cell: Vec<String>,
    n_notes: usize,
}

#[derive(Debug)]
struct Row {
    cells: Vec<Vec<String>>,
    format: ParagraphFormat,
    n_notes: usize,
}

impl Rows {
    /// Adds a paragraph to the cell.
    pub(super) fn add_paragraph(&mut self, text: &str) {
        let lines = text.split('\n').map(clean);
        self.cell.extend(lines.filter(|line| !line.is_empty()));
    }

    /// Notes that so many notes hang on the row.
    pub(super) fn add_notes(&mut self, n_notes: usize) {
        self.n_notes += n_notes;
    }

    /// Ends the cell.
    pub(super) fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
    }

    /// Whether the row has cells and none is open.
    pub(super) fn ends_with_a_cell(&self) -> bool {
        self.cell.is_empty() && !self.cells.is_empty()
    }

    /// Ends the row, with what its end says of it.
    pub(super) fn end_row(&mut self, format: &ParagraphFormat) {
        if !self.cell.is_empty() {
            self.end_cell();
        }
        let cells = std::mem::take(&mut self.cells);
        let n_notes = std::mem::take(&mut self.n_notes);
        if cells.is_empty() {
            self.n_notes = n_notes;
            return;
        }
        self.ended.push(Row {
            cells,
            format: format.clone(),
            n_notes,
        });
    }

    /// Ends the table, if one is open: its rows, or its paragraphs where it only lays
    /// out a page.
    pub(super) fn end_table(&mut self) -> Vec<Line> {
        self.end_row(&ParagraphFormat::default());
        let rows = std::mem::take(&mut self.ended);
        let n_lines: Vec<Vec<usize>> = rows
            .iter()
            .map(|row| row.cells.iter().map(Vec::len).collect())
            .collect();
        if !is_layout(&n_lines) {
            return laid_out(rows);
        }
        let is_framed = is_frame(&n_lines);
        let mut lines: Vec<Line> = Vec::new();
        for row in rows {
            let texts = row.cells.into_iter().flatten();
            for text in texts {
                lines.push(Line {
                    text,
                    is_framed,
                    begins_frame: is_framed && lines.is_empty(),
                    ..Line::default()
                });
            }
            if let Some(last) = lines.last_mut() {
                last.n_notes += row.n_notes;
            }
        }
        lines
    }
}

fn laid_out(rows: Vec<Row>) -> Vec<Line> {
    let edges: Vec<Vec<i32>> = rows.iter().map(|row| row.format.edges.clone()).collect();
    let spans = grid::spans(&edges);
    let mut grid = Grid::default();
    let mut n_notes = Vec::new();
    for (row, spans) in rows.into_iter().zip(spans) {
        if row.cells.iter().any(|cell| !cell.is_empty()) {
            n_notes.push(row.n_notes);
        }
        grid.begin_row(row.format.is_head);
        // A definition of other cells says nothing of these.
        let is_defined = spans.len() == row.cells.len();
        for (idx, paragraphs) in row.cells.into_iter().enumerate() {
            let bit = 1_u64.checked_shl(idx as u32).unwrap_or(0);
            grid.put(grid::Cell {
                text: paragraphs.join(" "),
                n_columns: spans.get(idx).copied().filter(|_| is_defined).unwrap_or(1),
                n_rows: 1,
                is_below: row.format.merged_cells & bit != 0,
            });
        }
    }
    let rows = grid.finish().rows.into_iter().enumerate();
    rows.map(|(idx, row)| Line {
        text: row.line(),
        row: Some(row),
        begins_table: idx == 0,
        n_notes: n_notes.get(idx).copied().unwrap_or(0),
        ..Line::default()
    })
    .collect()
}
