//! Indicators and targets of plans as records: how much of what by when.
//!
//! Answers: which rows of tables and which sentences state an indicator with its figure,
//! of which year, and whether it is aimed at, reached or expected ([`targets_of`]); which
//! of them a library has that fit a name, a year and conditions ([`find`]). A work report
//! has three times (what was done, the years to come, this year); each figure belongs to
//! one of them by the words of its sentence, else by what was said last under the same
//! heading, else by the heading. What a source has lost is flagged and never guessed.
//! Word lists are files beside the code (`words/`). Makes no text for people.

mod amounts;
mod condition;
mod extract;
mod facts;
mod head;
mod line;
mod named;
mod names;
mod naming;
mod phrase;
mod piece;
mod prose;
mod request;
mod sentence;
mod stage;
mod table;
mod target;
mod times;
mod words;

pub use condition::{Condition, ConditionError};
pub use extract::{targets, targets_of};
pub use facts::{Facts, Genre};
pub use named::{Fit, Named};
pub use piece::{Piece, Row};
pub use request::{Found, Record, Request, TargetsError, facts_of, find};
pub use stage::{Stage, Walk};
pub use target::{Amount, Binding, Horizon, Origin, Target, comparator_sign, measure_name};
