//! The service with slow clients, signals and an index that it may not read.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::cli::Desk;

const MAX_TIME: Duration = Duration::from_mins(1);

struct Service {
    child: Child,
    address: SocketAddr,
    stderr: BufReader<std::process::ChildStderr>,
}

impl Service {
    fn start(desk: &Desk, options: &[&str]) -> Self {
        let args = [&["serve", "--listen", "127.0.0.1:0"], options].concat();
        let mut child = desk.command(&args).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        stderr.read_line(&mut line).unwrap();
        let (_, rest) = line.split_once("http://").expect("an address");
        let address = rest.split('/').next().unwrap().parse().unwrap();
        Self {
            child,
            address,
            stderr,
        }
    }

    fn get(&self, target: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(
            stream,
            "GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n"
        )
        .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = std::process::Command::new("kill")
            .args([name, &id])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Its exit status, or none when it goes on.
    fn ended(&mut self) -> Option<i32> {
        let started = Instant::now();
        while started.elapsed() < MAX_TIME {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status.code().unwrap_or(-1));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }

    fn log(&mut self) -> String {
        let mut text = String::new();
        self.stderr.read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_head_half_sent_does_not_keep_the_service() {
    let desk = Desk::with_seeds();
    let mut service = Service::start(&desk, &[]);
    let mut half = TcpStream::connect(service.address).unwrap();
    half.write_all(b"GET /health HTTP/1.1\r\nHost").unwrap();
    assert!(service.get("/health", "").starts_with("HTTP/1.1 200"));
    service.signal("-TERM");
    assert_eq!(service.ended(), Some(0));
}

#[cfg(unix)]
#[test]
fn requests_are_logged_with_a_name_and_without_what_was_asked() {
    let desk = Desk::with_seeds();
    let mut service = Service::start(
        &desk,
        &["--log-format", "json", "--trusted-proxy", "127.0.0.1"],
    );
    let answer = service.get(
        "/api/search?q=%E6%B0%A2%E8%83%BD",
        "X-Request-Id: from-proxy-1\r\nX-Forwarded-For: 10.2.3.4\r\n",
    );
    assert!(answer.contains("x-request-id: from-proxy-1"), "{answer}");
    service.signal("-TERM");
    assert_eq!(service.ended(), Some(0));
    let log = service.log();
    let line = log
        .lines()
        .find(|line| line.contains("from-proxy-1"))
        .expect(&log);
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["client"], "10.2.3.4");
    assert_eq!(
        (&line["method"], &line["path"]),
        (&"GET".into(), &"/api/search".into())
    );
    assert_eq!(line["status"], 200);
    assert!(line["bytes"].as_u64().unwrap() > 0);
    assert!(!log.contains("%E6%B0%A2"), "{log}");
}

#[test]
fn a_commit_that_cannot_be_read_is_told() {
    let desk = Desk::with_seeds();
    let mut service = Service::start(&desk, &[]);
    assert!(service.get("/health", "").contains("\"status\":\"ok\""));
    std::fs::write(desk.path().join("index/CURRENT"), "").unwrap();
    let started = Instant::now();
    while !service.get("/health", "").contains("\"status\":\"stale\"") {
        assert!(started.elapsed() < MAX_TIME, "health says ok");
        std::thread::sleep(Duration::from_millis(100));
    }
    // The log is told once a second.
    let mut line = String::new();
    while !line.contains("cannot be read") {
        line.clear();
        assert!(
            service.stderr.read_line(&mut line).unwrap() > 0,
            "the log says nothing"
        );
    }
    assert!(
        service
            .get("/api/search?q=%E6%B0%A2%E8%83%BD", "")
            .starts_with("HTTP/1.1 200")
    );
}
