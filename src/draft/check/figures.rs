//! Figures of a draft against those of its sources.
//!
//! In each sentence that may be the source, the figures of the draft are put beside
//! those of the source by the words around them, one to one; then they are compared.
//! A figure that agrees anywhere near is verified. One that differs counts only where
//! the words say that it is the same thing: what the draft names must stand in the
//! source or above it, or it speaks of another place or thing.

use std::collections::HashSet;
use std::sync::Arc;

use plansearch_document::places_in;
use plansearch_engine::EngineError;
use plansearch_figure::DateMention;
use plansearch_text::Span;

use super::compare::{are_comparable, difference, is_reversed};
use super::conclusion::{Agreed, Differing, Found, MIN_OTHER_YEAR, conclude};
use super::finding::{DiffersBy, Finding};
use super::library::{Library, Source};
use super::pairs::{GAP, Pair};
use super::stated::{Role, Spot, Stated, years};
use super::tie::{Tie, is_crossed, is_telling, slip};
use super::whose::{Home, is_of_others, is_other_level, names};

/// Figures beside each other score at least so much.
const MIN_BESIDE: f32 = 0.22;
/// A figure that differs counts from this score on.
const MIN_DIFFERS: f32 = 0.6;
/// So much of the words of its own clause must stand in the source then.
const MIN_NEAR: f32 = 0.66;

/// What the draft says of itself.
const OWN: &[&str] = &[
    "本方案",
    "本稿",
    "本文",
    "本计划",
    "本规划",
    "本意见",
    "本通知",
    "本办法",
    "本报告",
    "本实施",
    "本行动",
    "本专项",
];

/// Findings for the figures of one sentence of `text`.
pub(super) fn check(
    library: &mut Library<'_>,
    text: &str,
    sentence: &Stated,
    home: &Home,
) -> Result<Vec<Finding>, EngineError> {
    if sentence.spots.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<Found> = sentence.spots.iter().map(|_| Found::default()).collect();
    let mut seen = HashSet::new();
    let asked = sentence.span.of(text);
    for source in library.near(asked)? {
        seen.insert(source.passage.id.clone());
        look(library, text, sentence, home, &source, &mut found)?;
    }
    let is_open = found.iter().any(|found| found.agrees.is_empty());
    if is_open {
        // A sentence of several facts: the clause of each open one is asked for alone.
        for nth in 0..sentence.spots.len() {
            let clause = match (sentence.spots.get(nth), found.get(nth)) {
                (Some(spot), Some(found)) if found.agrees.is_empty() => {
                    clause_around(text, sentence, spot)
                }
                _ => continue,
            };
            for source in library.near(clause.of(text))? {
                if seen.insert(source.passage.id.clone()) {
                    look(library, text, sentence, home, &source, &mut found)?;
                }
            }
        }
    }
    let is_own = OWN.iter().any(|word| asked.contains(word));
    let mut findings = Vec::new();
    for (spot, found) in sentence.spots.iter().zip(found) {
        conclude(text, spot, found, is_own, &mut findings);
    }
    Ok(findings)
}

/// The clause of a figure with the one before it.
fn clause_around(text: &str, sentence: &Stated, spot: &Spot) -> Span {
    let front = Span::new(sentence.span.start, spot.figure.span.start);
    let start = front
        .of(text)
        .char_indices()
        .filter(|(_, c)| matches!(c, '，' | ',' | '；' | ';'))
        .map(|(at, c)| front.start + at + c.len_utf8())
        .next_back()
        .unwrap_or(front.start);
    Span::new(start, spot.figure.span.end)
}

