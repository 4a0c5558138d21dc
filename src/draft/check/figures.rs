//! Figures of a draft against those of its sources.
//!
//! In each sentence that may be the source, the figures of the draft are put beside
//! those of the source by the words around them, one to one; then they are compared.
//! A figure that agrees anywhere near is verified. One that differs counts only where
//! the words say that it is the same thing: what the draft names must stand in the
//! source or above it, or it speaks of another place or thing.

use std::collections::HashSet;
use std::sync::Arc;

use plansearch_figure::Figure;
use plansearch_index::IndexError;
use plansearch_text::Span;

use super::compare::{are_comparable, difference};
use super::conclusion::{Agreed, Found, MIN_OTHER_YEAR, conclude};
use super::finding::{DiffersBy, Finding};
use super::library::{Library, Source};
use super::pairs::{GAP, Pair};
use super::stated::{Role, Spot, Stated, years};

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
) -> Result<Vec<Finding>, IndexError> {
    if sentence.spots.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<Found> = sentence.spots.iter().map(|_| Found::default()).collect();
    let mut seen = HashSet::new();
    let asked = sentence.span.of(text);
    for source in library.near(asked)? {
        seen.insert(source.passage.id.clone());
        look(library, text, sentence, &source, &mut found)?;
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
                    look(library, text, sentence, &source, &mut found)?;
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
    source: &Arc<Source>,
    found: &mut [Found],
) -> Result<(), IndexError> {
    let fronts = sentence.spots.iter();
    let fronts = fronts.map(|spot| Span::new(sentence.span.start, spot.figure.span.start));
    let is_other_level: Vec<bool> = fronts
        .map(|front| is_other_level(front.of(text), source))
        .collect();
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
        for (nth, at, score, near) in &beside {
            let (Some(spot), Some(theirs), Some(found)) = (
                sentence.spots.get(*nth),
                other.spots.get(*at),
                found.get_mut(*nth),
            ) else {
                continue;
            };
            let is_other_level = is_other_level.get(*nth).is_some_and(|is| *is);
            let near = if is_other_level { 0.0 } else { *near };
            record(
                sentence,
                spot,
                theirs,
                other,
                source,
                (*score, near),
                found,
                *nth,
            );
        }
    }
    Ok(())
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
) -> Result<Beside, IndexError> {
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
    let of = |spot: &Spot| spot.date.and_then(|date| years(&date.period));
    match (of(spot), of(theirs)) {
        (Some(one), Some(two)) if one == two => Time::Same,
        (Some(one), Some(two)) if one.0 <= two.1 && two.0 <= one.1 => Time::Unsaid,
        (Some(_), Some(_)) => Time::Other,
        _ => Time::Unsaid,
    }
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

#[expect(clippy::too_many_arguments, reason = "one decision from both sides")]
fn record(
    sentence: &Stated,
    spot: &Spot,
    theirs: &Spot,
    other: &Stated,
    source: &Arc<Source>,
    (score, near): (f32, f32),
    found: &mut Found,
    nth: usize,
) {
    let proof = source.proof(theirs.figure.span);
    let time = time(spot, theirs);
    match difference(&spot.figure, &theirs.figure) {
        None if time == Time::Other => {
            if score >= MIN_OTHER_YEAR
                && !is_foreign(sentence, nth, other, source)
                && let Some(date) = theirs.date
            {
                found
                    .other_year
                    .push((score, source.proof(date.span), date.span));
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
        Some(by) => {
            let is_near = score >= MIN_DIFFERS && near >= MIN_NEAR;
            if !is_near || is_foreign(sentence, nth, other, source) {
                return;
            }
            if time == Time::Other {
                found.differs.push((score, proof, DiffersBy::Period));
            } else if time == Time::Same || !is_other_plan(spot, source) {
                let slip = if is_slip(by, &spot.figure, &theirs.figure) {
                    SLIP
                } else {
                    0.0
                };
                found.differs.push((score + slip, proof, by));
            }
        }
    }
}

/// A figure that is a slip away is sooner the one that was meant.
const SLIP: f32 = 0.1;

/// Says whether one digit, a point or a word is all that differs.
fn is_slip(by: DiffersBy, one: &Figure, two: &Figure) -> bool {
    if by != DiffersBy::Value {
        return true;
    }
    let digits = |figure: &Figure| -> Vec<char> {
        let number = figure
            .written
            .number
            .stated()
            .map(|number| number.to_string());
        number
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_digit)
            .collect()
    };
    let (one, two) = (digits(one), digits(two));
    let front = one.iter().zip(&two).take_while(|(a, b)| a == b).count();
    let rest = one.len().min(two.len()) - front;
    let back = one
        .iter()
        .rev()
        .zip(two.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    one.len().max(two.len()) - front - back <= 1
}

/// Says whether what stands in front of a figure speaks of a level of government that the
/// source is not of: 全市 against the report of a province. The 全国 of 长三角乃至全国的示范区
/// does not, because it opens no clause.
fn is_other_level(front: &str, source: &Source) -> bool {
    const LEVELS: &[(&str, &[&str])] = &[
        ("市", &["全市", "我市", "本市"]),
        ("省", &["全省", "我省", "本省"]),
        ("区县", &["全区", "我区", "本区", "全县", "我县", "本县"]),
        ("国家", &["全国", "我国"]),
    ];
    let place = source.doc.jurisdiction();
    let Some(level) = place.level else {
        return false;
    };
    let is_city_province = level.name() == "省"
        && place
            .regions
            .last()
            .is_some_and(|region| region.ends_with('市'));
    let opens = |word: &str| {
        front.match_indices(word).any(|(at, _)| {
            let before = Span::new(0, at).of(front).chars().next_back();
            before.is_none_or(|c| !c.is_alphabetic() || "年月末底初期间时，".contains(c))
        })
    };
    let named = LEVELS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| opens(word)));
    let mut names = named.map(|(name, _)| *name).peekable();
    let has_level = names.peek().is_some();
    has_level && !names.any(|name| name == level.name() || (name == "市" && is_city_province))
}

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
