//! What matches, by segment, before anything is filtered, counted or scored.

use tantivy::DocId;

use super::clause::Clause;
use super::condition::{Condition, Library, Segment};
use super::lookup::Enough;
use super::scoring::Scoring;

/// Passages of one segment that match, in order.
pub(super) struct Matches {
    pub(super) docs: Vec<DocId>,
    /// The worth of their words, where it is known.
    pub(super) masses: Option<Vec<f32>>,
}

/// The passages that match a clause, by segment.
pub(super) fn all_of(library: Library<'_>, clause: &Clause) -> tantivy::Result<Vec<Matches>> {
    let condition = Condition::of(library, clause)?;
    let has_others = clause.has_others();
    let of_segment = |segment: Segment<'_>| {
        let mut docs = condition.docs(segment, None)?;
        if let Some(alive) = segment.reader.alive_bitset() {
            docs.retain(|doc_id| alive.is_alive(*doc_id));
        }
        if has_others {
            docs.retain(|doc_id| segment.view.doc_idx(*doc_id).is_some());
        }
        Ok(Matches { docs, masses: None })
    };
    library.segments().map(of_segment).collect()
}

/// What has enough of the words, by segment: the greatest share that enough passages
/// have, else the least.
pub(super) fn enough_of(
    library: Library<'_>,
    scoring: &Scoring,
    enough: &Enough,
    also: &Clause,
) -> tantivy::Result<Vec<Matches>> {
    let condition = Condition::of(library, also)?;
    let is_free = *also == Clause::Everything;
    let mut found = Vec::new();
    for shares in passes(&enough.shares) {
        let Some(least) = shares.last() else {
            continue;
        };
        found.clear();
        for segment in library.segments() {
            let reader = segment.reader;
            let (mut docs, masses) = scoring.enough(segment.nth, reader, *least)?;
            let mut masses = Some(masses);
            if !is_free && !docs.is_empty() {
                let admitted = condition.docs(segment, Some(&docs))?;
                let mut admitted = admitted.into_iter().peekable();
                retain(&mut docs, &mut masses, |doc_id, _| {
                    admitted.next_if_eq(&doc_id).is_some()
                });
            }
            if let Some(alive) = reader.alive_bitset() {
                retain(&mut docs, &mut masses, |doc_id, _| alive.is_alive(doc_id));
            }
            found.push(Matches { docs, masses });
        }
        for share in shares {
            let needed = scoring.needed_mass(*share);
            let masses = found.iter().flat_map(|found| found.masses.iter().flatten());
            if masses.filter(|mass| **mass >= needed).count() >= enough.at_least {
                for Matches { docs, masses } in &mut found {
                    retain(docs, masses, |_, mass| mass >= needed);
                }
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// The shares that are told apart by one pass. What has the lesser of two is most of the
/// work of both; but the greatest is cheap and often enough, and the two least are dear and
/// seldom both asked for.
fn passes(shares: &[f32]) -> impl Iterator<Item = &[f32]> {
    let (first, others) = shares.split_at(shares.len().min(1));
    let (good, least) = others.split_at(others.len().saturating_sub(2));
    std::iter::once(first)
        .chain(good.chunks(2))
        .chain(least.chunks(1))
}

/// Keeps the passages that `is_kept` names, with their masses.
fn retain(
    docs: &mut Vec<DocId>,
    masses: &mut Option<Vec<f32>>,
    mut is_kept: impl FnMut(DocId, f32) -> bool,
) {
    let Some(masses) = masses else {
        docs.retain(|doc_id| is_kept(*doc_id, 0.0));
        return;
    };
    let mut n_kept = 0;
    for i in 0..docs.len() {
        if is_kept(docs[i], masses[i]) {
            (docs[n_kept], masses[n_kept]) = (docs[i], masses[i]);
            n_kept += 1;
        }
    }
    docs.truncate(n_kept);
    masses.truncate(n_kept);
}
