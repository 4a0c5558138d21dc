//! What stops the engine is an error for who asked, not the end of the program.
//!
//! The engine believes what it reads: a damaged file can send it to a place that is not
//! there, where its thread ends. That is caught at the surface of this folder, and what
//! the runtime would print of it is kept with the error (and printed all the same where
//! `RUST_BACKTRACE` asks for it).

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Once, OnceLock};

use super::error::EngineError;

thread_local! {
    /// How many guards are around this thread's work.
    static N_GUARDS: Cell<usize> = const { Cell::new(0) };
    /// What the runtime said last.
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Threads of an engine itself, by the beginnings of their names.
static ENGINE_THREADS: OnceLock<&[&str]> = OnceLock::new();

/// Names threads of an engine, by the beginnings of their names: what stops them becomes an
/// error too, so it is kept off the terminal.
pub fn know_threads(beginnings: &'static [&'static str]) {
    ENGINE_THREADS.get_or_init(|| beginnings);
}

/// Asks the engine; where it stops, that is an error.
///
/// # Errors
/// That of what is asked, or [`EngineError::Stopped`].
pub fn guarded<T>(
    dir: &Path,
    ask: impl FnOnce() -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    let asked = catch_unwind(AssertUnwindSafe(|| quietly(ask)));
    asked.unwrap_or_else(|_| {
        Err(EngineError::Stopped {
            dir: dir.to_owned(),
            at: SAID.take(),
        })
    })
}

/// Does work in a thread beside a guarded one, which takes over how it ends.
pub fn quietly<T>(work: impl FnOnce() -> T) -> T {
    struct Within;
    impl Drop for Within {
        fn drop(&mut self) {
            N_GUARDS.set(N_GUARDS.get().saturating_sub(1));
        }
    }
    keep_what_is_said();
    N_GUARDS.set(N_GUARDS.get() + 1);
    let _within = Within;
    work()
}

/// Keeps off the terminal what becomes an error.
fn keep_what_is_said() {
    static KEPT: Once = Once::new();
    if std::env::var_os("RUST_BACKTRACE").is_some() {
        return;
    }
    KEPT.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let thread = std::thread::current();
            let is_of_engine = thread.name().is_some_and(|name| {
                let mut beginnings = ENGINE_THREADS.get().into_iter().copied().flatten();
                beginnings.any(|beginning| name.starts_with(*beginning))
            });
            if N_GUARDS.get() > 0 {
                SAID.replace(panic.to_string());
            } else if !is_of_engine {
                before(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stops_inside_is_an_error_with_what_was_said() {
        let stopped: Result<(), _> = guarded(Path::new("ix"), || panic!("no such place"));
        let Err(EngineError::Stopped { at, .. }) = stopped else {
            panic!("{stopped:?}");
        };
        let is_kept = std::env::var_os("RUST_BACKTRACE").is_none();
        assert_eq!(at.contains("no such place"), is_kept, "{at}");
        assert_eq!(N_GUARDS.get(), 0);
    }
}
