//! Evidence over the posting lists of one segment.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::listed::walk;
use super::ranking::{AROUND_WORTH, B, K1, Needs, RankedWord, Ranking};

/// The text of a passage, as a side of its postings.
const TEXT: usize = 0;
/// The sides of a passage: its text, and what stands around it.
const SIDES: [usize; 2] = [TEXT, 1];

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
    n_docs: u32,
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
            n_docs: reader.max_doc(),
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
    pub(super) fn collect_rarest(&self, needs: &Needs, found: &mut BitSet) -> tantivy::Result<()> {
        match needs {
            Needs::Pairs(pairs) => {
                let Some(rarest) = pairs.first() else {
                    return Ok(());
                };
                for side in SIDES {
                    if let Some(mut postings) = self.postings(side, *rarest)? {
                        insert_all(&mut postings, found);
                    }
                }
            }
            Needs::Character(at) => self.collect_character(self.ranking.characters[*at], found)?,
        }
        Ok(())
    }

    fn collect_character(&self, c: char, found: &mut BitSet) -> tantivy::Result<()> {
        let mut pairs = Vec::new();
        each_pair_of(&self.inverted[TEXT], c, |pair, _| {
            pairs.push(String::from_utf8_lossy(pair).into_owned());
        })?;
        for pair in pairs {
            let term = Term::from_field_text(self.ranking.fields[TEXT], &pair);
            let option = IndexRecordOption::Basic;
            if let Some(mut postings) = self.inverted[TEXT].read_postings(&term, option)? {
                insert_all(&mut postings, found);
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
        let mut masses = vec![0.0; docs.len()];
        for (word_at, word) in self.ranking.words.iter().enumerate() {
            let best = self.best_ways(word, docs, |way, i, worth| note(word_at, way, i, worth))?;
            for (mass, best) in masses.iter_mut().zip(best) {
                *mass += word.mass * best;
            }
        }
        Ok(masses)
    }

    /// For each of `docs` the worth of the best way in which it has a word, 0 without
    /// any. `note` is told of way, position of the passage and worth whenever a better
    /// way is met.
    pub(super) fn best_ways(
        &self,
        word: &RankedWord,
        docs: &[DocId],
        mut note: impl FnMut(usize, usize, f32),
    ) -> tantivy::Result<Vec<f32>> {
        let mut best = vec![0.0_f32; docs.len()];
        for (way_at, way) in word.ways.iter().enumerate() {
            let mut meet = |i: usize, is_in_text: bool| {
                let worth = way.worth * if is_in_text { 1.0 } else { AROUND_WORTH };
                if worth > best[i] {
                    best[i] = worth;
                    note(way_at, i, worth);
                }
            };
            match &way.needs {
                Needs::Pairs(pairs) => match pairs.as_slice() {
                    [only] => {
                        for side in SIDES {
                            if let Some(mut postings) = self.postings(side, *only)? {
                                walk(&mut postings, docs, |i, _| meet(i, side == TEXT));
                            }
                        }
                    }
                    several => self.each_with_all(several, docs, meet)?,
                },
                Needs::Character(at) => {
                    let mut found = BitSet::with_max_value(self.n_docs);
                    self.collect_character(self.ranking.characters[*at], &mut found)?;
                    for (i, doc) in docs.iter().enumerate() {
                        if found.contains(*doc) {
                            meet(i, true);
                        }
                    }
                }
            }
        }
        Ok(best)
    }

    /// Calls `each` with the position of every one of `docs` that has all these pairs,
    /// the rarest first, and whether all stand in its text.
    fn each_with_all(
        &self,
        pairs: &[usize],
        docs: &[DocId],
        mut each: impl FnMut(usize, bool),
    ) -> tantivy::Result<()> {
        let Some((rarest, others)) = pairs.split_first() else {
            return Ok(());
        };
        // Positions, passages and the sides that have all pairs so far.
        let mut left: Vec<(usize, u8)> = Vec::new();
        let mut ids: Vec<DocId> = Vec::new();
        for (i, sides) in self.presence(*rarest, docs)?.into_iter().enumerate() {
            if sides != 0 {
                left.push((i, sides));
                ids.push(docs[i]);
            }
        }
        for pair in others {
            if ids.is_empty() {
                return Ok(());
            }
            let presence = self.presence(*pair, &ids)?;
            let mut n_left = 0;
            for (at, sides) in presence.into_iter().enumerate() {
                if sides != 0 {
                    let (i, so_far) = left[at];
                    left[n_left] = (i, so_far & sides);
                    ids[n_left] = ids[at];
                    n_left += 1;
                }
            }
            left.truncate(n_left);
            ids.truncate(n_left);
        }
        for (i, sides) in left {
            each(i, sides & 1 << TEXT != 0);
        }
        Ok(())
    }

    /// For each of `docs` whether the pair stands in the text (1) and around (2).
    fn presence(&self, pair: usize, docs: &[DocId]) -> tantivy::Result<Vec<u8>> {
        let mut bits = vec![0; docs.len()];
        for side in SIDES {
            if let Some(mut postings) = self.postings(side, pair)? {
                walk(&mut postings, docs, |i, _| bits[i] |= 1 << side);
            }
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
        let mut sums = vec![0.0; docs.len()];
        let norms = self.length_norms(docs);
        let mut freqs = vec![0_u32; docs.len()];
        let mut met: Vec<u32> = Vec::new();
        for (at, pair) in self.ranking.pairs.iter().enumerate() {
            if pair.weight <= 0.0 {
                continue;
            }
            met.clear();
            for side in SIDES {
                if let Some(mut postings) = self.postings(side, at)? {
                    walk(&mut postings, docs, |i, freq| {
                        if freqs[i] == 0 {
                            met.push(i as u32);
                        }
                        freqs[i] += freq;
                    });
                }
            }
            let weight = pair.weight * pair.idf * (K1 + 1.0);
            for i in met.iter().map(|i| *i as usize) {
                let tf = std::mem::take(&mut freqs[i]) as f32;
                let part = weight * tf / (tf + norms[i]);
                sums[i] += part;
                note(at, i, part);
            }
        }
        Ok(sums)
    }

    /// What the length of each of `docs`, its surroundings included, adds below BM25's
    /// fraction.
    fn length_norms(&self, docs: &[DocId]) -> Vec<f32> {
        let by_length = K1 * B / self.ranking.avg_len;
        // Lengths are stored as one of 256.
        let norms: Vec<f32> = (0..=u8::MAX)
            .map(|id| by_length * FieldNormReader::id_to_fieldnorm(id) as f32)
            .collect();
        let [text, around] = &self.norms;
        let norm = |of: &FieldNormReader, doc| norms[usize::from(of.fieldnorm_id(doc))];
        docs.iter()
            .map(|doc| K1 * (1.0 - B) + norm(text, *doc) + norm(around, *doc))
            .collect()
    }
}

fn insert_all(postings: &mut SegmentPostings, found: &mut BitSet) {
    while postings.doc() != TERMINATED {
        found.insert(postings.doc());
        postings.advance();
    }
}
