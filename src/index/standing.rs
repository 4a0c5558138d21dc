//! Where a folded string stands.
//!
//! A pair of characters, a long word or a figure is a term, and a character opens pairs, so their
//! lists say it. Any other string is the rarest pairs that together hold all its
//! characters, each at its place.

use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{EnableScoring, PhraseQuery, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocId, DocSet, InvertedIndexReader, Searcher, SeekDangerResult, SegmentReader, TERMINATED, Term,
};

use super::listed::{Union, each_block, walk};
use super::schema::Fields;
use plansearch_analysis::{is_long_word, is_marked, pairs::pairs_of};
use plansearch_figure::FigureRange;
use plansearch_text::FIGURE_MARK;

/// Where a string stands in a library.
pub(super) struct Standing {
    way: Way,
    /// In how many passages at most.
    n_docs: u64,
}

enum Way {
    Nowhere,
    /// In the passages of a list, by segment.
    Listed(Vec<Option<List>>),
    /// In those of any of some lists, by segment.
    Opening(Vec<Vec<List>>),
    /// Where pairs stand at their places.
    Phrase(Box<dyn Weight>),
}

/// A list that is not opened yet.
pub(super) struct List {
    inverted: Arc<InvertedIndexReader>,
    info: TermInfo,
}

impl List {
    /// Where the list lies.
    pub(super) fn info(&self) -> &TermInfo {
        &self.info
    }

    pub(super) fn open(&self) -> tantivy::Result<BlockSegmentPostings> {
        let option = IndexRecordOption::Basic;
        let list = self
            .inverted
            .read_block_postings_from_terminfo(&self.info, option);
        Ok(list?)
    }

    /// Whether it has a passage of which this is so.
    fn has(&self, is_so: impl Fn(DocId) -> bool) -> tantivy::Result<bool> {
        let mut list = self.open()?;
        while !list.docs().is_empty() {
            if list.docs().iter().any(|doc_id| is_so(*doc_id)) {
                return Ok(true);
            }
            list.advance();
        }
        Ok(false)
    }
}

impl Standing {
    /// Looks a folded string up.
    pub(super) fn of(searcher: &Searcher, fields: &Fields, folded: &str) -> tantivy::Result<Self> {
        let chars: Vec<char> = folded.chars().collect();
        if is_marked(folded) || is_long_word(folded) {
            return Self::listed(searcher, fields.words, folded);
        }
        match chars.as_slice() {
            [] => Ok(Self::nowhere()),
            [only] => Self::opening(searcher, fields.pairs, *only),
            [_, _] => Self::listed(searcher, fields.pairs, folded),
            _ => Self::phrase(searcher, fields.pairs, &chars),
        }
    }

    fn nowhere() -> Self {
        Self {
            way: Way::Nowhere,
            n_docs: 0,
        }
    }

