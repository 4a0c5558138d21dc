//! The filter of a lookup, resolved against the library.
//!
//! What a passage fails follows from the number of its section, the number of its
//! set of themes and its kind, so each is looked up and none is worked out while
//! matches are visited.

use super::catalog::Catalog;
use super::filter::{Filter, group};
use super::lookup::{Lookup, Sort};
use super::theme_sets::Meets;
use super::view::{SegmentView, Views};
use crate::document::PassageKind;
use tantivy::DocId;

/// The filter of a lookup, resolved.
pub(super) struct Plan<'a> {
    pub(super) filter: &'a Filter,
    /// The groups that the documents fail, in their order; empty when none is asked.
    failed_by_doc: Vec<u16>,
    /// The groups that the sections fail; `None` when none is asked.
    failed_by_section: Option<Vec<u16>>,
    /// What each set of themes has of the wanted ones; `None` when none is wanted.
    meets: Option<Vec<Meets>>,
    admitted_kinds: Option<Vec<bool>>,
    /// What the sort puts first, by document; empty unless it is the date.
    rank_of_doc: Vec<u32>,
    is_about_first: bool,
}

/// What a match is, as the filter sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Number of its section.
    pub(super) section: usize,
    /// The groups that it fails.
    pub(super) failed: u16,
}

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
            .then(|| views.sections.admitted(&views.headings, &filter.chapters));
        let is_asked = by_chapter.is_some() || !failed_by_doc.is_empty();
        let failed = |section: usize| {
            let doc = views.sections.doc_idx(section);
            let by_doc = doc.and_then(|doc| failed_by_doc.get(doc)).copied();
            let is_inside = by_chapter.as_ref().is_none_or(|admitted| admitted[section]);
            by_doc.unwrap_or(0) | if is_inside { 0 } else { group::CHAPTER }
        };
        Self {
            failed_by_section: is_asked.then(|| (0..views.sections.len()).map(failed).collect()),
            meets: (!filter.themes.is_empty())
                .then(|| views.theme_sets.meeting(&views.themes, &filter.themes)),
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

    /// The groups that a section fails.
    #[inline]
    pub(super) fn failed_by_section(&self, section: usize) -> u16 {
        let failed = self.failed_by_section.as_ref();
        failed.map_or(0, |failed| failed.get(section).copied().unwrap_or(0))
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

    /// What a match is; `None` for entries that are no passages.
    #[inline]
    pub(super) fn see(&self, view: &SegmentView, doc_id: DocId) -> Option<Seen> {
        let section = view.section(doc_id)?;
        let mut failed = self.failed_by_section(section);
        if let Some(meets) = &self.meets
            && meets
                .get(view.theme_set(doc_id))
                .is_none_or(|meets| *meets == Meets::No)
        {
            failed |= group::THEME;
        }
        if let Some(admitted) = &self.admitted_kinds
            && !admitted.get(view.kind_idx(doc_id)).is_some_and(|is| *is)
        {
            failed |= group::KIND;
        }
        Some(Seen { section, failed })
    }

    /// What a hit is sorted by before all else: what is about a wanted theme stands
    /// before what mentions it.
    #[inline]
    pub(super) fn tier(&self, view: &SegmentView, doc_id: DocId) -> u32 {
        let Some(meets) = self.meets.as_ref().filter(|_| self.is_about_first) else {
            return 0;
        };
        let met = meets.get(view.theme_set(doc_id));
        u32::from(met != Some(&Meets::About))
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
