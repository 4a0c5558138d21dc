//! The contract of an engine: what any that holds the same library must answer.
//!
//! The folder's engine and a scan over the passages are asked the same, by requests as people
//! make them and by each method of the trait. Another engine joins by [`holds`].

mod facets;
mod formula;
mod scan;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use plansearch::engine::{
    Counting, Engine, Filter, NameKind, Origin, OverlapLimits, OverlapText, Sort, Statistic,
};
use plansearch::search::{Hit, Request, Response, SameText, search};
use plansearch::text::fold;

use crate::facets::{Dice, Judge};
use crate::library;
use scan::Scan;

/// How many random requests are asked of both engines.
const N_REQUESTS: usize = 300;
/// So many have answers of every kind.
const MANY: usize = 200;
/// Scores that differ by less are one.
const CLOSE: f32 = 1e-3;

fn judge() -> &'static Scan {
    static SCAN: OnceLock<Scan> = OnceLock::new();
    SCAN.get_or_init(|| Scan::of(&*library::seeds_and_fixtures()))
}

/// What people type, made of what stands in the library and what does not.
fn query(scan: &Scan, dice: &mut Dice) -> String {
    let mut cut = |most: usize| -> String {
        let entry = dice.pick(&scan.entries).unwrap();
        let chars: Vec<char> = entry
            .passage
            .text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let start = dice.below(chars.len());
        let n = 1 + dice.below(most);
        chars.into_iter().skip(start).take(n).collect()
    };
    let (one, two, three) = (cut(6), cut(4), cut(3));
    match dice.below(16) {
        0 => String::new(),
        1..=3 => one,
        4 | 5 => format!("{one} {two}"),
        6 => format!("{one} {two} {three}"),
        7 => format!("“{one}”"),
        8 => format!("“{one}” {two}"),
        9 => format!("{one} 或 {two}"),
        10 => format!("{one} -{three}"),
        11 => format!("怎么{one}{two}"),
        12 => format!("标题:{three} {two}"),
        13 => format!("同句:({two} {three})"),
        14 => format!("{three}*{two}"),
        _ => {
            let long: String = [one, two, three].concat();
            format!("{long}的目标是什么")
        }
    }
}

fn request(scan: &Scan, judge: &Judge, dice: &mut Dice) -> Request {
    let filter = match dice.below(3) {
        0 => judge.choose(dice).filter(),
        _ => Filter::default(),
    };
    Request {
        query: query(scan, dice),
        filter,
        sort: *dice
            .pick(&[Sort::Relevance, Sort::Relevance, Sort::Document, Sort::Date])
            .unwrap(),
        same_text: *dice
            .pick(&[
                SameText::Apart,
                SameText::Together,
                SameText::TogetherForWords,
            ])
            .unwrap(),
        each_document: (dice.below(6) == 0).then_some(3),
        offset: [0, 0, 7][dice.below(3)],
        limit: [10, 100, 1000][dice.below(3)],
        max_facet_values: [0, 5, 100_000][dice.below(3)],
        ..Request::default()
    }
}

fn ids(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.passage.id.as_str()).collect()
}

/// What is different in two answers, in words.
fn difference(one: &Response, other: &Response) -> Option<String> {
    let counts = |r: &Response| (r.total, r.n_hits, r.n_with_all, r.is_relaxed);
    if counts(one) != counts(other) {
        return Some(format!("{:?} in place of {:?}", counts(one), counts(other)));
    }
    if one.documents != other.documents {
        return Some(format!(
            "documents {:?} / {:?}",
            one.documents, other.documents
        ));
    }
    let said = |r: &Response| format!("{:?} {:?}", r.notices, r.suggestion);
    if said(one) != said(other) {
        return Some(format!("{} / {}", said(one), said(other)));
    }
    if one.facets != other.facets {
        let all = plansearch::engine::FacetName::ALL.into_iter();
        let mut different = all.filter(|f| one.facets.values(*f) != other.facets.values(*f));
        return Some(format!("facet {:?}", different.next()));
    }
    let pairs = || one.hits.iter().zip(&other.hits);
    for (at, (a, b)) in pairs().enumerate() {
        if (a.score - b.score).abs() > CLOSE * a.score.max(1.0) {
            return Some(format!("score {} / {} at {at}", a.score, b.score));
        }
        if a.score > 0.0 {
            continue;
        }
        if a.passage.id != b.passage.id {
            return Some(format!("hit {at}: {} / {}", a.passage.id, b.passage.id));
        }
    }
    // Hits of one score may change places, but for the last, which may go on behind the page.
    let last = one.hits.last().map_or(0.0, |hit| hit.score);
    let above = |r: &Response| -> BTreeSet<String> {
        let above = r.hits.iter();
        let above = above.filter(|hit| hit.score > last + CLOSE * last.max(1.0));
        above.map(|hit| hit.passage.id.clone()).collect()
    };
    if above(one) != above(other) || one.hits.len() != other.hits.len() {
        return Some(format!(
            "hits {:?} / {:?}",
            ids(&one.hits),
            ids(&other.hits)
        ));
    }
    for (a, b) in pairs().filter(|(a, b)| a.passage.id == b.passage.id) {
        if (a.n_same_text, &a.snippet) != (b.n_same_text, &b.snippet) {
            return Some(format!("hit {}: its places or its snippet", a.passage.id));
        }
    }
    None
}

