//! Words that name a document or an issuer, and so steer a search rather than
//! match: 生态文明规划 里的 危险废物.

use crate::analysis::{is_idle, required_words};
use crate::index::Catalog;
use crate::query::Synonyms;
use crate::text::fold;

/// How documents are called. A run that ends so may name one.
const CALLED: [&str; 16] = [
    "规划", "纲要", "计划", "方案", "报告", "意见", "条例", "办法", "规定", "法", "通知", "决定",
    "行动", "细则", "目录", "清单",
];
/// Between the name of a document and what is sought in it.
const JOINTS: [&str; 6] = ["里面的", "里的", "中的", "当中的", "关于", "里"];

/// What steers a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steering {
    /// The runs that are left to match.
    pub runs: Vec<String>,
    /// Ids of the documents that are named.
    pub docs: Vec<String>,
    /// The words that name them.
    pub names: Vec<String>,
}

impl Steering {
    /// Finds what steers in the runs of a plain query. Nothing steers when
    /// nothing would be left to match.
    pub fn of(runs: &[&str], catalog: &Catalog, synonyms: &[&Synonyms]) -> Self {
        let mut steering = Self::default();
        for run in runs {
            let (name, rest) = split_at_joint(run).unwrap_or((run, ""));
            let docs = named(name, catalog, synonyms);
            if docs.is_empty() {
                steering.runs.push((*run).to_owned());
                continue;
            }
            steering.names.push(name.to_owned());
            steering.docs.extend(docs);
            if !rest.is_empty() {
                steering.runs.push(rest.to_owned());
            }
        }
        steering.runs.retain(|run| !is_idle(run));
        if steering.runs.is_empty() || steering.docs.is_empty() {
            return Self {
                runs: runs.iter().map(|run| (*run).to_owned()).collect(),
                ..Self::default()
            };
        }
        steering
    }
}

fn split_at_joint(run: &str) -> Option<(&str, &str)> {
    JOINTS.iter().find_map(|joint| {
        let (name, rest) = run.split_once(joint)?;
        (CALLED.iter().any(|called| name.ends_with(called)) && !rest.is_empty())
            .then_some((name, rest))
    })
}

/// The documents that `name` names: all its words stand in the title, or it is
/// their issuer. A name that fits half of a larger library tells nothing.
fn named(name: &str, catalog: &Catalog, synonyms: &[&Synonyms]) -> Vec<String> {
    let folded = fold(name);
    if folded.chars().count() < 4 {
        return Vec::new();
    }
    let documents = catalog.documents();
    let mut found = catalog.issued_by(&folded);
    if CALLED.iter().any(|called| name.ends_with(called)) {
        let words: Vec<Vec<String>> = required_words(name)
            .into_iter()
            .map(|word| ways(&fold(word.of(name)), &folded, synonyms))
            .collect();
        let names = |title: &str| {
            let stands = |ways: &Vec<String>| ways.iter().any(|way| title.contains(way));
            words.iter().all(stands)
        };
        found.extend(catalog.titled(names));
    }
    let found: Vec<String> = found.into_iter().map(|doc| doc.id.clone()).collect();
    if documents.len() > 4 && found.len() * 2 > documents.len() {
        return Vec::new();
    }
    found
}

/// A word of a name, and the other names of the piece of the name it is in.
fn ways(word: &str, name: &str, synonyms: &[&Synonyms]) -> Vec<String> {
    let mut ways = vec![word.to_owned()];
    let chars: Vec<char> = name.chars().collect();
    for used in synonyms.iter().flat_map(|rules| rules.find(name)) {
        let key: String = chars[used.start..used.end].iter().collect();
        if key.contains(word) {
            let same = used.alternatives.iter().filter(|other| other.is_same);
            ways.extend(same.map(|other| other.folded.clone()));
        }
    }
    ways
}
