//! Counts per facet value.

use serde::Serialize;
use utoipa::ToSchema;

use plansearch_engine::{FacetName, facet};

/// Counts per facet. Counts of a facet ignore that facet's own choice and follow
/// everything else; a chosen value is listed whatever its count.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Facets {
    /// Documents.
    pub doc: Vec<FacetValue>,
    /// Headings: those of the document in its order where `doc` chooses one document,
    /// each with its `depth`; otherwise headings at any level by count.
    pub chapter: Vec<FacetValue>,
    /// Themes.
    pub theme: Vec<FacetValue>,
    /// Issuing bodies.
    pub issuer: Vec<FacetValue>,
    /// Levels of government.
    pub level: Vec<FacetValue>,
    /// Regions; what lies in a region counts for it.
    pub region: Vec<FacetValue>,
    /// Types of documents.
    #[serde(rename = "type")]
    pub doc_type: Vec<FacetValue>,
    /// Years of issue.
    pub year: Vec<FacetValue>,
    /// Planning periods.
    pub period: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FacetValue {
    /// What to give to the parameter.
    pub value: String,
    /// What to show.
    pub label: String,
    /// How many passages choosing it gives.
    pub count: usize,
    /// Of a theme: how many passages are about it; otherwise null.
    pub about: Option<usize>,
    /// Of a theme: how many passages only mention it; otherwise null.
    pub mentions: Option<usize>,
    /// Under what it is listed: the group of a theme, the region around a region;
    /// null without one.
    pub group: Option<String>,
    /// Of a heading of the chosen document: its level, from 1; otherwise null.
    pub depth: Option<usize>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// How many values each facet has that have passages, listed or not.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FacetTotals {
    /// Documents.
    pub doc: usize,
    /// Headings.
    pub chapter: usize,
    /// Themes.
    pub theme: usize,
    /// Issuing bodies.
    pub issuer: usize,
    /// Levels of government.
    pub level: usize,
    /// Regions.
    pub region: usize,
    /// Types of documents.
    #[serde(rename = "type")]
    pub doc_type: usize,
    /// Years of issue.
    pub year: usize,
    /// Planning periods.
    pub period: usize,
}

/// Values of one facet, searched.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FacetPage {
    /// Name of the facet.
    pub facet: String,
    /// How many values have passages and hold what was asked for.
    pub total: usize,
    /// The values asked for, in the order of the facet.
    pub values: Vec<FacetValue>,
}

impl FacetPage {
    /// The values of `facet` among these.
    pub fn new(facet: FacetName, facets: &facet::Facets) -> Self {
        let values = facets.values(facet).iter().cloned();
        Self {
            facet: facet.name().to_owned(),
            total: facets.n_values.get(&facet).copied().unwrap_or(0),
            values: values.map(FacetValue::from).collect(),
        }
    }
}

impl From<&facet::Facets> for FacetTotals {
    fn from(facets: &facet::Facets) -> Self {
        let of = |facet: FacetName| facets.n_values.get(&facet).copied().unwrap_or(0);
        Self {
            doc: of(FacetName::Doc),
            chapter: of(FacetName::Chapter),
            theme: of(FacetName::Theme),
            issuer: of(FacetName::Issuer),
            level: of(FacetName::Level),
            region: of(FacetName::Region),
            doc_type: of(FacetName::Type),
            year: of(FacetName::Year),
            period: of(FacetName::Period),
        }
    }
}

impl From<facet::Facets> for Facets {
    fn from(facets: facet::Facets) -> Self {
        let values = |values: Vec<facet::FacetValue>| {
            let twins = values.into_iter().map(FacetValue::from);
            twins.collect()
        };
        Self {
            doc: values(facets.doc),
            chapter: values(facets.chapter),
            theme: values(facets.theme),
            issuer: values(facets.issuer),
            level: values(facets.level),
            region: values(facets.region),
            doc_type: values(facets.doc_type),
            year: values(facets.year),
            period: values(facets.period),
        }
    }
}

impl From<facet::FacetValue> for FacetValue {
    fn from(value: facet::FacetValue) -> Self {
        Self {
            mentions: value.mentions(),
            value: value.value,
            label: value.label,
            count: value.count,
            about: value.about,
            group: value.group,
            depth: value.depth,
            chosen: value.is_chosen,
        }
    }
}
