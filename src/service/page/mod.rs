//! What people see: one file per page, with its template struct and handler.
//!
//! Pages need no script. Their words are Chinese as an official would write them.

pub(super) mod basket;
mod blocks;
mod catalogue;
pub(super) mod check;
pub(super) mod compare;
pub(super) mod documents;
pub(super) mod edited;
pub(super) mod elsewhere;
pub(super) mod error;
pub(super) mod evolve;
mod examples;
mod facets;
mod facts;
mod frame;
mod groups;
pub(super) mod help;
mod hits;
pub(super) mod home;
mod indicators;
mod marking;
mod matches;
mod named;
mod no_hits;
mod outline;
mod paging;
pub(super) mod reader;
mod results;
mod start;
pub(super) mod targets;
pub(super) mod themes;
pub(super) mod trace;
pub(super) mod values;
mod verbatim;
mod years;