    /// Looks up what is a term of a field.
    pub(super) fn listed(searcher: &Searcher, field: Field, text: &str) -> tantivy::Result<Self> {
        let term = Term::from_field_text(field, text);
        let mut n_docs = 0;
        let mut lists = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let info = inverted.get_term_info(&term)?;
            lists.push(info.map(|info| {
                n_docs += u64::from(info.doc_freq);
                List { inverted, info }
            }));
        }
        Ok(Self {
            way: Way::Listed(lists),
            n_docs,
        })
    }

    /// Figures are terms in one spelling whatever their notation, so those in a range are
    /// the union of some lists.
    pub(super) fn figures(
        searcher: &Searcher,
        field: Field,
        range: &FigureRange,
    ) -> tantivy::Result<Self> {
        let is_in_range = |term: &[u8]| {
            let spelling = std::str::from_utf8(term).unwrap_or_default();
            range.holds(spelling.trim_start_matches(FIGURE_MARK))
        };
        Self::union(searcher, field, |inverted| {
            lists_that(inverted, FIGURE_MARK, is_in_range)
        })
    }

    /// Every character opens a pair, the last one of a text too.
    fn opening(searcher: &Searcher, field: Field, c: char) -> tantivy::Result<Self> {
        Self::union(searcher, field, |inverted| lists_opened_by(inverted, c))
    }

    /// The passages of any of the lists that `lists_of` names in a segment.
    fn union(
        searcher: &Searcher,
        field: Field,
        lists_of: impl Fn(&Arc<InvertedIndexReader>) -> tantivy::Result<Vec<List>>,
    ) -> tantivy::Result<Self> {
        let mut n_docs = 0;
        let mut by_segment = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            let lists = lists_of(&reader.inverted_index(field)?)?;
            let frequencies = lists.iter().map(|list| u64::from(list.info.doc_freq));
            n_docs += frequencies.sum::<u64>();
            by_segment.push(lists);
        }
        Ok(Self {
            way: Way::Opening(by_segment),
            n_docs,
        })
    }

    fn phrase(searcher: &Searcher, field: Field, chars: &[char]) -> tantivy::Result<Self> {
        let pairs = pairs_of(chars).into_iter();
        let terms = pairs.map(|pair| Term::from_field_text(field, &pair));
        let Some(cover) = rarest_cover(searcher, terms.collect())? else {
            return Ok(Self::nowhere());
        };
        let scoring = EnableScoring::disabled_from_searcher(searcher);
        Ok(Self {
            way: Way::Phrase(PhraseQuery::new_with_offset(cover.pairs).weight(scoring)?),
            n_docs: cover.n_docs,
        })
    }

    /// In how many passages at most the string stands, those that are gone but not yet
    /// swept included.
    pub(super) fn n_docs(&self) -> u64 {
        self.n_docs
    }

    /// The passages of a segment in which it stands, in order, of `within` alone where
    /// that is given.
    pub(super) fn docs(
        &self,
        segment: usize,
        reader: &SegmentReader,
        within: Option<&[DocId]>,
    ) -> tantivy::Result<Vec<DocId>> {
        let mut docs = Vec::new();
        if let Some(within) = within {
            let mut probe = self.probe(segment, reader)?;
            if let Probe::List(list) = &mut probe {
                walk(list, within, |i, _| docs.push(within[i]));
            } else {
                docs.extend(within.iter().filter(|doc_id| probe.stands_in(**doc_id)));
            }
            return Ok(docs);
        }
        match &self.way {
            Way::Nowhere => {}
            Way::Listed(lists) => {
                if let Some(list) = &lists[segment] {
                    docs.reserve(list.info.doc_freq as usize);
                    each_block(list.open()?, |block| docs.extend_from_slice(block));
                }
            }
            Way::Opening(lists) => return any_of(&lists[segment], reader),
            Way::Phrase(weight) => {
                weight.for_each_no_score(reader, &mut |met| docs.extend_from_slice(met))?;
            }
        }
        Ok(docs)
    }

    /// Asks about passages of a segment one by one.
    pub(super) fn probe(&self, segment: usize, reader: &SegmentReader) -> tantivy::Result<Probe> {
        Ok(match &self.way {
            Way::Nowhere => Probe::Nowhere,
            Way::Listed(lists) => match &lists[segment] {
                Some(list) => Probe::List(Box::new(list.open()?)),
                None => Probe::Nowhere,
            },
            Way::Opening(lists) => Probe::Known(any_of(&lists[segment], reader)?.into_iter()),
            Way::Phrase(weight) => Probe::Places(Places::open(weight.as_ref(), reader)?),
        })
    }

    /// Says whether it stands in any passage that is not gone.
    pub(super) fn is_anywhere(&self, searcher: &Searcher) -> tantivy::Result<bool> {
        if self.n_docs == 0 {
            return Ok(false);
        }
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let alive = reader.alive_bitset();
            let is_alive = |doc_id| alive.is_none_or(|alive| alive.is_alive(doc_id));
            match &self.way {
                Way::Nowhere => {}
                Way::Listed(lists) => {
                    if let Some(list) = &lists[segment]
                        && list.has(is_alive)?
                    {
                        return Ok(true);
                    }
                }
                Way::Opening(lists) => {
                    for list in &lists[segment] {
                        if list.has(is_alive)? {
                            return Ok(true);
                        }
                    }
                }
                Way::Phrase(weight) => {
                    let mut places = weight.scorer(reader, 1.0)?;
                    while places.doc() != TERMINATED {
                        if is_alive(places.doc()) {
                            return Ok(true);
                        }
                        places.advance();
                    }
                }
            }
        }
        Ok(false)
    }
}

/// Says of passages, asked in order, whether a string stands in them.
pub(super) enum Probe {
    Nowhere,
    List(Box<BlockSegmentPostings>),
    Known(std::vec::IntoIter<DocId>),
    Places(Places),
}