/// Puts the figures of `sentence` beside those of each sentence of `source`.
fn look(
    library: &mut Library<'_>,
    text: &str,
    sentence: &Stated,
    home: &Home,
    source: &Arc<Source>,
    found: &mut [Found],
) -> Result<(), EngineError> {
    let own = sentence.span.of(text);
    let is_named = names(context(text, sentence.span), source) || home.is_of(source);
    let is_elsewhere =
        !is_named && home.is_elsewhere(source) || is_of_others(own, source) && !names(own, source);
    for other in &source.sentences {
        if other.spots.is_empty() {
            continue;
        }
        let mut all = HashSet::new();
        for spot in &sentence.spots {
            all.extend(spot.near.iter().copied());
        }
        let wide = library
            .rarity
            .covered(&all, &[&other.pairs, &source.around])?;
        if wide < MIN_BESIDE {
            continue;
        }
        let beside = beside(library, sentence, other, source, wide)?;
        let mut pairing = Pairing {
            sentence,
            other,
            source,
            home,
            is_elsewhere,
            tie: Tie {
                is_named,
                ..Tie::default()
            },
        };
        pairing.weigh(library, &beside)?;
        for (nth, at, score, near) in &beside {
            let start = sentence.span.start;
            let end = sentence
                .spots
                .get(*nth)
                .map_or(start, |one| one.figure.span.start);
            let front = Span::new(start, end).of(text);
            let near = if is_other_level(front, source, other) {
                0.0
            } else {
                *near
            };
            pairing.record(library, (*nth, *at, *score, near), found)?;
        }
    }
    Ok(())
}

/// The sentence, with what stands before it in its line where it names no place itself.
fn context(text: &str, sentence: Span) -> &str {
    if !places_in(sentence.of(text)).is_empty() {
        return sentence.of(text);
    }
    let front = Span::new(0, sentence.start).of(text);
    let start = front.rfind('\n').map_or(0, |at| at + 1);
    Span::new(start, sentence.end).of(text)
}

/// Pairs of figures: number in the draft, number in the source, score, and the share of
/// the words around the first that stand in the source.
type Beside = Vec<(usize, usize, f32, f32)>;

fn beside(
    library: &mut Library<'_>,
    sentence: &Stated,
    other: &Stated,
    source: &Source,
    wide: f32,
) -> Result<Beside, EngineError> {
    let mut scored: Beside = Vec::new();
    for (nth, spot) in sentence.spots.iter().enumerate() {
        for (at, theirs) in other.spots.iter().enumerate() {
            if !are_comparable(&spot.figure, &theirs.figure) {
                continue;
            }
            let local = library
                .rarity
                .covered(&spot.near, &[&theirs.near, &source.around])?;
            let own = library
                .rarity
                .covered(&spot.own, &[&theirs.own, &source.around])?;
            let local = local.max(own);
            let near = library
                .rarity
                .covered(&spot.near, &[&theirs.near, &other.pairs, &source.around])?;
            let back = library.rarity.covered(&theirs.near, &[&spot.near])?;
            let mut score = 0.35 * local + 0.15 * near + 0.15 * back + 0.35 * wide;
            score += likeness(spot, theirs);
            score -= 0.02 * nth.abs_diff(at) as f32;
            scored.push((nth, at, score, near));
        }
    }
    scored.sort_by(|a, b| b.2.total_cmp(&a.2));
    let mut taken_here = HashSet::new();
    let mut taken_there = HashSet::new();
    let mut chosen: Beside = Vec::new();
    for pair in &scored {
        if pair.2 >= MIN_BESIDE && !taken_here.contains(&pair.0) && !taken_there.contains(&pair.1) {
            taken_here.insert(pair.0);
            taken_there.insert(pair.1);
            chosen.push(*pair);
        }
    }
    prefer_equal(sentence, other, &scored, &mut chosen);
    Ok(chosen)
}

/// What speaks for two figures beside the words: unit, measure, time and role.
fn likeness(spot: &Spot, theirs: &Spot) -> f32 {
    let mut likeness = 0.0;
    if spot.figure.measure == theirs.figure.measure {
        likeness += 0.04;
    }
    if spot.figure.dimension() == theirs.figure.dimension() {
        likeness += 0.04;
    }
    if spot.figure.is_annual_mean == theirs.figure.is_annual_mean {
        likeness += 0.02;
    }
    match (spot.role, theirs.role) {
        (one, two) if one == two => likeness += 0.04,
        (Role::From, Role::To) | (Role::To, Role::From) => likeness -= 0.12,
        _ => {}
    }
    match time(spot, theirs) {
        Time::Same => likeness + 0.1,
        Time::Other => likeness - 0.12,
        Time::Unsaid => likeness,
    }
}

