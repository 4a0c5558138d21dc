//! The stamp of an index: which program and which themes made it.
//!
//! It is stored with every commit. An index with another format or analysis is
//! refused; other themes only mean that the documents must be read again.

use serde::{Deserialize, Serialize};

use crate::analysis::ANALYSIS_VERSION;

/// Version of schema and records; goes up whenever they change.
pub const FORMAT_VERSION: u32 = 5;

/// What made an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Version of schema and records.
    pub format: u32,
    /// Version of folding and pairs.
    pub analysis: u32,
    /// Hash of the theme catalogue.
    pub themes_hash: String,
    /// Names of the themes, in the order of the catalogue.
    pub themes: Vec<String>,
    /// Rules of the library's own synonyms, in the form of the built-in ones.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub synonyms: String,
}

impl Stamp {
    /// The stamp of this program with a theme catalogue.
    pub fn current(themes_hash: impl Into<String>, themes: Vec<String>) -> Self {
        Self {
            format: FORMAT_VERSION,
            analysis: ANALYSIS_VERSION,
            themes_hash: themes_hash.into(),
            themes,
            synonyms: String::new(),
        }
    }

    /// The same with synonyms of the library.
    #[must_use]
    pub fn with_synonyms(self, synonyms: impl Into<String>) -> Self {
        let synonyms = synonyms.into();
        Self { synonyms, ..self }
    }

    /// Says whether documents read for one stamp are the same for the other:
    /// synonyms are used when searching only.
    pub fn reads_as(&self, other: &Self) -> bool {
        let Self {
            format,
            analysis,
            themes_hash,
            themes,
            synonyms: _,
        } = self;
        (*format, *analysis) == (other.format, other.analysis)
            && *themes_hash == other.themes_hash
            && *themes == other.themes
    }

    /// Says whether this program can read an index with this stamp.
    pub fn is_readable(&self) -> bool {
        self.format == FORMAT_VERSION && self.analysis == ANALYSIS_VERSION
    }

    /// Format and analysis in short, for messages.
    pub fn version(&self) -> String {
        format!("{}.{}", self.format, self.analysis)
    }
}
