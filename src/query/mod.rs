//! What a person typed, as a [`Query`].
//!
//! Spaces separate what is required, quotation marks hold a phrase as it stands,
//! a leading `-` excludes. There is no syntax error: whatever does not fit is
//! taken as text, and a [`Notice`] says so. Knows nothing of the index.

mod confusion;
pub mod parse;
mod synonyms;

pub use confusion::{easily_confused, sounds};
pub use parse::parse;
pub use synonyms::{Alternative, SynonymError, Synonyms, Use};

use std::fmt;

/// A query: what must stand in a passage and what must not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Everything that is required, in the order typed.
    pub required: Vec<Atom>,
    /// What must not stand in the passage.
    pub excluded: Vec<Atom>,
}

/// One piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Atom {
    /// Text without spaces: as written first, its words scattered below.
    Run(String),
    /// Text in quotation marks: as it stands, nothing else.
    Phrase(String),
}

/// How the query was understood, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice(pub String);

impl Query {
    /// Says whether the query asks for nothing at all.
    pub fn is_empty(&self) -> bool {
        self.required.is_empty() && self.excluded.is_empty()
    }
}

impl Query {
    /// The runs of a query that is nothing but runs; `None` for one with phrases
    /// or exclusions, and for an empty one.
    pub fn plain_runs(&self) -> Option<Vec<&str>> {
        let is_run = |atom: &Atom| matches!(atom, Atom::Run(_));
        let is_plain = self.excluded.is_empty() && self.required.iter().all(is_run);
        let runs = self.required.iter().map(Atom::text);
        (is_plain && !self.required.is_empty()).then(|| runs.collect())
    }
}

impl Atom {
    /// The text of the atom, without quotation marks.
    pub fn text(&self) -> &str {
        match self {
            Self::Run(text) | Self::Phrase(text) => text,
        }
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(text) => f.write_str(text),
            Self::Phrase(text) => {
                let (open, close) = parse::quotes_for(text);
                write!(f, "{open}{text}{close}")
            }
        }
    }
}

/// Prints the query so that parsing it gives the same query again.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut gap = "";
        for atom in &self.required {
            write!(f, "{gap}{atom}")?;
            gap = " ";
        }
        for atom in &self.excluded {
            write!(f, "{gap}-{atom}")?;
            gap = " ";
        }
        Ok(())
    }
}
