//! Evidence over the posting lists of one segment.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, InvertedIndexReader, SegmentReader};

use super::listed::{each_block, walk};
use super::pair_sums::{PairSums, SummedPair};
use super::ranking::{Needs, RankedWord, Ranking};
use super::standing::lists_opened_by;
use plansearch_engine::score::AROUND_WORTH;

/// The text of a passage, as a view of it.
const TEXT: usize = 0;
/// Its text and what stands around it.
const WIDE: usize = 1;

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

    /// In how many passages at most what is needed stands, in the text or around it.
    pub(super) fn n_having(&self, needs: &Needs) -> u64 {
        let n_with = |info: &Option<TermInfo>| info.as_ref().map_or(0, |i| u64::from(i.doc_freq));
        match needs {
            Needs::Pairs(pairs) => pairs.first().map_or(0, |rarest| {
                let [text, wide] = &self.ranking.pairs[*rarest].infos[self.segment];
                n_with(text).max(n_with(wide))
            }),
            Needs::Word(at) => {
                let [text, around] = &self.ranking.long_words[*at].infos[self.segment];
                n_with(text) + n_with(around)
            }
            Needs::Character(at) => self.ranking.characters[*at].1,
        }
    }

    /// Calls `each` with every passage that may have what is needed, some at a time.
    pub(super) fn collect_rarest(
        &self,
        needs: &Needs,
        mut each: impl FnMut(&[DocId]),
    ) -> tantivy::Result<()> {
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
                    each_block(list, each);
                }
            }
            Needs::Word(at) => {
                for view in [TEXT, WIDE] {
                    if let Some(list) = self.word(*at, view)? {
                        each_block(list, &mut each);
                    }
                }
            }
            Needs::Character(at) => {
                self.collect_character(self.ranking.characters[*at].0, each)?;
            }
        }
        Ok(())
    }

    /// The passages in whose text a long word stands, or around which it does.
    fn word(&self, word: usize, view: usize) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let Some(info) = &self.ranking.long_words[word].infos[self.segment][view] else {
            return Ok(None);
        };
        let lists = &self.ranking.words_of_segments[self.segment];
        let list = lists.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        Ok(Some(list))
    }

    fn collect_character(&self, c: char, mut each: impl FnMut(&[DocId])) -> tantivy::Result<()> {
        for list in lists_opened_by(&self.inverted[TEXT], c)? {
            each_block(list.open()?, &mut each);
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
        let mut best = BestWays::new(docs.len());
        for (word_at, word) in self.ranking.words.iter().enumerate() {
            self.best_ways(word, docs, &mut best, |way, i, worth| {
                note(word_at, way, i, worth);
            })?;
            best.take(|i, worth| masses[i] += word.mass * worth);
        }
        Ok(masses)
    }

    /// Keeps for each of `docs` the worth of the best way in which it has a word. `note`
    /// is told of way, position of the passage and worth whenever a better way is met.
    pub(super) fn best_ways(
        &self,
        word: &RankedWord,
        docs: &[DocId],
        best: &mut BestWays,
        mut note: impl FnMut(usize, usize, f32),
    ) -> tantivy::Result<()> {
        for (way_at, way) in word.ways.iter().enumerate() {
            let mut meet = |i: usize, is_in_text: bool| {
                let worth = way.worth * if is_in_text { 1.0 } else { AROUND_WORTH };
                if best.is_better(i, worth) {
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
                    several => {
                        for (i, is_in_text) in self.having_all(several, docs)? {
                            meet(i, is_in_text);
                        }
                    }
                },
                Needs::Word(at) => {
                    for view in [TEXT, WIDE] {
                        if let Some(mut list) = self.word(*at, view)? {
                            walk(&mut list, docs, |i, _| meet(i, view == TEXT));
                        }
                    }
                }
                Needs::Character(at) => {
                    let mut found = BitSet::with_max_value(self.n_docs);
                    let c = self.ranking.characters[*at].0;
                    self.collect_character(c, |docs| {
                        for doc in docs {
                            found.insert(*doc);
                        }
                    })?;
                    for (i, doc) in docs.iter().enumerate() {
                        if found.contains(*doc) {
                            meet(i, true);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The positions of those of `docs` that have all these pairs, the rarest first, each
    /// with whether all stand in its text.
    fn having_all(&self, pairs: &[usize], docs: &[DocId]) -> tantivy::Result<Vec<(usize, bool)>> {
        let Some((rarest, others)) = pairs.split_first() else {
            return Ok(Vec::new());
        };
        let mut left = self.having(*rarest, docs)?;
        let mut ids: Vec<DocId> = left.iter().map(|(i, _)| docs[*i]).collect();
        for pair in others {
            if ids.is_empty() {
                break;
            }
            let having = self.having(*pair, &ids)?;
            for (n_left, (at, is_in_text)) in having.iter().enumerate() {
                let (i, so_far) = left[*at];
                left[n_left] = (i, so_far && *is_in_text);
                ids[n_left] = ids[*at];
            }
            left.truncate(having.len());
            ids.truncate(having.len());
        }
        Ok(left)
    }

    /// The positions of those of `docs` that have a pair, each with whether it stands in
    /// the text.
    fn having(&self, pair: usize, docs: &[DocId]) -> tantivy::Result<Vec<(usize, bool)>> {
        let mut having = Vec::new();
        let Some(mut wider) = self.wider(pair)? else {
            if let Some(mut list) = self.in_text(pair)? {
                walk(&mut list, docs, |i, _| having.push((i, true)));
            }
            return Ok(having);
        };
        walk(&mut wider, docs, |i, _| having.push((i, false)));
        if let Some(mut list) = self.in_text(pair)? {
            let ids: Vec<DocId> = having.iter().map(|(i, _)| docs[*i]).collect();
            walk(&mut list, &ids, |at, _| having[at].1 = true);
        }
        Ok(having)
    }

    /// The sums over the pairs that weigh.
    pub(super) fn sums(&self) -> tantivy::Result<PairSums> {
        let mut summed = Vec::with_capacity(self.ranking.pairs.len());
        for (at, pair) in self.ranking.pairs.iter().enumerate() {
            if pair.weight <= 0.0 {
                continue;
            }
            if let Some(list) = self.list(WIDE, at, IndexRecordOption::WithFreqs)? {
                let weight = pair.weight * pair.idf;
                summed.push(SummedPair { at, weight, list });
            }
        }
        let norms = self.norms.clone();
        Ok(PairSums::new(summed, norms, self.ranking.avg_len))
    }
}

/// The worth of the best way in which each of some passages has a word.
pub(super) struct BestWays {
    worth: Vec<f32>,
    /// Positions with a worth: few of the passages have the word.
    met: Vec<usize>,
}

impl BestWays {
    pub(super) fn new(n_docs: usize) -> Self {
        Self {
            worth: vec![0.0; n_docs],
            met: Vec::new(),
        }
    }

    fn is_better(&mut self, i: usize, worth: f32) -> bool {
        let best = &mut self.worth[i];
        if worth <= *best {
            return false;
        }
        if *best == 0.0 {
            self.met.push(i);
        }
        *best = worth;
        true
    }

    /// Gives each worth once, with its position, and forgets it.
    pub(super) fn take(&mut self, mut each: impl FnMut(usize, f32)) {
        for i in self.met.drain(..) {
            each(i, std::mem::take(&mut self.worth[i]));
        }
    }
}
