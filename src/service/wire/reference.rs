//! A passage named from elsewhere: a row of a comparison, a use of a term.

use serde::Serialize;
use utoipa::ToSchema;

use super::DocumentBrief;
use plansearch_engine::{DocumentRecord, PassageRecord};
use plansearch_search::cite;

/// A passage and where it comes from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PassageReference {
    /// Stable id.
    pub id: String,
    /// Number in the document, from 0.
    pub idx: usize,
    /// Its document.
    pub doc: DocumentBrief,
    /// `paragraph`, `table`, `heading`, `front_matter` or `attachment`.
    pub kind: String,
    /// Headings above, from the top.
    pub path: Vec<String>,
    /// The sentence that opens the passage and names its subject (小标题).
    pub lead: Option<String>,
    /// The whole text.
    pub text: String,
    /// The citation to paste.
    pub citation: String,
}

impl PassageReference {
    /// The passage of `doc`.
    pub fn new(doc: &DocumentRecord, passage: &PassageRecord) -> Self {
        Self {
            id: passage.id.clone(),
            idx: passage.idx,
            doc: DocumentBrief::from(doc),
            kind: passage.kind.clone(),
            path: passage.path.clone(),
            lead: passage.lead_text().map(str::to_owned),
            text: passage.text.clone(),
            citation: cite(doc, passage),
        }
    }
}
