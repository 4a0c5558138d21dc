//! The documents that a query names, above its hits.

use crate::address;
use crate::named;
use crate::params::SearchParams;
use crate::words;
use plansearch_engine::{DocumentRecord, Engine};

/// Most documents that stand above the hits.
const MAX_SHOWN: usize = 3;

/// The documents that a query names.
pub(super) struct NamedView {
    /// The first of them.
    pub(super) documents: Vec<NamedDocument>,
    /// How many more there are, and the address of them.
    pub(super) more: Option<(String, String)>,
}

/// A document that a query names.
pub(super) struct NamedDocument {
    /// Its title.
    pub(super) title: String,
    /// Address of the reader.
    pub(super) href: String,
    /// Issuer, type, date and number, as far as known.
    pub(super) facts: Vec<String>,
    /// How many passages it has.
    pub(super) n_passages: String,
    /// The citation of the whole.
    pub(super) citation: String,
    /// Address of all its passages, to search in it.
    pub(super) search_href: String,
}

impl NamedView {
    /// The documents that `params` names, above its first hits.
    pub(super) fn of(snapshot: &dyn Engine, params: &SearchParams) -> Option<Self> {
        if params.offset > 0 || !params.doc.is_empty() {
            return None;
        }
        let found = named::named(snapshot, &params.q);
        let n_more = found.len().saturating_sub(MAX_SHOWN);
        (!found.is_empty()).then(|| Self {
            documents: found
                .into_iter()
                .take(MAX_SHOWN)
                .map(NamedDocument::new)
                .collect(),
            more: (n_more > 0).then(|| (words::count(n_more), address::documents(&params.q, 0))),
        })
    }
}

impl NamedDocument {
    fn new(doc: &DocumentRecord) -> Self {
        Self {
            title: words::title(doc),
            href: address::document(&doc.id),
            facts: words::hit_facts(doc),
            n_passages: words::count(doc.n_passages),
            citation: words::citation(doc),
            search_href: address::search(&SearchParams::default().within(&doc.id)),
        }
    }
}
