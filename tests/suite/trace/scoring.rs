//! Scores a trace against labelled sentences: per class the verdicts, the sources among
//! the first three, changed figures, boilerplate, the earliest source, and the character
//! precision, recall and granularity of PAN text alignment.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use plansearch::draft::{
    ChangeKind, DraftText, FoundSource, Trace, TracedSentence, Verdict, trace,
};
use plansearch::engine::{DocumentRecord, Engine, Filter};
use plansearch::text::fold;
use serde::Deserialize;

/// A labelled sentence.
#[derive(Debug, Deserialize)]
pub(crate) struct Label {
    pub(crate) id: String,
    pub(crate) draft: String,
    pub(crate) class: String,
    pub(crate) span: [usize; 2],
    pub(crate) text: String,
    pub(crate) verdicts: Vec<String>,
    #[serde(default)]
    pub(crate) sources: Vec<LabelSource>,
    pub(crate) change: Option<LabelChange>,
    pub(crate) first: Option<String>,
}

/// Where it comes from.
#[derive(Debug, Deserialize)]
pub(crate) struct LabelSource {
    pub(crate) document: String,
    pub(crate) text: String,
    pub(crate) part: [usize; 2],
    pub(crate) used: Option<String>,
}

/// The figure that was changed.
#[derive(Debug, Deserialize)]
pub(crate) struct LabelChange {
    pub(crate) source: String,
    pub(crate) span: [usize; 2],
}

/// What was right, by class.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    pub(crate) classes: BTreeMap<String, ClassScore>,
    pub(crate) boilerplate_false: usize,
    pub(crate) pan: Pan,
}

/// Of one class.
#[derive(Debug, Default)]
pub(crate) struct ClassScore {
    pub(crate) n: usize,
    pub(crate) verdict: usize,
    pub(crate) source: usize,
    pub(crate) whole: usize,
    pub(crate) figure: usize,
    pub(crate) boilerplate: usize,
    pub(crate) first: usize,
    pub(crate) pan: Pan,
}

/// Sums for character precision, recall and granularity.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Pan {
    precision: (f64, f64),
    recall: (f64, f64),
    granularity: (f64, f64),
}

impl Pan {
    fn add(&mut self, other: Self) {
        self.precision.0 += other.precision.0;
        self.precision.1 += other.precision.1;
        self.recall.0 += other.recall.0;
        self.recall.1 += other.recall.1;
        self.granularity.0 += other.granularity.0;
        self.granularity.1 += other.granularity.1;
    }

    pub(crate) fn precision(&self) -> f64 {
        self.precision.0 / self.precision.1.max(1.0)
    }
    pub(crate) fn recall(&self) -> f64 {
        self.recall.0 / self.recall.1.max(1.0)
    }
    pub(crate) fn granularity(&self) -> f64 {
        if self.granularity.1 == 0.0 {
            1.0
        } else {
            self.granularity.0 / self.granularity.1
        }
    }
    pub(crate) fn plagdet(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 {
            return 0.0;
        }
        2.0 * p * r / (p + r) / (1.0 + self.granularity()).log2()
    }
}

impl Scores {
    pub(crate) fn share(&self, class: &str, of: impl Fn(&ClassScore) -> usize) -> f64 {
        self.classes
            .get(class)
            .map_or(0.0, |score| of(score) as f64 / score.n.max(1) as f64)
    }

    pub(crate) fn table(&self) -> String {
        let mut text = "class             n  verdict source  right  figure boiler first  prec   rec    gran  plagdet\n".to_owned();
        for (class, s) in &self.classes {
            let share = |n: usize| n as f64 / s.n.max(1) as f64;
            let _ = writeln!(
                text,
                "{class:<16} {:>3}  {:.3}   {:.3}   {:.3}  {:.3}  {:.3}  {:.3}  {:.3}  {:.3}  {:.2}  {:.3}",
                s.n,
                share(s.verdict),
                share(s.source),
                share(s.whole),
                share(s.figure),
                share(s.boilerplate),
                share(s.first),
                s.pan.precision(),
                s.pan.recall(),
                s.pan.granularity(),
                s.pan.plagdet()
            );
        }
        let p = self.pan;
        let _ = writeln!(
            text,
            "all: precision {:.3} recall {:.3} granularity {:.3} plagdet {:.3}; boilerplate elsewhere {}",
            p.precision(),
            p.recall(),
            p.granularity(),
            p.plagdet(),
            self.boilerplate_false
        );
        text
    }
}

