//! A plain query, tried until it gives what was probably meant.
//!
//! First as typed; when fewer passages than one page have all its words, with
//! typing errors corrected, then with strings that look alike, and at last in its
//! weaker form. What the filter shuts out counts here like everything else, so that
//! choosing a value of a facet never changes how the words are taken, and gives what
//! its count says.

use super::asking::Wish;
use super::called::Called;
use super::correction::{PairFrequencies, correct, look_alikes};
use super::lower::{Lowered, lower_plain};
use super::missing::{missing_words, what_is_missing};
use super::pasted::telling_words;
use super::request::SearchError;
use super::steering::Steering;
use plansearch_analysis::is_idle;
use plansearch_document::PassageKind;
use plansearch_engine::{Clause, Engine, Enough, Evidence, Found, Lookup};
use plansearch_query::{Notice, Synonyms};
use plansearch_text::fold;

/// When fewer passages than this have all the words, those with most of them
/// follow: one page of the results.
pub(super) const FEW: usize = 10;
/// The shares of the words' worth that make a good answer, the best first: where enough
/// passages have one, what has less is not listed.
const GOOD_SHARES: [f32; 3] = [0.5, 0.4, 0.33];
/// How many are enough then. Fewer would leave out what is worded otherwise: with 20,
/// lay questions lost a sixth of the right passages among the first hundred.
const MANY: usize = 100;
/// When fewer have the least share, this part of it is: better little than nothing.
const LAST_RESORT: f32 = 0.4;
/// A passage of a document that the query names counts so much more.
const NAMED_DOCUMENT_FACTOR: f32 = 3.0;
/// The same where the name is its title or number.
const EXACT_DOCUMENT_FACTOR: f32 = 30.0;
/// A question is no line of a text: what it holds as a string says less than what answers.
const WHOLE_IN_QUESTION_FACTOR: f32 = 1.5;
/// What names a document that is asked for by its number counts so much more.
const FRONT_FACTOR: f32 = 5.0;
/// Longest run whose look-alikes are looked for.
const MAX_LOOK_ALIKE_CHARS: usize = 8;

/// What came of a plain query.
pub(super) struct Attempt {
    pub(super) found: Found,
    pub(super) lowered: Lowered,
    /// The runs that were looked for in the end.
    pub(super) runs: Vec<String>,
    pub(super) is_relaxed: bool,
    /// Of a weaker form: how many passages have all words, where these stand first.
    pub(super) n_with_all: usize,
    pub(super) notices: Vec<Notice>,
    pub(super) suggestion: Option<String>,
}

/// What is asked beside the words and is never given up: phrases and fields.
pub(super) struct Firm {
    pub(super) lowered: Lowered,
    /// Whether a phrase is among it, so that it is an answer without the words.
    pub(super) has_phrase: bool,
}

/// The words of a query, and what is known of them.
struct Asked<'a> {
    snapshot: &'a dyn Engine,
    synonyms: &'a [&'a Synonyms],
    firm: Option<&'a Firm>,
    runs: Vec<String>,
    steering: Steering,
    called: Called,
    wish: Wish,
    /// Whether the runs are the telling words of a longer text.
    is_long: bool,
}

