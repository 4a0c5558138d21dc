//! From a parsed document to what the index stores.

use std::collections::HashMap;

use super::files::SourceFile;
use plansearch_document::{Document, DocumentId, PassageId, PassageKind, SectionIdx};
use plansearch_engine::record::{TableRecord, ThemeRecord, ThemeWord, Unread, WordPlace};
use plansearch_engine::{DocumentRecord, NewDocument, PassageRecord};
use plansearch_read::{Part, Source};
use plansearch_structure as structure;
use plansearch_target::Extraction;
use plansearch_text::fold;
use plansearch_theme::{self as theme, Above, Catalogue, Read};

/// Parses a source and makes the documents to store, and says what of it could
/// not be read.
pub(super) fn documents(
    source: Source,
    file: &SourceFile,
    themes: &Catalogue,
) -> (Vec<NewDocument>, Vec<Unread>) {
    let mut all: Vec<NewDocument> = Vec::new();
    let mut unread = Vec::new();
    for part in source.parts {
        let (place, part_name) = (place(&part), part.name);
        // A part is given up as soon as it is parsed: a large one is large twice else.
        let text = match part.text {
            Ok(text) => text,
            Err(reason) => {
                unread.push(Unread {
                    place,
                    reason: reason.to_string(),
                    is_partial: false,
                });
                continue;
            }
        };
        unread.extend(text.losses.iter().map(|loss| Unread {
            place: place.clone(),
            reason: loss.clone(),
            is_partial: true,
        }));
        let name = if part_name.is_empty() {
            file.name()
        } else {
            part_name.clone()
        };
        let parsed = structure::parse(&text, &name);
        let recognised = fold(&text.recognised.concat());
        drop(text);
        for document in parsed {
            let id = DocumentId::from_hash(&source.hash_hex, all.len());
            let mut new = assemble(&document, &id, themes);
            mark_recognised(&mut new.passages, &recognised);
            new.record.source_hash.clone_from(&source.hash_hex);
            new.record.member.clone_from(&part_name);
            new.record.files.push(file.shown.clone());
            new.record.paths.push(file.absolute.clone());
            all.push(new);
        }
    }
    // A document of nothing helps nobody, but its file is named.
    all.retain(|new| !new.passages.is_empty() || !new.record.dropped.is_empty());
    if all.is_empty() && unread.is_empty() {
        unread.push(Unread {
            place: String::new(),
            reason: "there is no text in it".to_owned(),
            is_partial: false,
        });
    }
    (all, unread)
}

/// Marks the passages whose text was recognised from pictures.
fn mark_recognised(passages: &mut [PassageRecord], recognised: &str) {
    if recognised.is_empty() {
        return;
    }
    for passage in passages {
        // Cells of a row and pieces of a page border may be set otherwise.
        let mut pieces = passage.text.split(['|', '\n']).map(fold);
        passage.is_recognised = pieces.all(|piece| recognised.contains(&piece));
    }
}

fn place(part: &Part) -> String {
    if part.name.is_empty() {
        String::new()
    } else {
        format!("/{}", part.name)
    }
}

fn assemble(document: &Document, id: &DocumentId, themes: &Catalogue) -> NewDocument {
    let mut record = DocumentRecord {
        id: id.to_string(),
        attachments: document.attachments.clone(),
        n_passages: document.passages.len(),
        n_sections: document.outline.headings().len(),
        n_tables: document.tables.len(),
        dropped: document
            .dropped
            .iter()
            .map(|dropped| (dropped.text.clone(), dropped.reason.text().to_owned()))
            .collect(),
        warnings: document.warnings.clone(),
        ..DocumentRecord::default()
    };
    record.set_metadata(&document.metadata);
    record.set_found_in(&document.found_in);
    for passage in &document.passages {
        add_abbreviations(&mut record, &passage.text);
    }
    let mut sections = Sections::new(document, themes);
    let passages = document
        .passages
        .iter()
        .enumerate()
        .map(|(idx, passage)| {
            let is_paragraph = passage.kind == PassageKind::Paragraph;
            let paragraph_no = is_paragraph.then(|| sections.next_paragraph(passage.section));
            let (path, above) = sections.get(passage.section);
            let table = table_of(document, idx);
            let table_words = table.as_ref().and_then(table_words);
            let read = Read {
                text: &passage.text,
                lead: passage.lead,
                is_heading: passage.kind == PassageKind::Heading,
                table: table_words.as_deref(),
            };
            PassageRecord {
                id: PassageId::of(id, idx).to_string(),
                doc: id.to_string(),
                idx,
                kind: passage.kind.name().to_owned(),
                lead: passage.lead.map(|span| (span.start, span.end)),
                path,
                paragraph_no,
                themes: themes_of(&read, &above, themes),
                table,
                text: passage.text.clone(),
                targets: Vec::new(),
                is_recognised: false,
                page: passage.page,
            }
        })
        .collect();
    NewDocument { record, passages }
}

