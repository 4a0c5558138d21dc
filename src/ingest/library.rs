//! The documents of the index while the files of a run come in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::editions::Editions;
use super::files::{SourceFile, Unlisted};
use super::jsonl;
use super::report::{Failure, Report};
use super::{Outcome, Parsed};
use plansearch_engine::record::Unread;
use plansearch_engine::{DocumentRecord, path_of_key, place_key};
use plansearch_index::Writer;
use plansearch_read::{PAGE_IS_PICTURE, shown_path};
use plansearch_theme::Catalogue;

/// The documents of the index while files come in.
pub(super) struct Library<'a> {
    writer: &'a Writer,
    themes: &'a Catalogue,
    must_read_all: bool,
    editions: Editions<'a>,
    /// Documents that were in the index, by the hash of their source.
    old: BTreeMap<String, Vec<DocumentRecord>>,
    /// Documents met in this run, by the hash of their source.
    met: BTreeMap<String, Vec<DocumentRecord>>,
    met_ids: BTreeSet<String>,
    /// Files and folders that could not be read this time, by the text that stands for
    /// their path; what they held before stays.
    failed_paths: BTreeSet<PathBuf>,
    report: Report,
}

/// The path whose steps are the text that stands for it.
fn keyed(path: &Path) -> PathBuf {
    PathBuf::from(place_key(path))
}

impl<'a> Library<'a> {
    pub(super) fn new(
        index_dir: &'a Path,
        writer: &'a Writer,
        themes: &'a Catalogue,
        must_read_all: bool,
        unlisted: Vec<Unlisted>,
    ) -> Self {
        let mut old: BTreeMap<String, Vec<DocumentRecord>> = BTreeMap::new();
        for record in writer.known() {
            old.entry(record.source_hash.clone())
                .or_default()
                .push(record.as_ref().clone());
        }
        Self {
            writer,
            themes,
            must_read_all,
            editions: Editions::of(index_dir),
            old,
            met: BTreeMap::new(),
            met_ids: BTreeSet::new(),
            failed_paths: unlisted.iter().map(|one| keyed(&one.path)).collect(),
            report: Report {
                failures: unlisted.into_iter().map(|one| one.failure).collect(),
                ..Report::default()
            },
        }
    }

    /// Sources that need not be parsed again: with a recogniser not those that have pages
    /// to recognise.
    pub(super) fn hashes_to_skip(&self, has_ocr: bool) -> BTreeSet<String> {
        if self.must_read_all {
            return BTreeSet::new();
        }
        let waits = |record: &DocumentRecord| {
            let mut unread = record.unread.iter();
            has_ocr && unread.any(|unread| unread.reason.ends_with(PAGE_IS_PICTURE))
        };
        let old = self.old.iter();
        let old = old.filter(|(_, records)| !records.iter().any(waits));
        old.map(|(hash_hex, _)| hash_hex.clone()).collect()
    }

    pub(super) fn take(&mut self, source: &SourceFile, outcome: Outcome) -> anyhow::Result<()> {
        match outcome {
            Outcome::Failed(reason) => self.fail(source, reason),
            Outcome::Unchanged { hash_hex } => {
                let records = self.old.get(&hash_hex).cloned().unwrap_or_default();
                self.meet(source, &hash_hex, records);
            }
            Outcome::Parsed(parsed) => self.add_parsed(source, parsed)?,
        }
        Ok(())
    }

    fn fail(&mut self, source: &SourceFile, reason: String) {
        self.failed_paths.insert(PathBuf::from(&source.absolute));
        self.report.failures.push(Failure {
            place: source.shown.clone(),
            reason,
            is_partial: false,
        });
    }

    /// Keeps what was not read with the first document of the file, so that later
    /// runs tell it too. A file without any is read again by each run.
    fn note_unread(
        &mut self,
        source: &SourceFile,
        first: Option<&mut DocumentRecord>,
        unread: Vec<Unread>,
    ) {
        if let Some(first) = first {
            first.unread = unread;
            return;
        }
        let failures = unread.iter().map(|one| Failure::of(&source.shown, one));
        self.report.failures.extend(failures);
    }

    fn add_parsed(&mut self, source: &SourceFile, parsed: Parsed) -> anyhow::Result<()> {
        let Parsed {
            hash_hex,
            mut documents,
            unread,
            passed_over,
        } = parsed;
        let is_first = !self.met.contains_key(&hash_hex);
        if is_first {
            // Copies with other sidecars: the first one met counts.
            documents.retain(|document| !self.met_ids.contains(&document.record.id));
            self.editions.note(source, &mut documents);
        }
        let first = documents.first_mut().map(|first| &mut first.record);
        self.note_unread(source, first, unread);
        match documents.first_mut() {
            Some(first) => first.record.passed_over = passed_over,
            None => self.report.pass_over(&source.shown, &passed_over),
        }
        if is_first {
            for document in &documents {
                self.writer.remove(&document.record.id);
                for passage in &document.passages {
                    self.writer.add_passage(&document.record.title, passage)?;
                }
            }
            self.report.n_new_documents += documents.len();
        }
        let records = documents
            .into_iter()
            .map(|document| document.record)
            .collect();
        self.meet(source, &hash_hex, records);
        Ok(())
    }

