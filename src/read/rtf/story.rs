//! What stands where: lines, rows of tables, notes, what is left out.

use super::super::docx::table::clean;
use super::super::source::Unreadable;
use super::decode::Decoder;
use super::rows::Rows;
use super::token::Token;
use plansearch_document::RawText;

/// Groups in groups; files of people have some twenty.
const MAX_GROUPS: usize = 10_000;

const RUNNING: &str = "页眉页脚";
const DELETED: &str = "修订删除";
const HIDDEN: &str = "隐藏文字";
const COMMENT: &str = "批注";

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    /// Behind the paragraph.
    Note,
    /// Nowhere: it is none.
    Nothing,
    Dropped(&'static str),
    /// Its fonts are read.
    Fonts,
}

#[derive(Debug, Clone, Copy)]
struct Group {
    place: Place,
    font: Option<i32>,
    /// Characters that stand for a `\u` in older programs.
    n_stand_ins: usize,
    is_in_table: bool,
    /// Level of the paragraph as a heading, from 1.
    heading: Option<u8>,
    /// `{\*`: to be passed over by who does not know it.
    is_optional: bool,
}

/// The text so far.
#[derive(Debug)]
pub(super) struct Story {
    raw: RawText,
    groups: Vec<Group>,
    decoder: Decoder,
    line: String,
    rows: Rows,
    note: String,
    notes: Vec<String>,
    dropped: String,
    /// Font of the entry of the font table.
    entry: i32,
    n_to_skip: usize,
}

impl Default for Story {
    fn default() -> Self {
        let body = Group {
            place: Place::Body,
            font: None,
            n_stand_ins: 1,
            is_in_table: false,
            heading: None,
            is_optional: false,
        };
        Self {
            raw: RawText {
                lines_are_paragraphs: true,
                ..RawText::default()
            },
            groups: vec![body],
            decoder: Decoder::default(),
            line: String::new(),
            rows: Rows::default(),
            note: String::new(),
            notes: Vec::new(),
            dropped: String::new(),
            entry: 0,
            n_to_skip: 0,
        }
    }
}

impl Story {
    /// Takes the next piece of the file.
    pub(super) fn take(&mut self, token: &Token<'_>) -> Result<(), Unreadable> {
        match *token {
            Token::Open => self.open()?,
            Token::Close => self.close(),
            Token::Byte(byte) => {
                if !self.is_skipped() {
                    self.decoder.push(byte);
                }
            }
            Token::Sign(sign) => self.sign(sign),
            Token::Word("u", Some(number)) => {
                self.flush();
                self.n_to_skip = self.group().n_stand_ins;
                if let Some(ch) = self.decoder.unit(number) {
                    self.write(ch.encode_utf8(&mut [0; 4]));
                }
            }
            Token::Word(word, number) => {
                if !self.is_skipped() {
                    self.flush();
                    self.word(word, number);
                }
            }
        }
        Ok(())
    }

    /// Ends the text.
    pub(super) fn finish(mut self) -> RawText {
        while self.groups.len() > 1 {
            self.close();
        }
        self.flush();
        self.end_row();
        self.end_paragraph();
        self.rows.end_table(&mut self.raw);
        self.raw
    }

