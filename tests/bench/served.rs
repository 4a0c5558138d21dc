//! The service beside the smallest one over tantivy, over HTTP: time of an answer,
//! answers a second, time of the processors, memory.
//!
//! ```text
//! cargo bench --bench served                      # 20 MB recombined
//! PLANSEARCH_BENCH_MB=100 PLANSEARCH_BENCH_SECONDS=10 cargo bench --bench served
//! xz -dk < laws.jsonl.xz > /tmp/laws.jsonl        # real text
//! PLANSEARCH_BENCH_JSONL=/tmp/laws.jsonl cargo bench --bench served
//! ```
//!
//! 1, 8 and 64 clients that keep their connections ask both services the same queries, in
//! turn and in one run, so that what else the machine does slows both. The clients run on
//! the same machine and take their share of it. The first round of each warms the caches
//! and is not told. `anew` is the service with every answer found anew; without, it gives
//! again what it gave lately, and the queries come again. `PLANSEARCH_BENCH_PROGRAM` is another program in place of the one that
//! was just built; `PLANSEARCH_BENCH_TARGET` another address (`/api/search?q={}`).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    reason = "a bench ends at the first thing that is wrong, prints its figures, and shares files with others"
)]

#[path = "../trial/client.rs"]
mod client;
#[path = "../trial/crowd.rs"]
mod crowd;
mod ours;
#[path = "../trial/process.rs"]
mod process;
mod queries;
mod random;
mod recombined;
#[path = "../trial/server.rs"]
mod server;
mod small_service;
mod source;

use std::path::Path;
use std::process::Command;

use crowd::{Crowd, Met};
use server::Server;
use source::Source;

/// Default size of the recombined library, in MB.
const RECOMBINED_MB: usize = 20;

/// How long each number of clients asks each service, by default.
const SECONDS: usize = 8;

/// Makes this program the small service over an index.
const AS_SMALL: &str = "--as-small-service";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, dir, ..] = args.as_slice()
        && flag == AS_SMALL
    {
        return small_service::serve(Path::new(dir));
    }
    // `cargo test --all-targets` runs benches too, without this argument.
    if args.iter().all(|arg| arg != "--bench") {
        return;
    }
    let source = match std::env::var_os("PLANSEARCH_BENCH_JSONL") {
        Some(path) => Source::jsonl(path.into()),
        None => Source::recombined(number("PLANSEARCH_BENCH_MB", RECOMBINED_MB)),
    };
    let (of_small, of_ours) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    small_service::index(&source, of_small.path());
    ours::index(&source, of_ours.path());
    println!(
        "{}: {:.1} MB of text, {} passages",
        source.name,
        source.n_text_bytes as f64 / 1e6,
        source.n_passages
    );
    let queries = queries::for_library(&*ours::open(of_ours.path()));
    let queries = queries.into_iter().filter(|asked| asked.kind != "filtered");
    let queries: Vec<String> = queries.map(|asked| asked.query).collect();
    let small = Server::of(
        Command::new(std::env::current_exe().unwrap())
            .arg(AS_SMALL)
            .arg(of_small.path()),
    );
    let program = std::env::var("PLANSEARCH_BENCH_PROGRAM");
    let program = program.unwrap_or_else(|_| env!("CARGO_BIN_EXE_plansearch").to_owned());
    let ours = Server::start(&program, of_ours.path().to_str().unwrap());
    measure(&small, &ours, &queries);
}

fn measure(small: &Server, ours: &Server, queries: &[String]) {
    let seconds = number("PLANSEARCH_BENCH_SECONDS", SECONDS) as u64;
    let target = std::env::var("PLANSEARCH_BENCH_TARGET");
    let target = target.unwrap_or_else(|_| "/api/search?q={}".to_owned());
    let ask = |server: &Server, target: &str, is_anew, n_clients, seconds| -> Met {
        Crowd {
            is_anew,
            n_clients,
            seconds,
            target: target.to_owned(),
            queries: queries.to_vec(),
            ..Crowd::of(server.address, Some(server.process()))
        }
        .ask()
    };
    let small_target = "/api/search?q={}";
    for (server, target) in [(small, small_target), (ours, target.as_str())] {
        ask(server, target, true, 1, seconds.div_ceil(2));
    }
    println!(
        "{:>8} {:>12} {:>12} {:>12} {:>12} {:>10} {:>9}",
        "clients", "", "p50", "p99", "answers/s", "CPU ms", "MiB"
    );
    for n_clients in [1, 8, 64] {
        let of_small = ask(small, small_target, true, n_clients, seconds);
        tell(n_clients, "small", &of_small);
        for (name, is_anew) in [("anew", true), ("plansearch", false)] {
            let of_ours = ask(ours, &target, is_anew, n_clients, seconds);
            tell(n_clients, name, &of_ours);
            tell_ratio(&of_ours, &of_small);
        }
    }
}

fn tell(n_clients: u64, name: &str, met: &Met) {
    println!(
        "{n_clients:>8} {name:>12} {:>12} {:>12} {:>12.0} {:>10.2} {:>9}{}",
        format!("{:.2?}", met.nth(500)),
        format!("{:.2?}", met.nth(990)),
        met.a_second(),
        met.cpu_each(),
        met.memory,
        match (met.n_busy, met.n_wrong) {
            (0, 0) => String::new(),
            (busy, wrong) => format!("  {busy} told to wait, {wrong} wrong"),
        }
    );
}

fn tell_ratio(ours: &Met, small: &Met) {
    let times = |nth| ours.nth(nth).as_secs_f64() / small.nth(nth).as_secs_f64();
    println!(
        "{:>8} {:>12} {:>12.2} {:>12.2} {:>12.2} {:>10.2} {:>9.2}",
        "",
        "ratio",
        times(500),
        times(990),
        ours.a_second() / small.a_second(),
        ours.cpu_each() / small.cpu_each(),
        ours.memory as f64 / small.memory.max(1) as f64,
    );
}

fn number(name: &str, otherwise: usize) -> usize {
    let value = std::env::var(name).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(otherwise)
}
