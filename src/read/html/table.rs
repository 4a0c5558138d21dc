//! Tables of data become rows; tables that only lay out a page do not.
//!
//! A cell over several rows is repeated in each, one over several columns is
//! followed by empty cells.

use super::lines;
use super::tree::{Id, Step, Tree};

/// A cell that reaches into rows below.
struct Span {
    text: String,
    n_rows_left: usize,
}

/// Most columns that one cell takes.
const MAX_COLUMNS: usize = 64;
/// Characters and cells that one table may gain by repeated and padded cells.
const MAX_REPEATED: usize = 500_000;
/// A cell of more lines is a part of a page, unless the table has many cells.
const MAX_CELL_LINES: usize = 8;
const MAX_LAYOUT_CELLS: usize = 6;

/// The caption and rows of the table at `id`; `None` when it holds another table
/// or is a layout.
pub(super) fn rows(tree: &Tree, id: Id, skips: &dyn Fn(Id) -> bool) -> Option<Vec<String>> {
    let mut captions = Vec::new();
    let mut rows: Vec<Vec<Id>> = Vec::new();
    for step in tree.walk(id, skips) {
        let Step::Enter(inner) = step else { continue };
        match tree.name(inner) {
            "table" if inner != id => return None,
            "caption" => captions.extend(lines::render(tree, inner, skips).lines),
            "tr" => rows.push(Vec::new()),
            "td" | "th" => rows.last_mut()?.push(inner),
            _ => {}
        }
    }
    let n_cells: usize = rows.iter().map(Vec::len).sum();
    if !rows.iter().any(|row| row.len() > 1) {
        return None;
    }
    let mut n_left = MAX_REPEATED;
    let mut spans: Vec<Option<Span>> = Vec::new();
    let mut out = captions;
    for row in rows {
        let mut cells: Vec<String> = Vec::new();
        for cell in row {
            take_spans(&mut spans, &mut cells, &mut n_left);
            let text = lines::render(tree, cell, &|id| id != cell && skips(id)).lines;
            if text.len() > MAX_CELL_LINES && n_cells <= MAX_LAYOUT_CELLS {
                return None;
            }
            // A bar inside a cell would make two of it.
            let text = text.join(" ").replace('|', "｜");
            put(tree, cell, &text, &mut spans, &mut cells, &mut n_left);
        }
        while cells.len() < spans.len() && spans.iter().skip(cells.len()).any(Option::is_some) {
            if !take_spans(&mut spans, &mut cells, &mut n_left) {
                cells.push(String::new());
            }
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            out.push(format!("{} |", cells.join(" | ")));
        }
    }
    Some(out)
}

/// Adds a cell with the empty ones beside it and remembers what reaches down.
fn put(
    tree: &Tree,
    cell: Id,
    text: &str,
    spans: &mut Vec<Option<Span>>,
    cells: &mut Vec<String>,
    n_left: &mut usize,
) {
    let number = |name: &str| {
        let value = tree.attribute(cell, name)?;
        value.trim().parse::<usize>().ok()
    };
    let n_columns = number("colspan").unwrap_or(1).clamp(1, MAX_COLUMNS);
    let n_rows = number("rowspan").unwrap_or(1).clamp(1, 65_534);
    for column in 0..n_columns {
        if column > 0 && n_left.checked_sub(1).is_none() {
            break;
        }
        let text = if column == 0 {
            text.to_owned()
        } else {
            String::new()
        };
        *n_left = n_left.saturating_sub(usize::from(column > 0));
        if n_rows > 1 {
            let at = cells.len();
            spans.resize_with(spans.len().max(at + 1), || None);
            spans[at] = Some(Span {
                text: text.clone(),
                n_rows_left: n_rows - 1,
            });
        }
        cells.push(text);
    }
}

/// Repeats the cells from above that stand at this place of the row.
fn take_spans(spans: &mut [Option<Span>], cells: &mut Vec<String>, n_left: &mut usize) -> bool {
    let n_before = cells.len();
    while let Some(place) = spans.get_mut(cells.len())
        && let Some(span) = place
    {
        let cost = span.text.len() + 1;
        if *n_left < cost {
            *place = None;
            break;
        }
        *n_left -= cost;
        cells.push(span.text.clone());
        span.n_rows_left -= 1;
        if span.n_rows_left == 0 {
            *place = None;
        }
    }
    cells.len() > n_before
}
