//! Ctrl-C, and the request to end that systems send (SIGTERM).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;

/// Exit status of a run that a signal ended, as shells count it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stop {
    /// Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Stop {
    /// 128 and the number of the signal.
    pub(super) fn status(self) -> i32 {
        match self {
            Self::Interrupt => 130,
            Self::Terminate => 143,
        }
    }
}

/// While it lives, signals end the program as [`on_stop`] was told.
pub(super) struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// Calls `end` with the first signal; it ends the program. An index that is
/// being written needs no more care: its last commit stays in force.
pub(super) fn on_stop(end: impl FnOnce(Stop) + Send + 'static) -> anyhow::Result<Waiting> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot wait for signals")?;
    let stopped = {
        let _guard = runtime.enter();
        waiting().context("cannot wait for signals")?
    };
    let is_waiting = Arc::new(AtomicBool::new(true));
    let waiting = Waiting(Arc::clone(&is_waiting));
    std::thread::spawn(move || {
        let stop = runtime.block_on(stopped);
        if is_waiting.load(Ordering::SeqCst) {
            end(stop);
        }
    });
    Ok(waiting)
}

/// Waits for the next signal that asks to end. Each call takes part from when it is made.
pub(super) async fn stopped() -> anyhow::Result<Stop> {
    Ok(waiting().context("cannot wait for signals")?.await)
}

#[cfg(unix)]
fn waiting() -> std::io::Result<impl Future<Output = Stop> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => Stop::Interrupt,
            _ = terminate.recv() => Stop::Terminate,
        }
    })
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the twin for unix can fail")]
fn waiting() -> std::io::Result<impl Future<Output = Stop> + Send> {
    Ok(async {
        // Without a handler the system ends the program by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Stop::Interrupt
    })
}
