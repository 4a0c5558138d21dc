//! A passage as the extraction sees it: the one place that knows how rows of tables are
//! stored.

use plansearch_document::PassageKind;
use plansearch_index::PassageRecord;

/// A passage with what its figures may need.
#[derive(Debug, Clone)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: PassageKind,
    /// Headings above, from the top.
    pub path: &'a [String],
    /// Its text.
    pub text: &'a str,
    /// The row of a table.
    pub row: Option<Row<'a>>,
}

/// A row of a table with what stands above it.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// Caption of the table.
    pub caption: &'a str,
    /// Cells of the head; empty without one.
    pub head: &'a [String],
    /// Cells of the row.
    pub cells: &'a [String],
    /// Whether cells are lost, so that those left stand under no column.
    pub is_damaged: bool,
}

impl<'a> From<&'a PassageRecord> for Piece<'a> {
    fn from(passage: &'a PassageRecord) -> Self {
        let row = passage.table.as_ref().and_then(|table| {
            table.row?;
            Some(Row {
                caption: &table.caption,
                head: &table.header,
                cells: &table.cells,
                is_damaged: table.damaged,
            })
        });
        Self {
            kind: passage.passage_kind(),
            path: &passage.path,
            text: &passage.text,
            row,
        }
    }
}