/// Asks `engine` and `judge` the same, and says where the answers differ.
fn holds(engine: &dyn Engine, judge: &Scan, n_requests: usize) -> Vec<String> {
    let filters = Judge::of(judge);
    let mut dice = Dice(20_261_201);
    let mut differences = Vec::new();
    let mut n_of: [usize; 4] = [0; 4];
    for nth in 0..n_requests {
        let request = request(judge, &filters, &mut dice);
        let one = search(engine, &request).unwrap();
        let other = search(judge, &request).unwrap();
        let has_score = other.hits.iter().any(|hit| hit.score > 0.0);
        let has_same = other.n_hits < other.total && request.each_document.is_none();
        for (n, is) in n_of
            .iter_mut()
            .zip([other.total > 0, other.is_relaxed, has_score, has_same])
        {
            *n += usize::from(is);
        }
        if let Some(difference) = difference(&one, &other) {
            differences.push(format!("{nth}: {difference}; {request:?}"));
        }
    }
    // What is asked has answers of every kind.
    let [found, relaxed, scored, same] = n_of;
    let n = n_requests;
    assert!(
        n < MANY || 2 * found > n && 5 * relaxed > n && 6 * scored > n && 40 * same > n,
        "of {n} requests {n_of:?} find, are relaxed, scored, have passages of the same text"
    );
    differences
}

#[test]
fn requests_are_answered_as_a_scan_answers_them() {
    let differences = holds(&*library::seeds_and_fixtures(), judge(), N_REQUESTS);
    let shown: Vec<&String> = differences.iter().take(5).collect();
    assert!(differences.is_empty(), "{}: {shown:#?}", differences.len());
}

#[test]
fn a_total_that_is_off_by_one_is_noticed() {
    let mut planted = Scan::of(&*library::seeds());
    let judge = Scan::of(&*library::seeds());
    planted.is_off_by_one = true;
    assert!(!holds(&planted, &judge, 60).is_empty());
}

#[test]
fn passages_are_what_they_are() {
    let engine = library::seeds_and_fixtures();
    let scan = judge();
    let mut dice = Dice(7);
    for _ in 0..50 {
        let entry = dice.pick(&scan.entries).unwrap();
        let asked = [entry.passage.id.as_str(), "no-such", ""];
        assert_eq!(
            engine.passages(&asked).unwrap(),
            scan.passages(&asked).unwrap()
        );
        let range = entry.passage.idx..entry.passage.idx + dice.below(5);
        let doc = &entry.passage.doc;
        let passages = |engine: &dyn Engine| engine.passages_of(doc, range.clone()).unwrap();
        assert_eq!(passages(&*engine), passages(scan));
    }
    assert!(engine.passages_of("no-such", 0..9).unwrap().is_empty());
    assert_eq!(engine.n_passages(), scan.entries.len());
}

