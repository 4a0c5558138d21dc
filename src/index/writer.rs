//! Writing an index: documents in, one commit out.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexSettings, IndexWriter, TantivyDocument, Term};

use super::error::engine_error;
use super::files::{Failure, WriteFiles};
use super::generation::Current;
use super::leftovers::Leftovers;
use super::reader::Index;
use super::record::{DocumentRecord, PassageRecord};
use super::schema::Fields;
use super::stamp::Stamp;
use super::{generation, merging, paths, seal, theme_sets, tokenizers, twins};
use plansearch_document::PassageKind;
use plansearch_engine::counting::n_chars;
use plansearch_engine::terms::{context, whole_terms};
use plansearch_engine::{EngineError, NewDocument};

/// Memory for each writing thread, in bytes. A thread that fills it writes a
/// segment, so the memory of indexing is bounded however large the library is.
const ARENA_BYTES: usize = 96 * 1024 * 1024;

/// Records are compressed in blocks of this many bytes, and one hit costs one
/// block: a quarter of the engine's default makes hits cheaper to read and the
/// index hardly larger.
const RECORD_BLOCK_BYTES: usize = 4 * 1024;

/// Writes to the index in one folder; only one can at a time.
pub struct Writer {
    dir: PathBuf,
    generation: String,
    is_new_generation: bool,
    known: Vec<Arc<DocumentRecord>>,
    old_stamp: Option<Stamp>,
    engine: IndexWriter,
    fields: Fields,
    failure: Failure,
    // Behind the engine and before the lock, in the order in which they end.
    leftovers: Leftovers,
    _lock: File,
}

