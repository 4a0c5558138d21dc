//! Runs the parser so that no file hangs or kills the program.
//!
//! The parser runs in a thread of its own with a stack of known size. Panics are
//! caught for each page: it is named in a warning, the others stay. Time
//! is measured from outside: a page that takes too long leaves its thread
//! behind, since a thread cannot be killed, and the file is refused. Threads
//! left behind end with their page; more than [`MAX_LEFT_BEHIND`] at once and
//! pdf files are refused until one has ended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

use super::super::source::Unreadable;
use super::file::File;
use super::page::Page;

/// Files with more pages are refused.
pub(super) const MAX_PAGES: usize = 5_000;
/// Longest time for a file.
const MAX_FILE_TIME: Duration = Duration::from_mins(2);
/// Longest time for opening it, and for each page.
const MAX_STEP_TIME: Duration = Duration::from_secs(20);
/// Characters of all pages together.
const MAX_GLYPHS: usize = 20_000_000;
const STACK_BYTES: usize = 64 * 1024 * 1024;
const MAX_LEFT_BEHIND: usize = 4;
const THREAD_NAME: &str = "pdf-parser";
const SPLIT_HINT: &str = "split it, or save it as plain text (.txt)";
const MAX_PAGE_WARNINGS: usize = 20;

static N_LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);

/// What the parser made of a file.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    pub(super) pages: Vec<Page>,
    pub(super) title: Option<String>,
    pub(super) losses: Vec<String>,
}

enum Step {
    Opened(usize, Option<String>),
    Page(Page),
    FailedPage(usize, String),
    Refused(Unreadable),
    Done,
}

/// Reads all pages of a file within the limits.
pub(super) fn extract(bytes: &[u8]) -> Result<Extracted, Unreadable> {
    if N_LEFT_BEHIND.load(Ordering::SeqCst) >= MAX_LEFT_BEHIND {
        return Err(Unreadable::new(
            format!("a pdf; {MAX_LEFT_BEHIND} damaged ones before it are still being read"),
            "read it again later, without the damaged ones",
        ));
    }
    silence_panics();
    let (sender, receiver) = sync_channel(16);
    let presence = Arc::new(AtomicBool::new(true));
    let (owned, in_thread) = (bytes.to_vec(), Arc::clone(&presence));
    let spawned = std::thread::Builder::new()
        .name(THREAD_NAME.to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            if catch_unwind(AssertUnwindSafe(|| parse(owned, &sender))).is_err() {
                // The other end may be gone; then nobody asks any more.
                let _ = sender.send(Step::Refused(damaged("the parser failed")));
            }
            // Whoever comes second finds `false`: only then was it counted.
            if !in_thread.swap(false, Ordering::SeqCst) {
                N_LEFT_BEHIND.fetch_sub(1, Ordering::SeqCst);
            }
        });
    if let Err(error) = spawned {
        return Err(Unreadable::new(
            format!("a pdf, and no thread to read it in ({error})"),
            "read fewer files at once",
        ));
    }
    let outcome = collect(&receiver);
    if matches!(outcome, Err(Stopped::Slow(_))) {
        N_LEFT_BEHIND.fetch_add(1, Ordering::SeqCst);
        if !presence.swap(false, Ordering::SeqCst) {
            N_LEFT_BEHIND.fetch_sub(1, Ordering::SeqCst);
        }
    }
    outcome.map_err(|stopped| match stopped {
        Stopped::Slow(reason) | Stopped::Refused(reason) => reason,
    })
}

enum Stopped {
    /// The thread may still run.
    Slow(Unreadable),
    Refused(Unreadable),
}

fn collect(receiver: &Receiver<Step>) -> Result<Extracted, Stopped> {
    let started = Instant::now();
    let mut extracted = Extracted::default();
    let (mut n_pages, mut n_glyphs, mut n_failed) = (0, 0, 0);
    loop {
        let left = MAX_FILE_TIME.saturating_sub(started.elapsed());
        let step = receiver.recv_timeout(left.min(MAX_STEP_TIME));
        match step {
            Ok(Step::Opened(n, title)) => (n_pages, extracted.title) = (n, title),
            Ok(Step::Page(page)) => {
                n_glyphs += page.glyphs.len();
                extracted.pages.push(page);
                if n_glyphs > MAX_GLYPHS {
                    let reason = format!("a pdf of more than {MAX_GLYPHS} characters");
                    return Err(Stopped::Slow(Unreadable::new(reason, SPLIT_HINT)));
                }
            }
            Ok(Step::FailedPage(number, reason)) => {
                n_failed += 1;
                if n_failed <= MAX_PAGE_WARNINGS {
                    let warning = format!("page {number} cannot be read ({reason})");
                    extracted.losses.push(warning);
                }
            }
            Ok(Step::Refused(reason)) => return Err(Stopped::Refused(reason)),
            Ok(Step::Done) => break,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Stopped::Refused(damaged("the parser ended early")));
            }
            Err(RecvTimeoutError::Timeout) => {
                let n_read = extracted.pages.len() + n_failed;
                let reason = format!(
                    "a pdf that takes too long: {n_read} of {n_pages} pages in {} s",
                    started.elapsed().as_secs()
                );
                return Err(Stopped::Slow(Unreadable::new(reason, SPLIT_HINT)));
            }
        }
    }
    if n_failed > MAX_PAGE_WARNINGS {
        let warning = format!("{n_failed} of {n_pages} pages cannot be read");
        extracted.losses.push(warning);
    }
    if extracted.pages.is_empty() {
        return Err(Stopped::Refused(damaged("no page can be read")));
    }
    Ok(extracted)
}

/// The work of the thread; ends when nobody listens any more.
fn parse(bytes: Vec<u8>, sender: &SyncSender<Step>) {
    let opened = File::open(bytes).map(|file| (file.n_pages(), file));
    let (n_pages, file) = match opened {
        Ok((n_pages, _)) if n_pages > MAX_PAGES => {
            let reason = format!("a pdf of {n_pages} pages, more than the limit of {MAX_PAGES}");
            let _ = sender.send(Step::Refused(Unreadable::new(reason, SPLIT_HINT)));
            return;
        }
        Ok(opened) => opened,
        Err(reason) => {
            let _ = sender.send(Step::Refused(reason));
            return;
        }
    };
    if sender.send(Step::Opened(n_pages, file.title())).is_err() {
        return;
    }
    for number in 1..=n_pages {
        let step = match catch_unwind(AssertUnwindSafe(|| file.page(number))) {
            Ok(Ok(page)) => Step::Page(page),
            Ok(Err(reason)) => Step::FailedPage(number, reason),
            Err(_) => Step::FailedPage(number, "the parser failed".to_owned()),
        };
        if sender.send(step).is_err() {
            return;
        }
    }
    let _ = sender.send(Step::Done);
}

fn damaged(what: &str) -> Unreadable {
    Unreadable::new(
        format!("a damaged pdf ({what})"),
        "open it in a pdf viewer and print it to a new pdf",
    )
}

/// Keeps panics of the parser's threads off the terminal: they are caught and
/// become warnings. Those of other threads print as before.
fn silence_panics() {
    static SILENCED: Once = Once::new();
    SILENCED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() != Some(THREAD_NAME) {
                before(panic);
            }
        }));
    });
}
