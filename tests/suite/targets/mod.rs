//! Targets of plans against the labels in `tests/gold/targets`, and at the terminal.
//!
//! `cargo test -p plansearch --test suite targets_figures -- --nocapture` prints the
//! figures; with `PLANSEARCH_SAMPLES` (a folder) also of documents that are not here.

#![expect(clippy::print_stdout, reason = "the figures are read by people")]

mod command;
mod questions;
mod score;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use plansearch::ingest::documents_in;
use plansearch::target::Target;
use plansearch::text::Span;
use serde::Deserialize;

use score::{Label, Share, is_right};

/// Floors of what is reached.
const MIN_TABLES: f64 = 0.98;
const MIN_REPORTS: f64 = 0.98;
const MIN_PROSE: f64 = 0.96;
const MIN_NONE: f64 = 0.97;

/// A target where it stands.
struct Found {
    text: String,
    /// In characters of the text.
    span: (usize, usize),
    table: Option<(String, usize)>,
    target: Target,
}

#[derive(Deserialize)]
struct Sentence {
    doc: String,
    text: String,
    records: Vec<Label>,
    #[serde(default)]
    ignore: Vec<String>,
}

pub(super) fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/targets")
}

/// Where a labelled document lies; none when its folder is not there.
pub(super) fn place(doc: &str) -> Option<PathBuf> {
    let folders = [
        Some(gold().join("texts")),
        Some(crate::library::seeds_dir()),
        std::env::var_os("PLANSEARCH_SAMPLES").map(PathBuf::from),
    ];
    let mut paths = folders.into_iter().flatten().map(|folder| folder.join(doc));
    paths.find(|path| path.exists())
}

