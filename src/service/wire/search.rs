//! The answer to a search.

use serde::Serialize;
use utoipa::ToSchema;

use super::passage::theme_names;
use super::{Citations, DocumentBrief, FacetTotals, Facets, Table, ThemeEvidence, ThemeTerm};
use crate::markup::Markup;
use plansearch_search as search;

/// The answer to a search.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SearchResponse {
    /// The query as typed.
    pub query: String,
    /// How long the search took, in milliseconds.
    pub took_ms: f64,
    /// How many passages match, exactly.
    pub total: usize,
    /// How many hits there are to page through: `total`, less the passages that
    /// stand in `same_text` of a hit.
    pub groups: usize,
    /// Whether not every word could be required.
    pub relaxed: bool,
    /// How the query was understood.
    pub notices: Vec<String>,
    /// Another query that may have been meant.
    pub suggestion: Option<String>,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Counts per facet value.
    pub facets: Facets,
    /// How many values each facet has that have passages, listed or not.
    pub facet_totals: FacetTotals,
}

/// A passage that was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hit {
    /// Stable id of the passage.
    pub id: String,
    /// `paragraph`, `table`, `heading`, `front_matter` or `attachment`.
    pub kind: String,
    /// Its score; 0 when nothing was scored.
    pub score: f64,
    /// Its document.
    pub doc: DocumentBrief,
    /// Headings above, from the top.
    pub path: Vec<String>,
    /// The sentence that opens the passage and names its subject (小标题).
    pub lead: Option<String>,
    /// The whole text.
    pub text: String,
    /// An exact cut of the text as HTML: everything escaped but `<mark>`.
    pub snippet: String,
    /// Words of the query that do not stand in the text, with what stands for them.
    pub synonyms: Vec<Synonym>,
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
    /// Number in the document, from 0.
    pub idx: usize,
    /// Page of the pdf that the passage begins on, from 1; null in other formats.
    pub page: Option<usize>,
    /// Whether the text was recognised from a picture (OCR); the citation says so too.
    pub ocr: bool,
    /// The citation to paste.
    pub citation: String,
    /// Citations of its document by form.
    pub citations: Citations,
    /// How many other passages of the same text the hit stands for.
    pub same_text_count: usize,
    /// The first hundred of them.
    pub same_text: Vec<SamePlace>,
    /// Why it stands where it does, line by line; empty without `explain`.
    pub explanation: Vec<String>,
}

/// Another place of the same text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SamePlace {
    /// Id of the passage.
    pub id: String,
    /// Id of its document.
    pub doc: String,
    /// Title of its document.
    pub title: String,
}

/// A word of the text that stands for one of the query.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Synonym {
    /// The word of the query.
    pub word: String,
    /// What stands for it.
    pub found: String,
}

impl From<search::Response> for SearchResponse {
    fn from(response: search::Response) -> Self {
        Self {
            query: response.query,
            took_ms: (response.took.as_secs_f64() * 1e6).round() / 1e3,
            total: response.total,
            groups: response.n_hits,
            relaxed: response.is_relaxed,
            notices: response.notices.into_iter().map(|n| n.0).collect(),
            suggestion: response.suggestion,
            hits: response.hits.into_iter().map(Hit::from).collect(),
            facet_totals: FacetTotals::from(&response.facets),
            facets: response.facets.into(),
        }
    }
}

/// The score with the digits that tell it, however it is written on.
fn shortest(score: f32) -> f64 {
    score.to_string().parse().unwrap_or(f64::from(score))
}

impl From<search::Hit> for Hit {
    fn from(hit: search::Hit) -> Self {
        let passage = hit.passage;
        Self {
            score: shortest(hit.score),
            doc: DocumentBrief::from(hit.doc.as_ref()),
            lead: passage.lead_text().map(str::to_owned),
            snippet: Markup::of_snippet(&passage.text, &hit.snippet).into_string(),
            synonyms: hit.stand_ins.into_iter().map(Synonym::from).collect(),
            themes: theme_names(&passage),
            theme_terms: passage.themes.iter().map(ThemeTerm::from).collect(),
            theme_evidence: passage.themes.iter().map(ThemeEvidence::from).collect(),
            table: passage.table.as_ref().map(Table::from),
            paragraph_no: passage.paragraph_no,
            idx: passage.idx,
            page: passage.page,
            ocr: passage.is_recognised,
            citation: hit.citation,
            citations: Citations::of(&hit.doc),
            explanation: hit.explanation,
            same_text_count: hit.n_same_text,
            same_text: hit.same_text.into_iter().map(SamePlace::from).collect(),
            id: passage.id.clone(),
            kind: passage.kind.clone(),
            path: passage.path.clone(),
            text: passage.text.clone(),
        }
    }
}

impl From<search::SamePlace> for SamePlace {
    fn from(place: search::SamePlace) -> Self {
        Self {
            id: place.passage,
            doc: place.doc,
            title: place.title,
        }
    }
}

impl From<search::StandIn> for Synonym {
    fn from(stand_in: search::StandIn) -> Self {
        Self {
            word: stand_in.word,
            found: stand_in.text,
        }
    }
}
