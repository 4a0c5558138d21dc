//! Checking drafts with planted faults against the documents they are written around.
//!
//! `cargo test --test suite check:: -- --nocapture` prints one table: a line for each class
//! of faults, false alarms and what was verified. `CHECK_SHOW=1` lists what went wrong.

mod made;
mod scoring;

use plansearch::draft::{Agreement, check};
use plansearch::engine::Filter;
use plansearch::text::Span;
use proptest::prelude::*;

use super::library;
use super::trace::{gold as trace_gold, samples};
use scoring::score;

/// At least this share of each class of planted faults is found; ten of each are planted.
const FOUND: f64 = 0.95;

/// At most so many statements that are right are said to differ, per 10,000 characters.
const FALSE_ALARMS: f64 = 1.0;
/// At least this share of what the library can confirm is confirmed.
const VERIFIED: f64 = 0.95;

#[test]
fn planted_faults_are_found_and_right_statements_verified() {
    let samples = samples();
    let mut paths = vec![library::seeds_dir(), trace_gold().join("library")];
    paths.extend(samples.iter().cloned());
    let dir = tempfile::tempdir().unwrap();
    let snapshot = library::index(dir.path(), &paths);
    let scores = score(&*snapshot, std::env::var_os("CHECK_SHOW").is_some());
    println!("{}", scores.table());
    for (class, faults) in &scores.faults {
        let found = faults.found as f64 / faults.n as f64;
        assert!(found >= FOUND, "{class}: {found:.3} found");
    }
    assert!(scores.false_alarms_per_10k() <= FALSE_ALARMS);
    if samples.is_empty() {
        println!("no sample documents: what only they confirm cannot be verified");
    } else {
        assert!(scores.verified_share() >= VERIFIED);
    }
}

#[test]
fn a_level_named_behind_the_figure_is_not_what_the_figure_is_of() {
    let text = "氢能产业产值突破200亿元，成为长三角乃至全国的氢能产业引领示范区。";
    let checked = check(&*library::seeds(), &Filter::default(), text).unwrap();
    let [finding] = checked.findings.as_slice() else {
        panic!("{:?}", checked.findings);
    };
    assert_eq!(finding.verdict, Agreement::Differs);
    assert_eq!(finding.sources[0].text, "突破100亿元");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(library::n_drafts()))]

    #[test]
    fn any_text_can_be_checked_and_findings_lie_in_it(
        text in "(\\PC|[\n。，；“”《》〔〕0-9%亿元号年港口吞吐量达到以上增长]){0,300}",
    ) {
        let checked = check(&*library::seeds(), &Filter::default(), &text).unwrap();
        let n = checked.findings.len();
        let counts = checked.counts;
        prop_assert_eq!(counts.verified + counts.differs + counts.not_found, n);
        for finding in &checked.findings {
            prop_assert!(!finding.span.of(&text).is_empty());
            prop_assert_eq!(finding.differs_by.is_some(), finding.verdict == Agreement::Differs);
            for source in &finding.sources {
                prop_assert!(Span::whole(&source.passage.text).contains(source.span));
            }
        }
    }
}
