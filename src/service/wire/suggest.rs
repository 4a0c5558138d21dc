//! Suggestions as one types.

use serde::Serialize;
use utoipa::ToSchema;

use plansearch_search as search;

/// What a person may be about to type.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Suggestions {
    /// What was typed.
    pub query: String,
    /// The suggestions, best first.
    pub suggestions: Vec<Suggestion>,
}

/// A name of the library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Suggestion {
    /// The name.
    pub text: String,
    /// `heading`, `lead`, `theme`, `document` or `term`.
    pub kind: &'static str,
    /// How many passages it has.
    pub count: usize,
    /// Of a document: its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
}

impl Suggestions {
    /// The suggestions for what was typed.
    pub fn new(query: impl Into<String>, found: Vec<search::Suggestion>) -> Self {
        let twin = |found: search::Suggestion| Suggestion {
            text: found.text,
            kind: found.kind.name(),
            count: found.count,
            doc: None,
        };
        Self {
            query: query.into(),
            suggestions: found.into_iter().map(twin).collect(),
        }
    }
}
