//! A passage as the extraction sees it.

use plansearch_document::PassageKind;

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
