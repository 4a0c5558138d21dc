//! The names that stand in a library, with the number of their passages.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::Searcher;

use super::labels::of_column;
use super::view::Views;

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

    /// The column of leads.
    const LEAD: &'static str = "lead";

    /// The column of names that have one; the others are counted by section or set.
    fn column(self) -> Option<&'static str> {
        match self {
            Self::Lead => Some(Self::LEAD),
            Self::Term => Some("term"),
            Self::Heading | Self::Theme => None,
        }
    }
}

/// The names of one kind with the number of their passages, read from the
/// columns.
pub(super) fn names(
    searcher: &Searcher,
    views: &Views,
    kind: NameKind,
) -> tantivy::Result<BTreeMap<String, u32>> {
    let Some(column) = kind.column() else {
        return Ok(numbered(searcher, views, kind));
    };
    of_names(searcher, column)
}

/// Headings and themes, which passages have by the number of their section or set.
fn numbered(searcher: &Searcher, views: &Views, kind: NameKind) -> BTreeMap<String, u32> {
    let (sections, sets) = (&views.sections, &views.theme_sets);
    let is_heading = kind == NameKind::Heading;
    let labels = if is_heading {
        &views.headings
    } else {
        &views.themes
    };
    let mut times = vec![
        0_u32;
        if is_heading {
            sections.len()
        } else {
            sets.len()
        }
    ];
    for (reader, view) in searcher.segment_readers().iter().zip(&views.segments) {
        let alive = reader.alive_bitset();
        for doc_id in
            (0..reader.max_doc()).filter(|id| alive.is_none_or(|alive| alive.is_alive(*id)))
        {
            let Some(section) = view.section(doc_id) else {
                continue;
            };
            let at = if is_heading {
                section
            } else {
                view.theme_set(doc_id)
            };
            if let Some(times) = times.get_mut(at) {
                *times += 1;
            }
        }
    }
    let mut counts = vec![0_u32; labels.len()];
    for (at, times) in times
        .into_iter()
        .enumerate()
        .filter(|(_, times)| *times > 0)
    {
        if is_heading {
            for label in sections.labels(at) {
                counts[label] += times;
            }
        } else {
            for (theme, _) in sets.members(at) {
                counts[*theme as usize] += times;
            }
        }
    }
    let names = labels.names().iter().cloned();
    names.zip(counts).filter(|(_, count)| *count > 0).collect()
}

/// The headings and leads of each document, each once: position in the catalog, text.
pub(super) fn headings_and_leads(
    searcher: &Searcher,
    views: &Views,
) -> tantivy::Result<BTreeSet<(usize, String)>> {
    let mut all = BTreeSet::new();
    for (reader, view) in searcher.segment_readers().iter().zip(&views.segments) {
        let leads = reader.fast_fields().str(NameKind::LEAD)?;
        let names = of_column(leads.as_ref())?;
        let mut sections = BTreeSet::new();
        let mut of_docs = BTreeSet::new();
        let alive = reader.alive_bitset();
        let is_alive = |id: &u32| alive.is_none_or(|alive| alive.is_alive(*id));
        for doc_id in (0..reader.max_doc()).filter(is_alive) {
            let Some(section) = view.section(doc_id) else {
                continue;
            };
            sections.insert(section);
            if let (Some(leads), Some(doc)) = (&leads, view.doc_idx(doc_id)) {
                let ords = leads.ords().values_for_doc(doc_id);
                of_docs.extend(ords.map(|ord| (doc, ord as usize)));
            }
        }
        for section in sections {
            let doc = views.sections.doc_idx(section).unwrap_or(usize::MAX);
            let labels = views.sections.labels(section);
            all.extend(labels.map(|label| (doc, views.headings.name(label).to_owned())));
        }
        let leads = of_docs.into_iter();
        all.extend(leads.filter_map(|(doc, ord)| Some((doc, names.get(ord)?.clone()))));
    }
    Ok(all)
}

fn of_names(searcher: &Searcher, column: &str) -> tantivy::Result<BTreeMap<String, u32>> {
    let mut all = BTreeMap::new();
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(column)? else {
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
