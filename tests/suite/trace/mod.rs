//! Tracing drafts whose sentences come from known places.
//!
//! `cargo test --test suite trace:: -- --nocapture` prints one table: a line for each class
//! of sentences. `TRACE_SHOW=class` lists the sentences of a class with their sources.

mod golden;
mod made;
mod own_docx;
pub(crate) mod scoring;

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::library;
use plansearch::draft::{DraftText, Verdict, trace};
use plansearch::engine::Filter;
use proptest::prelude::*;
use scoring::{Scores, score};

/// Real documents that are not part of the project; without them those labels are left
/// out whose sources they are.
const SAMPLES: &str = "/work/shared/samples";
/// Files of that folder that are not in the library: sentences without a source come
/// from them.
const HELD_OUT: [&str; 5] = [
    "四川政府工作报告2026.txt",
    "海拉尔区政府工作报告2015-gb18030.txt",
    "十四五数字经济发展规划.docx",
    "公文.ofd",
    "拿来主义.ofd",
];

pub(crate) fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/trace")
}

pub(crate) fn samples() -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(SAMPLES) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| !HELD_OUT.iter().any(|name| path.ends_with(name)))
        .collect();
    paths.sort();
    paths
}

/// Real documents that the library does not have.
pub(crate) fn held_out() -> Vec<PathBuf> {
    let paths = HELD_OUT
        .iter()
        .take(2)
        .map(|name| Path::new(SAMPLES).join(name));
    paths.filter(|path| path.exists()).collect()
}

/// What is reached, class by class.
const FLOORS: [(&str, f64); 16] = [
    ("copied", 1.0),
    ("edit10", 1.0),
    ("edit25", 0.97),
    ("edit40", 0.95),
    ("embedded", 0.97),
    ("embedded-edited", 0.85),
    ("merged", 0.97),
    ("merged-edited", 0.90),
    ("shuffled", 0.97),
    ("figure", 1.0),
    ("boilerplate", 1.0),
    ("natural", 1.0),
    ("reworded", 0.88),
    ("none", 0.97),
    ("near", 0.90),
    ("new", 0.97),
];

fn check_floors(scores: &Scores) {
    for (class, floor) in FLOORS {
        let right = scores.share(class, |class| class.whole);
        assert!(
            right >= floor,
            "{class}: {right:.3} right, {floor} expected"
        );
    }
    for (class, of) in [
        ("figure", "figures"),
        ("natural", "first"),
        ("boilerplate", "set"),
    ] {
        let right = scores.share(class, |score| match of {
            "figures" => score.figure,
            "first" => score.first,
            _ => score.boilerplate,
        });
        assert!(right >= 0.95, "{class}: {of} {right:.3}");
    }
    assert!(scores.pan.plagdet() >= 0.95, "{:.3}", scores.pan.plagdet());
    assert!(scores.boilerplate_false <= 1);
}

#[test]
fn labelled_sentences_are_traced_to_their_sources() {
    let samples = samples();
    let mut paths = vec![library::seeds_dir(), gold().join("library")];
    paths.extend(samples.iter().cloned());
    let dir = tempfile::tempdir().unwrap();
    let snapshot = library::index(dir.path(), &paths);
    let started = Instant::now();
    let shown = std::env::var("TRACE_SHOW").ok();
    let scores = score(&*snapshot, &gold(), shown.as_deref());
    println!("{}\n{:?}", scores.table(), started.elapsed());
    if samples.is_empty() {
        println!("no {SAMPLES}: labels whose sources lie there are left out");
    }
    check_floors(&scores);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::library::n_drafts()))]

    #[test]
    fn any_text_is_a_draft_and_places_lie_in_it(
        text in "(\\PC|[\n。，；“”0-9%港口建设加快发展氢能产业]){0,300}",
    ) {
        let draft = DraftText::of_text("-", &text);
        let traced = trace(&*library::seeds(), &draft, &Filter::default()).unwrap();
        let chars: Vec<char> = traced.text.chars().collect();
        let mut end = 0;
        for sentence in &traced.sentences {
            prop_assert!(sentence.span.start >= end && sentence.span.end <= chars.len());
            end = sentence.span.end;
            let own: String = chars[sentence.span.clone()].iter().collect();
            prop_assert_eq!(&own, &sentence.text);
            prop_assert_eq!(sentence.sources.is_empty(), sentence.verdict == Verdict::None);
            for source in &sentence.sources {
                let n_source = source.passage.text.chars().count();
                prop_assert!(source.draft_span.end <= sentence.span.end);
                prop_assert!(source.source_span.end <= n_source);
                prop_assert!((0.0..=1.0).contains(&source.score));
                for change in &source.changes {
                    let said: String = chars[change.draft_span.clone()].iter().collect();
                    prop_assert_eq!(&said, &change.draft);
                    prop_assert!(change.source_span.end <= n_source);
                }
            }
        }
    }
}

#[test]
fn an_answer_is_kept_in_the_form_that_its_file_is_named_for() {
    let dir = tempfile::tempdir().unwrap();
    let index = dir.path().join("index");
    library::index(&index, &[library::seeds_dir()]);
    let draft = dir.path().join("稿.txt");
    let text = "推进海河联运发展。\n到2025年，氢能产业产值力争突破900亿元。\n";
    std::fs::write(&draft, text).unwrap();
    for command in ["trace", "check"] {
        for (name, start) in [
            ("果.docx", &b"PK"[..]),
            ("果.xlsx", b"PK"),
            ("果.html", b"<!DOCTYPE html>"),
            ("果.md", "# 文稿".as_bytes()),
            ("果.csv", "\u{feff}序号".as_bytes()),
            ("果.json", b"{"),
        ] {
            let path = dir.path().join(name);
            let run = std::process::Command::new(env!("CARGO_BIN_EXE_plansearch"))
                .args(["--index".as_ref(), index.as_os_str(), command.as_ref()])
                .args([draft.as_os_str(), "-o".as_ref(), path.as_os_str()])
                .output()
                .unwrap();
            assert!(run.status.code() < Some(2), "{command} {name}: {run:?}");
            assert!(run.stdout.is_empty(), "{command} {name}");
            let written = std::fs::read(&path).unwrap();
            assert!(written.starts_with(start), "{command} {name}");
        }
    }
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_plansearch"))
        .args(["--index".as_ref(), index.as_os_str(), "check".as_ref()])
        .args([draft.as_os_str(), "-o".as_ref(), "果.foo".as_ref()])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("果.foo"));
}