/// Reads the targets of a document, whose facts are all known now.
pub(super) fn add_targets(document: &mut NewDocument) {
    let mut extraction = Extraction::new(document.record.facts());
    for passage in &mut document.passages {
        passage.targets = extraction.next(&passage.piece());
    }
}

/// Adds the abbreviations that a text explains, each once.
pub(super) fn add_abbreviations(record: &mut DocumentRecord, text: &str) {
    for found in structure::abbreviations(text) {
        if !record.abbreviations.contains(&found) {
            record.abbreviations.push(found);
        }
    }
}

fn table_of(document: &Document, passage_idx: usize) -> Option<TableRecord> {
    let passage = document.passages.get(passage_idx)?;
    let place = passage.table?;
    let table = document.tables.get(place.table_idx)?;
    let is_caption = place.row_idx.is_none() && passage.text == table.caption;
    let cells = match place.row_idx {
        Some(row) => table.rows.get(row).cloned().unwrap_or_default(),
        None if is_caption => Vec::new(),
        None => table.header.clone(),
    };
    Some(TableRecord {
        idx: place.table_idx,
        row: place.row_idx,
        caption: table.caption.clone(),
        header: table.header.clone(),
        cells,
        damaged: place
            .row_idx
            .is_some_and(|row| table.damaged.contains(&row)),
    })
}

/// The themes of a passage, as they are stored.
pub(super) fn themes_of(read: &Read<'_>, above: &Above, themes: &Catalogue) -> Vec<ThemeRecord> {
    let word = |word: theme::Word| ThemeWord {
        term: word.term,
        place: match word.place {
            theme::Place::Lead => WordPlace::Lead,
            theme::Place::Text => WordPlace::Text,
            theme::Place::Heading => WordPlace::Heading,
            theme::Place::Table => WordPlace::Table,
        },
    };
    let found = themes.judge(read, above).into_iter();
    let record = |found: theme::ThemeMatch| ThemeRecord {
        name: found.name,
        about: found.about,
        words: found.words.into_iter().map(word).collect(),
    };
    found.map(record).collect()
}

/// Caption and head of a table, which say what its rows are about; nothing for the
/// caption and the head themselves.
fn table_words(table: &TableRecord) -> Option<String> {
    table.row?;
    let mut words = table.caption.clone();
    for cell in &table.header {
        words.push('\n');
        words.push_str(cell);
    }
    Some(words)
}

/// Path and themes of each section, worked out once, and paragraphs counted.
struct Sections<'a> {
    document: &'a Document,
    themes: &'a Catalogue,
    known: HashMap<Option<SectionIdx>, (Vec<String>, Above)>,
    n_paragraphs: HashMap<Option<SectionIdx>, usize>,
}

impl<'a> Sections<'a> {
    fn new(document: &'a Document, themes: &'a Catalogue) -> Self {
        Self {
            document,
            themes,
            known: HashMap::new(),
            n_paragraphs: HashMap::new(),
        }
    }

    fn next_paragraph(&mut self, section: Option<SectionIdx>) -> usize {
        let count = self.n_paragraphs.entry(section).or_default();
        *count += 1;
        *count
    }

    fn get(&mut self, section: Option<SectionIdx>) -> (Vec<String>, Above) {
        self.known
            .entry(section)
            .or_insert_with(|| {
                let path = self.document.outline.path(section);
                let above = self.themes.above(&self.document.metadata.title, &path);
                (path, above)
            })
            .clone()
    }
}
