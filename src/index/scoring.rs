//! Scores of hits: the evidence of the words, and what a passage is.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader};

use super::condition::Library;
use super::enough::{ROUNDING, enough};
use super::evidence::Evidence;
use super::local_statutes::ELSEWHERE_FACTOR;
use super::pair_sums::PairSums;
use super::ranking::Ranking;
use super::reasons::Reasons;
use super::segment_lists::SegmentLists;
use super::standing::{Probe, Standing};
use super::view::SegmentView;
use plansearch_document::PassageKind;

/// From so many characters a query may be a line that was pasted: a heading or an
/// opening line that it is, or that has it whole, is no longer quiet.
const CHARS_OF_A_LINE: usize = 6;
/// From so many it is one where it stands whole.
const CHARS_OF_A_LONG_RUN: usize = 10;
/// A share of the words above this is all of them.
const ALL_WORDS: f32 = 0.999;
/// What the sum over the pairs is at least: a figure or a character alone has none that
/// weighs, and its passages are told apart by the factors.
const LEAST_SUM: f32 = 0.1;
/// What stands above the others has so much more: what has all words where others have
/// some, the article or document that was asked for.
const FIRST_FACTOR: f32 = 1000.0;
/// In a line that is little more than the query, so much of the words is enough:
/// its number or 附件 may stand around it.
const MOST_WORDS: f32 = 0.85;

/// The evidence of a lookup, compiled for one library.
pub(super) struct Scoring {
    ranking: Ranking,
    /// Those that may stand or not.
    wholes: Vec<Standing>,
    /// Whether there are wholes, and all stand in every match.
    wholes_stand: bool,
    whole_factor: f32,
    /// Characters of the words of the query.
    n_chars: usize,
    /// Whether the query has a run that is a line where it stands whole.
    has_long_run: bool,
    /// By position in `PassageKind::ALL`.
    kind_factors: Vec<f32>,
    /// By position in the catalog; empty when all are 1.
    doc_factors: Vec<f32>,
    /// The greatest of them, and 1.
    max_doc_factor: f32,
    favoured: Vec<(Standing, f32)>,
    /// By segment, in order: what stands above the others.
    first: Vec<Vec<DocId>>,
}

/// The scores of passages of one segment, some at a time. What a score is multiplied with
/// is worked out for those alone that may come among the best.
pub(super) struct Scores<'a> {
    scoring: &'a Scoring,
    view: &'a SegmentView,
    sums: PairSums,
    /// The worth of the words that each passage has; none where all have all.
    masses: Option<&'a [f32]>,
    /// What the words make of the passages at hand, the first of which has this position.
    by_words: Vec<f32>,
    first: usize,
    wholes: Vec<Probe>,
    favoured: Vec<(Probe, f32)>,
    ahead: &'a [DocId],
    norms: FieldNormReader,
    /// What a score by words is multiplied with at most.
    max_factor: f32,
}

/// What a score is multiplied with.
struct Factors {
    kind: f32,
    doc: f32,
    whole: f32,
    favour: f32,
    first: f32,
}

impl Scoring {
    /// Compiles evidence; `first` has its first matches, by segment.
    pub(super) fn new(
        library: Library<'_>,
        evidence: &Evidence,
        first: Vec<Vec<DocId>>,
        is_explained: bool,
    ) -> tantivy::Result<Self> {
        let Library {
            searcher,
            fields,
            catalog,
            ..
        } = library;
        let wholes_stand = evidence.wholes_stand && !evidence.wholes.is_empty();
        let unknown = evidence.wholes.iter().filter(|_| !wholes_stand);
        let wholes = unknown
            .map(|whole| Standing::of(searcher, fields, whole))
            .collect::<tantivy::Result<_>>()?;
        let favoured = evidence.favoured.iter();
        let favoured = favoured
            .map(|(term, factor)| Ok((Standing::of(searcher, fields, term)?, *factor)))
            .collect::<tantivy::Result<_>>()?;
        let mut kind_factors = vec![1.0; PassageKind::ALL.len()];
        for (factor, kind) in kind_factors.iter_mut().zip(PassageKind::ALL) {
            let own = evidence.kind_factors.iter().find(|(of, _)| *of == kind);
            *factor = own.map_or(1.0, |(_, factor)| *factor);
        }
        let mut doc_factors = Vec::new();
        if !evidence.doc_factors.is_empty() {
            doc_factors = vec![1.0; catalog.documents().len()];
            for (id, factor) in &evidence.doc_factors {
                if let Some(idx) = catalog.idx(id) {
                    doc_factors[idx] = *factor;
                }
            }
        }
        if !catalog.local_statutes.is_empty() {
            doc_factors.resize(catalog.documents().len(), 1.0);
            let elsewhere = catalog.local_statutes.elsewhere(evidence);
            for (factor, is_elsewhere) in doc_factors.iter_mut().zip(elsewhere) {
                // A document that the query names is meant, wherever it holds.
                if is_elsewhere && *factor <= 1.0 {
                    *factor = ELSEWHERE_FACTOR;
                }
            }
        }
        Ok(Self {
            max_doc_factor: greatest(&doc_factors),
            ranking: Ranking::new(searcher, fields, evidence, is_explained)?,
            wholes,
            favoured,
            first,
            wholes_stand,
            n_chars: evidence.words.iter().map(|word| n_chars(&word.text)).sum(),
            has_long_run: evidence
                .wholes
                .iter()
                .any(|whole| n_chars(whole) >= CHARS_OF_A_LONG_RUN),
            whole_factor: evidence.whole_factor,
            kind_factors,
            doc_factors,
        })
    }

