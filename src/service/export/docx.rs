//! Passages as a Word document, set as official documents are: A4, 仿宋, 黑体.
//!
//! The parts are templates and files in `web/export`; the package is a zip.

use std::io::{Cursor, Write as _};

use askama::Template;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Entry;
use crate::error::ServiceError;
use crate::excerpt::Row;
use crate::xml;

/// The parts that are the same in every document, by their names in the package.
const PARTS: [(&str, &str); 4] = [
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
];

#[derive(Template)]
#[template(path = "export.xml", config = "../../web/askama.toml")]
struct Body {
    sections: Vec<Section>,
}

/// What the document has of an entry, without what XML cannot hold.
struct Section {
    number: usize,
    title: String,
    /// Caption and head of a table whose row cannot be set as one.
    table: Option<String>,
    row: Option<TableRow>,
    lines: Vec<String>,
    sources: Vec<(&'static str, String)>,
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

/// Writes the package.
pub(super) fn write(entries: &[Entry]) -> Result<Vec<u8>, ServiceError> {
    let body = Body {
        sections: entries.iter().map(Section::new).collect(),
    };
    let document = body.render()?;
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, content) in PARTS
        .into_iter()
        .chain([("word/document.xml", document.as_str())])
    {
        package.start_file(name, options)?;
        package.write_all(content.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

impl Section {
    fn new(entry: &Entry) -> Self {
        let excerpt = &entry.excerpt;
        let citations = &excerpt.citations;
        let mut sources = vec![
            ("出处", excerpt.citation.clone()),
            ("公文引用", citations.official.clone()),
            ("GB/T 7714—2025", citations.gbt7714_2025.clone()),
            ("GB/T 7714—2015", citations.gbt7714_2015.clone()),
        ];
        sources.extend(citations.remark().map(|remark| ("注", remark)));
        sources.retain(|(_, source)| !source.is_empty());
        let title = excerpt.path.last().unwrap_or(&excerpt.title);
        Self {
            number: entry.number,
            title: xml::legal(title),
            table: excerpt.table.as_deref().map(xml::legal),
            row: excerpt.row.as_ref().map(TableRow::new),
            lines: excerpt.text.lines().map(xml::legal).collect(),
            sources: sources
                .into_iter()
                .map(|(name, source)| (name, xml::legal(&source)))
                .collect(),
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
