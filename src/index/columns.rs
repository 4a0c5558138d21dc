//! Reading whole columns: in blocks, for a value at a time costs several times as much.

use tantivy::DocId;
use tantivy::columnar::Column;

/// How many entries are looked up at once.
const BLOCK: u32 = 1024;

/// Calls `take` with each entry that has a value, in their order.
pub(super) fn for_each_value(column: &Column<u64>, mut take: impl FnMut(DocId, u64)) {
    let n_entries = column.num_docs();
    let (mut entries, mut rows, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut block: Vec<DocId> = Vec::with_capacity(BLOCK as usize);
    for start in (0..n_entries).step_by(BLOCK as usize) {
        block.clear();
        block.extend(start..n_entries.min(start + BLOCK));
        entries.clear();
        rows.clear();
        column.row_ids_for_docs(&block, &mut entries, &mut rows);
        values.resize(rows.len(), 0);
        column.values.get_vals(&rows, &mut values);
        for (entry, value) in entries.iter().zip(&values) {
            take(*entry, *value);
        }
    }
}
