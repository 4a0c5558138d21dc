//! What is open while a story is read, and what it gave so far.

use std::collections::{BTreeSet, HashMap};

use super::counters::Counters;
use super::field::Fields;
use super::line::Line;
use super::paragraph::{NoteKey, Paragraph};
use super::styles::Styles;
use super::table::Table;

/// The notes of a document by whether they are endnotes and by their id.
pub(super) type Notes = HashMap<NoteKey, Vec<Line>>;

/// What a story gave.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) lines: Vec<Line>,
    pub(super) notes: Notes,
    pub(super) dropped: Vec<(String, &'static str)>,
    pub(super) has_endless_contents: bool,
    pub(super) losses: BTreeSet<String>,
}

pub(super) struct Story<'a> {
    pub(super) styles: &'a Styles,
    pub(super) counters: Counters<'a>,
    pub(super) notes: Notes,
    pub(super) told: Told,
    pub(super) frames: Vec<Frame>,
    /// Depth inside an element that is passed over; 0 outside.
    pub(super) n_skipped: usize,
    pub(super) flows: Vec<Flow>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) tables: Vec<Table>,
    pub(super) fields: Fields,
    pub(super) n_text_bytes: usize,
}

/// An open element.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    pub(super) role: Role,
    /// Why text in it is left out.
    pub(super) dropped: Option<&'static str>,
}

/// What an open element is to the walk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Other,
    Paragraph,
    ParagraphProperties,
    /// `w:rPr` in paragraph properties: about the paragraph mark.
    Mark,
    Run,
    RunProperties,
    Text,
    Instruction,
    Alternates {
        is_chosen: bool,
    },
    Control {
        dropped: Option<&'static str>,
    },
    TextBox {
        n_fields: usize,
    },
    Table,
    RowProperties,
    Cell,
    Note(Option<NoteKey>),
}

/// Lines that follow one another: the body, a cell, a text box, a note.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) lines: Vec<Line>,
    /// Text of paragraphs whose mark was deleted, and their boxes and notes.
    pub(super) carried: String,
    pub(super) carried_boxes: Vec<Line>,
}
