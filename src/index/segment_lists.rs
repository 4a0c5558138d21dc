//! Evidence over the posting lists of one segment.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader, SegmentReader, Term};

use super::listed::{drain, walk};
use super::ranking::{AROUND_WORTH, B, K1, Needs, Ranking};

/// Calls `each` with every pair that `c` opens, as bytes, and its frequency.
pub(super) fn each_pair_of(
    inverted: &InvertedIndexReader,
    c: char,
    mut each: impl FnMut(&[u8], u32),
) -> tantivy::Result<()> {
    let mut buffer = [0; 4];
    let from = c.encode_utf8(&mut buffer).as_bytes();
    let mut next_buffer = [0; 4];
    let next = (c as u32 + 1..=0x0010_ffff).find_map(char::from_u32);
    let mut range = inverted.terms().range().ge(from);
    if let Some(next) = next {
        range = range.lt(next.encode_utf8(&mut next_buffer).as_bytes());
    }
    let mut stream = range.into_stream()?;
    while stream.advance() {
        each(stream.key(), stream.value().doc_freq);
    }
    Ok(())
}

/// The posting lists of one segment, opened as they are needed.
pub(super) struct SegmentLists<'a> {
    ranking: &'a Ranking,
    segment: usize,
    inverted: &'a [Arc<InvertedIndexReader>; 2],
    norms: [FieldNormReader; 2],
}

impl<'a> SegmentLists<'a> {
    pub(super) fn open(
        ranking: &'a Ranking,
        segment: usize,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let [text, around] = ranking.fields;
        Ok(Self {
            ranking,
            segment,
            inverted: &ranking.segments[segment],
            norms: [
                reader.get_fieldnorms_reader(text)?,
                reader.get_fieldnorms_reader(around)?,
            ],
        })
    }

    fn postings(&self, side: usize, pair: usize) -> tantivy::Result<Option<SegmentPostings>> {
        let Some(info) = &self.ranking.pairs[pair].infos[self.segment][side] else {
            return Ok(None);
        };
        let option = IndexRecordOption::WithFreqs;
        Ok(Some(
            self.inverted[side].read_postings_from_terminfo(info, option)?,
        ))
    }

    /// Adds every passage that may have what is needed.
    pub(super) fn collect_rarest(
        &self,
        needs: &Needs,
        found: &mut Vec<DocId>,
    ) -> tantivy::Result<()> {
        match needs {
            Needs::Pairs(pairs) => {
                let rarest = pairs.iter().max_by(|a, b| {
                    let idf = |at: usize| self.ranking.pairs[at].idf;
                    idf(**a).total_cmp(&idf(**b))
                });
                let Some(rarest) = rarest else {
                    return Ok(());
                };
                for side in 0..2 {
                    if let Some(mut postings) = self.postings(side, *rarest)? {
                        drain(&mut postings, found);
                    }
                }
            }
            Needs::Character(at) => self.collect_character(self.ranking.characters[*at], found)?,
        }
        Ok(())
    }

    fn collect_character(&self, c: char, found: &mut Vec<DocId>) -> tantivy::Result<()> {
        let mut pairs = Vec::new();
        each_pair_of(&self.inverted[0], c, |pair, _| {
            pairs.push(String::from_utf8_lossy(pair).into_owned());
        })?;
        for pair in pairs {
            let term = Term::from_field_text(self.ranking.fields[0], &pair);
            let option = IndexRecordOption::Basic;
            if let Some(mut postings) = self.inverted[0].read_postings(&term, option)? {
                drain(&mut postings, found);
            }
        }
        Ok(())
    }

