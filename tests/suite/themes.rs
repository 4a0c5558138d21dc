//! Themes of passages on the labelled documents, as figures with floors.

use std::collections::{BTreeMap, HashMap, HashSet};

use plansearch::engine::record::WordPlace;
use plansearch::text::{Span, fold};
use plansearch::theme::{Catalogue, Place, Read};
use proptest::prelude::*;

use crate::gold;
use crate::library;

#[test]
fn figures_of_themes_stay_above_their_floors() {
    let snapshot = library::seeds();
    let passages = gold::passages();
    let labels = gold::themes();
    let labelled_docs: HashSet<&str> = labels.iter().map(|(_, pid, _)| document_of(pid)).collect();
    let mut given: BTreeMap<String, HashSet<&str>> = BTreeMap::new();
    let mut about: BTreeMap<String, HashSet<&str>> = BTreeMap::new();
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
                    if theme.about {
                        let about = about.entry(theme.name.clone()).or_default();
                        about.insert(&labelled.pid);
                    }
                }
            }
        }
    }
    println!("\ngiven at all: recall of about, precision over about or mention");
    let all = macro_f(&labels, &given, &labelled_docs, true);
    for doc in &labelled_docs {
        macro_f(&labels, &given, &[*doc].into(), false);
    }
    println!("given as about: recall and precision of about");
    let of_about: Vec<_> = labels.iter().filter(|(_, _, g)| *g == 2).cloned().collect();
    let about = macro_f(&of_about, &about, &labelled_docs, false);
    assert!(all >= FLOOR, "macro F is {all:.3}, the floor is {FLOOR}");
    assert!(
        about >= ABOUT_FLOOR,
        "macro F of about is {about:.3}, the floor is {ABOUT_FLOOR}"
    );
}

/// Mean over the themes of the F of recall (of grade 2) and precision (of any grade),
/// on the passages of some documents.
#[expect(clippy::print_stdout, reason = "the figures are what one runs it for")]
fn macro_f(
    labels: &[(String, String, u32)],
    given: &BTreeMap<String, HashSet<&str>>,
    docs: &HashSet<&str>,
    is_each_shown: bool,
) -> f64 {
    let labels = labels
        .iter()
        .filter(|(_, pid, _)| docs.contains(document_of(pid)));
    let mut by_theme: BTreeMap<&str, HashMap<&str, u32>> = BTreeMap::new();
    for (name, pid, grade) in labels {
        by_theme.entry(name).or_default().insert(pid, *grade);
    }
    by_theme.retain(|_, grades| grades.values().any(|grade| *grade == 2));
    let mut sum = 0.0;
    for (name, grades) in &by_theme {
        let got = given.get(*name).cloned().unwrap_or_default();
        let got = got
            .into_iter()
            .filter(|pid| docs.contains(document_of(pid)));
        let got: HashSet<&str> = got.collect();
        let n_right = got.iter().filter(|pid| grades.contains_key(*pid)).count();
        let n_about = grades.values().filter(|grade| **grade == 2).count();
        let n_found = got
            .iter()
            .filter(|pid| grades.get(*pid) == Some(&2))
            .count();
        let precision = n_right as f64 / got.len().max(1) as f64;
        let recall = n_found as f64 / n_about as f64;
        let f = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        sum += f;
        if is_each_shown {
            println!("{precision:>9.3} {recall:>7.3} {f:>7.3}  {name}");
        }
    }
    let mean = sum / by_theme.len() as f64;
    let mut docs: Vec<&&str> = docs.iter().collect();
    docs.sort();
    println!(
        "macro F {mean:.3} over {} themes of {docs:?}",
        by_theme.len()
    );
    mean
}

