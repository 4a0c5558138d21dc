//! Counts of hits per value of a facet.

use std::collections::BTreeMap;

use plansearch_text::fold;

/// The facets of an answer. Counts of a facet ignore its own choice. A chosen value
/// is always among them, whatever its count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Documents: id, title.
    pub doc: Vec<FacetValue>,
    /// Headings: those of the document in its order where one document is chosen,
    /// otherwise names of headings at any level.
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
    pub doc_type: Vec<FacetValue>,
    /// Years of issue.
    pub year: Vec<FacetValue>,
    /// Planning periods: `2021..2025`.
    pub period: Vec<FacetValue>,
    /// How many values each facet has that have hits, listed or not.
    pub n_values: BTreeMap<FacetName, usize>,
}

/// Which facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FacetName {
    /// Documents.
    Doc,
    /// Headings.
    Chapter,
    /// Themes.
    Theme,
    /// Issuing bodies.
    Issuer,
    /// Levels of government.
    Level,
    /// Regions.
    Region,
    /// Types of documents.
    Type,
    /// Years of issue.
    Year,
    /// Planning periods.
    Period,
}

/// One value of a facet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetValue {
    /// What to give to the filter.
    pub value: String,
    /// What to show.
    pub label: String,
    /// How many hits it has: what choosing it gives.
    pub count: usize,
    /// Of a theme: how many of them are about it; the others mention it.
    pub about: Option<usize>,
    /// Under what it is listed: the group of a theme, the region around a region.
    pub group: Option<String>,
    /// Of a heading of the chosen document: its level, from 1.
    pub depth: Option<usize>,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// One facet, searched: only its values are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetPick {
    /// The facet.
    pub facet: FacetName,
    /// Only values whose label holds this, however it is spelled.
    pub part: Option<String>,
    /// How many values to pass over.
    pub offset: usize,
}

/// Which values of the facets are wanted.
#[derive(Debug, Clone, Default)]
pub struct FacetWish {
    /// How many values of a facet to list, at most; 0 counts no facets. Chosen
    /// values are listed beyond it.
    pub max_values: usize,
    /// Only this facet; the others stay empty.
    only: Option<FacetName>,
    /// Only values whose folded label holds this.
    pub part: Option<String>,
    /// How many values to pass over.
    pub offset: usize,
}

impl FacetName {
    /// All facets, in the order in which answers have them.
    pub const ALL: [Self; 9] = [
        Self::Doc,
        Self::Chapter,
        Self::Theme,
        Self::Issuer,
        Self::Level,
        Self::Region,
        Self::Type,
        Self::Year,
        Self::Period,
    ];

    /// Name of the parameter of a search that chooses a value.
    pub fn name(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Chapter => "chapter",
            Self::Theme => "theme",
            Self::Issuer => "issuer",
            Self::Level => "level",
            Self::Region => "region",
            Self::Type => "type",
            Self::Year => "year",
            Self::Period => "period",
        }
    }

    /// Finds the facet of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.name() == name)
    }
}

impl Facets {
    /// The values of a facet.
    pub fn values(&self, facet: FacetName) -> &[FacetValue] {
        match facet {
            FacetName::Doc => &self.doc,
            FacetName::Chapter => &self.chapter,
            FacetName::Theme => &self.theme,
            FacetName::Issuer => &self.issuer,
            FacetName::Level => &self.level,
            FacetName::Region => &self.region,
            FacetName::Type => &self.doc_type,
            FacetName::Year => &self.year,
            FacetName::Period => &self.period,
        }
    }

    /// Keeps the first `n` values of a facet.
    pub fn truncate(&mut self, facet: FacetName, n: usize) {
        self.values_mut(facet).truncate(n);
    }

    /// The values of a facet, to be changed.
    pub fn values_mut(&mut self, facet: FacetName) -> &mut Vec<FacetValue> {
        match facet {
            FacetName::Doc => &mut self.doc,
            FacetName::Chapter => &mut self.chapter,
            FacetName::Theme => &mut self.theme,
            FacetName::Issuer => &mut self.issuer,
            FacetName::Level => &mut self.level,
            FacetName::Region => &mut self.region,
            FacetName::Type => &mut self.doc_type,
            FacetName::Year => &mut self.year,
            FacetName::Period => &mut self.period,
        }
    }
}

impl FacetValue {
    /// Of a theme: how many hits mention it and are not about it.
    pub fn mentions(&self) -> Option<usize> {
        self.about.map(|about| self.count.saturating_sub(about))
    }
}

impl FacetWish {
    /// Wants up to `max_values` values of every facet, or of the one that is picked.
    pub fn new(max_values: usize, pick: Option<&FacetPick>) -> Self {
        let Some(pick) = pick else {
            return Self {
                max_values,
                ..Self::default()
            };
        };
        Self {
            max_values,
            only: Some(pick.facet),
            part: pick.part.as_deref().map(fold),
            offset: pick.offset,
        }
    }

    /// Says whether values of `facet` are wanted.
    pub fn wants(&self, facet: FacetName) -> bool {
        self.max_values > 0 && self.only.is_none_or(|only| only == facet)
    }
}
