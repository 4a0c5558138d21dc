//! Text of pages that are pictures, by a program of the office's choice.
//!
//! The program is a command of the shell. It finds in `PLANSEARCH_FILE` the file and in
//! `PLANSEARCH_PAGE` the number of the page (from 1), and prints the text of the page in
//! UTF-8. It is bounded in time, memory and output, and what it printed is kept by content,
//! so that no page is recognised twice. What it fails at is named like any other loss.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Time for a page.
const MAX_TIME: Duration = Duration::from_mins(2);
/// Bytes of text of a page.
const MAX_OUTPUT: u64 = 1024 * 1024;
/// Address space of each process of the command, in KiB (8 GiB).
const MAX_MEMORY_KIB: u64 = 8 * 1024 * 1024;
/// Bytes of what the program says of an error.
const MAX_MESSAGE: u64 = 300;
/// How often a running program is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A recogniser, and where its results are kept.
#[derive(Debug)]
pub struct Ocr {
    command: String,
    kept: PathBuf,
    max_time: Duration,
}

/// A page that was not recognised, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failed {
    #[error("the recogniser cannot be run ({0})")]
    Run(String),
    #[error("the recogniser took more than {0} s")]
    Slow(u64),
    #[error("the recogniser printed more than {MAX_OUTPUT} bytes")]
    Long,
    #[error("the recogniser ended with {0}")]
    Ended(String),
    #[error("the recogniser printed no UTF-8")]
    NoText,
}

impl Ocr {
    /// Runs `command` and keeps what it gives in the folder `kept`.
    pub fn new(command: impl Into<String>, kept: impl Into<PathBuf>) -> Self {
        Self {
            command: command.into(),
            kept: kept.into(),
            max_time: MAX_TIME,
        }
    }

    /// The lines of some pages of a file, each with its number.
    pub(super) fn pages(
        &self,
        bytes: &[u8],
        pages: &[usize],
    ) -> Vec<(usize, Result<String, Failed>)> {
        let hash = blake3::hash(bytes).to_hex().to_string();
        let mut lent: Option<Result<Lent, Failed>> = None;
        let read = pages.iter().map(|page| {
            let place = self.place(&hash, *page);
            if let Ok(text) = fs::read_to_string(&place) {
                return (*page, Ok(text));
            }
            let file = lent.get_or_insert_with(|| self.lend(bytes));
            let text = match file {
                Ok(file) => self.run(&file.0, *page),
                Err(error) => Err(error.clone()),
            };
            if let Ok(text) = &text {
                // Where it cannot be kept it is recognised again.
                let _ = fs::write(&place, text);
            }
            (*page, text)
        });
        read.collect()
    }

    fn place(&self, hash: &str, page: usize) -> PathBuf {
        let key = blake3::hash(format!("{}\n{hash}\n{page}", self.command).as_bytes());
        self.kept.join(format!("{}.txt", key.to_hex()))
    }

    /// Writes the content to a file for the program; it may be a part of an archive.
    fn lend(&self, bytes: &[u8]) -> Result<Lent, Failed> {
        static N_LENT: AtomicUsize = AtomicUsize::new(0);
        let nth = N_LENT.fetch_add(1, Ordering::Relaxed);
        let failed = |error: io::Error| Failed::Run(error.to_string());
        fs::create_dir_all(&self.kept).map_err(failed)?;
        let name = format!("page-{}-{nth}", std::process::id());
        let lent = Lent(std::path::absolute(self.kept.join(name)).map_err(failed)?);
        fs::write(&lent.0, bytes).map_err(failed)?;
        Ok(lent)
    }

