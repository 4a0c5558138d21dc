//! `plansearch index`: reads a library into the index and says what happened.

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context as _;
use indicatif::ProgressBar;
use serde::Serialize;

use super::args::IndexOptions;
use super::output::Output;
use super::stop::{self, Stop};
use super::watch_command;
use plansearch_ingest::{self as ingest, Job, Progress, Report};
use plansearch_search as search;
use plansearch_theme::Catalogue;

/// How many warnings are shown; `--json` has them all.
const MAX_SHOWN_WARNINGS: usize = 10;

/// How many files that were passed over are named.
const MAX_SHOWN_LITTER: usize = 5;

pub(super) fn run(dir: &Path, options: &IndexOptions, output: Output) -> anyhow::Result<ExitCode> {
    if options.watch {
        return watch_command::run(dir, options, output);
    }
    let report = index(dir, options, output)?;
    if options.json {
        print_json(&report, output)?;
    } else {
        tell(&report, output);
    }
    Ok(if report.failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

/// How long a run that is told to stop may take to come where it can take away what it
/// has begun. While segments are merged or put in force it does not come there; the next
/// run takes it away then.
const PATIENCE: Duration = Duration::from_secs(5);

/// Indexes with a progress bar; a signal ends the program and leaves the index as
/// it was.
pub(super) fn index(dir: &Path, options: &IndexOptions, output: Output) -> anyhow::Result<Report> {
    let themes = load_themes(options.themes.as_deref())?;
    let synonyms = load_synonyms(options.synonyms.as_deref())?;
    let bar = output.progress_bar();
    let end = End {
        bar: bar.clone(),
        output,
        has_index: dir.join("CURRENT").exists(),
        is_new_dir: !dir.exists(),
    };
    let asked = Arc::new(OnceLock::new());
    let _waiting = stop::on_stop({
        let (asked, end) = (Arc::clone(&asked), end.clone());
        move |stop| {
            let _ = asked.set(stop);
            std::thread::sleep(PATIENCE);
            end.now(stop);
        }
    })?;
    let job = Job {
        index_dir: dir,
        paths: &options.paths,
        rebuild: options.rebuild,
        themes: themes.as_deref(),
        synonyms: synonyms.as_deref(),
        ocr: options.ocr.as_deref(),
    };
    let report = ingest::run(&job, &mut |progress| {
        show(&bar, progress);
        if let Some(stop) = asked.get() {
            plansearch_index::take_away_unfinished(dir, end.is_new_dir);
            end.now(*stop);
        }
    });
    bar.finish_and_clear();
    report
}

/// How a run ends that is told to stop.
#[derive(Clone)]
struct End {
    bar: ProgressBar,
    output: Output,
    has_index: bool,
    is_new_dir: bool,
}

impl End {
    /// Says what is in force and ends the program.
    fn now(&self, stop: Stop) {
        self.bar.finish_and_clear();
        self.output.talk(if self.has_index {
            "stopped; the index holds the last complete run"
        } else {
            "stopped; nothing was indexed"
        });
        std::process::exit(stop.status());
    }
}

/// Shows how far the work is.
pub(super) fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.n_bytes_total);
    bar.set_position(progress.n_bytes);
    let (n_files, n_total) = (progress.n_files, progress.n_files_total);
    let is_at_end = n_files == n_total;
    bar.set_message(if is_at_end {
        "…".to_owned()
    } else {
        format!("{n_files}/{n_total}")
    });
}

/// Reads the themes of the library; a file that is not as it should be refuses them
/// all.
pub(super) fn load_themes(path: Option<&Path>) -> anyhow::Result<Option<String>> {
    let Some(path) = path else {
        return Ok(None);
    };
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{shown}`"))?;
    Catalogue::with_own(&text).with_context(|| format!("`{shown}`"))?;
    Ok(Some(text))
}

/// Reads the synonyms of the library; a line that is no rule refuses them all.
pub(super) fn load_synonyms(path: Option<&Path>) -> anyhow::Result<Option<String>> {
    let Some(path) = path else {
        return Ok(None);
    };
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{shown}`"))?;
    search::check_synonyms(&text).with_context(|| format!("`{shown}`"))?;
    Ok(Some(text))
}

