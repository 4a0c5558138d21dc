//! Tables whose cells the format knows.
//!
//! Answers what each row is: a row of cells, a line above or below the table that was
//! typed into a cell, a fact of the page, or a line of text that a table only held in
//! its place. Text is never cut; heads are for [`super::table_heads`].

use super::block::{Block, Front, Role, Row};
use super::caption::{self, caption_kind};
use super::fact_row::is_fact_row;
use super::{body, ordinal};
use plansearch_document::{DropReason, Merged, RawRow};

/// A title that was typed into a table is not longer.
const MAX_TITLE_CHARS: usize = 60;

/// Gives the rows of known tables their roles. Lines that are no rows become open
/// blocks of their own.
pub(super) fn mark(blocks: Vec<Block>) -> Vec<Block> {
    let mut marked = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        let Some(table) = table_of(&block) else {
            marked.push(block);
            continue;
        };
        // Lines that earlier passes left out stand between rows.
        let mut rows = vec![block];
        while let Some(next) = rest.next_if(|next| belongs(next, table)) {
            rows.push(next);
        }
        mark_table(rows, table, &mut marked);
    }
    marked
}

fn table_of(block: &Block) -> Option<usize> {
    let cells = block.cells.as_ref().filter(|_| block.is_open())?;
    Some(cells.table)
}

fn belongs(block: &Block, table: usize) -> bool {
    let is_dropped = matches!(block.role, Role::Dropped(_));
    let cells = block.cells.as_ref();
    is_dropped || cells.is_some_and(|cells| cells.table == table)
}

fn mark_table(rows: Vec<Block>, table: usize, marked: &mut Vec<Block>) {
    let known: Vec<&RawRow> = rows.iter().filter_map(open_row).collect();
    let is_lines = is_red_head(&known) || is_text(&known);
    let titles = known.iter().take_while(|row| !is_lines && is_above(row));
    let n_titles = titles.count();
    // A title, and no rows below it: text in a frame.
    let n_titles = if n_titles == known.len() { 0 } else { n_titles };
    let n_notes = known.iter().rev();
    let n_notes = n_notes
        .take_while(|row| alone(row).is_some_and(caption::is_note))
        .count();
    let n_rows = known.len();
    let name = (!is_lines)
        .then(|| take_name(&rows, table, marked))
        .flatten();
    let mut titles = Titles::default();
    let mut at = 0;
    for mut block in rows {
        if at == n_titles {
            titles.end(name.as_ref(), marked);
        }
        let Some(row) = open_row(&block) else {
            marked.push(block);
            continue;
        };
        let cells = texts(row);
        let filled = cells.iter().map(String::as_str);
        let filled: Vec<&str> = filled.filter(|text| !text.is_empty()).collect();
        let is_title = at < n_titles;
        let is_note = at + n_notes >= n_rows;
        at += 1;
        if is_fact_row(&cells) {
            block.role = Role::Front(Front::Label);
        } else if is_title {
            for text in filled {
                titles.add(text, block.line, marked);
            }
            continue;
        } else if is_note || is_lines {
            let text = filled.join(" ");
            let text = if text.is_empty() {
                cells.join(" ")
            } else {
                text
            };
            marked.push(Block::open(&text, block.line));
            continue;
        } else {
            block.role = Role::Row(Row {
                cells,
                table: Some(table),
            });
        }
        marked.push(block);
    }
}

fn open_row(block: &Block) -> Option<&RawRow> {
    let cells = block.cells.as_ref().filter(|_| block.is_open())?;
    Some(&cells.row)
}

/// The line above the table, where the format calls the table so.
fn take_name(rows: &[Block], table: usize, marked: &mut Vec<Block>) -> Option<Block> {
    let is_named = |block: &Block| block.cells.as_ref().is_some_and(|cells| cells.is_named);
    let is_name = |above: &Block| above.is_open() && above.line + 1 == table;
    let has_name = rows
        .first()
        .is_some_and(|first| is_named(first) && first.line == table);
    marked.pop_if(|above| has_name && is_name(above))
}

/// What was typed into cells above the head.
#[derive(Default)]
struct Titles {
    has_caption: bool,
    is_ended: bool,
}

