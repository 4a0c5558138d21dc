//! Kinds of names that stand in a library.

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// The label of a heading; its passages are those below it.
    Heading,
    /// A lead.
    Lead,
    /// A theme.
    Theme,
    /// A term that caused a theme.
    Term,
}

impl NameKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Heading, Self::Lead, Self::Theme, Self::Term];
}
