//! How long and how many.

use std::time::Duration;

/// Bounds of what a client may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a whole head, and for a connection that waits for its next request.
    pub head: Duration,
    /// For an answer of which the client takes nothing.
    pub stalled: Duration,
    /// For requests under way when the service is stopped.
    pub grace: Duration,
    /// For connections without a request when the service is stopped.
    pub idle_grace: Duration,
    /// Open connections.
    pub max_connections: usize,
}

/// Files that the service itself may open beside connections.
const OWN_FILES: u64 = 64;

/// Most connections, however many files the system allows.
const MAX_CONNECTIONS: u64 = 8192;

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            stalled: Duration::from_secs(30),
            grace: Duration::from_secs(8),
            idle_grace: Duration::from_secs(1),
            max_connections: max_connections(),
        }
    }
}

/// What the limit of open files leaves for connections. The limit is raised as far as
/// the system lets this process raise it.
fn max_connections() -> usize {
    let n_files = open_files();
    let n_left = n_files.saturating_sub(OWN_FILES).max(n_files / 2);
    usize::try_from(n_left.clamp(8, MAX_CONNECTIONS)).unwrap_or(8)
}

#[cfg(unix)]
fn open_files() -> u64 {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    let wanted = MAX_CONNECTIONS + OWN_FILES;
    let allowed = limit.maximum.unwrap_or(wanted).min(wanted);
    if limit.current.is_some_and(|current| current < allowed) {
        limit.current = Some(allowed);
        let _ = setrlimit(Resource::Nofile, limit);
    }
    getrlimit(Resource::Nofile).current.unwrap_or(wanted)
}

#[cfg(not(unix))]
fn open_files() -> u64 {
    MAX_CONNECTIONS + OWN_FILES
}
