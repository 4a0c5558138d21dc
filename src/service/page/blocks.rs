//! The text of a document as the reader shows it: headings, paragraphs, tables.

use std::collections::HashSet;

use super::marking::Marking;
use super::outline::n_shared;
use crate::address;
use crate::choice::STEP;
use crate::group::Group;
use crate::markup::Markup;
use crate::params::SearchParams;
use crate::words;
use plansearch_document::PassageKind;
use plansearch_engine::record::TableRecord;
use plansearch_engine::{DocumentRecord, PassageRecord};
use plansearch_search::cite;
use plansearch_text::Span;

/// Deepest heading that HTML has.
const MAX_LEVEL: usize = 6;

/// A piece of the reader.
pub(super) enum Block {
    /// A heading; its level is that of HTML, with the title of the document at 1.
    Heading(usize, Anchor, Text),
    /// A heading that no passage holds, known from the paths below it.
    Label(usize, Anchor, String),
    /// A paragraph, or a line of the front matter or of an attachment.
    Paragraph(&'static str, Text),
    /// A table.
    Table(Table),
    /// Opens the front matter, which is folded: its lines, and whether it is unfolded
    /// because something in it is marked.
    Front(usize, bool),
    /// Closes it.
    FrontEnd,
}

/// Fewer lines of front matter are not worth folding.
const MIN_FOLDED: usize = 2;

/// Folds the first lines of front matter that follow each other.
fn fold_front(blocks: &mut Vec<Block>) {
    let is_front = |block: &Block| matches!(block, Block::Paragraph("front", _));
    let Some(first) = blocks.iter().position(is_front) else {
        return;
    };
    let lines = blocks.iter().skip(first);
    let n_lines = lines.take_while(|block| is_front(block)).count();
    if n_lines < MIN_FOLDED {
        return;
    }
    let is_open = blocks
        .iter()
        .skip(first)
        .take(n_lines)
        .any(|block| match block {
            Block::Paragraph(_, text) => text.place.is_found || text.is_marked(),
            _ => false,
        });
    blocks.insert(first + n_lines, Block::FrontEnd);
    blocks.insert(first, Block::Front(n_lines, is_open));
}

impl Text {
    fn is_marked(&self) -> bool {
        [&self.before, &self.lead, &self.after]
            .into_iter()
            .any(Markup::has_mark)
    }
}

/// The name of the place where a section begins; a section that stands twice has
/// it once.
pub(super) type Anchor = Option<String>;

/// The text of one passage.
pub(super) struct Text {
    /// Where it is and how to cite it.
    pub(super) place: Place,
    /// What stands before the lead.
    pub(super) before: Markup,
    /// The lead.
    pub(super) lead: Markup,
    /// What stands after the lead.
    pub(super) after: Markup,
}

/// Where a passage is and how to cite it.
pub(super) struct Place {
    /// Id of the passage.
    pub(super) id: String,
    /// Number in the document, which names the anchor.
    pub(super) idx: usize,
    /// Lasting address.
    pub(super) href: String,
    /// The citation to paste.
    pub(super) citation: String,
    /// What the names of its buttons call it.
    pub(super) name: String,
    /// Whether it is the passage that was asked for.
    pub(super) is_found: bool,
    /// What other documents say in its words; a heading alone says too little.
    pub(super) elsewhere: Option<String>,
    /// Of a heading: the address of the search in what stands under it.
    pub(super) within: Option<String>,
    /// The page of its file, and the address that opens it there.
    pub(super) page: Option<(usize, String)>,
}

/// A table.
pub(super) struct Table {
    /// The passages that hold caption and head, as far as there are any.
    pub(super) anchors: Vec<usize>,
    /// The caption.
    pub(super) caption: Markup,
    /// Cells of the head.
    pub(super) header: Vec<Markup>,
    /// Rows in order.
    pub(super) rows: Vec<Row>,
    /// Cells of the longest row.
    pub(super) n_columns: usize,
    /// Whether caption or head is what was asked for.
    pub(super) is_found: bool,
    /// The words of the first columns, row by row, to tell which of them names the rows.
    labels: Vec<Vec<String>>,
    /// The column that names the rows, when all of them are known.
    head_column: Option<usize>,
}

/// Among so many columns stands the one that names the rows.
const LABEL_COLUMNS: usize = 3;

/// A row of a table.
pub(super) struct Row {
    /// Where it is and how to cite it.
    pub(super) place: Place,
    /// Its cells; a damaged row has fewer than others.
    pub(super) cells: Vec<Markup>,
    /// The row as it stands in the source, when its cells fit no column.
    pub(super) whole: Option<Markup>,
}

/// What is shown and how.
pub(super) struct Reading<'a> {
    /// The document.
    pub(super) doc: &'a DocumentRecord,
    /// Whether its file still lies in its place.
    pub(super) has_original: bool,
    /// What to mark.
    pub(super) marking: &'a Marking<'a>,
    /// The search that led here.
    pub(super) search: &'a SearchParams,
    /// Id of the passage that was asked for.
    pub(super) found: Option<&'a str>,
}

