//! Queries of several kinds: the labelled ones, and pieces of the library.

use std::path::Path;

use plansearch::analysis::required_words;
use plansearch::engine::{Engine, Filter, YearRange};

use crate::random::Random;

/// A query with its kind.
pub(crate) struct Asked {
    pub(crate) kind: &'static str,
    pub(crate) query: String,
    pub(crate) filter: Filter,
}

/// About sixty queries for the library of `snapshot`, the same for the same
/// library.
pub(crate) fn for_library(snapshot: &dyn Engine) -> Vec<Asked> {
    let mut asked: Vec<Asked> = labelled()
        .into_iter()
        .step_by(2)
        .map(|query| plain("labelled", query))
        .collect();
    let mut random = Random::new(7);
    let mut draw = |n_chars: usize| run_of_library(snapshot, &mut random, n_chars);
    asked.extend((0..8).map(|_| plain("one word", words(&draw(8), 1))));
    asked.extend((0..8).map(|nth| plain("2-3 words", words(&draw(24), 2 + nth % 2))));
    asked.extend((0..6).map(|nth| plain("long run", draw(10 + nth))));
    asked.extend((0..6).map(|nth| plain("phrase", format!("“{}”", draw(5 + nth)))));
    asked.extend((0..4).map(|_| plain("one character", draw(1))));
    for filter in filters(snapshot) {
        asked.extend((0..3).map(|_| Asked {
            kind: "filtered",
            query: words(&draw(8), 1),
            filter: filter.clone(),
        }));
    }
    asked
}

fn plain(kind: &'static str, query: String) -> Asked {
    Asked {
        kind,
        query,
        filter: Filter::default(),
    }
}

fn labelled() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/relevance/queries.jsonl");
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            value["query"].as_str().unwrap().to_owned()
        })
        .collect()
}

/// A piece of a passage: `n_chars` Chinese characters behind one another.
fn run_of_library(snapshot: &dyn Engine, random: &mut Random, n_chars: usize) -> String {
    let documents = snapshot.catalog().documents();
    loop {
        let doc = random.pick(documents);
        let nth = random.below(doc.n_passages);
        let passages = snapshot.passages_of(&doc.id, nth..nth + 1).unwrap();
        let Some(passage) = passages.first() else {
            continue;
        };
        let chars: Vec<char> = passage.text.chars().collect();
        let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        let runs: Vec<&[char]> = chars
            .windows(n_chars)
            .filter(|run| run.iter().all(is_han))
            .collect();
        if !runs.is_empty() {
            return random.pick(&runs).iter().collect();
        }
    }
}

/// The first `n_words` words of two or more characters in `run`, behind the
/// first, which may be torn; the run itself when there are none.
fn words(run: &str, n_words: usize) -> String {
    let words: Vec<&str> = required_words(run)
        .into_iter()
        .map(|word| word.of(run))
        .filter(|word| word.chars().count() > 1)
        .skip(1)
        .take(n_words)
        .collect();
    if words.is_empty() {
        return run.to_owned();
    }
    words.join(" ")
}

/// One filter of each common kind that holds back something.
fn filters(snapshot: &dyn Engine) -> Vec<Filter> {
    let documents = snapshot.catalog().documents();
    let middle = &documents[documents.len() / 2];
    let year = documents.iter().find_map(|doc| doc.year()).unwrap_or(2021);
    vec![
        Filter {
            docs: vec![middle.id.clone()],
            ..Filter::default()
        },
        Filter {
            themes: snapshot.stamp().themes.iter().take(1).cloned().collect(),
            ..Filter::default()
        },
        Filter {
            years: vec![YearRange {
                first: year,
                last: year,
            }],
            ..Filter::default()
        },
    ]
}
