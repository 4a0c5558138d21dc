//! The promise: a string that stands on the page is found, everywhere it stands
//! and nowhere else. The judge is a scan over the text.

use std::collections::BTreeSet;
use std::sync::Arc;

use plansearch::index::{PassageRecord, Snapshot};
use plansearch::search::{Request, search};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::library;

pub(crate) fn all_passages(snapshot: &Snapshot) -> Vec<PassageRecord> {
    let documents = snapshot.catalog().documents();
    documents
        .iter()
        .flat_map(|doc| snapshot.passages_of(&doc.id, 0..usize::MAX).unwrap())
        .collect()
}

/// Ids of all hits, fetched page by page.
fn found(snapshot: &Arc<Snapshot>, query: &str) -> (usize, BTreeSet<String>) {
    let mut ids = BTreeSet::new();
    let mut request = Request {
        query: query.to_owned(),
        limit: 200,
        ..Request::default()
    };
    loop {
        let response = search(snapshot, &request).unwrap();
        assert!(!response.is_relaxed, "a phrase is never relaxed: {query}");
        ids.extend(response.hits.iter().map(|hit| hit.passage.id.clone()));
        request.offset += request.limit;
        if request.offset >= response.total {
            return (response.total, ids);
        }
    }
}

/// The judge's own idea of spellings that are the same.
const SAME: [(&str, char); 8] = [
    ("著", '着'),
    ("零○", '〇'),
    ("（[【〔", '('),
    ("）]】〕", ')'),
    ("，、", ','),
    ("“”「」", '"'),
    ("—–－", '-'),
    ("•‧・", '·'),
];

/// A text as the judge compares it: without blanks, spellings made the same.
pub(crate) fn dense(text: &str) -> String {
    let same = |c: char| {
        let known = SAME.iter().find(|(kin, _)| kin.contains(c));
        known.map_or(c, |(_, same)| *same)
    };
    let kept = text.chars().filter(|c| !c.is_whitespace());
    kept.map(same).collect()
}

/// Ids of the passages that hold `text`, blanks aside, by a scan.
fn scanned(passages: &[PassageRecord], text: &str) -> BTreeSet<String> {
    let needle = dense(text);
    let holds = |passage: &&PassageRecord| dense(&passage.text).contains(&needle);
    passages
        .iter()
        .filter(holds)
        .map(|passage| passage.id.clone())
        .collect()
}

#[test]
fn strings_that_segmenters_miss_are_found() {
    let snapshot = library::seeds();
    let passages = all_passages(&snapshot);
    for text in [
        "化工新材料园",
        "港",
        "氢",
        "业副产氢",
        "推动港口外联内通",
        "的",
        "。",
    ] {
        let (total, ids) = found(&snapshot, &format!("“{text}”"));
        let expect = scanned(&passages, text);
        assert!(!expect.is_empty(), "{text} stands in the seeds");
        assert_eq!(ids, expect, "{text}");
        assert_eq!(total, expect.len(), "{text}");
    }
}

#[test]
fn two_thousand_random_strings_are_found_exactly() {
    let snapshot = library::seeds();
    let passages = all_passages(&snapshot);
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let runs: Vec<Vec<char>> = passages
        .iter()
        .flat_map(|passage| {
            let chars: Vec<char> = passage.text.chars().collect();
            chars
                .split(|c| !is_han(c))
                .map(<[char]>::to_vec)
                .filter(|run| !run.is_empty())
                .collect::<Vec<_>>()
        })
        .collect();
    let strategy = (0..runs.len(), any::<prop::sample::Index>(), 1usize..=16);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(
        Config {
            cases: 2000,
            failure_persistence: None,
            ..Config::default()
        },
        rng,
    );
    let outcome = runner.run(&strategy, |(run, start, n_chars)| {
        let run = &runs[run];
        let start = start.index(run.len());
        let text: String = run.iter().skip(start).take(n_chars).collect();
        let (total, ids) = found(&snapshot, &format!("\"{text}\""));
        let expect = scanned(&passages, &text);
        prop_assert_eq!(total, expect.len(), "{}", text);
        prop_assert_eq!(ids, expect, "{}", text);
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn every_heading_and_lead_is_found_as_typed() {
    let snapshot = library::seeds();
    for passage in all_passages(&snapshot) {
        let lead = passage.lead_text().map(str::to_owned);
        let heading = passage.path.last().cloned();
        for text in lead.into_iter().chain(heading) {
            let request = Request {
                query: format!("“{text}”"),
                limit: 1,
                ..Request::default()
            };
            assert!(search(&snapshot, &request).unwrap().total > 0, "{text}");
        }
    }
}
