//! Sockets that send a byte now and then, and a normal request beside them.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::{ANEW, Client};
use crate::server::Server;

/// Between two bytes of a socket.
const PAUSE: Duration = Duration::from_secs(1);

/// The normal request, all of it each time on a connection of its own.
const NORMAL: &str = "/api/search?q=%E8%A7%84%E5%88%92";

/// Longer than any limit of the service.
const MAX_LIFE: Duration = Duration::from_mins(2);

/// What was met.
pub(crate) struct Beside {
    /// Times of normal requests, sorted; most where there was no answer.
    times: Vec<Duration>,
    n_shut: u64,
    longest: Duration,
}

pub(crate) fn run(program: &str, index: &str, n_sockets: u64) -> bool {
    let server = Server::start(program, index);
    let address = server.address;
    Beside::alone(address, 20);
    let alone = Beside::alone(address, 100);
    alone.tell("alone");
    let beside = beside(address, n_sockets, 300);
    beside.tell(&format!("beside {n_sockets} dripping sockets"));
    println!(
        "  {} sockets were shut, after {:.1} s at most",
        beside.n_shut,
        beside.longest.as_secs_f64()
    );
    let checks = [
        ("each was answered", beside.slowest() < Duration::MAX),
        (
            "a normal request within 100 ms",
            beside.slowest() <= Duration::from_millis(100),
        ),
        (
            "who drips is shut",
            beside.n_shut >= n_sockets && beside.longest <= Duration::from_secs(32),
        ),
    ];
    for (what, is_good) in checks {
        println!("{} {what}", if is_good { "ok  " } else { "FAIL" });
    }
    checks.iter().all(|(_, is_good)| *is_good)
}

/// Asks beside so many sockets, half with a head that never ends and half with a body; who
/// is shut comes again.
pub(crate) fn beside(address: SocketAddr, n_sockets: u64, times: usize) -> Beside {
    let is_over = AtomicBool::new(false);
    let (n_shut, longest) = (AtomicU64::new(0), AtomicU64::new(0));
    let mut beside = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut sockets: Vec<Dripping> = (0..n_sockets)
                .map(|nth| Dripping::open(address, nth % 2 == 0))
                .collect();
            while !is_over.load(Ordering::Relaxed) {
                for socket in &mut sockets {
                    if socket.is_shut() {
                        let lived = socket.opened.elapsed().as_millis() as u64;
                        longest.fetch_max(lived, Ordering::Relaxed);
                        n_shut.fetch_add(1, Ordering::Relaxed);
                        *socket = Dripping::open(address, socket.has_body);
                    }
                }
                std::thread::sleep(PAUSE);
            }
            let ages = sockets.iter().map(|socket| socket.opened.elapsed());
            let oldest = ages.max().unwrap_or_default();
            longest.fetch_max(oldest.as_millis() as u64, Ordering::Relaxed);
        });
        std::thread::sleep(Duration::from_secs(2));
        let beside = Beside::alone(address, times);
        is_over.store(true, Ordering::Relaxed);
        beside
    });
    beside.n_shut = n_shut.into_inner();
    beside.longest = Duration::from_millis(longest.into_inner());
    beside
}

/// One socket that drips.
struct Dripping {
    stream: Option<TcpStream>,
    has_body: bool,
    opened: Instant,
}

impl Dripping {
    fn open(address: SocketAddr, has_body: bool) -> Self {
        let head = if has_body {
            "POST /api/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n\r\n"
        } else {
            "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
        };
        let stream = TcpStream::connect(address).and_then(|mut stream| {
            stream.write_all(head.as_bytes())?;
            stream.set_nonblocking(true)?;
            Ok(stream)
        });
        Self {
            stream: stream.ok(),
            has_body,
            opened: Instant::now(),
        }
    }

    /// Sends a byte and says whether the other side has ended it.
    fn is_shut(&mut self) -> bool {
        let Some(stream) = &mut self.stream else {
            return true;
        };
        let mut buffer = [0; 1024];
        let is_written = stream.write(b"a").is_ok();
        let is_open = match stream.read(&mut buffer) {
            // An answer, as 408, is an end too.
            Ok(_) => false,
            Err(error) => error.kind() == ErrorKind::WouldBlock,
        };
        !(is_written && is_open) || self.opened.elapsed() > MAX_LIFE
    }
}

impl Beside {
    /// Asks so many times, one after the other.
    fn alone(address: SocketAddr, times: usize) -> Self {
        let ask = |_| {
            let started = Instant::now();
            let mut client = Client::new(address);
            client.head = ANEW;
            let answer = client.get(NORMAL);
            let took = started.elapsed();
            std::thread::sleep(Duration::from_millis(150));
            let is_good = answer.is_ok_and(|answer| answer.status == 200);
            if is_good { took } else { Duration::MAX }
        };
        let mut times: Vec<Duration> = (0..times).map(ask).collect();
        times.sort_unstable();
        Self {
            times,
            n_shut: 0,
            longest: Duration::ZERO,
        }
    }

    pub(crate) fn slowest(&self) -> Duration {
        self.times.last().copied().unwrap_or(Duration::MAX)
    }

    pub(crate) fn tell(&self, name: &str) {
        let nth = |share: usize| self.times.get(self.times.len() * share / 100);
        println!(
            "a normal request {name}: p50 {:?}, p95 {:?}, most {:?} of {}",
            nth(50).copied().unwrap_or_default(),
            nth(95).copied().unwrap_or_default(),
            self.slowest(),
            self.times.len()
        );
    }
}
