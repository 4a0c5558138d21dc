//! Clients that ask one thing after the other, and what they and the server met.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::{ANEW, Client, encoded};
use crate::process::Process;
use crate::random::Random;

const QUERIES: [&str; 16] = [
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

/// How many ask what for how long.
pub(crate) struct Crowd {
    pub(crate) address: SocketAddr,
    /// What is asked, a query in the place of `{}`.
    pub(crate) target: String,
    pub(crate) queries: Vec<String>,
    pub(crate) n_clients: u64,
    pub(crate) seconds: u64,
    /// Whether each answer is to be found anew, not one that was kept.
    pub(crate) is_anew: bool,
    /// Comes again at once when it was told to wait.
    pub(crate) is_rude: bool,
    /// The server, where it runs on this machine.
    pub(crate) process: Option<Process>,
}

/// What was met.
#[derive(Default)]
pub(crate) struct Met {
    /// Times of answers with status 200, sorted.
    accepted: Vec<Duration>,
    pub(crate) n_busy: u64,
    pub(crate) n_wrong: u64,
    n_bytes: u64,
    time: Duration,
    /// Time of the processors that the server took.
    cpu: Duration,
    /// Most that the server held, in MiB.
    pub(crate) memory: u64,
    threads: u64,
}

#[derive(Default)]
struct Counts {
    accepted: Mutex<Vec<Duration>>,
    n_busy: AtomicU64,
    n_wrong: AtomicU64,
    n_bytes: AtomicU64,
    is_over: AtomicBool,
}

impl Crowd {
    /// Eight polite clients for ten seconds.
    pub(crate) fn of(address: SocketAddr, process: Option<Process>) -> Self {
        Self {
            address,
            target: "/api/search?q={}".to_owned(),
            queries: QUERIES.map(str::to_owned).to_vec(),
            n_clients: 8,
            seconds: 10,
            is_anew: false,
            is_rude: false,
            process,
        }
    }

    /// Asks for as long as it is wanted.
    pub(crate) fn ask(&self) -> Met {
        let counts = Counts::default();
        let mut met = Met::default();
        let cpu = self.process.map(Process::cpu);
        let started = Instant::now();
        std::thread::scope(|scope| {
            for seed in 0..self.n_clients {
                let counts = &counts;
                scope.spawn(move || self.ask_alone(seed, counts));
            }
            while started.elapsed() < Duration::from_secs(self.seconds) {
                std::thread::sleep(Duration::from_millis(100));
                if let Some(process) = self.process {
                    met.memory = met.memory.max(process.memory("VmRSS"));
                    met.threads = met.threads.max(process.n_threads());
                }
            }
            counts.is_over.store(true, Ordering::Relaxed);
        });
        met.time = started.elapsed();
        if let (Some(process), Some(before)) = (self.process, cpu) {
            met.cpu = process.cpu().saturating_sub(before);
        }
        met.accepted = counts.accepted.into_inner().unwrap();
        met.accepted.sort_unstable();
        met.n_busy = counts.n_busy.into_inner();
        met.n_wrong = counts.n_wrong.into_inner();
        met.n_bytes = counts.n_bytes.into_inner();
        met
    }

    fn ask_alone(&self, seed: u64, counts: &Counts) {
        let mut client = Client::new(self.address);
        if self.is_anew {
            client.head = ANEW;
        }
        let mut random = Random::new(seed + 1);
        let mut accepted = Vec::new();
        while !counts.is_over.load(Ordering::Relaxed) {
            let query = &self.queries[random.below(self.queries.len())];
            let target = self.target.replace("{}", &encoded(query));
            let started = Instant::now();
            let answer = client.get(&target);
            let took = started.elapsed();
            match answer {
                Ok(answer) if answer.status == 200 => {
                    accepted.push(took);
                    let n_bytes = answer.body.len() as u64;
                    counts.n_bytes.fetch_add(n_bytes, Ordering::Relaxed);
                }
                Ok(answer) if answer.status == 503 && answer.retry_after.is_some() => {
                    counts.n_busy.fetch_add(1, Ordering::Relaxed);
                    if !self.is_rude {
                        let seconds = answer.retry_after.unwrap_or(1);
                        std::thread::sleep(Duration::from_secs(seconds));
                    }
                }
                Ok(answer) => {
                    println!("status {}", answer.status);
                    counts.n_wrong.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => {
                    println!("{error}");
                    counts.n_wrong.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        counts.accepted.lock().unwrap().extend(accepted);
    }
}

impl Met {
    /// The time at a thousandth of the sorted times.
    pub(crate) fn nth(&self, thousandth: usize) -> Duration {
        let at = self.accepted.len() * thousandth / 1000;
        let time = self.accepted.get(at).or(self.accepted.last());
        time.copied().unwrap_or_default()
    }

    /// Prints all of it.
    pub(crate) fn tell(&self, name: &str) {
        let n = self.accepted.len();
        let seconds = self.time.as_secs_f64().max(0.001);
        println!(
            "{name}, {seconds:.1} s: {n} answers, {:.1} a second, {:.1} KB each; p50 {:?}, p90 {:?}, p99 {:?}, most {:?}; 503 with Retry-After {}, wrong {}",
            self.a_second(),
            self.n_bytes as f64 / 1000.0 / n.max(1) as f64,
            self.nth(500),
            self.nth(900),
            self.nth(990),
            self.nth(1000),
            self.n_busy,
            self.n_wrong,
        );
        if self.memory > 0 {
            println!(
                "  the server: {:.2} ms of a processor for an answer, {:.2} processors, at most {} MiB, {} threads",
                self.cpu_each(),
                self.cpu.as_secs_f64() / seconds,
                self.memory,
                self.threads
            );
        }
    }

    /// Accepted answers a second.
    pub(crate) fn a_second(&self) -> f64 {
        self.accepted.len() as f64 / self.time.as_secs_f64().max(0.001)
    }

    /// Milliseconds of a processor for an answer.
    pub(crate) fn cpu_each(&self) -> f64 {
        self.cpu.as_secs_f64() * 1000.0 / self.accepted.len().max(1) as f64
    }
}
