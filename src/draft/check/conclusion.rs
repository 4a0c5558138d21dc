//! What the places found for one figure say together.

use plansearch_text::Span;

use super::finding::{DiffersBy, Finding, FindingKind, Proof};
use super::stated::Spot;
use super::tie::Tie;

/// A figure that agrees is verified from this score on.
const MIN_VERIFIED: f32 = 0.3;
/// A place that agrees is better than one that differs, unless that is nearer by this.
const MARGIN: f32 = 0.12;
/// A figure that agrees in value, at another time, counts from this score on.
pub(super) const MIN_OTHER_YEAR: f32 = 0.55;

/// A place tells as much as another with this share of the words in common.
const AS_MUCH: f32 = 0.8;

/// What was found for one figure.
#[derive(Default)]
pub(super) struct Found {
    pub(super) agrees: Vec<(f32, Proof, Option<Agreed>)>,
    /// With the date of the draft that is other.
    pub(super) other_year: Vec<(f32, Proof, Span)>,
    pub(super) differs: Vec<Differing>,
}

/// A place that states something else.
pub(super) struct Differing {
    pub(super) score: f32,
    pub(super) proof: Proof,
    pub(super) by: DiffersBy,
    /// The same number is a bound on the other side.
    pub(super) is_reversed: bool,
    /// What ties it to the draft.
    pub(super) tie: Tie,
}

/// The date of the draft that a source confirms.
#[derive(Clone)]
pub(super) struct Agreed {
    pub(super) draft: Span,
    pub(super) source: Option<Span>,
    /// The source is a plan or report of this one year.
    pub(super) is_of_plan: bool,
}

/// What the places found say together.
pub(super) fn conclude(
    text: &str,
    spot: &Spot,
    found: Found,
    is_own: bool,
    findings: &mut Vec<Finding>,
) {
    let Found {
        mut agrees,
        mut other_year,
        mut differs,
    } = found;
    agrees.sort_by(|a, b| b.0.total_cmp(&a.0));
    other_year.sort_by(|a, b| b.0.total_cmp(&a.0));
    // Of places as near as each other that is the source which has most of the sentence.
    differs.sort_by(|a, b| (b.score + b.tie.share / 4.0).total_cmp(&(a.score + a.tie.share / 4.0)));
    let best = |score: Option<f32>| score.unwrap_or(0.0);
    let agreed = best(agrees.first().map(|one| one.0));
    let elsewhen = best(other_year.first().map(|one| one.0));
    let differing = best(differs.first().map(|one| one.score));
    let span = spot.figure.span;
    let written = span.of(text);
    if agreed >= MIN_VERIFIED && agreed + MARGIN >= differing.max(elsewhen) {
        verified(text, spot, agrees, findings);
    } else if elsewhen >= MIN_OTHER_YEAR && elsewhen + MARGIN >= differing {
        let date = other_year.first().map(|one| one.2);
        let sources: Vec<Proof> = other_year.into_iter().map(|one| one.1).collect();
        if let (Some(date), false) = (date, is_own) {
            let message = format!("稿作{}，源作{}", date.of(text), source_text(&sources));
            findings.push(Finding::differs(
                FindingKind::Date,
                date,
                DiffersBy::Year,
                sources,
                message,
            ));
        }
    } else if let Some(by) = differs.first().map(|one| one.by)
        && differing > 0.0
        && !is_own
        && !is_open_question(&differs)
    {
        let sources: Vec<Proof> = differs
            .into_iter()
            .filter(|one| one.by == by)
            .map(|one| one.proof)
            .collect();
        let message = if by == DiffersBy::Period {
            format!("稿作{written}，源为另一时期的{}", source_text(&sources))
        } else {
            format!("稿作{written}，源作{}", source_text(&sources))
        };
        findings.push(Finding::differs(
            FindingKind::Figure,
            span,
            by,
            sources,
            message,
        ));
    } else {
        let message = format!("库中未见{written}的出处");
        findings.push(Finding::not_found(FindingKind::Figure, span, message));
    }
}

/// Says whether documents differ among each other, so that none is the source: the draft
/// names no place, and each place has its own figure.
fn is_open_question(differs: &[Differing]) -> bool {
    let Some(best) = differs.first() else {
        return false;
    };
    // % and 百分点, 以上 and 以下 of the same number: whatever number the others have.
    let is_other_word = best.by == DiffersBy::Unit || best.is_reversed;
    !is_other_word
        && differs.iter().any(|one| {
            one.proof.doc.id != best.proof.doc.id
                && one.proof.text != best.proof.text
                && one.score + MARGIN / 2.0 >= best.score
                && one.tie.pairs >= AS_MUCH * best.tie.pairs
        })
}

fn verified(
    text: &str,
    spot: &Spot,
    agrees: Vec<(f32, Proof, Option<Agreed>)>,
    findings: &mut Vec<Finding>,
) {
    let span = spot.figure.span;
    let date = agrees.iter().find_map(|(_, proof, agreed)| {
        let agreed = agreed.as_ref()?;
        if agreed.is_of_plan {
            return Some((agreed.draft, proof.clone()));
        }
        let source = agreed.source?;
        let proof = Proof {
            span: source,
            text: source.of(&proof.passage.text).to_owned(),
            ..proof.clone()
        };
        Some((agreed.draft, proof))
    });
    let sources = agrees.into_iter().map(|one| one.1).collect();
    let message = format!("{}与源相符", span.of(text));
    findings.push(Finding::verified(
        FindingKind::Figure,
        span,
        sources,
        message,
    ));
    if let Some((date, proof)) = date {
        let message = format!("{}与源相符", date.of(text));
        findings.push(Finding::verified(
            FindingKind::Date,
            date,
            vec![proof],
            message,
        ));
    }
}

fn source_text(sources: &[Proof]) -> &str {
    sources.first().map_or("", |proof| &proof.text)
}
