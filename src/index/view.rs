//! The columns of the segments, with documents and labels numbered across them.

use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader};

use super::catalog::Catalog;
use super::labels::{self, Labels};

/// The columns of all segments of a commit.
pub(super) struct Views {
    pub(super) segments: Vec<SegmentView>,
    /// Names of the themes of all passages.
    pub(super) themes: Labels,
    /// Labels of the headings above all passages.
    pub(super) headings: Labels,
}

/// The columns of one segment.
pub(super) struct SegmentView {
    id: SegmentId,
    /// Position in the catalog for each ordinal of the `doc` column.
    doc_of_ord: Vec<u32>,
    doc_ords: Column<u64>,
    passage_idx: Column<u64>,
    kinds: Column<u64>,
    pub(super) themes: LabelColumn,
    pub(super) headings: LabelColumn,
}

/// A column of labels.
pub(super) struct LabelColumn {
    /// Number in [`Labels`] for each ordinal.
    id_of_ord: Vec<u32>,
    ords: Column<u64>,
}

impl Views {
    /// Opens the columns of all segments.
    pub(super) fn open(searcher: &Searcher, catalog: &Catalog) -> tantivy::Result<Self> {
        let readers = searcher.segment_readers();
        let labels = |field: &str| -> tantivy::Result<Labels> {
            let mut names = Vec::new();
            for reader in readers {
                let column = reader.fast_fields().str(field)?;
                names.extend(labels::of_column(column.as_ref())?);
            }
            Ok(Labels::new(names))
        };
        let (themes, headings) = (labels("theme")?, labels("heading")?);
        let segments = readers
            .iter()
            .map(|reader| SegmentView::open(reader, catalog, &themes, &headings))
            .collect::<tantivy::Result<_>>()?;
        Ok(Self {
            segments,
            themes,
            headings,
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
        catalog: &Catalog,
        themes: &Labels,
        headings: &Labels,
    ) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let docs = columns.str("doc")?;
        let doc_of_ord = labels::of_column(docs.as_ref())?
            .iter()
            .map(|id| catalog.idx(id).map_or(u32::MAX, |idx| idx as u32))
            .collect();
        let n_rows = reader.max_doc();
        Ok(Self {
            id: reader.segment_id(),
            doc_of_ord,
            doc_ords: ords(docs.as_ref(), n_rows),
            passage_idx: columns
                .column_opt("passage_idx")?
                .unwrap_or_else(|| Column::build_empty_column(n_rows)),
            kinds: columns
                .column_opt("kind")?
                .unwrap_or_else(|| Column::build_empty_column(n_rows)),
            themes: LabelColumn::open(columns.str("theme")?.as_ref(), n_rows, themes)?,
            headings: LabelColumn::open(columns.str("heading")?.as_ref(), n_rows, headings)?,
        })
    }

    /// Position in the catalog of the document of a passage; `None` for entries
    /// that are no passages.
    pub(super) fn doc_idx(&self, doc_id: DocId) -> Option<usize> {
        let ord = self.doc_ords.first(doc_id)?;
        self.doc_of_ord.get(ord as usize).map(|idx| *idx as usize)
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

impl LabelColumn {
    fn open(column: Option<&StrColumn>, n_rows: u32, labels: &Labels) -> tantivy::Result<Self> {
        let id_of_ord = labels::of_column(column)?
            .iter()
            .map(|name| labels.id(name).unwrap_or(u32::MAX))
            .collect();
        Ok(Self {
            id_of_ord,
            ords: ords(column, n_rows),
        })
    }

    /// The numbers of the labels of a passage.
    pub(super) fn ids(&self, doc_id: DocId) -> impl Iterator<Item = usize> + '_ {
        self.ords
            .values_for_doc(doc_id)
            .filter_map(|ord| self.id_of_ord.get(ord as usize))
            .map(|id| *id as usize)
    }
}

fn ords(column: Option<&StrColumn>, n_rows: u32) -> Column<u64> {
    column.map_or_else(
        || Column::build_empty_column(n_rows),
        |column| column.ords().clone(),
    )
}
