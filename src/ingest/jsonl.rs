//! Ready-made passages, one JSON object a line.
//!
//! Lines stream from file to index, so the size of the file does not matter;
//! only the documents' own entries are held in memory. A bad line is a failure
//! with its number, and the rest goes on.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

use super::assemble::{add_abbreviations, themes_of};
use super::files::SourceFile;
use plansearch_document::{Date, DocType, Fact, PassageKind};
use plansearch_engine::record::Unread;
use plansearch_engine::{DocumentRecord, PassageRecord};
use plansearch_index::Writer;
use plansearch_read::shown_path;
use plansearch_target::Extraction;
use plansearch_theme::{Above, Catalogue, Read};

/// Longest line, in bytes (16 MiB).
const MAX_LINE_BYTES: usize = 16 * 1024 * 1024;

/// How often the progress is told.
const TELL_EVERY_BYTES: u64 = 4 * 1024 * 1024;

/// After this many bad lines the others are only counted.
const MAX_SHOWN_FAILURES: usize = 20;

/// What a file of passages gave.
#[derive(Debug, Default)]
pub(super) struct ReadLines {
    pub(super) documents: Vec<DocumentRecord>,
    pub(super) unread: Vec<Unread>,
}

#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    doc: String,
    title: String,
    #[serde(default)]
    section: String,
    text: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    issuer: Option<String>,
    #[serde(default)]
    doc_type: Option<String>,
}

/// Hash of a file, read in pieces.
pub(super) fn hash(path: &Path) -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let file = File::open(path).with_context(|| format!("cannot read `{}`", shown_path(path)))?;
    hasher
        .update_reader(file)
        .with_context(|| format!("cannot read `{}`", shown_path(path)))?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// What all files of passages are written with.
pub(super) struct Writing<'a> {
    pub(super) writer: &'a Writer,
    pub(super) themes: &'a Catalogue,
    /// Says whether a document came from another file.
    pub(super) is_taken: &'a dyn Fn(&str) -> bool,
}

/// Adds the passages of a file to the index. The entries of the documents are
/// returned and not yet added, because the places of their files come later.
/// `progress` is told how many bytes are read.
pub(super) fn add(
    writing: &Writing<'_>,
    source: &SourceFile,
    hash_hex: &str,
    progress: &mut dyn FnMut(u64),
) -> anyhow::Result<ReadLines> {
    let mut lines = Lines::new(writing, hash_hex);
    let file = File::open(&source.path)
        .with_context(|| format!("cannot read `{}`", shown_path(&source.path)))?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut buffer = Vec::new();
    let mut line_no = 0usize;
    let mut n_bad = 0usize;
    let mut n_read = 0_u64;
    let mut n_told = 0_u64;
    let mut unread = Vec::new();
    loop {
        let n_bytes = read_line(&mut reader, &mut buffer)
            .with_context(|| format!("cannot read `{}`", shown_path(&source.path)))?;
        if n_bytes == 0 {
            break;
        }
        line_no += 1;
        n_read += n_bytes;
        if n_read - n_told >= TELL_EVERY_BYTES {
            n_told = n_read;
            progress(n_read);
        }
        if buffer.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if let Err(error) = lines.add(&buffer)? {
            n_bad += 1;
            if n_bad <= MAX_SHOWN_FAILURES {
                unread.push(Unread {
                    place: format!(":{line_no}"),
                    reason: format!("{error:#}"),
                    is_partial: false,
                });
            }
        }
    }
    if n_bad > MAX_SHOWN_FAILURES {
        let reason = format!("{} more lines were not read", n_bad - MAX_SHOWN_FAILURES);
        unread.push(Unread {
            place: String::new(),
            reason,
            is_partial: true,
        });
    }
    Ok(ReadLines {
        documents: lines
            .documents
            .into_values()
            .map(|open| open.record)
            .collect(),
        unread,
    })
}

/// Reads a line into `buffer` and says how many bytes it has; of one that is too
/// long only enough to tell.
fn read_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>) -> std::io::Result<u64> {
    buffer.clear();
    let mut bounded = reader.by_ref().take(MAX_LINE_BYTES as u64 + 1);
    let mut n_bytes = bounded.read_until(b'\n', buffer)? as u64;
    while n_bytes > MAX_LINE_BYTES as u64 && buffer.last() != Some(&b'\n') {
        let rest = reader.fill_buf()?;
        let end = rest.iter().position(|byte| *byte == b'\n');
        let n_passed = end.map_or(rest.len(), |at| at + 1);
        reader.consume(n_passed);
        n_bytes += n_passed as u64;
        if n_passed == 0 || end.is_some() {
            break;
        }
    }
    Ok(n_bytes)
}

