//! The parser against plans in styles that the seeds do not have
//! (`tests/fixtures`), each with its hand-made outline beside it.
//!
//! An outline (`*.outline`) is a list of facts (`title: …`), then one line for
//! each heading, indented by its level, with its leads below it (`· …`). Facts
//! that are not named must be absent. `table: caption | rows`; `head` gives those of the
//! tables that have one, in order, `row` a row that must be there; `front` and
//! `dropped` name text that must stand there; `=====` parts the documents of a file.

use super::parse;
use super::scoring::{check_nothing_lost, f1, plain};
use plansearch_document::RawText;
use plansearch_document::{Document, PassageKind};
use plansearch_read::read_file;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What an outline file says of one document.
#[derive(Default)]
struct Expected {
    facts: BTreeMap<String, Vec<String>>,
    paths: Vec<String>,
    leads: Vec<String>,
}

const FACTS: [&str; 15] = [
    "title",
    "issuers",
    "doc_number",
    "index_number",
    "date",
    "publish_date",
    "doc_type",
    "period",
    "attachments",
    "table",
    "head",
    "row",
    "front",
    "dropped",
    "paragraphs",
];

impl Expected {
    fn read(text: &str) -> Self {
        let mut expected = Self::default();
        let mut path: Vec<String> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let fact = line.split_once(':').filter(|(key, _)| FACTS.contains(key));
            let words = line.trim_start();
            let level = (line.len() - words.len()) / 2;
            if let Some((key, value)) = fact {
                let values = expected.facts.entry(key.to_owned()).or_default();
                values.push(value.trim().to_owned());
            } else if let Some(lead) = words.strip_prefix("· ") {
                let under = path.get(..level).unwrap_or_default().join("/");
                expected.leads.push(format!("{} < {under}", plain(lead)));
            } else {
                path.truncate(level);
                path.push(plain(words));
                expected.paths.push(path.join("/"));
            }
        }
        expected
    }

    fn all(&self, key: &str) -> &[String] {
        self.facts.get(key).map_or(&[], Vec::as_slice)
    }

    fn one(&self, key: &str) -> String {
        self.all(key).first().cloned().unwrap_or_default()
    }

    fn list(&self, key: &str) -> Vec<String> {
        let one = self.one(key);
        let items = one.split(';').map(|item| item.trim().to_owned());
        items.filter(|item| !item.is_empty()).collect()
    }

    fn check(&self, document: &Document, name: &str) {
        self.check_outline(document, name);
        self.check_facts(document, name);
        let tables = document
            .tables
            .iter()
            .map(|table| format!("{} {}", plain(&table.caption), table.rows.len()));
        let expected = self.all("table").iter().map(|table| {
            let (caption, n_rows) = table.split_once('|').unwrap_or((table, "0"));
            format!("{} {}", plain(caption), n_rows.trim())
        });
        assert!(
            tables.clone().eq(expected.clone()),
            "{name}: tables {:?}, not {:?}",
            tables.collect::<Vec<_>>(),
            expected.collect::<Vec<_>>()
        );
        self.check_cells(document, name);
        let front = document.passages.iter();
        let front = front.filter(|passage| passage.kind == PassageKind::FrontMatter);
        let front: Vec<String> = front.map(|passage| plain(&passage.text)).collect();
        let dropped = document.dropped.iter();
        let dropped: Vec<String> = dropped.map(|dropped| plain(&dropped.text)).collect();
        for (key, texts) in [("front", front), ("dropped", dropped)] {
            for text in self.all(key) {
                let is_there = texts.iter().any(|other| other.contains(&plain(text)));
                assert!(is_there, "{name}: `{text}` is not among {key}");
            }
        }
    }

    fn check_cells(&self, document: &Document, name: &str) {
        let heads = document.tables.iter().map(|table| table.header.join(" | "));
        let heads: Vec<String> = heads.filter(|head| !head.is_empty()).collect();
        if !self.all("head").is_empty() {
            assert_eq!(heads, self.all("head"), "{name}: heads");
        }
        let rows = document.tables.iter().flat_map(|table| &table.rows);
        let rows: Vec<String> = rows.map(|row| row.join(" | ")).collect();
        for row in self.all("row") {
            let is_there = rows.iter().any(|other| other.trim() == row);
            assert!(is_there, "{name}: row `{row}` is not among {rows:?}");
        }
    }

    fn check_outline(&self, document: &Document, name: &str) {
        let outline = &document.outline;
        let path = |section| {
            let labels = outline.path(section);
            let labels = labels.iter().map(|label| plain(label));
            labels.collect::<Vec<_>>().join("/")
        };
        let paths: Vec<String> = (0..outline.headings().len())
            .map(|idx| path(Some(plansearch_document::SectionIdx(idx))))
            .collect();
        let leads: Vec<String> = document
            .passages
            .iter()
            .filter_map(|passage| {
                let lead = plain(passage.lead_text()?);
                Some(format!("{lead} < {}", path(passage.section)))
            })
            .collect();
        for (what, found, expected) in [
            ("paths", &paths, &self.paths),
            ("leads", &leads, &self.leads),
        ] {
            let (score, wrong) = f1(found, expected);
            println!("{name} {what}: {score:.3}");
            assert!(score >= 0.95, "{name}: {what} {score:.3}: {wrong:#?}");
        }
        let paragraphs = document.passages.iter();
        let n_paragraphs = paragraphs
            .filter(|passage| passage.kind == PassageKind::Paragraph)
            .count();
        if let Some(expected) = self.all("paragraphs").first() {
            assert_eq!(&n_paragraphs.to_string(), expected, "{name}: paragraphs");
        }
    }

    fn check_facts(&self, document: &Document, name: &str) {
        let facts = &document.metadata;
        let date = |date: Option<plansearch_document::Date>| date.map(|date| date.to_string());
        let period = facts.period.map(|p| format!("{}-{}", p.first, p.last));
        for (key, found) in [
            ("title", Some(facts.title.clone())),
            ("doc_number", facts.doc_number.clone()),
            ("index_number", facts.index_number.clone()),
            ("date", date(facts.date)),
            ("publish_date", date(facts.publish_date)),
            ("doc_type", Some(facts.doc_type.name().to_owned())),
            ("period", period),
        ] {
            assert_eq!(found.unwrap_or_default(), self.one(key), "{name}: {key}");
        }
        assert_eq!(facts.issuers, self.list("issuers"), "{name}: issuers");
        let attachments = self.list("attachments");
        assert_eq!(document.attachments, attachments, "{name}: attachments");
        for fact in document.found_in.keys() {
            assert!(!self.one(fact.name()).is_empty(), "{name}: {fact:?}");
        }
    }
}

fn expected(outline: &Path) -> Vec<Expected> {
    let text = std::fs::read_to_string(outline).unwrap();
    text.split("=====\n").map(Expected::read).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

/// The files with an outline beside them.
fn fixtures() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let is_outline = path.extension().is_some_and(|suffix| suffix == "outline");
        !is_outline && path.with_extension("outline").is_file()
    });
    files.sort();
    files
}

fn check(raw: &RawText, outline: &Path, file_name: &str) {
    let documents = parse(raw, file_name);
    let expected = expected(outline);
    assert_eq!(documents.len(), expected.len(), "{file_name}: documents");
    for (document, expected) in documents.iter().zip(&expected) {
        expected.check(document, file_name);
    }
    let dropped = raw.dropped.iter().map(|(text, _)| text.as_str());
    let lines = raw.lines.iter().map(String::as_str);
    check_nothing_lost(lines.chain(dropped), &documents);
}

#[test]
fn plans_of_every_style_have_the_outline_beside_them() {
    let files = fixtures();
    assert!(files.len() >= 10, "{} fixtures", files.len());
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = read_file(&path).unwrap();
        let raw = source.parts[0].text.as_ref().unwrap();
        check(raw, &path.with_extension("outline"), &name);
    }
}
