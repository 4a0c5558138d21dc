//! Themes of passages on the labelled documents, as figures with floors.

use std::collections::{BTreeMap, HashSet};

use crate::gold;
use crate::library;

#[test]
fn figures_of_themes_stay_above_their_floors() {
    let snapshot = library::seeds();
    let passages = gold::passages();
    let labels = gold::themes();
    let labelled_docs: HashSet<&str> = labels.iter().map(|(_, pid, _)| document_of(pid)).collect();
    let mut given: BTreeMap<String, HashSet<&str>> = BTreeMap::new();
    for doc in snapshot.catalog().documents() {
        for passage in snapshot.passages_of(&doc.id, 0..usize::MAX).unwrap() {
            for labelled in passages.iter().filter(|labelled| {
                labelled_docs.contains(document_of(&labelled.pid))
                    && labelled.is_shown_by(doc.file(), &passage.text)
            }) {
                for theme in &passage.themes {
                    given
                        .entry(theme.name.clone())
                        .or_default()
                        .insert(&labelled.pid);
                }
            }
        }
    }
    let names: HashSet<&String> = labels.iter().map(|(name, _, _)| name).collect();
    let mut names: Vec<&String> = names.into_iter().collect();
    names.sort();
    let mut sum = 0.0;
    println!("\n{:>9} {:>7} {:>7}  theme", "precision", "recall", "F");
    for name in &names {
        let about: HashSet<&str> = labels
            .iter()
            .filter(|(n, _, g)| n == *name && *g == 2)
            .map(|(_, p, _)| p.as_str())
            .collect();
        let any: HashSet<&str> = labels
            .iter()
            .filter(|(n, _, _)| n == *name)
            .map(|(_, p, _)| p.as_str())
            .collect();
        let got = given.get(*name).cloned().unwrap_or_default();
        let precision = got.intersection(&any).count() as f64 / got.len().max(1) as f64;
        let recall = got.intersection(&about).count() as f64 / about.len().max(1) as f64;
        let f = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        sum += f;
        println!("{precision:>9.3} {recall:>7.3} {f:>7.3}  {name}");
    }
    let macro_f = sum / names.len() as f64;
    println!("macro F {macro_f:.3} over {} themes", names.len());
    assert!(
        macro_f >= MACRO_F_FLOOR,
        "macro F is {macro_f:.3}, the floor is {MACRO_F_FLOOR}"
    );
}

/// What the catalogue reaches today, rounded down.
const MACRO_F_FLOOR: f64 = 0.87;

/// The document of a labelled passage: `000` of `000-p012`.
fn document_of(pid: &str) -> &str {
    pid.split('-').next().unwrap_or_default()
}
