//! What is stored of documents and passages, and read back for an answer.
//!
//! The twins of the model that cross the border to the disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use plansearch_document::Warning as DocumentWarning;
use plansearch_document::{
    Date, DocType, FoundIn, Jurisdiction, Metadata, PassageKind, PlanPeriod,
};
use plansearch_target::{Facts, Piece, Row, Target};
use plansearch_text::Span;

use super::edition::Edition;

/// A stored document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Stable id.
    pub id: String,
    /// Title as one cites it.
    pub title: String,
    /// Files that hold it, as shown to people (`seeds/….txt`); more than one when
    /// the same content lies twice.
    pub files: Vec<String>,
    /// Where in the file it stands: the name of a member of an archive, of an attachment of
    /// a letter; empty for the file itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub member: String,
    /// The same files as absolute paths.
    pub paths: Vec<String>,
    /// Issuing bodies.
    pub issuers: Vec<String>,
    /// Document number.
    pub doc_number: Option<String>,
    /// Index number.
    pub index_number: Option<String>,
    /// Date of issue, `2021-06-27`.
    pub date: Option<String>,
    /// Date of publication.
    pub publish_date: Option<String>,
    /// Type by its Chinese name.
    pub doc_type: String,
    /// First and last year.
    pub period: Option<(u16, u16)>,
    /// Where each of these facts was found, by the name of its field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub found_in: BTreeMap<String, String>,
    /// Names of the attachments.
    pub attachments: Vec<String>,
    /// Number of passages.
    pub n_passages: usize,
    /// Number of headings.
    pub n_sections: usize,
    /// Number of tables.
    pub n_tables: usize,
    /// Pieces of the source that are not searchable, with the reason.
    pub dropped: Vec<(String, String)>,
    /// What the parser doubts.
    pub warnings: Vec<DocumentWarning>,
    /// What stands in the source and could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// Files beside it in its archive that are never documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<String>,
    /// Full names that its text abbreviates, each with the abbreviation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abbreviations: Vec<(String, String)>,
    /// Hash of the source it came from.
    pub source_hash: String,
    /// Editions of the file before it was edited, the last first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Edition>,
}

/// A document with its passages, ready to be stored.
#[derive(Debug, Clone, Default)]
pub struct NewDocument {
    /// The document.
    pub record: DocumentRecord,
    /// Its passages in order.
    pub passages: Vec<PassageRecord>,
}

/// A piece of a source that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Where, behind the name of the file: `/附件.png` in an archive, `:2` for a
    /// line, nothing for the file itself.
    pub place: String,
    /// Why.
    pub reason: String,
    /// Whether the rest of what stands at this place was read.
    pub is_partial: bool,
}

/// A stored passage. Its names on the disk are short: a hit is read with the records
/// beside it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PassageRecord {
    /// Stable id.
    #[serde(rename = "i")]
    pub id: String,
    /// Id of its document.
    #[serde(rename = "d")]
    pub doc: String,
    /// Number in the document, from 0.
    #[serde(rename = "n")]
    pub idx: usize,
    /// Kind by its name in the interface.
    #[serde(rename = "k")]
    pub kind: String,
    /// The text.
    #[serde(rename = "t")]
    pub text: String,
    /// Lead as bytes of `text`.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<(usize, usize)>,
    /// Labels of the headings above, from the top.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
    /// Which paragraph under its heading it is, from 1; for paragraphs only.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub paragraph_no: Option<usize>,
    /// The table it belongs to.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableRecord>,
    /// Themes and the words that caused them, those that it is about first.
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<ThemeRecord>,
    /// Indicators and targets that it states.
    #[serde(rename = "g", default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Whether its text was recognised from a picture.
    #[serde(rename = "o", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_recognised: bool,
    /// Page of its file, from 1; for files that are shown by pages.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
}

/// The table of a passage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TableRecord {
    /// Position of the table in the document, from 0.
    pub idx: usize,
    /// Position of the row, from 0; none for caption and head.
    pub row: Option<usize>,
    /// Caption of the table.
    pub caption: String,
    /// Cells of the head.
    pub header: Vec<String>,
    /// Cells of this row; empty for the caption.
    pub cells: Vec<String>,
    /// Whether the row lost cells, so that its cells stand under no column.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub damaged: bool,
}

/// A theme of a passage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ThemeRecord {
    /// Name of the theme.
    pub name: String,
    /// Whether the passage is about it; otherwise it mentions it.
    pub about: bool,
    /// The words that made it so, those that weigh most first.
    pub words: Vec<ThemeWord>,
}

/// A word that gave a passage a theme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ThemeWord {
    /// The word as the catalogue has it, folded.
    pub term: String,
    /// Where it stands.
    pub place: WordPlace,
}

// A passage has many of these, so they are written without names; what is derived for
// reading takes values in their order.