    /// The passages of a segment that have enough of the words, each with their
    /// worth.
    pub(super) fn enough(
        &self,
        segment: usize,
        reader: &SegmentReader,
        least: f32,
    ) -> tantivy::Result<(Vec<DocId>, Vec<f32>)> {
        enough(&self.ranking, segment, reader, least)
    }

    /// The worth that this share of the words has.
    pub(super) fn needed_mass(&self, share: f32) -> f32 {
        share * self.ranking.total_mass - ROUNDING
    }

    /// The worth of the words in passages of one segment, which are in order; none where
    /// all have all.
    pub(super) fn masses(
        &self,
        segment: usize,
        reader: &SegmentReader,
        docs: &[DocId],
    ) -> tantivy::Result<Option<Vec<f32>>> {
        let lists = SegmentLists::open(&self.ranking, segment, reader)?;
        self.ranking.masses(&lists, docs)
    }

    /// The scores of passages of one segment; `masses` is the worth of their words.
    pub(super) fn scores<'a>(
        &'a self,
        segment: usize,
        reader: &SegmentReader,
        view: &'a SegmentView,
        masses: Option<&'a [f32]>,
    ) -> tantivy::Result<Scores<'a>> {
        let wholes = self.wholes.iter();
        let wholes = wholes.map(|whole| whole.probe(segment, reader));
        let favoured = self.favoured.iter();
        let favoured = favoured.map(|(term, factor)| Ok((term.probe(segment, reader)?, *factor)));
        Ok(Scores {
            scoring: self,
            view,
            sums: SegmentLists::open(&self.ranking, segment, reader)?.sums()?,
            masses,
            by_words: Vec::new(),
            first: 0,
            wholes: wholes.collect::<tantivy::Result<_>>()?,
            favoured: favoured.collect::<tantivy::Result<_>>()?,
            ahead: self.first.get(segment).map_or(&[], Vec::as_slice),
            norms: reader.get_fieldnorms_reader(self.ranking.fields[0])?,
            max_factor: self.max_factor(),
        })
    }

    /// Says whether all passages have the same score.
    pub(super) fn is_empty(&self) -> bool {
        self.ranking.is_empty()
    }

    /// What a score by words is multiplied with at most.
    fn max_factor(&self) -> f32 {
        let whole = 1.0
            + if self.wholes_stand || !self.wholes.is_empty() {
                self.whole_factor
            } else {
                0.0
            };
        // What is rounded on the way shall not make it less.
        let favour: f32 = self
            .favoured
            .iter()
            .map(|(_, factor)| factor.max(1.0))
            .product();
        greatest(&self.kind_factors) * self.max_doc_factor * whole * favour * 1.001
    }

    /// Whether a text of so many pairs is little more than the query.
    fn is_about_as_long(&self, n_pairs: u32) -> bool {
        self.n_chars >= CHARS_OF_A_LINE && n_pairs as usize <= self.n_chars * 3 / 2 + 2
    }

    fn factors(
        &self,
        view: &SegmentView,
        (doc_id, doc_idx): (DocId, usize),
        n_pairs: u32,
        words_share: f32,
        whole_share: Option<f32>,
    ) -> Factors {
        let kind = self.kind_factors.get(view.kind_idx(doc_id));
        let kind = kind.copied().unwrap_or(1.0);
        let is_line = || {
            let has_run = self.has_long_run && whole_share.is_some_and(|share| share > ALL_WORDS);
            has_run || words_share > MOST_WORDS && self.is_about_as_long(n_pairs)
        };
        let kind = if kind < 1.0 && is_line() { 1.0 } else { kind };
        let doc = self.doc_factors.get(doc_idx);
        Factors {
            kind,
            doc: doc.copied().unwrap_or(1.0),
            // What is quiet stays below what stands under it.
            whole: match whole_share {
                Some(share) if kind >= 1.0 => 1.0 + self.whole_factor * share,
                _ => 1.0,
            },
            favour: 1.0,
            first: 1.0,
        }
    }

    /// The parts of the score of one hit.
    pub(super) fn reasons(
        &self,
        segment: usize,
        reader: &SegmentReader,
        view: &SegmentView,
        doc_id: DocId,
        score: f32,
    ) -> tantivy::Result<Reasons> {
        let masses = self.masses(segment, reader, &[doc_id])?;
        let mut scores = self.scores(segment, reader, view, masses.as_deref())?;
        scores.come_to(0, &[doc_id]);
        let (factors, share) = scores.factors(0, doc_id);
        Ok(Reasons {
            whole_share: share,
            whole_factor: factors.whole,
            kind_factor: factors.kind,
            doc_factor: factors.doc,
            favour_factor: factors.favour,
            first_factor: factors.first,
            score,
            ..self.ranking.reasons(segment, reader, doc_id)?
        })
    }
}

