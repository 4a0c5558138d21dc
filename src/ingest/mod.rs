//! The write path: files in, one commit out.
//!
//! Answers what was read, what was unchanged and what could not be read. A file
//! that fails is reported and the rest goes on. The index changes in one step at
//! the end, so a stop at any moment leaves the last good one.

mod assemble;
mod files;
mod jsonl;
mod report;
mod sidecar;

pub use files::{SourceFile, list};
pub use report::{Failure, Report, Warning};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

use anyhow::Context as _;

use crate::index::{DocumentRecord, NewDocument, Stamp, Writer};
use crate::read::{self, Source};
use crate::theme::Catalogue;

/// A library below this many bytes is written by one thread, which gives one
/// segment and the fastest search.
const ONE_THREAD_BYTES: u64 = 8 * 1024 * 1024;

/// How many parsed files wait for the writer at most; bounds the memory.
const MAX_WAITING: usize = 4;

/// What to index, and where to.
#[derive(Debug)]
pub struct Job<'a> {
    /// Folder of the index.
    pub index_dir: &'a Path,
    /// Files and folders of the library.
    pub paths: &'a [PathBuf],
    /// Start anew instead of reading only what changed.
    pub rebuild: bool,
    /// Themes to look for.
    pub themes: &'a Catalogue,
    /// Synonyms of the library, as rules that were checked; without them those of
    /// the last run stay, but for a rebuild.
    pub synonyms: Option<&'a str>,
}

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files that are done.
    pub n_files: usize,
    /// All files.
    pub n_files_total: usize,
    /// Bytes that are done.
    pub n_bytes: u64,
    /// All bytes.
    pub n_bytes_total: u64,
}

/// Indexes a library. `progress` is told after every file.
///
/// # Errors
/// When the index cannot be written. Files that cannot be read are no errors:
/// they stand in the [`Report`].
pub fn run(job: &Job<'_>, progress: &mut dyn FnMut(Progress)) -> anyhow::Result<Report> {
    let started = Instant::now();
    let (sources, failures) = list(job.paths);
    let n_bytes_total: u64 = sources.iter().map(|source| source.size_bytes).sum();
    let n_threads = match n_bytes_total {
        0..ONE_THREAD_BYTES => 1,
        _ => n_cores(),
    };
    let writer = Writer::open(job.index_dir, n_threads, job.rebuild)?;
    let stamp = Stamp::current(
        job.themes.hash_hex(),
        job.themes.names().map(str::to_owned).collect(),
    );
    let old_stamp = writer.old_stamp();
    let old_synonyms = old_stamp.map_or("", |old| old.synonyms.as_str());
    let stamp = stamp.with_synonyms(job.synonyms.unwrap_or(old_synonyms));
    let is_other_stamp = old_stamp.is_none_or(|old| *old != stamp);
    let must_read_all = old_stamp.is_none_or(|old| !old.reads_as(&stamp));
    let mut library = Library::new(&writer, job.themes, must_read_all);
    library.report.failures = failures;
    let mut state = Progress {
        n_files: 0,
        n_files_total: sources.len(),
        n_bytes: 0,
        n_bytes_total,
    };
    progress(state);
    let (lines, texts): (Vec<_>, Vec<_>) = sources.iter().partition(|source| source.is_jsonl());
    let mut done = |source: &SourceFile| {
        state.n_files += 1;
        state.n_bytes += source.size_bytes;
        progress(state);
    };
    for source in lines {
        library.add_jsonl(source)?;
        done(source);
    }
    read_in_parallel(
        &texts,
        &library.hashes_to_skip(),
        job.themes,
        |source, outcome| {
            library.take(source, outcome)?;
            done(source);
            anyhow::Ok(())
        },
    )?;
    library.remove_gone(job.paths)?;
    let mut report = library.finish()?;
    if report.has_changes() || is_other_stamp {
        writer.commit(&stamp).context("cannot finish the index")?;
    }
    report.elapsed = started.elapsed();
    Ok(report)
}

fn n_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What became of one text file.
enum Outcome {
    Parsed {
        hash_hex: String,
        documents: Vec<NewDocument>,
        /// Parts of the file that could not be read.
        failures: Vec<Failure>,
    },
    Unchanged {
        hash_hex: String,
    },
    Failed(anyhow::Error),
}