impl Table {
    /// Whether the cells of a column name their rows.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates hand over references"
    )]
    pub(super) fn is_head_column(&self, column: &usize) -> bool {
        self.head_column.as_ref() == Some(column)
    }

    /// The column that names the rows: that with most different words.
    fn head_column(&self) -> Option<usize> {
        let n_different = |column: usize| {
            let words = self.labels.iter().filter_map(|row| row.get(column));
            let words = words.filter(|word| word.chars().any(char::is_alphabetic));
            words.collect::<HashSet<_>>().len()
        };
        let columns = (0..LABEL_COLUMNS).map(|column| (n_different(column), column));
        // Of equal ones the first.
        let best = columns.max_by_key(|(n, column)| (*n, usize::MAX - column));
        best.filter(|(n, _)| *n > 0).map(|(_, column)| column)
    }

    /// How many cells a row of `n_cells` lacks.
    pub(super) fn n_missing(&self, n_cells: usize) -> usize {
        self.n_columns.saturating_sub(n_cells)
    }
}

impl Reading<'_> {
    /// The blocks of passages in document order.
    pub(super) fn blocks(&self, passages: &[PassageRecord]) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::with_capacity(passages.len());
        let mut path_before: &[String] = &[];
        let mut named = HashSet::new();
        let mut table_before = None;
        for passage in passages {
            let kind = passage.passage_kind();
            let own_label = usize::from(kind == PassageKind::Heading);
            let n_labels = passage.path.len().saturating_sub(own_label);
            let n_same = n_shared(path_before, &passage.path);
            let mut anchor = |depth: usize| {
                let path = passage.path.get(..depth)?;
                let anchor = address::section_anchor(path);
                named.insert(anchor.clone()).then_some(anchor)
            };
            for (at, label) in passage.path.iter().enumerate().take(n_labels).skip(n_same) {
                let level = (at + 2).min(MAX_LEVEL);
                blocks.push(Block::Label(level, anchor(at + 1), words::label(label)));
            }
            let anchor = if own_label == 1 {
                anchor(passage.path.len())
            } else {
                None
            };
            path_before = &passage.path;
            let table = passage.table.as_ref();
            let is_same_table = table.is_some() && table.map(|table| table.idx) == table_before;
            table_before = table.map(|table| table.idx);
            match (table, blocks.last_mut()) {
                (Some(row), Some(Block::Table(table))) if is_same_table => {
                    self.add_row(table, row, passage);
                }
                (Some(row), _) => {
                    let mut table = self.new_table(row, passage);
                    self.add_row(&mut table, row, passage);
                    blocks.push(Block::Table(table));
                }
                (None, _) => blocks.push(self.text_block(kind, anchor, passage)),
            }
        }
        fold_front(&mut blocks);
        for block in &mut blocks {
            if let Block::Table(table) = block {
                table.head_column = table.head_column();
            }
        }
        blocks
    }

    fn text_block(&self, kind: PassageKind, anchor: Anchor, passage: &PassageRecord) -> Block {
        let text = self.text(passage);
        match kind {
            PassageKind::Heading => {
                let level = passage.path.len().max(1) + 1;
                Block::Heading(level.min(MAX_LEVEL), anchor, text)
            }
            PassageKind::FrontMatter => Block::Paragraph("front", text),
            PassageKind::Attachment => Block::Paragraph("attachment", text),
            PassageKind::Paragraph | PassageKind::Table => Block::Paragraph("body", text),
        }
    }

    fn text(&self, passage: &PassageRecord) -> Text {
        let text = passage.text.as_str();
        // What was found is marked as its hit was.
        let marks = if self.found == Some(passage.id.as_str()) {
            self.marking.find_in_hit(passage)
        } else {
            self.marking.find_in(text, passage)
        };
        let (start, end) = passage.lead.unwrap_or((0, 0));
        let piece = |start, end| Markup::of(text, Span::new(start, end), &marks);
        Text {
            place: self.place(passage),
            before: piece(0, start),
            lead: piece(start, end),
            after: piece(end, text.len()),
        }
    }

    fn place(&self, passage: &PassageRecord) -> Place {
        Place {
            id: passage.id.clone(),
            idx: passage.idx,
            // Lasting: without the search that led here.
            href: address::passage(
                &SearchParams::default(),
                &self.doc.id,
                &passage.id,
                passage.idx,
            ),
            name: words::name_of(passage, &cite(self.doc, passage)),
            citation: cite(self.doc, passage),
            is_found: self.found == Some(passage.id.as_str()),
            elsewhere: matches!(
                passage.passage_kind(),
                PassageKind::Paragraph | PassageKind::Table
            )
            .then(|| address::elsewhere(&passage.id)),
            within: (passage.passage_kind() == PassageKind::Heading).then(|| {
                let section = passage.path.join(STEP);
                let search = self.search.within(&self.doc.id);
                address::search(&search.toggled(Group::Chapter, &section))
            }),
            page: passage.page.filter(|_| self.has_original).map(|page| {
                let href = address::original_at(self.doc, passage);
                (page, href)
            }),
        }
    }

    fn new_table(&self, row: &TableRecord, passage: &PassageRecord) -> Table {
        Table {
            anchors: Vec::new(),
            caption: self.cell(&row.caption, passage),
            header: self.cells(&row.header, passage),
            rows: Vec::new(),
            n_columns: row.header.len(),
            is_found: false,
            labels: Vec::new(),
            head_column: None,
        }
    }

    /// Adds a passage to its table: a row, or the anchor of caption or head.
    fn add_row(&self, table: &mut Table, row: &TableRecord, passage: &PassageRecord) {
        if row.row.is_some() {
            table.n_columns = table.n_columns.max(row.cells.len());
            if !row.damaged {
                let labels = row.cells.iter().take(LABEL_COLUMNS);
                table.labels.push(labels.cloned().collect());
            }
            table.rows.push(Row {
                place: self.place(passage),
                cells: self.cells(&row.cells, passage),
                whole: row.damaged.then(|| self.cell(&passage.text, passage)),
            });
        } else {
            table.anchors.push(passage.idx);
            table.is_found |= self.found == Some(passage.id.as_str());
        }
    }

    fn cells(&self, texts: &[String], passage: &PassageRecord) -> Vec<Markup> {
        texts.iter().map(|text| self.cell(text, passage)).collect()
    }

    fn cell(&self, text: &str, passage: &PassageRecord) -> Markup {
        Markup::of(
            text,
            Span::whole(text),
            &self.marking.find_in(text, passage),
        )
    }
}
