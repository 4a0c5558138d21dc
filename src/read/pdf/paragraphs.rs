//! Rows become paragraphs.
//!
//! A row goes on with the paragraph above it when that row is full and this one
//! begins at the left margin. Titles go on while size and place stay the same.
//! Page borders do not matter, except to notes at the bottom of a page, which
//! follow the paragraph that runs over them.

use super::gapped::Item;
use super::margins::Usual;
use super::rows::Row;
use super::spacing;
use plansearch_document::RawRow;

/// What the document is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A paragraph and the size of its letters.
    Paragraph {
        /// The text.
        text: String,
        /// Size of its first row.
        size: f32,
        /// The frame it stands in.
        frame: Option<usize>,
        /// The page it begins on, from 1.
        page: usize,
    },
    /// Cells of a table, and the page they stand on.
    Table(Vec<RawRow>, usize),
}

/// Joins the rows of all pages, each with its number, in reading order.
pub(super) fn join(pages: Vec<(usize, Vec<Item>)>, usual: &Usual) -> Vec<Block> {
    let mut writer = Writer {
        usual,
        blocks: Vec::new(),
        open: None,
        notes: Vec::new(),
    };
    for (page, mut items) in pages {
        let notes = items.split_off(first_note(&items, usual));
        for item in items {
            match item {
                Item::Row(row) => writer.add(row),
                Item::Table(rows) => {
                    writer.close();
                    writer.blocks.push(Block::Table(rows, page));
                }
            }
        }
        writer
            .notes
            .extend(notes.into_iter().filter_map(|item| match item {
                Item::Row(row) => Some(row),
                Item::Table(_) => None,
            }));
    }
    writer.close();
    writer.blocks
}

/// Where the notes at the bottom of a page begin.
fn first_note(items: &[Item], usual: &Usual) -> usize {
    let is_small = |item: &Item| matches!(item, Item::Row(row) if row.size < usual.size * 0.92);
    let n_small = items.iter().rev().take_while(|item| is_small(item)).count();
    let begin = items.len() - n_small;
    let is_note = |item: &Item| match item {
        Item::Row(row) => {
            let text = row.text();
            let is_mark = |ch: char| {
                ch.is_ascii_digit()
                    || matches!(ch, '①'..='⑳' | '[' | '［' | '〔' | '*' | '※' | '注')
            };
            text.starts_with(is_mark)
        }
        Item::Table(_) => false,
    };
    let offset = items.iter().skip(begin).position(is_note);
    match offset {
        Some(offset) if begin > 0 => begin + offset,
        _ => items.len(),
    }
}

struct Open {
    text: String,
    first: Row,
    last: Row,
}

struct Writer<'a> {
    usual: &'a Usual,
    blocks: Vec<Block>,
    open: Option<Open>,
    notes: Vec<Row>,
}

impl Writer<'_> {
    fn add(&mut self, row: Row) {
        let text = row.text();
        let goes_on = self
            .open
            .as_ref()
            .is_some_and(|open| goes_on(open, &row, &text, self.usual));
        if !goes_on {
            self.close();
        }
        match &mut self.open {
            Some(open) => {
                spacing::join(&mut open.text, &text);
                open.last = row;
            }
            none => {
                *none = Some(Open {
                    text,
                    first: row.clone(),
                    last: row,
                });
            }
        }
    }

    /// Ends the paragraph and lets the notes below it follow.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.blocks.push(Block::Paragraph {
                text: open.text,
                size: open.first.size,
                frame: open.first.frame.map(|frame| frame.number),
                page: open.first.page,
            });
        }
        let notes = std::mem::take(&mut self.notes);
        for row in notes {
            let text = row.text();
            let is_new = text.starts_with(|ch: char| {
                ch.is_ascii_digit()
                    || matches!(ch, '①'..='⑳' | '[' | '［' | '〔' | '*' | '※' | '注')
            });
            match self.blocks.last_mut() {
                Some(Block::Paragraph {
                    text: before, size, ..
                }) if !is_new && (*size - row.size).abs() < 0.1 => {
                    spacing::join(before, &text);
                }
                _ => self.blocks.push(Block::Paragraph {
                    text,
                    size: row.size,
                    frame: None,
                    page: row.page,
                }),
            }
        }
    }
}