/// Tells a person what happened.
pub(super) fn tell(report: &Report, output: Output) {
    for line in not_read(report) {
        output.talk(line);
    }
    let (new, old): (Vec<_>, Vec<_>) = report.warnings.iter().partition(|one| one.is_new);
    for warning in new.iter().take(MAX_SHOWN_WARNINGS) {
        output.talk(format!("warning: {}: {}", warning.file, warning.message));
    }
    if let Some(n_more) = new.len().checked_sub(MAX_SHOWN_WARNINGS + 1) {
        output.talk(format!(
            "… and {} more warnings (--json lists them)",
            n_more + 1
        ));
    }
    if !old.is_empty() {
        output.talk(format!(
            "{} warnings of earlier runs are not repeated (--json lists them)",
            old.len()
        ));
    }
    if let Some(line) = passed_over(report) {
        output.talk(line);
    }
    output.talk(summary(report));
    if report.n_documents == 0 {
        output.talk("the library is empty; hint: give a folder with documents, as in `plansearch index ~/规划`");
    }
}

/// Every file, or piece of one, that was not read, with the reason.
pub(super) fn not_read(report: &Report) -> impl Iterator<Item = String> {
    report.failures.iter().map(|failure| {
        let what = if failure.is_partial {
            "not read whole"
        } else {
            "not read"
        };
        format!("{what}: {}: {}", failure.place, failure.reason)
    })
}

/// What was passed over, in one line: the first names, and how many more.
fn passed_over(report: &Report) -> Option<String> {
    let n_more = report.passed_over.len().saturating_sub(MAX_SHOWN_LITTER);
    let shown: Vec<&str> = report
        .passed_over
        .iter()
        .take(MAX_SHOWN_LITTER)
        .map(|file| file.rsplit('/').next().unwrap_or(file))
        .collect();
    let shown = shown.join(", ");
    match (report.passed_over.len(), n_more) {
        (0, _) => None,
        (_, 0) => Some(format!("passed over, no documents: {shown}")),
        (_, n_more) => Some(format!(
            "passed over, no documents: {shown} and {n_more} more (--json lists them)"
        )),
    }
}

/// A run in one line.
pub(super) fn summary(report: &Report) -> String {
    format!(
        "{} documents ({} read, {} unchanged, {} moved, {} removed), {} sections, {} passages, {} tables, {} warnings, {} not read, {:.1} seconds",
        report.n_documents,
        report.n_new_documents,
        report.n_unchanged_documents,
        report.n_moved_documents,
        report.n_removed_documents,
        report.n_sections,
        report.n_passages,
        report.n_tables,
        report.warnings.len(),
        report.failures.len(),
        report.elapsed.as_secs_f64(),
    )
}

/// Prints the report as one JSON object.
pub(super) fn print_json(report: &Report, output: Output) -> anyhow::Result<()> {
    output.json(&ReportJson::from(report))
}

/// The report as JSON.
#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    documents: usize,
    read: usize,
    unchanged: usize,
    moved: usize,
    removed: usize,
    sections: usize,
    passages: usize,
    tables: usize,
    warnings: Vec<WarningJson<'a>>,
    failures: Vec<FailureJson<'a>>,
    /// Files that are never documents.
    passed_over: &'a [String],
    seconds: f64,
}

#[derive(Debug, Serialize)]
struct WarningJson<'a> {
    file: &'a str,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct FailureJson<'a> {
    /// With the line or the file in the archive where there is one.
    file: &'a str,
    message: &'a str,
    /// Whether the rest of what is named was read.
    partial: bool,
}

impl<'a> From<&'a Report> for ReportJson<'a> {
    fn from(report: &'a Report) -> Self {
        Self {
            documents: report.n_documents,
            read: report.n_new_documents,
            unchanged: report.n_unchanged_documents,
            moved: report.n_moved_documents,
            removed: report.n_removed_documents,
            sections: report.n_sections,
            passages: report.n_passages,
            tables: report.n_tables,
            warnings: report
                .warnings
                .iter()
                .map(|warning| WarningJson {
                    file: &warning.file,
                    message: &warning.message,
                })
                .collect(),
            failures: report
                .failures
                .iter()
                .map(|failure| FailureJson {
                    file: &failure.place,
                    message: &failure.reason,
                    partial: failure.is_partial,
                })
                .collect(),
            passed_over: &report.passed_over,
            seconds: report.elapsed.as_secs_f64(),
        }
    }
}