impl Probe {
    pub(super) fn stands_in(&mut self, doc_id: DocId) -> bool {
        match self {
            Self::Nowhere => false,
            Self::List(list) => {
                let at = list.seek(doc_id);
                list.docs().get(at) == Some(&doc_id)
            }
            Self::Known(docs) => {
                let rest = docs.as_slice();
                let n_before = rest.partition_point(|known| *known < doc_id);
                let is_met = rest.get(n_before) == Some(&doc_id);
                if let Some(last) = n_before.checked_sub(1) {
                    docs.nth(last);
                }
                is_met
            }
            Self::Places(places) => places.are_in(doc_id),
        }
    }
}

/// Where pairs stand at their places.
pub(super) struct Places {
    scorer: Box<dyn Scorer>,
    /// The passage they are known to stand in; none when only `next` is known.
    here: Option<DocId>,
    /// Before this passage nothing more is to come.
    next: DocId,
}

impl Places {
    fn open(weight: &dyn Weight, reader: &SegmentReader) -> tantivy::Result<Self> {
        let scorer = weight.scorer(reader, 1.0)?;
        Ok(Self {
            here: Some(scorer.doc()),
            next: scorer.doc(),
            scorer,
        })
    }

    fn are_in(&mut self, doc_id: DocId) -> bool {
        if doc_id < self.next || self.here == Some(doc_id) {
            return self.here == Some(doc_id);
        }
        match self.scorer.seek_danger(doc_id) {
            SeekDangerResult::Found => {
                (self.here, self.next) = (Some(doc_id), doc_id);
                true
            }
            SeekDangerResult::SeekLowerBound(next) => {
                (self.here, self.next) = (None, next);
                false
            }
        }
    }
}

/// Every passage that is in one of the lists, in order.
fn any_of(lists: &[List], reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
    let n_expected = lists.iter().map(|list| u64::from(list.info.doc_freq)).sum();
    let mut union = Union::new(n_expected, reader.max_doc());
    for list in lists {
        each_block(list.open()?, |block| union.add(block));
    }
    Ok(union.into_docs())
}

/// The lists of all pairs that `c` opens.
pub(super) fn lists_opened_by(
    inverted: &Arc<InvertedIndexReader>,
    c: char,
) -> tantivy::Result<Vec<List>> {
    lists_that(inverted, c, |_| true)
}

/// Those of them whose term is meant.
fn lists_that(
    inverted: &Arc<InvertedIndexReader>,
    c: char,
    is_meant: impl Fn(&[u8]) -> bool,
) -> tantivy::Result<Vec<List>> {
    let mut lists = Vec::new();
    each_term_from(inverted, c, |term, info| {
        if is_meant(term) {
            let (inverted, info) = (Arc::clone(inverted), info.clone());
            lists.push(List { inverted, info });
        }
        ControlFlow::Continue(())
    })?;
    Ok(lists)
}

/// Calls `each` with every term that `c` opens, as long as it goes on. Terms sort as their
/// characters do, so these are a range.
pub(super) fn each_term_from(
    inverted: &InvertedIndexReader,
    c: char,
    mut each: impl FnMut(&[u8], &TermInfo) -> ControlFlow<()>,
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
        if each(stream.key(), stream.value()).is_break() {
            break;
        }
    }
    Ok(())
}

/// Pairs that together hold all characters of a string.
pub(super) struct Cover {
    /// In order, with their places.
    pub(super) pairs: Vec<(usize, Term)>,
    /// How frequent the rarest is.
    n_docs: u64,
}

/// The rarest pairs of a string: what they hold in common is the string, and fewer lists of
/// places are read. None when one of the pairs stands nowhere.
pub(super) fn rarest_cover(
    searcher: &Searcher,
    terms: Vec<Term>,
) -> tantivy::Result<Option<Cover>> {
    let mut by_frequency = Vec::with_capacity(terms.len());
    for (at, term) in terms.into_iter().enumerate() {
        let frequency = searcher.doc_freq(&term)?;
        if frequency == 0 {
            return Ok(None);
        }
        by_frequency.push((frequency, at, term));
    }
    by_frequency.sort_by_key(|(frequency, at, _)| (*frequency, *at));
    let n_docs = by_frequency.first().map_or(0, |(frequency, ..)| *frequency);
    let mut is_covered = vec![false; by_frequency.len() + 1];
    let mut pairs: Vec<(usize, Term)> = Vec::new();
    for (_, at, term) in by_frequency {
        if !(is_covered[at] && is_covered[at + 1]) {
            (is_covered[at], is_covered[at + 1]) = (true, true);
            pairs.push((at, term));
        }
    }
    pairs.sort_by_key(|(at, _)| *at);
    Ok(Some(Cover { pairs, n_docs }))
}
