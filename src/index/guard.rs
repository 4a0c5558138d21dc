//! Guards what is asked of the engine; its own threads are known by their names.

use std::path::Path;

use plansearch_engine::EngineError;
use plansearch_engine::guard;
pub(super) use plansearch_engine::guard::quietly;

/// Threads of the engine itself, by the beginnings of their names.
const ENGINE_THREADS: [&str; 3] = ["thrd-tantivy", "merge_thread", "segment_updater"];

/// Asks the engine; where it stops, that is an error.
pub(super) fn guarded<T>(
    dir: &Path,
    ask: impl FnOnce() -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    guard::know_threads(&ENGINE_THREADS);
    guard::guarded(dir, ask)
}
