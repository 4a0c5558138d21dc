//! The seeds, indexed once for all tests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use plansearch::index::{Index, Snapshot};
use plansearch::ingest::{self, Job};

static SEEDS: OnceLock<(tempfile::TempDir, Arc<Snapshot>)> = OnceLock::new();

/// The folder of the seed documents.
pub(crate) fn seeds_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// The index of the seeds.
pub(crate) fn seeds() -> Arc<Snapshot> {
    let (_, snapshot) = SEEDS.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let snapshot = index(dir.path(), &[seeds_dir()]);
        (dir, snapshot)
    });
    Arc::clone(snapshot)
}

/// Indexes `paths` into `dir`.
pub(crate) fn index(dir: &Path, paths: &[PathBuf]) -> Arc<Snapshot> {
    let job = Job {
        index_dir: dir,
        paths,
        rebuild: false,
        themes: None,
        synonyms: None,
    };
    let report = ingest::run(&job, &mut |_| ()).unwrap();
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    Index::open(dir).unwrap().snapshot()
}
