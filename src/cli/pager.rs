//! Pages what is longer than a terminal.
//!
//! Where stdout is a terminal, commands that list things write into the program that PAGER
//! names (`less` without it, which ends by itself when everything fits on one screen).

use super::args::{Args, Command};

#[cfg(unix)]
pub(super) use unix::start;

/// Whether a command lists things that are read from top to bottom.
#[cfg_attr(not(unix), expect(dead_code, reason = "only Unix has pagers"))]
fn lists(command: &Command) -> bool {
    matches!(
        command,
        Command::Search(_)
            | Command::Trace(_)
            | Command::Check(_)
            | Command::Compare(_)
            | Command::Evolve(_)
            | Command::Targets(_)
            | Command::Themes(_)
            | Command::Show(_)
            | Command::Outline(_)
            | Command::Documents(_)
    )
}

/// Without a terminal that has pagers nothing is paged.
#[cfg(not(unix))]
pub(super) fn start(_: &Args) {}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{IsTerminal as _, Write as _};
    use std::process::{Child, Command as Process, Stdio};

    use super::{Args, lists};
    use crate::stop::{Waiting, on_stop};

    /// A pager at work; it is waited for when this is dropped.
    pub(crate) struct Pager {
        child: Child,
        /// Ctrl-C is for the pager as long as it runs.
        _waiting: Option<Waiting>,
    }

    /// Lets stdout lead into a pager, where that makes sense.
    pub(crate) fn start(args: &Args) -> Option<Pager> {
        let is_listing = args.command.as_ref().is_some_and(lists);
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if args.no_pager || !is_listing || is_dumb || !std::io::stdout().is_terminal() {
            return None;
        }
        let program = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
        let mut words = program.split_whitespace();
        let mut process = Process::new(words.next()?);
        process.args(words).stdin(Stdio::piped());
        for (name, value) in [("LESS", "FRX"), ("LESSCHARSET", "utf-8")] {
            if std::env::var_os(name).is_none() {
                process.env(name, value);
            }
        }
        let mut child = process.spawn().ok()?;
        let stdin = child.stdin.take()?;
        rustix::stdio::dup2_stdout(&stdin).ok()?;
        Some(Pager {
            child,
            _waiting: on_stop(|_| {}).ok(),
        })
    }

    impl Drop for Pager {
        fn drop(&mut self) {
            let _ = std::io::stdout().flush();
            // The pager sees the end of its input only when stdout leads elsewhere.
            if let Ok(nowhere) = File::options().write(true).open("/dev/null") {
                let _ = rustix::stdio::dup2_stdout(&nowhere);
            }
            let _ = self.child.wait();
        }
    }
}
