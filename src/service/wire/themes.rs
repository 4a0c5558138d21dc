//! Themes and what documents say about them.

use serde::Serialize;
use utoipa::ToSchema;

use super::{DocumentBrief, ThemeEvidence};
use crate::markup::Markup;
use plansearch_search as search;

/// The themes of the library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Themes {
    /// How many there are.
    pub total: usize,
    /// The themes in the order of the catalogue.
    pub themes: Vec<Theme>,
}

/// A theme with what the library has of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// The group that lists show it under; empty without one.
    pub group: String,
    /// The wider theme that it is a part of.
    pub under: Option<String>,
    /// How many passages have it.
    pub count: usize,
    /// How many passages are about it.
    pub about: usize,
    /// How many only mention it.
    pub mentions: usize,
}

/// What the documents say about a theme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThemeReport {
    /// The theme.
    pub theme: Theme,
    /// How many documents have it.
    pub total: usize,
    /// The documents asked for, newest first.
    pub documents: Vec<ThemeDocument>,
}

/// What one document says about a theme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThemeDocument {
    /// The document.
    pub doc: DocumentBrief,
    /// First and last year of the plan.
    pub period: Option<[u16; 2]>,
    /// How many of its passages are about the theme.
    pub about: usize,
    /// How many only mention it.
    pub mentions: usize,
    /// The passages about it in document order, as many as were asked for.
    pub passages: Vec<ThemePassage>,
}

/// A passage about a theme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ThemePassage {
    /// Stable id.
    pub id: String,
    /// Number in the document, from 0.
    pub idx: usize,
    /// Kind of passage.
    pub kind: String,
    /// Headings above, from the top.
    pub path: Vec<String>,
    /// The sentence that opens the passage and names its subject (小标题).
    pub lead: Option<String>,
    /// The whole text.
    pub text: String,
    /// An exact cut of the text as HTML, with the words of the theme in `<mark>`.
    pub snippet: String,
    /// The words that made it so.
    pub evidence: Option<ThemeEvidence>,
    /// The citation to paste.
    pub citation: String,
}

/// Terms of the library that are in no theme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Candidates {
    /// How many there are.
    pub total: usize,
    /// Those asked for: most documents first, then most places.
    pub candidates: Vec<Candidate>,
}

/// A frequent compound of headings and leads that is in no theme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Candidate {
    /// The compound.
    pub term: String,
    /// In how many different headings and leads it stands.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// One of the headings or leads.
    pub example: String,
    /// Title of the document that the example is from.
    pub example_doc: String,
}

impl Themes {
    /// All themes.
    pub fn new(themes: Vec<search::ThemeSummary>) -> Self {
        Self {
            total: themes.len(),
            themes: themes.into_iter().map(Theme::from).collect(),
        }
    }
}

impl Candidates {
    /// The first `limit` of the candidates.
    pub fn new(candidates: Vec<search::Candidate>, limit: usize) -> Self {
        Self {
            total: candidates.len(),
            candidates: candidates
                .into_iter()
                .take(limit)
                .map(Candidate::from)
                .collect(),
        }
    }
}

impl From<search::ThemeSummary> for Theme {
    fn from(theme: search::ThemeSummary) -> Self {
        Self {
            count: theme.n_passages(),
            name: theme.name,
            group: theme.group,
            under: theme.under,
            about: theme.n_about,
            mentions: theme.n_mentions,
        }
    }
}

impl From<search::ThemeReport> for ThemeReport {
    fn from(report: search::ThemeReport) -> Self {
        let name = report.theme.name.clone();
        let document = |document: search::ThemeDocument| ThemeDocument {
            doc: DocumentBrief::from(document.doc.as_ref()),
            period: document.doc.period.map(|(first, last)| [first, last]),
            about: document.n_about,
            mentions: document.n_mentions,
            passages: document
                .passages
                .into_iter()
                .map(|passage| ThemePassage::new(passage, &name))
                .collect(),
        };
        Self {
            theme: report.theme.into(),
            total: report.n_documents,
            documents: report.documents.into_iter().map(document).collect(),
        }
    }
}

impl ThemePassage {
    fn new(found: search::ThemePassage, theme: &str) -> Self {
        let passage = found.passage;
        let mut themes = passage.themes.iter();
        Self {
            evidence: themes
                .find(|own| own.name == theme)
                .map(ThemeEvidence::from),
            lead: passage.lead_text().map(str::to_owned),
            snippet: Markup::of_snippet(&passage.text, &found.snippet).into_string(),
            citation: found.citation,
            id: passage.id.clone(),
            idx: passage.idx,
            kind: passage.kind.clone(),
            path: passage.path.clone(),
            text: passage.text.clone(),
        }
    }
}

impl From<search::Candidate> for Candidate {
    fn from(candidate: search::Candidate) -> Self {
        Self {
            term: candidate.term,
            count: candidate.n_places,
            documents: candidate.n_documents,
            example: candidate.example,
            example_doc: candidate.example_doc,
        }
    }
}
