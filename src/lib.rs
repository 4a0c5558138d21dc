#![doc = include_str!("ARCHITECTURE.md")]

pub mod analysis;
pub mod cli;
pub mod document;
pub mod index;
pub mod ingest;
pub mod query;
pub mod read;
pub mod search;
pub mod service;
pub mod structure;
pub mod text;
pub mod theme;

/// Answers allocate many short strings; the allocator of the system takes twice as long
/// for these.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
