#![doc = include_str!("ARCHITECTURE.md")]

pub use plansearch_analysis as analysis;
pub use plansearch_cli as cli;
pub use plansearch_compare as compare;
pub use plansearch_document as document;
pub use plansearch_draft as draft;
pub use plansearch_engine as engine;
pub use plansearch_evolve as evolve;
pub use plansearch_figure as figure;
pub use plansearch_index as index;
pub use plansearch_ingest as ingest;
pub use plansearch_query as query;
pub use plansearch_read as read;
pub use plansearch_search as search;
pub use plansearch_service as service;
pub use plansearch_structure as structure;
pub use plansearch_target as target;
pub use plansearch_targets as targets;
pub use plansearch_text as text;
pub use plansearch_theme as theme;

/// Answers allocate many short strings; the allocator of the system takes twice as long
/// for these.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