impl Titles {
    fn add(&mut self, text: &str, line: usize, marked: &mut Vec<Block>) {
        let is_note = caption::is_beside(text) || text.contains('。');
        let is_attachment = text.starts_with("附件") && text.chars().count() <= MAX_MARK_CHARS;
        let numbered = marked.last_mut().filter(|last| {
            self.has_caption && last.role == Role::Caption && caption::is_number(&last.text)
        });
        let role = if is_attachment {
            Role::Attachment
        } else if is_note {
            Role::TableNote
        } else if let Some(numbered) = numbered {
            // 附表1 above its title.
            numbered.text = format!("{} {text}", numbered.text);
            return;
        } else if self.has_caption {
            Role::TableNote
        } else {
            self.has_caption = true;
            Role::Caption
        };
        marked.push(Block::with_role(text, line, role));
    }

    /// The name of the table is its caption, or a note where it has one.
    fn end(&mut self, name: Option<&Block>, marked: &mut Vec<Block>) {
        let is_done = std::mem::replace(&mut self.is_ended, true);
        let Some(name) = name.cloned().filter(|_| !is_done) else {
            return;
        };
        if self.has_caption {
            marked.push(Block {
                role: Role::TableNote,
                ..name
            });
            return;
        }
        // Above the unit that stands alone above the head.
        let notes = marked.iter().rev();
        let is_note = |block: &&Block| block.role == Role::TableNote && block.line > name.line;
        let at = marked.len() - notes.take_while(is_note).count();
        let name = Block {
            role: Role::Caption,
            ..name
        };
        marked.insert(at, name);
    }
}

/// 附件1 alone is not longer.
const MAX_MARK_CHARS: usize = 5;

/// The texts of the cells; empty ones at the end are left out.
pub(super) fn texts(row: &RawRow) -> Vec<String> {
    let mut texts: Vec<String> = row.cells.iter().map(|cell| cell.text.clone()).collect();
    while texts.last().is_some_and(String::is_empty) {
        texts.pop();
    }
    texts
}

/// The only text of a row.
fn alone(row: &RawRow) -> Option<&str> {
    let mut filled = row.cells.iter().filter(|cell| !cell.text.is_empty());
    let first = filled.next()?;
    filled.next().is_none().then_some(first.text.as_str())
}

/// Title, unit or form line above the head: alone in its row, or a title with the unit
/// beside it.
fn is_above(row: &RawRow) -> bool {
    let is_title = |text: &str| {
        let is_counted = ordinal::scan(text).is_some() && caption_kind(text).is_none();
        text.chars().count() <= MAX_TITLE_CHARS && !is_counted
    };
    if let Some(text) = alone(row) {
        // What is left open beside it is to be filled in: a field of a form.
        let mut behind = row
            .cells
            .iter()
            .skip_while(|cell| cell.text.is_empty())
            .skip(1);
        let is_field = behind.any(|cell| cell.merged == Merged::No);
        return caption::is_beside(text) || is_title(text) && !is_field;
    }
    let filled: Vec<&str> = row
        .cells
        .iter()
        .map(|cell| cell.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let n_beside = filled
        .iter()
        .filter(|text| caption::is_beside(text))
        .count();
    filled.len() <= 3 && n_beside > 0 && filled.len() - n_beside <= 1
}

/// Says whether the rows are lines that a table only holds in their places: at most one
/// cell in each, or one row of two.
fn is_text(rows: &[&RawRow]) -> bool {
    let n_filled = |row: &&RawRow| {
        let filled = row.cells.iter();
        filled
            .filter(|cell| cell.merged == Merged::No && !cell.text.is_empty())
            .count()
    };
    match rows {
        [only] => n_filled(only) <= 2,
        rows => rows.iter().all(|row| n_filled(row) <= 1),
    }
}

/// 某市发展改革委 | 文件 above 某市财政局: the red head of a joint document.
fn is_red_head(rows: &[&RawRow]) -> bool {
    let cells = rows.iter().flat_map(|row| &row.cells);
    let mut texts = cells
        .filter(|cell| !cell.text.is_empty())
        .map(|cell| super::block::without_blanks(&cell.text));
    let mut has_mark = false;
    let are_bodies = texts.all(|text| {
        let name = text.strip_suffix("文件").unwrap_or(&text);
        has_mark |= name.len() < text.len();
        name.is_empty() || body::is_organisation(name)
    });
    are_bodies && has_mark
}

/// Drops a row that only repeats the head.
pub(super) fn drop_repeated(block: &mut Block) {
    block.role = Role::Dropped(DropReason::RepeatedHead);
}
