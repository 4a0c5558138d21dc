//! The names that stand in a library, with the number of their passages.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::{DocId, Searcher};

use super::column_labels::of_column;
use super::labels::Labels;
use super::theme_sets::ThemeSums;
use super::view::{SegmentView, Views};
use plansearch_engine::NameKind;

/// The column of leads.
const LEAD: &str = "lead";
/// The column of terms.
const TERM: &str = "term";

/// The names of one kind with the number of their passages, read from the
/// columns.
pub(super) fn names(
    searcher: &Searcher,
    views: &Views,
    kind: NameKind,
) -> tantivy::Result<BTreeMap<String, u32>> {
    match kind {
        NameKind::Lead => of_names(searcher, LEAD),
        NameKind::Term => of_names(searcher, TERM),
        NameKind::Heading => Ok(headings(searcher, views)),
        NameKind::Theme => Ok(themes(searcher, views)),
    }
}

fn headings(searcher: &Searcher, views: &Views) -> BTreeMap<String, u32> {
    let mut under_path = vec![0_u32; views.paths.len()];
    each_passage(searcher, views, |_, _, path| under_path[path] += 1);
    let mut counts = vec![0_u32; views.headings.len()];
    for (path, times) in under_path.into_iter().enumerate() {
        for label in views.paths.labels(path) {
            counts[label] += times;
        }
    }
    counted(&views.headings, &counts)
}

fn themes(searcher: &Searcher, views: &Views) -> BTreeMap<String, u32> {
    let mut sums = ThemeSums::new(&views.themes);
    each_passage(searcher, views, |view, doc_id, _| {
        for (block, bits) in view.rows().themes(doc_id).enumerate() {
            sums.add(block, &[bits]);
        }
    });
    let [all, _] = sums.counts();
    counted(&views.themes, &all)
}

/// Calls `each` with every passage and its path.
fn each_passage(
    searcher: &Searcher,
    views: &Views,
    mut each: impl FnMut(&SegmentView, DocId, usize),
) {
    for (reader, view) in searcher.segment_readers().iter().zip(&views.segments) {
        let alive = reader.alive_bitset();
        let is_alive = |id: &u32| alive.is_none_or(|alive| alive.is_alive(*id));
        for doc_id in (0..reader.max_doc()).filter(is_alive) {
            if let Some(path) = view.path(doc_id) {
                each(view, doc_id, path);
            }
        }
    }
}

/// The names that were counted, with their counts.
fn counted(labels: &Labels, counts: &[u32]) -> BTreeMap<String, u32> {
    let names = labels.names().iter().cloned();
    let counted = names.zip(counts.iter().copied());
    counted.filter(|(_, count)| *count > 0).collect()
}

/// The headings and leads of each document, each once: position in the catalog, text.
pub(super) fn headings_and_leads(
    searcher: &Searcher,
    views: &Views,
) -> tantivy::Result<BTreeSet<(usize, String)>> {
    let mut all = BTreeSet::new();
    for (reader, view) in searcher.segment_readers().iter().zip(&views.segments) {
        let leads = reader.fast_fields().str(LEAD)?;
        let names = of_column(leads.as_ref())?;
        let mut places = BTreeSet::new();
        let mut of_docs = BTreeSet::new();
        let alive = reader.alive_bitset();
        let is_alive = |id: &u32| alive.is_none_or(|alive| alive.is_alive(*id));
        for doc_id in (0..reader.max_doc()).filter(is_alive) {
            let (Some(doc), Some(path)) = (view.doc_idx(doc_id), view.path(doc_id)) else {
                continue;
            };
            places.insert((doc, path));
            if let Some(leads) = &leads {
                let ords = leads.ords().values_for_doc(doc_id);
                of_docs.extend(ords.map(|ord| (doc, ord as usize)));
            }
        }
        for (doc, path) in places {
            let labels = views.paths.labels(path);
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
