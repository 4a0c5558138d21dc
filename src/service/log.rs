//! What the service tells of itself: a line a request, a line an event.
//!
//! Lines are written by a thread of their own, so that a full pipe or a slow disk holds
//! up no answer; what then finds no place is counted. What people search for stands in
//! no line unless it is asked for.

use std::io::Write;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::http::{HeaderName, Request};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The header that names a request, here and in the log.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Lines that may wait to be written.
const MAX_WAITING: usize = 4096;
/// How long the end of the service waits for them.
const MAX_FLUSH: Duration = Duration::from_secs(1);

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// A line of text.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
    /// Nothing but failures.
    Quiet,
}

/// What is logged.
#[derive(Debug, Clone, Default)]
pub struct LogOptions {
    /// Form of the lines.
    pub format: LogFormat,
    /// Whether the query of an address stands in the log.
    pub has_query: bool,
    /// Addresses whose word on the client (`X-Forwarded-For`, `X-Request-Id`) counts.
    pub trusted_proxies: Vec<IpAddr>,
}

/// The log of a service.
#[derive(Debug)]
pub struct Log {
    options: LogOptions,
    lines: SyncSender<Waiting>,
    n_lost: AtomicU64,
    next_id: AtomicU64,
}

/// One request while it is answered.
pub(super) struct Entry {
    log: Arc<Log>,
    id: String,
    client: IpAddr,
    method: String,
    path: String,
    query: Option<String>,
}

/// What a failure within a request is told with.
#[derive(Clone)]
pub(super) struct Trace {
    log: Arc<Log>,
    id: String,
}

#[derive(Serialize)]
struct Line<'a> {
    time: String,
    level: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<IpAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

/// What waits for the thread that writes.
#[derive(Debug)]
enum Waiting {
    Line(String),
    /// Everything before it is written: the other side is told.
    Mark(SyncSender<()>),
}

impl Log {
    /// Starts a log that writes to `target`.
    pub fn start(options: LogOptions, target: impl Write + Send + 'static) -> Self {
        let (lines, waiting) = sync_channel(MAX_WAITING);
        std::thread::spawn(move || write_all(&waiting, target));
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let seed = now.map_or(0, |now| now.as_nanos() as u64);
        Self {
            options,
            lines,
            n_lost: AtomicU64::new(0),
            next_id: AtomicU64::new(seed),
        }
    }

    /// Waits until the lines so far are written, a second at most: a target that takes
    /// none must not keep the service from ending.
    pub fn flush(&self) {
        let (passed, is_passed) = sync_channel(1);
        if self.lines.try_send(Waiting::Mark(passed)).is_ok() {
            let _ = is_passed.recv_timeout(MAX_FLUSH);
        }
    }

    /// Notes an event.
    pub fn event(&self, message: &str) {
        if self.options.format != LogFormat::Quiet {
            self.tell("info", None, message);
        }
    }

    /// Notes a failure, in every form of the log.
    pub fn failure(&self, message: &str) {
        self.tell("error", None, message);
    }

    fn tell(&self, level: &str, id: Option<&str>, message: &str) {
        self.put(&Line {
            level,
            id,
            message: Some(message),
            ..Line::new()
        });
    }

