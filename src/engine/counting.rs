//! How often strings stand in the documents of a library: what is asked and answered.
//!
//! Paragraphs, headings and tables count; front matter and attachments do not.

use std::collections::BTreeMap;

use super::filter::Filter;
use super::record::PassageRecord;
use plansearch_document::PassageKind;

/// What to count.
#[derive(Debug, Clone, Default)]
pub struct Counting {
    /// Terms, each with its spellings as folded strings; a place of any counts.
    pub terms: Vec<Vec<String>>,
    /// Which passages count.
    pub filter: Filter,
    /// Whether passages of the same text count once, at the earliest dated document.
    pub is_once: bool,
    /// Whether a place inside a place of a longer one of the terms does not count.
    pub is_apart: bool,
}

/// What was counted.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// Characters of the passages that count, of each document that has any, by its
    /// position in the catalog.
    pub characters: BTreeMap<usize, usize>,
    /// For each term the documents that have it, by their position in the catalog.
    pub terms: Vec<BTreeMap<usize, TermCount>>,
}

/// A term in one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermCount {
    /// Passages that have it.
    pub passages: usize,
    /// Its places.
    pub occurrences: usize,
    /// Number in the document of the first passage that has it.
    pub first_idx: usize,
    /// Number in the document of the last one.
    pub last_idx: usize,
}

/// Says whether passages of a kind count.
pub fn counts(kind: PassageKind) -> bool {
    match kind {
        PassageKind::Paragraph | PassageKind::Table | PassageKind::Heading => true,
        PassageKind::FrontMatter | PassageKind::Attachment => false,
    }
}

/// Characters of a passage that count: its text, of a row of a table its cells.
pub fn n_chars(passage: &PassageRecord) -> usize {
    if !counts(passage.passage_kind()) {
        return 0;
    }
    let cells = passage.table.as_ref().map(|table| &table.cells);
    match cells.filter(|cells| !cells.is_empty()) {
        Some(cells) => cells.iter().map(|cell| cell.chars().count()).sum(),
        None => passage.text.chars().count(),
    }
}
