//! Reading whole columns: in blocks, for a value at a time costs several times as much.

use tantivy::DocId;
use tantivy::columnar::{Column, ColumnIndex};

/// How many values are unpacked at once.
const BLOCK: usize = 1024;

/// Calls `take` with each entry that has a value, in their order.
pub(super) fn for_each_value(column: &Column<u64>, mut take: impl FnMut(DocId, u64)) {
    let mut values = Values::of(column);
    match &column.index {
        ColumnIndex::Full => (0..column.num_docs()).for_each(|entry| {
            take(entry, values.next());
        }),
        ColumnIndex::Optional(index) => index.iter_non_null_docs().for_each(|entry| {
            take(entry, values.next());
        }),
        ColumnIndex::Empty { .. } | ColumnIndex::Multivalued(_) => {
            for entry in 0..column.num_docs() {
                if let Some(value) = column.first(entry) {
                    take(entry, value);
                }
            }
        }
    }
}

/// The values of a column as they lie, one after the other.
struct Values<'a> {
    column: &'a Column<u64>,
    block: Vec<u64>,
    /// How many of the block were given.
    n_given: usize,
    /// How many values lie before the end of the block.
    n_read: u32,
}

impl<'a> Values<'a> {
    fn of(column: &'a Column<u64>) -> Self {
        Self {
            column,
            block: Vec::new(),
            n_given: 0,
            n_read: 0,
        }
    }

    /// The next value, 0 behind the last.
    #[inline]
    fn next(&mut self) -> u64 {
        if self.n_given == self.block.len() {
            self.read();
        }
        self.n_given += 1;
        self.block.get(self.n_given - 1).copied().unwrap_or(0)
    }

    fn read(&mut self) {
        let values = &self.column.values;
        let n_left = values.num_vals().saturating_sub(self.n_read);
        self.block.resize((n_left as usize).min(BLOCK), 0);
        values.get_range(u64::from(self.n_read), &mut self.block);
        self.n_read += self.block.len() as u32;
        self.n_given = 0;
    }
}
