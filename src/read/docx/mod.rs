//! Word documents (docx, docm, dotx, and those of WPS) as lines.
//!
//! A paragraph is a line, with the number that Word puts in front of it and
//! nobody typed; a row of a table is a line; notes stand behind the paragraph
//! that refers to them. The text is the final one: insertions stay, deletions are
//! dropped, as are headers, comments, hidden text and the table of contents.
//!
//! Refuses packages that unpack to more than 256 MiB and XML that nests without
//! end. Old doc files are no business of this module.

mod counters;
mod field;
mod line;
mod numbering;
mod numeral;
mod paragraph;
mod parts;
mod reason;
mod run;
mod state;
mod story;
mod styles;
pub(super) mod table;

#[cfg(test)]
mod tests;

use plansearch_document::Warning;
use std::collections::BTreeSet;

use super::package::{MAX_UNPACKED_BYTES, Package};
use super::source::Unreadable;
use super::xml::{self, Node};
use counters::Counters;
use line::{CONTENTS, Line};
use numbering::Numbering;
use parts::Parts;
use plansearch_document::{Property, PropertyKey, RawText};
use state::{Notes, Told};
use story::tell;
use styles::Styles;

const HEADER: &str = "页眉页脚";
const COMMENT: &str = "批注";

/// Turns the bytes of a Word document into lines.
///
/// # Errors
/// [`Unreadable`] when the package or its main part is damaged, locked or too large.
pub(super) fn read(bytes: &[u8]) -> Result<RawText, Unreadable> {
    let mut package = Package::open(bytes, MAX_UNPACKED_BYTES)?;
    let parts = Parts::find(&mut package)?;
    let body = package
        .text(&parts.main)?
        .ok_or_else(|| Unreadable::new("a Word file without its text", "save it again as docx"))?;
    let mut raw = RawText {
        lines_are_paragraphs: true,
        ..RawText::default()
    };
    let mut losses = BTreeSet::new();
    let styles = match parts.text(&mut package, "styles", &mut losses) {
        Some(text) => note(Styles::parse(&text)?, &mut losses),
        None => Styles::default(),
    };
    let numbering = match parts.text(&mut package, "numbering", &mut losses) {
        Some(text) => note(Numbering::parse(&text)?, &mut losses),
        None => Numbering::default(),
    };
    let counters = || Counters::new(&styles, &numbering);
    let mut notes = Notes::new();
    for kind in ["footnotes", "endnotes"] {
        if let Some(text) = parts.text(&mut package, kind, &mut losses) {
            let told = tell(&text, &styles, counters(), Notes::new())?;
            notes.extend(told.notes);
            raw.dropped.extend(told.dropped);
            losses.extend(told.losses);
        }
    }
    let told = tell(&body, &styles, counters(), notes)?;
    drop(body);
    keep(told, &mut raw, &mut losses);
    for (kind, reason) in [
        ("header", HEADER),
        ("footer", HEADER),
        ("comments", COMMENT),
    ] {
        let mut seen = BTreeSet::new();
        for name in parts.all(kind) {
            let text = parts::text_of(&mut package, name, &mut losses).unwrap_or_default();
            let told = tell(&text, &styles, counters(), Notes::new())?;
            let notes = told.notes.into_values().flatten();
            let lines = told.lines.into_iter().chain(notes);
            seen.extend(lines.map(|line| line.text).filter(|text| !text.is_empty()));
        }
        raw.dropped
            .extend(seen.into_iter().map(|text| (text, reason)));
    }
    raw.properties.extend(title(&mut package, &mut losses)?);
    raw.losses.extend(losses);
    Ok(raw)
}

fn note<T>((parsed, loss): (T, Option<String>), losses: &mut BTreeSet<String>) -> T {
    losses.extend(loss);
    parsed
}

/// Puts the lines of the body where they belong.
fn keep(told: Told, raw: &mut RawText, losses: &mut BTreeSet<String>) {
    raw.dropped.extend(told.dropped);
    if told.has_endless_contents {
        raw.warnings.push(Warning::EndlessContents);
    }
    losses.extend(told.losses);
    let mut lines = told.lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        if let Some(reason) = line.dropped {
            raw.dropped.push((line.text, reason));
            continue;
        }
        // The word 目录 above the entries goes with them.
        let is_contents_head = is_contents_word(&line.text)
            && lines
                .peek()
                .is_some_and(|next| next.dropped == Some(CONTENTS));
        if is_contents_head {
            raw.dropped.push((line.text, CONTENTS));
            continue;
        }
        push(line, raw);
    }
    while raw.lines.last().is_some_and(String::is_empty) {
        raw.lines.pop();
    }
}

/// Adds a line; several empty ones are one.
fn push(line: Line, raw: &mut RawText) {
    if line.text.is_empty() && raw.lines.last().is_none_or(String::is_empty) {
        return;
    }
    if let Some(row) = line.row {
        raw.push_row(row, line.begins_table);
        return;
    }
    if let Some(level) = line.heading {
        raw.heading_lines.insert(raw.lines.len(), level);
    }
    if line.is_framed {
        raw.push_framed(line.text, line.begins_frame);
    } else {
        raw.lines.push(line.text);
    }
}

fn is_contents_word(text: &str) -> bool {
    let word: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(word.as_str(), "目录" | "目次")
}

/// The title among the properties of the package.
fn title(
    package: &mut Package<'_>,
    losses: &mut BTreeSet<String>,
) -> Result<Option<Property>, Unreadable> {
    let Some(text) = parts::text_of(package, "docProps/core.xml", losses) else {
        return Ok(None);
    };
    let mut value = String::new();
    let mut is_title = false;
    xml::walk(&text, |node| {
        match node {
            Node::Open(element) => is_title = element.is("title"),
            Node::Close => is_title = false,
            Node::Text(text) if is_title => value += text,
            Node::Text(_) => {}
        }
        Ok(())
    })?;
    Ok((!value.trim().is_empty()).then(|| Property {
        key: PropertyKey::Title,
        value: value.trim().to_owned(),
        place: "docx core.xml",
    }))
}