/// Reads and parses files on all cores; `take` gets the outcomes on this thread,
/// in the order in which they are ready.
fn read_in_parallel(
    sources: &[&SourceFile],
    known_hashes: &BTreeSet<String>,
    themes: &Catalogue,
    mut take: impl FnMut(&SourceFile, Outcome) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = sync_channel::<(usize, Outcome)>(MAX_WAITING);
    std::thread::scope(|scope| {
        for _ in 0..n_cores().min(sources.len()) {
            let sender: SyncSender<_> = sender.clone();
            let next = &next;
            scope.spawn(move || {
                loop {
                    let idx = next.fetch_add(1, Ordering::Relaxed);
                    let Some(source) = sources.get(idx) else {
                        break;
                    };
                    let outcome = read_one(source, known_hashes, themes);
                    if sender.send((idx, outcome)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for (idx, outcome) in receiver {
            take(sources[idx], outcome)?;
        }
        Ok(())
    })
}

fn read_one(source: &SourceFile, known_hashes: &BTreeSet<String>, themes: &Catalogue) -> Outcome {
    try_read(source, known_hashes, themes).unwrap_or_else(Outcome::Failed)
}

fn try_read(
    source: &SourceFile,
    known_hashes: &BTreeSet<String>,
    themes: &Catalogue,
) -> anyhow::Result<Outcome> {
    let read: Source = read::read_file(&source.path)?;
    let mut hash_hex = read.hash_hex.clone();
    let mut sidecar = None;
    if let Some(path) = sidecar::beside(&source.path) {
        let shown = path.display();
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read `{shown}`"))?;
        sidecar = Some(sidecar::parse(&text).with_context(|| format!("`{shown}`"))?);
        // Another sidecar means to read again; the ids stay those of the content.
        hash_hex = blake3::hash(format!("{hash_hex}\n{text}").as_bytes())
            .to_hex()
            .to_string();
    }
    if known_hashes.contains(&hash_hex) {
        return Ok(Outcome::Unchanged { hash_hex });
    }
    let mut documents = assemble::documents(&read, source, themes);
    for document in &mut documents {
        document.record.source_hash.clone_from(&hash_hex);
        if let Some(sidecar) = &sidecar {
            sidecar.apply(&mut document.record);
        }
    }
    let failures = read
        .parts
        .iter()
        .filter_map(|part| {
            let reason = part.text.as_ref().err()?.to_string();
            let place = format!("{}/{}", source.shown, part.name);
            Some(Failure { place, reason })
        })
        .collect();
    Ok(Outcome::Parsed {
        hash_hex,
        documents,
        failures,
    })
}

/// The documents of the index while files come in.
struct Library<'a> {
    writer: &'a Writer,
    themes: &'a Catalogue,
    must_read_all: bool,
    /// Documents that were in the index, by the hash of their source.
    old: BTreeMap<String, Vec<DocumentRecord>>,
    /// Documents met in this run, by the hash of their source.
    met: BTreeMap<String, Vec<DocumentRecord>>,
    met_ids: BTreeSet<String>,
    /// Files that could not be read this time; what they held before stays.
    failed_paths: BTreeSet<String>,
    report: Report,
}

impl<'a> Library<'a> {
    fn new(writer: &'a Writer, themes: &'a Catalogue, must_read_all: bool) -> Self {
        let mut old: BTreeMap<String, Vec<DocumentRecord>> = BTreeMap::new();
        for record in writer.known() {
            old.entry(record.source_hash.clone())
                .or_default()
                .push(record.clone());
        }
        Self {
            writer,
            themes,
            must_read_all,
            old,
            met: BTreeMap::new(),
            met_ids: BTreeSet::new(),
            failed_paths: BTreeSet::new(),
            report: Report::default(),
        }
    }

    /// Sources that need not be parsed again.
    fn hashes_to_skip(&self) -> BTreeSet<String> {
        if self.must_read_all {
            return BTreeSet::new();
        }
        self.old.keys().cloned().collect()
    }

    fn take(&mut self, source: &SourceFile, outcome: Outcome) -> anyhow::Result<()> {
        match outcome {
            Outcome::Failed(error) => {
                self.failed_paths.insert(source.absolute.clone());
                self.report
                    .failures
                    .push(Failure::new(source.shown.clone(), &error));
            }
            Outcome::Unchanged { hash_hex } => {
                let records = self.old.get(&hash_hex).cloned().unwrap_or_default();
                self.meet(source, &hash_hex, records);
            }
            Outcome::Parsed {
                hash_hex,
                mut documents,
                failures,
            } => {
                // Copies with other sidecars: the first one met counts.
                if !self.met.contains_key(&hash_hex) {
                    documents.retain(|document| !self.met_ids.contains(&document.record.id));
                }
                self.report.failures.extend(failures);
                let records = documents
                    .iter()
                    .map(|document| document.record.clone())
                    .collect();
                if !self.met.contains_key(&hash_hex) {
                    for document in &documents {
                        self.writer.remove(&document.record.id);
                        for passage in &document.passages {
                            self.writer.add_passage(&document.record.title, passage)?;
                        }
                    }
                    self.report.n_new_documents += documents.len();
                }
                self.meet(source, &hash_hex, records);
            }
        }
        Ok(())
    }

    /// Notes that `source` holds these documents. The same content in another
    /// file is the same documents with one more place.
    fn meet(&mut self, source: &SourceFile, hash_hex: &str, records: Vec<DocumentRecord>) {
        let records = self.met.entry(hash_hex.to_owned()).or_insert_with(|| {
            let mut records = records;
            for record in &mut records {
                record.files.clear();
                record.paths.clear();
            }
            records
        });
        for record in records {
            self.met_ids.insert(record.id.clone());
            if !record.paths.contains(&source.absolute) {
                record.files.push(source.shown.clone());
                record.paths.push(source.absolute.clone());
            }
        }
    }

    fn add_jsonl(&mut self, source: &SourceFile) -> anyhow::Result<()> {
        let hash_hex = match jsonl::hash(&source.path) {
            Ok(hash_hex) => hash_hex,
            Err(error) => {
                self.report
                    .failures
                    .push(Failure::new(source.shown.clone(), &error));
                return Ok(());
            }
        };
        let is_known = !self.must_read_all && self.old.contains_key(&hash_hex);
        if is_known || self.met.contains_key(&hash_hex) {
            let records = self.old.get(&hash_hex).cloned().unwrap_or_default();
            self.meet(source, &hash_hex, records);
            return Ok(());
        }
        let read = jsonl::add(self.writer, source, &hash_hex, self.themes)?;
        self.report.n_new_documents += read.documents.len();
        self.report.failures.extend(read.failures);
        self.meet(source, &hash_hex, read.documents);
        Ok(())
    }

    /// Takes out documents whose files are gone from the folders of this run.
    fn remove_gone(&mut self, roots: &[PathBuf]) -> anyhow::Result<()> {
        let roots: Vec<PathBuf> = roots
            .iter()
            .filter_map(|root| std::path::absolute(root).ok())
            .collect();
        let is_below = |path: &str| roots.iter().any(|root| Path::new(path).starts_with(root));
        for record in self.old.values().flatten() {
            if self.met_ids.contains(&record.id) {
                continue;
            }
            let mut kept = record.clone();
            let places = record
                .files
                .iter()
                .cloned()
                .zip(record.paths.iter().cloned());
            let stays = |path: &str| !is_below(path) || self.failed_paths.contains(path);
            (kept.files, kept.paths) = places.filter(|(_, path)| stays(path)).unzip();
            if kept.paths.is_empty() {
                self.writer.remove(&record.id);
                self.report.n_removed_documents += 1;
                self.report.removed.push(record.title.clone());
            } else {
                self.report.count(&kept);
                if kept.paths != record.paths {
                    self.writer.add_record(&kept)?;
                    self.report.n_moved_documents += 1;
                }
            }
        }
        Ok(())
    }

    /// Writes the places of all documents and counts them.
    fn finish(mut self) -> anyhow::Result<Report> {
        let old: BTreeMap<&str, &DocumentRecord> = self
            .old
            .values()
            .flatten()
            .map(|record| (record.id.as_str(), record))
            .collect();
        for (hash_hex, records) in &self.met {
            let is_old = !self.must_read_all && self.old.contains_key(hash_hex);
            for record in records {
                let mut record = record.clone();
                // Places outside of this run's folders stay.
                if let Some(before) = old.get(record.id.as_str()) {
                    for (file, path) in before.files.iter().zip(&before.paths) {
                        if !record.paths.contains(path) && Path::new(path).exists() {
                            record.files.push(file.clone());
                            record.paths.push(path.clone());
                        }
                    }
                }
                let has_moved = old
                    .get(record.id.as_str())
                    .is_some_and(|before| before.paths != record.paths);
                if !is_old || has_moved {
                    self.writer.add_record(&record)?;
                }
                if is_old && has_moved {
                    self.report.n_moved_documents += 1;
                } else if is_old {
                    self.report.n_unchanged_documents += 1;
                }
                self.report.count(&record);
            }
        }
        Ok(self.report)
    }
}
