//! A text to compare, as the index or a file gives it: documents with their passages.

use plansearch_engine::{DocumentRecord, Engine, EngineError, NewDocument, PassageRecord};
use plansearch_text::fold;

use crate::piece::Piece;
use crate::rows::{Row, rows};

/// One side of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// Its documents: one of the index, or all that a file holds.
    documents: Vec<DocumentRecord>,
    /// The passages of all of them in order, each with the position of its document.
    passages: Vec<(usize, PassageRecord)>,
    /// What a document has that says nothing.
    empty: DocumentRecord,
}

/// Two texts side by side.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The first text.
    pub a: Text,
    /// The second text.
    pub b: Text,
    /// Every passage of both in exactly one row.
    pub rows: Vec<Row>,
}

/// Why a document of the library cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// Nothing is called so.
    #[error("there is no document `{0}`; hint: give an id, a part of a title, or a file")]
    NoDocument(String),
    /// Several documents are called so.
    #[error(
        "`{name}` is a part of several titles; hint: give one of {}",
        listed(documents).join("、")
    )]
    Several {
        /// The name given.
        name: String,
        /// All of them.
        documents: Vec<DocumentRecord>,
    },
    /// The index failed.
    #[error(transparent)]
    Index(#[from] EngineError),
}

/// How many documents an error names.
const MAX_NAMED: usize = 5;

impl Text {
    /// The text of documents that were read from one file.
    pub fn of_documents(documents: Vec<NewDocument>) -> Self {
        let mut text = Self::default();
        for document in documents {
            let nth = text.documents.len();
            text.documents.push(document.record);
            let passages = document.passages.into_iter();
            text.passages.extend(passages.map(|passage| (nth, passage)));
        }
        text
    }

    /// The document of the library with this id, title or part of a title. A title wins
    /// over parts of titles, and one part alone has to fit.
    ///
    /// # Errors
    /// [`CompareError`] when none or several documents are called so.
    pub fn of_library(snapshot: &dyn Engine, name: &str) -> Result<Self, CompareError> {
        let record = named(snapshot, name)?.clone();
        let passages = snapshot.passages_of(&record.id, 0..usize::MAX)?.into_iter();
        Ok(Self {
            passages: passages.map(|passage| (0, passage)).collect(),
            documents: vec![record],
            empty: DocumentRecord::default(),
        })
    }

    /// The document that the text is named after: of several the one with most passages.
    pub fn main(&self) -> &DocumentRecord {
        let mut main = &self.empty;
        for document in &self.documents {
            if main.id.is_empty() || document.n_passages > main.n_passages {
                main = document;
            }
        }
        main
    }

    /// The passage at a position, with its document.
    pub fn passage(&self, at: usize) -> Option<(&DocumentRecord, &PassageRecord)> {
        let (nth, passage) = self.passages.get(at)?;
        Some((self.documents.get(*nth).unwrap_or(&self.empty), passage))
    }

    /// Number of passages.
    pub fn n_passages(&self) -> usize {
        self.passages.len()
    }

    fn pieces(&self) -> Vec<Piece<'_>> {
        self.passages
            .iter()
            .map(|(_, passage)| Piece::from(passage))
            .collect()
    }
}

impl Comparison {
    /// Puts two texts side by side.
    pub fn of(a: Text, b: Text) -> Self {
        let rows = rows(&a.pieces(), &b.pieces());
        Self { a, b, rows }
    }
}

/// Ids and titles of the first of some documents.
pub fn listed(documents: &[DocumentRecord]) -> Vec<String> {
    let first = documents.iter().take(MAX_NAMED);
    first
        .map(|document| format!("{}（{}）", document.id, document.title))
        .collect()
}

fn named<'a>(snapshot: &'a dyn Engine, name: &str) -> Result<&'a DocumentRecord, CompareError> {
    let catalog = snapshot.catalog();
    if let Some(document) = catalog.get(name) {
        return Ok(document);
    }
    let folded = fold(name);
    if folded.is_empty() {
        return Err(CompareError::NoDocument(name.to_owned()));
    }
    let mut found = catalog.titled(|title, _| title == folded);
    if found.is_empty() {
        found = catalog.titled(|title, _| title.contains(&folded));
    }
    match found.as_slice() {
        [] => Err(CompareError::NoDocument(name.to_owned())),
        [only] => Ok(only),
        several => Err(CompareError::Several {
            name: name.to_owned(),
            documents: several.iter().map(|document| (*document).clone()).collect(),
        }),
    }
}
