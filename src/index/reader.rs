//! Reading an index: opening it, taking up new commits, looking things up.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tantivy::{DocAddress, IndexMeta, Searcher, Term};

use super::catalog::Catalog;
use super::collect::collect;
use super::condition::Library;
use super::edition::Fate;
use super::entries::{addresses, load_documents, read_record};
use super::error::IndexError;
use super::files::ReadFiles;
use super::generation::Current;
use super::guard::guarded;
use super::kept::Kept;
use super::lookup::{Found, FoundHit, Lookup, MAX_PLACES, Place};
use super::occurrences::{Counted, Counting, count};
use super::origin::Origin;
use super::recent::Recent;
use super::record::PassageRecord;
use super::schema::Fields;
use super::stamp::Stamp;
use super::standing::Standing;
use super::twins::Twins;
use super::view::Views;
use super::vocabulary::{self, NameKind};
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
    trouble: Mutex<Option<Arc<IndexError>>>,
}

/// The library as one commit left it.
pub struct Snapshot {
    dir: PathBuf,
    generation: String,
    opstamp: u64,
    stamp: Stamp,
    fields: Fields,
    pub(super) searcher: Searcher,
    views: Views,
    catalog: Catalog,
    pub(super) kept: Kept,
    recent: Recent,
}

impl Index {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`IndexError::Missing`] without an index, [`IndexError::OtherFormat`] when
    /// another version made it.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, IndexError> {
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
    pub fn snapshot(&self) -> Arc<Snapshot> {
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
    pub fn trouble(&self) -> Option<Arc<IndexError>> {
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
    pub(super) fn open(dir: &Path) -> Result<Self, IndexError> {
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
    pub(super) fn open_engine(dir: &Path) -> Result<(tantivy::Index, IndexMeta), IndexError> {
        let generation = named(dir)?;
        let engine = |source| IndexError::engine(dir, source);
        let files = ReadFiles::open(&generation::path(dir, &generation));
        let index = tantivy::Index::open(files.map_err(|error| engine(error.into()))?);
        let index = index.map_err(engine)?;
        let metas = index.load_metas().map_err(engine)?;
        Ok((index, metas))
    }

    fn open_once(dir: &Path) -> Result<Self, IndexError> {
        let generation = named(dir)?;
        let engine = |source| IndexError::engine(dir, source);
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
            generation,
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
    fn newer(&self) -> Result<Option<Self>, IndexError> {
        let current = generation::current(&self.dir);
        let current = current.map_err(|source| IndexError::io(&self.dir, source))?;
        if current == Current::Named(self.generation.clone()) {
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

    /// The documents of the library.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// What made the index.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// Number of passages.
    pub fn n_passages(&self) -> usize {
        self.catalog.n_passages()
    }

    /// Says whether anything in the library comes from `origin`.
    pub fn has(&self, origin: &Origin) -> bool {
        origin.is_known(&self.catalog, &self.views)
    }

    /// Looks up passages.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn find(&self, lookup: &Lookup) -> Result<Found, IndexError> {
        guarded(&self.dir, || self.find_unguarded(lookup))
    }

    fn find_unguarded(&self, lookup: &Lookup) -> Result<Found, IndexError> {
        let library = self.library();
        let twins =
            if lookup.is_same_together && lookup.is_scored() && lookup.each_document.is_none() {
                let twins = self.kept.get(|| Twins::open(&self.searcher));
                Some(twins.map_err(|source| self.engine_error(source))?)
            } else {
                None
            };
        let collected = collect(library, lookup, twins.as_deref())
            .map_err(|source| self.engine_error(source))?;
        let mut reasons = collected.reasons.into_iter();
        let hits = collected
            .hits
            .iter()
            .map(|(candidate, same)| {
                let passage = self.hit(candidate.address())?;
                let listed = same.iter().take(MAX_PLACES);
                let places = listed.map(|other| self.place(other.address()));
                Ok(FoundHit {
                    score: candidate.score,
                    passage,
                    n_same: same.len(),
                    same: places.collect::<Result<_, IndexError>>()?,
                    reasons: reasons.next(),
                })
            })
            .collect::<Result<_, IndexError>>()?;
        let mut facets = collected.facets;
        for value in &mut facets.theme {
            let node = self.stamp.theme_node(&value.value);
            let group = node.map(|node| node.group.clone());
            value.group = group.filter(|group| !group.is_empty());
        }
        Ok(Found {
            total: collected.total,
            n_matches: collected.n_matches,
            n_hits: collected.n_hits,
            documents: collected
                .documents
                .iter()
                .filter_map(|(idx, n)| {
                    let doc = self.catalog.documents().get(*idx as usize)?;
                    Some((doc.id.clone(), *n))
                })
                .collect(),
            hits,
            facets,
        })
    }

    /// What lookups are resolved against.
    pub(super) fn library(&self) -> Library<'_> {
        Library {
            searcher: &self.searcher,
            fields: &self.fields,
            catalog: &self.catalog,
            views: &self.views,
        }
    }

    fn place(&self, address: DocAddress) -> Result<Place, IndexError> {
        let passage = self.hit(address)?;
        Ok(Place {
            passage: passage.id.clone(),
            idx: passage.idx,
            doc: passage.doc.clone(),
        })
    }

    /// In how many passages these two characters stand one behind the other,
    /// passages that are gone but not yet swept included.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn pair_frequency(&self, first: char, second: char) -> Result<u64, IndexError> {
        let pair: String = [first, second].iter().collect();
        let term = Term::from_field_text(self.fields.pairs, &pair);
        self.ask(|| self.searcher.doc_freq(&term))
    }

    /// In how many passages a folded string stands, exactly.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn frequency(&self, folded: &str) -> Result<usize, IndexError> {
        self.ask(|| {
            let standing = Standing::of(&self.searcher, &self.fields, folded)?;
            let mut n_passages = 0;
            for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
                let docs = standing.docs(segment, reader, None)?;
                n_passages += match reader.alive_bitset() {
                    Some(alive) => docs.iter().filter(|doc| alive.is_alive(**doc)).count(),
                    None => docs.len(),
                };
            }
            Ok(n_passages)
        })
    }

    /// In how many passages a folded string or a term of the analysis stands at most, by the
    /// lengths of its lists alone.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn at_most(&self, folded: &str) -> Result<u64, IndexError> {
        self.ask(|| Ok(Standing::of(&self.searcher, &self.fields, folded)?.n_docs()))
    }

    /// Counts the places of terms, document by document.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn count(&self, counting: &Counting) -> Result<Counted, IndexError> {
        self.ask(|| {
            let twins = if counting.is_once {
                Some(self.kept.get(|| Twins::open(&self.searcher))?)
            } else {
                None
            };
            count(self.library(), counting, twins.as_deref())
        })
    }

    /// The names of a kind with the number of their passages.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn names(&self, kind: NameKind) -> Result<BTreeMap<String, u32>, IndexError> {
        self.ask(|| vocabulary::names(&self.searcher, &self.views, kind))
    }

    /// The headings and leads of each document, each once: position of the document in
    /// the catalog, text.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn headings_and_leads(&self) -> Result<BTreeSet<(usize, String)>, IndexError> {
        self.ask(|| vocabulary::headings_and_leads(&self.searcher, &self.views))
    }

    /// What was worked out of this snapshot before, or what `make` makes now. One
    /// value of each type is kept for as long as the snapshot.
    ///
    /// # Errors
    /// The error of `make`; the next call tries again.
    pub fn keep<T: Any + Send + Sync, E>(
        &self,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        self.kept.get(make)
    }

    /// Says whether a folded string stands in any passage.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn stands(&self, folded: &str) -> Result<bool, IndexError> {
        self.ask(|| Standing::of(&self.searcher, &self.fields, folded)?.is_anywhere(&self.searcher))
    }

    /// The passage with this id.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn passage(&self, id: &str) -> Result<Option<PassageRecord>, IndexError> {
        let addresses = self.addresses(&Term::from_field_text(self.fields.passage, id))?;
        addresses
            .first()
            .map(|address| self.read_record(*address))
            .transpose()
    }

    /// The passage with this id; of an earlier edition what stands for it now, and what
    /// became of it.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn passage_now(&self, id: &str) -> Result<Option<(PassageRecord, Fate)>, IndexError> {
        if let Some(passage) = self.passage(id)? {
            return Ok(Some((passage, Fate::Same)));
        }
        let Some(followed) = self.catalog().followed(id) else {
            return Ok(None);
        };
        let now = self.passages_of(&followed.doc, followed.idx..followed.idx + 1)?;
        Ok(now
            .into_iter()
            .next()
            .map(|passage| (passage, followed.fate)))
    }

    /// The passages of a document whose numbers lie in `range`, in order.
    ///
    /// # Errors
    /// [`IndexError`] when the files of the index cannot be read.
    pub fn passages_of(
        &self,
        doc: &str,
        range: std::ops::Range<usize>,
    ) -> Result<Vec<PassageRecord>, IndexError> {
        let addresses = self.addresses(&Term::from_field_text(self.fields.doc, doc))?;
        let mut numbered: Vec<(u32, DocAddress)> = addresses
            .into_iter()
            .filter_map(|address| {
                let view = self.views.segments.get(address.segment_ord as usize)?;
                Some((view.passage_idx(address.doc_id), address))
            })
            .filter(|(idx, _)| range.contains(&(*idx as usize)))
            .collect();
        numbered.sort_unstable();
        numbered
            .into_iter()
            .map(|(_, address)| self.read_record(address))
            .collect()
    }

    fn addresses(&self, term: &Term) -> Result<Vec<DocAddress>, IndexError> {
        self.ask(|| addresses(&self.searcher, term))
    }

    /// The record at a place.
    pub(super) fn hit(&self, address: DocAddress) -> Result<Arc<PassageRecord>, IndexError> {
        self.recent.get(address, || self.read_record(address))
    }

    pub(super) fn read_record<T: serde::de::DeserializeOwned>(
        &self,
        address: DocAddress,
    ) -> Result<T, IndexError> {
        guarded(&self.dir, || {
            read_record(&self.searcher, &self.dir, address)
        })
    }

    /// Asks the engine something.
    pub(super) fn ask<T>(&self, ask: impl FnOnce() -> tantivy::Result<T>) -> Result<T, IndexError> {
        guarded(&self.dir, || {
            ask().map_err(|source| self.engine_error(source))
        })
    }

    /// An error of the engine, with the folder.
    pub(super) fn engine_error(&self, source: tantivy::TantivyError) -> IndexError {
        IndexError::engine(&self.dir, source)
    }
}

/// The generation that counts.
fn named(dir: &Path) -> Result<String, IndexError> {
    match generation::current(dir) {
        Ok(Current::Named(name)) => Ok(name),
        Ok(Current::Damaged(what)) => Err(IndexError::damaged(dir, what)),
        Ok(Current::Missing) => Err(IndexError::Missing {
            dir: dir.to_owned(),
        }),
        Err(error) => Err(IndexError::io(dir, error)),
    }
}
