//! The names that stand in a library, with the number of their passages.

use std::collections::BTreeMap;

use tantivy::Searcher;

use super::labels::of_column;

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// The label of a heading; its passages are those below it.
    Heading,
    /// A lead.
    Lead,
    /// A theme.
    Theme,
    /// A term that caused a theme.
    Term,
}

impl NameKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Heading, Self::Lead, Self::Theme, Self::Term];

    fn column(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Lead => "lead",
            Self::Theme => "theme",
            Self::Term => "term",
        }
    }
}

/// The names of one kind with the number of their passages, read from the
/// columns.
pub(super) fn names(searcher: &Searcher, kind: NameKind) -> tantivy::Result<BTreeMap<String, u32>> {
    let mut all = BTreeMap::new();
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(kind.column())? else {
            continue;
        };
        let names = of_column(Some(&column))?;
        let mut counts = vec![0_u32; names.len()];
        let alive = reader.alive_bitset();
        for doc_id in 0..reader.max_doc() {
            if alive.is_some_and(|alive| !alive.is_alive(doc_id)) {
                continue;
            }
            for ord in column.ords().values_for_doc(doc_id) {
                if let Some(count) = counts.get_mut(ord as usize) {
                    *count += 1;
                }
            }
        }
        for (name, count) in names
            .into_iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
        {
            *all.entry(name).or_default() += count;
        }
    }
    Ok(all)
}
