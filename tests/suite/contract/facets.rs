//! Facets of the scan: every value counted by itself.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use plansearch::engine::facet::FacetWish;
use plansearch::engine::filter::group;
use plansearch::engine::{Engine, FacetName, FacetValue, Facets, Lookup};
use plansearch::text::fold;

use super::scan::{Entry, Scan};
use crate::facets::values;

impl Scan {
    pub(super) fn facets(&self, lookup: &Lookup, matches: &[bool], failed: &[u16]) -> Facets {
        let mut facets = Facets::default();
        let wish = FacetWish::new(lookup.max_facet_values, lookup.facet.as_ref());
        for facet in FacetName::ALL
            .into_iter()
            .filter(|facet| wish.wants(*facet))
        {
            // What the choice of this facet alone shuts out counts for it.
            let passing: Vec<&Entry> = (self.entries.iter().zip(matches).zip(failed))
                .filter(|((_, matches), failed)| **matches && *failed & !group::of(facet) == 0)
                .map(|((entry, _), _)| entry)
                .collect();
            let chosen = lookup.filter.singles(facet);
            let by_document = lookup.filter.failed_by_documents(self.catalog());
            let mut of_doc =
                (0..by_document.len()).filter(|doc| by_document[*doc] & group::DOC == 0);
            let only = match (of_doc.next(), of_doc.next()) {
                (Some(only), None) if !lookup.filter.docs.is_empty() => Some(only),
                _ => None,
            };
            let (mut values, n_values) = match only.filter(|_| facet == FacetName::Chapter) {
                Some(doc) => self.tree(doc, &passing, &wish, &lookup.filter.chapters),
                None => self.list(facet, &passing, &wish),
            };
            if wish.part.is_none() && wish.offset == 0 {
                for (name, alone) in chosen {
                    if let Some(value) = values.iter_mut().find(|value| value.value == name) {
                        value.is_chosen = true;
                        continue;
                    }
                    let alone = self.failed(&alone);
                    let ids: BTreeSet<&str> = (self.entries.iter().zip(alone))
                        .filter(|(_, failed)| *failed == 0)
                        .map(|(entry, _)| entry.passage.id.as_str())
                        .collect();
                    let held = |entry: &&&Entry| ids.contains(entry.passage.id.as_str());
                    let doc = self.catalog().get(&name);
                    let doc = doc.filter(|_| facet == FacetName::Doc);
                    values.push(FacetValue {
                        label: doc.map_or_else(|| name.clone(), |doc| doc.title.clone()),
                        count: passing.iter().filter(held).count(),
                        about: (facet == FacetName::Theme).then(|| {
                            let all = passing.iter().filter(held);
                            all.filter(|entry| is_about(entry, &name)).count()
                        }),
                        value: name,
                        is_chosen: true,
                        ..FacetValue::default()
                    });
                }
            }
            for value in &mut values {
                match facet {
                    FacetName::Region => {
                        let around = self.catalog().region_around(&value.value);
                        value.group = around.map(str::to_owned);
                    }
                    FacetName::Period => {
                        value.label = format!("{}年", value.value.replace("..", "—"));
                    }
                    FacetName::Theme => {
                        let node = self.stamp().theme_node(&value.value);
                        let group = node.map(|node| node.group.clone());
                        value.group = group.filter(|group| !group.is_empty());
                    }
                    _ => {}
                }
            }
            *facets.values_mut(facet) = values;
            facets.n_values.insert(facet, n_values);
        }
        facets
    }