fn lines<T: serde::de::DeserializeOwned>(name: &str) -> Vec<T> {
    let text = std::fs::read_to_string(gold().join(name)).unwrap();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The characters of a text before a byte.
fn n_chars(text: &str, byte: usize) -> usize {
    Span::new(0, byte).n_chars(text)
}

/// The targets of a file.
fn found_in(path: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    for document in documents_in(path).unwrap() {
        for (passage, target) in document.passages.iter().flat_map(|passage| {
            let targets = passage.targets.iter().cloned();
            targets.map(move |target| (passage, target))
        }) {
            let chars = |byte: usize| n_chars(&passage.text, byte);
            found.push(Found {
                span: (chars(target.span.start), chars(target.span.end)),
                text: passage.text.clone(),
                table: passage
                    .table
                    .as_ref()
                    .and_then(|table| Some((table.caption.clone(), table.row?))),
                target,
            });
        }
    }
    found
}

/// The targets of all labelled documents that are here.
fn library() -> BTreeMap<String, Vec<Found>> {
    let mut docs: Vec<String> = lines::<Label>("reports.jsonl")
        .into_iter()
        .chain(lines::<Label>("tables.jsonl"))
        .filter_map(|label| label.doc)
        .chain(
            lines::<Sentence>("prose.jsonl")
                .into_iter()
                .map(|line| line.doc),
        )
        .collect();
    docs.sort();
    docs.dedup();
    docs.into_iter()
        .filter_map(|doc| Some((doc.clone(), found_in(&place(&doc)?))))
        .collect()
}

#[test]
fn targets_figures() {
    let library = library();
    for found in library.values().flatten() {
        let text: String = found
            .text
            .chars()
            .skip(found.span.0)
            .take(found.span.1 - found.span.0)
            .collect();
        assert_eq!(text, found.target.span.of(&found.text));
        assert!(!text.is_empty(), "{}", found.text);
    }
    let (tables, n_damaged) = tables(&library);
    let (reports, n_wrong) = reports(&library);
    let (prose, none) = prose(&library);
    println!("\nclass     right  missed  false     P     R    F1");
    for (name, share) in [
        ("tables", &tables),
        ("reports", &reports),
        ("prose", &prose),
    ] {
        println!("{name:8}{share}");
    }
    let (n_none, n_quiet) = none;
    let quiet = n_quiet as f64 / f64::from(n_none.max(1));
    println!("sentences without a target: {n_quiet} of {n_none} ({quiet:.3})");
    println!("damaged rows flagged: {n_damaged}; wrong horizons in reports: {n_wrong}");
    assert!(tables.f1() >= MIN_TABLES);
    assert!(reports.f1() >= MIN_REPORTS);
    assert_eq!(n_wrong, 0, "figures of another time were taken");
    assert!(prose.f1() >= MIN_PROSE);
    assert!(quiet >= MIN_NONE);
}

fn tables(library: &BTreeMap<String, Vec<Found>>) -> (Share, usize) {
    let mut share = Share::default();
    let mut n_damaged = 0;
    let labels: Vec<Label> = lines("tables.jsonl");
    let of_row = |label: &Label| -> Vec<&Found> {
        let (table, row) = (label.table.as_deref().unwrap(), label.row.unwrap());
        let found = &library[label.doc.as_deref().unwrap()];
        found
            .iter()
            .filter(|found| {
                found.table.as_ref().is_some_and(|(caption, at)| {
                    caption.replace(' ', "").starts_with(table) && *at + 1 == row
                })
            })
            .collect()
    };
    let mut n_targets = 0;
    for label in &labels {
        let rows = of_row(label);
        if label.damaged_row.is_some() {
            let is_flagged = !rows.is_empty() && rows.iter().all(|found| found.target.is_damaged);
            assert!(is_flagged, "row {:?} is not flagged", label.row);
            n_damaged += 1;
            continue;
        }
        n_targets += usize::from(label.horizon.as_deref() == Some("target"));
        let is_found = rows.iter().any(|found| {
            let binding = found.target.binding.map(plansearch::target::Binding::name);
            found.target.span.of(&found.text) == label.text
                && is_right(label, &found.target)
                && binding == label.binding.as_deref()
                && found.target.is_damaged == label.is_damaged
        });
        if is_found {
            share.right += 1;
        } else {
            share.missed += 1;
            println!("table row {:?} {:?}: missed", label.row, label.name);
        }
    }
    let listed = library.values().flatten().filter(|found| {
        found.table.is_some() && found.target.horizon.name() == "target" && !found.target.is_damaged
    });
    // One of the labelled targets is damaged.
    share.wrong = listed.count().saturating_sub(n_targets - 1);
    (share, n_damaged)
}

fn reports(library: &BTreeMap<String, Vec<Found>>) -> (Share, usize) {
    let mut share = Share::default();
    let mut n_wrong = 0;
    for label in lines::<Label>("reports.jsonl") {
        let Some(found) = library.get(label.doc.as_deref().unwrap()) else {
            continue;
        };
        let at_quote: Vec<&Found> = found
            .iter()
            .filter(|found| {
                let Some(at) = found.text.find(&label.quote) else {
                    return false;
                };
                let start = n_chars(&found.text, at) + label.offset;
                overlaps(found.span, start, &label.text)
            })
            .collect();
        if at_quote.iter().any(|found| is_right(&label, &found.target)) {
            share.right += 1;
            continue;
        }
        share.missed += 1;
        share.wrong += at_quote.len().min(1);
        n_wrong += usize::from(
            at_quote
                .iter()
                .any(|found| Some(found.target.horizon.name()) != label.horizon.as_deref()),
        );
        println!("report {} {}: missed", label.doc.unwrap(), label.quote);
    }
    (share, n_wrong)
}

fn overlaps(span: (usize, usize), start: usize, text: &str) -> bool {
    span.0 < start + text.chars().count() && start < span.1
}

fn prose(library: &BTreeMap<String, Vec<Found>>) -> (Share, (u32, usize)) {
    let mut share = Share::default();
    let (mut n_none, mut n_quiet) = (0, 0);
    for sentence in lines::<Sentence>("prose.jsonl") {
        let Some(found) = library.get(&sentence.doc) else {
            continue;
        };
        let within: Vec<(usize, &Found)> = found
            .iter()
            .filter_map(|found| {
                let at = found.text.find(&sentence.text)?;
                let start = n_chars(&found.text, at);
                let end = start + sentence.text.chars().count();
                (start <= found.span.0 && found.span.1 <= end).then_some((start, found))
            })
            .collect();
        let is_target = |found: &Found| found.target.horizon.name() == "target";
        if sentence.records.is_empty() {
            n_none += 1;
            n_quiet += usize::from(!within.iter().any(|(_, found)| is_target(found)));
            continue;
        }
        let mut used = vec![false; within.len()];
        for label in &sentence.records {
            let hit = within.iter().enumerate().position(|(at, (start, found))| {
                !used[at]
                    && overlaps(found.span, start + label.offset, &label.text)
                    && is_right(label, &found.target)
            });
            if let Some(at) = hit {
                used[at] = true;
                share.right += 1;
            } else {
                share.missed += 1;
                println!("prose {:?} {} in {}", label.name, label.text, sentence.text);
            }
        }
        for ((_, found), _) in within.iter().zip(&used).filter(|(_, used)| !**used) {
            let text = found.target.span.of(&found.text);
            let is_ignored = sentence
                .ignore
                .iter()
                .any(|ignored| ignored.contains(text) || text.contains(ignored.as_str()));
            if is_target(found) && !is_ignored {
                share.wrong += 1;
                println!(
                    "prose false {} {text} in {}",
                    found.target.name, sentence.text
                );
            }
        }
    }
    (share, (n_none, n_quiet))
}

#[test]
fn seed_table_has_its_rows_bindings_and_damage() {
    let found = found_in(&crate::library::seeds_dir().join("000_a945dcf59f48051e.txt"));
    let rows: Vec<&Found> = found
        .iter()
        .filter(|found| {
            let table = found.table.as_ref();
            table.is_some_and(|(caption, _)| caption.starts_with("表2-1"))
        })
        .collect();
    assert_eq!(rows.len(), 34);
    let of = |binding: &str| {
        let bindings = rows.iter().filter_map(|found| found.target.binding);
        bindings.filter(|known| known.name() == binding).count()
    };
    assert_eq!((of("预期性"), of("约束性")), (24, 10));
    let seventh = &rows[6].target;
    assert_eq!(seventh.name, "海河联运吞吐量年均增长");
    let amount = seventh.amount.as_ref().unwrap();
    assert_eq!(amount.value().unwrap().to_string(), "2.2");
    assert_eq!((amount.unit.as_str(), seventh.is_annual_mean), ("%", true));
    assert!(rows[13].target.is_damaged && rows[13].target.name.is_empty());
    assert_eq!(
        rows.iter().filter(|found| found.target.is_damaged).count(),
        1
    );
}
