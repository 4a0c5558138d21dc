//! What programs ask for: one file per address, all answers are JSON.

pub(super) mod check;
pub(super) mod compare;
pub(super) mod document;
pub(super) mod documents;
pub(super) mod evolve;
pub(super) mod facet;
pub(super) mod health;
pub(super) mod openapi;
pub(super) mod passage;
pub(super) mod search;
pub(super) mod suggest;
pub(super) mod targets;
pub(super) mod theme;
pub(super) mod themes;
pub(super) mod trace;