    /// Values by number of hits, then by name; documents by title, then as they stand.
    fn list(
        &self,
        facet: FacetName,
        passing: &[&Entry],
        wish: &FacetWish,
    ) -> (Vec<FacetValue>, usize) {
        let mut counted: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for entry in passing {
            let doc = &self.catalog().documents()[entry.doc];
            for value in values(facet, doc, &entry.passage) {
                let is_about = is_about(entry, &value);
                let (count, about) = counted.entry(value).or_default();
                *count += 1;
                *about += usize::from(is_about);
            }
        }
        let mut values: Vec<FacetValue> = counted
            .into_iter()
            .map(|(value, (count, about))| FacetValue {
                label: match facet {
                    FacetName::Doc => self.catalog().get(&value).unwrap().title.clone(),
                    _ => value.clone(),
                },
                count,
                about: (facet == FacetName::Theme).then_some(about),
                value,
                ..FacetValue::default()
            })
            .collect();
        if let Some(part) = &wish.part {
            values.retain(|value| fold(&value.label).contains(part.as_str()));
        }
        let place = |value: &FacetValue| {
            let documents = self.catalog().documents();
            documents.iter().position(|doc| doc.id == value.value)
        };
        values.sort_by_cached_key(|v| (Reverse(v.count), v.label.clone(), place(v)));
        let n_values = values.len();
        let page = values.into_iter().skip(wish.offset).take(wish.max_values);
        (page.collect(), n_values)
    }

    /// The headings of one document in its order. One that stands once is chosen by its
    /// label, another one by its path; one at the top is its own path, so there the label
    /// counts wherever it stands.
    fn tree(
        &self,
        doc: usize,
        passing: &[&Entry],
        wish: &FacetWish,
        chosen: &[String],
    ) -> (Vec<FacetValue>, usize) {
        let mut met: Vec<Vec<String>> = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.doc == doc) {
            for end in 1..=entry.passage.path.len() {
                let path = entry.passage.path[..end].to_vec();
                if !met.contains(&path) {
                    met.push(path);
                }
            }
        }
        let mut ordered = Vec::new();
        below(&[], &met, &mut ordered);
        let mut values = Vec::new();
        for path in &ordered {
            let label = path.last().unwrap();
            let is_only = ordered.iter().filter(|p| p.last() == Some(label)).count() == 1;
            let is_of = |entry: &&&Entry| {
                let own = &entry.passage.path;
                entry.doc == doc && own.starts_with(path)
            };
            let has = |entry: &&&Entry| entry.doc == doc && entry.passage.path.contains(label);
            let count = if is_only || path.len() > 1 {
                passing.iter().filter(is_of).count()
            } else {
                passing.iter().filter(has).count()
            };
            let value = if is_only {
                label.clone()
            } else {
                path.join(" > ")
            };
            let is_chosen = chosen.contains(&value);
            if count > 0 || is_chosen {
                values.push(FacetValue {
                    value,
                    label: label.clone(),
                    count,
                    depth: Some(path.len()),
                    is_chosen,
                    ..FacetValue::default()
                });
            }
        }
        if let Some(part) = &wish.part {
            values.retain(|value| fold(&value.label).contains(part.as_str()));
        }
        let n_values = values.len();
        if wish.offset > 0 || wish.part.is_some() {
            let page = values.into_iter().skip(wish.offset).take(wish.max_values);
            return (page.collect(), n_values);
        }
        // Where there are too many, the deepest levels are left out.
        let deepest = values.iter().filter_map(|value| value.depth).max();
        for depth in (1..=deepest.unwrap_or(0)).rev() {
            if values.len() > wish.max_values {
                values.retain(|value| value.is_chosen || value.depth < Some(depth));
            }
        }
        (values, n_values)
    }
}

/// The paths below one, each before those below it.
fn below(path: &[String], all: &[Vec<String>], ordered: &mut Vec<Vec<String>>) {
    let is_child = |other: &&Vec<String>| other.len() == path.len() + 1 && other.starts_with(path);
    for child in all.iter().filter(is_child) {
        ordered.push(child.clone());
        below(child, all, ordered);
    }
}

fn is_about(entry: &Entry, theme: &str) -> bool {
    let mut themes = entry.passage.themes.iter();
    themes.any(|own| own.about && own.name == theme)
}