/// Traces the drafts of a folder and compares with its labels; prints what is wrong of
/// the class `shown`.
pub(crate) fn score(snapshot: &dyn Engine, dir: &Path, shown: Option<&str>) -> Scores {
    let labels = std::fs::read_to_string(dir.join("labels.jsonl")).unwrap();
    let labels: Vec<Label> = labels
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: BTreeSet<&str> = labels.iter().map(|label| label.draft.as_str()).collect();
    let mut scores = Scores::default();
    for name in names {
        let draft = DraftText::open(&dir.join("drafts").join(name)).unwrap();
        let traced = trace(snapshot, &draft, &Filter::default()).unwrap();
        let of_draft = labels.iter().filter(|label| label.draft == name);
        for label in of_draft.filter(|label| has_sources(snapshot, label)) {
            judge(&traced, label, &mut scores, shown);
        }
    }
    scores
}

/// Whether the library holds what a sentence comes from.
fn has_sources(snapshot: &dyn Engine, label: &Label) -> bool {
    label.sources.iter().all(|source| {
        let mut documents = snapshot.catalog().documents().iter();
        documents.any(|doc| is_document(doc, &source.document))
    })
}

pub(crate) fn is_document(doc: &DocumentRecord, name: &str) -> bool {
    doc.id == name || doc.files.iter().any(|file| file.ends_with(name))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

#[allow(
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a report prints what it judged, beside the judgement"
)]
fn judge(traced: &Trace, label: &Label, scores: &mut Scores, shown: Option<&str>) {
    let span = label.span[0]..label.span[1];
    let own: Vec<&TracedSentence> = traced
        .sentences
        .iter()
        .filter(|s| 2 * overlap(&s.span, &span) >= s.span.len())
        .collect();
    let mut by_verdict: BTreeMap<Verdict, usize> = BTreeMap::new();
    for s in &own {
        *by_verdict.entry(s.verdict).or_default() += s.span.len();
    }
    let verdict = by_verdict
        .iter()
        .max_by_key(|(_, n)| **n)
        .map_or(Verdict::None, |(v, _)| *v);
    let verdict_right = label.verdicts.iter().any(|v| v == verdict.name());
    let firsts: Vec<&FoundSource> = own.iter().flat_map(|s| s.sources.iter().take(3)).collect();
    let n_found = label
        .sources
        .iter()
        .filter(|source| firsts.iter().any(|f| holds(&f.passage.text, &source.text)))
        .count();
    let source_right = if matches!(label.class.as_str(), "natural") {
        n_found > 0
    } else {
        n_found == label.sources.len()
    };
    let figure_right = label.change.as_ref().is_none_or(|change| {
        own.iter()
            .flat_map(|s| &s.sources)
            .flat_map(|s| &s.changes)
            .any(|c| {
                c.kind == ChangeKind::Figure
                    && c.draft_span.start <= change.span[0]
                    && c.draft_span.end >= change.span[1]
                    && c.draft_span.len() <= change.span[1] - change.span[0] + 4
                    && fold(&c.source).contains(&fold(&change.source))
            })
    });
    let is_boilerplate = own.iter().any(|s| s.is_boilerplate);
    let first_right = label.first.as_ref().is_none_or(|first| {
        own.iter()
            .find_map(|s| s.sources.first())
            .is_some_and(|s| is_doc(s, first))
    });
    let score = scores.classes.entry(label.class.clone()).or_default();
    score.n += 1;
    score.verdict += usize::from(verdict_right);
    score.source += usize::from(source_right);
    let whole = verdict_right && source_right;
    score.whole += usize::from(whole);
    score.figure += usize::from(figure_right);
    score.boilerplate += usize::from(is_boilerplate);
    score.first += usize::from(first_right);
    let pan = pan(&own, label);
    score.pan.add(pan);
    scores.pan.add(pan);
    if is_boilerplate && label.class != "boilerplate" {
        scores.boilerplate_false += 1;
    }
    if shown == Some(label.class.as_str()) {
        let flag = |is: bool, name: &str| {
            if is {
                String::new()
            } else {
                format!(" !{name}")
            }
        };
        println!(
            "\n{} {:?}{}{}{}{} {}",
            label.id,
            verdict,
            flag(verdict_right, "verdict"),
            flag(source_right, "source"),
            flag(figure_right, "figure"),
            flag(first_right, "first"),
            label.text
        );
        println!("   {}", pan.line());
        for s in &label.sources {
            println!(
                "   L {} {} {:?} {}",
                s.document,
                s.text,
                s.part,
                s.used.as_deref().unwrap_or("")
            );
        }
        for s in own.iter().flat_map(|s| s.sources.iter().take(4)) {
            let chars: Vec<char> = s.passage.text.chars().collect();
            println!(
                "   S {:.2} {} {:?} {} | {}",
                s.score,
                s.doc.title,
                s.draft_span,
                s.doc.date.as_deref().unwrap_or(""),
                chars[s.source_span.clone()].iter().collect::<String>()
            );
            let changes: Vec<String> = s
                .changes
                .iter()
                .map(|c| format!("{}:{}<-{}", c.kind.name(), c.draft, c.source))
                .collect();
            println!("       {}", changes.join(" "));
        }
    }
}