    /// Notes that `source` holds these documents. The same content in another
    /// file is the same documents with one more place.
    fn meet(&mut self, source: &SourceFile, hash_hex: &str, records: Vec<DocumentRecord>) {
        // What holds no document by its name may hold one by another name.
        if records.is_empty() && !self.met.contains_key(hash_hex) {
            return;
        }
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

    /// Adds a file of ready-made passages; `progress` is told how many of its
    /// bytes are read.
    pub(super) fn add_jsonl(
        &mut self,
        source: &SourceFile,
        hash_hex: anyhow::Result<String>,
        progress: &mut dyn FnMut(u64),
    ) -> anyhow::Result<()> {
        let hash_hex = match hash_hex {
            Ok(hash_hex) => hash_hex,
            Err(error) => {
                self.fail(source, format!("{error:#}"));
                return Ok(());
            }
        };
        let is_known = !self.must_read_all && self.old.contains_key(&hash_hex);
        if is_known || self.met.contains_key(&hash_hex) {
            let records = self.old.get(&hash_hex).cloned().unwrap_or_default();
            self.meet(source, &hash_hex, records);
            return Ok(());
        }
        let is_taken = |id: &str| self.is_taken(id, source);
        let writing = jsonl::Writing {
            writer: self.writer,
            themes: self.themes,
            is_taken: &is_taken,
        };
        let mut read = jsonl::add(&writing, source, &hash_hex, progress)?;
        self.report.n_new_documents += read.documents.len();
        self.note_unread(source, read.documents.first_mut(), read.unread);
        self.meet(source, &hash_hex, read.documents);
        Ok(())
    }

    /// Says whether another file that is still there brought a document of this id.
    fn is_taken(&self, id: &str, source: &SourceFile) -> bool {
        let is_elsewhere = |record: &DocumentRecord| {
            let mut paths = record.paths.iter();
            record.id == id
                && paths.any(|path| *path != source.absolute && path_of_key(path).exists())
        };
        self.met_ids.contains(id) || self.old.values().flatten().any(is_elsewhere)
    }

    /// Keeps the documents of a folder that holds no file any more, and says so: a
    /// share that is not there looks like an empty folder, and nobody empties a
    /// library at once without meaning to start anew.
    pub(super) fn keep_emptied(&mut self, roots: &[PathBuf], sources: &[SourceFile]) {
        for root in roots.iter().filter(|root| root.is_dir()) {
            let Ok(absolute) = std::path::absolute(root) else {
                continue;
            };
            let absolute = keyed(&absolute);
            let is_below = |path: &str| Path::new(path).starts_with(&absolute);
            let is_emptied = !sources.iter().any(|source| is_below(&source.absolute));
            let old = self.old.values().flatten();
            let n_kept = old
                .filter(|record| record.paths.iter().any(|path| is_below(path)))
                .filter(|record| !self.met_ids.contains(&record.id))
                .count();
            if is_emptied && n_kept > 0 {
                self.failed_paths.insert(absolute);
                self.report.failures.push(Failure {
                    place: shown_path(root),
                    reason: format!(
                        "the folder holds no files; its {n_kept} documents stay in the index; hint: if they shall go, use `--rebuild`"
                    ),
                    is_partial: false,
                });
            }
        }
    }

    /// Takes out documents whose files are gone from the folders of this run.
    pub(super) fn remove_gone(&mut self, roots: &[PathBuf]) -> anyhow::Result<()> {
        let roots: Vec<PathBuf> = roots
            .iter()
            .filter_map(|root| Some(keyed(&std::path::absolute(root).ok()?)))
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
            let has_failed = |path: &str| {
                let mut above = Path::new(path).ancestors();
                above.any(|path| self.failed_paths.contains(path))
            };
            let stays = |path: &str| !is_below(path) || has_failed(path);
            (kept.files, kept.paths) = places.filter(|(_, path)| stays(path)).unzip();
            if kept.paths.is_empty() {
                self.writer.remove(&record.id);
                self.report.n_removed_documents += 1;
                self.report.removed.push(record.title.clone());
            } else {
                self.report.count(&kept, false);
                if kept.paths != record.paths {
                    self.writer.add_record(&kept)?;
                    self.report.n_moved_documents += 1;
                }
            }
        }
        Ok(())
    }

    /// Writes the places of all documents and counts them.
    pub(super) fn finish(mut self) -> anyhow::Result<Report> {
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
                        if !record.paths.contains(path) && path_of_key(path).exists() {
                            record.files.push(file.clone());
                            record.paths.push(path.clone());
                        }
                    }
                }
                in_order(&mut record);
                let before = old.get(record.id.as_str());
                let is_elsewhere = before.is_some_and(|before| before.paths != record.paths);
                if !is_old || is_elsewhere {
                    self.writer.add_record(&record)?;
                }
                if is_old && before.is_some_and(|before| has_lost(before, &record)) {
                    self.report.n_moved_documents += 1;
                } else if is_old {
                    self.report.n_unchanged_documents += 1;
                    self.report.n_copied_documents += usize::from(is_elsewhere);
                }
                self.report.count(&record, !is_old);
                let unread = record.unread.iter();
                let failures = unread.map(|one| Failure::of(record.file(), one));
                self.report.failures.extend(failures);
                self.report.pass_over(record.file(), &record.passed_over);
            }
        }
        Ok(self.report)
    }
}

/// Puts the places of a document in the order of their paths, so that the first one does
/// not depend on which file was read first.
fn in_order(record: &mut DocumentRecord) {
    let mut places: Vec<(String, String)> = std::mem::take(&mut record.paths)
        .into_iter()
        .zip(std::mem::take(&mut record.files))
        .collect();
    places.sort();
    (record.paths, record.files) = places.into_iter().unzip();
}

/// Says whether a place of a document is none any more.
fn has_lost(before: &DocumentRecord, now: &DocumentRecord) -> bool {
    let mut paths = before.paths.iter();
    paths.any(|path| !now.paths.contains(path))
}
