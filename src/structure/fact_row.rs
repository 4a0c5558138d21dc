//! Rows of a publishing page that state facts: they are no table.
//!
//! `索引号: | … | 公开方式: | … |` is known by its colon, names without one by the
//! values that suit them.

use super::labels::{self, Meaning};
use super::parted_label;

/// `索引号: | … | 公开方式: | … |`
pub(super) fn is_fact_row(cells: &[String]) -> bool {
    is_row_of_pairs(cells)
        || cells
            .first()
            .is_some_and(|first| labels::first(first).is_some() || labels::known(first).is_some())
            && cells.len() <= 6
            && cells.iter().any(|cell| cell.contains(['：', ':']))
}

/// `发文机关 | 国务院办公厅 | 成文日期 | 2023年7月18日`: names without a colon, each
/// before a value that suits it.
fn is_row_of_pairs(cells: &[String]) -> bool {
    let mut n_suited = 0;
    let are_pairs = cells.chunks(2).all(|pair| {
        let Some((_, meaning)) = pair.first().and_then(|name| labels::known(name)) else {
            return false;
        };
        let value = pair.get(1).map_or("", String::as_str);
        let is_suited = !value.is_empty() && parted_label::suits(meaning, value);
        n_suited += usize::from(is_suited && meaning != Meaning::Other);
        is_suited || value.is_empty()
    });
    are_pairs && n_suited > 0
}
