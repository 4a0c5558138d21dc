//! The seeds, indexed once for all tests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use plansearch::engine::Engine;
use plansearch::index::Index;
use plansearch::ingest::{self, Job};

static SEEDS: OnceLock<(tempfile::TempDir, Arc<dyn Engine>)> = OnceLock::new();

/// The folder of the seed documents.
pub(crate) fn seeds_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// The index of the seeds.
pub(crate) fn seeds() -> Arc<dyn Engine> {
    let (_, snapshot) = SEEDS.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let snapshot = index(dir.path(), &[seeds_dir()]);
        (dir, snapshot)
    });
    Arc::clone(snapshot)
}

static WITH_FIXTURES: OnceLock<(tempfile::TempDir, Arc<dyn Engine>)> = OnceLock::new();

/// The files of the seeds and of the fixtures.
pub(crate) fn seed_and_fixture_files() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<PathBuf> = [seeds_dir(), fixtures]
        .iter()
        .flat_map(|dir| std::fs::read_dir(dir).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_none_or(|ext| ext != "outline"))
        .collect();
    files.sort();
    files
}

/// The index of the seeds and the fixtures.
pub(crate) fn seeds_and_fixtures() -> Arc<dyn Engine> {
    let (_, snapshot) = WITH_FIXTURES.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let snapshot = index(dir.path(), &seed_and_fixture_files());
        (dir, snapshot)
    });
    Arc::clone(snapshot)
}

/// Indexes `paths` into `dir`.
pub(crate) fn index(dir: &Path, paths: &[PathBuf]) -> Arc<dyn Engine> {
    let job = Job {
        index_dir: dir,
        paths,
        rebuild: false,
        themes: None,
        synonyms: None,
        ocr: None,
    };
    let report = ingest::run(&job, &mut |_| ()).unwrap();
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    Index::open(dir).unwrap().snapshot()
}

/// How many drafts by chance are tried: `PLANSEARCH_DRAFTS=100000` tries more than the
/// suite does.
pub(crate) fn n_drafts() -> u32 {
    let asked = std::env::var("PLANSEARCH_DRAFTS");
    asked.ok().and_then(|n| n.parse().ok()).unwrap_or(48)
}
