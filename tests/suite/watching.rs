//! `index --watch`, and runs that a signal ends.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use crate::cli::Desk;

const PLAN: &str =
    "某市氢能产业发展规划\n第一章 总则\n第一节 目标\n建设加氢站十座，发展氢能产业。\n";
const OTHER: &str =
    "某市养老服务行动计划\n一、总体要求\n完善养老服务体系。\n二、保障措施\n加强组织领导。\n";
const MAX_WAIT: Duration = Duration::from_secs(30);

/// A running `index --watch`; ends with the test.
struct Watching {
    child: Child,
    stderr: BufReader<ChildStderr>,
}

impl Watching {
    fn start(desk: &Desk) -> Self {
        let mut child = desk
            .command(&["index", "--watch", "--interval", "0.1", "lib"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let mut watching = Self { child, stderr };
        watching.wait_for("watching");
        watching
    }

    /// Reads lines until one holds `part`; gives what came before, and it.
    fn wait_for(&mut self, part: &str) -> String {
        let mut seen = String::new();
        loop {
            let mut line = String::new();
            let n_bytes = self.stderr.read_line(&mut line).unwrap();
            assert!(n_bytes > 0, "it ended without `{part}`: {seen}");
            seen += &line;
            if line.contains(part) {
                return seen;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn send(signal: &str, child: &Child) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args([signal, &id]).status().unwrap();
    assert!(sent.success());
}

fn wait(child: &mut Child) -> Option<i32> {
    let started = Instant::now();
    while started.elapsed() < MAX_WAIT {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("it does not end");
}

#[test]
fn a_watched_folder_stays_in_step_until_a_signal() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    let mut watching = Watching::start(&desk);
    assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);

    desk.write("lib/b.txt", OTHER);
    watching.wait_for("2 documents (1 read, 1 unchanged, 0 moved, 0 removed)");
    assert_eq!(desk.run(&["search", "“养老服务”"]).code, 0);

    std::fs::write(desk.path().join("lib/broken.pdf"), b"%PDF-1.7\n...").unwrap();
    desk.write("lib/b.txt", &OTHER.replace("养老", "医疗"));
    let said = watching.wait_for("2 documents (1 read, 1 unchanged, 0 moved, 1 removed)");
    assert!(said.contains("not read: lib/broken.pdf"), "{said}");
    assert_eq!(desk.run(&["search", "“养老服务”"]).code, 1);

    std::fs::rename(desk.path().join("lib/a.txt"), desk.path().join("lib/c.txt")).unwrap();
    let said = watching.wait_for("2 documents (0 read, 1 unchanged, 1 moved, 0 removed)");
    assert!(!said.contains("broken.pdf"), "told once: {said}");

    // Another writer is an error that is told and passes.
    let lock = std::fs::File::options()
        .write(true)
        .open(desk.path().join("index/LOCK"))
        .unwrap();
    lock.lock().unwrap();
    std::fs::remove_file(desk.path().join("lib/c.txt")).unwrap();
    watching.wait_for("another plansearch process is writing");
    drop(lock);
    watching.wait_for("1 documents (0 read, 1 unchanged, 0 moved, 1 removed)");

    send("-TERM", &watching.child);
    watching.wait_for("stopped watching");
    assert_eq!(wait(&mut watching.child), Some(0));
    assert_eq!(desk.json(&["index", "lib"])["unchanged"], 1);
}

#[test]
fn a_folder_that_cannot_be_reached_keeps_its_documents() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    let mut watching = Watching::start(&desk);
    let (here, away) = (desk.path().join("lib"), desk.path().join("away"));
    std::fs::rename(&here, &away).unwrap();
    let said = watching.wait_for("1 documents");
    assert!(said.contains("not read: lib"), "{said}");
    assert_eq!(desk.run(&["search", "“加氢站”"]).code, 0);
    std::fs::rename(&away, &here).unwrap();
    desk.write("lib/b.txt", OTHER);
    watching.wait_for("2 documents");
}

#[test]
fn a_first_run_that_is_stopped_leaves_nothing_behind() {
    let desk = Desk::new();
    for n in 0..400 {
        let text = OTHER.replace("某市", &format!("第{n}市")).repeat(40);
        desk.write(&format!("lib/more-{n}.txt"), &text);
    }
    let mut child = desk
        .command(&["index", "lib"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !desk.path().join("index/g1").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    send("-INT", &child);
    assert_eq!(wait(&mut child), Some(130));
    let mut said = String::new();
    let mut stderr = child.stderr.take().unwrap();
    std::io::Read::read_to_string(&mut stderr, &mut said).unwrap();
    assert!(said.contains("nothing was indexed"), "{said}");
    assert!(!desk.path().join("index").exists());
}

#[test]
fn a_stopped_run_leaves_the_last_index_and_says_so() {
    let desk = Desk::new();
    desk.write("lib/a.txt", PLAN);
    desk.json(&["index", "lib"]);
    for n in 0..400 {
        let text = OTHER.replace("某市", &format!("第{n}市")).repeat(40);
        desk.write(&format!("lib/more-{n}.txt"), &text);
    }
    for (signal, status) in [("-INT", 130), ("-TERM", 143)] {
        let mut child = desk
            .command(&["index", "lib"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The lock is taken when the work begins, behind the signals.
        let lock = std::fs::File::options()
            .write(true)
            .open(desk.path().join("index/LOCK"))
            .unwrap();
        while lock.try_lock().is_ok() {
            lock.unlock().unwrap();
            std::thread::sleep(Duration::from_millis(5));
        }
        send(signal, &child);
        assert_eq!(wait(&mut child), Some(status));
        let mut said = String::new();
        let mut stderr = child.stderr.take().unwrap();
        std::io::Read::read_to_string(&mut stderr, &mut said).unwrap();
        assert!(
            said.contains("the index holds the last complete run"),
            "{said}"
        );
        assert_eq!(desk.json(&["search", "“加氢站”"])["total"], 1);
        assert_eq!(desk.run(&["search", "“养老服务”"]).code, 1);
    }
}

#[test]
fn the_interval_is_bounded() {
    let desk = Desk::new();
    for interval in ["0", "x", "100000", "NaN"] {
        let run = desk.run(&["index", "--watch", "--interval", interval, "lib"]);
        assert_eq!(run.code, 2, "{interval}");
    }
}