impl Serialize for ThemeRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.name, self.about, &self.words).serialize(serializer)
    }
}

impl Serialize for ThemeWord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.term, self.place).serialize(serializer)
    }
}

/// Where a word stands that gave a passage a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WordPlace {
    /// In the lead.
    #[serde(rename = "l")]
    Lead,
    /// In the rest of the text.
    #[serde(rename = "t")]
    Text,
    /// In a heading above.
    #[serde(rename = "h")]
    Heading,
    /// In the caption or head of the table.
    #[serde(rename = "b")]
    Table,
}

impl WordPlace {
    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Text => "text",
            Self::Heading => "heading",
            Self::Table => "table",
        }
    }

    /// Says whether the word stands in the passage itself, not only above it.
    pub fn is_inside(self) -> bool {
        matches!(self, Self::Lead | Self::Text)
    }
}

impl ThemeRecord {
    /// The word that weighs most.
    pub fn term(&self) -> &str {
        self.words.first().map_or("", |word| word.term.as_str())
    }

    /// Whether that word stands in the passage itself, not only above it.
    pub fn is_inside(&self) -> bool {
        self.words
            .first()
            .is_some_and(|word| word.place.is_inside())
    }
}

impl DocumentRecord {
    /// Copies the metadata of a parsed document.
    pub fn set_metadata(&mut self, metadata: &Metadata) {
        self.title.clone_from(&metadata.title);
        self.issuers.clone_from(&metadata.issuers);
        self.doc_number.clone_from(&metadata.doc_number);
        self.index_number.clone_from(&metadata.index_number);
        self.date = metadata.date.map(|date| date.to_string());
        self.publish_date = metadata.publish_date.map(|date| date.to_string());
        metadata.doc_type.name().clone_into(&mut self.doc_type);
        self.period = metadata.period.map(|period| (period.first, period.last));
    }

    /// Copies where the facts were found.
    pub fn set_found_in(&mut self, found_in: &FoundIn) {
        self.found_in = found_in
            .iter()
            .map(|(fact, place)| (fact.name().to_owned(), place.to_string()))
            .collect();
    }

    /// The metadata as the model has it.
    pub fn metadata(&self) -> Metadata {
        Metadata {
            title: self.title.clone(),
            issuers: self.issuers.clone(),
            doc_number: self.doc_number.clone(),
            index_number: self.index_number.clone(),
            date: self.date.as_deref().and_then(Date::parse_iso),
            publish_date: self.publish_date.as_deref().and_then(Date::parse_iso),
            doc_type: DocType::from_name(&self.doc_type).unwrap_or_default(),
            period: self.plan_period(),
        }
    }

    /// The planning period.
    pub fn plan_period(&self) -> Option<PlanPeriod> {
        self.period.map(|(first, last)| PlanPeriod { first, last })
    }

    /// What its targets are read with.
    pub fn facts(&self) -> Facts {
        let metadata = self.metadata();
        let date = metadata.date.or(metadata.publish_date);
        Facts::new(metadata.doc_type, date.map(|date| date.year), self.period)
    }

    /// Level of government and region, from issuers and title.
    pub fn jurisdiction(&self) -> Jurisdiction {
        Jurisdiction::of(&self.issuers, &self.title)
    }

    /// Year of issue.
    pub fn year(&self) -> Option<u16> {
        let date = self.date.as_deref().and_then(Date::parse_iso)?;
        Some(date.year)
    }

    /// The first file that holds the document.
    pub fn file(&self) -> &str {
        self.files.first().map_or("", String::as_str)
    }

    /// The files that hold it, each with the member that it is: `a.zip/乙/机场.txt`.
    pub fn places(&self) -> impl Iterator<Item = String> + '_ {
        let member = self.member.as_str();
        let place = move |file: &String| match member {
            "" => file.clone(),
            member => format!("{file}/{member}"),
        };
        self.files.iter().map(place)
    }
}

impl PassageRecord {
    /// The lead as text.
    pub fn lead_text(&self) -> Option<&str> {
        let (start, end) = self.lead?;
        Some(Span::new(start, end).of(&self.text)).filter(|lead| !lead.is_empty())
    }

    /// The passage as its targets are read from it.
    pub fn piece(&self) -> Piece<'_> {
        let row = self.table.as_ref().and_then(|table| {
            table.row?;
            Some(Row {
                caption: &table.caption,
                head: &table.header,
                cells: &table.cells,
                is_damaged: table.damaged,
            })
        });
        Piece {
            kind: self.passage_kind(),
            path: &self.path,
            text: &self.text,
            row,
        }
    }

    /// The kind.
    pub fn passage_kind(&self) -> PassageKind {
        PassageKind::from_name(&self.kind).unwrap_or(PassageKind::Paragraph)
    }
}
