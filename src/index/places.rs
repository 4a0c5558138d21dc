//! Every place of a folded string in the passages of a segment, from the lists of its
//! pairs; no text is read.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::schema::Fields;
use super::standing::{lists_opened_by, rarest_cover};
use plansearch_analysis::pairs::pairs_of;

/// A passage and the folded character of its text at which the string begins.
pub(super) type Spot = (DocId, u32);

/// How to find a string.
pub(super) enum Places {
    Nowhere,
    /// One character: the pairs that it opens.
    Opening(char),
    /// Pairs, each at its distance from the first character.
    Pairs(Vec<(u32, Term)>),
}

impl Places {
    pub(super) fn of(searcher: &Searcher, fields: &Fields, folded: &str) -> tantivy::Result<Self> {
        let chars: Vec<char> = folded.chars().collect();
        if let [only] = chars.as_slice() {
            return Ok(Self::Opening(*only));
        }
        let pairs = pairs_of(&chars).into_iter();
        let terms = pairs.map(|pair| Term::from_field_text(fields.pairs, &pair));
        let terms: Vec<Term> = terms.collect();
        if terms.is_empty() {
            return Ok(Self::Nowhere);
        }
        Ok(match rarest_cover(searcher, terms)? {
            None => Self::Nowhere,
            Some(cover) => {
                let pairs = cover.pairs.into_iter();
                Self::Pairs(pairs.map(|(at, term)| (at as u32, term)).collect())
            }
        })
    }

    /// The places in a segment, in order.
    pub(super) fn in_segment(
        &self,
        fields: &Fields,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Spot>> {
        match self {
            Self::Nowhere => Ok(Vec::new()),
            Self::Opening(c) => opened_by(fields, reader, *c),
            Self::Pairs(pairs) => side_by_side(fields, reader, pairs),
        }
    }
}

const OPTION: IndexRecordOption = IndexRecordOption::WithFreqsAndPositions;

fn opened_by(fields: &Fields, reader: &SegmentReader, c: char) -> tantivy::Result<Vec<Spot>> {
    let inverted = reader.inverted_index(fields.pairs)?;
    let (mut spots, mut at) = (Vec::new(), Vec::new());
    for list in lists_opened_by(&inverted, c)? {
        let mut postings = inverted.read_postings_from_terminfo(list.info(), OPTION)?;
        while postings.doc() != TERMINATED {
            postings.positions(&mut at);
            spots.extend(at.iter().map(|at| (postings.doc(), *at)));
            postings.advance();
        }
    }
    spots.sort_unstable();
    Ok(spots)
}

fn side_by_side(
    fields: &Fields,
    reader: &SegmentReader,
    pairs: &[(u32, Term)],
) -> tantivy::Result<Vec<Spot>> {
    let inverted = reader.inverted_index(fields.pairs)?;
    let mut lists: Vec<(u32, SegmentPostings)> = Vec::with_capacity(pairs.len());
    for (distance, term) in pairs {
        match inverted.read_postings(term, OPTION)? {
            Some(list) => lists.push((*distance, list)),
            None => return Ok(Vec::new()),
        }
    }
    lists.sort_by_key(|(_, list)| list.doc_freq());
    let Some(((first_distance, first), others)) = lists.split_first_mut() else {
        return Ok(Vec::new());
    };
    let (mut spots, mut starts, mut at) = (Vec::new(), Vec::new(), Vec::new());
    let mut doc = first.doc();
    'passages: while doc != TERMINATED {
        for (_, other) in &mut *others {
            let next = if other.doc() < doc {
                other.seek(doc)
            } else {
                other.doc()
            };
            if next != doc {
                doc = if next == TERMINATED {
                    TERMINATED
                } else {
                    first.seek(next)
                };
                continue 'passages;
            }
        }
        first.positions(&mut starts);
        retain_starts(&mut starts, *first_distance);
        for (distance, other) in &mut *others {
            other.positions(&mut at);
            starts.retain(|start| at.binary_search(&(start + *distance)).is_ok());
        }
        spots.extend(starts.iter().map(|start| (doc, *start)));
        doc = first.advance();
    }
    Ok(spots)
}

/// From where a pair stands to where the string would begin.
fn retain_starts(at: &mut Vec<u32>, distance: u32) {
    at.retain(|at| *at >= distance);
    for at in at {
        *at -= distance;
    }
}
