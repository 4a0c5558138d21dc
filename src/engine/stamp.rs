//! The stamp of an index: which program and which themes made it.
//!
//! It is stored with every commit. An index with another format or analysis is
//! refused; other themes only mean that the documents must be read again.

use serde::{Deserialize, Serialize};

use plansearch_analysis::ANALYSIS_VERSION;

/// Version of schema and records; goes up whenever they change.
pub const FORMAT_VERSION: u32 = 14;

/// Where a theme stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeNode {
    /// The group that lists show it under.
    pub group: String,
    /// The wider theme that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

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
    /// Where the themes stand, in the same order; without it none has a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub theme_tree: Vec<ThemeNode>,
    /// The library's own themes, in the form of the built-in ones.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub own_themes: String,
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
            theme_tree: Vec::new(),
            own_themes: String::new(),
            synonyms: String::new(),
        }
    }

    /// The same with the places of the themes and the library's own catalogue.
    #[must_use]
    pub fn with_theme_tree(self, tree: Vec<ThemeNode>, own_themes: impl Into<String>) -> Self {
        Self {
            theme_tree: tree,
            own_themes: own_themes.into(),
            ..self
        }
    }

    /// Where the theme of this name stands.
    pub fn theme_node(&self, name: &str) -> Option<&ThemeNode> {
        let at = self.themes.iter().position(|theme| theme == name)?;
        self.theme_tree.get(at)
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
            theme_tree: _,
            own_themes: _,
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
