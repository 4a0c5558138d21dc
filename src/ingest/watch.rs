//! Keeps an index in step with its folders.
//!
//! Looks at names, times and sizes again and again, because network shares send
//! no events. A change counts when two looks in a row agree, so that a file that
//! is still being copied waits. Errors are given back and end nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::files::{Listed, SourceFile, list};
use super::seen::{Look, Seen};
use super::{Job, Progress, Report, run_again};

/// How long files that the system does not let us read are left alone.
const RETRY_EVERY: Duration = Duration::from_mins(1);

/// Folders that are looked at again and again.
#[derive(Debug, Default)]
pub struct Watch {
    seen: Seen,
    /// What the folders looked like when they were last read.
    done: Option<Outside>,
    /// What they looked like a moment ago.
    last: Option<Outside>,
    retry_at: Option<Instant>,
}

/// A library from outside.
type Outside = (BTreeMap<String, Option<Look>>, Vec<PathBuf>);

impl Watch {
    /// Indexes now, whatever the folders look like.
    ///
    /// # Errors
    /// As those of [`super::run`]; the next look tries again.
    pub fn index(
        &mut self,
        job: &Job<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> anyhow::Result<Report> {
        let (files, outside) = look(job);
        self.done = None;
        let report = run_again(job, &mut self.seen, progress)?;
        let is_whole = outside.1.is_empty() && files.iter().all(|file| self.seen.knows(file));
        self.retry_at = (!is_whole).then(|| Instant::now() + RETRY_EVERY);
        self.last = Some(outside.clone());
        self.done = Some(outside);
        Ok(report)
    }

    /// Looks at the folders and indexes what has changed; none when nothing has,
    /// or not yet for certain.
    pub fn look(&mut self, job: &Job<'_>) -> Option<anyhow::Result<Report>> {
        let (_, outside) = look(job);
        let is_due = self.retry_at.is_some_and(|at| at <= Instant::now());
        if self.done.as_ref() == Some(&outside) && !is_due {
            return None;
        }
        if self.last.as_ref() != Some(&outside) {
            self.last = Some(outside);
            return None;
        }
        Some(self.index(job, &mut |_| ()))
    }
}

fn look(job: &Job<'_>) -> (Vec<SourceFile>, Outside) {
    let Listed {
        files, unlisted, ..
    } = list(job.paths, job.index_dir);
    let looks = files
        .iter()
        .map(|file| (file.absolute.clone(), Look::at(file)))
        .collect();
    let unlisted = unlisted.into_iter().map(|one| one.path).collect();
    (files, (looks, unlisted))
}
