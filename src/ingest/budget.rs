//! How much may be in work at once.
//!
//! A file takes memory from when it is read until its passages are written, many
//! times its size. Reading threads ask here first, so that large files wait for one
//! another however many cores there are; a file larger than the whole budget is
//! alone.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of source files that are in work at once.
const BUDGET_BYTES: u64 = 64 * 1024 * 1024;

/// Counts the bytes of the files in work.
#[derive(Debug, Default)]
pub(super) struct Budget {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    n_bytes: u64,
    /// The run has ended early: nobody gives anything back any more.
    is_closed: bool,
}

impl Budget {
    /// Waits until a file of this size may be read. What is taken is given back when
    /// the share goes out of scope, unless it is handed on with what was read.
    pub(super) fn take(&self, n_bytes: u64) -> Share<'_> {
        let is_full = |state: &mut State| {
            let is_beyond = state.n_bytes.saturating_add(n_bytes) > BUDGET_BYTES;
            !state.is_closed && state.n_bytes > 0 && is_beyond
        };
        let state = self.freed.wait_while(self.lock(), is_full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        state.n_bytes = state.n_bytes.saturating_add(n_bytes);
        Share {
            budget: self,
            n_bytes,
        }
    }

    /// Gives back a share that was handed on, when its file is done.
    pub(super) fn give_back(&self, n_bytes: u64) {
        let mut state = self.lock();
        state.n_bytes = state.n_bytes.saturating_sub(n_bytes);
        drop(state);
        self.freed.notify_all();
    }

    /// Lets nobody wait any more.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.freed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What one file takes.
#[must_use]
#[derive(Debug)]
pub(super) struct Share<'a> {
    budget: &'a Budget,
    n_bytes: u64,
}

impl Share<'_> {
    /// Leaves it to the receiver of the file to give the share back.
    pub(super) fn hand_on(mut self) {
        self.n_bytes = 0;
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        if self.n_bytes > 0 {
            self.budget.give_back(self.n_bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::time::Duration;

    #[test]
    fn what_is_too_much_waits_until_enough_is_given_back() {
        let budget = Budget::default();
        let (sender, receiver) = channel();
        budget.take(BUDGET_BYTES - 10).hand_on();
        let small = budget.take(10);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                budget.take(BUDGET_BYTES * 4).hand_on();
                sender.send(()).unwrap();
                budget.close();
            });
            let waits = receiver.recv_timeout(Duration::from_millis(50));
            assert_eq!(waits, Err(RecvTimeoutError::Timeout));
            drop(small);
            budget.give_back(BUDGET_BYTES - 10);
            receiver.recv().unwrap();
        });
        drop(budget.take(1));
    }
}
