//! Blocks with their roles become a [`Document`].

use super::block::{Block, Head, HeadingMark, Role, Row};
use super::{block, caption, lead, nest, realign};
use plansearch_document::Warning;
use std::collections::BTreeMap;

use plansearch_document::table::row_text;
use plansearch_document::{
    Document, Dropped, Metadata, Passage, PassageKind, RawText, SectionIdx, Table, TableCell,
};

/// Builds the document.
pub(super) fn document(
    blocks: Vec<Block>,
    raw: &RawText,
    metadata: Metadata,
    attachments: Vec<String>,
) -> Document {
    let marks: Vec<&HeadingMark> = blocks
        .iter()
        .filter_map(|block| match &block.role {
            Role::Heading(mark) => Some(mark),
            _ => None,
        })
        .collect();
    let parents = nest::parents(&marks);
    let mut builder = Builder {
        document: Document {
            metadata,
            attachments,
            ..Document::default()
        },
        parents,
        section: None,
        table_idx: None,
        stated: BTreeMap::new(),
    };
    for block in blocks {
        let page = raw.page_of(block.line);
        let n_before = builder.document.passages.len();
        builder.add(block);
        for passage in builder.document.passages.iter_mut().skip(n_before) {
            passage.page = page;
        }
    }
    let mut document = std::mem::take(&mut builder.document);
    lead::mark(&mut document.passages, &document.outline);
    mend_tables(&mut document, &builder.stated);
    document
}

struct Builder {
    document: Document,
    parents: Vec<Option<usize>>,
    section: Option<SectionIdx>,
    /// The table that rows go into.
    table_idx: Option<usize>,
    /// Tables that the format knows, with the one of the source that each is.
    stated: BTreeMap<usize, usize>,
}

impl Builder {
    fn add(&mut self, block: Block) {
        if block.text.is_empty() {
            return;
        }
        match block.role {
            Role::Dropped(reason) => {
                self.document.dropped.push(Dropped {
                    text: block.text,
                    reason,
                });
                return;
            }
            Role::Caption => return self.add_caption(block.text),
            Role::TableNote => return self.add_note(block.text),
            Role::Head(head) => return self.add_head(head),
            Role::Row(row) => return self.add_row(row),
            Role::Heading(mark) => self.add_heading(mark),
            Role::Open => self.add_passage(PassageKind::Paragraph, block.text),
            Role::Front(_) => self.add_passage(PassageKind::FrontMatter, block.text),
            Role::Attachment => self.add_passage(PassageKind::Attachment, block.text),
        }
        self.table_idx = None;
    }

    fn add_passage(&mut self, kind: PassageKind, text: String) {
        let in_body = matches!(kind, PassageKind::Paragraph | PassageKind::Table);
        let section = self.section.filter(|_| in_body);
        self.document
            .passages
            .push(Passage::new(kind, section, text));
    }

    fn add_heading(&mut self, mark: HeadingMark) {
        let idx = self.document.outline.headings().len();
        let parent = self.parents.get(idx).copied().flatten().map(SectionIdx);
        let section = self.document.outline.push(parent, mark.number, mark.title);
        self.section = Some(section);
        let label = self
            .document
            .outline
            .get(section)
            .map(plansearch_document::Heading::label);
        self.document.passages.push(Passage::new(
            PassageKind::Heading,
            Some(section),
            label.unwrap_or_default(),
        ));
    }

    fn open_table(&mut self, table: Table) -> usize {
        self.document.tables.push(table);
        let table_idx = self.document.tables.len() - 1;
        self.table_idx = Some(table_idx);
        table_idx
    }

    fn table_passage(&mut self, text: &str, table_idx: usize, row_idx: Option<usize>) {
        let text = block::trim(text);
        let mut passage = Passage::new(PassageKind::Table, self.section, text);
        passage.table = Some(TableCell { table_idx, row_idx });
        self.document.passages.push(passage);
    }

    fn add_caption(&mut self, caption: String) {
        let text = caption.clone();
        let table_idx = self.open_table(Table {
            caption,
            section: self.section,
            ..Table::default()
        });
        self.table_passage(&text, table_idx, None);
    }

    fn add_note(&mut self, note: String) {
        let unit = caption::unit(&note);
        let table_idx = match self.table_idx {
            Some(table_idx) => table_idx,
            None if unit.is_some() => self.open_table(Table {
                section: self.section,
                ..Table::default()
            }),
            None => return self.add_passage(PassageKind::Paragraph, note),
        };
        if let Some(table) = self.document.tables.get_mut(table_idx) {
            match unit {
                Some(unit) => table.unit = unit,
                None => table.notes.push(note.clone()),
            }
        }
        self.table_passage(&note, table_idx, None);
    }

    /// The table that a row goes into: the open one, or a new one where the format
    /// says that another begins.
    fn table_for(&mut self, row: &Row) -> usize {
        let is_other = |table_idx: &usize| {
            let known = self.stated.get(table_idx).copied();
            let table = self.document.tables.get(*table_idx);
            let is_begun =
                table.is_some_and(|table| !table.rows.is_empty() || !table.header.is_empty());
            is_begun && row.table.is_some() && known.is_some() && row.table != known
        };
        let table_idx = match self.table_idx.filter(|table_idx| !is_other(table_idx)) {
            Some(table_idx) => table_idx,
            None => self.open_table(Table {
                section: self.section,
                ..Table::default()
            }),
        };
        if let Some(table) = row.table {
            self.stated.insert(table_idx, table);
        }
        table_idx
    }

    fn add_head(&mut self, head: Head) {
        let has_rows = |table_idx: &usize| {
            let table = self.document.tables.get(*table_idx);
            table.is_some_and(|table| !table.rows.is_empty())
        };
        self.table_idx = self.table_idx.filter(|table_idx| !has_rows(table_idx));
        let table_idx = self.table_for(&head.row);
        self.table_passage(&row_text(&head.row.cells), table_idx, None);
        if let Some(table) = self.document.tables.get_mut(table_idx) {
            table.header = head.columns;
        }
    }

    fn add_row(&mut self, row: Row) {
        let table_idx = self.table_for(&row);
        let row_idx = self
            .document
            .tables
            .get(table_idx)
            .map_or(0, |table| table.rows.len());
        self.table_passage(&row_text(&row.cells), table_idx, Some(row_idx));
        if let Some(table) = self.document.tables.get_mut(table_idx) {
            table.rows.push(row.cells);
        }
    }
}

/// Puts rows under their columns and tells of those that lost cells.
fn mend_tables(document: &mut Document, stated: &BTreeMap<usize, usize>) {
    let tables = document.tables.iter_mut().enumerate();
    // What a format states has not slid.
    for (_, table) in tables.filter(|(idx, _)| !stated.contains_key(idx)) {
        realign::align(table);
        if !table.damaged.is_empty() {
            document.warnings.push(Warning::LostCells {
                table: table.caption.clone(),
                n_damaged: table.damaged.len(),
                n_rows: table.rows.len(),
            });
        }
    }
}