impl Scores<'_> {
    /// Takes the passages from position `first` on at hand; asked for in order.
    pub(super) fn come_to(&mut self, first: usize, docs: &[DocId]) {
        self.first = first;
        self.by_words.clear();
        let sums = self.sums.next(docs, |_, _, _| ()).iter();
        self.by_words.extend(sums.map(|sum| sum.max(LEAST_SUM)));
        if let Some(masses) = self.masses.and_then(|masses| masses.get(first..)) {
            for (score, mass) in self.by_words.iter_mut().zip(masses) {
                *score *= self.scoring.ranking.words_factor(*mass);
            }
        }
    }

    /// What the score of the passage at this position at hand does not go beyond.
    #[inline]
    pub(super) fn bound(&self, nth: usize, doc_id: DocId) -> f32 {
        self.by_words[nth] * self.max_factor * self.first_factor(doc_id)
    }

    fn first_factor(&self, doc_id: DocId) -> f32 {
        match self.ahead.binary_search(&doc_id) {
            Ok(_) => FIRST_FACTOR,
            Err(_) => 1.0,
        }
    }

    /// The score of the passage at this position at hand; asked for in order.
    pub(super) fn score(&mut self, nth: usize, doc_id: DocId) -> f32 {
        let Factors {
            kind,
            doc,
            whole,
            favour,
            first,
        } = self.factors(nth, doc_id).0;
        self.by_words[nth] * kind * doc * whole * favour * first
    }

    /// The factors, and the share of the wholes that stand, if there are any.
    fn factors(&mut self, nth: usize, doc_id: DocId) -> (Factors, Option<f32>) {
        let whole_share = self.whole_share(doc_id);
        let mass = self.masses.and_then(|masses| masses.get(self.first + nth));
        let words_share = mass.map_or(1.0, |mass| mass / self.scoring.ranking.total_mass);
        let n_pairs = self.norms.fieldnorm(doc_id);
        let doc_idx = self.view.doc_idx(doc_id).unwrap_or(usize::MAX);
        let mut factors = self.scoring.factors(
            self.view,
            (doc_id, doc_idx),
            n_pairs,
            words_share,
            whole_share,
        );
        for (term, factor) in &mut self.favoured {
            if term.stands_in(doc_id) {
                factors.favour *= *factor;
            }
        }
        factors.first = self.first_factor(doc_id);
        (factors, whole_share)
    }

    /// The share of the wholes that stand in a passage, if there are any.
    fn whole_share(&mut self, doc_id: DocId) -> Option<f32> {
        if self.scoring.wholes_stand {
            return Some(1.0);
        }
        let n_wholes = self.wholes.len() as f32;
        let standing = self.wholes.iter_mut().filter_map(|whole| {
            let stands = whole.stands_in(doc_id);
            stands.then_some(1.0 / n_wholes)
        });
        let share: f32 = standing.sum();
        (n_wholes > 0.0).then_some(share)
    }
}

/// The greatest of the factors, and 1.
fn greatest(factors: &[f32]) -> f32 {
    factors.iter().copied().fold(1.0, f32::max)
}

fn n_chars(text: &str) -> usize {
    text.chars().count()
}
