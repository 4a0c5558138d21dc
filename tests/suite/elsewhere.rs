//! Ranking over documents that it was not made with: public plans, reports, statutes and
//! notices of other places, asked by kinds of questions.
//!
//! The documents are not part of the project. `PLANSEARCH_SAMPLES` names their folder, else
//! a folder `shared/samples` beside the project does; without them the test says so and
//! passes.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use plansearch::engine::Engine;
use plansearch::index::Index;
use plansearch::ingest::{self, Job};
use plansearch::search::{Request, SameText, search};

use crate::library;
use crate::ranks;
use crate::relevance::{ndcg, ranks_of};

/// A query with the openings of the passages that are right, each with its grade.
struct Labelled {
    kind: String,
    query: String,
    right: Vec<(u32, String)>,
}

fn labelled(name: &str) -> Vec<Labelled> {
    let text = crate::gold::read(name);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut fields = line.split('\t').map(str::to_owned);
            Labelled {
                kind: fields.next().unwrap(),
                query: fields.next().unwrap(),
                right: fields
                    .map(|label| {
                        let (grade, opening) = label.split_once(':').unwrap();
                        (grade.parse().unwrap(), opening.to_owned())
                    })
                    .collect(),
            }
        })
        .collect()
}

fn samples() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let named = std::env::var_os("PLANSEARCH_SAMPLES").map(PathBuf::from);
    named.or_else(|| beside.is_dir().then_some(beside))
}

/// A text without blanks.
pub(crate) fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Grades of the first ten hits; each label is credited once.
fn graded_hits(snapshot: &dyn Engine, asked: &Labelled) -> Vec<u32> {
    let request = Request {
        query: asked.query.clone(),
        limit: 10,
        same_text: SameText::TogetherForWords,
        ..Request::default()
    };
    let mut credited = HashSet::new();
    let hits = search(snapshot, &request).unwrap().hits.into_iter();
    hits.map(|hit| {
        let text = dense(&hit.passage.text);
        let shown = asked.right.iter().enumerate();
        let fresh = shown.filter(|(nth, (_, opening))| {
            text.starts_with(opening.as_str()) && credited.insert(*nth)
        });
        fresh.map(|(_, (grade, _))| *grade).max().unwrap_or(0)
    })
    .collect()
}

/// Prints the figures of a set by kind and gives the mean nDCG@10.
#[allow(clippy::print_stdout, reason = "a report prints its figures")]
fn report(snapshot: &dyn Engine, name: &str) -> f64 {
    let mut by_kind: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut told = ranks::Told::default();
    for asked in labelled(&format!("relevance/{name}.tsv")) {
        let grades = graded_hits(snapshot, &asked);
        let all: Vec<u32> = asked.right.iter().map(|(grade, _)| *grade).collect();
        let found = ndcg(&grades, &all);
        println!("{found:.3} {:<10} {} {grades:?}", asked.kind, asked.query);
        told.add(&asked.kind, &asked.query, &ranks_of(&grades), found);
        by_kind.entry(asked.kind).or_default().push(found);
        by_kind.entry("~all".to_owned()).or_default().push(found);
    }
    for (kind, all) in &by_kind {
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        println!("{kind:<10} {:>3} {mean:.3}", all.len());
    }
    told.compare(&format!("relevance/{name}_ranks.txt"));
    let all = &by_kind["~all"];
    all.iter().sum::<f64>() / all.len() as f64
}

static OTHERS: OnceLock<Option<(tempfile::TempDir, Arc<dyn Engine>)>> = OnceLock::new();

/// The index of the other documents and the seeds, made once; says so where they are not
/// there.
#[allow(clippy::print_stdout, reason = "what is not run is said")]
pub(crate) fn others() -> Option<Arc<dyn Engine>> {
    let made = OTHERS.get_or_init(|| {
        let samples = samples()?;
        let dir = tempfile::tempdir().unwrap();
        let job = Job {
            index_dir: dir.path(),
            paths: &[samples, library::seeds_dir()],
            rebuild: false,
            themes: None,
            synonyms: None,
            ocr: None,
        };
        ingest::run(&job, &mut |_| ()).unwrap();
        let snapshot = Index::open(dir.path()).unwrap().snapshot();
        Some((dir, snapshot))
    });
    if made.is_none() {
        println!("\nNOT RUN: the documents are not there; PLANSEARCH_SAMPLES names them");
    }
    made.as_ref().map(|(_, snapshot)| Arc::clone(snapshot))
}

#[test]
fn queries_over_other_documents_rank_well() {
    let Some(snapshot) = others() else {
        return;
    };
    for (name, floor) in FLOORS {
        let mean = report(&*snapshot, name);
        assert!(
            mean >= floor,
            "{name}: nDCG@10 is {mean:.3}, the floor is {floor}"
        );
    }
}

/// The sets with what they reach today, rounded down.
const FLOORS: [(&str, f64); 5] = [
    ("elsewhere", 0.85),
    ("elsewhere_later", 0.75),
    ("elsewhere_spoken", 0.80),
    ("elsewhere_spoken_later", 0.70),
    ("elsewhere_spoken_last", 0.74),
];
