//! Counts of hits per value of a facet.

/// The facets of an answer. Counts of a facet ignore its own choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Documents: id, title.
    pub doc: Vec<FacetValue>,
    /// Headings at any level.
    pub chapter: Vec<FacetValue>,
    /// Themes.
    pub theme: Vec<FacetValue>,
    /// Issuing bodies.
    pub issuer: Vec<FacetValue>,
    /// Types of documents.
    pub doc_type: Vec<FacetValue>,
    /// Years of issue.
    pub year: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// What to give to the filter.
    pub value: String,
    /// What to show.
    pub label: String,
    /// How many hits it has.
    pub count: usize,
}
