//! Scores of hits: what passages have of the evidence, gathered for the formula.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader};

use super::condition::Library;
use super::enough::{ROUNDING, enough};
use super::evidence::Evidence;
use super::pair_sums::PairSums;
use super::ranking::Ranking;
use super::reasons::Reasons;
use super::segment_lists::SegmentLists;
use super::standing::{Probe, Standing};
use super::view::SegmentView;
use plansearch_engine::score::{FIRST_FACTOR, Factors, Features, LEAST_SUM, Model};

/// The evidence of a lookup, compiled for one library.
pub(super) struct Scoring {
    ranking: Ranking,
    model: Model,
    /// Those that may stand or not.
    wholes: Vec<Standing>,
    /// Whether there are wholes, and all stand in every match.
    wholes_stand: bool,
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
        Ok(Self {
            ranking: Ranking::new(library, evidence, is_explained)?,
            model: Model::new(evidence, catalog),
            wholes,
            wholes_stand,
            favoured,
            first,
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
        })
    }

    /// Says whether all passages have the same score.
    pub(super) fn is_empty(&self) -> bool {
        self.ranking.is_empty()
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
        let features = scores.features(0, doc_id);
        let Factors {
            kind,
            document,
            whole,
            favour,
            first,
        } = self.model.factors(features);
        Ok(Reasons {
            whole_share: features.whole_share,
            whole_factor: whole,
            kind_factor: kind,
            doc_factor: document,
            favour_factor: favour,
            first_factor: first,
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
        let bound = self.by_words[nth] * self.scoring.model.max_factor();
        if self.is_first(doc_id) {
            bound * FIRST_FACTOR
        } else {
            bound
        }
    }

    fn is_first(&self, doc_id: DocId) -> bool {
        self.ahead.binary_search(&doc_id).is_ok()
    }

    /// The score of the passage at this position at hand; asked for in order.
    pub(super) fn score(&mut self, nth: usize, doc_id: DocId) -> f32 {
        let features = self.features(nth, doc_id);
        let factors = self.scoring.model.factors(features);
        factors.score(self.by_words[nth])
    }

    /// What the passage has beside the bigrams.
    fn features(&mut self, nth: usize, doc_id: DocId) -> Features {
        let mass = self.masses.and_then(|masses| masses.get(self.first + nth));
        let total_mass = self.scoring.ranking.total_mass;
        let mut favour = 1.0;
        for (term, factor) in &mut self.favoured {
            if term.stands_in(doc_id) {
                favour *= *factor;
            }
        }
        Features {
            kind: self.view.kind_idx(doc_id),
            document: self.view.doc_idx(doc_id).unwrap_or(usize::MAX),
            n_bigrams: self.norms.fieldnorm(doc_id),
            words_share: mass.map_or(1.0, |mass| mass / total_mass),
            whole_share: self.whole_share(doc_id),
            favour,
            is_first: self.is_first(doc_id),
        }
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
