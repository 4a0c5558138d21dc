//! Passages outside a search.

use serde::Serialize;
use utoipa::ToSchema;

use super::Document;
use plansearch_document::citation;
use plansearch_engine::record::{self, TableRecord, ThemeRecord};
use plansearch_engine::{DocumentRecord, Fate, PassageRecord};
use plansearch_search::cite;

/// A passage of a document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Passage {
    /// Stable id.
    pub id: String,
    /// Number in the document, from 0.
    pub idx: usize,
    /// `paragraph`, `table`, `heading`, `front_matter` or `attachment`.
    pub kind: String,
    /// Headings above, from the top.
    pub path: Vec<String>,
    /// The sentence that opens the passage and names its subject (小标题).
    pub lead: Option<String>,
    /// The whole text.
    pub text: String,
    /// Names of the themes, those that it is about first.
    pub themes: Vec<String>,
    /// The terms that caused the themes.
    pub theme_terms: Vec<ThemeTerm>,
    /// Which themes the passage is about or mentions, with the words that say so.
    pub theme_evidence: Vec<ThemeEvidence>,
    /// The table that the passage belongs to.
    pub table: Option<Table>,
    /// Which paragraph under its heading it is, from 1.
    pub paragraph_no: Option<usize>,
    /// Page of the pdf that the passage begins on, from 1; null in other formats.
    pub page: Option<usize>,
    /// Whether the text was recognised from a picture (OCR).
    pub ocr: bool,
    /// The citation to paste.
    pub citation: String,
    /// Citations of its document by form.
    pub citations: Citations,
}

/// Citations of a document by form. A part that the source does not state is left
/// out and named in `missing`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Citations {
    /// As official documents quote each other: `《题名》（发文字号）`.
    pub official: String,
    /// By GB/T 7714—2025.
    pub gbt7714_2025: String,
    /// By GB/T 7714—2015.
    pub gbt7714_2015: String,
    /// Names of the parts that are missing.
    pub missing: Vec<String>,
}

/// A theme and the term that caused it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThemeTerm {
    /// Name of the theme.
    pub theme: String,
    /// The term as it stands in the text or in a heading above.
    pub term: String,
    /// Whether the term stands in the passage itself, not only above it.
    pub in_text: bool,
}

/// Why a passage has a theme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThemeEvidence {
    /// Name of the theme.
    pub theme: String,
    /// Whether the passage is about it; otherwise it mentions it.
    pub about: bool,
    /// The words that made it so, those that weigh most first.
    pub words: Vec<ThemeWord>,
}

/// A word that gave a passage a theme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThemeWord {
    /// The word as the catalogue has it.
    pub term: String,
    /// Where it stands: `lead`, `text`, `heading` (above) or `table` (caption or
    /// head).
    #[serde(rename = "in")]
    pub place: &'static str,
}

/// The table of a passage.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Table {
    /// Position of the table in the document, from 0.
    pub idx: usize,
    /// Position of the row, from 0; null for caption and head.
    pub row: Option<usize>,
    /// Caption of the table.
    pub caption: String,
    /// Cells of the head.
    pub header: Vec<String>,
    /// Cells of this row; empty for the caption.
    pub cells: Vec<String>,
    /// Whether the row lost cells, so that its cells stand under no column.
    pub damaged: bool,
}

/// A passage with what stands around it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PassageInPlace {
    /// Its document.
    pub doc: Document,
    /// The passages before it, in document order.
    pub before: Vec<Passage>,
    /// The passage.
    pub passage: Passage,
    /// The passages after it, in document order.
    pub after: Vec<Passage>,
    /// Of an id of an earlier edition: that id, and what became of its passage.
    pub former: Option<Former>,
}

/// A passage of an earlier edition of a file that was edited.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Former {
    /// The id that was asked for.
    pub id: String,
    /// `same`: its text still stands; `changed`: another wording stands for it; `gone`: the
    /// passage given stands at its place.
    pub fate: &'static str,
}

impl Passage {
    /// The passage of `doc`.
    pub fn new(doc: &DocumentRecord, passage: &PassageRecord) -> Self {
        Self {
            id: passage.id.clone(),
            idx: passage.idx,
            kind: passage.kind.clone(),
            path: passage.path.clone(),
            lead: passage.lead_text().map(str::to_owned),
            text: passage.text.clone(),
            themes: theme_names(passage),
            theme_terms: passage.themes.iter().map(ThemeTerm::from).collect(),
            theme_evidence: passage.themes.iter().map(ThemeEvidence::from).collect(),
            table: passage.table.as_ref().map(Table::from),
            paragraph_no: passage.paragraph_no,
            page: passage.page,
            ocr: passage.is_recognised,
            citation: cite(doc, passage),
            citations: Citations::of(doc),
        }
    }
}

impl Citations {
    /// The citations of `doc`.
    pub fn of(doc: &DocumentRecord) -> Self {
        let forms = citation::Citations::of(&doc.metadata());
        Self {
            official: forms.official,
            gbt7714_2025: forms.gbt7714_2025,
            gbt7714_2015: forms.gbt7714_2015,
            missing: forms.missing.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl PassageInPlace {
    /// A passage of `doc` with those of `around` that stand before and after it.
    pub fn new(passage: &PassageRecord, doc: &DocumentRecord, around: &[PassageRecord]) -> Self {
        let twins = |is_wanted: &dyn Fn(usize) -> bool| {
            let wanted = around.iter().filter(|near| is_wanted(near.idx));
            wanted.map(|near| Passage::new(doc, near)).collect()
        };
        Self {
            doc: Document::from(doc),
            before: twins(&|idx| idx < passage.idx),
            passage: Passage::new(doc, passage),
            after: twins(&|idx| idx > passage.idx),
            former: None,
        }
    }

    /// The same for an address of an earlier edition.
    #[must_use]
    pub fn following(self, id: &str, fate: Fate) -> Self {
        Self {
            former: Some(Former {
                id: id.to_owned(),
                fate: fate.name(),
            }),
            ..self
        }
    }
}

/// The names of the themes of a passage.
pub(super) fn theme_names(passage: &PassageRecord) -> Vec<String> {
    let names = passage.themes.iter().map(|theme| theme.name.clone());
    names.collect()
}

impl From<&ThemeRecord> for ThemeTerm {
    fn from(theme: &ThemeRecord) -> Self {
        Self {
            theme: theme.name.clone(),
            term: theme.term().to_owned(),
            in_text: theme.is_inside(),
        }
    }
}

impl From<&ThemeRecord> for ThemeEvidence {
    fn from(theme: &ThemeRecord) -> Self {
        let word = |word: &record::ThemeWord| ThemeWord {
            term: word.term.clone(),
            place: word.place.name(),
        };
        Self {
            theme: theme.name.clone(),
            about: theme.about,
            words: theme.words.iter().map(word).collect(),
        }
    }
}

impl From<&TableRecord> for Table {
    fn from(table: &TableRecord) -> Self {
        Self {
            idx: table.idx,
            row: table.row,
            caption: table.caption.clone(),
            header: table.header.clone(),
            cells: table.cells.clone(),
            damaged: table.damaged,
        }
    }
}
