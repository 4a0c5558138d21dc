//! How an outline is measured against a hand-made one, for the tests.

use plansearch_document::Document;
use plansearch_text::fold::is_blank;
use std::collections::HashMap;

/// Letters and digits only: labels are compared without blanks and punctuation.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// F1 of two multisets, and what is missing or too much.
pub(super) fn f1(found: &[String], gold: &[String]) -> (f64, Vec<String>) {
    let mut counts: HashMap<&String, i64> = HashMap::new();
    for item in gold {
        *counts.entry(item).or_default() += 1;
    }
    for item in found {
        *counts.entry(item).or_default() -= 1;
    }
    let n_wrong: i64 = counts.values().map(|n| n.abs()).sum();
    let n_all = (found.len() + gold.len()) as f64;
    let wrong = counts
        .iter()
        .filter(|(_, n)| **n != 0)
        .map(|(item, n)| format!("{} {item}", if *n > 0 { "missing" } else { "extra" }))
        .collect();
    if n_all == 0.0 {
        (1.0, wrong)
    } else {
        (1.0 - n_wrong as f64 / n_all, wrong)
    }
}

/// Counts the characters a reader would miss: letters, digits, punctuation
/// other than full stops of headings and Markdown marks.
fn counted<'a>(texts: impl Iterator<Item = &'a str>) -> HashMap<char, i64> {
    let mut counts = HashMap::new();
    for c in texts.flat_map(str::chars) {
        if !is_blank(c) && !"#*_-=|>。．.：:•·".contains(c) {
            *counts.entry(c).or_default() += 1;
        }
    }
    counts
}

/// Fails when a character of the source is in no passage and in no dropped text.
pub(super) fn check_nothing_lost<'a>(
    source: impl Iterator<Item = &'a str>,
    documents: &[Document],
) {
    let mut counts = counted(source);
    let passages = documents
        .iter()
        .flat_map(|d| d.passages.iter().map(|p| p.text.as_str()));
    let dropped = documents
        .iter()
        .flat_map(|d| d.dropped.iter().map(|x| x.text.as_str()));
    for (c, n) in counted(passages.chain(dropped)) {
        *counts.entry(c).or_default() -= n;
    }
    let lost: Vec<_> = counts.into_iter().filter(|(_, n)| *n != 0).collect();
    assert!(lost.is_empty(), "lost (or doubled, below 0): {lost:?}");
}
