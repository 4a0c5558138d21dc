//! A golden file of ranks: one line a query, so that a change shows what moved.
//!
//! `PLANSEARCH_UPDATE_RANKS=1` writes the files anew; they belong to the change.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

/// How a golden file is written anew.
const HINT: &str = "PLANSEARCH_UPDATE_RANKS=1 writes it anew";

/// Ranks as they are told, query by query.
#[derive(Debug, Default)]
pub(crate) struct Told {
    lines: Vec<(String, String)>,
    sum: f64,
}

impl Told {
    /// Adds a query with the ranks of what was right, and its nDCG@10.
    pub(crate) fn add(&mut self, kind: &str, query: &str, ranks: &[usize], ndcg: f64) {
        let ranks: Vec<String> = ranks.iter().map(ToString::to_string).collect();
        let ranks = if ranks.is_empty() {
            "-".to_owned()
        } else {
            ranks.join(",")
        };
        self.lines
            .push((format!("{kind}\t{query}"), format!("{ndcg:.3}\t{ranks}")));
        self.sum += ndcg;
    }

    fn mean(&self) -> f64 {
        self.sum / self.lines.len().max(1) as f64
    }

    fn text(&self) -> String {
        let mut text = format!(
            "# {} queries, mean nDCG@10 {:.3}\n",
            self.lines.len(),
            self.mean()
        );
        for (query, ranks) in &self.lines {
            writeln!(text, "{query}\t{ranks}").unwrap();
        }
        text
    }

    /// Holds the ranks against the golden file: fails where any moved, and names each.
    pub(crate) fn compare(&self, name: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/gold")
            .join(name);
        if std::env::var_os("PLANSEARCH_UPDATE_RANKS").is_some() {
            std::fs::write(&path, self.text()).unwrap();
            return;
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        let moved = self.moved(&golden);
        assert!(moved.is_empty(), "{name}: {moved}{HINT}");
    }

    /// What moved since the golden file was written, up and down, query by query; empty
    /// where nothing did.
    fn moved(&self, golden: &str) -> String {
        let lines = golden.lines().filter(|line| !line.starts_with('#'));
        let known: HashMap<&str, &str> = lines
            .filter_map(|line| {
                let (at, _) = line.match_indices('\t').nth(1)?;
                Some((line.get(..at)?, line.get(at + 1..)?))
            })
            .collect();
        let ndcg = |told: &str| -> f64 { told.split('\t').next().unwrap().parse().unwrap() };
        let (mut n_up, mut n_down) = (0, 0);
        let mut moved = String::new();
        for (query, now) in &self.lines {
            let before = known.get(query.as_str()).copied().unwrap_or("0\t-");
            let change = ndcg(now) - ndcg(before);
            let way = match change {
                _ if before == now => continue,
                _ if change > 0.0 => "up",
                _ if change < 0.0 => "down",
                _ => "moved",
            };
            n_up += usize::from(change > 0.0);
            n_down += usize::from(change < 0.0);
            let [before, now] = [before, now].map(|told| told.replace('\t', " at "));
            writeln!(moved, "{way}: {query}: {before} -> {now}").unwrap();
        }
        let here: HashSet<&str> = self.lines.iter().map(|(query, _)| query.as_str()).collect();
        for gone in known.keys().filter(|query| !here.contains(*query)) {
            writeln!(moved, "gone: {gone}").unwrap();
        }
        if moved.is_empty() {
            return moved;
        }
        let before = known.values().map(|told| ndcg(told)).sum::<f64>() / known.len().max(1) as f64;
        let now = self.mean();
        format!("{n_up} up, {n_down} down, mean {before:.3} -> {now:.3}\n{moved}")
    }
}

#[test]
fn a_query_that_moved_is_named_with_its_way() {
    let mut told = Told::default();
    told.add("kind", "港口", &[1, 3], 0.9);
    told.add("kind", "氢能", &[2], 0.6);
    told.add("kind", "航道", &[], 0.0);
    let same = told.text();
    assert_eq!(told.moved(&same), "");
    let golden =
        "# 3 queries\nkind\t港口\t0.800\t2,3\nkind\t氢能\t0.700\t1\nkind\t航道\t0.000\t-\n";
    let moved = told.moved(golden);
    assert!(moved.starts_with("1 up, 1 down"), "{moved}");
    assert!(
        moved.contains("up: kind\t港口: 0.800 at 2,3 -> 0.900 at 1,3"),
        "{moved}"
    );
    assert!(
        moved.contains("down: kind\t氢能") && !moved.contains("航道"),
        "{moved}"
    );
}