/// A figure that differs from the one beside it goes to one of equal value that is near
/// enough and beside no other: the draft may leave out what stands between.
fn prefer_equal(sentence: &Stated, other: &Stated, scored: &Beside, chosen: &mut Beside) {
    let is_equal = |nth: usize, at: usize| {
        let (Some(spot), Some(theirs)) = (sentence.spots.get(nth), other.spots.get(at)) else {
            return false;
        };
        difference(&spot.figure, &theirs.figure).is_none()
    };
    for place in 0..chosen.len() {
        let Some((nth, at, score, _)) = chosen.get(place).copied() else {
            continue;
        };
        if is_equal(nth, at) {
            continue;
        }
        let free = scored.iter().find(|pair| {
            let is_taken = chosen.iter().any(|taken| taken.1 == pair.1);
            pair.0 == nth && is_equal(nth, pair.1) && !is_taken && pair.2 >= 0.55 * score
        });
        if let (Some(free), Some(slot)) = (free, chosen.get_mut(place)) {
            *slot = *free;
        }
    }
}

/// How the times of two figures agree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Same,
    Other,
    Unsaid,
}

fn time(spot: &Spot, theirs: &Spot) -> Time {
    if other_date(spot, theirs).is_some() {
        return Time::Other;
    }
    let of = |date: Option<DateMention>| date.and_then(|date| years(&date.period));
    match (of(spot.date), of(theirs.date)) {
        (Some(one), Some(two)) if one == two => Time::Same,
        _ => Time::Unsaid,
    }
}

/// The dates of two figures that have no year in common: those that they are of, else those
/// that they are held against.
fn other_date(spot: &Spot, theirs: &Spot) -> Option<(DateMention, DateMention)> {
    [(spot.date, theirs.date), (spot.base, theirs.base)]
        .into_iter()
        .find_map(|pair| {
            let (one, two) = (pair.0?, pair.1?);
            let (a, b) = (years(&one.period)?, years(&two.period)?);
            (a.1 < b.0 || b.1 < a.0).then_some((one, two))
        })
}

/// Says whether the plan of the source is for years that do not hold that of the draft.
fn is_other_plan(spot: &Spot, source: &Source) -> bool {
    let Some((from, to)) = spot.date.and_then(|date| years(&date.period)) else {
        return false;
    };
    source
        .doc
        .period
        .is_some_and(|(first, last)| to < first.saturating_sub(1) || from > last)
}

/// Says whether the source is a plan of the one year that the draft names.
fn is_plan_of_year(spot: &Spot, source: &Source) -> bool {
    let year = spot.date.and_then(|date| years(&date.period));
    year.is_some() && source.doc.period == year && year.is_some_and(|(from, to)| from == to)
}

/// The figures of a sentence beside those of one of a source.
struct Pairing<'a> {
    sentence: &'a Stated,
    other: &'a Stated,
    source: &'a Arc<Source>,
    home: &'a Home,
    /// The sentence speaks of another place than the source.
    is_elsewhere: bool,
    /// What ties the sentences; completed for each figure.
    tie: Tie,
}