    fn run(&self, file: &Path, page: usize) -> Result<String, Failed> {
        let bounded = format!("ulimit -v {MAX_MEMORY_KIB} 2>/dev/null\n{}", self.command);
        let mut command = Command::new("sh");
        command
            .args(["-c", &bounded])
            .env("PLANSEARCH_FILE", file)
            .env("PLANSEARCH_PAGE", page.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command
            .spawn()
            .map_err(|error| Failed::Run(error.to_string()))?;
        let text = child.stdout.take().map(|out| collect(out, MAX_OUTPUT + 1));
        let said = child.stderr.take().map(|out| collect(out, MAX_MESSAGE));
        let ended = self.wait(&mut child);
        // What it has started goes with it, and so do the pipes that they hold.
        end_group(&child);
        let text = text.map(JoinHandle::join);
        let said = said.map(JoinHandle::join);
        let status = ended?;
        if !status.success() {
            let said = said.and_then(Result::ok).unwrap_or_default();
            let said = String::from_utf8_lossy(&said).trim().replace('\n', " ");
            return Err(Failed::Ended(format!("{status}: {said}")));
        }
        let text = text.and_then(Result::ok).unwrap_or_default();
        if text.len() as u64 > MAX_OUTPUT {
            return Err(Failed::Long);
        }
        String::from_utf8(text).map_err(|_| Failed::NoText)
    }

    fn wait(&self, child: &mut Child) -> Result<std::process::ExitStatus, Failed> {
        let started = Instant::now();
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status),
                Ok(None) if started.elapsed() < self.max_time => std::thread::sleep(LOOK_EVERY),
                Ok(None) => {
                    end_group(child);
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(Failed::Slow(self.max_time.as_secs()));
                }
                Err(error) => return Err(Failed::Run(error.to_string())),
            }
        }
    }
}

/// Reads up to `most` bytes; the rest is read away, so that the program is not held up.
fn collect(out: impl Read + Send + 'static, most: u64) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut out = out;
        let mut bytes = Vec::new();
        let _ = out.by_ref().take(most).read_to_end(&mut bytes);
        let _ = io::copy(&mut out, &mut io::sink());
        bytes
    })
}

/// Ends all processes that the command has started.
#[cfg(unix)]
fn end_group(child: &Child) {
    let group = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    if let Some(group) = group {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_group(_: &Child) {}

/// A file that is there as long as it is needed.
struct Lent(PathBuf);

impl Drop for Lent {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn ask(command: &str, dir: &Path) -> Vec<(usize, Result<String, Failed>)> {
        let ocr = Ocr {
            max_time: Duration::from_millis(500),
            ..Ocr::new(command, dir)
        };
        ocr.pages("扫描".as_bytes(), &[1, 3])
    }

    #[test]
    fn pages_are_recognised_once_and_nothing_is_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        let runs = dir.path().join("runs");
        let command = format!(
            "echo x >> '{}'; cat \"$PLANSEARCH_FILE\"; echo \" $PLANSEARCH_PAGE\"",
            runs.display()
        );
        let kept = dir.path().join("ocr");
        for _ in 0..2 {
            let pages = ask(&command, &kept);
            assert_eq!(pages[0], (1, Ok("扫描 1\n".to_owned())));
            assert_eq!(pages[1], (3, Ok("扫描 3\n".to_owned())));
        }
        assert_eq!(fs::read_to_string(runs).unwrap().lines().count(), 2);
        assert_eq!(fs::read_dir(&kept).unwrap().count(), 2);
    }

    #[test]
    fn what_a_recogniser_fails_at_is_said() {
        let dir = tempfile::tempdir().unwrap();
        for (command, expect) in [
            (
                "echo 坏 >&2; exit 3",
                "the recogniser ended with exit status: 3: 坏",
            ),
            ("sleep 60 | cat", "the recogniser took more than 0 s"),
            (
                "yes 扫 | head -c 2000000",
                "the recogniser printed more than 1048576 bytes",
            ),
            ("printf '\\377\\376'", "the recogniser printed no UTF-8"),
        ] {
            let (_, page) = ask(command, dir.path()).remove(0);
            assert_eq!(page.unwrap_err().to_string(), expect);
        }
    }
}