/// Passages of other documents: long ones of many themes, short ones that leave theirs to
/// the title, and terms that stand in passing.
#[test]
fn themes_of_other_documents_stay_above_their_floor() {
    let Some(snapshot) = crate::elsewhere::others() else {
        return;
    };
    let text = gold::read("relevance/themes_elsewhere.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let labels: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    let mut given: HashMap<&str, Vec<String>> = HashMap::new();
    for passage in crate::exact::all_passages(&*snapshot) {
        let text = crate::elsewhere::dense(&passage.text);
        for label in labels.iter().filter(|label| text.starts_with(label[2])) {
            let names = passage.themes.iter().map(|theme| theme.name.clone());
            given.entry(label[2]).or_insert_with(|| names.collect());
        }
    }
    let mut by_theme: BTreeMap<&str, HashMap<&str, &str>> = BTreeMap::new();
    for label in labels.iter().filter(|label| label[0] != "-") {
        by_theme
            .entry(label[0])
            .or_default()
            .insert(label[2], label[1]);
    }
    by_theme.retain(|_, grades| grades.values().any(|grade| *grade == "2"));
    let mut sum = 0.0;
    for (name, grades) in &by_theme {
        let has = |opening: &&&str| given[**opening].iter().any(|given| given == name);
        let got: Vec<&str> = given.keys().filter(has).copied().collect();
        let n_right = got
            .iter()
            .filter(|opening| grades.contains_key(*opening))
            .count();
        let n_about = grades.values().filter(|grade| **grade == "2").count();
        let n_found = got
            .iter()
            .filter(|opening| grades.get(*opening) == Some(&"2"))
            .count();
        let precision = n_right as f64 / got.len().max(1) as f64;
        let recall = n_found as f64 / n_about as f64;
        let f = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        println!("{precision:>9.3} {recall:>7.3} {f:>7.3}  {name}");
        sum += f;
    }
    let mean = sum / by_theme.len() as f64;
    println!(
        "macro F {mean:.3} over {} themes of other documents",
        by_theme.len()
    );
    assert!(
        mean >= OTHERS_FLOOR,
        "macro F is {mean:.3}, the floor is {OTHERS_FLOOR}"
    );
}

/// What the catalogue reaches on other documents, rounded down.
const OTHERS_FLOOR: f64 = 0.90;

/// What the catalogue reaches today, rounded down.
const FLOOR: f64 = 0.94;

/// The same for what is said to be about a theme.
const ABOUT_FLOOR: f64 = 0.78;

#[test]
fn every_theme_is_traced_to_words_in_the_passage_or_above_it() {
    let snapshot = library::seeds();
    let mut n_words = 0;
    for doc in snapshot.catalog().documents() {
        for passage in snapshot.passages_of(&doc.id, 0..usize::MAX).unwrap() {
            let is_about: Vec<bool> = passage.themes.iter().map(|theme| theme.about).collect();
            assert!(
                is_about.is_sorted_by(|a, b| a >= b),
                "about first: {}",
                passage.id
            );
            for theme in &passage.themes {
                assert!(!theme.words.is_empty(), "{} {}", passage.id, theme.name);
                for word in &theme.words {
                    let place = match word.place {
                        WordPlace::Lead => passage.lead_text().unwrap_or_default().to_owned(),
                        WordPlace::Text => passage.text.clone(),
                        WordPlace::Heading => passage.path.join("\n"),
                        WordPlace::Table => {
                            let table = passage.table.clone().unwrap_or_default();
                            format!("{}\n{}", table.caption, table.header.join("\n"))
                        }
                    };
                    assert!(
                        fold(&place).contains(&word.term),
                        "{}: {word:?} of {} is not in {place}",
                        passage.id,
                        theme.name
                    );
                    n_words += 1;
                }
            }
        }
    }
    assert!(n_words > 1000, "{n_words}");
}

proptest! {
    /// Whatever is written where, a theme has words, and each stands where it is said
    /// to stand.
    #[test]
    fn themes_of_any_text_are_traced(
        text in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12),
        path in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..3),
        table in prop::option::of(prop::sample::select(&PIECES[..])),
        n_lead in 0_usize..3,
    ) {
        let catalogue = Catalogue::built_in().unwrap();
        let path: Vec<String> = path.into_iter().map(str::to_owned).collect();
        let lead = text.iter().take(n_lead).map(|piece| piece.len()).sum();
        let text = text.concat();
        let read = Read {
            text: &text,
            lead: Some(Span::new(0, lead)),
            is_heading: false,
            table,
        };
        for found in catalogue.judge(&read, &catalogue.above("", &path)) {
            prop_assert!(!found.words.is_empty());
            for word in found.words {
                let place = match word.place {
                    Place::Lead => fold(Span::new(0, lead).of(&text)),
                    Place::Text => fold(&text),
                    Place::Heading => path.iter().map(|label| fold(label) + "\n").collect(),
                    Place::Table => fold(table.unwrap_or_default()),
                };
                prop_assert!(place.contains(&word.term), "{:?} {:?}", word, place);
            }
        }
    }
}

/// Pieces of which the property makes texts: words, half words, marks of any width.
const PIECES: [&str; 24] = [
    "氢能",
    "氢",
    "能",
    "ＰＭ２．５",
    "PM 2.5",
    "海河",
    "联运",
    "海河联运",
    "，",
    "\n",
    "。",
    "港口",
    "航道",
    "船舶",
    "新能源汽车",
    "教育",
    "学校",
    "碳达峰",
    "𠀀",
    "R&D",
    "氢氧化钠",
    "绿色 低碳",
    "发展",
    "　",
];

/// The document of a labelled passage: `000` of `000-p012`.
fn document_of(pid: &str) -> &str {
    pid.split('-').next().unwrap_or_default()
}
