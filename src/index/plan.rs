//! The filter of a lookup, resolved against the library.
//!
//! What a passage fails follows from its document, its path, its themes and its kind, so
//! each is looked up and none is worked out while matches are visited.

use super::catalog::Catalog;
use super::filter::{Filter, group};
use super::lookup::{Lookup, Sort};
use super::rows::{N_FETCHED, Row};
use super::theme_sets::{self, Meets};
use super::view::{NONE, SegmentView, Views};
use plansearch_document::PassageKind;
use tantivy::DocId;

/// The filter of a lookup, resolved.
pub(super) struct Plan<'a> {
    pub(super) filter: &'a Filter,
    /// The groups that the documents fail, in their order; empty when none is asked.
    failed_by_doc: Vec<u16>,
    /// Which paths the chapters admit; `None` when none is asked.
    by_chapter: Option<Vec<bool>>,
    /// The wanted themes; `None` when none is wanted.
    wanted: Option<Vec<u64>>,
    admitted_kinds: Option<Vec<bool>>,
    /// What the sort puts first, by document; empty unless it is the date.
    rank_of_doc: Vec<u32>,
    is_about_first: bool,
}

/// What an entry fails that is no passage: everything.
pub(super) const NO_PASSAGE: u16 = u16::MAX;

impl<'a> Plan<'a> {
    pub(super) fn new(lookup: &'a Lookup, catalog: &Catalog, views: &Views) -> Self {
        let filter = &lookup.filter;
        let documents = catalog.documents().iter();
        let rank_of_doc = match lookup.sort {
            Sort::Date => documents
                .map(|doc| newest_first(doc.date.as_deref()))
                .collect(),
            Sort::Relevance | Sort::Document => Vec::new(),
        };
        let failed_by_doc = if filter.is_about_documents() {
            filter.failed_by_documents(catalog)
        } else {
            Vec::new()
        };
        let by_chapter = (!filter.chapters.is_empty())
            .then(|| views.paths.admitted(&views.headings, &filter.chapters));
        Self {
            by_chapter,
            wanted: (!filter.themes.is_empty())
                .then(|| theme_sets::wanted(&views.themes, &filter.themes)),
            admitted_kinds: (!filter.kinds.is_empty()).then(|| {
                let kinds = PassageKind::ALL.iter();
                kinds.map(|kind| filter.kinds.contains(kind)).collect()
            }),
            is_about_first: lookup.is_about_first && !filter.themes.is_empty(),
            rank_of_doc,
            failed_by_doc,
            filter,
        }
    }

    /// Says whether every passage passes.
    pub(super) fn is_open(&self) -> bool {
        self.failed_by_doc.is_empty()
            && self.by_chapter.is_none()
            && self.wanted.is_none()
            && self.admitted_kinds.is_none()
    }

    /// The groups that the documents fail, in their order, where nothing but them is asked.
    pub(super) fn failed_by_document_alone(&self) -> Option<&[u16]> {
        let is_alone =
            self.by_chapter.is_none() && self.wanted.is_none() && self.admitted_kinds.is_none();
        is_alone.then_some(self.failed_by_doc.as_slice())
    }

    /// The one document that is chosen, if it is one.
    pub(super) fn only_document(&self) -> Option<usize> {
        if self.filter.docs.is_empty() {
            return None;
        }
        let mut chosen = self
            .failed_by_doc
            .iter()
            .enumerate()
            .filter(|(_, failed)| **failed & group::DOC == 0);
        match (chosen.next(), chosen.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }

    /// The groups that each of some matches fails, in front; their rows are fetched
    /// already. There are at most [`N_FETCHED`].
    #[inline]
    pub(super) fn failed(
        &self,
        view: &SegmentView,
        docs: &[DocId],
        rows: &[Row],
    ) -> [u16; N_FETCHED] {
        let mut failed = [NO_PASSAGE; N_FETCHED];
        let each = || docs.iter().zip(rows);
        for (failed, row) in failed.iter_mut().zip(rows) {
            if row.doc != NONE {
                let by_doc = self.failed_by_doc.get(row.doc as usize);
                *failed = by_doc.copied().unwrap_or(0);
            }
        }
        if let Some(admitted) = &self.by_chapter {
            for (failed, row) in failed.iter_mut().zip(rows) {
                if admitted.get(row.path as usize) != Some(&true) {
                    *failed |= group::CHAPTER;
                }
            }
        }
        if let Some(wanted) = &self.wanted {
            for (failed, (doc_id, row)) in failed.iter_mut().zip(each()) {
                let themes = view.rows().with_more(*doc_id, row.themes);
                if theme_sets::meets(themes, wanted) == Meets::No {
                    *failed |= group::THEME;
                }
            }
        }
        if let Some(admitted) = &self.admitted_kinds {
            for (failed, doc_id) in failed.iter_mut().zip(docs) {
                if admitted.get(view.kind_idx(*doc_id)) != Some(&true) {
                    *failed |= group::KIND;
                }
            }
        }
        failed
    }

    /// What a hit is sorted by before all else: what is about a wanted theme stands
    /// before what mentions it.
    #[inline]
    pub(super) fn tier(&self, view: &SegmentView, doc_id: DocId) -> u32 {
        u32::from(self.is_about_first && self.meets(view, doc_id) != Some(Meets::About))
    }

    /// What a match has of the wanted themes, if any are.
    #[inline]
    fn meets(&self, view: &SegmentView, doc_id: DocId) -> Option<Meets> {
        let wanted = self.wanted.as_ref()?;
        Some(theme_sets::meets(view.rows().themes(doc_id), wanted))
    }

    /// What the date puts first.
    pub(super) fn rank_of_doc(&self, doc_idx: u32) -> u32 {
        self.rank_of_doc.get(doc_idx as usize).copied().unwrap_or(0)
    }
}

fn newest_first(date: Option<&str>) -> u32 {
    let digits: String = date
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    u32::MAX - digits.parse::<u32>().unwrap_or(0)
}
