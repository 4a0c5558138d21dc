//! The use of terms against a scan of all texts, cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use plansearch::document::Jurisdiction;
use plansearch::engine::{DocumentRecord, Engine, Filter, PassageRecord};
use plansearch::evolve::{By, Request, Row, evolve};
use plansearch::text::fold;

use crate::compare::random::Random;
use crate::library::{seeds, seeds_and_fixtures};

/// A document with its passages that count, folded.
struct Scanned {
    doc: DocumentRecord,
    passages: Vec<(PassageRecord, Vec<char>)>,
}

fn scan(snapshot: &dyn Engine) -> Vec<Scanned> {
    let documents = snapshot.catalog().documents().iter();
    documents
        .map(|doc| {
            let passages = snapshot.passages_of(&doc.id, 0..usize::MAX).unwrap();
            let counts = |passage: &PassageRecord| {
                ["paragraph", "heading", "table"].contains(&passage.kind.as_str())
            };
            let passages = passages.into_iter().filter(counts);
            Scanned {
                doc: doc.as_ref().clone(),
                passages: passages
                    .map(|passage| {
                        let folded = fold(&passage.text).chars().collect();
                        (passage, folded)
                    })
                    .collect(),
            }
        })
        .filter(|scanned| !scanned.passages.is_empty())
        .collect()
}

/// Where `term` begins in a text, overlapping places too.
fn places(text: &[char], term: &[char]) -> Vec<usize> {
    let windows = text.windows(term.len()).enumerate();
    windows
        .filter(|(_, window)| *window == term)
        .map(|(at, _)| at)
        .collect()
}

fn n_chars(passage: &PassageRecord) -> usize {
    match &passage.table {
        Some(table) if !table.cells.is_empty() => {
            table.cells.iter().map(|cell| cell.chars().count()).sum()
        }
        _ => passage.text.chars().count(),
    }
}

fn groups_of(doc: &DocumentRecord, by: By) -> Vec<String> {
    let place = Jurisdiction::of(&doc.issuers, &doc.title);
    let groups = match by {
        By::Year => return doc.year().iter().map(u16::to_string).collect(),
        By::Doc => vec![doc.id.clone()],
        By::Issuer => doc.issuers.clone(),
        By::Level => place
            .level
            .iter()
            .map(|level| level.name().to_owned())
            .collect(),
        By::Region => place.regions,
    };
    if groups.is_empty() {
        vec![String::new()]
    } else {
        groups
    }
}

/// The rows that a scan gives, those with documents.
fn scanned_rows(library: &[Scanned], term: &[char], by: By) -> BTreeMap<String, [usize; 5]> {
    let mut rows: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    for scanned in library {
        let counts: Vec<usize> = scanned
            .passages
            .iter()
            .map(|(_, text)| places(text, term).len())
            .collect();
        let groups: BTreeSet<String> = groups_of(&scanned.doc, by).into_iter().collect();
        for group in groups {
            let row = rows.entry(group).or_default();
            row[0] += 1;
            row[1] += usize::from(counts.iter().any(|n| *n > 0));
            row[2] += counts.iter().filter(|n| **n > 0).count();
            row[3] += counts.iter().sum::<usize>();
            row[4] += scanned
                .passages
                .iter()
                .map(|(passage, _)| n_chars(passage))
                .sum::<usize>();
        }
    }
    rows
}

fn cells(row: &Row) -> [usize; 5] {
    [
        row.documents,
        row.with_term,
        row.passages,
        row.occurrences,
        row.characters,
    ]
}

fn request(terms: &[&str], by: By) -> Request {
    Request {
        terms: terms.iter().map(|term| (*term).to_owned()).collect(),
        by,
        ..Request::default()
    }
}

/// Pieces of texts of one to six folded characters, without quotation marks at their ends.
fn random_terms(library: &[Scanned], n: usize) -> Vec<String> {
    let mut random = Random::new(7);
    let mut terms = Vec::new();
    while terms.len() < n {
        let passages = &random.pick(library).passages;
        let (_, text) = random.pick(passages);
        let length = 1 + random.below(6);
        let at = random.below(text.len());
        let term: String = text.iter().skip(at).take(length).collect();
        let is_plain = !term.contains(['"', '\'', '「']) && !term.is_empty();
        if is_plain && plansearch::text::other_year_spelling(&term).is_none() {
            terms.push(term);
        }
    }
    terms
}

