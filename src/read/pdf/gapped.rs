//! Tables without rules: rows whose cells stand apart in aligned columns.
//!
//! Cautious: at least three rows of three cells that begin, end or centre at the
//! same places. Everything else stays text.

use super::rows::Row;
use plansearch_document::RawRow;

const MIN_ROWS: usize = 3;
const MIN_CELLS: usize = 3;

/// Text or a table, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A row of text.
    Row(Row),
    /// Rows of cells.
    Table(Vec<RawRow>),
}

/// Finds tables among rows in reading order.
pub(super) fn items(rows: Vec<Row>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut aligned: Vec<(Row, Vec<Row>)> = Vec::new();
    for row in rows {
        let runs = row.runs();
        let goes_on = runs.len() >= MIN_CELLS
            && aligned
                .last()
                .is_none_or(|(_, above)| is_aligned(above, &runs));
        if !goes_on {
            flush(&mut aligned, &mut items);
        }
        if runs.len() >= MIN_CELLS {
            aligned.push((row, runs));
        } else {
            items.push(Item::Row(row));
        }
    }
    flush(&mut aligned, &mut items);
    items
}

fn flush(aligned: &mut Vec<(Row, Vec<Row>)>, items: &mut Vec<Item>) {
    let rows = std::mem::take(aligned);
    if rows.len() < MIN_ROWS {
        items.extend(rows.into_iter().map(|(row, _)| Item::Row(row)));
        return;
    }
    let cells = |(_, runs): (Row, Vec<Row>)| RawRow::of(runs.iter().map(Row::text));
    items.push(Item::Table(rows.into_iter().map(cells).collect()));
}

fn is_aligned(above: &[Row], below: &[Row]) -> bool {
    above.len() == below.len()
        && above.iter().zip(below).all(|(a, b)| {
            let near = |left: f32, right: f32| (left - right).abs() < a.size;
            near(a.start(), b.start())
                || near(a.end(), b.end())
                || near(a.start() + a.end(), b.start() + b.end())
        })
}
