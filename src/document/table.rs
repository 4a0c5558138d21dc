//! Tables: caption, head and rows, as the source has them.

use std::collections::BTreeSet;

use super::SectionIdx;

/// One table of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Caption, such as `表1-1 主要指标`; empty without one.
    pub caption: String,
    /// The unit of its numbers, such as `亿元`; empty where none is stated for the
    /// whole table.
    pub unit: String,
    /// Notes below it (注：…), and lines between caption and head.
    pub notes: Vec<String>,
    /// The section the table stands in.
    pub section: Option<SectionIdx>,
    /// Cells of the head; empty when the table has none.
    pub header: Vec<String>,
    /// Rows of cells. A damaged row keeps its cells as they are.
    pub rows: Vec<Vec<String>>,
    /// Rows that lost cells and stand under no column, by their position.
    pub damaged: BTreeSet<usize>,
}

/// Joins the cells of a row as people read them.
pub fn row_text(cells: &[String]) -> String {
    cells.join(" | ")
}
