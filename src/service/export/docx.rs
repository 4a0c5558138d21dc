//! Passages as a Word document, set as official documents are: A4, 仿宋, 黑体. Each has
//! its source in one line; what is cited stands once, at the end.
//!
//! The parts are templates and files in `web/export`; the package is a zip.

use askama::Template;

use super::Entry;
use crate::error::ServiceError;
use crate::excerpt::Row;
use crate::package::package;
use crate::xml;

/// The parts that are the same in every document, by their names in the package.
const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        include_str!("../../../web/export/content-types.xml"),
    ),
    ("_rels/.rels", include_str!("../../../web/export/rels.xml")),
    (
        "word/_rels/document.xml.rels",
        include_str!("../../../web/export/document-rels.xml"),
    ),
    (
        "word/styles.xml",
        include_str!("../../../web/export/styles.xml"),
    ),
    (
        "word/footer.xml",
        include_str!("../../../web/export/footer.xml"),
    ),
];

#[derive(Template)]
#[template(path = "export.xml", config = "../../web/askama.toml")]
struct Body {
    /// What was searched for, how much was found, and when.
    head: String,
    sections: Vec<Section>,
    /// The documents with the forms of their citations, numbered.
    references: Vec<(usize, Vec<String>)>,
}

/// What the document has of an entry, without what XML cannot hold.
struct Section {
    /// Title of the document, where it is another than before.
    title: Option<String>,
    /// Caption and head of a table whose row cannot be set as one.
    table: Option<String>,
    row: Option<TableRow>,
    lines: Vec<String>,
    /// What was noted on it, by lines.
    note: Vec<String>,
    citation: String,
    address: String,
}

/// A row of a table, set as a table with its head.
struct TableRow {
    caption: String,
    /// The head, where there is one, and the row.
    lines: Vec<Vec<String>>,
    /// Width of a column in twentieths of a point.
    width: usize,
}

/// Room between the margins in twentieths of a point.
const WIDTH: usize = 11906 - 1474 - 1588;

/// Writes the package; `head` says where the passages are from.
pub(super) fn write(entries: &[Entry], head: &str) -> Result<Vec<u8>, ServiceError> {
    let mut before: Option<&Entry> = None;
    let mut sections = Vec::with_capacity(entries.len());
    let mut references: Vec<(&Entry, Vec<String>)> = Vec::new();
    for entry in entries {
        let is_other =
            before.is_none_or(|before| before.excerpt.document() != entry.excerpt.document());
        sections.push(Section::new(entry, is_other));
        let is_known =
            |(known, _): &(&Entry, _)| known.excerpt.document() == entry.excerpt.document();
        if !references.iter().any(is_known) {
            references.push((entry, reference(entry)));
        }
        before = Some(entry);
    }
    let references = (1..).zip(references);
    let body = Body {
        head: xml::legal(head),
        sections,
        references: references
            .map(|(number, (_, lines))| (number, lines))
            .collect(),
    };
    let document = body.render()?;
    let made = [("word/document.xml", document.as_str())];
    package(PARTS.into_iter().chain(made))
}

/// The citations of a document by form.
fn reference(entry: &Entry) -> Vec<String> {
    let lines = entry.excerpt.citations.lines();
    lines.iter().map(|line| xml::legal(line)).collect()
}

impl Section {
    fn new(entry: &Entry, is_other_document: bool) -> Self {
        let excerpt = &entry.excerpt;
        Self {
            title: is_other_document.then(|| xml::legal(&excerpt.title)),
            table: excerpt.table.as_deref().map(xml::legal),
            row: excerpt.row.as_ref().map(TableRow::new),
            lines: excerpt.text.lines().map(xml::legal).collect(),
            note: excerpt.note.lines().map(xml::legal).collect(),
            citation: xml::legal(&excerpt.citation),
            address: entry.address.clone(),
        }
    }
}

impl TableRow {
    fn new(row: &Row) -> Self {
        let line = |cells: &[String]| cells.iter().map(|cell| xml::legal(cell)).collect();
        let lines = [&row.header, &row.cells].into_iter();
        Self {
            caption: xml::legal(&row.caption),
            width: WIDTH / row.cells.len().max(1),
            lines: lines
                .filter(|cells| !cells.is_empty())
                .map(|cells| line(cells))
                .collect(),
        }
    }
}
