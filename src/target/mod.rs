//! Indicators and targets that a passage states: how much of what by when.
//!
//! Answers: which rows of tables and which sentences state an indicator with its figure,
//! of which year, and whether it is aimed at, reached or expected ([`targets_of`]). A work
//! report has three times (what was done, the years to come, this year); each figure
//! belongs to one of them by the words of its sentence, else by what was said last under
//! the same heading, else by the heading. What a source has lost is flagged and never
//! guessed. Word lists are files beside the code (`words/`). Knows no library.

mod amounts;
mod extract;
mod facts;
mod head;
mod line;
mod names;
mod naming;
mod paragraph;
mod phrase;
mod piece;
mod prose;
mod sentence;
mod stage;
mod table;
mod target;
mod times;
mod words;

pub use extract::{Extraction, targets_of};
pub use facts::{Facts, Genre};
pub use piece::{Piece, Row};
pub use table::{is_unit, whole_amount};
pub use target::{Amount, Binding, Horizon, Origin, Target, comparator_sign, measure_name};
