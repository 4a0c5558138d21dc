//! What the documents say on a topic.

use serde::Serialize;
use utoipa::ToSchema;

use super::{DocumentBrief, PassageReference};
use plansearch_compare as compare;

/// What the documents say on a topic.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Topic {
    /// The topic as asked.
    pub topic: String,
    /// The documents that say something, those that say most to the point first.
    pub documents: Vec<TopicDocument>,
    /// The documents that say nothing.
    pub without: Vec<DocumentBrief>,
    /// Whether not every word could be required.
    pub relaxed: bool,
    /// How the query was understood.
    pub notices: Vec<String>,
}

/// What one document says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TopicDocument {
    /// The document.
    pub doc: DocumentBrief,
    /// How many of its passages are on the topic.
    pub total: usize,
    /// As many as were asked for, in document order.
    pub passages: Vec<PassageReference>,
    /// The figures in these.
    pub figures: Vec<TopicFigure>,
}

/// A figure in a passage on a topic.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TopicFigure {
    /// What it is of: the words before it.
    pub name: String,
    /// The figure with its unit.
    pub text: String,
    /// First character and the one behind the last in the text of the passage.
    pub span: [usize; 2],
    /// Id of the passage.
    pub passage: String,
    /// Whether another document has another figure of the same name and unit.
    pub differs: bool,
}

impl Topic {
    /// What the documents say on `topic`.
    pub fn new(topic: &str, found: &compare::Topic) -> Self {
        let without = found.without.iter();
        Self {
            topic: topic.to_owned(),
            documents: found.documents.iter().map(TopicDocument::from).collect(),
            without: without
                .map(|doc| DocumentBrief::from(doc.as_ref()))
                .collect(),
            relaxed: found.is_relaxed,
            notices: found
                .notices
                .iter()
                .map(|notice| notice.0.clone())
                .collect(),
        }
    }
}

impl From<&compare::TopicDocument> for TopicDocument {
    fn from(document: &compare::TopicDocument) -> Self {
        let doc = document.doc.as_ref();
        let passages = document.passages.iter();
        let figure = |figure: &compare::TopicFigure| {
            let passage = document.passages.get(figure.passage)?;
            Some(TopicFigure {
                name: figure.name.clone(),
                text: figure.span.of(&passage.text).to_owned(),
                span: super::compare::in_chars(figure.span, &passage.text),
                passage: passage.id.clone(),
                differs: figure.is_differing,
            })
        };
        Self {
            doc: DocumentBrief::from(doc),
            total: document.n_passages,
            passages: passages
                .map(|passage| PassageReference::new(doc, passage))
                .collect(),
            figures: document.figures.iter().filter_map(figure).collect(),
        }
    }
}
