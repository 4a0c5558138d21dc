//! The outline of a file as JSON, with the names of the interface.

use std::collections::BTreeMap;

use serde::Serialize;

use plansearch_document::{Document, PassageKind};

/// One document of a file.
#[derive(Debug, Serialize)]
pub(super) struct OutlineJson {
    file: String,
    title: String,
    issuers: Vec<String>,
    doc_number: Option<String>,
    index_number: Option<String>,
    date: Option<String>,
    publish_date: Option<String>,
    doc_type: &'static str,
    period: Option<[u16; 2]>,
    /// Where each of the facts above that is known was found.
    found_in: BTreeMap<&'static str, String>,
    headings: Vec<HeadingJson>,
    paragraphs: Vec<ParagraphJson>,
    tables: Vec<TableJson>,
    front_matter: Vec<String>,
    attachments: Vec<String>,
    /// Passages that name an attachment, as they stand in the source.
    attachment_lines: Vec<String>,
    dropped: Vec<String>,
    dropped_reasons: Vec<&'static str>,
    warnings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct HeadingJson {
    level: u8,
    number: String,
    title: String,
    path: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ParagraphJson {
    path: Vec<String>,
    lead: Option<String>,
    text: String,
}

#[derive(Debug, Serialize)]
struct TableJson {
    caption: String,
    /// The unit of its numbers, where one is stated for the whole table.
    unit: Option<String>,
    path: Vec<String>,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Rows that lost cells, by their position: their cells fit no column.
    damaged_rows: Vec<usize>,
    notes: Vec<String>,
}

/// Makes the JSON of a document.
pub(super) fn outline(document: &Document, file: &str) -> OutlineJson {
    let metadata = &document.metadata;
    let texts_of = |kind: PassageKind| -> Vec<String> {
        let of_kind = document
            .passages
            .iter()
            .filter(|passage| passage.kind == kind);
        of_kind.map(|passage| passage.text.clone()).collect()
    };
    OutlineJson {
        file: file.to_owned(),
        title: metadata.title.clone(),
        issuers: metadata.issuers.clone(),
        doc_number: metadata.doc_number.clone(),
        index_number: metadata.index_number.clone(),
        date: metadata.date.map(|date| date.to_string()),
        publish_date: metadata.publish_date.map(|date| date.to_string()),
        doc_type: metadata.doc_type.name(),
        period: metadata.period.map(|period| [period.first, period.last]),
        found_in: document
            .found_in
            .iter()
            .map(|(fact, place)| (fact.name(), place.to_string()))
            .collect(),
        headings: headings(document),
        paragraphs: paragraphs(document),
        tables: tables(document),
        front_matter: texts_of(PassageKind::FrontMatter),
        attachments: document.attachments.clone(),
        attachment_lines: texts_of(PassageKind::Attachment),
        dropped: document
            .dropped
            .iter()
            .map(|dropped| dropped.text.clone())
            .collect(),
        dropped_reasons: document
            .dropped
            .iter()
            .map(|dropped| dropped.reason.text())
            .collect(),
        warnings: document.warnings.iter().map(ToString::to_string).collect(),
    }
}

fn headings(document: &Document) -> Vec<HeadingJson> {
    let headings = document.outline.headings();
    headings
        .iter()
        .enumerate()
        .map(|(idx, heading)| HeadingJson {
            level: heading.level,
            number: heading.number.clone(),
            title: heading.title.clone(),
            path: document
                .outline
                .path(Some(plansearch_document::SectionIdx(idx))),
        })
        .collect()
}

fn paragraphs(document: &Document) -> Vec<ParagraphJson> {
    let paragraphs = document
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::Paragraph);
    paragraphs
        .map(|passage| ParagraphJson {
            path: document.outline.path(passage.section),
            lead: passage.lead_text().map(str::to_owned),
            text: passage.text.clone(),
        })
        .collect()
}

fn tables(document: &Document) -> Vec<TableJson> {
    document
        .tables
        .iter()
        .map(|table| TableJson {
            caption: table.caption.clone(),
            unit: Some(table.unit.clone()).filter(|unit| !unit.is_empty()),
            path: document.outline.path(table.section),
            header: table.header.clone(),
            rows: table.rows.clone(),
            damaged_rows: table.damaged.iter().copied().collect(),
            notes: table.notes.clone(),
        })
        .collect()
}
