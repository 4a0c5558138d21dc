//! The suite: the library, the binary and the service on the seed documents.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that is wrong"
)]

mod bm25;
mod cases;
mod chance;
mod check;
mod cli;
mod compare;
mod compare_command;
mod contract;
mod elsewhere;
mod evolve;
mod exact;
mod explain;
mod facets;
mod gold;
mod growing;
mod lay;
mod library;
mod licences;
mod office;
mod ranks;
mod relevance;
mod robust;
mod same_text;
mod service;
mod suggest;
mod synonyms;
mod targets;
mod theme_command;
mod themes;
mod tidy;
mod trace;
mod trees;
mod watching;
