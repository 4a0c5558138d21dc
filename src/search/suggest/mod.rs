//! What a person who has typed so much may be about to type.
//!
//! Headings, leads, themes, titles of documents and known terms, by Chinese
//! characters, by their reading (`qingneng`), its first letters (`qn`) and both
//! (`氢n`). Made once for each commit, on first use, and kept with it: about 35
//! bytes for a character of a name. Knows nothing of the words typed before.

mod completions;
mod keys;
mod names;

use std::sync::Arc;

use completions::Completions;

use plansearch_engine::{Engine, EngineError};

/// A name of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The name, without the number of a heading.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// How many passages it has: below the heading, under the lead, of the theme,
    /// of the document, or with the term.
    pub count: usize,
}

/// What a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuggestionKind {
    /// A theme.
    Theme,
    /// A term of themes or synonyms.
    Term,
    /// A heading.
    Heading,
    /// A lead.
    Lead,
    /// The title of a document.
    Document,
}

impl SuggestionKind {
    /// The name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Term => "term",
            Self::Heading => "heading",
            Self::Lead => "lead",
            Self::Document => "document",
        }
    }
}

/// Completes what was typed: names that begin with it before names that hold it,
/// characters before readings; then the names of most passages, and shorter ones.
///
/// # Errors
/// [`EngineError`] when the index cannot be read.
pub fn suggest(
    snapshot: &dyn Engine,
    typed: &str,
    limit: usize,
) -> Result<Vec<Suggestion>, EngineError> {
    let completions: Arc<Completions> =
        snapshot.keep(|| names::of(snapshot).map(Completions::new))?;
    Ok(completions.find(typed, limit))
}

/// Names of the library near to a text that finds nothing: read as it is read, then
/// with most pairs of its characters.
///
/// # Errors
/// [`EngineError`] when the index cannot be read.
pub fn nearest(
    snapshot: &dyn Engine,
    text: &str,
    limit: usize,
) -> Result<Vec<Suggestion>, EngineError> {
    let completions: Arc<Completions> =
        snapshot.keep(|| names::of(snapshot).map(Completions::new))?;
    Ok(completions.nearest(text, limit))
}

/// Short names of the library, two to eight characters, those of most passages
/// first, titles left out.
///
/// # Errors
/// [`EngineError`] when the index cannot be read.
pub fn common_names(snapshot: &dyn Engine, limit: usize) -> Result<Vec<Suggestion>, EngineError> {
    let completions: Arc<Completions> =
        snapshot.keep(|| names::of(snapshot).map(Completions::new))?;
    Ok(completions.short(limit))
}
