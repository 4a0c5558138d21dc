//! Whole libraries: how fast they are indexed and how fast they answer, beside
//! the smallest tantivy index with tantivy-jieba.
//!
//! ```text
//! cargo bench --bench library                     # seeds and 20 MB recombined
//! cargo bench --bench library -- recombined       # only this library
//! PLANSEARCH_BENCH_MB=100 PLANSEARCH_BENCH_ROUNDS=5 cargo bench --bench library
//! xz -dk < laws.jsonl.xz > /tmp/laws.jsonl        # real text, as a third library
//! PLANSEARCH_BENCH_JSONL=/tmp/laws.jsonl cargo bench --bench library -- jsonl
//! ```
//!
//! `PLANSEARCH_BENCH_EACH=1` lists every query. The libraries are `seeds`,
//! `recombined` and `jsonl`.
//!
//! Timed by hand and not with divan: a run takes seconds and leaves a folder
//! behind, the sides must take turns in one process so that a busy machine
//! slows all of them alike, and what counts is their ratio. Nothing is asserted
//! about time. Jieba's dictionaries are loaded before anything is timed. Jieba
//! alone cuts text that is in memory; both indexers read their files.

#![allow(
    clippy::unwrap_used,
    reason = "a bench ends at the first thing that is wrong"
)]
#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

mod figures;
mod indexing;
mod ours;
mod queries;
mod querying;
mod random;
mod recombined;
mod small;
mod source;

use source::Source;

/// Default size of the recombined library.
const RECOMBINED_MB: usize = 20;

/// Default number of rounds of indexing.
const N_ROUNDS: usize = 3;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` runs benches too, without this argument.
    if args.iter().all(|arg| arg != "--bench") {
        return;
    }
    let chosen: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|arg| *arg == name);
    let n_rounds = number("PLANSEARCH_BENCH_ROUNDS", N_ROUNDS);
    warm_up();
    if is_chosen("seeds") {
        measure(&Source::seeds(), n_rounds);
    }
    if is_chosen("recombined") {
        let size_mb = number("PLANSEARCH_BENCH_MB", RECOMBINED_MB);
        measure(&Source::recombined(size_mb), n_rounds);
    }
    if let Some(path) = std::env::var_os("PLANSEARCH_BENCH_JSONL")
        && is_chosen("jsonl")
    {
        measure(&Source::jsonl(path.into()), n_rounds);
    }
}

fn measure(source: &Source, n_rounds: usize) {
    let built = indexing::run(source, n_rounds);
    let small = small::Small::open(built.small.path());
    let snapshot = ours::open(built.ours.path());
    querying::run(&source.name, &small, &*snapshot);
}

/// Loads the dictionaries of both sides by indexing the seeds once.
fn warm_up() {
    let seeds = Source::seeds();
    let (small, ours) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    small::index(&seeds, small.path(), 1);
    ours::index(&seeds, ours.path());
}

fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |value| value.parse().unwrap())
}

pub(crate) fn n_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
