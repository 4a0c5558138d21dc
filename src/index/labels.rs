//! The labels of one kind, numbered for the whole library.
//!
//! Each segment has its own numbers for the same labels. Counting by the numbers
//! made here, no label is looked up while hits are counted: names are read for
//! the few values that are shown.

use std::cmp::Reverse;

use tantivy::columnar::StrColumn;

use super::facet::FacetValue;

/// Different labels, sorted; the position is the number.
#[derive(Debug, Default)]
pub(super) struct Labels {
    names: Vec<String>,
}

impl Labels {
    /// Numbers `names`, which may repeat.
    pub(super) fn new(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        names.dedup();
        Self { names }
    }

    /// The labels in order.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The number of a label.
    pub(super) fn id(&self, name: &str) -> Option<u32> {
        let found = self
            .names
            .binary_search_by(|known| known.as_str().cmp(name));
        found.ok().map(|id| id as u32)
    }

    /// The values with most hits, most first, then by label; `counts` are by
    /// number.
    pub(super) fn most_first(&self, counts: &[u32], max_values: usize) -> Vec<FacetValue> {
        // Numbers sort as the labels do.
        let met = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let met = met.map(|(id, count)| (Reverse(*count), id)).collect();
        smallest(met, max_values)
            .into_iter()
            .map(|(Reverse(count), id)| FacetValue {
                value: self.names[id].clone(),
                label: self.names[id].clone(),
                count: count as usize,
            })
            .collect()
    }
}

/// The `n` smallest of `values`, sorted. Facets have many values and show few,
/// so the others are not sorted.
pub(super) fn smallest<T: Ord>(mut values: Vec<T>, n: usize) -> Vec<T> {
    if n == 0 {
        return Vec::new();
    }
    if n < values.len() {
        values.select_nth_unstable(n - 1);
        values.truncate(n);
    }
    values.sort_unstable();
    values
}

/// The labels of a column in the order of its ordinals.
pub(super) fn of_column(column: Option<&StrColumn>) -> tantivy::Result<Vec<String>> {
    let Some(column) = column else {
        return Ok(Vec::new());
    };
    let mut names = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        names.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_by_count_then_by_label() {
        let labels = Labels::new(["丙", "甲", "乙", "甲"].map(str::to_owned).to_vec());
        let id = |name: &str| labels.id(name).unwrap() as usize;
        let mut counts = vec![0; labels.len()];
        counts[id("甲")] = 2;
        counts[id("乙")] = 2;
        counts[id("丙")] = 5;
        let shown = |n: usize| -> Vec<(String, usize)> {
            let values = labels.most_first(&counts, n);
            values.into_iter().map(|v| (v.label, v.count)).collect()
        };
        let all = [("丙", 5), ("乙", 2), ("甲", 2)].map(|(label, n)| (label.to_owned(), n));
        assert_eq!(shown(9), all);
        assert_eq!(shown(2), all[..2]);
        assert!(shown(0).is_empty());
        assert_eq!(labels.id("丁"), None);
    }
}
