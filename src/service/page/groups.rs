//! Hits gathered by document: for each its best passages and how many more.

use super::hits::{HitView, leave_out_repeated};
use crate::address;
use crate::params::SearchParams;
use crate::words;
use plansearch_engine::{DocumentRecord, Engine};
use plansearch_search::Response;

/// How many hits of a document stand under its heading.
pub(super) const N_EACH: usize = 3;

/// A document with its hits.
pub(super) struct GroupView {
    /// Title of the document.
    pub(super) title: String,
    /// Address of the document with the words marked.
    pub(super) href: String,
    /// Issuer, type, date and number, as far as known.
    pub(super) facts: Vec<String>,
    /// How many passages of it match.
    pub(super) count: String,
    /// The best of them.
    pub(super) hits: Vec<HitView>,
    /// How many are not shown, and the address of all.
    pub(super) more: Option<(String, String)>,
}

/// The documents of an answer that lists documents.
pub(super) fn group_views(
    snapshot: &dyn Engine,
    params: &SearchParams,
    response: &mut Response,
) -> Vec<GroupView> {
    let mut hits = std::mem::take(&mut response.hits).into_iter().peekable();
    let mut groups = Vec::with_capacity(response.documents.len());
    for (id, count) in &response.documents {
        let mut shown = Vec::new();
        while let Some(hit) = hits.next_if(|hit| hit.passage.doc == *id) {
            shown.push(HitView::new(params, &response.marker, hit));
        }
        leave_out_repeated(&mut shown, true);
        let unknown = DocumentRecord::default();
        let doc = snapshot.catalog().get(id).unwrap_or(&unknown);
        groups.push(GroupView::new(params, doc, *count, shown));
    }
    groups
}

impl GroupView {
    /// The group of a document with `count` matching passages, of which these hits
    /// are shown.
    pub(super) fn new(
        params: &SearchParams,
        doc: &DocumentRecord,
        count: usize,
        hits: Vec<HitView>,
    ) -> Self {
        let n_more = count - hits.len().min(count);
        Self {
            title: words::title(doc),
            href: address::marked_document(&params.at(0), &doc.id),
            facts: words::hit_facts(doc),
            count: words::count(count),
            hits,
            more: (n_more > 0).then(|| {
                let href = address::search(&params.within(&doc.id));
                (words::count(n_more), href)
            }),
        }
    }
}
