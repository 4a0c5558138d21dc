//! The use of a wording: how often each year, document, issuer, level or region has it,
//! since when, until when, and who has it not.
//!
//! Counts are exact and come from the index alone. Nothing is smoothed: a year without
//! documents is a row without a rate, and a document without a date stands in no year.
//! Makes no pictures and no text for people.

mod evolution;
mod groups;

pub use evolution::{Evolution, EvolveError, MAX_TERMS, Request, Row, TermUse, Use, evolve};
pub use groups::By;
