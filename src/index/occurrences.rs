//! How often strings stand in the documents of a library, counted place by place.
//!
//! Paragraphs, headings and tables count; front matter and attachments do not. Counts come
//! from the lists of the index and its columns; no text is read.

use std::collections::{BTreeMap, HashMap};

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::clause::Clause;
use super::condition::{Library, Segment};
use super::lookup::Lookup;
use super::places::{Places, Spot};
use super::plan::Plan;
use super::rows::N_FETCHED;
use super::twins::Twins;
use plansearch_document::PassageKind;
use plansearch_engine::counting::{Counted, Counting, TermCount, counts};

pub(super) fn count(
    library: Library<'_>,
    counting: &Counting,
    twins: Option<&Twins>,
) -> tantivy::Result<Counted> {
    let admitted = admitted(library, counting, twins);
    let mut counted = Counted {
        characters: BTreeMap::new(),
        terms: vec![BTreeMap::new(); counting.terms.len()],
    };
    for (segment, admitted) in library.segments().zip(&admitted) {
        let sizes = sizes(segment.reader)?;
        for doc_id in (0..segment.reader.max_doc()).filter(|doc_id| is_in(admitted, *doc_id)) {
            if let Some(doc_idx) = segment.view.doc_idx(doc_id) {
                let n_chars = sizes.first(doc_id).unwrap_or(0) as usize;
                *counted.characters.entry(doc_idx).or_default() += n_chars;
            }
        }
    }
    let ways = ways(library, counting)?;
    for (segment, admitted) in library.segments().zip(&admitted) {
        let mut spots: Vec<Vec<Vec<Spot>>> = Vec::with_capacity(ways.len());
        for spellings in &ways {
            let of_term = spellings.iter().map(|places| {
                let mut spots = places.in_segment(library.fields, segment.reader)?;
                spots.retain(|(doc_id, _)| is_in(admitted, *doc_id));
                Ok(spots)
            });
            spots.push(of_term.collect::<tantivy::Result<_>>()?);
        }
        for nth in 0..counting.terms.len() {
            let kept = if counting.is_apart {
                apart(&counting.terms, &spots, nth)
            } else {
                spots[nth].concat()
            };
            add(segment, kept, &mut counted.terms[nth]);
        }
    }
    Ok(counted)
}

fn ways(library: Library<'_>, counting: &Counting) -> tantivy::Result<Vec<Vec<Places>>> {
    let of_term = |spellings: &Vec<String>| {
        let each = spellings.iter();
        each.map(|folded| Places::of(library.searcher, library.fields, folded))
            .collect()
    };
    counting.terms.iter().map(of_term).collect()
}

fn is_in(admitted: &[bool], doc_id: DocId) -> bool {
    admitted.get(doc_id as usize).copied().unwrap_or(false)
}

fn sizes(reader: &SegmentReader) -> tantivy::Result<Column<u64>> {
    let column = reader.fast_fields().column_opt::<u64>("n_chars")?;
    Ok(column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
}

/// Which entries of each segment count.
fn admitted(library: Library<'_>, counting: &Counting, twins: Option<&Twins>) -> Vec<Vec<bool>> {
    let lookup = Lookup {
        filter: counting.filter.clone(),
        ..Lookup::new(Clause::Everything)
    };
    let plan = Plan::new(&lookup, library.catalog, library.views);
    let kinds = PassageKind::ALL.map(counts);
    let of_segment = |segment: Segment<'_>| {
        let (view, alive) = (segment.view, segment.reader.alive_bitset());
        let entries: Vec<DocId> = (0..segment.reader.max_doc()).collect();
        let mut admitted = Vec::with_capacity(entries.len());
        for together in entries.chunks(N_FETCHED) {
            let fetched = view.rows().fetch(together);
            let failed = plan.failed(view, together, &fetched[..together.len()]);
            admitted.extend(together.iter().zip(failed).map(|(doc_id, failed)| {
                failed == 0
                    && view.doc_idx(*doc_id).is_some()
                    && kinds.get(view.kind_idx(*doc_id)) == Some(&true)
                    && alive.is_none_or(|alive| alive.is_alive(*doc_id))
            }));
        }
        admitted
    };
    let mut admitted: Vec<Vec<bool>> = library.segments().map(of_segment).collect();
    if let Some(twins) = twins {
        leave_earliest(library, twins, &mut admitted);
    }
    admitted
}

/// What orders passages of the same text: dated before undated, earliest first, then as
/// the library is ordered.
type Rank<'a> = (bool, Option<&'a str>, usize, u32);