impl Pairing<'_> {
    /// Counts what agrees and weighs what the sentences have in common.
    fn weigh(&mut self, library: &mut Library<'_>, beside: &Beside) -> Result<(), EngineError> {
        for (nth, at, _, _) in beside {
            if let (Some(spot), Some(theirs)) =
                (self.sentence.spots.get(*nth), self.other.spots.get(*at))
            {
                let is_same = difference(&spot.figure, &theirs.figure).is_none();
                // 5%左右 stands in every report.
                let is_telling = is_telling(&spot.figure);
                self.tie.n_agreed += usize::from(is_same && is_telling);
                self.tie.n_differing += usize::from(!is_same);
            }
        }
        let shared = self.sentence.pairs.intersection(&self.other.pairs);
        self.tie.pairs = library.rarity.in_pairs(shared)?;
        self.tie.share = library
            .rarity
            .covered(&self.sentence.pairs, &[&self.other.pairs])?;
        Ok(())
    }

    fn record(
        &self,
        library: &mut Library<'_>,
        (nth, at, score, near): (usize, usize, f32, f32),
        found: &mut [Found],
    ) -> Result<(), EngineError> {
        let (Some(spot), Some(theirs), Some(found)) = (
            self.sentence.spots.get(nth),
            self.other.spots.get(at),
            found.get_mut(nth),
        ) else {
            return Ok(());
        };
        let (sentence, other, source) = (self.sentence, self.other, self.source);
        let proof = source.proof(theirs.figure.span);
        let time = time(spot, theirs);
        let by = difference(&spot.figure, &theirs.figure);
        let mut tie = self.tie;
        tie.clause = (
            library.rarity.covered(&spot.own, &[&theirs.own])?,
            library
                .rarity
                .in_pairs(spot.own.intersection(&theirs.own))?,
        );
        tie.is_crossed = by.is_some() && is_crossed(spot, at, other);
        tie.is_of_time = time == Time::Same;
        tie.slip = slip(by.unwrap_or(DiffersBy::Year), &spot.figure, &theirs.figure);
        let is_alike = !self.is_elsewhere && !is_foreign(sentence, nth, other, source);
        let is_tied = is_alike && tie.holds(by);
        match by {
            None if time == Time::Other => {
                if let Some((date, their)) = other_date(spot, theirs)
                    && is_tied
                    && score >= MIN_OTHER_YEAR
                {
                    let proof = source.proof(their.span);
                    found.other_year.push((score, proof, date.span));
                }
            }
            None => {
                let agreed = spot.date.map(|date| Agreed {
                    draft: date.span,
                    source: theirs
                        .date
                        .filter(|_| time == Time::Same)
                        .map(|date| date.span),
                    is_of_plan: theirs.date.is_none() && is_plan_of_year(spot, source),
                });
                found.agrees.push((score, proof, agreed));
            }
            Some(by) if is_tied && score >= MIN_DIFFERS && near >= MIN_NEAR => {
                let is_period = time == Time::Other || self.is_of_other_years(spot, theirs);
                if !is_period && time == Time::Unsaid && is_other_plan(spot, source) {
                    return Ok(());
                }
                let slip = if tie.slip.is_some() && !is_period {
                    SLIP
                } else {
                    0.0
                };
                found.differs.push(Differing {
                    score: score + slip,
                    proof,
                    by: if is_period { DiffersBy::Period } else { by },
                    is_reversed: is_reversed(&spot.figure, &theirs.figure),
                    tie,
                });
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// Says whether draft and source are for other years, where neither sentence names one.
    fn is_of_other_years(&self, spot: &Spot, theirs: &Spot) -> bool {
        let (Some(own), Some(their)) = (self.home.years, self.source.doc.period) else {
            return false;
        };
        let is_unsaid = spot.date.is_none() && theirs.date.is_none();
        is_unsaid && (own.1 < their.0 || own.0 > their.1)
    }
}

/// A figure that is a slip away is sooner the one that was meant.
const SLIP: f32 = 0.1;

/// Says whether the draft names something that the source does not know: another
/// place, another group.
fn is_foreign(sentence: &Stated, nth: usize, other: &Stated, source: &Source) -> bool {
    let own = sentence.spots.get(nth);
    let head = sentence.spots.first();
    own.into_iter()
        .chain(head)
        .any(|spot| has_unknown(&spot.subject, other, source))
}

fn has_unknown(subject: &[char], other: &Stated, source: &Source) -> bool {
    let is_known = |pair: &Pair| other.pairs.contains(pair) || source.around.contains(pair);
    let mut known = vec![false; subject.len()];
    for (at, two) in subject.windows(2).enumerate() {
        if let [a, b] = two
            && is_known(&(*a, *b))
        {
            for slot in known.iter_mut().skip(at).take(2) {
                *slot = true;
            }
        }
    }
    let mut run: Vec<char> = Vec::new();
    let is_strange = |run: &[char]| {
        let strange = |c: &&char| !other.letters.contains(c) && !source.around_letters.contains(c);
        run.len() >= 2 && run.iter().filter(strange).count() >= 1
    };
    for (c, known) in subject.iter().zip(known) {
        if known || *c == GAP {
            if is_strange(&run) {
                return true;
            }
            run.clear();
        } else {
            run.push(*c);
        }
    }
    is_strange(&run)
}
