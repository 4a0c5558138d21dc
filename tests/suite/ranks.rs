//! A golden file of ranks: one line a query, so that a change shows what moved.
//!
//! `PLANSEARCH_UPDATE_RANKS=1` writes the files anew; they belong to the change.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

/// How much a mean may fall without a word.
const SLACK: f64 = 0.002;

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

    /// Prints what moved since the golden file was written; fails when the mean fell.
    #[expect(clippy::print_stdout, reason = "what moved is what one runs it for")]
    pub(crate) fn compare(&self, name: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/gold")
            .join(name);
        if std::env::var_os("PLANSEARCH_UPDATE_RANKS").is_some() {
            std::fs::write(&path, self.text()).unwrap();
            return;
        }
        let hint = "PLANSEARCH_UPDATE_RANKS=1 writes it anew";
        let Ok(golden) = std::fs::read_to_string(&path) else {
            println!("{name} is not there; {hint}");
            return;
        };
        let known: HashMap<&str, &str> = golden
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (at, _) = line.match_indices('\t').nth(1)?;
                Some((line.get(..at)?, line.get(at + 1..)?))
            })
            .collect();
        let ndcg = |told: &str| -> f64 { told.split('\t').next().unwrap().parse().unwrap() };
        let (mut n_up, mut n_down) = (0, 0);
        for (query, now) in &self.lines {
            let before = known.get(query.as_str()).copied().unwrap_or("0\t-");
            if before == now.as_str() {
                continue;
            }
            n_up += usize::from(ndcg(now) > ndcg(before));
            n_down += usize::from(ndcg(now) < ndcg(before));
            println!(
                "{query}: {} -> {}",
                before.replace('\t', " "),
                now.replace('\t', " ")
            );
        }
        let before = known.values().map(|told| ndcg(told)).sum::<f64>() / known.len().max(1) as f64;
        let now = self.mean();
        println!("{name}: {n_up} up, {n_down} down, mean {before:.3} -> {now:.3}; {hint}");
        assert!(
            now >= before - SLACK,
            "{name}: the mean fell from {before:.3} to {now:.3}; {hint}"
        );
    }
}