/// Tries a plain query, beside what is `firm`; where fewer than `few` passages have all
/// words, others follow. `lookup` says what else is asked for.
pub(super) fn attempt(
    snapshot: &dyn Engine,
    runs: &[&str],
    firm: Option<&Firm>,
    synonyms: &[&Synonyms],
    few: usize,
    mut lookup: Lookup,
) -> Result<Attempt, SearchError> {
    let mut asked = Asked::of(snapshot, runs, firm, synonyms)?;
    let mut notices = asked.notices(runs);
    if let Some(firm) = firm {
        let mut also = vec![firm.lowered.strict.clone(), lookup.also];
        also.retain(|clause| *clause != Clause::Everything);
        lookup.also = Clause::all(also);
    }
    let mut lowered = asked.lower();
    lookup.unless_fewer = few;
    let mut found = look(snapshot, &mut lookup, &lowered)?;
    let mut suggestion = None;
    let mut pairs = PairFrequencies::of(snapshot);
    if found.n_matches < few
        && !asked.called.is_any()
        && let Some(correction) = corrected(&mut pairs, &asked.runs)?
    {
        suggestion = Some(correction.runs.join(" "));
        if correction.is_sure {
            notices.push(Notice(format!(
                "文献库中没有“{}”，已按“{}”查找",
                asked.runs.join(" "),
                correction.runs.join(" ")
            )));
            asked.runs = correction.runs;
            lowered = asked.lower();
            found = look(snapshot, &mut lookup, &lowered)?;
        }
    }
    if found.n_matches < few
        && let [run] = asked.runs.as_slice()
        && let Some(alike) = alike_rules(&mut pairs, run)?
    {
        let mut with_alike = synonyms.to_vec();
        with_alike.push(&alike);
        lowered = asked.lower_with(&with_alike);
    }
    let n_found = found.n_matches;
    let (mut is_relaxed, mut n_with_all) = (false, 0);
    if n_found < few {
        lookup.unless_fewer = 0;
        let mut partial = None;
        if let Some((weaker, more)) = asked.weaker(&lookup, &lowered, n_found)? {
            let is_beside_phrase = firm.is_some_and(|firm| firm.has_phrase);
            partial = Some(match found.total {
                0 if is_beside_phrase => (
                    "没有段落含有引号中的文字和其余全部词语".to_owned(),
                    "以下段落有引号中的文字",
                ),
                n if is_beside_phrase => (
                    format!("引号中的文字和其余全部词语都有的有{n}段"),
                    "其余段落有引号中的文字",
                ),
                0 => (
                    "没有段落含有全部词语".to_owned(),
                    "以下段落含有其中一部分或相关词",
                ),
                n => (
                    format!("含有全部词语的有{n}段"),
                    "其余段落含有其中一部分或相关词",
                ),
            });
            if !asked.is_named() {
                n_with_all = found.total;
            }
            (lookup, found) = (weaker, more);
            is_relaxed = true;
        }
        if !is_relaxed {
            found = look(snapshot, &mut lookup, &lowered)?;
        }
        let evidence = &lowered.evidence;
        let missing = missing_words(snapshot, evidence, &lowered.stand_ins)?;
        notices.extend(what_is_missing(&missing, partial));
    }
    if asked.wish.earliest
        && let Some(earlier) = earliest_first(snapshot, &lookup, &found, &mut notices)?
    {
        // Now the earliest stand first, whatever words they have.
        n_with_all = 0;
        found = earlier;
    }
    Ok(Attempt {
        found,
        lowered,
        runs: asked.runs,
        is_relaxed,
        n_with_all,
        notices,
        suggestion,
    })
}

