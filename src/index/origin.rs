//! Where passages come from, resolved against a library.

use tantivy::DocId;

use super::catalog::Catalog;
use super::theme_sets::{self, Meets};
use super::view::{SegmentView, Views};
use plansearch_engine::Origin;

/// A property, resolved against the library.
pub(super) enum Admitted {
    Documents(Vec<bool>),
    Paths(Vec<bool>),
    /// The wanted themes, a bit each.
    Themes(Vec<u64>),
}

impl Admitted {
    /// What has a property.
    pub(super) fn of(origin: &Origin, catalog: &Catalog, views: &Views) -> Self {
        let documents = || origin.documents(catalog).unwrap_or_default();
        match origin {
            Origin::Chapter(name) => {
                let names = std::slice::from_ref(name);
                Self::Paths(views.paths.admitted(&views.headings, names))
            }
            Origin::NextHeading(name) => {
                let labels = views.headings.admitted(std::slice::from_ref(name));
                let is_next = |path: usize| {
                    let next = views.paths.path(path).last();
                    next.is_some_and(|label| labels.get(*label as usize) == Some(&true))
                };
                Self::Paths((0..views.paths.len()).map(is_next).collect())
            }
            Origin::Theme(name) => {
                let names = std::slice::from_ref(name);
                Self::Themes(theme_sets::wanted(&views.themes, names))
            }
            _ => Self::Documents(documents()),
        }
    }

    /// Says whether anything in the library has it.
    pub(super) fn is_known(&self) -> bool {
        match self {
            Self::Documents(admitted) | Self::Paths(admitted) => admitted.contains(&true),
            // A theme that has a number is one of some passage.
            Self::Themes(wanted) => wanted.iter().any(|themes| *themes != 0),
        }
    }

    /// Says whether a passage of a segment has it.
    pub(super) fn admits(&self, view: &SegmentView, doc_id: DocId) -> bool {
        let is_admitted = |admitted: &[bool], id: usize| admitted.get(id).is_some_and(|is| *is);
        match self {
            Self::Documents(admitted) => view
                .doc_idx(doc_id)
                .is_some_and(|doc_idx| is_admitted(admitted, doc_idx)),
            Self::Paths(admitted) => view
                .path(doc_id)
                .is_some_and(|path| is_admitted(admitted, path)),
            Self::Themes(wanted) => {
                view.doc_idx(doc_id).is_some()
                    && theme_sets::meets(view.rows().themes(doc_id), wanted) != Meets::No
            }
        }
    }
}
