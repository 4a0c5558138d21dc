//! Evidence over the posting lists of one segment.

use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, InvertedIndexReader, SegmentReader, Term};

use super::listed::walk;
use super::ranking::{AROUND_WORTH, B, K1, Needs, RankedWord, Ranking};

/// The text of a passage, as a view of it.
const TEXT: usize = 0;
/// Its text and what stands around it.
const WIDE: usize = 1;

/// Calls `each` with every pair that `c` opens, as bytes, and its frequency, as long as
/// it goes on.
pub(super) fn each_pair_of(
    inverted: &InvertedIndexReader,
    c: char,
    mut each: impl FnMut(&[u8], u32) -> ControlFlow<()>,
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
        if each(stream.key(), stream.value().doc_freq).is_break() {
            break;
        }
    }
    Ok(())
}

/// The posting lists of one segment, opened as they are needed.
pub(super) struct SegmentLists<'a> {
    ranking: &'a Ranking,
    segment: usize,
    inverted: &'a [Arc<InvertedIndexReader>; 2],
    norms: FieldNormReader,
    n_docs: u32,
}

impl<'a> SegmentLists<'a> {
    pub(super) fn open(
        ranking: &'a Ranking,
        segment: usize,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        Ok(Self {
            ranking,
            segment,
            inverted: &ranking.segments[segment],
            norms: reader.get_fieldnorms_reader(ranking.fields[WIDE])?,
            n_docs: reader.max_doc(),
        })
    }

    /// The passages in one view of which a pair stands, how often where that is asked.
    fn list(
        &self,
        view: usize,
        pair: usize,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let Some(info) = &self.ranking.pairs[pair].infos[self.segment][view] else {
            return Ok(None);
        };
        let list = self.inverted[view].read_block_postings_from_terminfo(info, option)?;
        Ok(Some(list))
    }

    /// The passages in whose text a pair stands.
    fn in_text(&self, pair: usize) -> tantivy::Result<Option<BlockSegmentPostings>> {
        self.list(TEXT, pair, IndexRecordOption::Basic)
    }

    /// The passages in or around which a pair stands, if there are more than those in
    /// whose text it does.
    fn wider(&self, pair: usize) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let n_with = |view: usize| {
            let info = &self.ranking.pairs[pair].infos[self.segment][view];
            info.as_ref().map_or(0, |info| info.doc_freq)
        };
        if n_with(WIDE) <= n_with(TEXT) {
            return Ok(None);
        }
        self.list(WIDE, pair, IndexRecordOption::Basic)
    }

    /// Adds every passage that may have what is needed.
    pub(super) fn collect_rarest(&self, needs: &Needs, found: &mut BitSet) -> tantivy::Result<()> {
        match needs {
            Needs::Pairs(pairs) => {
                let Some(rarest) = pairs.first() else {
                    return Ok(());
                };
                let list = match self.wider(*rarest)? {
                    Some(wider) => Some(wider),
                    None => self.in_text(*rarest)?,
                };
                if let Some(list) = list {
                    insert_all(list, found);
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
            ControlFlow::Continue(())
        })?;
        for pair in pairs {
            let term = Term::from_field_text(self.ranking.fields[TEXT], &pair);
            let option = IndexRecordOption::Basic;
            if let Some(list) = self.inverted[TEXT].read_block_postings(&term, option)? {
                insert_all(list, found);
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
                        if let Some(mut list) = self.in_text(*only)? {
                            walk(&mut list, docs, |i, _| meet(i, true));
                        }
                        if let Some(mut list) = self.wider(*only)? {
                            walk(&mut list, docs, |i, _| meet(i, false));
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
        // Positions, passages, and whether all pairs so far stand in the text.
        let mut left: Vec<(usize, bool)> = Vec::new();
        let mut ids: Vec<DocId> = Vec::new();
        for (i, in_text) in self.standing(*rarest, docs)?.into_iter().enumerate() {
            if let Some(in_text) = in_text {
                left.push((i, in_text));
                ids.push(docs[i]);
            }
        }
        for pair in others {
            if ids.is_empty() {
                return Ok(());
            }
            let standing = self.standing(*pair, &ids)?;
            let mut n_left = 0;
            for (at, in_text) in standing.into_iter().enumerate() {
                if let Some(in_text) = in_text {
                    let (i, so_far) = left[at];
                    left[n_left] = (i, so_far && in_text);
                    ids[n_left] = ids[at];
                    n_left += 1;
                }
            }
            left.truncate(n_left);
            ids.truncate(n_left);
        }
        for (i, in_text) in left {
            each(i, in_text);
        }
        Ok(())
    }

    /// For each of `docs` where the pair stands whether that is in the text.
    fn standing(&self, pair: usize, docs: &[DocId]) -> tantivy::Result<Vec<Option<bool>>> {
        let mut standing = vec![None; docs.len()];
        if let Some(mut list) = self.wider(pair)? {
            walk(&mut list, docs, |i, _| standing[i] = Some(false));
        }
        if let Some(mut list) = self.in_text(pair)? {
            walk(&mut list, docs, |i, _| standing[i] = Some(true));
        }
        Ok(standing)
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
        for (at, pair) in self.ranking.pairs.iter().enumerate() {
            if pair.weight <= 0.0 {
                continue;
            }
            let Some(mut list) = self.list(WIDE, at, IndexRecordOption::WithFreqs)? else {
                continue;
            };
            let weight = pair.weight * pair.idf * (K1 + 1.0);
            walk(&mut list, docs, |i, freq| {
                let tf = freq as f32;
                let part = weight * tf / (tf + norms[i]);
                sums[i] += part;
                note(at, i, part);
            });
        }
        Ok(sums)
    }

    /// What the length of each of `docs`, its surroundings included, adds below BM25's
    /// fraction.
    fn length_norms(&self, docs: &[DocId]) -> Vec<f32> {
        let by_length = K1 * B / self.ranking.avg_len;
        // Lengths are stored as one of 256.
        let norms: Vec<f32> = (0..=u8::MAX)
            .map(|id| K1 * (1.0 - B) + by_length * FieldNormReader::id_to_fieldnorm(id) as f32)
            .collect();
        let norm = |doc: &DocId| norms[usize::from(self.norms.fieldnorm_id(*doc))];
        docs.iter().map(norm).collect()
    }
}

fn insert_all(mut list: BlockSegmentPostings, found: &mut BitSet) {
    while !list.docs().is_empty() {
        for doc in list.docs() {
            found.insert(*doc);
        }
        list.advance();
    }
}
