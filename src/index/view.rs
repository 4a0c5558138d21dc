//! The columns of the segments, with sections and sets of themes numbered across
//! them.

use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader};

use super::catalog::Catalog;
use super::labels::{self, Labels};
use super::sections::Sections;
use super::theme_sets::ThemeSets;

/// The columns of all segments of a commit.
pub(super) struct Views {
    pub(super) segments: Vec<SegmentView>,
    /// Names of the themes of all passages.
    pub(super) themes: Labels,
    /// Labels of the headings above all passages.
    pub(super) headings: Labels,
    /// The sections by number.
    pub(super) sections: Sections,
    /// The sets of themes by number.
    pub(super) theme_sets: ThemeSets,
}

/// The columns of one segment.
pub(super) struct SegmentView {
    id: SegmentId,
    first_section: u32,
    section_ords: Column<u64>,
    first_theme_set: u32,
    theme_set_ords: Column<u64>,
    passage_idx: Column<u64>,
    kinds: Column<u64>,
    /// Position in the catalog for each ordinal of a section.
    doc_of_ord: Vec<u32>,
}

impl Views {
    /// Opens the columns of all segments.
    pub(super) fn open(searcher: &Searcher, catalog: &Catalog) -> tantivy::Result<Self> {
        let readers = searcher.segment_readers();
        let names = |field: &str| -> tantivy::Result<Vec<Vec<String>>> {
            let of_reader = |reader: &SegmentReader| {
                labels::of_column(reader.fast_fields().str(field)?.as_ref())
            };
            readers.iter().map(of_reader).collect()
        };
        let (sections, headings, first_sections) = Sections::read(&names("section")?, catalog);
        let (theme_sets, themes, first_sets) = ThemeSets::read(&names("themes")?);
        let firsts = first_sections.into_iter().zip(first_sets);
        let segments = readers
            .iter()
            .zip(firsts)
            .map(|(reader, firsts)| SegmentView::open(reader, firsts, &sections))
            .collect::<tantivy::Result<_>>()?;
        Ok(Self {
            segments,
            themes,
            headings,
            sections,
            theme_sets,
        })
    }

    /// Position of the segment with this id.
    pub(super) fn position(&self, id: SegmentId) -> Option<usize> {
        self.segments.iter().position(|view| view.id == id)
    }
}

impl SegmentView {
    fn open(
        reader: &SegmentReader,
        (first_section, first_theme_set): (u32, u32),
        sections: &Sections,
    ) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let n_rows = reader.max_doc();
        let section = columns.str("section")?;
        let n_sections = section.as_ref().map_or(0, |column| column.num_terms());
        let doc_of = |ord: usize| {
            let doc = sections.doc_idx(first_section as usize + ord);
            doc.map_or(u32::MAX, |doc| doc as u32)
        };
        Ok(Self {
            id: reader.segment_id(),
            first_section,
            section_ords: ords(section.as_ref(), n_rows),
            first_theme_set,
            theme_set_ords: ords(columns.str("themes")?.as_ref(), n_rows),
            passage_idx: columns
                .column_opt("passage_idx")?
                .unwrap_or_else(|| Column::build_empty_column(n_rows)),
            kinds: columns
                .column_opt("kind")?
                .unwrap_or_else(|| Column::build_empty_column(n_rows)),
            doc_of_ord: (0..n_sections).map(doc_of).collect(),
        })
    }

    /// Number of the section of a passage; `None` for entries that are no passages.
    pub(super) fn section(&self, doc_id: DocId) -> Option<usize> {
        let ord = self.section_ords.first(doc_id)? as usize;
        let doc = *self.doc_of_ord.get(ord)?;
        (doc != u32::MAX).then_some(self.first_section as usize + ord)
    }

    /// Number of the set of themes of a passage.
    pub(super) fn theme_set(&self, doc_id: DocId) -> usize {
        let ord = self.theme_set_ords.first(doc_id).unwrap_or(0);
        self.first_theme_set as usize + ord as usize
    }

    /// Position in the catalog of the document of a passage; `None` for entries
    /// that are no passages.
    pub(super) fn doc_idx(&self, doc_id: DocId) -> Option<usize> {
        let ord = self.section_ords.first(doc_id)?;
        let doc = *self.doc_of_ord.get(ord as usize)?;
        (doc != u32::MAX).then_some(doc as usize)
    }

    /// Number in its document of a passage.
    pub(super) fn passage_idx(&self, doc_id: DocId) -> u64 {
        self.passage_idx.first(doc_id).unwrap_or(0)
    }

    /// Position in `PassageKind::ALL` of the kind of a passage.
    pub(super) fn kind_idx(&self, doc_id: DocId) -> usize {
        self.kinds.first(doc_id).unwrap_or(0) as usize
    }
}

fn ords(column: Option<&StrColumn>, n_rows: u32) -> Column<u64> {
    column.map_or_else(
        || Column::build_empty_column(n_rows),
        |column| column.ords().clone(),
    )
}
