//! Stable names of documents and passages.
//!
//! The id of a document comes from the content of its source, so the same file
//! gives the same id wherever it lies; the id of a passage is the document's id
//! and its number. Ready-made passages bring their own ids.

use std::fmt;

/// Names one document in the library.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(String);

/// Names one passage in the library.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PassageId(String);

impl DocumentId {
    /// Takes an id that the source itself gives.
    pub fn given(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Makes the id of the `nth` document (from 0) of a source with this content hash.
    ///
    /// `hash_hex` is the hash in hexadecimal; its first 12 characters are used.
    pub fn from_hash(hash_hex: &str, nth: usize) -> Self {
        let head: String = hash_hex.chars().take(12).collect();
        if nth == 0 {
            Self(head)
        } else {
            Self(format!("{head}.{nth}"))
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PassageId {
    /// Takes an id that the source itself gives.
    pub fn given(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Makes the id of passage `passage_idx` (from 0) of a document.
    pub fn of(document: &DocumentId, passage_idx: usize) -> Self {
        Self(format!("{document}-{passage_idx}"))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