    fn put(&self, line: &Line<'_>) {
        let text = match self.options.format {
            LogFormat::Json => serde_json::to_string(line).unwrap_or_default(),
            LogFormat::Text | LogFormat::Quiet => line.as_text(),
        };
        match self.lines.try_send(Waiting::Line(text)) {
            Ok(()) => {
                let n_lost = self.n_lost.swap(0, Ordering::Relaxed);
                if n_lost > 0 {
                    let lost = format!("{n_lost} lines of the log were lost");
                    self.failure(&lost);
                }
            }
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                self.n_lost.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// A name that no other request of this service has.
    fn new_id(&self) -> String {
        // Numbers far from one another, so that neighbours are not taken for each other.
        let number = self.next_id.fetch_add(1, Ordering::Relaxed);
        format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

impl Entry {
    pub(super) fn new(log: &Arc<Log>, request: &Request<Body>, peer: IpAddr) -> Self {
        let is_trusted = log.options.trusted_proxies.contains(&peer.to_canonical());
        let header = |name: &str| {
            let value = request.headers().get(name).filter(|_| is_trusted)?;
            value.to_str().ok()
        };
        // The last address is the one that the trusted proxy saw itself.
        let forwarded = header(FORWARDED_FOR).and_then(|list| list.rsplit(',').next());
        let forwarded = forwarded.and_then(|address| address.trim().parse().ok());
        let is_plain = |id: &&str| id.len() <= 64 && id.bytes().all(is_plain_byte);
        let given = header(REQUEST_ID.as_str()).filter(is_plain);
        Self {
            log: Arc::clone(log),
            id: given.map_or_else(|| log.new_id(), str::to_owned),
            client: forwarded.unwrap_or(peer).to_canonical(),
            method: request.method().as_str().to_owned(),
            path: request.uri().path().to_owned(),
            query: request
                .uri()
                .query()
                .filter(|_| log.options.has_query)
                .map(str::to_owned),
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn trace(&self) -> Trace {
        Trace {
            log: Arc::clone(&self.log),
            id: self.id.clone(),
        }
    }

    /// Writes the line of the request.
    pub(super) fn write(&self, status: u16, took: Duration, n_bytes: Option<u64>) {
        if self.log.options.format == LogFormat::Quiet {
            return;
        }
        self.log.put(&Line {
            id: Some(&self.id),
            client: Some(self.client),
            method: Some(&self.method),
            path: Some(&self.path),
            query: self.query.as_deref(),
            status: Some(status),
            ms: Some((took.as_secs_f64() * 10_000.0).round() / 10.0),
            bytes: n_bytes,
            ..Line::new()
        });
    }
}

impl Trace {
    pub(super) fn failure(&self, message: &str) {
        self.log.tell("error", Some(&self.id), message);
    }
}

impl Line<'_> {
    fn new() -> Self {
        let now = OffsetDateTime::now_utc();
        let now = now.replace_millisecond(now.millisecond()).unwrap_or(now);
        Self {
            time: now.format(&Rfc3339).unwrap_or_default(),
            level: "info",
            id: None,
            client: None,
            method: None,
            path: None,
            query: None,
            status: None,
            ms: None,
            bytes: None,
            message: None,
        }
    }

    fn as_text(&self) -> String {
        let mut text = self.time.clone();
        let mut add = |piece: &str| {
            text.push(' ');
            // A line is a line, whatever stands in an address.
            text.extend(piece.chars().map(|c| if c.is_control() { ' ' } else { c }));
        };
        if self.level != "info" {
            add(self.level);
        }
        self.id.into_iter().for_each(&mut add);
        if let Some(client) = self.client {
            add(&client.to_string());
        }
        self.method.into_iter().for_each(&mut add);
        if let Some(path) = self.path {
            match self.query {
                Some(query) => add(&format!("{path}?{query}")),
                None => add(path),
            }
        }
        if let Some(status) = self.status {
            add(&status.to_string());
        }
        if let Some(ms) = self.ms {
            add(&format!("{ms}ms"));
        }
        if let Some(bytes) = self.bytes {
            add(&format!("{bytes}B"));
        }
        self.message.into_iter().for_each(&mut add);
        text
    }
}

fn is_plain_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

fn write_all(waiting: &Receiver<Waiting>, mut target: impl Write) {
    for next in waiting {
        match next {
            // A log that cannot be written is no reason to end.
            Waiting::Line(line) => {
                let _ = writeln!(target, "{line}").and_then(|()| target.flush());
            }
            Waiting::Mark(passed) => {
                let _ = passed.send(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Sender, channel};

    struct Kept(Sender<String>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let _ = self.0.send(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// The line of a request from `peer` that says it comes from 10.1.1.1.
    fn line(options: LogOptions, peer: &str) -> String {
        let (sender, receiver) = channel();
        let log = Arc::new(Log::start(options, Kept(sender)));
        let request = Request::get("/api/search?q=%E6%B0%A2")
            .header(FORWARDED_FOR, "1.2.3.4, 10.1.1.1")
            .header(REQUEST_ID, "proxy-7")
            .body(Body::empty())
            .unwrap();
        let entry = Entry::new(&log, &request, peer.parse().unwrap());
        entry.write(200, Duration::from_micros(1234), Some(10));
        drop((entry, log));
        receiver.into_iter().collect()
    }

    #[test]
    fn a_client_is_believed_only_behind_a_trusted_proxy() {
        let options = || LogOptions {
            trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
            ..LogOptions::default()
        };
        let trusted = line(options(), "127.0.0.1");
        assert!(
            trusted.contains("proxy-7 10.1.1.1 GET /api/search 200 1.2ms 10B"),
            "{trusted}"
        );
        let other = line(options(), "10.9.9.9");
        assert!(other.contains(" 10.9.9.9 GET "), "{other}");
        assert!(!other.contains("proxy-7"), "{other}");
    }

    #[test]
    fn the_query_stands_in_the_log_only_if_asked_for() {
        let json = |has_query| {
            let options = LogOptions {
                format: LogFormat::Json,
                has_query,
                ..LogOptions::default()
            };
            serde_json::from_str::<serde_json::Value>(&line(options, "10.9.9.9")).unwrap()
        };
        assert_eq!(json(true)["query"], "q=%E6%B0%A2");
        let silent = json(false);
        assert_eq!(silent["query"], serde_json::Value::Null);
        assert_eq!(silent["path"], "/api/search");
        assert_eq!(silent["status"], 200);
    }

    #[test]
    fn a_quiet_log_has_failures_alone() {
        let options = LogOptions {
            format: LogFormat::Quiet,
            ..LogOptions::default()
        };
        assert_eq!(line(options.clone(), "10.9.9.9"), "");
        let (sender, receiver) = channel();
        let log = Log::start(options, Kept(sender));
        log.event("a commit");
        log.failure("a failure\nof two lines");
        drop(log);
        let text: String = receiver.into_iter().collect();
        assert!(text.contains(" error a failure of two lines"), "{text}");
        assert!(!text.contains("a commit"), "{text}");
    }
}