#[test]
fn statistics_are_exact() {
    let engine = library::seeds_and_fixtures();
    let scan = judge();
    let mut dice = Dice(11);
    let mut strings: Vec<String> = ["港", "长江三角洲", "没有的词语", ""]
        .map(str::to_owned)
        .into();
    while strings.len() < 150 {
        let chars: Vec<char> = dice.pick(&scan.entries).unwrap().folded.chars().collect();
        let start = dice.below(chars.len());
        strings.push(chars.iter().skip(start).take(1 + dice.below(12)).collect());
    }
    let strings: Vec<&str> = strings.iter().map(String::as_str).collect();
    for of in [Statistic::Passages, Statistic::Anywhere] {
        let (own, judged) = (
            engine.statistics(of, &strings),
            scan.statistics(of, &strings),
        );
        assert_eq!(own.unwrap(), judged.unwrap(), "{of:?}");
    }
    let exact = scan.statistics(Statistic::Passages, &strings).unwrap();
    let at_most = engine.statistics(Statistic::AtMost, &strings).unwrap();
    for ((text, exact), at_most) in strings.iter().zip(exact).zip(at_most) {
        assert!(at_most >= exact, "`{text}`: {at_most} < {exact}");
    }
    let pairs: Vec<(char, char)> = [("港", "口"), ("发", "展"), ("展", "港"), ("区", "\u{2}")]
        .map(|(a, b)| (a.chars().next().unwrap(), b.chars().next().unwrap()))
        .into();
    let (own, judged) = (
        engine.pair_counts(&pairs).unwrap(),
        scan.pair_counts(&pairs).unwrap(),
    );
    assert_eq!(own.total(), judged.total());
    for (first, second) in pairs {
        assert_eq!(own.of(first, second), judged.of(first, second));
        assert_eq!(own.opened_by(first), judged.opened_by(first));
    }
}

#[test]
fn names_and_origins_are_those_of_the_passages() {
    let engine = library::seeds_and_fixtures();
    let scan = judge();
    for kind in NameKind::ALL {
        assert_eq!(
            engine.names(kind).unwrap(),
            scan.names(kind).unwrap(),
            "{kind:?}"
        );
    }
    let named = |engine: &dyn Engine| engine.headings_and_leads().unwrap();
    assert_eq!(named(&*engine), named(scan));
    for name in ["港口", "第三章", "嘉兴", "没有这样的", "科技创新"] {
        let name = || name.to_owned();
        for origin in [
            Origin::Doc(name()),
            Origin::Chapter(name()),
            Origin::NextHeading(name()),
            Origin::Theme(name()),
            Origin::Issuer(name()),
            Origin::Number(name()),
        ] {
            assert_eq!(
                engine.has(&origin).unwrap(),
                scan.has(&origin).unwrap(),
                "{origin:?}"
            );
        }
    }
}

#[test]
fn places_of_terms_are_counted_alike() {
    let engine = library::seeds_and_fixtures();
    let scan = judge();
    let terms = [
        &["港口", "码头"][..],
        &["一体化"],
        &["长三角一体化"],
        &["港"],
        &["没有的词语"],
    ];
    let terms: Vec<Vec<String>> = terms
        .map(|spellings| spellings.iter().map(|s| fold(s)).collect())
        .into();
    for (is_once, is_apart) in [(false, false), (true, false), (false, true), (true, true)] {
        let counting = Counting {
            terms: terms.clone(),
            is_once,
            is_apart,
            ..Counting::default()
        };
        let (own, judged) = (
            engine.count(&counting).unwrap(),
            scan.count(&counting).unwrap(),
        );
        assert_eq!(own.characters, judged.characters, "{is_once}");
        assert_eq!(own.terms, judged.terms, "{is_once} {is_apart}");
        assert!(own.terms.iter().filter(|docs| !docs.is_empty()).count() >= 3);
    }
}

/// What shares most with a text is that text; which other passages are worth comparing is
/// the engine's own affair.
#[test]
fn a_text_of_the_library_shares_most_with_itself() {
    let folder = library::seeds_and_fixtures();
    let scan = judge();
    let limits = OverlapLimits {
        of_part: 5,
        of_text: 5,
        of_document: 5,
    };
    let mut dice = Dice(3);
    for engine in [&*folder, scan as &dyn Engine] {
        for _ in 0..20 {
            let entry = dice.pick(&scan.entries).unwrap();
            let letters: Vec<char> = entry
                .folded
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect();
            if letters.len() < 20 {
                continue;
            }
            let text = OverlapText {
                parts: vec![letters],
            };
            let found = engine
                .overlapping(&[text], &Filter::default(), limits)
                .unwrap();
            let texts: Vec<String> = found[0].iter().map(|passage| fold(&passage.text)).collect();
            assert!(texts.contains(&entry.folded), "{}", entry.passage.text);
        }
    }
}
