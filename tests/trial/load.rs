//! Many clients at once, and slow ones beside a normal one.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use crate::crowd::{Crowd, Met};
use crate::drip;
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
    let beside = drip::beside(address, 500, 100);
    beside.tell("beside 500 dripping sockets");
    let mut half = TcpStream::connect(address).unwrap();
    half.write_all(b"GET /health HTTP/1.1\r\nHost").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let ended = server.terminate();
    println!("SIGTERM with a head half sent: ended after {ended:?}");
    judge(&few, &many, idle, beside.slowest(), ended)
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
