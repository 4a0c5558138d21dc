//! The columns of the segments, with paths and themes numbered across them.

use tantivy::columnar::Column;
use tantivy::{DocId, Searcher, SegmentReader};

use super::catalog::Catalog;
use super::column_labels;
use super::columns::for_each_value;
use super::labels::Labels;
use super::paths::Paths;
use super::rows::Rows;
use super::theme_sets;

/// The columns of all segments of a commit.
pub(super) struct Views {
    pub(super) segments: Vec<SegmentView>,
    /// Names of the themes of all passages.
    pub(super) themes: Labels,
    /// Labels of the headings above all passages.
    pub(super) headings: Labels,
    /// The paths of headings by number.
    pub(super) paths: Paths,
}

/// The columns of one segment. What matches are asked for is unpacked, at 33 bytes a
/// passage (with more than 64 themes 49): reading it from the packed columns cost as
/// much as finding the match.
pub(super) struct SegmentView {
    /// Position in the catalog of the document of each entry; [`NONE`] for what is no
    /// passage. It stands in the rows too: what asks for it alone, as a score does, reads
    /// six times less here.
    docs: Vec<u32>,
    rows: Rows,
    /// Number in its document of each entry.
    passage_idx: Vec<u32>,
    /// Position in `PassageKind::ALL` of the kind of each entry.
    kinds: Vec<u8>,
}

/// What an entry has that is no passage.
pub(super) const NONE: u32 = u32::MAX;

impl Views {
    /// Opens the columns of all segments.
    pub(super) fn open(searcher: &Searcher, catalog: &Catalog) -> tantivy::Result<Self> {
        let readers = searcher.segment_readers();
        let numbered = |field: &str| -> tantivy::Result<Vec<Numbered>> {
            let of_reader = |reader: &SegmentReader| Numbered::open(reader, field);
            readers.iter().map(of_reader).collect()
        };
        let (in_sections, in_sets) = (numbered("section")?, numbered("themes")?);
        let (paths, headings, places) = Paths::read(&in_sections, catalog);
        let (themes, sets) = theme_sets::read(&in_sets);
        let rows = in_sections
            .iter()
            .zip(&places)
            .zip(in_sets.iter().zip(&sets));
        let segments = readers
            .iter()
            .zip(rows)
            .map(|(reader, (places, sets))| SegmentView::open(reader, Rows::new(places, sets)))
            .collect::<tantivy::Result<_>>()?;
        Ok(Self {
            segments,
            themes,
            headings,
            paths,
        })
    }
}

impl SegmentView {
    fn open(reader: &SegmentReader, rows: Rows) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let n_rows = reader.max_doc();
        Ok(Self {
            docs: rows.iter().map(|row| row.doc).collect(),
            rows,
            passage_idx: unpacked(columns.column_opt("passage_idx")?, n_rows, |idx| idx as u32),
            kinds: unpacked(columns.column_opt("kind")?, n_rows, |kind| kind as u8),
        })
    }

    /// What the entries count for.
    #[inline]
    pub(super) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Number of the path of a passage; `None` for entries that are no passages.
    #[inline]
    pub(super) fn path(&self, doc_id: DocId) -> Option<usize> {
        let path = self.rows.of(doc_id).path;
        (path != NONE).then_some(path as usize)
    }

    /// Position in the catalog of the document of a passage; `None` for entries
    /// that are no passages.
    #[inline]
    pub(super) fn doc_idx(&self, doc_id: DocId) -> Option<usize> {
        known(&self.docs, doc_id)
    }

    /// Number in its document of a passage.
    #[inline]
    pub(super) fn passage_idx(&self, doc_id: DocId) -> u32 {
        self.passage_idx.get(doc_id as usize).copied().unwrap_or(0)
    }

    /// Position in `PassageKind::ALL` of the kind of a passage.
    #[inline]
    pub(super) fn kind_idx(&self, doc_id: DocId) -> usize {
        usize::from(self.kinds.get(doc_id as usize).copied().unwrap_or(0))
    }
}

/// The values of a column, 0 for entries without one.
fn unpacked<T: Copy>(
    column: Option<Column<u64>>,
    n_rows: u32,
    narrow: impl Fn(u64) -> T,
) -> Vec<T> {
    let mut unpacked = vec![narrow(0); n_rows as usize];
    if let Some(column) = column {
        for_each_value(&column, |entry, value| {
            if let Some(place) = unpacked.get_mut(entry as usize) {
                *place = narrow(value);
            }
        });
    }
    unpacked
}

#[inline]
fn known(numbers: &[u32], doc_id: DocId) -> Option<usize> {
    let number = *numbers.get(doc_id as usize)?;
    (number != NONE).then_some(number as usize)
}

/// The values of a column, numbered as they first appear: what stands near in the
/// library has near numbers, so counters and names are read nearly in order.
pub(super) struct Numbered {
    pub(super) names: Vec<String>,
    /// [`NONE`] for entries without a value.
    pub(super) of_entry: Vec<u32>,
}

impl Numbered {
    fn open(reader: &SegmentReader, field: &str) -> tantivy::Result<Self> {
        let column = reader.fast_fields().str(field)?;
        let sorted = column_labels::of_column(column.as_ref())?;
        let mut number_of_ord = vec![NONE; sorted.len()];
        let mut names = Vec::with_capacity(sorted.len().max(1));
        let mut of_entry = vec![NONE; reader.max_doc() as usize];
        if let Some(column) = &column {
            for_each_value(column.ords(), |entry, ord| {
                let number = number_of_ord.get_mut(ord as usize);
                let (Some(number), Some(place)) = (number, of_entry.get_mut(entry as usize)) else {
                    return;
                };
                if *number == NONE {
                    *number = names.len() as u32;
                    names.push(sorted.get(ord as usize).cloned().unwrap_or_default());
                }
                *place = *number;
            });
        }
        Ok(Self { names, of_entry })
    }
}
