//! What the documents say on a topic.

use serde::Serialize;
use utoipa::ToSchema;

use super::{DocumentBrief, PassageReference};
use plansearch_compare as compare;
use plansearch_figure::Decimal;
use plansearch_target::{Amount, comparator_sign, measure_name};

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
    /// What it is of: the indicator, else the words before it.
    pub name: String,
    /// How much, in the unit of the text, where it is of an indicator; as in targets.
    pub value: Option<f64>,
    /// The lower end of a range.
    pub low: Option<f64>,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// `=`, `>=`, `<=`, `>`, `<`, `~` (左右) or `range`.
    pub comparator: Option<&'static str>,
    /// The unit as written.
    pub unit: Option<String>,
    /// `level`, `growth`, `share`, `increment` or `rank`.
    pub measure: Option<&'static str>,
    /// Whether it is the mean of several years.
    pub is_annual_mean: bool,
    /// The year by which or in which, the last of several.
    pub year: Option<u16>,
    /// The first of several years.
    pub from_year: Option<u16>,
    /// `target` (aimed at), `done` (reached) or `estimate` (expected).
    pub horizon: Option<&'static str>,
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
            let stated = figure.target.as_ref();
            let amount = stated.and_then(|target| target.amount.as_ref());
            let range = amount.and_then(Amount::range);
            let number = |value: Option<Decimal>| value.map(Decimal::to_f64);
            Some(TopicFigure {
                value: number(amount.and_then(Amount::value)),
                low: number(range.map(|(low, _)| low)),
                high: number(range.map(|(_, high)| high)),
                comparator: amount.map(|amount| comparator_sign(amount.comparator)),
                unit: amount.map(|amount| amount.unit.clone()),
                measure: stated.map(|target| measure_name(target.measure)),
                is_annual_mean: stated.is_some_and(|target| target.is_annual_mean),
                year: stated.and_then(|target| target.year),
                from_year: stated.and_then(|target| target.from_year),
                horizon: stated.map(|target| target.horizon.name()),
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