/// A document while its lines come in.
struct Open {
    record: DocumentRecord,
    extraction: Extraction,
}

/// The documents of a file while its lines come in.
struct Lines<'a> {
    writing: &'a Writing<'a>,
    hash_hex: &'a str,
    documents: BTreeMap<String, Open>,
    /// Path and themes of the section met last; lines of a section follow each
    /// other.
    section: (String, Vec<String>, Above),
    paragraph_no: usize,
}

impl<'a> Lines<'a> {
    fn new(writing: &'a Writing<'a>, hash_hex: &'a str) -> Self {
        Self {
            writing,
            hash_hex,
            documents: BTreeMap::new(),
            section: (String::new(), Vec::new(), Above::default()),
            paragraph_no: 0,
        }
    }

    /// Adds one line. The outer error is the index's, the inner one the line's.
    fn add(&mut self, bytes: &[u8]) -> anyhow::Result<anyhow::Result<()>> {
        let line = match parse(bytes) {
            Ok(line) => line,
            Err(error) => return Ok(Err(error)),
        };
        if !self.documents.contains_key(&line.doc) && (self.writing.is_taken)(&line.doc) {
            return Ok(Err(anyhow::anyhow!(
                "the document `{}` stands in another file too, which counts",
                line.doc
            )));
        }
        let key = format!("{}\u{1}{}", line.doc, line.section);
        if self.section.0 != key {
            let path: Vec<String> = line
                .section
                .split(" > ")
                .map(str::trim)
                .filter(|step| !step.is_empty())
                .map(str::to_owned)
                .collect();
            let above = self.writing.themes.above(&line.title, &path);
            self.section = (key, path, above);
            self.paragraph_no = 0;
        }
        self.paragraph_no += 1;
        let (writer, hash_hex) = (self.writing.writer, self.hash_hex);
        let open = self.documents.entry(line.doc.clone()).or_insert_with(|| {
            writer.remove(&line.doc);
            let record = record(&line, hash_hex);
            let extraction = Extraction::new(record.facts());
            Open { record, extraction }
        });
        let document = &mut open.record;
        add_abbreviations(document, &line.text);
        let read = Read {
            text: &line.text,
            ..Read::default()
        };
        let mut passage = PassageRecord {
            id: line.id,
            doc: line.doc,
            idx: document.n_passages,
            kind: PassageKind::Paragraph.name().to_owned(),
            path: self.section.1.clone(),
            paragraph_no: Some(self.paragraph_no),
            themes: themes_of(&read, &self.section.2, self.writing.themes),
            text: line.text,
            ..PassageRecord::default()
        };
        passage.targets = open.extraction.next(&passage.piece());
        document.n_passages += 1;
        if self.paragraph_no == 1 && !passage.path.is_empty() {
            document.n_sections += 1;
        }
        self.writing.writer.add_passage(&document.title, &passage)?;
        Ok(Ok(()))
    }
}

fn parse(bytes: &[u8]) -> anyhow::Result<Line> {
    anyhow::ensure!(
        bytes.len() <= MAX_LINE_BYTES,
        "the line has more than {MAX_LINE_BYTES} bytes"
    );
    let line: Line = serde_json::from_slice(bytes)?;
    for (field, value) in [("id", &line.id), ("doc", &line.doc)] {
        anyhow::ensure!(!value.trim().is_empty(), "`{field}` is empty");
    }
    if let Some(date) = &line.date {
        anyhow::ensure!(
            Date::parse_iso(date).is_some(),
            "`date` is `{date}`, not of the form 2021-06-27"
        );
    }
    if let Some(doc_type) = &line.doc_type {
        anyhow::ensure!(
            DocType::from_name(doc_type).is_some(),
            "`doc_type` is `{doc_type}`, which is no type"
        );
    }
    Ok(line)
}

fn record(line: &Line, hash_hex: &str) -> DocumentRecord {
    let stated = [
        (Fact::Title, true),
        (Fact::Issuers, line.issuer.is_some()),
        (Fact::Date, line.date.is_some()),
        (Fact::DocType, line.doc_type.is_some()),
    ];
    let found_in = stated
        .into_iter()
        .filter(|(_, is_stated)| *is_stated)
        .map(|(fact, _)| (fact.name().to_owned(), "jsonl".to_owned()));
    DocumentRecord {
        found_in: found_in.collect(),
        id: line.doc.clone(),
        title: line.title.clone(),
        issuers: line.issuer.clone().into_iter().collect(),
        date: line.date.clone(),
        doc_type: line
            .doc_type
            .clone()
            .unwrap_or_else(|| DocType::Other.name().to_owned()),
        source_hash: hash_hex.to_owned(),
        ..DocumentRecord::default()
    }
}