impl Writer {
    /// Opens the index in `dir` for writing with `n_threads` threads, and makes
    /// it when there is none. With `rebuild` it starts anew beside the old one,
    /// which stays in force until [`Writer::commit`].
    ///
    /// # Errors
    /// [`EngineError::Locked`] when another process writes,
    /// [`EngineError::OtherFormat`] without `rebuild` on an index of another
    /// version, [`EngineError::Io`] when the folder cannot be written.
    pub fn open(dir: &Path, n_threads: usize, rebuild: bool) -> Result<Self, EngineError> {
        let io_error = |source| EngineError::io(dir, source);
        let is_new_dir = !dir.exists();
        std::fs::create_dir_all(dir).map_err(io_error)?;
        let lock = lock(dir)?;
        let current = in_force(dir, rebuild)?;
        let failure = Failure::default();
        let (generation, is_new_generation) = match current {
            Some(name) if !rebuild => (name, false),
            _ => (generation::create_next(dir).map_err(io_error)?, true),
        };
        let leftovers = Leftovers::new(dir, &generation, is_new_generation, is_new_dir);
        let path = generation::path(dir, &generation);
        let engine_error = |source| match failure.take() {
            Some(cause) => EngineError::io(dir, cause),
            None => engine_error(dir, source),
        };
        let (schema, fields) = Fields::build();
        let files =
            WriteFiles::open(&path, &failure).map_err(|error| engine_error(error.into()))?;
        let index = if is_new_generation {
            let builder = tantivy::Index::builder()
                .schema(schema)
                .settings(settings());
            builder.open_or_create(files).map_err(engine_error)?
        } else {
            tantivy::Index::open(files).map_err(engine_error)?
        };
        let mut old_stamp = None;
        let mut known = Vec::new();
        if !is_new_generation {
            let metas = index.load_metas().map_err(engine_error)?;
            old_stamp = Some(seal::read(dir, metas.payload.as_deref())?);
            let snapshot = Index::open(dir)?.snapshot();
            known = snapshot.catalog().documents().to_vec();
        }
        tokenizers::register(&index);
        let n_threads = n_threads.clamp(1, 8);
        let engine: IndexWriter = index
            .writer_with_num_threads(n_threads, n_threads * ARENA_BYTES)
            .map_err(engine_error)?;
        // Segments are merged once, when all are written.
        engine.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self {
            dir: dir.to_owned(),
            generation,
            is_new_generation,
            known,
            old_stamp,
            engine,
            fields,
            failure,
            leftovers,
            _lock: lock,
        })
    }

    /// The documents that are in the index already.
    pub fn known(&self) -> &[Arc<DocumentRecord>] {
        &self.known
    }

    /// The stamp of the last commit.
    pub fn old_stamp(&self) -> Option<&Stamp> {
        self.old_stamp.as_ref()
    }

    /// Adds a document, in place of one with the same id.
    ///
    /// # Errors
    /// [`EngineError`] when the index cannot be written.
    pub fn add(&self, document: &NewDocument) -> Result<(), EngineError> {
        self.remove(&document.record.id);
        for passage in &document.passages {
            self.add_passage(&document.record.title, passage)?;
        }
        self.add_record(&document.record)
    }

    /// Adds one passage of a document titled `title`. Whoever adds passages one
    /// by one removes the old document first and adds its record at the end.
    ///
    /// # Errors
    /// [`EngineError`] when the index cannot be written.
    pub fn add_passage(&self, title: &str, passage: &PassageRecord) -> Result<(), EngineError> {
        let fields = &self.fields;
        let mut entry = TantivyDocument::new();
        entry.add_text(fields.pairs, &passage.text);
        let wide = context(title, passage);
        entry.add_text(fields.words, &wide);
        entry.add_text(fields.words, whole_terms(title, passage));
        entry.add_text(fields.wide, wide);
        entry.add_text(fields.passage, &passage.id);
        entry.add_text(fields.doc, &passage.doc);
        entry.add_u64(fields.passage_idx, passage.idx as u64);
        let kind = passage.passage_kind();
        let kind_idx = PassageKind::ALL
            .iter()
            .position(|known| *known == kind)
            .unwrap_or(0);
        entry.add_u64(fields.kind, kind_idx as u64);
        if let Some(hash) = twins::hash(&passage.text) {
            entry.add_u64(fields.same, hash);
        }
        entry.add_u64(fields.n_chars, n_chars(passage) as u64);
        entry.add_text(fields.section, paths::key(&passage.doc, &passage.path));
        entry.add_text(fields.themes, theme_sets::key(&passage.themes));
        let words = passage.themes.iter().flat_map(|theme| &theme.words);
        let inside = words.filter(|word| word.place.is_inside());
        let terms: BTreeSet<&str> = inside.map(|word| word.term.as_str()).collect();
        for term in terms {
            entry.add_text(fields.term, term);
        }
        if let Some(lead) = passage.lead_text() {
            entry.add_text(fields.lead, lead);
        }
        entry.add_text(fields.record, serde_json::to_string(passage)?);
        self.engine
            .add_document(entry)
            .map_err(|source| self.engine_error(source))?;
        Ok(())
    }

    /// Adds the entry of a document, in place of one with the same id; its
    /// passages stay.
    ///
    /// # Errors
    /// [`EngineError`] when the index cannot be written.
    pub fn add_record(&self, record: &DocumentRecord) -> Result<(), EngineError> {
        self.engine
            .delete_term(Term::from_field_text(self.fields.document, &record.id));
        let mut entry = TantivyDocument::new();
        entry.add_text(self.fields.document, &record.id);
        entry.add_text(self.fields.section, "");
        entry.add_text(self.fields.themes, "");
        entry.add_text(self.fields.record, serde_json::to_string(record)?);
        self.engine
            .add_document(entry)
            .map_err(|source| self.engine_error(source))?;
        Ok(())
    }

    /// Removes a document with its passages.
    pub fn remove(&self, id: &str) {
        self.engine
            .delete_term(Term::from_field_text(self.fields.doc, id));
        self.engine
            .delete_term(Term::from_field_text(self.fields.document, id));
    }

    /// Makes everything since the last commit visible in one step, and ends.
    ///
    /// # Errors
    /// [`EngineError`] when the index cannot be written; the last commit stays.
    pub fn commit(mut self, stamp: &Stamp) -> Result<(), EngineError> {
        let dir = self.dir.clone();
        let failure = self.failure.clone();
        let engine_error = |source| match failure.take() {
            Some(cause) => EngineError::io(&dir, cause),
            None => engine_error(&dir, source),
        };
        let io_error = |source| EngineError::io(&dir, source);
        let payload = seal::payload(stamp)?;
        let mut prepared = self.engine.prepare_commit().map_err(engine_error)?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(engine_error)?;
        self.merge();
        self.engine.wait_merging_threads().map_err(engine_error)?;
        if self.is_new_generation {
            generation::switch_to(&self.dir, &self.generation).map_err(io_error)?;
        }
        self.leftovers.finished();
        generation::remove_others(&self.dir, Some(&self.generation)).map_err(io_error)
    }

    /// Makes segments one where that is worth its time. The commit stands already, so
    /// where it fails, on a full disk, the index is as good with the segments it has.
    fn merge(&mut self) {
        let segments = self.engine.index().searchable_segment_metas();
        let merged = segments.map(merging::to_merge).unwrap_or_default();
        if !merged.is_empty() {
            let _ = self.engine.merge(&merged).wait();
        }
    }

    /// What the system said counts more than that a thread of the engine has ended.
    fn engine_error(&self, source: tantivy::TantivyError) -> EngineError {
        match self.failure.take() {
            Some(cause) => EngineError::io(&self.dir, cause),
            None => engine_error(&self.dir, source),
        }
    }
}

/// The generation in force, when what killed runs left is gone. A pointer that is lost
/// is found again where a commit lies; without one a damaged index is only replaced by
/// whoever says so.
fn in_force(dir: &Path, rebuild: bool) -> Result<Option<String>, EngineError> {
    let io_error = |source| EngineError::io(dir, source);
    let name = match generation::current(dir).map_err(io_error)? {
        Current::Named(name) => Some(name),
        Current::Missing => None,
        Current::Damaged(what) => match generation::newest_committed(dir).map_err(io_error)? {
            Some(name) => {
                generation::switch_to(dir, &name).map_err(io_error)?;
                Some(name)
            }
            None if rebuild => return Ok(None),
            None => return Err(EngineError::damaged(dir, what)),
        },
    };
    // The lock says that no other run is filling one of them.
    generation::remove_others(dir, name.as_deref()).map_err(io_error)?;
    if let Some(name) = &name {
        generation::sweep(&generation::path(dir, name)).map_err(io_error)?;
    }
    Ok(name)
}

/// How the engine stores what is written.
pub(super) fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: RECORD_BLOCK_BYTES,
        ..IndexSettings::default()
    }
}

/// Takes the lock of the folder; it is given back when the file closes.
fn lock(dir: &Path) -> Result<File, EngineError> {
    let io_error = |source| EngineError::io(dir, source);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(dir.join(generation::LOCK))
        .map_err(io_error)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(EngineError::Locked {
            dir: dir.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(io_error(source)),
    }
}