/// Of passages of the same text leaves the earliest.
fn leave_earliest(library: Library<'_>, twins: &Twins, admitted: &mut [Vec<bool>]) {
    let documents = library.catalog.documents();
    let mut earliest: HashMap<u64, (Rank<'_>, (usize, DocId))> = HashMap::new();
    let mut others = Vec::new();
    for segment in library.segments() {
        for doc_id in 0..segment.reader.max_doc() {
            let place = (segment.nth, doc_id);
            if !admitted
                .get(segment.nth)
                .is_some_and(|of| is_in(of, doc_id))
            {
                continue;
            }
            let group = twins.group(segment.nth as u32, doc_id);
            let (Some(group), Some(doc_idx)) = (group, segment.view.doc_idx(doc_id)) else {
                continue;
            };
            let date = documents.get(doc_idx).and_then(|doc| doc.date.as_deref());
            let idx = segment.view.passage_idx(doc_id);
            let rank = (date.is_none(), date, doc_idx, idx);
            match earliest.get_mut(&group) {
                Some((best, held)) if rank < *best => {
                    others.push(std::mem::replace(held, place));
                    *best = rank;
                }
                Some(_) => others.push(place),
                None => {
                    earliest.insert(group, (rank, place));
                }
            }
        }
    }
    for (segment, doc_id) in others {
        if let Some(slot) = admitted
            .get_mut(segment)
            .and_then(|of| of.get_mut(doc_id as usize))
        {
            *slot = false;
        }
    }
}

/// The places of a term that lie in no place of a longer term.
fn apart(terms: &[Vec<String>], spots: &[Vec<Vec<Spot>>], nth: usize) -> Vec<Spot> {
    let mut kept = Vec::new();
    for (spelling, own) in terms[nth].iter().zip(&spots[nth]) {
        let around: Vec<(Vec<u32>, &Vec<Spot>)> = terms
            .iter()
            .zip(spots)
            .flat_map(|(spellings, spots)| spellings.iter().zip(spots))
            .filter(|(longer, _)| longer.len() > spelling.len())
            .map(|(longer, spots)| (distances(longer, spelling), spots))
            .collect();
        kept.extend(own.iter().copied().filter(|(doc_id, at)| {
            !around.iter().any(|(distances, spots)| {
                distances.iter().any(|distance| {
                    at.checked_sub(*distance)
                        .is_some_and(|start| spots.binary_search(&(*doc_id, start)).is_ok())
                })
            })
        }));
    }
    kept
}

/// At which characters of `longer` the string `part` begins.
fn distances(longer: &str, part: &str) -> Vec<u32> {
    let (longer, part): (Vec<char>, Vec<char>) = (longer.chars().collect(), part.chars().collect());
    let places = longer.windows(part.len().max(1)).enumerate();
    places
        .filter(|(_, piece)| *piece == part.as_slice())
        .map(|(at, _)| at as u32)
        .collect()
}

/// Adds places to the counts of their documents.
fn add(segment: Segment<'_>, mut spots: Vec<Spot>, counts: &mut BTreeMap<usize, TermCount>) {
    spots.sort_unstable();
    for of_passage in spots.chunk_by(|one, next| one.0 == next.0) {
        let Some((doc_id, _)) = of_passage.first() else {
            continue;
        };
        let Some(doc_idx) = segment.view.doc_idx(*doc_id) else {
            continue;
        };
        let idx = segment.view.passage_idx(*doc_id) as usize;
        let count = counts.entry(doc_idx).or_insert(TermCount {
            passages: 0,
            occurrences: 0,
            first_idx: idx,
            last_idx: idx,
        });
        count.passages += 1;
        count.occurrences += of_passage.len();
        count.first_idx = count.first_idx.min(idx);
        count.last_idx = count.last_idx.max(idx);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_inside_a_longer_term_is_set_apart() {
        let terms = [vec!["一体化".to_owned()], vec!["长三角一体化".to_owned()]];
        let spots = [vec![vec![(1, 3), (1, 20), (2, 3)]], vec![vec![(1, 0)]]];
        assert_eq!(apart(&terms, &spots, 0), [(1, 20), (2, 3)]);
        assert_eq!(apart(&terms, &spots, 1), [(1, 0)]);
    }

    #[test]
    fn a_part_may_stand_more_than_once() {
        assert_eq!(distances("港港港", "港港"), [0, 1]);
        assert!(distances("港", "港区").is_empty());
    }
}
