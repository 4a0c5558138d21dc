//! How fast a library answers: the small index, ours without and with facets.

use std::time::{Duration, Instant};

use plansearch::engine::Engine;
use plansearch::search::{Request, search};

use crate::figures;
use crate::queries::{self, Asked};
use crate::small::Small;

/// Rounds end after this time.
const MAX_ELAPSED: Duration = Duration::from_secs(8);

/// Rounds end after this many.
const MAX_ROUNDS: usize = 40;

/// How many queries further on the next round begins.
const STRIDE: usize = 23;

/// Values of a facet that are asked for.
const MAX_FACET_VALUES: usize = 10;

/// Times of one query in milliseconds, over the rounds.
#[derive(Default)]
struct Times {
    small: Vec<f64>,
    plain: Vec<f64>,
    faceted: Vec<f64>,
}

/// Asks all queries again and again, each side in turn, and prints the medians.
/// The small index knows no filters, so it answers a filtered query without. It
/// finds nothing for many runs and phrases, which is quick; the queries that it
/// does answer have a row of their own.
pub(crate) fn run(name: &str, small: &Small, snapshot: &dyn Engine) {
    let asked = queries::for_library(snapshot);
    let mut times: Vec<Times> = asked.iter().map(|_| Times::default()).collect();
    for asked in &asked {
        ask(small, snapshot, asked, &mut Times::default(), 0);
    }
    let started = Instant::now();
    let mut n_rounds = 0;
    while n_rounds < MAX_ROUNDS && started.elapsed() < MAX_ELAPSED {
        // Every round begins elsewhere and with another side, so that neither
        // caches nor the scheduler's slices favour anyone.
        for nth in 0..asked.len() {
            let nth = (nth + n_rounds * STRIDE) % asked.len();
            ask(small, snapshot, &asked[nth], &mut times[nth], n_rounds);
        }
        n_rounds += 1;
    }
    println!(
        "\nqueries on {name}: {} queries, {n_rounds} rounds, milliseconds (x small)",
        asked.len()
    );
    println!(
        "{:<22} {:>4} {:>9} {:>18} {:>18}",
        "median of", "", "small", "plansearch", "with facets"
    );
    print_kinds(&asked, &times);
    let answered = asked
        .iter()
        .zip(&times)
        .filter(|(asked, _)| !small.search(&asked.query).is_empty());
    let answered: Vec<&Times> = answered.map(|(_, times)| times).collect();
    let all: Vec<&Times> = times.iter().collect();
    print_medians("all queries", &all);
    print_medians("answered by small", &answered);
    print_row("p99 of all answers", times.len(), |side| {
        let samples: Vec<f64> = all.iter().flat_map(|times| side(times)).copied().collect();
        figures::percentile(&samples, 0.99)
    });
    if std::env::var_os("PLANSEARCH_BENCH_EACH").is_some() {
        for (asked, times) in asked.iter().zip(&times) {
            print_medians(asked.kind, &[times]);
            println!("    {}", asked.query);
        }
    }
}

fn print_kinds(asked: &[Asked], times: &[Times]) {
    let mut kinds: Vec<&str> = asked.iter().map(|asked| asked.kind).collect();
    kinds.dedup();
    for kind in kinds {
        let of_kind = asked
            .iter()
            .zip(times)
            .filter(|(asked, _)| asked.kind == kind)
            .map(|(_, times)| times);
        print_medians(kind, &of_kind.collect::<Vec<_>>());
    }
}

/// Asks all three sides, the one that `first_side` says first.
fn ask(small: &Small, snapshot: &dyn Engine, asked: &Asked, times: &mut Times, first_side: usize) {
    let request = |max_facet_values| Request {
        query: asked.query.clone(),
        filter: asked.filter.clone(),
        limit: 10,
        max_facet_values,
        ..Request::default()
    };
    let (plain, faceted) = (request(0), request(MAX_FACET_VALUES));
    let answer = |request: &Request| search(snapshot, request).unwrap().hits.len();
    for side in 0..3 {
        match (first_side + side) % 3 {
            0 => {
                let ms = elapsed_ms(|| small.search(&asked.query).len());
                times.small.push(ms);
            }
            1 => times.plain.push(elapsed_ms(|| answer(&plain))),
            _ => times.faceted.push(elapsed_ms(|| answer(&faceted))),
        }
    }
}

fn elapsed_ms(answer: impl FnOnce() -> usize) -> f64 {
    let started = Instant::now();
    std::hint::black_box(answer());
    started.elapsed().as_secs_f64() * 1e3
}

/// Prints the median over the queries of the median of each query.
fn print_medians(name: &str, times: &[&Times]) {
    print_row(name, times.len(), |side| {
        let medians: Vec<f64> = times
            .iter()
            .map(|times| figures::median(side(times)))
            .collect();
        figures::median(&medians)
    });
}

/// One way to ask, of all that were timed.
type SideOf = fn(&Times) -> &Vec<f64>;

fn print_row(name: &str, n_queries: usize, figure: impl Fn(SideOf) -> f64) {
    let small = figure(|times| &times.small);
    let beside = |side: SideOf| {
        let ms = figure(side);
        format!("{ms:.3} ({:.2})", ms / small)
    };
    println!(
        "{name:<22} {n_queries:>4} {small:>9.3} {:>18} {:>18}",
        beside(|times| &times.plain),
        beside(|times| &times.faceted)
    );
}
