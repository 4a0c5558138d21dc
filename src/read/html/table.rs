//! Tables of data, with their cells; tables that only lay out a page are none.

use super::super::grid::{Cell, Grid, is_frame, is_layout};
use super::lines;
use super::tree::{Id, Step, Tree};
use plansearch_document::RawTable;

/// What a table element is.
pub(super) enum Kind {
    /// A table of data.
    Data(Found),
    /// A frame around text.
    Frame,
    /// The layout of a page.
    Layout,
}

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

/// The table at `id`. One that holds another table is a layout.
pub(super) fn of(tree: &Tree, id: Id, skips: &dyn Fn(Id) -> bool) -> Kind {
    let mut captions = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut is_in_head = false;
    for step in tree.walk(id, skips) {
        match step {
            Step::Leave(inner) => is_in_head &= tree.name(inner) != "thead",
            Step::Enter(inner) => match tree.name(inner) {
                "table" if inner != id => return Kind::Layout,
                "caption" => captions.extend(lines::render(tree, inner, skips).lines),
                "thead" => is_in_head = true,
                "tr" => rows.push(Row {
                    is_in_head,
                    cells: Vec::new(),
                }),
                "td" | "th" => match rows.last_mut() {
                    Some(row) => row.cells.push(inner),
                    None => return Kind::Layout,
                },
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
    if is_frame(&n_lines) {
        return Kind::Frame;
    }
    if is_layout(&n_lines) {
        return Kind::Layout;
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
    Kind::Data(Found { captions, table })
}

fn number(tree: &Tree, cell: Id, name: &str) -> Option<usize> {
    tree.attribute(cell, name)?.trim().parse().ok()
}