impl Pan {
    fn line(&self) -> String {
        format!(
            "p {:.2} r {:.2} g {:.2}",
            self.precision(),
            self.recall(),
            self.granularity()
        )
    }
}

fn is_doc(source: &FoundSource, name: &str) -> bool {
    is_document(&source.doc, name) || source.passage.id.starts_with(name)
}

fn letters(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn grams(text: &str) -> BTreeSet<Vec<char>> {
    letters(text).windows(4).map(<[char]>::to_vec).collect()
}

/// Whether a passage holds four fifths of the 4-grams of a sentence.
fn holds(passage: &str, sentence: &str) -> bool {
    let (passage, sentence) = (grams(passage), grams(sentence));
    let n = sentence.intersection(&passage).count();
    n as f64 >= 0.8 * sentence.len() as f64
}

/// Character precision, recall and granularity of one label, over draft and source.
fn pan(own: &[&TracedSentence], label: &Label) -> Pan {
    let mut pan = Pan::default();
    let mut detections: Vec<&FoundSource> = Vec::new();
    for s in own {
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for source in &s.sources {
            let new = source
                .draft_span
                .clone()
                .filter(|at| !seen.contains(at))
                .count();
            if 2 * new >= source.draft_span.len() && new > 0 {
                seen.extend(source.draft_span.clone());
                detections.push(source);
            }
        }
    }
    // Reuse of one case is judged against the source text that was found in the passage.
    let cases: Vec<(Range<usize>, &LabelSource)> = if label.class == "natural" {
        label
            .sources
            .iter()
            .take(1)
            .map(|s| (s.part[0]..s.part[1], s))
            .collect()
    } else {
        label
            .sources
            .iter()
            .map(|s| (s.part[0]..s.part[1], s))
            .collect()
    };
    if label.class == "boilerplate" {
        return pan;
    }
    for d in &detections {
        let chars: Vec<char> = d.passage.text.chars().collect();
        let n = (d.draft_span.len() + d.source_span.len()) as f64;
        let best = cases
            .iter()
            .map(|(part, source)| {
                let place = place_of(&chars, source.used.as_deref().unwrap_or(&source.text));
                let in_source = place.map_or(0, |place| overlap(&place, &d.source_span));
                if in_source == 0 {
                    0
                } else {
                    overlap(part, &d.draft_span) + in_source
                }
            })
            .sum::<usize>();
        pan.precision.0 += (best as f64 / n.max(1.0)).min(1.0);
        pan.precision.1 += 1.0;
    }
    for (part, source) in &cases {
        let mut n_hits = 0;
        let mut in_draft: BTreeSet<usize> = BTreeSet::new();
        let mut in_source: BTreeSet<usize> = BTreeSet::new();
        let mut len = source
            .used
            .as_deref()
            .unwrap_or(&source.text)
            .chars()
            .count();
        for d in &detections {
            let chars: Vec<char> = d.passage.text.chars().collect();
            let Some(place) = place_of(&chars, source.used.as_deref().unwrap_or(&source.text))
            else {
                continue;
            };
            if overlap(&place, &d.source_span) == 0 || overlap(part, &d.draft_span) == 0 {
                continue;
            }
            n_hits += 1;
            len = place.len();
            in_draft.extend(part.start.max(d.draft_span.start)..part.end.min(d.draft_span.end));
            in_source.extend(
                (place.start.max(d.source_span.start)..place.end.min(d.source_span.end))
                    .map(|at| at - place.start),
            );
        }
        pan.recall.0 +=
            ((in_draft.len() + in_source.len()) as f64 / (part.len() + len).max(1) as f64).min(1.0);
        pan.recall.1 += 1.0;
        if n_hits > 0 {
            pan.granularity.0 += f64::from(n_hits);
            pan.granularity.1 += 1.0;
        }
    }
    pan
}

/// Where a wording stands in a passage, letters and digits alone.
fn place_of(chars: &[char], wording: &str) -> Option<Range<usize>> {
    let needle = letters(wording);
    let mut folded = Vec::new();
    let mut places = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        for f in letters(&c.to_string()) {
            folded.push(f);
            places.push(at);
        }
    }
    let at = folded
        .windows(needle.len().max(1))
        .position(|window| window == needle)?;
    Some(places[at]..places[at + needle.len() - 1] + 1)
}
