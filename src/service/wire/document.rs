//! Documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::Passage;
use plansearch_document::Level;
use plansearch_engine::DocumentRecord;

/// A document as a hit names it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentBrief {
    /// Stable id.
    pub id: String,
    /// Title as one cites it.
    pub title: String,
    /// The first file that holds it.
    pub file: String,
    /// The member of an archive or letter that it is.
    pub member: Option<String>,
    /// Date of issue, `2021-06-27`.
    pub date: Option<String>,
    /// Document number (发文字号).
    pub doc_number: Option<String>,
    /// Type of document.
    pub doc_type: String,
    /// Issuing bodies.
    pub issuers: Vec<String>,
    /// Level of government, where issuers or title state it: `国家`, `省`, `市`,
    /// `区县`, `乡镇`.
    pub level: Option<&'static str>,
    /// The region, from the widest: 浙江省, 嘉兴市; empty where none is stated.
    pub regions: Vec<String>,
}

/// A document with all that is known of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Document {
    /// Stable id.
    pub id: String,
    /// Title as one cites it.
    pub title: String,
    /// The first file that holds it.
    pub file: String,
    /// The member of an archive or letter that it is.
    pub member: Option<String>,
    /// All files that hold it.
    pub files: Vec<String>,
    /// Date of issue, `2021-06-27`.
    pub date: Option<String>,
    /// Date of publication.
    pub publish_date: Option<String>,
    /// Document number (发文字号).
    pub doc_number: Option<String>,
    /// Index number (索引号).
    pub index_number: Option<String>,
    /// Type of document.
    pub doc_type: String,
    /// Issuing bodies.
    pub issuers: Vec<String>,
    /// Level of government, where issuers or title state it: `国家`, `省`, `市`,
    /// `区县`, `乡镇`.
    pub level: Option<&'static str>,
    /// The region, from the widest: 浙江省, 嘉兴市; empty where none is stated.
    pub regions: Vec<String>,
    /// First and last year of the plan.
    pub period: Option<[u16; 2]>,
    /// Where each of these facts was found, by the name of its field.
    pub found_in: BTreeMap<String, String>,
    /// Names of the attachments.
    pub attachments: Vec<String>,
    /// Number of passages.
    pub n_passages: usize,
    /// Number of headings.
    pub n_headings: usize,
    /// Number of tables.
    pub n_tables: usize,
    /// Pieces of the source that are not searchable.
    pub dropped: Vec<Dropped>,
    /// What the parser doubts.
    pub warnings: Vec<String>,
}

/// A piece of the source that is not searchable.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Dropped {
    /// The text as it stands in the source.
    pub text: String,
    /// Why it was left out.
    pub reason: String,
}

/// The documents of the library, in document order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Documents {
    /// How many there are.
    pub total: usize,
    /// The documents.
    pub documents: Vec<Document>,
}

/// A document with its passages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentText {
    /// The document.
    pub document: Document,
    /// Its passages in order.
    pub passages: Vec<Passage>,
}

impl From<&DocumentRecord> for DocumentBrief {
    fn from(doc: &DocumentRecord) -> Self {
        let place = doc.jurisdiction();
        Self {
            id: doc.id.clone(),
            title: doc.title.clone(),
            file: doc.file().to_owned(),
            member: (!doc.member.is_empty()).then(|| doc.member.clone()),
            date: doc.date.clone(),
            doc_number: doc.doc_number.clone(),
            doc_type: doc.doc_type.clone(),
            issuers: doc.issuers.clone(),
            level: place.level.map(Level::name),
            regions: place.regions,
        }
    }
}

impl From<&DocumentRecord> for Document {
    fn from(doc: &DocumentRecord) -> Self {
        let place = doc.jurisdiction();
        let dropped = doc.dropped.iter().map(|(text, reason)| Dropped {
            text: text.clone(),
            reason: reason.clone(),
        });
        Self {
            id: doc.id.clone(),
            title: doc.title.clone(),
            file: doc.file().to_owned(),
            member: (!doc.member.is_empty()).then(|| doc.member.clone()),
            files: doc.files.clone(),
            date: doc.date.clone(),
            publish_date: doc.publish_date.clone(),
            doc_number: doc.doc_number.clone(),
            index_number: doc.index_number.clone(),
            doc_type: doc.doc_type.clone(),
            issuers: doc.issuers.clone(),
            level: place.level.map(Level::name),
            regions: place.regions,
            period: doc.period.map(|(first, last)| [first, last]),
            found_in: doc.found_in.clone(),
            attachments: doc.attachments.clone(),
            n_passages: doc.n_passages,
            n_headings: doc.n_sections,
            n_tables: doc.n_tables,
            dropped: dropped.collect(),
            warnings: doc.warnings.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<&[Arc<DocumentRecord>]> for Documents {
    fn from(documents: &[Arc<DocumentRecord>]) -> Self {
        Self {
            total: documents.len(),
            documents: documents
                .iter()
                .map(|doc| Document::from(doc.as_ref()))
                .collect(),
        }
    }
}
