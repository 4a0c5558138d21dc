//! The built index: what is stored, how it is searched, how it is written.
//!
//! The only folder that knows the engine. Outside, a search is a [`Lookup`] with
//! a tree of [`Clause`]s over folded text, and its answer is [`Found`]; another
//! engine would stand behind the same surface. Knows nothing of query syntax,
//! snippets or pages.

mod bit_sums;
mod by_document;
pub mod catalog;
mod chapter_tree;
pub mod clause;
mod collect;
mod columns;
mod condition;
mod edition;
mod enough;
mod entries;
pub mod error;
pub mod evidence;
pub mod facet;
mod facet_counts;
mod files;
pub mod filter;
mod generation;
mod guard;
mod kept;
mod labels;
mod leftovers;
mod listed;
mod local_statutes;
pub mod lookup;
mod matching;
mod merging;
mod occurrences;
pub mod origin;
mod overlap;
mod pair_counts;
mod pair_sums;
mod parts;
mod paths;
mod place_key;
mod places;
mod plan;
mod ranking;
mod reader;
pub mod reasons;
mod recent;
pub mod record;
mod rows;
mod schema;
mod scoring;
mod seal;
mod segment_lists;
pub mod stamp;
mod standing;
mod stored;
pub mod text_test;
mod theme_sets;
mod tokenizers;
mod twins;
mod verify;
mod view;
pub mod vocabulary;
mod writer;

pub use catalog::Catalog;
pub use clause::{Clause, Part};
pub use edition::{Edition, Fate, Followed};
pub use error::IndexError;
pub use evidence::{Evidence, Word};
pub use facet::{FacetName, FacetPick, FacetValue, Facets};
pub use filter::{Filter, UNSTATED, YearRange};
pub use generation::is_index;
pub use lookup::{Enough, Found, FoundHit, Lookup, Place, Sort};
pub use occurrences::{Counted, Counting, TermCount};
pub use origin::Origin;
pub use overlap::{OverlapLimits, OverlapText};
pub use pair_counts::PairCounts;
pub use parts::in_parts;
pub use place_key::{path_of_key, place_key};
pub use reader::{Index, Snapshot};
pub use reasons::{MetBy, Reasons, WordReason};
pub use record::{DocumentRecord, PassageRecord};
pub use stamp::{Stamp, ThemeNode};
pub use text_test::TextTest;
pub use verify::{Verified, verify};
pub use vocabulary::NameKind;
pub use writer::{NewDocument, Writer};
