//! Clients that send a byte now and then, over real sockets.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use plansearch::service::{self, Limits, Log, LogFormat, LogOptions};
use tokio::runtime::Runtime;

use super::library::Library;

/// The test fails rather than waits longer.
const MAX_TIME: Duration = Duration::from_mins(1);

const HALF_HEAD: &str = "GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: ";
/// The service answers `100 Continue` when it begins to take the body.
const HALF_BODY: &str =
    "POST /api/check HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9000\r\n\r\n";

/// A service on a socket, until it goes out of scope.
struct Service {
    address: SocketAddr,
    _runtime: Runtime,
    _library: Library,
}

impl Service {
    fn start(limits: Limits) -> Self {
        let library = Library::small();
        let index = library.index();
        let options = LogOptions {
            format: LogFormat::Quiet,
            ..LogOptions::default()
        };
        let log = Arc::new(Log::start(options, std::io::sink()));
        let runtime = Runtime::new().unwrap();
        let listening = tokio::net::TcpListener::bind("127.0.0.1:0");
        let listener = runtime.block_on(listening).unwrap();
        let address = listener.local_addr().unwrap();
        let never = std::future::pending();
        runtime.spawn(service::serve(listener, index, limits, log, never));
        Self {
            address,
            _runtime: runtime,
            _library: library,
        }
    }

    fn open(&self, first: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(MAX_TIME)).unwrap();
        stream.write_all(first.as_bytes()).unwrap();
        stream
    }

    /// Asks on a connection of its own and gets what was asked for.
    fn is_answered(&self) {
        let head =
            "GET /api/search?q=%E6%B0%A2%E8%83%BD HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        let mut text = String::new();
        let read = self.open(head).read_to_string(&mut text);
        assert!(read.is_ok(), "{read:?}");
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        assert!(text.contains("\"total\":"), "{text}");
    }
}

/// Waits until the other side ends the connection.
fn ended(mut stream: TcpStream) {
    let mut buffer = [0; 1024];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                let is_late = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
                assert!(!is_late, "still open");
                return;
            }
        }
    }
}

#[test]
fn sockets_that_drip_hold_nobody_up_and_are_shut() {
    let service = Service::start(Limits {
        head: Duration::from_secs(1),
        ..Limits::default()
    });
    let heads: Vec<TcpStream> = (0..60).map(|_| service.open(HALF_HEAD)).collect();
    let bodies: Vec<TcpStream> = (0..20).map(|_| service.open(HALF_BODY)).collect();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                for mut stream in heads.iter().chain(&bodies) {
                    // Whoever is shut already cannot be written to.
                    let _ = stream.write(b"a");
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        for _ in 0..10 {
            service.is_answered();
        }
        for stream in &heads {
            ended(stream.try_clone().unwrap());
        }
        service.is_answered();
        is_over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn more_slow_clients_than_places_shut_nobody_out() {
    for first in [HALF_HEAD, HALF_BODY] {
        let service = Service::start(Limits {
            max_connections: 8,
            ..Limits::default()
        });
        let mut slow: Vec<TcpStream> = (0..20).map(|_| service.open(first)).collect();
        if first == HALF_BODY {
            for stream in &mut slow {
                // Ended where another one has come for its place, else under way.
                let _ = stream.read(&mut [0; 64]);
            }
        }
        for _ in 0..10 {
            service.is_answered();
        }
    }
}
