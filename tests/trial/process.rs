//! A process, as the system counts it.

use std::time::Duration;

/// Ticks of the system's clock in a second, as `/proc` counts on Linux.
const TICKS: u64 = 100;

/// A process of this machine, by its number.
#[derive(Clone, Copy)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    /// A figure of its memory in MiB, as `VmRSS`.
    pub(crate) fn memory(self, name: &str) -> u64 {
        self.status(name) / 1024
    }

    pub(crate) fn n_threads(self) -> u64 {
        self.status("Threads")
    }

    fn status(self, name: &str) -> u64 {
        let path = format!("/proc/{}/status", self.0);
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        number.unwrap_or(0)
    }

    /// Time of the processors that it has taken so far.
    pub(crate) fn cpu(self) -> Duration {
        let path = format!("/proc/{}/stat", self.0);
        let stat = std::fs::read_to_string(path).unwrap_or_default();
        // Behind the name, which stands in brackets and may have blanks.
        let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
        let ticks = fields.split(' ').skip(11).take(2);
        let ticks: u64 = ticks.filter_map(|field| field.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 1000 / TICKS)
    }
}
