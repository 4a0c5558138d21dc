//! How many records each value of a filter has.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::request::Record;
use plansearch_engine::DocumentRecord;
use plansearch_target::{Binding, Horizon};

/// Counts by value; those of horizon, binding and year do not know the choice made in
/// them, so that other values stay to be chosen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// By horizon.
    pub horizons: BTreeMap<Horizon, usize>,
    /// By binding.
    pub bindings: BTreeMap<Binding, usize>,
    /// By the last year.
    pub years: BTreeMap<u16, usize>,
    /// By document; those of most records first.
    pub documents: Vec<(Arc<DocumentRecord>, usize)>,
    /// By level of government.
    pub levels: BTreeMap<&'static str, usize>,
    /// By region; what lies in a region counts for it.
    pub regions: BTreeMap<String, usize>,
    /// By type of document.
    pub types: BTreeMap<String, usize>,
}

/// What of a request a record fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Fails {
    pub(crate) year: bool,
    pub(crate) horizon: bool,
    pub(crate) binding: bool,
}

impl Fails {
    pub(crate) fn nothing(self) -> bool {
        self == Self::default()
    }

    /// Whether it fails at most this.
    fn at_most(self, other: Self) -> bool {
        (!self.year || other.year)
            && (!self.horizon || other.horizon)
            && (!self.binding || other.binding)
    }
}

impl Facets {
    pub(crate) fn of(candidates: &[(Record, Fails)]) -> Self {
        let only = Fails::default();
        let mut facets = Self::default();
        let mut documents: BTreeMap<&str, (&Record, usize)> = BTreeMap::new();
        for (record, fails) in candidates {
            let target = &record.target;
            if fails.at_most(Fails {
                horizon: true,
                ..only
            }) {
                *facets.horizons.entry(target.horizon).or_default() += 1;
            }
            let is_other_binding = fails.at_most(Fails {
                binding: true,
                ..only
            });
            if let Some(binding) = target.binding.filter(|_| is_other_binding) {
                *facets.bindings.entry(binding).or_default() += 1;
            }
            let is_other_year = fails.at_most(Fails { year: true, ..only });
            if let Some(year) = target.year.filter(|_| is_other_year) {
                *facets.years.entry(year).or_default() += 1;
            }
            if fails.nothing() {
                documents.entry(&record.doc.id).or_insert((record, 0)).1 += 1;
            }
        }
        facets.by_document(documents);
        facets
    }

    fn by_document(&mut self, documents: BTreeMap<&str, (&Record, usize)>) {
        for (record, count) in documents.into_values() {
            let doc = &record.doc;
            let place = doc.jurisdiction();
            if let Some(level) = place.level {
                *self.levels.entry(level.name()).or_default() += count;
            }
            for region in place.regions {
                *self.regions.entry(region).or_default() += count;
            }
            *self.types.entry(doc.doc_type.clone()).or_default() += count;
            self.documents.push((Arc::clone(doc), count));
        }
        self.documents
            .sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
}