    fn group(&mut self) -> &mut Group {
        // The body itself is never closed.
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    /// Whether a character only stands for the `\u` before it.
    fn is_skipped(&mut self) -> bool {
        let is_skipped = self.n_to_skip > 0;
        self.n_to_skip = self.n_to_skip.saturating_sub(1);
        is_skipped
    }

    fn open(&mut self) -> Result<(), Unreadable> {
        self.flush();
        self.n_to_skip = 0;
        if self.groups.len() >= MAX_GROUPS {
            return Err(Unreadable::new(
                format!("rich text (rtf) with more than {MAX_GROUPS} groups in one another"),
                "open it in an office program and save it as docx",
            ));
        }
        let mut group = *self.group();
        group.is_optional = false;
        self.groups.push(group);
        Ok(())
    }

    fn close(&mut self) {
        self.flush();
        self.n_to_skip = 0;
        if self.groups.len() < 2 {
            return;
        }
        let Some(closed) = self.groups.pop() else {
            return;
        };
        let outer = self.group().place;
        if closed.place == outer {
            return;
        }
        match closed.place {
            Place::Note => {
                let note = clean(&std::mem::take(&mut self.note));
                self.notes
                    .extend(Some(note).filter(|note| !note.is_empty()));
            }
            Place::Dropped(reason) => self.note_dropped(reason),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let font = self.group().font;
        let text = self.decoder.flush(font);
        if !text.is_empty() {
            self.write(&text);
        }
    }

    fn write(&mut self, text: &str) {
        match self.group().place {
            Place::Body => self.line.push_str(text),
            Place::Note => self.note.push_str(text),
            Place::Dropped(_) => self.dropped.push_str(text),
            Place::Nothing | Place::Fonts => {}
        }
    }

    fn sign(&mut self, sign: u8) {
        if sign == b'*' {
            self.group().is_optional = true;
            return;
        }
        if self.is_skipped() {
            return;
        }
        self.flush();
        match sign {
            b'~' => self.write("\u{a0}"),
            b'_' => self.write("-"),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if self.enter(word) {
            return;
        }
        match (word, number) {
            ("ansicpg", Some(code_page)) => self.decoder.set_usual(code_page),
            ("f", Some(font)) => {
                self.entry = font;
                self.group().font = Some(font);
            }
            ("fcharset", Some(charset)) if self.group().place == Place::Fonts => {
                self.decoder.set_font(self.entry, charset);
            }
            ("plain", _) => self.group().font = None,
            ("uc", Some(number)) => self.group().n_stand_ins = number.clamp(0, 100) as usize,
            ("pard", _) => {
                self.group().is_in_table = false;
                self.group().heading = None;
            }
            // Body text has the level 9.
            ("outlinelevel", Some(level @ 0..=8)) => self.group().heading = Some(level as u8 + 1),
            ("intbl", _) => self.group().is_in_table = true,
            ("par" | "sect" | "page" | "line" | "column", _) => self.end_line(),
            ("cell" | "nestcell", _) => self.end_cell(),
            ("row" | "nestrow", _) => self.end_row(),
            ("trowd" | "trhdr" | "clvmgf" | "clvmrg" | "clmgf" | "clmrg" | "cellx", _) => {
                self.rows.define(word, number);
            }
            ("deleted", None | Some(1..)) => self.drop_rest(DELETED),
            ("v", None | Some(1..)) => self.drop_rest(HIDDEN),
            ("deleted", Some(0)) => self.end_drop(DELETED),
            ("v", Some(0)) => self.end_drop(HIDDEN),
            _ => {
                if let Some(text) = character(word) {
                    self.write(text);
                }
            }
        }
    }

    /// Words that say what their group is.
    fn enter(&mut self, word: &str) -> bool {
        let group = self.group();
        let is_optional = std::mem::take(&mut group.is_optional);
        let place = match word {
            "fonttbl" => Place::Fonts,
            "footnote" => Place::Note,
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
            | "footerf" => Place::Dropped(RUNNING),
            "annotation" => Place::Dropped(COMMENT),
            "colortbl" | "stylesheet" | "info" | "pict" | "object" | "upr" | "filetbl"
            | "nonshppict" | "atnid" | "atnauthor" | "xe" | "tc" | "txe" | "rxe" | "shpinst"
            | "shppict" => Place::Nothing,
            // What is known of what may be passed over.
            "ud" | "shptxt" => {
                group.place = Place::Body;
                return true;
            }
            _ if is_optional => Place::Nothing,
            _ => return false,
        };
        // Nothing stays nothing, whatever stands in it.
        if matches!(group.place, Place::Body | Place::Note) || place == Place::Nothing {
            group.place = place;
        }
        true
    }

    /// Leaves out the rest of the group.
    fn drop_rest(&mut self, reason: &'static str) {
        let group = self.group();
        if group.place == Place::Body {
            group.place = Place::Dropped(reason);
        }
    }

    /// Goes back to what is kept, in the same group.
    fn end_drop(&mut self, reason: &'static str) {
        if self.group().place == Place::Dropped(reason) {
            self.group().place = Place::Body;
            self.note_dropped(reason);
        }
    }

    fn note_dropped(&mut self, reason: &'static str) {
        let text = clean(&std::mem::take(&mut self.dropped));
        if !text.is_empty() {
            self.raw.dropped.push((text, reason));
        }
    }

    fn end_line(&mut self) {
        let group = *self.group();
        match group.place {
            Place::Body if group.is_in_table => {
                let line = std::mem::take(&mut self.line);
                self.rows.add_paragraph(&line);
            }
            Place::Body => self.end_paragraph(),
            Place::Note => self.note.push(' '),
            Place::Dropped(_) => self.dropped.push(' '),
            Place::Nothing | Place::Fonts => {}
        }
    }

    fn end_paragraph(&mut self) {
        let line = std::mem::take(&mut self.line).replace('\t', " ");
        let line = line.trim();
        self.rows.end_table(&mut self.raw);
        if !line.is_empty() {
            if let Some(level) = self.group().heading {
                self.raw.heading_lines.insert(self.raw.lines.len(), level);
            }
            self.raw.lines.push(line.to_owned());
        }
        self.raw.lines.append(&mut self.notes);
    }

    fn end_cell(&mut self) {
        if self.group().place == Place::Body {
            let line = std::mem::take(&mut self.line);
            self.rows.add_paragraph(&line);
            self.rows.end_cell();
        }
    }

    fn end_row(&mut self) {
        if self.group().place != Place::Body {
            return;
        }
        let rest = self.rows.end_row();
        self.line.insert_str(0, &rest);
        self.rows.add_notes(&mut self.notes);
    }
}

/// Words that stand for a character.
fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "bullet" => "•",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}
