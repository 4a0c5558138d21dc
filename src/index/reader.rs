//! Reading an index: opening it, taking up new commits, looking things up.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use plansearch_engine::{Engine, EngineError, Stamp};
use tantivy::{IndexMeta, Searcher};

use super::catalog::Catalog;
use super::entries::load_documents;
use super::error::engine_error;
use super::files::ReadFiles;
use super::generation::Current;
use super::guard::guarded;
use super::kept::Kept;
use super::recent::Recent;
use super::schema::Fields;
use super::view::Views;
use super::{generation, seal, tokenizers};

/// How long a snapshot is used before the folder is looked at for a new commit.
const CHECK_EVERY: Duration = Duration::from_millis(300);

/// How often an index that changes meanwhile is opened again.
const MAX_TRIES: usize = 10;

/// An opened index that follows the commits made to it.
pub struct Index {
    dir: PathBuf,
    current: RwLock<Arc<Snapshot>>,
    last_check: Mutex<Instant>,
    trouble: Mutex<Option<Arc<EngineError>>>,
}

/// The library as one commit left it.
pub(super) struct Snapshot {
    pub(super) dir: PathBuf,
    folder: String,
    opstamp: u64,
    /// Names what it holds: folder and commit.
    pub(super) generation: String,
    pub(super) stamp: Stamp,
    pub(super) fields: Fields,
    pub(super) searcher: Searcher,
    pub(super) views: Views,
    pub(super) catalog: Catalog,
    pub(super) kept: Kept,
    pub(super) recent: Recent,
}

impl Index {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`EngineError::Missing`] without an index, [`EngineError::OtherFormat`] when
    /// another version made it.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, EngineError> {
        let dir = dir.into();
        let snapshot = Snapshot::open(&dir)?;
        Ok(Self {
            dir,
            current: RwLock::new(Arc::new(snapshot)),
            last_check: Mutex::new(Instant::now()),
            trouble: Mutex::new(None),
        })
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The library as the newest commit left it, at most some hundred
    /// milliseconds late. When a new commit cannot be opened, the last good
    /// snapshot stays in use, and [`Self::trouble`] says why.
    pub fn snapshot(&self) -> Arc<dyn Engine> {
        if self.is_check_due() {
            let newer = self.held().newer();
            let trouble = match newer {
                Ok(None) => None,
                Ok(Some(fresh)) => {
                    let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
                    *current = Arc::new(fresh);
                    None
                }
                Err(error) => Some(Arc::new(error)),
            };
            *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        }
        self.held()
    }

    /// Why the newest commit cannot be read, while an older one is in use.
    pub fn trouble(&self) -> Option<Arc<EngineError>> {
        let held = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        held.clone()
    }

    fn held(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Only one caller at a time looks; the others go on with what is there.
    fn is_check_due(&self) -> bool {
        let Ok(mut last_check) = self.last_check.try_lock() else {
            return false;
        };
        let is_due = last_check.elapsed() >= CHECK_EVERY;
        if is_due {
            *last_check = Instant::now();
        }
        is_due
    }
}

impl Snapshot {
    /// Opens the newest commit. No lock is taken, because who reads may not be allowed
    /// to write; a commit that comes meanwhile can take files away, and is opened then.
    pub(super) fn open(dir: &Path) -> Result<Self, EngineError> {
        let mut n_tries = 0;
        loop {
            let before = generation::fingerprint(dir);
            let opened = guarded(dir, || Self::open_once(dir));
            n_tries += 1;
            let has_moved = opened.is_err() && generation::fingerprint(dir) != before;
            if !has_moved || n_tries >= MAX_TRIES {
                return opened;
            }
        }
    }

    /// Opens the files of the newest commit.
    pub(super) fn open_engine(dir: &Path) -> Result<(tantivy::Index, IndexMeta), EngineError> {
        let generation = named(dir)?;
        let engine = |source| engine_error(dir, source);
        let files = ReadFiles::open(&generation::path(dir, &generation));
        let index = tantivy::Index::open(files.map_err(|error| engine(error.into()))?);
        let index = index.map_err(engine)?;
        let metas = index.load_metas().map_err(engine)?;
        Ok((index, metas))
    }

    fn open_once(dir: &Path) -> Result<Self, EngineError> {
        let folder = named(dir)?;
        let engine = |source| engine_error(dir, source);
        let (index, metas) = Self::open_engine(dir)?;
        let stamp = seal::read(dir, metas.payload.as_deref())?;
        tokenizers::register(&index);
        let reader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()
            .map_err(engine)?;
        let (_, fields) = Fields::build();
        let searcher = reader.searcher();
        seal::check_opened(dir, &searcher)?;
        let catalog = Catalog::new(load_documents(&searcher, &fields, dir)?);
        let views = Views::open(&searcher, &catalog).map_err(engine)?;
        Ok(Self {
            dir: dir.to_owned(),
            generation: format!("{folder}.{}", metas.opstamp),
            folder,
            opstamp: metas.opstamp,
            stamp,
            fields,
            searcher,
            views,
            catalog,
            kept: Kept::default(),
            recent: Recent::default(),
        })
    }

    /// The snapshot of a newer commit, if there is one.
    fn newer(&self) -> Result<Option<Self>, EngineError> {
        let current = generation::current(&self.dir);
        let current = current.map_err(|source| EngineError::io(&self.dir, source))?;
        if current == Current::Named(self.folder.clone()) {
            let metas = self
                .searcher
                .index()
                .load_metas()
                .map_err(|source| self.engine_error(source))?;
            // What is merged is the same commit in other segments.
            let held = self.searcher.segment_readers();
            let is_held = |id| held.iter().any(|held| held.segment_id() == id);
            let is_same = metas.segments.len() == held.len()
                && metas.segments.iter().all(|segment| is_held(segment.id()));
            if metas.opstamp == self.opstamp && is_same {
                return Ok(None);
            }
        }
        Self::open(&self.dir).map(Some)
    }
}

/// The generation that counts.
fn named(dir: &Path) -> Result<String, EngineError> {
    match generation::current(dir) {
        Ok(Current::Named(name)) => Ok(name),
        Ok(Current::Damaged(what)) => Err(EngineError::damaged(dir, what)),
        Ok(Current::Missing) => Err(EngineError::Missing {
            dir: dir.to_owned(),
        }),
        Err(error) => Err(EngineError::io(dir, error)),
    }
}
