//! The write path: files in, one commit out.
//!
//! Answers what was read, what was unchanged and what could not be read. A file
//! that fails is reported and the rest goes on. The index changes in one step at
//! the end, so a stop at any moment leaves the last good one.

mod alone;
mod assemble;
mod budget;
mod editions;
mod files;
mod jsonl;
mod library;
mod report;
mod seen;
mod sidecar;
pub mod watch;

pub use alone::documents_in;
pub use files::{Listed, SourceFile, Unlisted, list};
pub use report::{Failure, Report, Warning};
pub use seen::Seen;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

use anyhow::Context as _;

use budget::Budget;
use library::Library;
use plansearch_engine::record::Unread;
use plansearch_engine::{NewDocument, Stamp, ThemeNode};
use plansearch_index::Writer;
use plansearch_read::{self as read, Ocr, ReadError};
use plansearch_theme::Catalogue;
use seen::{Look, Recalled};

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
    /// The library's own themes, as a file that was checked; without them those of
    /// the last run stay, but for a rebuild.
    pub themes: Option<&'a str>,
    /// Synonyms of the library, as rules that were checked; without them those of
    /// the last run stay, but for a rebuild.
    pub synonyms: Option<&'a str>,
    /// Command that recognises the text of pages that are pictures; without it they are
    /// named and not read. What it gave is kept in the folder `ocr` of the index.
    pub ocr: Option<&'a str>,
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

/// Indexes a library. `progress` is told after every file, and within long ones.
///
/// # Errors
/// When the index cannot be written. Files that cannot be read are no errors:
/// they stand in the [`Report`].
pub fn run(job: &Job<'_>, progress: &mut dyn FnMut(Progress)) -> anyhow::Result<Report> {
    run_again(job, &mut Seen::default(), progress)
}

/// Indexes a library once more. Files that look as `seen` tells, by time and
/// size, are not opened; what they look like now is noted there.
///
/// # Errors
/// As those of [`run`].
pub fn run_again(
    job: &Job<'_>,
    seen: &mut Seen,
    progress: &mut dyn FnMut(Progress),
) -> anyhow::Result<Report> {
    let started = Instant::now();
    let Listed {
        files: sources,
        unlisted,
        passed_over,
    } = list(job.paths, job.index_dir);
    refuse_nothing(job, &sources, &unlisted)?;
    let n_bytes_total: u64 = sources.iter().map(|source| source.size_bytes).sum();
    let n_threads = match n_bytes_total {
        0..ONE_THREAD_BYTES => 1,
        _ => n_cores(),
    };
    let writer = Writer::open(job.index_dir, n_threads, job.rebuild)?;
    let old_stamp = writer.old_stamp();
    let old_themes = old_stamp.map_or("", |old| old.own_themes.as_str());
    let own_themes = job.themes.unwrap_or(old_themes);
    let themes = Catalogue::with_own(own_themes)
        .context("the library's own themes; hint: `--themes FILE` gives others")?;
    let names = themes.names().map(str::to_owned).collect();
    let tree = themes.themes().map(|theme| ThemeNode {
        group: theme.group,
        under: theme.under,
    });
    let stamp =
        Stamp::current(themes.hash_hex(), names).with_theme_tree(tree.collect(), own_themes);
    let old_synonyms = old_stamp.map_or("", |old| old.synonyms.as_str());
    let stamp = stamp.with_synonyms(job.synonyms.unwrap_or(old_synonyms));
    let is_other_stamp = old_stamp.is_none_or(|old| *old != stamp);
    let must_read_all = old_stamp.is_none_or(|old| !old.reads_as(&stamp));
    let mut library = Library::new(job.index_dir, &writer, &themes, must_read_all, unlisted);
    let mut state = Progress {
        n_files: 0,
        n_files_total: sources.len(),
        n_bytes: 0,
        n_bytes_total,
    };
    progress(state);
    let (lines, texts): (Vec<_>, Vec<_>) = sources.iter().partition(|source| source.is_jsonl());
    let mut noted = Seen::default();
    for source in lines {
        let look = Look::at(source);
        let hash_hex = match seen.recall(source, look.as_ref()) {
            Some(Recalled::Hash(hash_hex)) => Ok(hash_hex.to_owned()),
            _ => jsonl::hash(&source.path),
        };
        if let Ok(hash_hex) = &hash_hex {
            let hash_hex = hash_hex.clone();
            noted.note(source, look, &Outcome::Unchanged { hash_hex });
        }
        library.add_jsonl(source, hash_hex, &mut |n_bytes| {
            progress(Progress {
                n_bytes: state.n_bytes + n_bytes,
                ..state
            });
        })?;
        state.add(source);
        progress(state);
    }
    let ocr = job
        .ocr
        .map(|command| Ocr::new(command, job.index_dir.join("ocr")));
    let known = library.hashes_to_skip(ocr.is_some());
    let reader = Reader {
        known: &known,
        ocr: ocr.as_ref(),
        themes: &themes,
        seen,
    };
    read_in_parallel(&texts, &reader, |source, look, outcome| {
        noted.note(source, look, &outcome);
        library.take(source, outcome)?;
        state.add(source);
        progress(state);
        anyhow::Ok(())
    })?;
    *seen = noted;
    library.keep_emptied(job.paths, &sources);
    library.remove_gone(job.paths)?;
    let mut report = library.finish()?;
    if report.has_changes() || is_other_stamp {
        writer.commit(&stamp).context("cannot finish the index")?;
    }
    report.passed_over.splice(0..0, passed_over);
    report.elapsed = started.elapsed();
    Ok(report)
}

