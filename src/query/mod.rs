//! What a person typed, as a [`Query`].
//!
//! Spaces separate what is required; quotation marks, `或`, `-`, brackets and
//! fields say more. There is no syntax error: whatever does not fit is taken as
//! text, and a [`Notice`] says so. Knows nothing of the index.

mod confusion;
mod describe;
mod fuzzy;
mod leaf;
mod lex;
pub mod node;
mod operators;
pub mod parse;
mod print;
mod reading;
mod synonyms;

pub use confusion::{easily_confused, sounds};
pub use describe::describe;
pub use fuzzy::{other_readings, plain_reading};
pub use node::{Field, Node};
pub use parse::parse;
pub use reading::{readings, reads_as};
pub use synonyms::{Alternative, SynonymError, Synonyms, Use};

/// A query: a tree of conditions on a passage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The whole condition; `None` asks for nothing.
    pub root: Option<Node>,
}

/// How the query was understood, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice(pub String);

impl Query {
    /// Says whether the query asks for nothing at all.
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    /// Everything that is required, in the order typed.
    pub fn required(&self) -> &[Node] {
        self.root.as_ref().map_or(&[], Node::required)
    }

    /// The runs of a query that is nothing but runs: no quotation marks,
    /// operators or fields. `None` for every other query.
    ///
    /// ```
    /// use plansearch_query::parse;
    /// assert_eq!(parse("氢能 储运").0.plain_runs(), Some(vec!["氢能", "储运"]));
    /// assert_eq!(parse("氢能 或 储运").0.plain_runs(), None);
    /// ```
    pub fn plain_runs(&self) -> Option<Vec<&str>> {
        let runs = self.required().iter().map(|node| match node {
            Node::Run(text) => Some(text.as_str()),
            _ => None,
        });
        runs.collect()
    }

    /// Every text that speaks for a passage, in the order typed: not what is
    /// excluded, not fields. Pieces around a `*` are texts of their own.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        if let Some(root) = &self.root {
            root.for_each_text(&mut |text| texts.push(text));
        }
        texts
    }

    /// Says whether the query uses more than words and phrases that are all
    /// required, so that a person wants to hear how it was understood.
    pub fn has_operators(&self) -> bool {
        let is_simple = |node: &Node| matches!(node, Node::Run(_) | Node::Phrase(_));
        !self.required().iter().all(is_simple)
    }
}
