//! Ranking on the labelled queries, as figures with floors.

use std::collections::{BTreeMap, HashSet};

use plansearch::search::{Request, SameText, search};

use crate::gold::{self, Labelled, LabelledQuery};
use crate::library;
use crate::ranks;

/// Figures of one query.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    ndcg: f64,
    reciprocal_rank: f64,
    recall: f64,
}

/// The places of the hits that are clearly right.
pub(crate) fn ranks_of(grades: &[u32]) -> Vec<usize> {
    let right = grades.iter().enumerate().filter(|(_, grade)| **grade >= 2);
    right.map(|(at, _)| at + 1).collect()
}

/// Grades of the hits in order; each labelled passage is credited once.
fn graded_hits(query: &LabelledQuery, passages: &[Labelled], n_hits: usize) -> Vec<u32> {
    let request = Request {
        query: query.query.clone(),
        limit: n_hits,
        same_text: SameText::TogetherForWords,
        ..Request::default()
    };
    let response = search(&*library::seeds(), &request).unwrap();
    let mut credited: HashSet<&str> = HashSet::new();
    response
        .hits
        .iter()
        .map(|hit| {
            let shown: Vec<&Labelled> = passages
                .iter()
                .filter(|passage| passage.is_shown_by(hit.doc.file(), &hit.passage.text))
                .collect();
            let fresh = shown
                .iter()
                .filter(|passage| !credited.contains(passage.pid.as_str()));
            let grade = fresh
                .map(|passage| query.grades.get(&passage.pid).copied().unwrap_or(0))
                .max();
            credited.extend(shown.iter().map(|passage| passage.pid.as_str()));
            grade.unwrap_or(0)
        })
        .collect()
}

/// nDCG@10 of hits with these grades, where all that is right has the others.
pub(crate) fn ndcg(grades: &[u32], all: &[u32]) -> f64 {
    let dcg = |grades: &[u32]| -> f64 {
        let gains = grades.iter().take(10).enumerate();
        gains
            .map(|(rank, grade)| f64::from(2u32.pow(*grade) - 1) / (rank as f64 + 2.0).log2())
            .sum()
    };
    let mut best = all.to_vec();
    best.sort_unstable_by(|a, b| b.cmp(a));
    dcg(grades) / dcg(&best).max(f64::MIN_POSITIVE)
}

fn figures(query: &LabelledQuery, grades: &[u32]) -> Figures {
    let best: Vec<u32> = query.grades.values().copied().collect();
    let n_relevant = best.iter().filter(|grade| **grade >= 2).count();
    let n_found = grades.iter().filter(|grade| **grade >= 2).count();
    let first = grades.iter().take(10).position(|grade| *grade >= 2);
    Figures {
        ndcg: ndcg(grades, &best),
        reciprocal_rank: first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)),
        recall: n_found as f64 / n_relevant.max(1) as f64,
    }
}

/// Prints a table of the figures of a set and gives the mean nDCG@10.
#[allow(clippy::print_stdout, reason = "a report prints its figures")]
fn report(prefix: &str) -> f64 {
    let passages = gold::passages();
    let mut by_kind: BTreeMap<String, Vec<Figures>> = BTreeMap::new();
    println!(
        "\n{:<6} {:<12} {:>7} {:>7} {:>7}  query",
        "qid", "kind", "nDCG@10", "MRR@10", "R@20"
    );
    let mut told = ranks::Told::default();
    for query in gold::queries(prefix) {
        let grades = graded_hits(&query, &passages, 20);
        let found = figures(&query, &grades);
        told.add(&query.kind, &query.query, &ranks_of(&grades), found.ndcg);
        println!(
            "{:<6} {:<12} {:>7.3} {:>7.3} {:>7.3}  {}",
            query.qid, query.kind, found.ndcg, found.reciprocal_rank, found.recall, query.query
        );
        by_kind.entry(query.kind.clone()).or_default().push(found);
        by_kind.entry("~all".to_owned()).or_default().push(found);
    }
    let mut overall = 0.0;
    for (kind, all) in &by_kind {
        let mean =
            |value: fn(&Figures) -> f64| all.iter().map(value).sum::<f64>() / all.len() as f64;
        overall = mean(|figures| figures.ndcg);
        println!(
            "{:<6} {:<12} {:>7.3} {:>7.3} {:>7.3}",
            all.len(),
            kind,
            overall,
            mean(|figures| figures.reciprocal_rank),
            mean(|figures| figures.recall)
        );
    }
    told.compare(&format!("relevance/{prefix}ranks.txt"));
    overall
}

/// The queries that the ranking was made with; what it reaches, rounded down.
#[test]
fn figures_of_relevance_stay_above_their_floors() {
    let ndcg = report("");
    assert!(ndcg >= 0.92, "nDCG@10 is {ndcg:.3}, the floor is 0.92");
}

/// Queries labelled afterwards, harder and in more everyday words, by a reader who
/// did not know the program. They show whether the ranking carries over.
#[test]
fn later_queries_rank_well_too() {
    let ndcg = report("later_");
    assert!(ndcg >= 0.88, "nDCG@10 is {ndcg:.3}, the floor is 0.88");
}

/// Words of people beside those of plans: formulas and short forms, everyday words,
/// names that lead to names, and what is said in other words.
#[test]
fn plain_words_rank_well_too() {
    let ndcg = report("plain_");
    assert!(ndcg >= 0.70, "nDCG@10 is {ndcg:.3}, the floor is 0.70");
}

/// What is passed over because it cannot be among the best is none of them: ten hits are
/// the first ten of all hits, and there are as many.
#[test]
fn ten_hits_are_the_first_of_all() {
    let hits = |query: &str, limit: usize, same_text: SameText| {
        let request = Request {
            query: query.to_owned(),
            limit,
            same_text,
            ..Request::default()
        };
        let response = search(&*library::seeds(), &request).unwrap();
        let ids = response.hits.iter().map(|hit| hit.passage.id.clone());
        (response.total, ids.take(10).collect::<Vec<_>>())
    };
    let labelled = ["", "later_"].into_iter().flat_map(gold::queries);
    for query in labelled.map(|labelled| labelled.query) {
        for same_text in [SameText::Apart, SameText::Together] {
            let all = hits(&query, 5_000, same_text);
            assert_eq!(hits(&query, 10, same_text), all, "{query}");
        }
    }
}
