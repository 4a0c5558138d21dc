//! Runs of indexing that are killed at any moment: the index answers as before, and a
//! complete run makes it whole.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::random::Random;

const QUERIES: [&str; 12] = [
    "氢能",
    "海河联运",
    "环境保护",
    "“化工新材料园”",
    "港口 -煤炭",
    "乡村振兴",
    "规划",
    "2025年",
    "人民政府 负责",
    "监督管理",
    "法律责任",
    "产业",
];

pub(crate) fn run(program: &str, library: &str, times: u64) -> bool {
    let dir = tempfile::tempdir().unwrap();
    let index = dir.path().join("index");
    let index = index.to_str().unwrap();
    let mut random = Random::new(7);
    let mut is_good = true;
    let started = std::time::Instant::now();
    assert!(
        Command::new(program)
            .args(["--index", index, "index", library])
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .success()
    );
    let whole_run = started.elapsed();
    let before = answers(program, index);
    println!("a whole run takes {whole_run:?}");
    for nth in 0..times {
        // Some before anything is written, some while it is put together.
        let share = random.below(1100) as u32;
        let time = whole_run * share / 1000;
        killed(
            program,
            &["--index", index, "index", "--rebuild", library],
            time,
        );
        let is_same = answers(program, index) == before;
        if !is_same {
            println!("FAIL kill {nth} after {time:?}: other answers");
            is_good = false;
        }
    }
    let first = dir.path().join("first");
    let first = first.to_str().unwrap();
    for _ in 0..times / 2 {
        let time = whole_run * random.below(900) as u32 / 1000;
        killed(program, &["--index", first, "index", library], time);
    }
    let done = Command::new(program)
        .args(["--index", first, "index", library])
        .stderr(Stdio::null())
        .status();
    is_good &= done.unwrap().success() && answers(program, first) == before;
    let generations = std::fs::read_dir(first).unwrap().flatten();
    let n_generations = generations.filter(|entry| entry.path().is_dir()).count();
    println!("after killed first runs: {n_generations} generation(s)");
    let verified = Command::new(program)
        .args(["--index", first, "verify"])
        .status();
    is_good && n_generations == 1 && verified.unwrap().success()
}

fn killed(program: &str, arguments: &[&str], time: Duration) {
    let mut child = Command::new(program)
        .args(arguments)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(time);
    let _ = child.kill();
    let _ = child.wait();
}

fn answers(program: &str, index: &str) -> Vec<String> {
    let answer = |query: &&str| {
        let output = Command::new(program)
            .args(["--index", index, "search", "--json", "--limit", "20", query])
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        // The time it took is no part of an answer.
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        if let Some(object) = value.as_object_mut() {
            object.remove("took_ms");
        }
        value.to_string()
    };
    QUERIES.iter().map(answer).collect()
}