/// Where there is nothing to index and no index yet, none is made.
fn refuse_nothing(
    job: &Job<'_>,
    sources: &[SourceFile],
    unlisted: &[Unlisted],
) -> anyhow::Result<()> {
    if sources.is_empty()
        && !plansearch_index::is_index(job.index_dir)
        && let [first, ..] = unlisted
        && unlisted.len() == job.paths.len()
    {
        let Failure { place, reason, .. } = &first.failure;
        anyhow::bail!(
            "`{place}`: {reason}; hint: give a folder with documents, as in `plansearch index ~/规划`"
        );
    }
    Ok(())
}

fn n_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

impl Progress {
    fn add(&mut self, source: &SourceFile) {
        self.n_files += 1;
        self.n_bytes += source.size_bytes;
    }
}

/// What became of one text file.
enum Outcome {
    Parsed(Parsed),
    Unchanged { hash_hex: String },
    Failed(String),
}

/// A file that was read.
struct Parsed {
    hash_hex: String,
    documents: Vec<NewDocument>,
    /// What of the file could not be read.
    unread: Vec<Unread>,
    /// Files in it that are never documents.
    passed_over: Vec<String>,
}

/// Reads and parses files on all cores; `take` gets the outcomes on this thread,
/// in the order in which they are ready.
fn read_in_parallel(
    sources: &[&SourceFile],
    reader: &Reader<'_>,
    mut take: impl FnMut(&SourceFile, Option<Look>, Outcome) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = sync_channel::<(usize, Option<Look>, Outcome)>(MAX_WAITING);
    let budget = Budget::default();
    std::thread::scope(|scope| {
        for _ in 0..n_cores().min(sources.len()) {
            let sender: SyncSender<_> = sender.clone();
            let (next, budget) = (&next, &budget);
            scope.spawn(move || {
                loop {
                    let idx = next.fetch_add(1, Ordering::Relaxed);
                    let Some(source) = sources.get(idx) else {
                        break;
                    };
                    let share = budget.take(source.size_bytes);
                    let (look, outcome) = reader.read(source);
                    if sender.send((idx, look, outcome)).is_err() {
                        break;
                    }
                    share.hand_on();
                }
            });
        }
        drop(sender);
        let taken = receiver.into_iter().try_for_each(|(idx, look, outcome)| {
            take(sources[idx], look, outcome)?;
            budget.give_back(sources[idx].size_bytes);
            Ok(())
        });
        budget.close();
        taken
    })
}

/// What the reading threads share.
struct Reader<'a> {
    /// Hashes of sources that need not be parsed again.
    known: &'a BTreeSet<String>,
    ocr: Option<&'a Ocr>,
    themes: &'a Catalogue,
    seen: &'a Seen,
}

impl Reader<'_> {
    /// What the file looked like before it was read, and what became of it. A
    /// file whose system fails has no look that is worth to be noted.
    fn read(&self, source: &SourceFile) -> (Option<Look>, Outcome) {
        let look = Look::at(source);
        match self.seen.recall(source, look.as_ref()) {
            Some(Recalled::Hash(hash_hex)) if self.known.contains(hash_hex) => {
                let hash_hex = hash_hex.to_owned();
                return (look, Outcome::Unchanged { hash_hex });
            }
            Some(Recalled::Failure(reason)) => {
                return (look, Outcome::Failed(reason.to_owned()));
            }
            _ => {}
        }
        match self.try_read(source) {
            Ok(outcome) => (look, outcome),
            Err(error) => {
                let is_passing = error.chain().any(|cause| {
                    cause.is::<std::io::Error>()
                        || matches!(cause.downcast_ref(), Some(ReadError::Io { .. }))
                });
                let look = look.filter(|_| !is_passing);
                (look, Outcome::Failed(format!("{error:#}")))
            }
        }
    }

    fn try_read(&self, source: &SourceFile) -> anyhow::Result<Outcome> {
        let read = read::read_file_with(&source.path, self.ocr)?;
        let mut hash_hex = read.hash_hex.clone();
        let mut sidecar = None;
        if let Some(path) = sidecar::beside(&source.path) {
            let shown = read::shown_path(&path);
            let text =
                std::fs::read_to_string(&path).with_context(|| format!("cannot read `{shown}`"))?;
            sidecar = Some(sidecar::parse(&text).with_context(|| format!("`{shown}`"))?);
            // Another sidecar means to read again; the ids stay those of the content.
            hash_hex = blake3::hash(format!("{hash_hex}\n{text}").as_bytes())
                .to_hex()
                .to_string();
        }
        if self.known.contains(&hash_hex) {
            return Ok(Outcome::Unchanged { hash_hex });
        }
        let passed_over = read.passed_over.clone();
        let (mut documents, unread) = assemble::documents(read, source, self.themes);
        for document in &mut documents {
            document.record.source_hash.clone_from(&hash_hex);
            if let Some(sidecar) = &sidecar {
                sidecar.apply(&mut document.record);
            }
            assemble::add_targets(document);
        }
        Ok(Outcome::Parsed(Parsed {
            hash_hex,
            documents,
            unread,
            passed_over,
        }))
    }
}
