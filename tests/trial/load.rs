//! Many clients at once, and slow ones beside a normal one.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::crowd::{Crowd, Met};
use crate::server::Server;

pub(crate) fn run(program: &str, index: &str, seconds: u64, is_rude: bool) -> bool {
    let mut server = Server::start(program, index);
    let address = server.address;
    let crowd = |n_clients, seconds| Crowd {
        n_clients,
        seconds,
        is_rude,
        is_anew: true,
        ..Crowd::of(address, Some(server.process()))
    };
    crowd(1, 3).ask();
    let few = crowd(8, seconds.min(10)).ask();
    few.tell("8 clients");
    std::thread::sleep(Duration::from_secs(2));
    let idle = server.process().memory("VmRSS");
    println!("idle: {idle} MiB");
    let many = crowd(256, seconds).ask();
    many.tell("256 clients");
    let slowest = beside_dripping(address);
    println!("500 dripping sockets: the slowest of 100 normal requests took {slowest:?}");
    let mut half = TcpStream::connect(address).unwrap();
    half.write_all(b"GET /health HTTP/1.1\r\nHost").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let ended = server.terminate();
    println!("SIGTERM with a head half sent: ended after {ended:?}");
    judge(&few, &many, idle, slowest, ended)
}

fn judge(few: &Met, many: &Met, idle: u64, slowest: Duration, ended: Duration) -> bool {
    let checks = [
        (
            "no errors but 503 with Retry-After",
            few.n_wrong + many.n_wrong == 0,
        ),
        ("memory at most 1.5 times idle", many.memory * 2 <= idle * 3),
        (
            "p99 of accepted at most 20 times the median of 8 clients",
            many.nth(990) <= few.nth(500) * 20,
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