fn goes_on(open: &Open, row: &Row, text: &str, usual: &Usual) -> bool {
    let last = &open.last;
    let em = row.size;
    let is_same_size = (last.size / row.size - 1.0).abs() < 0.08;
    let is_same_place = last.page == row.page && last.column == row.column;
    let max_distance = (usual.pitch * 1.5).max(em * 2.2);
    let is_near = !is_same_place || (last.y - row.y).abs() < max_distance;
    let is_same_frame = last.frame.map(|frame| frame.number) == row.frame.map(|frame| frame.number);
    if !is_same_size || !is_near || !is_same_frame || is_contents_row(&open.text) {
        return false;
    }
    if usual.is_display(row) {
        let is_title = usual.is_centred(last) || usual.is_centred(row);
        return is_same_place && is_title && !ends_sentence(&open.text) && !is_numbered(text);
    }
    let (last_left, last_right) = usual.sides(last);
    if last.end() < last_right - em * 1.6 - first_word_width(row) {
        return false;
    }
    let (left, _) = usual.sides(row);
    let indent = (row.start() - left) / em;
    if indent < 0.7 {
        let is_away = last.start() > last_left + em * 5.0;
        let is_item = usual.indent.is_none() && ends_sentence(&open.text) && is_numbered(text);
        return !is_away && !is_item;
    }
    let is_first = usual
        .indent
        .is_some_and(|usual| (indent - usual).abs() < 0.6);
    let from_last = row.start() - left - (last.start() - last_left);
    // Far to the right stand signatures and dates, not hanging indents.
    let first_indent = open.first.start() - usual.sides(&open.first).0;
    let is_hanging = indent * em > first_indent + em * 0.7 && indent < 6.0;
    let is_block = from_last.abs() < em * 0.5 && !ends_sentence(&open.text);
    !is_first && !usual.is_centred(row) && (is_block || is_hanging)
}

/// Width of a Latin word or number at the begin, which could not be cut to fill
/// the row above.
fn first_word_width(row: &Row) -> f32 {
    let word = row
        .glyphs
        .iter()
        .take_while(|glyph| !spacing::is_wide(glyph.ch) && glyph.ch != ' ');
    word.map(|glyph| glyph.width).sum()
}

fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['”', '’', '）', '》', ')', '"']);
    end.ends_with(['。', '！', '？', '；', '：', '.', ';', ':'])
}

/// A row of a table of contents: dots, then the page.
fn is_contents_row(text: &str) -> bool {
    let before = text.trim_end_matches(|ch: char| ch.is_ascii_digit() || ch == ' ' || ch == '-');
    before.len() < text.len()
        && ["...", "…", "···", "．．", "・・"]
            .iter()
            .any(|dots| before.ends_with(dots))
}

/// Whether a number of a chapter, section or item begins the text.
fn is_numbered(text: &str) -> bool {
    let is_numeral = |ch: char| {
        ch.is_ascii_digit() || "一二三四五六七八九十百〇零０１２３４５６７８９".contains(ch)
    };
    let (opened, rest) = match text.strip_prefix(['第', '（', '(']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let behind = rest.trim_start_matches(is_numeral);
    if behind.len() == rest.len() {
        return false;
    }
    if opened {
        behind.starts_with(['章', '节', '篇', '编', '条', '部', '）', ')'])
    } else {
        behind.starts_with(['、', '.', '．'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_begin_an_item_are_seen() {
        for (text, expect) in [
            ("第一章 总则", true),
            ("（二）范围", true),
            ("三、任务", true),
            ("1.建设", true),
            ("第十四个五年规划", false),
            ("2030年", false),
            ("发展", false),
        ] {
            assert_eq!(is_numbered(text), expect, "{text}");
        }
    }
}
