//! Two documents side by side: known edits in copies of documents, natural pairs.

mod edits;
pub(crate) mod random;
mod score;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use plansearch::compare::RowKind;
use plansearch::engine::PassageRecord;
use plansearch::ingest::documents_in;
use plansearch::text::fold;
use serde::Deserialize;

use edits::{Edit, edited};
use score::{Compared, Share};

/// Floors for all documents and seeds together.
const MIN_BESIDE: f64 = 0.99;
const MIN_EDITS: f64 = 0.97;

#[derive(Deserialize)]
struct Pair {
    name: String,
    source: Option<Sources>,
    a: Option<String>,
    b: Option<String>,
    #[serde(default)]
    articles: Vec<[String; 4]>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Sources {
    One(String),
    Many(Vec<String>),
}

fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/compare")
}

/// Where a file of a pair lies; none when its folder is not there.
fn place(name: &str) -> Option<PathBuf> {
    let (folder, file) = name.split_once(':').unwrap();
    let folder = match folder {
        "gold" => gold(),
        "seeds" => crate::library::seeds_dir(),
        _ => PathBuf::from(std::env::var_os("PLANSEARCH_SAMPLES")?),
    };
    let path = folder.join(file);
    path.exists().then_some(path)
}

fn pairs() -> Vec<Pair> {
    let text = std::fs::read_to_string(gold().join("pairs.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The passages of a file, those of all its documents.
fn passages(path: &Path) -> Vec<PassageRecord> {
    let documents = documents_in(path).unwrap();
    documents
        .into_iter()
        .flat_map(|document| document.passages)
        .collect()
}

/// The text to edit: of several files one behind the other.
fn source(sources: &Sources) -> Option<(String, &str)> {
    let names = match sources {
        Sources::One(name) => std::slice::from_ref(name),
        Sources::Many(names) => names,
    };
    let mut text = String::new();
    for name in names {
        text += &std::fs::read_to_string(place(name)?).unwrap();
        text.push('\n');
    }
    let is_markdown = names
        .iter()
        .all(|name| name.to_lowercase().ends_with(".md"));
    Some((text, if is_markdown { "md" } else { "txt" }))
}

fn name(edit: &Edit) -> &'static str {
    match edit {
        Edit::Figure { is_row: false, .. } => "figure",
        Edit::Figure { is_row: true, .. } => "table row",
        Edit::Sentence { is_added: true, .. } => "sentence added",
        Edit::Sentence {
            is_added: false, ..
        } => "sentence removed",
        Edit::Moved { figure: None, .. } => "moved",
        Edit::Moved {
            figure: Some(_), ..
        } => "moved, figure",
        Edit::Renamed { .. } => "renamed",
        Edit::Split { .. } => "split",
        Edit::Merged { .. } => "merged",
    }
}

#[test]
fn known_edits_are_shown_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let mut by_kind: BTreeMap<&str, Share> = BTreeMap::new();
    let (mut all, mut beside, mut same) = (Share::default(), Share::default(), Share::default());
    let mut absent = Vec::new();
    for pair in pairs() {
        let Some(sources) = &pair.source else {
            continue;
        };
        let Some((text, suffix)) = source(sources) else {
            absent.push(pair.name);
            continue;
        };
        let path = dir.path().join(format!("原稿.{suffix}"));
        std::fs::write(&path, &text).unwrap();
        let a = passages(&path);
        for seed in 1..=3 {
            let (copy, edits) = edited(&text, &a, seed);
            let path = dir.path().join(format!("改稿.{suffix}"));
            std::fs::write(&path, copy).unwrap();
            let b = passages(&path);
            let compared = Compared::of(&a, &b);
            compared.check_form();
            for edit in &edits {
                let is_shown = compared.shows(edit);
                all.add(is_shown);
                by_kind.entry(name(edit)).or_default().add(is_shown);
                if !is_shown {
                    println!("{} {seed}: {}: {edit:?}", pair.name, name(edit));
                }
            }
            let (of_beside, of_same) = compared.unchanged(&edits);
            for (sum, share) in [(&mut beside, of_beside), (&mut same, of_same)] {
                sum.n += share.n;
                sum.n_right += share.n_right;
            }
        }
    }
    if !absent.is_empty() {
        println!("NOT MEASURED, PLANSEARCH_SAMPLES is not set: {absent:?}");
    }
    println!("{by_kind:#?}");
    println!("beside {beside:?} same {same:?} edits {all:?}");
    assert!(all.n >= 100, "{} edits are too few", all.n);
    assert!(beside.value() >= MIN_BESIDE && same.value() >= MIN_BESIDE);
    assert!(all.value() >= MIN_EDITS);
}

#[test]
fn editions_of_a_law_stand_article_by_article() {
    for pair in pairs() {
        let (Some(a), Some(b)) = (&pair.a, &pair.b) else {
            continue;
        };
        let (Some(a), Some(b)) = (place(a), place(b)) else {
            println!("NOT MEASURED, PLANSEARCH_SAMPLES is not set: {}", pair.name);
            continue;
        };
        let (a, b) = (passages(&a), passages(&b));
        let compared = Compared::of(&a, &b);
        compared.check_form();
        let mut kinds: BTreeMap<RowKind, usize> = BTreeMap::new();
        for row in &compared.rows {
            *kinds.entry(row.kind).or_default() += 1;
        }
        println!("{}: {kinds:?}", pair.name);
        let mut articles = Share::default();
        for [old_no, old, new_no, new] in &pair.articles {
            let is_there = compared.rows.iter().any(|row| {
                let (a, b) = compared.texts(row);
                let holds = |text: Option<&str>, piece: &str| {
                    text.is_some_and(|text| fold(text).contains(&fold(piece)))
                };
                holds(a, old)
                    && holds(b, new)
                    && matches!(row.kind, RowKind::Changed | RowKind::Moved)
            });
            articles.add(is_there);
            if !is_there {
                println!("{old_no} {old} / {new_no} {new}");
            }
        }
        assert!(articles.value() > 0.94, "{articles:?}");
    }
}
