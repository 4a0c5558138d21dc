//! Tables of data, with their cells; tables that only lay out a page are none.

use super::super::grid::{Cell, Grid, is_layout};
use super::lines;
use super::tree::{Id, Step, Tree};
use plansearch_document::RawTable;

/// A table of data.
pub(super) struct Found {
    /// Lines of the caption.
    pub(super) captions: Vec<String>,
    pub(super) table: RawTable,
}

/// A row while it is read.
#[derive(Default)]
struct Row {
    is_in_head: bool,
    cells: Vec<Id>,
}

/// The table at `id`; `None` when it holds another table or is a layout.
pub(super) fn of(tree: &Tree, id: Id, skips: &dyn Fn(Id) -> bool) -> Option<Found> {
    let mut captions = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut is_in_head = false;
    for step in tree.walk(id, skips) {
        match step {
            Step::Leave(inner) => is_in_head &= tree.name(inner) != "thead",
            Step::Enter(inner) => match tree.name(inner) {
                "table" if inner != id => return None,
                "caption" => captions.extend(lines::render(tree, inner, skips).lines),
                "thead" => is_in_head = true,
                "tr" => rows.push(Row {
                    is_in_head,
                    cells: Vec::new(),
                }),
                "td" | "th" => rows.last_mut()?.cells.push(inner),
                _ => {}
            },
        }
    }
    let texts: Vec<Vec<Vec<String>>> = rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter();
            let text = |cell: &Id| lines::render(tree, *cell, &|id| id != *cell && skips(id)).lines;
            cells.map(text).collect()
        })
        .collect();
    let n_lines: Vec<Vec<usize>> = texts
        .iter()
        .map(|row| row.iter().map(Vec::len).collect())
        .collect();
    if is_layout(&n_lines) {
        return None;
    }
    let is_th = |row: &Row| row.cells.iter().all(|cell| tree.name(*cell) == "th");
    // Where every row is one, the page means bold type by it.
    let tells_heads = !rows.iter().all(|row| row.is_in_head || is_th(row));
    let mut grid = Grid::default();
    for (row, texts) in rows.iter().zip(texts) {
        let is_head = tells_heads && !row.cells.is_empty() && (row.is_in_head || is_th(row));
        grid.begin_row(is_head);
        for (cell, text) in row.cells.iter().zip(texts) {
            grid.put(Cell {
                text: text.join(" "),
                n_columns: number(tree, *cell, "colspan").unwrap_or(1),
                n_rows: number(tree, *cell, "rowspan").unwrap_or(1),
                is_below: false,
            });
        }
    }
    let mut table = grid.finish();
    table.is_named = !captions.is_empty();
    Some(Found { captions, table })
}

fn number(tree: &Tree, cell: Id, name: &str) -> Option<usize> {
    tree.attribute(cell, name)?.trim().parse().ok()
}
