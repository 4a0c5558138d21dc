//! What a run that ends early leaves, and who takes it away.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::generation::{self, Current};

/// Takes away, when it goes out of scope, what was begun and not finished. It stands
/// behind the engine in the writer, so the engine has closed its files by then.
#[derive(Debug)]
pub(super) struct Leftovers {
    dir: PathBuf,
    generation: String,
    is_new_generation: bool,
    is_new_dir: bool,
    is_finished: bool,
}

impl Leftovers {
    pub(super) fn new(dir: &Path, generation: &str, is_new: bool, is_new_dir: bool) -> Self {
        Self {
            dir: dir.to_owned(),
            generation: generation.to_owned(),
            is_new_generation: is_new,
            is_new_dir,
            is_finished: false,
        }
    }

    /// What was begun counts from now on.
    pub(super) fn finished(&mut self) {
        self.is_finished = true;
    }
}

/// How often it is tried to take everything away.
const MAX_TRIES: usize = 50;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// Takes away all generations of a folder without a commit, and the folder itself where
/// nothing else is in it; says whether they are gone.
fn is_taken_away(dir: &Path, is_new_dir: bool) -> bool {
    let _ = generation::remove_others(dir, None);
    let is_empty = generation::is_none(dir);
    if is_empty && is_new_dir {
        let _ = fs::remove_file(dir.join(generation::LOCK));
        // Only an empty folder goes.
        let _ = fs::remove_dir(dir);
    }
    is_empty
}

/// Takes away what a run of this process has begun in the folder and will not finish;
/// `is_new_dir` says that the run made the folder. To be called from the thread that
/// commits, when the program ends next: what counts is put in force by no other one.
pub fn take_away_unfinished(dir: &Path, is_new_dir: bool) {
    match generation::current(dir) {
        Ok(Current::Named(name)) => {
            let _ = generation::remove_others(dir, Some(&name));
            let _ = generation::sweep(&generation::path(dir, &name));
        }
        Ok(Current::Missing) => {
            // Threads that write go on meanwhile, and may put a file where all were gone.
            for _ in 0..MAX_TRIES {
                if is_taken_away(dir, is_new_dir) {
                    break;
                }
                std::thread::sleep(BETWEEN_TRIES);
            }
        }
        Ok(Current::Damaged(_)) | Err(_) => {}
    }
}

impl Drop for Leftovers {
    fn drop(&mut self) {
        let path = generation::path(&self.dir, &self.generation);
        if self.is_finished || !self.is_new_generation {
            let _ = generation::sweep(&path);
            return;
        }
        let _ = fs::remove_dir_all(path);
        if self.is_new_dir {
            let _ = fs::remove_file(self.dir.join(generation::LOCK));
            // Only an empty folder goes.
            let _ = fs::remove_dir(&self.dir);
        }
    }
}
