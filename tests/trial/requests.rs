//! Random requests, sixteen at once: each is answered in the service's own words, and
//! the service goes on.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::{Client, encoded};
use crate::random::Random;
use crate::server::Server;

const ADDRESSES: [&str; 14] = [
    "/",
    "/api/search",
    "/api/suggest",
    "/api/documents",
    "/documents",
    "/documents/x",
    "/themes",
    "/api/facets/chapter",
    "/values",
    "/help",
    "/export",
    "/feed.atom",
    "/health",
    "/no/such",
];

const NAMES: [&str; 14] = [
    "q", "doc", "chapter", "theme", "issuer", "type", "year", "kind", "limit", "offset", "sort",
    "each", "facet_q", "format",
];

const PIECES: [&str; 24] = [
    "氢能",
    "储运",
    "“",
    "”",
    "(",
    ")",
    "（",
    "或",
    "且",
    "非",
    "-",
    "near/20",
    "同句:",
    "文档:",
    "*",
    "2021..2025",
    "1000",
    "\u{0}",
    "\u{1f600}",
    "%",
    "<script>",
    "..",
    "/",
    " ",
];

/// What the service may answer. 503 is busy.
const EXPECTED: [u16; 8] = [200, 304, 400, 404, 405, 413, 431, 503];

pub(crate) fn run(program: &str, index: &str, times: u64) -> bool {
    let mut server = Server::start(program, index);
    let address = server.address;
    let left = AtomicU64::new(times);
    let counts: Mutex<BTreeMap<u16, u64>> = Mutex::default();
    let slowest: Mutex<(Duration, String)> = Mutex::default();
    std::thread::scope(|scope| {
        for seed in 0..16 {
            let (left, counts, slowest) = (&left, &counts, &slowest);
            scope.spawn(move || {
                let mut random = Random::new(seed + 100);
                let mut client = Client::new(address);
                let next = |n: u64| n.checked_sub(1);
                while left
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next)
                    .is_ok()
                {
                    let target = target(&mut random);
                    let started = Instant::now();
                    let status = client.get(&target).map_or(0, |answer| answer.status);
                    let took = started.elapsed();
                    *counts.lock().unwrap().entry(status).or_default() += 1;
                    let mut slowest = slowest.lock().unwrap();
                    if took > slowest.0 {
                        *slowest = (took, target);
                    }
                }
            });
        }
    });
    let (took, target) = slowest.into_inner().unwrap();
    let counts = counts.into_inner().unwrap();
    println!("{counts:?}; slowest {took:?}: {} characters", target.len());
    let is_alive = server.is_running()
        && Client::new(address)
            .get("/health")
            .is_ok_and(|answer| answer.status == 200);
    is_alive && counts.keys().all(|status| EXPECTED.contains(status))
}

fn target(random: &mut Random) -> String {
    let mut target = ADDRESSES[random.below(ADDRESSES.len())].to_owned();
    let n_parameters = random.below(5);
    for nth in 0..n_parameters {
        target.push(if nth == 0 { '?' } else { '&' });
        target.push_str(NAMES[random.below(NAMES.len())]);
        target.push('=');
        for _ in 0..random.below(6) {
            target.push_str(&encoded(PIECES[random.below(PIECES.len())]));
        }
    }
    target
}
