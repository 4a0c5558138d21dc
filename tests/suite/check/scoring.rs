//! Scores findings against labelled statements (`tests/gold/check/README.md` says how).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use plansearch::draft::{Agreement, DiffersBy, Finding, check};
use plansearch::engine::{Engine, Filter};
use plansearch::text::Span;
use serde::Deserialize;

use crate::trace::scoring::is_document;

/// A labelled statement; spans are in characters.
#[derive(Debug, Deserialize)]
struct Label {
    id: String,
    draft: String,
    span: [usize; 2],
    text: String,
    is_fault: bool,
    #[serde(default)]
    class: String,
    #[serde(default)]
    spans: Vec<[usize; 2]>,
    #[serde(default)]
    differs_by: Vec<String>,
    source: Option<LabelSource>,
    #[serde(default)]
    checks: Vec<Item>,
    decoy: Option<String>,
}

#[derive(Debug, Deserialize)]
struct LabelSource {
    document: String,
}

/// What the library can confirm.
#[derive(Debug, Deserialize)]
struct Item {
    span: [usize; 2],
    text: String,
}

/// Faults of one class.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) n: usize,
    pub(crate) found: usize,
    place: usize,
    named: usize,
}

/// What was right.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    pub(crate) faults: BTreeMap<String, Faults>,
    n_items: usize,
    verified: usize,
    false_alarms: usize,
    right_chars: usize,
}

impl Scores {
    pub(crate) fn false_alarms_per_10k(&self) -> f64 {
        self.false_alarms as f64 / self.right_chars.max(1) as f64 * 10_000.0
    }

    pub(crate) fn verified_share(&self) -> f64 {
        self.verified as f64 / self.n_items.max(1) as f64
    }

    pub(crate) fn table(&self) -> String {
        let mut text = "class         found    place    named\n".to_owned();
        for (class, faults) in &self.faults {
            let n = faults.n;
            let _ = writeln!(
                text,
                "{class:<12} {:>3}/{n:<3} {:>4}/{n:<3} {:>4}/{n:<3}",
                faults.found, faults.place, faults.named
            );
        }
        let _ = write!(
            text,
            "false alarms {} in {} characters, {:.2} per 10,000; verified {}/{}",
            self.false_alarms,
            self.right_chars,
            self.false_alarms_per_10k(),
            self.verified,
            self.n_items
        );
        text
    }
}

fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/check")
}

fn bytes(text: &str, [start, end]: [usize; 2]) -> Span {
    Span::of_chars(text, start, end - start)
}

/// Whether two places have half of both together in common.
fn is_same_place(a: Span, b: Span) -> bool {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let both = a.end.max(b.end) - a.start.min(b.start);
    2 * common >= both
}

/// Checks each draft against `snapshot`; `is_shown` prints what went wrong.
pub(crate) fn score(snapshot: &dyn Engine, is_shown: bool) -> Scores {
    let labels = std::fs::read_to_string(gold().join("labels.jsonl")).unwrap();
    let mut by_draft: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for line in labels.lines() {
        let label: Label = serde_json::from_str(line).unwrap();
        by_draft.entry(label.draft.clone()).or_default().push(label);
    }
    let mut scores = Scores::default();
    for (name, labels) in &by_draft {
        let text = std::fs::read_to_string(gold().join("drafts").join(name)).unwrap();
        let checked = check(snapshot, &Filter::default(), &text).unwrap();
        let draft = Draft {
            name,
            text: &text,
            findings: &checked.findings,
            is_shown,
        };
        draft.add_to(&mut scores, labels, |label| is_there(snapshot, label));
    }
    scores
}

/// Whether the source of a fault is in the library at all.
fn is_there(snapshot: &dyn Engine, label: &Label) -> bool {
    label.source.as_ref().is_none_or(|source| {
        let mut documents = snapshot.catalog().documents().iter();
        documents.any(|doc| is_document(doc, &source.document))
    })
}

struct Draft<'a> {
    name: &'a str,
    text: &'a str,
    findings: &'a [Finding],
    is_shown: bool,
}

impl Draft<'_> {
    fn add_to(&self, scores: &mut Scores, labels: &[Label], is_there: impl Fn(&Label) -> bool) {
        let mut n_faulty = 0;
        for label in labels {
            if label.is_fault {
                n_faulty += label.span[1] - label.span[0];
                if is_there(label) {
                    self.fault(scores.faults.entry(label.class.clone()).or_default(), label);
                }
            } else {
                self.items(scores, label);
            }
        }
        scores.right_chars += self.text.chars().count() - n_faulty;
        for finding in self.differing() {
            if !labels.iter().any(|label| self.excuses(label, finding)) {
                scores.false_alarms += 1;
                self.show("false alarm", finding.span.of(self.text), &finding.message);
            }
        }
    }

    fn differing(&self) -> impl Iterator<Item = &Finding> {
        let differs = |finding: &&Finding| finding.verdict == Agreement::Differs;
        self.findings.iter().filter(differs)
    }

    fn fault(&self, faults: &mut Faults, label: &Label) {
        faults.n += 1;
        let places: Vec<Span> = label.spans.iter().map(|s| bytes(self.text, *s)).collect();
        let touches = |finding: &&Finding| places.iter().any(|p| p.overlaps(finding.span));
        let hits: Vec<&Finding> = self.differing().filter(touches).collect();
        if hits.is_empty() {
            self.show(&label.class, &label.id, &label.text);
            return;
        }
        faults.found += 1;
        let is_placed = |hit: &&Finding| places.iter().any(|p| is_same_place(*p, hit.span));
        faults.place += usize::from(hits.iter().any(is_placed));
        let is_named = |hit: &&Finding| {
            let by = hit.differs_by.map(DiffersBy::name);
            label.differs_by.iter().any(|apt| Some(apt.as_str()) == by)
        };
        faults.named += usize::from(hits.iter().any(is_named));
    }

    fn items(&self, scores: &mut Scores, label: &Label) {
        for item in &label.checks {
            let place = bytes(self.text, item.span);
            let touching = self.findings.iter().filter(|f| f.span.overlaps(place));
            let verdicts: Vec<Agreement> = touching.map(|finding| finding.verdict).collect();
            scores.n_items += 1;
            if verdicts.contains(&Agreement::Verified) && !verdicts.contains(&Agreement::Differs) {
                scores.verified += 1;
            } else {
                self.show("not verified", &item.text, &label.text);
            }
        }
    }

    /// Whether a finding that differs is right there.
    fn excuses(&self, label: &Label, finding: &Finding) -> bool {
        let is_period = label.decoy.as_deref() == Some("period")
            && finding.differs_by == Some(DiffersBy::Period);
        (label.is_fault || is_period) && bytes(self.text, label.span).overlaps(finding.span)
    }

    #[allow(clippy::print_stdout, reason = "lists what went wrong, when asked")]
    fn show(&self, what: &str, item: &str, more: &str) {
        if self.is_shown {
            println!("{} {what}: {item} | {more}", self.name);
        }
    }
}