impl<'a> Asked<'a> {
    fn of(
        snapshot: &'a dyn Engine,
        runs: &[&str],
        firm: Option<&'a Firm>,
        synonyms: &'a [&'a Synonyms],
    ) -> Result<Self, SearchError> {
        let mut words: Vec<String> = runs.iter().map(|run| (*run).to_owned()).collect();
        if let Some(telling) = telling_words(snapshot, &words)? {
            return Ok(Self {
                snapshot,
                synonyms: &[],
                firm,
                runs: telling,
                steering: Steering::default(),
                called: Called::default(),
                wish: Wish::default(),
                is_long: true,
            });
        }
        let mut called = match firm {
            None => Called::of(snapshot, runs)?,
            Some(_) => Called::default(),
        };
        let mut wish = Wish::default();
        let mut steering = Steering::default();
        if let Some(number) = &called.number {
            words = vec![number.clone()];
        } else if !called.is_any() {
            (wish, words) = Wish::of(&words);
        }
        if firm.is_some() {
            words.retain(|run| !is_idle(run));
        } else if !called.is_any() {
            let runs: Vec<&str> = words.iter().map(String::as_str).collect();
            steering = Steering::of(&runs, snapshot.catalog(), synonyms);
            words.clone_from(&steering.runs);
            if steering.is_exact {
                called.join(Called::articles(&words, &steering.docs));
            }
        }
        Ok(Self {
            snapshot,
            synonyms,
            firm,
            runs: words,
            steering,
            called,
            wish,
            is_long: false,
        })
    }

    /// How the query was understood.
    fn notices(&self, typed: &[&str]) -> Vec<Notice> {
        let mut notices: Vec<Notice> = Vec::new();
        if self.is_long {
            let n = self.runs.len();
            notices.push(Notice(format!("文字较长，按其中最少见的{n}个词语查找")));
        }
        let number = self.called.number.iter();
        let other = number.filter(|number| fold(number) != fold(&typed.concat()));
        notices.extend(other.map(|number| Notice(format!("已按文号“{number}”查找"))));
        let names = self.steering.names.iter();
        notices.extend(names.map(|name| named_notice(name, &self.steering, self.snapshot)));
        notices.extend(self.wish.notice().map(|notice| Notice(notice.to_owned())));
        let idle: Vec<&str> = typed.iter().copied().filter(|run| is_idle(run)).collect();
        if self.firm.is_some() && !idle.is_empty() {
            notices.push(Notice(format!("其余字词不计：{}", idle.join(" "))));
        }
        notices
    }

    /// Whether a document is named: then passages with less of the words may be meant, and
    /// those with all do not stand first.
    fn is_named(&self) -> bool {
        !self.steering.docs.is_empty()
    }

    fn lower(&self) -> Lowered {
        self.lower_with(self.synonyms)
    }

    fn lower_with(&self, synonyms: &[&Synonyms]) -> Lowered {
        let runs: Vec<&str> = self.runs.iter().map(String::as_str).collect();
        let factor = if self.steering.is_exact {
            EXACT_DOCUMENT_FACTOR
        } else {
            NAMED_DOCUMENT_FACTOR
        };
        let mut lowered = lower_plain(&runs, synonyms);
        let evidence = &mut lowered.evidence;
        for (docs, factor) in [
            (&self.steering.docs, factor),
            (&self.called.docs, EXACT_DOCUMENT_FACTOR),
        ] {
            evidence
                .doc_factors
                .extend(docs.iter().map(|doc| (doc.clone(), factor)));
        }
        if self.wish.is_any() {
            evidence.whole_factor = evidence.whole_factor.min(WHOLE_IN_QUESTION_FACTOR);
        }
        evidence.favoured.clone_from(&self.called.favoured);
        evidence.favoured.extend(self.wish.favoured());
        evidence.first = self.called.first();
        if self.called.number.is_some() {
            // Who types a number means the document: what names it comes first.
            let kinds = &mut evidence.kind_factors;
            kinds.retain(|(kind, _)| *kind != PassageKind::FrontMatter);
            kinds.push((PassageKind::FrontMatter, FRONT_FACTOR));
        }
        if !self.called.also.is_empty() {
            evidence.words_stand = false;
            evidence.wholes_stand = false;
            let mut ways = vec![lowered.strict];
            ways.extend(self.called.also.iter().cloned());
            lowered.strict = Clause::any(ways);
        }
        if let Some(firm) = self.firm {
            let own = &firm.lowered.evidence;
            evidence_joined(&mut lowered.evidence, own);
        }
        lowered
    }

    /// What is found when not every word must stand, if that is more.
    fn weaker(
        &self,
        lookup: &Lookup,
        lowered: &Lowered,
        n_found: usize,
    ) -> Result<Option<(Lookup, Found)>, SearchError> {
        let is_enough_without = self.firm.is_some_and(|firm| firm.has_phrase);
        let share = lowered.enough.filter(|_| !is_enough_without);
        if share.is_none() && !is_enough_without {
            return Ok(None);
        }
        let has_all = (n_found > 0 && !self.is_named()).then(|| lowered.strict.clone());
        let first = self.called.first().into_iter().chain(has_all);
        let evidence = Evidence {
            words_stand: false,
            wholes_stand: false,
            first: any_of(first.collect()),
            ..lowered.evidence.clone()
        };
        let weaker = Lookup {
            clause: Clause::Everything,
            enough: share.map(enough),
            unless_fewer: n_found + 1,
            evidence,
            ..lookup.clone()
        };
        let more = self.snapshot.find(&weaker)?;
        Ok((more.n_matches > n_found).then_some((weaker, more)))
    }
}

