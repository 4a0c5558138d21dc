//! The labels of one kind, numbered for the whole library.
//!
//! Each segment has its own numbers for the same labels. Counting by the numbers
//! made here, no label is looked up while hits are counted: names are read for
//! the few values that are shown.

use super::filter::NameFilter;

/// Different labels, sorted; the position is the number.
#[derive(Debug, Default)]
pub struct Labels {
    names: Vec<String>,
}

impl Labels {
    /// Numbers `names`, which may repeat.
    pub fn new(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        names.dedup();
        Self { names }
    }

    /// The labels in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The number of a label.
    pub fn id(&self, name: &str) -> Option<u32> {
        let found = self
            .names
            .binary_search_by(|known| known.as_str().cmp(name));
        found.ok().map(|id| id as u32)
    }

    /// The label with this number.
    pub fn name(&self, id: usize) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    /// For each label whether `names` admit it: a label that exists is taken
    /// exactly, another name as a part.
    pub fn admitted(&self, names: &[String]) -> Vec<bool> {
        if names.is_empty() {
            return vec![false; self.len()];
        }
        let filter = NameFilter::new(names, |name| self.id(name).is_some());
        let labels = self.names.iter();
        labels
            .map(|label| filter.admits([label.as_str()]))
            .collect()
    }
}

/// Lists of numbers, one behind the other.
#[derive(Debug, Default)]
pub struct NumberLists {
    /// Where each list ends in `numbers`.
    ends: Vec<u32>,
    numbers: Vec<u32>,
}

impl NumberLists {
    /// Adds a list behind the others.
    pub fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.numbers.extend(list);
        self.ends.push(self.numbers.len() as u32);
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The lists in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let from = std::mem::replace(&mut start, *end as usize);
            self.numbers.get(from..start).unwrap_or_default()
        })
    }

    /// The list at this position, empty where there is none.
    pub fn of(&self, at: usize) -> &[u32] {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.numbers.get(start..end(at)).unwrap_or_default()
    }
}

/// The `n` smallest of `values`, sorted. Facets have many values and show few,
/// so the others are not sorted.
pub fn smallest<T: Ord>(mut values: Vec<T>, n: usize) -> Vec<T> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_come_sorted() {
        assert_eq!(smallest(vec![5, 1, 4, 2], 2), [1, 2]);
        assert_eq!(smallest(vec![5, 1, 4, 2], 9), [1, 2, 4, 5]);
        assert!(smallest(vec![5, 1], 0).is_empty());
    }

    #[test]
    fn a_label_that_exists_is_taken_exactly() {
        let labels = Labels::new(["港口", "港口航运", "航运"].map(str::to_owned).to_vec());
        let admitted = |name: &str| labels.admitted(&[name.to_owned()]);
        assert_eq!(admitted("港口"), [true, false, false]);
        assert_eq!(admitted("航"), [false, true, true]);
        assert!(!labels.admitted(&[]).contains(&true));
    }
}
