//! The groups of a filter by the names of their parameters.

/// A group of a filter, which is also a parameter that can stand repeatedly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
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
    /// Kinds of passages.
    Kind,
}

impl Group {
    /// All groups, in the order in which addresses and pages have them.
    pub(super) const ALL: [Self; 10] = [
        Self::Doc,
        Self::Chapter,
        Self::Theme,
        Self::Issuer,
        Self::Level,
        Self::Region,
        Self::Type,
        Self::Year,
        Self::Period,
        Self::Kind,
    ];

    /// The group whose parameter is called so.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// Name of the parameter.
    pub(super) fn name(self) -> &'static str {
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
            Self::Kind => "kind",
        }
    }
}
