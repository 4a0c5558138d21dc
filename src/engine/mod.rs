//! What may be asked of a library, and what is answered, whatever engine holds it.
//!
//! [`Engine`] is the trait. A search is a [`Lookup`]: a tree of [`Clause`]s over folded text
//! says what matches, [`Evidence`] what orders it; its answer is [`Found`]. Nothing here names
//! an engine. `index` implements the trait over a folder; the tests do it by a scan over the
//! passages, and one contract holds both (`tests/suite/contract`).

pub mod catalog;
pub mod clause;
pub mod counting;
pub mod edition;
pub mod error;
pub mod evidence;
pub mod facet;
pub mod filter;
pub mod guard;
pub mod kept;
pub mod labels;
pub mod local_statutes;
pub mod lookup;
pub mod names;
pub mod origin;
pub mod overlap;
pub mod pair_counts;
pub mod parts;
pub mod place_key;
pub mod reasons;
pub mod record;
pub mod score;
pub mod stamp;
pub mod surface;
pub mod terms;
pub mod text_test;

pub use catalog::Catalog;
pub use clause::{Clause, Part};
pub use counting::{Counted, Counting, TermCount};
pub use edition::{Edition, Fate, Followed};
pub use error::EngineError;
pub use evidence::{Evidence, Word};
pub use facet::{FacetName, FacetPick, FacetValue, Facets};
pub use filter::{Filter, UNSTATED, YearRange};
pub use lookup::{Enough, Found, FoundHit, Lookup, Place, Sort};
pub use names::NameKind;
pub use origin::Origin;
pub use overlap::{OverlapLimits, OverlapText};
pub use pair_counts::PairCounts;
pub use parts::in_parts;
pub use place_key::{path_of_key, place_key};
pub use reasons::{MetBy, Reasons, WordReason};
pub use record::{DocumentRecord, NewDocument, PassageRecord};
pub use stamp::{Stamp, ThemeNode};
pub use surface::{Engine, Statistic};
pub use text_test::TextTest;
