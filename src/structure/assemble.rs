//! Blocks with their roles become a [`Document`].

use super::block::{Block, HeadingMark, Role};
use super::{lead, nest, realign, table_rows};
use plansearch_document::table::row_text;
use plansearch_document::{
    Document, Dropped, Metadata, Passage, PassageKind, SectionIdx, Table, TableCell,
};

/// Builds the document.
pub(super) fn document(
    blocks: Vec<Block>,
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
    };
    for block in blocks {
        builder.add(block);
    }
    let mut document = builder.document;
    lead::mark(&mut document.passages, &document.outline);
    mend_tables(&mut document);
    document
}

struct Builder {
    document: Document,
    parents: Vec<Option<usize>>,
    section: Option<SectionIdx>,
    /// The table that rows go into.
    table_idx: Option<usize>,
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
            Role::Head(cells) => return self.add_head(cells),
            Role::Row(cells) => return self.add_row(cells),
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

    fn table_passage(&mut self, text: String, table_idx: usize, row_idx: Option<usize>) {
        let mut passage = Passage::new(PassageKind::Table, self.section, text);
        passage.table = Some(TableCell { table_idx, row_idx });
        self.document.passages.push(passage);
    }

    fn add_caption(&mut self, caption: String) {
        let table = Table {
            caption: caption.clone(),
            section: self.section,
            ..Table::default()
        };
        let table_idx = self.open_table(table);
        self.table_passage(caption, table_idx, None);
    }

    fn add_note(&mut self, note: String) {
        let unit = table_rows::unit(&note);
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
        self.table_passage(note, table_idx, None);
    }

    fn add_head(&mut self, cells: Vec<String>) {
        let has_rows = |table_idx: &usize| {
            self.document
                .tables
                .get(*table_idx)
                .is_some_and(|table| !table.rows.is_empty())
        };
        let table_idx = match self.table_idx.filter(|table_idx| !has_rows(table_idx)) {
            Some(table_idx) => table_idx,
            None => self.open_table(Table {
                section: self.section,
                ..Table::default()
            }),
        };
        self.table_passage(row_text(&cells), table_idx, None);
        if let Some(table) = self.document.tables.get_mut(table_idx) {
            table.header = table_rows::parted_head(&table.header, &cells).unwrap_or(cells);
        }
    }

    fn add_row(&mut self, cells: Vec<String>) {
        let table_idx = match self.table_idx {
            Some(table_idx) => table_idx,
            None => self.open_table(Table {
                section: self.section,
                ..Table::default()
            }),
        };
        let row_idx = self
            .document
            .tables
            .get(table_idx)
            .map_or(0, |table| table.rows.len());
        self.table_passage(row_text(&cells), table_idx, Some(row_idx));
        if let Some(table) = self.document.tables.get_mut(table_idx) {
            table.rows.push(cells);
        }
    }
}

/// Puts rows under their columns and tells of those that lost cells.
fn mend_tables(document: &mut Document) {
    for table in &mut document.tables {
        realign::align(table);
        if !table.damaged.is_empty() {
            let name = if table.caption.is_empty() {
                "a table"
            } else {
                &table.caption
            };
            document.warnings.push(format!(
                "`{name}`: {} of {} rows have lost cells and are kept as they are",
                table.damaged.len(),
                table.rows.len()
            ));
        }
    }
}
