//! Two plans side by side: which passages belong together, what differs in them, and what
//! the plans of a library say on one topic.
//!
//! Passages are aligned first (the heaviest chain of alike ones in order, then what moved),
//! then sentences, words and figures within a pair. Never is a whole text compared with
//! another character by character. Every passage of both stands in exactly one row. Reads
//! no files and makes no markup.

mod borders;
mod chain;
mod changes;
mod figures;
mod in_order;
mod piece;
mod profile;
mod rows;
mod script;
mod sections;
mod text;
mod tokens;
mod topic;

pub use changes::{Change, ChangeKind, changes};
pub use piece::Piece;
pub use rows::{Row, RowKind, rows};
pub use text::{CompareError, Comparison, Text, listed};
pub use topic::{Topic, TopicDocument, TopicFigure, TopicRequest, topic};
