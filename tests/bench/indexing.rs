//! How fast a library is indexed: jieba alone, the small index, ours.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tantivy_jieba::jieba_rs::Jieba;

use crate::source::Source;
use crate::{figures, n_cores, ours, small};

/// Below this many bytes ours writes with one thread; so does the small index.
const ONE_THREAD_BYTES: u64 = 8 * 1024 * 1024;

/// How often the size of a growing index is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The indexes of the last round.
pub(crate) struct Built {
    pub(crate) small: tempfile::TempDir,
    pub(crate) ours: tempfile::TempDir,
}

/// One way of indexing, over the rounds.
#[derive(Default)]
struct Side {
    seconds: Vec<f64>,
    peak_bytes: u64,
    final_bytes: u64,
}

/// Indexes `source` in `n_rounds` rounds, each way once a round, and prints the
/// medians.
pub(crate) fn run(source: &Source, n_rounds: usize) -> Built {
    let jieba = Jieba::new();
    let n_threads = match source.n_file_bytes {
        0..ONE_THREAD_BYTES => 1,
        _ => n_cores(),
    };
    let mut passages = Vec::with_capacity(source.n_passages);
    source.for_each_passage(|text| passages.push(text.to_owned()));
    let (mut cutting, mut of_small, mut of_ours) =
        (Side::default(), Side::default(), Side::default());
    let mut built = None;
    for _ in 0..n_rounds.max(1) {
        cutting.seconds.push(cut(&jieba, &passages));
        let small = of_small.index(|dir| small::index(source, dir, n_threads));
        let ours = of_ours.index(|dir| ours::index(source, dir));
        built = Some(Built { small, ours });
    }
    println!(
        "\nindexing {}: {:.1} MB of text, {} passages, {n_threads} writer threads, {n_rounds} rounds",
        source.name,
        source.n_text_bytes as f64 / 1e6,
        source.n_passages,
    );
    println!(
        "{:<22} {:>9} {:>9} {:>9} {:>10} {:>10}",
        "", "seconds", "MB/s", "x small", "peak B/B", "final B/B"
    );
    let small_seconds = figures::median(&of_small.seconds);
    for (name, side) in [
        ("jieba alone, cut", &cutting),
        ("small index", &of_small),
        ("plansearch", &of_ours),
    ] {
        side.print(name, source.n_text_bytes, small_seconds);
    }
    built.unwrap()
}

/// Cuts all passages on all cores and gives the seconds.
fn cut(jieba: &Jieba, passages: &[String]) -> f64 {
    let started = Instant::now();
    let n_words = AtomicU64::new(0);
    thread::scope(|scope| {
        for part in passages.chunks(passages.len().div_ceil(n_cores()).max(1)) {
            let n_words = &n_words;
            scope.spawn(move || {
                let n: usize = part.iter().map(|text| jieba.cut(text, false).len()).sum();
                n_words.fetch_add(n as u64, Ordering::Relaxed);
            });
        }
    });
    assert!(n_words.into_inner() > 0);
    started.elapsed().as_secs_f64()
}

impl Side {
    /// Runs `index` on a new folder, timed, while its size is watched.
    fn index(&mut self, index: impl FnOnce(&Path)) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let is_done = AtomicBool::new(false);
        let (seconds, peak_bytes) = thread::scope(|scope| {
            let watch = scope.spawn(|| {
                let mut peak_bytes = 0;
                while !is_done.load(Ordering::Relaxed) {
                    peak_bytes = size_of_dir(dir.path()).max(peak_bytes);
                    thread::sleep(LOOK_EVERY);
                }
                peak_bytes
            });
            let started = Instant::now();
            index(dir.path());
            let seconds = started.elapsed().as_secs_f64();
            is_done.store(true, Ordering::Relaxed);
            (seconds, watch.join().unwrap())
        });
        self.seconds.push(seconds);
        self.final_bytes = size_of_dir(dir.path());
        self.peak_bytes = self.peak_bytes.max(peak_bytes).max(self.final_bytes);
        dir
    }

    fn print(&self, name: &str, n_text_bytes: usize, small_seconds: f64) {
        let seconds = figures::median(&self.seconds);
        let per_byte = |n_bytes: u64| match n_bytes {
            0 => String::new(),
            _ => format!("{:.2}", n_bytes as f64 / n_text_bytes as f64),
        };
        println!(
            "{name:<22} {seconds:>9.3} {:>9.1} {:>9.2} {:>10} {:>10}",
            n_text_bytes as f64 / 1e6 / seconds,
            small_seconds / seconds,
            per_byte(self.peak_bytes),
            per_byte(self.final_bytes),
        );
    }
}

/// Bytes of the files in `dir`. Files may vanish while one looks.
fn size_of_dir(dir: &Path) -> u64 {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|metadata| metadata.len())
        .sum()
}
