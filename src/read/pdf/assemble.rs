//! Pages become the lines of [`RawText`].

use super::PAGE_IS_PICTURE;
use super::gapped::{self, Item};
use super::margins::Usual;
use super::page::Page;
use super::paragraphs::{self, Block};
use super::rows::{self, Row};
use super::ruled::{self, Ruled};
use super::{columns, frames, furniture};
use plansearch_document::{RawTable, RawText};

/// Text across the page: water marks, seals.
const ASKEW: &str = "斜排文字";
/// Letters of the text layer of a page whose picture was recognised.
const REPLACED: &str = "识别页上的零星文字";
const MAX_HEADING_CHARS: usize = 60;
/// Fewer larger lines are a title page, not headings.
const MIN_HEADINGS: usize = 3;

/// Lines, headings by size and what was dropped.
pub(super) fn lines(pages: &[Page]) -> RawText {
    let mut raw = RawText {
        lines_are_paragraphs: true,
        ..RawText::default()
    };
    let (mut tables, mut texts): (Vec<Vec<Ruled>>, Vec<Vec<Row>>) = (Vec::new(), Vec::new());
    for page in pages {
        let (ruled, glyphs) = ruled::take(page);
        tables.push(ruled);
        texts.push(rows::of(page.number, &glyphs));
        let askew = page.askew.trim();
        if !askew.is_empty() {
            raw.dropped.push((askew.to_owned(), ASKEW));
        }
        if !page.replaced.is_empty() {
            raw.dropped.push((page.replaced.clone(), REPLACED));
        }
        if page.n_unknown > 0 {
            raw.losses.push(format!(
                "page {}: {} characters are missing, their font does not say what they show",
                page.number, page.n_unknown
            ));
        }
        if page.is_damaged {
            raw.losses.push(format!(
                "page {} is damaged, a part of it is missing",
                page.number
            ));
        }
        if page.n_pictures > 0 {
            let loss = format!("page {} {PAGE_IS_PICTURE}", page.number);
            raw.losses.push(loss);
        }
    }
    raw.dropped.extend(furniture::take(&mut texts));
    let mut texts: Vec<Vec<Row>> = texts.into_iter().map(columns::in_reading_order).collect();
    let areas: Vec<Vec<frames::Area>> = pages.iter().map(|page| frames::of(&page.rules)).collect();
    frames::mark(&mut texts, &areas);
    let all: Vec<&Row> = texts.iter().flatten().collect();
    let usual = Usual::of(&all);
    let pages = pages
        .iter()
        .zip(texts.into_iter().zip(tables))
        .map(|(page, (rows, tables))| (page.number, items(rows, tables)))
        .collect();
    write(paragraphs::join(pages, &usual), &usual, &mut raw);
    raw
}

/// Puts ruled tables between the rows above and below them.
fn items(rows: Vec<Row>, mut tables: Vec<Ruled>) -> Vec<Item> {
    tables.sort_by(|a, b| b.top.total_cmp(&a.top));
    let mut tables = tables.into_iter().peekable();
    let mut items = Vec::new();
    let mut text = Vec::new();
    for row in rows {
        while let Some(table) = tables.next_if(|table| table.top > row.y && row.column == 0) {
            items.extend(gapped::items(std::mem::take(&mut text)));
            items.push(Item::Table(table.rows));
        }
        text.push(row);
    }
    items.extend(gapped::items(text));
    items.extend(tables.map(|table| Item::Table(table.rows)));
    items
}

fn write(blocks: Vec<Block>, usual: &Usual, raw: &mut RawText) {
    let mut larger: Vec<(usize, f32)> = Vec::new();
    let mut saw_body = false;
    let mut frame_before = None;
    for block in blocks {
        match block {
            Block::Paragraph {
                text,
                size,
                frame,
                page,
            } => {
                raw.begin_page(page);
                let is_larger = size > usual.size * 1.12;
                saw_body |= !is_larger;
                if is_larger && saw_body && text.chars().count() <= MAX_HEADING_CHARS {
                    larger.push((raw.lines.len(), size));
                }
                if frame.is_some() {
                    raw.push_framed(text, frame != frame_before);
                } else {
                    raw.lines.push(text);
                }
                frame_before = frame;
            }
            Block::Table(rows, page) => {
                raw.begin_page(page);
                raw.push_table(RawTable {
                    rows,
                    is_named: false,
                });
            }
        }
    }
    if larger.len() < MIN_HEADINGS {
        return;
    }
    let mut sizes: Vec<f32> = larger.iter().map(|(_, size)| *size).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|smaller, kept| *kept - *smaller < 0.6);
    for (line, size) in larger {
        let rank = sizes.iter().position(|rank| *rank - size < 0.6);
        let level = rank.and_then(|rank| u8::try_from(rank + 1).ok());
        raw.heading_lines
            .insert(line, level.unwrap_or(u8::MAX).min(6));
    }
}
