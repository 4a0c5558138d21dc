//! Files of an index that are gone, cut, zeroed or flipped: a clear error or the same
//! answer, never a panic, never a hang; another answer only where `verify` finds why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::random::Random;

const COMMANDS: [&[&str]; 6] = [
    &["search", "氢能", "--json"],
    &["search", "“规划”", "--json"],
    &["search", "", "--json", "--limit", "50"],
    &["documents", "--json"],
    &["themes", "--json"],
    &["suggest", "氢", "--json"],
];

const MAX_TIME: Duration = Duration::from_secs(30);

pub(crate) fn run(program: &str, index: &str, n_flips: u64) -> bool {
    let good: Vec<Outcome> = COMMANDS
        .iter()
        .map(|command| ask(program, Path::new(index), command))
        .collect();
    let files = files_of(index);
    let n_damages = 3 + n_flips;
    let cases = files
        .iter()
        .flat_map(|file| (0..n_damages).map(move |nth| (file, nth)));
    let cases: Mutex<Vec<(&PathBuf, u64)>> = Mutex::new(cases.collect());
    let counts: Mutex<BTreeMap<&str, u64>> = Mutex::default();
    let n_workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..n_workers {
            scope.spawn(|| {
                loop {
                    let next = cases.lock().unwrap().pop();
                    let Some((file, nth)) = next else { return };
                    for name in one(program, index, file, nth, &good) {
                        *counts.lock().unwrap().entry(name).or_default() += 1;
                    }
                }
            });
        }
    });
    let counts = counts.into_inner().unwrap();
    println!("{} files: {counts:?}", files.len());
    !["WRONG", "PANIC", "HANG"]
        .iter()
        .any(|name| counts.contains_key(name))
}

/// The files of an index, in an order that the random names of segments do not change.
fn files_of(index: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(index).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(index).unwrap().to_owned())
        .collect();
    files.sort_by_cached_key(|path| {
        let n_bytes = Path::new(index).join(path).metadata().unwrap().len();
        (path.extension().map(ToOwned::to_owned), n_bytes)
    });
    files
}

/// Damages one file of a copy and says how each command ends.
fn one(program: &str, index: &str, file: &Path, nth: u64, good: &[Outcome]) -> Vec<&'static str> {
    let copy = tempfile::tempdir().unwrap();
    copy_all(Path::new(index), copy.path());
    let path = copy.path().join(file);
    let bytes = std::fs::read(&path).unwrap();
    let mut random = Random::new(nth * 1000 + bytes.len() as u64);
    let how = damage(&path, bytes, nth, &mut random);
    // Opening compares what every command reads; the rest is for `verify` to find.
    let is_found = ask(program, copy.path(), &["verify"]).code == Some(2);
    let mut names = Vec::new();
    for (command, expect) in COMMANDS.iter().zip(good) {
        let outcome = ask(program, copy.path(), command);
        let name = match outcome.name(expect) {
            "WRONG" if is_found => "other, but verify finds it",
            name => name,
        };
        if matches!(name, "WRONG" | "PANIC" | "HANG") || name.starts_with("other") {
            println!("{name}: {} {how}: {command:?}", file.display());
        }
        names.push(name);
    }
    names
}

fn damage(path: &Path, mut bytes: Vec<u8>, nth: u64, random: &mut Random) -> String {
    match nth {
        0 => {
            std::fs::remove_file(path).unwrap();
            return "gone".to_owned();
        }
        1 => bytes.truncate(bytes.len() / 2),
        2 => bytes.fill(0),
        _ => {
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
            std::fs::write(path, bytes).unwrap();
            return format!("flipped at {at}");
        }
    }
    std::fs::write(path, bytes).unwrap();
    if nth == 1 { "cut" } else { "zeroed" }.to_owned()
}

#[derive(PartialEq)]
struct Outcome {
    code: Option<i32>,
    answer: String,
}

impl Outcome {
    fn name(&self, expect: &Self) -> &'static str {
        match self.code {
            None => "HANG",
            Some(2) => "error",
            Some(_) if self == expect => "same",
            Some(0 | 1) => "WRONG",
            Some(_) => "PANIC",
        }
    }
}

fn ask(program: &str, index: &Path, command: &[&str]) -> Outcome {
    let mut child = Command::new(program)
        .arg("--index")
        .arg(index)
        .args(command)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let reading = std::thread::spawn(move || std::io::read_to_string(&mut stdout));
    let started = Instant::now();
    let code = loop {
        match child.try_wait().unwrap() {
            // A signal is as bad as a panic.
            Some(status) => break Some(status.code().unwrap_or(101)),
            None if started.elapsed() > MAX_TIME => break None,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let _ = child.kill();
    let _ = child.wait();
    let text = reading.join().unwrap().unwrap_or_default();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.remove("took_ms");
    }
    Outcome {
        code,
        answer: value.to_string(),
    }
}

fn copy_all(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
