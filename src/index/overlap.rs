//! Passages that share pairs of characters with texts: candidates for a comparison.
//!
//! Each part of a text (a clause) is scored by the rarity of the pairs that a passage
//! shares with it, term by term over the posting lists; the best passages of each part
//! and of the whole text are returned. What is common to both must be worked out from
//! the texts: this only finds what is worth comparing.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, InvertedIndexReader, Term};

use super::clause::Clause;
use super::condition::{Library, Segment};
use super::filter::Filter;
use super::listed::each_block;
use super::lookup::Lookup;
use super::plan::Plan;
use super::rows::N_FETCHED;
use plansearch_analysis::pairs::pairs_of;
use plansearch_engine::{OverlapLimits, OverlapText};

/// A pair that stands in more than this share of the passages leads nowhere.
const MAX_SHARE: f64 = 0.1;
/// In a library of fewer passages every pair counts.
const MIN_PASSAGES: f64 = 2000.0;
/// Of a part without telling pairs so many are used, the rarest.
const MIN_PAIRS: usize = 3;
/// Of a long part so many pairs are used, the rarest.
const MAX_PAIRS: usize = 40;
/// A passage is worth comparing with this share of the score of the best.
const MIN_SCORE: f32 = 0.3;

/// A pair of a part in one segment.
struct TellingPair {
    idf: f32,
    pair: String,
}

/// Scores of the passages of one segment.
struct SegmentScores {
    of_part: Vec<f32>,
    of_text: Vec<f32>,
    met_by_part: Vec<DocId>,
    met_by_text: Vec<DocId>,
}

impl SegmentScores {
    fn new(n: u32) -> Self {
        Self {
            of_part: vec![0.0; n as usize],
            of_text: vec![0.0; n as usize],
            met_by_part: Vec::new(),
            met_by_text: Vec::new(),
        }
    }

    fn add(&mut self, docs: &[DocId], idf: f32) {
        for doc in docs {
            if let Some(score) = self.of_part.get_mut(*doc as usize) {
                if *score == 0.0 {
                    self.met_by_part.push(*doc);
                }
                *score += idf;
            }
        }
    }

    /// Ends a part: gives the scores worth comparing of entries that are open, and adds all
    /// to those of the text.
    fn end_part(&mut self, is_open: impl Fn(DocId) -> bool) -> Vec<(f32, DocId)> {
        let scored = worth_comparing(&self.met_by_part, &self.of_part, is_open);
        for doc in self.met_by_part.drain(..) {
            let of_part = std::mem::take(&mut self.of_part[doc as usize]);
            let of_text = &mut self.of_text[doc as usize];
            if *of_text == 0.0 {
                self.met_by_text.push(doc);
            }
            *of_text += of_part;
        }
        scored
    }

    fn end_text(&mut self, is_open: impl Fn(DocId) -> bool) -> Vec<(f32, DocId)> {
        let scored = worth_comparing(&self.met_by_text, &self.of_text, is_open);
        for doc in self.met_by_text.drain(..) {
            self.of_text[doc as usize] = 0.0;
        }
        scored
    }
}

/// Of entries that were met the open ones with a score near the best, which are few among
/// the many that share a pair.
fn worth_comparing(
    met: &[DocId],
    scores: &[f32],
    is_open: impl Fn(DocId) -> bool,
) -> Vec<(f32, DocId)> {
    let score = |doc: DocId| scores.get(doc as usize).copied().unwrap_or(0.0);
    let mut best = 0.0_f32;
    for doc in met {
        if score(*doc) > best && is_open(*doc) {
            best = score(*doc);
        }
    }
    let near = met
        .iter()
        .filter(|doc| score(**doc) >= MIN_SCORE * best && is_open(**doc));
    near.map(|doc| (score(*doc), *doc)).collect()
}

/// Looks for the passages that share most with texts, one text after the other.
pub(super) struct Overlaps<'a> {
    library: Library<'a>,
    limits: OverlapLimits,
    inverted: Vec<Arc<InvertedIndexReader>>,
    /// Of each segment which entries the filter admits; empty where it admits all.
    admitted: Vec<Vec<bool>>,
    scores: Vec<SegmentScores>,
    n_passages: f64,
    frequencies: HashMap<String, u64>,
}

impl<'a> Overlaps<'a> {
    pub(super) fn new(
        library: Library<'a>,
        filter: &Filter,
        limits: OverlapLimits,
    ) -> tantivy::Result<Self> {
        let mut inverted = Vec::new();
        let mut scores = Vec::new();
        for segment in library.segments() {
            inverted.push(segment.reader.inverted_index(library.fields.pairs)?);
            scores.push(SegmentScores::new(segment.reader.max_doc()));
        }
        Ok(Self {
            admitted: admitted(library, filter),
            n_passages: (library.catalog.n_passages() as f64).max(1.0),
            frequencies: HashMap::new(),
            library,
            limits,
            inverted,
            scores,
        })
    }

