//! Hits by document, and the facets that follow from them.

use std::cmp::Reverse;

use super::catalog::Catalog;
use super::facet::{FacetValue, Facets};
use super::filter::{Filter, group};
use super::labels::smallest;

/// Counters over documents, one list per group that may be failed alone.
pub(super) struct DocCounts {
    passed: Vec<u32>,
    failed_only: [(u8, Vec<u32>); 4],
}

impl DocCounts {
    /// Counters for `n_docs` documents; with 0 nothing is counted.
    pub(super) fn new(n_docs: usize, filter: &Filter) -> Self {
        let list = |is_used: bool| if is_used { vec![0; n_docs] } else { Vec::new() };
        Self {
            passed: list(true),
            failed_only: [
                (group::DOC, list(!filter.docs.is_empty())),
                (group::ISSUER, list(!filter.issuers.is_empty())),
                (group::TYPE, list(!filter.types.is_empty())),
                (group::YEAR, list(!filter.years.is_empty())),
            ],
        }
    }

    /// Counts a match that fails the groups of `mask`.
    pub(super) fn count(&mut self, mask: u8, doc_idx: usize) {
        let counts = if mask == 0 {
            Some(&mut self.passed)
        } else {
            let list = self.failed_only.iter_mut().find(|(bit, _)| *bit == mask);
            list.map(|(_, counts)| counts)
        };
        if let Some(count) = counts.and_then(|counts| counts.get_mut(doc_idx)) {
            *count += 1;
        }
    }

    /// Hits by document when the choice of `bit` is ignored.
    fn ignoring(&self, bit: u8) -> impl Iterator<Item = (usize, u32)> + '_ {
        let (_, alone) = self
            .failed_only
            .iter()
            .find(|(known, _)| *known == bit)
            .unwrap_or(&self.failed_only[0]);
        self.passed
            .iter()
            .enumerate()
            .map(|(idx, passed)| (idx, passed + alone.get(idx).unwrap_or(&0)))
            .filter(|(_, count)| *count > 0)
    }

    /// The facets that belong to documents.
    pub(super) fn facets(&self, catalog: &Catalog, max_values: usize) -> Facets {
        Facets {
            doc: self.most_first(catalog, max_values),
            issuer: catalog
                .issuers
                .most_first(self.ignoring(group::ISSUER), max_values),
            doc_type: catalog
                .doc_types
                .most_first(self.ignoring(group::TYPE), max_values),
            year: catalog
                .years
                .most_first(self.ignoring(group::YEAR), max_values),
            ..Facets::default()
        }
    }

    fn most_first(&self, catalog: &Catalog, max_values: usize) -> Vec<FacetValue> {
        let documents = catalog.documents();
        let met = self
            .ignoring(group::DOC)
            .map(|(idx, count)| (Reverse(count), documents[idx].title.as_str(), idx))
            .collect();
        smallest(met, max_values)
            .into_iter()
            .map(|(Reverse(count), title, idx)| FacetValue {
                value: documents[idx].id.clone(),
                label: title.to_owned(),
                count: count as usize,
            })
            .collect()
    }
}
