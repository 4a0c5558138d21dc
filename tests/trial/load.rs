//! Many clients at once, and slow ones beside a normal one.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::{Client, encoded};
use crate::random::Random;
use crate::server::Server;

const WORDS: [&str; 16] = [
    "环境保护",
    "行政许可",
    "法律责任",
    "农村",
    "水资源",
    "安全生产",
    "监督管理",
    "规划",
    "港口",
    "氢能",
    "处罚 罚款",
    "“县级以上人民政府”",
    "土地 征收",
    "教育",
    "数据",
    "应急 预案",
];

/// What a crowd of clients met.
#[derive(Default)]
struct Met {
    accepted: Mutex<Vec<Duration>>,
    n_busy: AtomicU64,
    n_wrong: AtomicU64,
}

pub(crate) fn run(program: &str, index: &str, seconds: u64, is_rude: bool) -> bool {
    let mut server = Server::start(program, index);
    let address = server.address;
    crowd(&server, 1, 3, is_rude);
    let (few, _) = crowd(&server, 8, 10, is_rude);
    let median = nth(&few, 500);
    std::thread::sleep(Duration::from_secs(2));
    let idle = server.memory("VmRSS");
    let idle_own = server.memory("RssAnon");
    println!(
        "8 clients: {} answers, median {median:?}, p99 {:?}",
        few.len(),
        nth(&few, 990)
    );
    println!("idle: {idle} MiB, of it its own {idle_own} MiB");
    let (many, found) = crowd(&server, 256, seconds, is_rude);
    let (p50, p99) = (nth(&many, 500), nth(&many, 990));
    println!(
        "256 clients, {seconds} s: {} accepted ({} a second), p50 {p50:?}, p99 {p99:?}; 503 with Retry-After: {}; wrong: {}; memory at most {} MiB, its own {} MiB, threads {}",
        many.len(),
        many.len() as u64 / seconds.max(1),
        found.n_busy,
        found.n_wrong,
        found.memory,
        found.own,
        found.threads
    );
    let slowest = beside_dripping(address);
    println!("500 dripping sockets: the slowest of 100 normal requests took {slowest:?}");
    let mut half = TcpStream::connect(address).unwrap();
    half.write_all(b"GET /health HTTP/1.1\r\nHost").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let ended = server.terminate();
    println!("SIGTERM with a head half sent: ended after {ended:?}");
    let checks = [
        ("no errors but 503 with Retry-After", found.n_wrong == 0),
        (
            "memory at most 1.5 times idle",
            found.memory * 2 <= idle * 3,
        ),
        (
            "p99 of accepted at most 20 times the median of 8 clients",
            p99 <= median * 20,
        ),
        (
            "a normal request within 100 ms",
            slowest <= Duration::from_millis(100),
        ),
        ("the end within 10 s", ended <= Duration::from_secs(10)),
    ];
    for (what, is_good) in checks {
        println!("{} {what}", if is_good { "ok  " } else { "FAIL" });
    }
    checks.iter().all(|(_, is_good)| *is_good)
}

struct Found {
    n_busy: u64,
    n_wrong: u64,
    memory: u64,
    own: u64,
    threads: u64,
}

/// Clients that ask one after the other for so many seconds. A polite one comes again
/// when it was told to.
fn crowd(server: &Server, n_clients: u64, seconds: u64, is_rude: bool) -> (Vec<Duration>, Found) {
    let met = Met::default();
    let is_over = AtomicBool::new(false);
    let (mut memory, mut own, mut threads) = (0, 0, 0);
    std::thread::scope(|scope| {
        for seed in 0..n_clients {
            let (met, is_over) = (&met, &is_over);
            scope.spawn(move || ask(server.address, seed, met, is_over, is_rude));
        }
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(seconds) {
            std::thread::sleep(Duration::from_millis(100));
            memory = memory.max(server.memory("VmRSS"));
            own = own.max(server.memory("RssAnon"));
            threads = threads.max(server.memory("Threads") * 1024);
        }
        is_over.store(true, Ordering::Relaxed);
    });
    let mut accepted = met.accepted.into_inner().unwrap();
    accepted.sort_unstable();
    let found = Found {
        n_busy: met.n_busy.into_inner(),
        n_wrong: met.n_wrong.into_inner(),
        memory,
        own,
        threads,
    };
    (accepted, found)
}

fn ask(address: SocketAddr, seed: u64, met: &Met, is_over: &AtomicBool, is_rude: bool) {
    let mut client = Client::new(address);
    let mut random = Random::new(seed + 1);
    let mut accepted = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        let target = format!(
            "/api/search?q={}",
            encoded(WORDS[random.below(WORDS.len())])
        );
        let started = Instant::now();
        match client.get(&target) {
            Ok(answer) if answer.status == 200 => accepted.push(started.elapsed()),
            Ok(answer) if answer.status == 503 && answer.retry_after.is_some() => {
                met.n_busy.fetch_add(1, Ordering::Relaxed);
                if !is_rude {
                    let seconds = answer.retry_after.unwrap_or(1);
                    std::thread::sleep(Duration::from_secs(seconds));
                }
            }
            Ok(answer) => {
                println!("status {}", answer.status);
                met.n_wrong.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => {
                println!("{error}");
                met.n_wrong.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
    met.accepted.lock().unwrap().extend(accepted);
}

/// The time at a thousandth of sorted times.
fn nth(sorted: &[Duration], thousandth: usize) -> Duration {
    let at = sorted.len() * thousandth / 1000;
    sorted
        .get(at)
        .or(sorted.last())
        .copied()
        .unwrap_or_default()
}

/// The slowest of normal requests beside sockets that send a byte a second.
fn beside_dripping(address: SocketAddr) -> Duration {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut sockets: Vec<Option<TcpStream>> = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                sockets.retain(Option::is_some);
                while sockets.len() < 500 {
                    sockets.push(TcpStream::connect(address).ok());
                }
                for socket in &mut sockets {
                    if socket
                        .as_mut()
                        .is_some_and(|open| open.write_all(b"G").is_err())
                    {
                        *socket = None;
                    }
                }
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        std::thread::sleep(Duration::from_secs(2));
        let mut slowest = Duration::ZERO;
        for _ in 0..100 {
            let started = Instant::now();
            let answer = Client::new(address).get("/api/search?q=%E8%A7%84%E5%88%92");
            let is_good = answer.is_ok_and(|answer| answer.status == 200);
            slowest = slowest.max(if is_good {
                started.elapsed()
            } else {
                Duration::MAX
            });
            std::thread::sleep(Duration::from_millis(150));
        }
        is_over.store(true, Ordering::Relaxed);
        slowest
    })
}
