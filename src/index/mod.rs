//! The engine over a folder: how passages are stored, looked up, counted, written.
//!
//! The only folder that knows tantivy. What it is asked and what it answers is
//! [`plansearch_engine`]; [`Index::snapshot`] gives one. Knows nothing of query syntax,
//! snippets or pages.

mod bit_sums;
mod by_document;
mod chapter_tree;
mod collect;
mod column_labels;
mod columns;
mod condition;
mod enough;
mod entries;
mod error;
mod facet_counts;
mod files;
mod generation;
mod guard;
mod leftovers;
mod listed;
mod matching;
mod merging;
mod occurrences;
mod origin;
mod overlap;
mod pair_counts;
mod pair_sums;
mod paths;
mod places;
mod plan;
mod ranking;
mod reader;
mod recent;
mod rows;
mod schema;
mod scoring;
mod seal;
mod segment_lists;
mod snapshot;
mod standing;
mod stored;
mod theme_sets;
mod tokenizers;
mod twins;
mod verify;
mod view;
mod vocabulary;
mod writer;

use plansearch_engine::{
    catalog, clause, evidence, facet, filter, kept, labels, lookup, reasons, record, stamp,
    text_test,
};

pub use generation::is_index;
pub use leftovers::take_away_unfinished;
pub use reader::Index;
pub use verify::{Verified, verify};
pub use writer::Writer;
