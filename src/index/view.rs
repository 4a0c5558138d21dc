//! The columns of the segments, with sections and sets of themes numbered across
//! them.

use tantivy::columnar::Column;
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

/// The columns of one segment. What matches are asked for is unpacked, at seventeen
/// bytes a passage: reading it from the packed columns cost as much as finding the
/// match.
pub(super) struct SegmentView {
    id: SegmentId,
    /// Number of the section of each entry; [`NONE`] for what is no passage.
    sections: Vec<u32>,
    /// Position in the catalog of the document of each entry.
    docs: Vec<u32>,
    /// Number of the set of themes of each entry.
    theme_sets: Vec<u32>,
    /// Number in its document of each entry.
    passage_idx: Vec<u32>,
    /// Position in `PassageKind::ALL` of the kind of each entry.
    kinds: Vec<u8>,
}

/// What an entry has that is no passage.
const NONE: u32 = u32::MAX;

impl Views {
    /// Opens the columns of all segments.
    pub(super) fn open(searcher: &Searcher, catalog: &Catalog) -> tantivy::Result<Self> {
        let readers = searcher.segment_readers();
        let numbered = |field: &str| -> tantivy::Result<Vec<Numbered>> {
            let of_reader = |reader: &SegmentReader| Numbered::open(reader, field);
            readers.iter().map(of_reader).collect()
        };
        let (mut in_sections, mut in_sets) = (numbered("section")?, numbered("themes")?);
        let names = |all: &mut [Numbered]| -> Vec<Vec<String>> {
            all.iter_mut()
                .map(|one| std::mem::take(&mut one.names))
                .collect()
        };
        let (sections, headings, first_sections) =
            Sections::read(&names(&mut in_sections), catalog);
        let counted: Vec<Vec<(String, u32)>> = in_sets.iter_mut().map(Numbered::counted).collect();
        let (theme_sets, themes, numbers_of_sets) = ThemeSets::read(&counted);
        let firsts = first_sections.into_iter().zip(numbers_of_sets);
        let numbers = in_sections.into_iter().zip(in_sets);
        let segments = readers
            .iter()
            .zip(firsts.zip(numbers))
            .map(|(reader, (firsts, numbers))| {
                SegmentView::open(reader, firsts, numbers, &sections)
            })
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
        (first_section, numbers_of_sets): (u32, Vec<u32>),
        (in_sections, in_sets): (Numbered, Numbered),
        sections: &Sections,
    ) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let n_rows = reader.max_doc();
        let section = |number: &u32| {
            let section = first_section.saturating_add(*number);
            let doc = sections.doc_idx(section as usize);
            doc.map_or((NONE, NONE), |doc| (section, doc as u32))
        };
        let (sections, docs) = in_sections.of_entry.iter().map(section).unzip();
        let sets = in_sets.of_entry.iter();
        Ok(Self {
            id: reader.segment_id(),
            sections,
            docs,
            theme_sets: sets
                .map(|number| numbers_of_sets.get(*number as usize).copied())
                .map(|number| number.unwrap_or(NONE))
                .collect(),
            passage_idx: unpacked(columns.column_opt("passage_idx")?, n_rows, |idx| idx as u32),
            kinds: unpacked(columns.column_opt("kind")?, n_rows, |kind| kind as u8),
        })
    }

    /// Number of the section of a passage; `None` for entries that are no passages.
    #[inline]
    pub(super) fn section(&self, doc_id: DocId) -> Option<usize> {
        known(&self.sections, doc_id)
    }

    /// Number of the set of themes of a passage.
    #[inline]
    pub(super) fn theme_set(&self, doc_id: DocId) -> usize {
        known(&self.theme_sets, doc_id).unwrap_or(usize::MAX)
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
fn unpacked<T>(column: Option<Column<u64>>, n_rows: u32, narrow: impl Fn(u64) -> T) -> Vec<T> {
    let column = column.unwrap_or_else(|| Column::build_empty_column(n_rows));
    (0..n_rows)
        .map(|entry| narrow(column.first(entry).unwrap_or(0)))
        .collect()
}

fn known(numbers: &[u32], doc_id: DocId) -> Option<usize> {
    let number = *numbers.get(doc_id as usize)?;
    (number != NONE).then_some(number as usize)
}

/// The values of a column, numbered as they first appear: what stands near in the
/// library has near numbers, so counters and names are read nearly in order.
struct Numbered {
    names: Vec<String>,
    of_entry: Vec<u32>,
}

impl Numbered {
    /// The names, each with the number of entries that have it.
    fn counted(&mut self) -> Vec<(String, u32)> {
        let mut counts = vec![0; self.names.len()];
        for number in &self.of_entry {
            if let Some(count) = counts.get_mut(*number as usize) {
                *count += 1;
            }
        }
        std::mem::take(&mut self.names)
            .into_iter()
            .zip(counts)
            .collect()
    }

    fn open(reader: &SegmentReader, field: &str) -> tantivy::Result<Self> {
        let column = reader.fast_fields().str(field)?;
        let sorted = labels::of_column(column.as_ref())?;
        let mut number_of_ord = vec![NONE; sorted.len()];
        let mut names = Vec::with_capacity(sorted.len().max(1));
        let mut of_entry = Vec::with_capacity(reader.max_doc() as usize);
        for entry in 0..reader.max_doc() {
            let ord = column
                .as_ref()
                .and_then(|column| column.ords().first(entry));
            let number = ord.and_then(|ord| number_of_ord.get_mut(ord as usize));
            let Some(number) = number else {
                of_entry.push(NONE);
                continue;
            };
            if *number == NONE {
                *number = names.len() as u32;
                let name = ord.and_then(|ord| sorted.get(ord as usize));
                names.push(name.cloned().unwrap_or_default());
            }
            of_entry.push(*number);
        }
        Ok(Self { names, of_entry })
    }
}