    /// The places of the passages worth comparing, each once, best parts first.
    pub(super) fn find(&mut self, text: &OverlapText) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for part in &text.parts {
            let pairs = self.telling_pairs(part)?;
            let mut scored: Vec<(f32, DocAddress)> = Vec::new();
            for nth in 0..self.inverted.len() {
                self.score(nth, &pairs)?;
                let is_open = open_entries(self.library, &self.admitted, nth);
                let of_segment = self.scores[nth].end_part(is_open);
                scored.extend(addresses(nth, of_segment));
            }
            self.best(
                scored,
                self.limits.of_part,
                self.limits.of_document,
                &mut found,
            );
        }
        let mut scored = Vec::new();
        for nth in 0..self.inverted.len() {
            let is_open = open_entries(self.library, &self.admitted, nth);
            let of_segment = self.scores[nth].end_text(is_open);
            scored.extend(addresses(nth, of_segment));
        }
        self.best(scored, self.limits.of_text, usize::MAX, &mut found);
        Ok(found)
    }

    /// The pairs of a part that tell passages apart, the rarest of a long one.
    fn telling_pairs(&mut self, part: &[char]) -> tantivy::Result<Vec<TellingPair>> {
        let mut pairs = pairs_of(part);
        pairs.sort_unstable();
        pairs.dedup();
        let mut known = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let n = self.frequency(&pair)?;
            if n > 0 {
                known.push((n, pair));
            }
        }
        known.sort();
        let most = MAX_SHARE * self.n_passages.max(MIN_PASSAGES);
        let n_telling = known.partition_point(|(n, _)| *n as f64 <= most);
        known.truncate(n_telling.clamp(MIN_PAIRS, MAX_PAIRS));
        let telling = known.into_iter().map(|(n, pair)| TellingPair {
            idf: (1.0 + self.n_passages / n as f64).ln() as f32,
            pair,
        });
        Ok(telling.collect())
    }

    fn frequency(&mut self, pair: &str) -> tantivy::Result<u64> {
        if let Some(known) = self.frequencies.get(pair) {
            return Ok(*known);
        }
        let term = Term::from_field_text(self.library.fields.pairs, pair);
        let mut n = 0;
        for inverted in &self.inverted {
            n += u64::from(inverted.doc_freq(&term)?);
        }
        self.frequencies.insert(pair.to_owned(), n);
        Ok(n)
    }

    fn score(&mut self, nth: usize, pairs: &[TellingPair]) -> tantivy::Result<()> {
        let inverted = &self.inverted[nth];
        for pair in pairs {
            let term = Term::from_field_text(self.library.fields.pairs, &pair.pair);
            if let Some(info) = inverted.get_term_info(&term)? {
                let option = IndexRecordOption::Basic;
                let list = inverted.read_block_postings_from_terminfo(&info, option)?;
                let scores = &mut self.scores[nth];
                each_block(list, |docs| scores.add(docs, pair.idf));
            }
        }
        Ok(())
    }

    /// Adds the best to `found`, in the order of their scores, each once.
    fn best(
        &self,
        mut scored: Vec<(f32, DocAddress)>,
        limit: usize,
        of_document: usize,
        found: &mut Vec<DocAddress>,
    ) {
        let best = scored.iter().map(|(score, _)| *score).fold(0.0, f32::max);
        scored.retain(|(score, _)| *score >= MIN_SCORE * best);
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut of_docs: HashMap<usize, usize> = HashMap::new();
        let mut n = 0;
        for (_, address) in scored {
            let view = &self.library.views.segments[address.segment_ord as usize];
            let Some(doc) = view.doc_idx(address.doc_id) else {
                continue;
            };
            let of_doc = of_docs.entry(doc).or_default();
            *of_doc += 1;
            if *of_doc <= of_document {
                if !found.contains(&address) {
                    found.push(address);
                }
                n += 1;
            }
            if n >= limit {
                break;
            }
        }
    }
}

/// Says of the entries of a segment whether the filter admits them and they are not swept
/// yet.
fn open_entries<'a>(
    library: Library<'a>,
    admitted: &'a [Vec<bool>],
    nth: usize,
) -> impl Fn(DocId) -> bool + 'a {
    let reader = library.searcher.segment_readers().get(nth);
    let alive = reader.and_then(|reader| reader.alive_bitset());
    let admitted = admitted.get(nth);
    move |doc| {
        alive.is_none_or(|alive| alive.is_alive(doc))
            && admitted.is_none_or(|admitted| admitted.get(doc as usize) == Some(&true))
    }
}

fn addresses(nth: usize, of_segment: Vec<(f32, DocId)>) -> impl Iterator<Item = (f32, DocAddress)> {
    let entries = of_segment.into_iter();
    entries.map(move |(score, doc)| (score, DocAddress::new(nth as u32, doc)))
}

/// Of each segment which entries a filter admits; nothing where it admits all.
fn admitted(library: Library<'_>, filter: &Filter) -> Vec<Vec<bool>> {
    if filter.is_empty() {
        return Vec::new();
    }
    let lookup = Lookup {
        filter: filter.clone(),
        ..Lookup::new(Clause::Everything)
    };
    let plan = Plan::new(&lookup, library.catalog, library.views);
    let of_segment = |segment: Segment<'_>| {
        let docs: Vec<DocId> = (0..segment.reader.max_doc()).collect();
        let mut admitted = Vec::with_capacity(docs.len());
        for docs in docs.chunks(N_FETCHED) {
            let rows = segment.view.rows().fetch(docs);
            let failed = plan.failed(segment.view, docs, &rows[..docs.len()]);
            admitted.extend(failed.iter().take(docs.len()).map(|failed| *failed == 0));
        }
        admitted
    };
    library.segments().map(of_segment).collect()
}