    /// For each of `docs` the worth of the words it has. `note` is told of word,
    /// way, position of the passage and worth whenever a better way is met.
    pub(super) fn masses(
        &self,
        docs: &[DocId],
        mut note: impl FnMut(usize, usize, usize, f32),
    ) -> tantivy::Result<Vec<f32>> {
        let mut presence: HashMap<usize, Vec<u8>> = HashMap::new();
        let ranking = self.ranking;
        let mut masses = vec![0.0; docs.len()];
        for (word_at, word) in ranking.words.iter().enumerate() {
            let mut best = vec![0.0_f32; docs.len()];
            for (way_at, way) in word.ways.iter().enumerate() {
                match &way.needs {
                    Needs::Pairs(pairs) => {
                        for at in pairs {
                            if !presence.contains_key(at) {
                                presence.insert(*at, self.presence(*at, docs)?);
                            }
                        }
                        let all: Vec<&Vec<u8>> =
                            pairs.iter().filter_map(|at| presence.get(at)).collect();
                        for (i, best) in best.iter_mut().enumerate() {
                            let sides = all.iter().fold((3_u8, 3_u8), |(both, either), bits| {
                                (
                                    both & bits[i],
                                    either & u8::from(bits[i] != 0).wrapping_mul(3),
                                )
                            });
                            let worth = match sides {
                                (both, _) if both & 1 != 0 => way.worth,
                                (_, either) if either != 0 => way.worth * AROUND_WORTH,
                                _ => 0.0,
                            };
                            if worth > *best {
                                *best = worth;
                                note(word_at, way_at, i, worth);
                            }
                        }
                    }
                    Needs::Character(at) => {
                        let mut found = Vec::new();
                        self.collect_character(ranking.characters[*at], &mut found)?;
                        for doc in found {
                            if let Ok(i) = docs.binary_search(&doc)
                                && way.worth > best[i]
                            {
                                best[i] = way.worth;
                                note(word_at, way_at, i, way.worth);
                            }
                        }
                    }
                }
            }
            for (mass, best) in masses.iter_mut().zip(best) {
                *mass += word.mass * best;
            }
        }
        Ok(masses)
    }

    /// For each of `docs` whether the pair stands in the text (1) and around (2).
    fn presence(&self, pair: usize, docs: &[DocId]) -> tantivy::Result<Vec<u8>> {
        let mut bits = vec![0; docs.len()];
        for side in 0..2 {
            let Some(mut postings) = self.postings(side, pair)? else {
                continue;
            };
            walk(&mut postings, docs, |i, _| bits[i] |= 1 << side);
        }
        Ok(bits)
    }

    /// For each of `docs` the sum over the pairs. `note` is told of pair, position
    /// of the passage and what the pair adds.
    pub(super) fn sums(
        &self,
        docs: &[DocId],
        mut note: impl FnMut(usize, usize, f32),
    ) -> tantivy::Result<Vec<f32>> {
        let norms: Vec<f32> = docs
            .iter()
            .map(|doc| {
                let len: u32 = self.norms.iter().map(|norms| norms.fieldnorm(*doc)).sum();
                K1 * (1.0 - B + B * len as f32 / self.ranking.avg_len)
            })
            .collect();
        let mut sums = vec![0.0; docs.len()];
        let mut freqs = vec![0_u32; docs.len()];
        for (at, pair) in self.ranking.pairs.iter().enumerate() {
            if pair.weight <= 0.0 {
                continue;
            }
            let mut is_met = false;
            for side in 0..2 {
                if let Some(mut postings) = self.postings(side, at)? {
                    walk(&mut postings, docs, |i, freq| {
                        freqs[i] += freq;
                        is_met = true;
                    });
                }
            }
            if !is_met {
                continue;
            }
            let weight = pair.weight * pair.idf * (K1 + 1.0);
            for (i, (sum, freq)) in sums.iter_mut().zip(&mut freqs).enumerate() {
                if *freq > 0 {
                    let tf = std::mem::take(freq) as f32;
                    let part = weight * tf / (tf + norms[i]);
                    *sum += part;
                    note(at, i, part);
                }
            }
        }
        Ok(sums)
    }
}
