//! What `trace` and `check` print, and the files that they write, letter by letter:
//! `tests/gold/drafts`. `PLANSEARCH_UPDATE_DRAFTS=1` writes them anew.

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::cli::Desk;

fn gold(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/gold/drafts")
        .join(name)
}

/// How long it took is another each time.
fn without_time(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let lines = lines.lines().map(|line| match line.strip_suffix(" 秒") {
        Some(front) => {
            let front = front.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("{front}0.0 秒")
        }
        None => line.to_owned(),
    });
    let lines: Vec<String> = lines.collect();
    lines.join("\n") + "\n"
}

fn is_as_before(name: &str, text: &str) {
    let path = gold(name);
    if std::env::var_os("PLANSEARCH_UPDATE_DRAFTS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let changed = before.lines().zip(text.lines()).find(|(a, b)| a != b);
    assert!(
        before == text,
        "{name} is other than before, first at {changed:?}; if it is meant so: \
         PLANSEARCH_UPDATE_DRAFTS=1 cargo test golden"
    );
}

/// The parts of a Word document that are made for the draft.
fn word_parts(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for name in ["word/document.xml", "word/comments.xml"] {
        let mut part = archive.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text.push('\n');
    }
    text
}

/// A command on a terminal of 80 columns; none where no program makes one.
fn on_terminal(desk: &Desk, command: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_plansearch");
    let line = format!("stty cols 80 rows 40; '{program}' --lang zh {command}");
    let output = std::process::Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(desk.path())
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm-256color")
        .env("PAGER", "cat")
        .env_remove("NO_COLOR")
        .env_remove("PLANSEARCH_INDEX")
        .stdin(Stdio::null())
        .output();
    let output = output.ok().filter(|output| !output.stdout.is_empty())?;
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn golden_answers_about_a_draft_are_as_before() {
    let desk = Desk::with_seeds();
    std::fs::copy(gold("draft.md"), desk.path().join("draft.md")).unwrap();
    for command in ["trace", "check"] {
        let run = desk.run(&[command, "draft.md"]);
        is_as_before(&format!("{command}.txt"), &without_time(&run.stdout));
        for form in ["html", "md"] {
            let run = desk.run(&[command, "draft.md", "--format", form]);
            is_as_before(&format!("{command}.{form}"), &run.stdout);
        }
        let run = desk.run(&[command, "draft.md", "-o", "out.docx"]);
        assert!(run.code < 2, "{}", run.stderr);
        let bytes = std::fs::read(desk.path().join("out.docx")).unwrap();
        is_as_before(&format!("{command}.docx.xml"), &word_parts(&bytes));
        match on_terminal(&desk, &format!("{command} draft.md")) {
            Some(shown) => is_as_before(&format!("{command}.terminal"), &without_time(&shown)),
            None => println!("no `script`: what a terminal shows is not compared"),
        }
    }
}
