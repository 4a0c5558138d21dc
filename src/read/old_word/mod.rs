//! Word files of 97 to 2003 (doc, and wps of the same form) as lines.
//!
//! Answers which text the file shows: paragraphs, headings by style, tables by
//! rows, notes, text boxes. Fields give their result; deleted and hidden text,
//! headers, comments and the table of contents are dropped. Refuses locked files
//! and those of Word 95 and before.
//!
//! What Word counts and nobody typed (一、 as an automatic number) is not made
//! up; the file is then named as not read whole.

mod bytes;
mod formats;
mod pieces;
mod rows;
mod story;

use std::collections::BTreeSet;

use super::source::Unreadable;
use bytes::u16_at;
use formats::Formats;
use pieces::Unit;
use plansearch_document::RawText;
use story::Told;

const HEADER: &str = "页眉页脚";
const COMMENT: &str = "批注";
const DOCX_HINT: &str = "save it as docx";

/// Which stream holds the tables of a file whose main stream is `main`.
///
/// # Errors
/// [`Unreadable`] when the file is locked, older than Word 97 or no Word file.
pub(super) fn table_stream(main: &[u8]) -> Result<&'static str, Unreadable> {
    let (mark, version) = (u16_at(main, 0), u16_at(main, 2));
    let flags = u16_at(main, 0x0a).ok_or_else(|| damaged("it has no head"))?;
    match (mark, version) {
        (Some(0xa5ec), Some(0xc0..)) => {}
        (Some(0xa5ec | 0xa5dc | 0xa59b | 0xa599 | 0xa697 | 0xa699), _) => {
            return Err(Unreadable::new("a file of Word 95 or before", DOCX_HINT));
        }
        _ => return Err(damaged("its head is none of Word's")),
    }
    if flags & 0x0100 != 0 {
        return Err(Unreadable::new(
            "an office file locked by a password",
            "save it without the password",
        ));
    }
    Ok(if flags & 0x0200 == 0 {
        "/0Table"
    } else {
        "/1Table"
    })
}

/// Turns the streams of an old Word file into lines.
///
/// # Errors
/// [`Unreadable`] when the table of pieces is broken or there is no text.
pub(super) fn read(main: &[u8], table: &[u8]) -> Result<RawText, Unreadable> {
    let stories = pieces::stories(main, table)?;
    let formats = Formats::read(main, table);
    let tell = |units: &[Unit]| story::tell(units, &formats);
    let mut raw = RawText {
        lines_are_paragraphs: true,
        ..RawText::default()
    };
    // With notes of one kind only, the marks in the text stand for them in order.
    let is_one_kind = stories.footnotes.is_empty() || stories.endnotes.is_empty();
    let mut notes = tell(&stories.footnotes).into_notes(&mut raw);
    notes.extend(tell(&stories.endnotes).into_notes(&mut raw));
    let mut notes = notes.into_iter();
    let told = tell(&stories.main);
    let n_numbered = told.n_numbered;
    let has_symbols = told.has_symbols;
    raw.dropped.extend(told.dropped);
    for line in told.lines {
        if let Some(level) = line.heading {
            raw.heading_lines.insert(raw.lines.len(), level);
        }
        match line.row {
            Some(row) => raw.push_row(row, line.begins_table),
            None if line.is_framed => raw.push_framed(line.text, line.begins_frame),
            None => raw.lines.push(line.text),
        }
        if is_one_kind {
            raw.lines
                .extend(notes.by_ref().take(line.n_notes).flatten());
        }
    }
    raw.lines.extend(notes.flatten());
    let boxes = tell(&stories.boxes);
    raw.dropped.extend(boxes.dropped);
    raw.lines.extend(
        boxes
            .lines
            .into_iter()
            .map(|line| line.text)
            .filter(|text| !text.is_empty()),
    );
    for (units, reason) in [(&stories.headers, HEADER), (&stories.comments, COMMENT)] {
        let Told { lines, dropped, .. } = tell(units);
        raw.dropped.extend(dropped);
        let texts: BTreeSet<String> = lines.into_iter().map(|line| line.text).collect();
        let texts = texts.into_iter().filter(|text| !text.trim().is_empty());
        raw.dropped.extend(texts.map(|text| (text, reason)));
    }
    while raw.lines.last().is_some_and(String::is_empty) {
        raw.lines.pop();
    }
    if raw.lines.is_empty() {
        return Err(Unreadable::new("an old Word file without text", DOCX_HINT));
    }
    if stories.is_cut {
        raw.losses
            .push("the file is damaged; a part of its text is gone".to_owned());
    }
    if n_numbered > 0 {
        raw.losses.push(format!(
            "the numbers that Word counts for {n_numbered} paragraphs are not read; hint: {DOCX_HINT}"
        ));
    }
    if has_symbols {
        raw.losses.push(format!(
            "a character of a symbol font shows as \u{fffd}; hint: {DOCX_HINT}"
        ));
    }
    Ok(raw)
}

fn damaged(what: &str) -> Unreadable {
    Unreadable::new(format!("a damaged old Word file ({what})"), DOCX_HINT)
}
