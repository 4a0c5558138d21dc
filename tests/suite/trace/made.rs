//! Sentences made from the seeds by chance, always the same: copied, edited, in another
//! order, with another figure, set into a sentence, two in one; and sentences of other
//! documents.

use std::collections::BTreeMap;

use plansearch::draft::{DraftText, TracedSentence, Verdict, trace};
use plansearch::engine::{Engine, Filter, PassageRecord};
use plansearch::text::fold;

use crate::chance::Chance;
use crate::library;

/// A sentence, how it was made and the wordings that it comes from.
struct Made {
    class: &'static str,
    text: String,
    from: Vec<String>,
}

fn letters(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn passages(snapshot: &dyn Engine) -> Vec<PassageRecord> {
    let documents = snapshot.catalog().documents().iter();
    documents
        .flat_map(|doc| snapshot.passages_of(&doc.id, 0..usize::MAX).unwrap())
        .filter(|passage| passage.kind == "paragraph")
        .collect()
}

/// Sentences of 30 to 90 letters.
fn sentences(passages: &[PassageRecord]) -> Vec<String> {
    let texts = passages.iter().flat_map(|passage| passage.text.split('。'));
    texts
        .filter(|text| (30..90).contains(&letters(text).len()))
        .map(str::to_owned)
        .collect()
}

fn clauses(text: &str) -> Vec<&str> {
    text.split(['，', ',', '；', ';']).collect()
}

/// Replaces about this share of the characters by characters of another sentence.
fn edited(text: &str, other: &str, percent: usize, chance: &mut Chance) -> String {
    let others: Vec<char> = letters(other);
    let swap = |c: char, chance: &mut Chance| {
        let is_hit = c.is_alphabetic() && chance.below(100) < percent;
        if is_hit {
            others[chance.below(others.len())]
        } else {
            c
        }
    };
    text.chars().map(|c| swap(c, chance)).collect()
}

fn make(sentences: &[String], chance: &mut Chance, n: usize) -> Vec<Made> {
    let mut made = Vec::new();
    for _ in 0..n {
        let one = sentences[chance.below(sentences.len())].clone();
        let other = sentences[chance.below(sentences.len())].clone();
        let mut add = |class, text: String, from: &[&str]| {
            let from = from.iter().map(|&from| from.to_owned()).collect();
            made.push(Made {
                class,
                text: format!("{text}。"),
                from,
            });
        };
        add("copied", one.clone(), &[&one]);
        add("edited", edited(&one, &other, 15, chance), &[&one]);
        let mut parts = clauses(&one);
        if parts.len() > 2 {
            let n = 1 + chance.below(parts.len() - 1);
            parts.rotate_left(n);
            add("shuffled", parts.join("，"), &[&one]);
        }
        let digits: Vec<usize> = one
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        if let Some(at) = digits.last() {
            let mut changed = one.clone().into_bytes();
            changed[*at] = b'0' + (changed[*at] - b'0' + 3) % 10;
            add("figure", String::from_utf8(changed).unwrap(), &[&one]);
        }
        if let Some(clause) = clauses(&one)
            .into_iter()
            .find(|clause| (12..=24).contains(&letters(clause).len()))
        {
            let frame = format!("本周例会上有人问起{clause}进展如何，主持人请各科室月底前书面答复");
            add("embedded", frame, &[clause]);
        }
        let half = |text: &str| {
            let parts = clauses(text);
            parts[..parts.len().div_ceil(2)].join("，")
        };
        let (first, second) = (half(&one), half(&other));
        if letters(&first).len() >= 16 && letters(&second).len() >= 16 && one != other {
            add(
                "merged",
                format!("{first}，同时{second}"),
                &[&first, &second],
            );
        }
    }
    made
}

/// Whether the passage holds four fifths of the wording, in fours.
fn holds(passage: &str, wording: &str) -> bool {
    let passage: String = letters(passage).into_iter().collect();
    let wording = letters(wording);
    let fours: Vec<String> = wording
        .windows(4)
        .map(|four| four.iter().collect())
        .collect();
    let n = fours
        .iter()
        .filter(|four| passage.contains(four.as_str()))
        .count();
    10 * n >= 8 * fours.len()
}

fn is_right(made: &Made, traced: &TracedSentence) -> bool {
    let has_sources = made.from.iter().all(|from| {
        let mut first = traced.sources.iter().take(3);
        first.any(|source| holds(&source.passage.text, from))
    });
    let is_verdict = match made.class {
        "copied" => traced.verdict == Verdict::Copied,
        "figure" => traced.verdict == Verdict::Reworded && traced.has_changed_figure(),
        "none" => traced.verdict == Verdict::None,
        _ => traced.verdict != Verdict::None,
    };
    has_sources && is_verdict
}

/// The share that is right, class by class.
fn shares(snapshot: &dyn Engine, made: &[Made]) -> BTreeMap<&'static str, f64> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for one in made {
        let draft = DraftText::of_text("-", &one.text);
        let traced = trace(snapshot, &draft, &Filter::default()).unwrap();
        let [sentence] = traced.sentences.as_slice() else {
            continue;
        };
        let (n, right) = counts.entry(one.class).or_default();
        *n += 1;
        *right += usize::from(is_right(one, sentence));
    }
    let share = |(n, right): (usize, usize)| right as f64 / n as f64;
    counts
        .into_iter()
        .map(|(class, counts)| (class, share(counts)))
        .collect()
}

#[test]
fn made_sentences_are_traced_whatever_the_chance() {
    let seeds = library::seeds();
    let both = library::seeds_and_fixtures();
    let known: Vec<PassageRecord> = passages(&*seeds);
    let own = sentences(&known);
    let all: String = known
        .iter()
        .flat_map(|passage| letters(&passage.text))
        .collect();
    let is_new = |text: &String| {
        let letters = letters(text);
        !letters
            .windows(8)
            .any(|eight| all.contains(&eight.iter().collect::<String>()))
    };
    let strange: Vec<String> = sentences(&passages(&*both))
        .into_iter()
        .filter(is_new)
        .collect();
    assert!(strange.len() > 50);
    for seed in [1, 20, 300] {
        let mut made = make(&own, &mut Chance(seed), 30);
        made.extend(strange.iter().take(80).map(|text| Made {
            class: "none",
            text: format!("{text}。"),
            from: Vec::new(),
        }));
        let shares = shares(&*seeds, &made);
        println!("{seed}: {shares:?}");
        let floors = [
            ("copied", 1.0),
            ("edited", 1.0),
            ("shuffled", 0.97),
            ("figure", 0.95),
            ("embedded", 0.95),
            ("merged", 0.9),
            ("none", 0.95),
        ];
        for (class, floor) in floors {
            let share = shares.get(class).copied().unwrap_or(0.0);
            assert!(
                share >= floor,
                "{class}: {share:.3} right, {floor} expected, seed {seed}"
            );
        }
    }
}
