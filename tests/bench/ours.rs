//! Our index, made and searched as the program does it.

use std::path::Path;
use std::sync::Arc;

use plansearch::engine::Engine;
use plansearch::index::Index;
use plansearch::ingest::{self, Job};

use crate::source::Source;

/// Indexes `source` into `dir`, with all themes and facets.
pub(crate) fn index(source: &Source, dir: &Path) {
    let job = Job {
        index_dir: dir,
        paths: std::slice::from_ref(&source.path),
        rebuild: false,
        themes: None,
        synonyms: None,
        ocr: None,
    };
    let report = ingest::run(&job, &mut |_| ()).unwrap();
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}

/// Opens the index in `dir`.
pub(crate) fn open(dir: &Path) -> Arc<dyn Engine> {
    Index::open(dir).unwrap().snapshot()
}