#[test]
fn counts_are_those_of_a_scan_for_random_terms() {
    let snapshot = seeds_and_fixtures();
    let library = scan(&*snapshot);
    for (nth, term) in random_terms(&library, 200).iter().enumerate() {
        let by = By::ALL[nth % By::ALL.len()];
        let found = evolve(&*snapshot, &request(&[term], by)).unwrap();
        let found = &found.terms[0];
        let chars: Vec<char> = term.chars().collect();
        let expect = scanned_rows(&library, &chars, by);
        let rows: BTreeMap<String, [usize; 5]> = found
            .rows
            .iter()
            .filter(|row| row.documents > 0)
            .map(|row| (row.value.clone(), cells(row)))
            .collect();
        assert_eq!(rows, expect, "`{term}` by {}", by.name());
        let without: BTreeSet<&str> = found.without.iter().map(|doc| doc.id.as_str()).collect();
        for scanned in &library {
            let has_it = scanned
                .passages
                .iter()
                .any(|(_, text)| !places(text, &chars).is_empty());
            assert_eq!(
                without.contains(scanned.doc.id.as_str()),
                !has_it,
                "`{term}`"
            );
        }
        let dates: Vec<&str> = library
            .iter()
            .filter(|scanned| !without.contains(scanned.doc.id.as_str()))
            .filter_map(|scanned| scanned.doc.date.as_deref())
            .collect();
        let date = |found: &Option<plansearch::evolve::Use>| {
            found.as_ref().and_then(|found| found.doc.date.clone())
        };
        assert_eq!(date(&found.first).as_deref(), dates.iter().min().copied());
        assert_eq!(date(&found.last).as_deref(), dates.iter().max().copied());
        for (found, is_first) in [(&found.first, true), (&found.last, false)] {
            let Some(found) = found else { continue };
            let doc = library
                .iter()
                .find(|scanned| scanned.doc.id == found.doc.id)
                .unwrap();
            let mut with = doc
                .passages
                .iter()
                .filter(|(_, text)| !places(text, &chars).is_empty());
            let expect = if is_first {
                with.next()
            } else {
                with.next_back()
            };
            assert_eq!(expect.unwrap().0.id, found.passage.id, "`{term}`");
        }
    }
}

#[test]
fn a_term_inside_a_longer_one_is_counted_apart_on_request() {
    let snapshot = seeds_and_fixtures();
    let library = scan(&*snapshot);
    let (short, long): (Vec<char>, Vec<char>) =
        ("一体化".chars().collect(), "长三角一体化".chars().collect());
    let count = |term: &[char]| -> usize {
        let passages = library.iter().flat_map(|scanned| &scanned.passages);
        passages.map(|(_, text)| places(text, term).len()).sum()
    };
    let asked = request(&["一体化", "长三角一体化"], By::Year);
    let total = |request: &Request, nth: usize| {
        evolve(&*snapshot, request).unwrap().terms[nth]
            .total
            .occurrences
    };
    assert!(count(&long) > 0);
    assert_eq!(total(&asked, 0), count(&short));
    assert_eq!(total(&asked, 1), count(&long));
    let apart = Request {
        is_apart: true,
        ..asked
    };
    assert_eq!(total(&apart, 0), count(&short) - count(&long));
    assert_eq!(total(&apart, 1), count(&long));
}

#[test]
fn the_same_text_counts_once_on_request() {
    let dir = tempfile::tempdir().unwrap();
    let text = "推进海河联运发展，完善港口集疏运体系，建设现代物流枢纽。";
    for (name, year) in [("甲", 2022), ("乙", 2020)] {
        let plan = format!("{name}县港口发展规划\n\n{year}年3月1日\n\n一、总体要求\n\n{text}\n");
        std::fs::write(dir.path().join(format!("{name}.txt")), plan).unwrap();
    }
    let index = tempfile::tempdir().unwrap();
    let snapshot = crate::library::index(index.path(), &[dir.path().to_owned()]);
    let asked = request(&["海河联运"], By::Year);
    let found = evolve(&*snapshot, &asked).unwrap();
    assert_eq!(found.terms[0].total.occurrences, 2);
    let once = Request {
        is_once: true,
        ..asked
    };
    let found = evolve(&*snapshot, &once).unwrap();
    let rows: Vec<(&str, usize)> = found.terms[0]
        .rows
        .iter()
        .map(|row| (row.value.as_str(), row.occurrences))
        .collect();
    assert_eq!(found.terms[0].total.occurrences, 1);
    assert_eq!(rows, [("2020", 1), ("2021", 0), ("2022", 0)]);
    assert_eq!(found.terms[0].rows[1].per_10k(), None);
}

#[test]
fn a_filter_narrows_documents_and_passages() {
    let snapshot = seeds();
    let all = evolve(&*snapshot, &request(&["海河联运"], By::Doc)).unwrap();
    let with = all.terms[0]
        .rows
        .iter()
        .find(|row| row.with_term > 0)
        .unwrap();
    let asked = Request {
        filter: Filter {
            docs: vec![with.value.clone()],
            ..Filter::default()
        },
        ..request(&["海河联运"], By::Doc)
    };
    let one = evolve(&*snapshot, &asked).unwrap();
    assert_eq!(one.terms[0].rows, std::slice::from_ref(with));
    assert!(one.terms[0].without.is_empty());
}
