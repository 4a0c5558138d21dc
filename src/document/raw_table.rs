//! Tables as a format states them: a grid of cells, filled where cells are merged.
//!
//! Knows what stands where and what covers what; which rows are title, unit or head
//! where the format is silent is for `structure` to say.

/// A table of a source. Its rows stand on consecutive lines of
/// [`crate::RawText::lines`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawTable {
    /// Rows that hold something, from the top.
    pub rows: Vec<RawRow>,
    /// Whether the line before the first row is what the format calls the table: the
    /// name of a sheet, the caption of a page.
    pub is_named: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    /// A cell for each column, from the left; columns at the end may be missing.
    pub cells: Vec<RawCell>,
    /// Whether the format marks the row as head (`th`, `w:tblHeader`).
    pub is_head: bool,
}

/// What stands in one column of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawCell {
    /// The words, bars included. A cell merged over rows has its words in each of
    /// them, one merged over columns in the first of them.
    pub text: String,
    /// Which cell it is a part of.
    pub merged: Merged,
}

/// What a place of the grid is a part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merged {
    /// A cell of its own.
    #[default]
    No,
    /// The cell above it.
    Above,
    /// The cell on its left.
    Left,
}

impl RawCell {
    /// Makes a cell that is not merged.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            merged: Merged::No,
        }
    }
}

impl RawRow {
    /// Makes a row of plain cells.
    pub fn of<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self {
            cells: texts.into_iter().map(RawCell::new).collect(),
            is_head: false,
        }
    }

    /// The row as a line of text for people: `a | b |`.
    pub fn line(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join(" | ") + " |"
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }
}
