//! Targets of a library: which of them fit a name, a year and conditions ([`find`]), one
//! indicator across plans and years.
//!
//! What a passage states is worked out when it is indexed (`target`) and stored with it, so
//! a question reads only passages that state something. Makes no text for people.

mod condition;
mod facets;
mod named;
mod request;
mod typed;

pub use condition::{Condition, ConditionError};
pub use facets::Facets;
pub use named::{Fit, Named};
pub use request::{Found, Record, Request, find};
pub use typed::Typed;
