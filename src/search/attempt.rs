//! A plain query, tried until it gives what was probably meant.
//!
//! First as typed; when fewer passages than one page have all its words, with
//! typing errors corrected, then with strings that look alike, and at last in its
//! weaker form. What the filter shuts out counts here like everything else, so that
//! choosing a value of a facet never changes how the words are taken, and gives what
//! its count says.

use super::correction::{PairFrequencies, correct, look_alikes};
use super::lower::{Lowered, lower_plain};
use super::request::SearchError;
use super::steering::Steering;
use plansearch_index::{Enough, Evidence, Found, Lookup, Snapshot};
use plansearch_query::{Notice, Synonyms};
use plansearch_text::fold;

/// When fewer passages than this have all the words, those with most of them
/// follow: one page of the results.
const FEW: usize = 10;
/// The shares of the words' worth that make a good answer, the best first: where enough
/// passages have one, what has less is not listed.
const GOOD_SHARES: [f32; 3] = [0.5, 0.4, 0.33];
/// How many are enough then. Fewer would leave out what is worded otherwise: with 20,
/// lay questions lost a sixth of the right passages among the first hundred.
const MANY: usize = 100;
/// When fewer have the least share, this part of it is: better little than nothing.
const LAST_RESORT: f32 = 0.4;
/// Longest run whose look-alikes are looked for.
const MAX_LOOK_ALIKE_CHARS: usize = 8;

/// What came of a plain query.
pub(super) struct Attempt {
    pub(super) found: Found,
    pub(super) lowered: Lowered,
    /// The runs that were looked for in the end.
    pub(super) runs: Vec<String>,
    pub(super) is_relaxed: bool,
    pub(super) notices: Vec<Notice>,
    pub(super) suggestion: Option<String>,
}

/// Tries a plain query; `lookup` says what else is asked for.
pub(super) fn attempt(
    snapshot: &Snapshot,
    runs: &[&str],
    synonyms: &[&Synonyms],
    mut lookup: Lookup,
) -> Result<Attempt, SearchError> {
    let catalog = snapshot.catalog();
    let steering = Steering::of(runs, catalog, synonyms);
    let mut notices: Vec<Notice> = steering
        .names
        .iter()
        .map(|name| named_notice(name, &steering, snapshot))
        .collect();
    let mut runs = steering.runs.clone();
    let mut lowered = lower_runs(&runs, synonyms, &steering);
    lookup.unless_fewer = FEW;
    let mut found = look(snapshot, &mut lookup, &lowered)?;
    let mut suggestion = None;
    let mut pairs = PairFrequencies::of(snapshot);
    if found.n_matches < FEW
        && let Some(corrected) = corrected(&mut pairs, &runs)?
    {
        notices.push(Notice(format!(
            "文库中没有“{}”，已按“{}”查找",
            runs.join(" "),
            corrected.join(" ")
        )));
        suggestion = Some(corrected.join(" "));
        runs = corrected;
        lowered = lower_runs(&runs, synonyms, &steering);
        found = look(snapshot, &mut lookup, &lowered)?;
    }
    if found.n_matches < FEW
        && let [run] = runs.as_slice()
        && let Some(alike) = alike_rules(&mut pairs, run)?
    {
        let mut with_alike = synonyms.to_vec();
        with_alike.push(&alike);
        lowered = lower_runs(&runs, &with_alike, &steering);
    }
    let n_found = found.n_matches;
    let mut is_relaxed = false;
    if n_found < FEW {
        lookup.unless_fewer = 0;
        if let Some(least) = lowered.enough {
            let evidence = Evidence {
                words_stand: false,
                wholes_stand: false,
                ..lowered.evidence.clone()
            };
            let weaker = Lookup {
                enough: Some(enough(least)),
                unless_fewer: n_found + 1,
                evidence,
                ..lookup.clone()
            };
            let more = snapshot.find(&weaker)?;
            if more.n_matches > n_found {
                notices.push(Notice(match found.total {
                    0 => "没有段落含有全部词语，以下段落含有其中一部分或相关词".to_owned(),
                    n => format!("含有全部词语的有{n}段，其余段落含有其中一部分或相关词"),
                }));
                found = more;
                is_relaxed = true;
            }
        }
        if !is_relaxed {
            found = look(snapshot, &mut lookup, &lowered)?;
        }
    }
    Ok(Attempt {
        found,
        lowered,
        runs,
        is_relaxed,
        notices,
        suggestion,
    })
}

/// How much of the words is enough, where `least` is the share that an answer needs.
fn enough(least: f32) -> Enough {
    let good = GOOD_SHARES.into_iter().filter(|share| *share > least);
    Enough {
        shares: good.chain([least, least * LAST_RESORT]).collect(),
        at_least: MANY,
    }
}

fn lower_runs(runs: &[String], synonyms: &[&Synonyms], steering: &Steering) -> Lowered {
    let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
    lower_plain(&runs, synonyms, &steering.docs)
}

fn look(snapshot: &Snapshot, lookup: &mut Lookup, lowered: &Lowered) -> Result<Found, SearchError> {
    lookup.clause = lowered.strict.clone();
    lookup.evidence = lowered.evidence.clone();
    Ok(snapshot.find(lookup)?)
}

/// The runs without their typing errors; nothing when there are none.
fn corrected(
    pairs: &mut PairFrequencies<'_>,
    runs: &[String],
) -> Result<Option<Vec<String>>, SearchError> {
    let mut corrected = Vec::with_capacity(runs.len());
    let mut is_other = false;
    for run in runs {
        let other = correct(pairs, &fold(run))?;
        is_other |= other.is_some();
        corrected.push(other.unwrap_or_else(|| run.clone()));
    }
    Ok(is_other.then_some(corrected))
}

/// Look-alikes of a run as rules.
fn alike_rules(
    pairs: &mut PairFrequencies<'_>,
    run: &str,
) -> Result<Option<Synonyms>, SearchError> {
    let folded = fold(run);
    if folded.chars().count() > MAX_LOOK_ALIKE_CHARS {
        return Ok(None);
    }
    let alike = look_alikes(pairs, &folded)?;
    let mut rules = Synonyms::default();
    for other in &alike {
        rules.add_wider(&folded, other);
    }
    Ok((!alike.is_empty()).then_some(rules))
}

fn named_notice(name: &str, steering: &Steering, snapshot: &Snapshot) -> Notice {
    let catalog = snapshot.catalog();
    let titles: Vec<&str> = steering
        .docs
        .iter()
        .filter_map(|id| catalog.get(id))
        .map(|doc| doc.title.as_str())
        .collect();
    match titles.as_slice() {
        [only] => Notice(format!("“{name}”指《{only}》，其中的段落排在前面")),
        [first, ..] => Notice(format!(
            "“{name}”指《{first}》等{}份文件，其中的段落排在前面",
            titles.len()
        )),
        [] => Notice(format!("“{name}”未能对应到文件")),
    }
}