fn any_of(clauses: Vec<Clause>) -> Option<Clause> {
    (!clauses.is_empty()).then(|| Clause::any(clauses))
}

/// Adds the words and pairs of what is asked for beside them.
fn evidence_joined(evidence: &mut Evidence, own: &Evidence) {
    evidence.words.extend(own.words.iter().cloned());
    for (pair, weight) in &own.pairs {
        if !evidence.pairs.iter().any(|(known, _)| known == pair) {
            evidence.pairs.push((pair.clone(), *weight));
        }
    }
    evidence.words_stand &= own.words_stand;
}

/// How many documents are asked for their dates.
const N_DATED: usize = 500;
/// How much more the passages of the earliest document count than those of the next.
const EARLIER_FACTOR: f32 = 100.0;

/// The same passages, those of the documents that were issued first before others.
fn earliest_first(
    snapshot: &dyn Engine,
    lookup: &Lookup,
    found: &Found,
    notices: &mut Vec<Notice>,
) -> Result<Option<Found>, SearchError> {
    if found.total == 0 {
        return Ok(None);
    }
    let by_document = Lookup {
        each_document: Some(1),
        offset: 0,
        limit: N_DATED,
        max_facet_values: 0,
        facet: None,
        ..lookup.clone()
    };
    let listed = snapshot.find(&by_document)?.documents;
    let mut dated: Vec<(String, String)> = listed
        .into_iter()
        .filter_map(|(id, _)| {
            let date = snapshot.catalog().get(&id)?.date.clone()?;
            Some((date, id))
        })
        .collect();
    dated.sort();
    let Some((date, first)) = dated.first() else {
        return Ok(None);
    };
    let title = snapshot.catalog().get(first).map(|doc| doc.title.clone());
    notices.push(Notice(format!(
        "所问是最先提出的文件：有日期的文件中最早的是《{}》（{date}），其中的段落排在前面",
        title.unwrap_or_default()
    )));
    let mut again = lookup.clone();
    let factors = [EARLIER_FACTOR * EARLIER_FACTOR, EARLIER_FACTOR];
    for ((_, id), factor) in dated.into_iter().zip(factors) {
        again.evidence.doc_factors.push((id, factor));
    }
    Ok(Some(snapshot.find(&again)?))
}

/// How much of the words is enough, where `least` is the share that an answer needs.
fn enough(least: f32) -> Enough {
    let good = GOOD_SHARES.into_iter().filter(|share| *share > least);
    Enough {
        shares: good.chain([least, least * LAST_RESORT]).collect(),
        at_least: MANY,
    }
}

fn look(
    snapshot: &dyn Engine,
    lookup: &mut Lookup,
    lowered: &Lowered,
) -> Result<Found, SearchError> {
    lookup.clause = lowered.strict.clone();
    lookup.evidence = lowered.evidence.clone();
    Ok(snapshot.find(lookup)?)
}

/// What the runs were probably meant to be.
struct Correction {
    runs: Vec<String>,
    /// Whether every run that is corrected is long enough to be sure.
    is_sure: bool,
}

/// A shorter run has many neighbours: what it may be is offered and no more.
const MIN_SURE_CHARS: usize = 3;

/// The runs without their typing errors; nothing when there are none.
fn corrected(
    pairs: &mut PairFrequencies<'_>,
    runs: &[String],
) -> Result<Option<Correction>, SearchError> {
    let mut correction = Correction {
        runs: Vec::with_capacity(runs.len()),
        is_sure: true,
    };
    let mut is_other = false;
    for run in runs {
        let folded = fold(run);
        let other = correct(pairs, &folded)?;
        is_other |= other.is_some();
        let is_short = folded.chars().count() < MIN_SURE_CHARS;
        correction.is_sure &= !(other.is_some() && is_short);
        correction.runs.push(other.unwrap_or_else(|| run.clone()));
    }
    Ok(is_other.then_some(correction))
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

fn named_notice(name: &str, steering: &Steering, snapshot: &dyn Engine) -> Notice {
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
