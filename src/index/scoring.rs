//! Scores of hits: the evidence of the words, and what a passage is.

use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::catalog::Catalog;
use super::evidence::Evidence;
use super::lower::holds;
use super::ranking::Ranking;
use super::reasons::Reasons;
use super::schema::Fields;
use super::view::SegmentView;
use crate::document::PassageKind;

/// From so many characters a query may be a line that was pasted: a heading or an
/// opening line that it is, or that has it whole, is no longer quiet.
const CHARS_OF_A_LINE: usize = 6;
/// From so many it is one where it stands whole.
const CHARS_OF_A_LONG_RUN: usize = 10;
/// A share of the words above this is all of them.
const ALL_WORDS: f32 = 0.999;
/// In a line that is little more than the query, so much of the words is enough:
/// its number or 附件 may stand around it.
const MOST_WORDS: f32 = 0.85;

/// The evidence of a lookup, compiled for one library.
pub(super) struct Scoring {
    ranking: Ranking,
    wholes: Vec<Box<dyn Weight>>,
    whole_factor: f32,
    /// Characters of the words of the query.
    n_chars: usize,
    /// Whether the query has a run that is a line where it stands whole.
    has_long_run: bool,
    /// By position in `PassageKind::ALL`.
    kind_factors: Vec<f32>,
    /// By position in the catalog; empty when all are 1.
    doc_factors: Vec<f32>,
}

/// What a score is multiplied with.
struct Factors {
    kind: f32,
    doc: f32,
    whole: f32,
}

impl Scoring {
    pub(super) fn new(
        searcher: &Searcher,
        fields: &Fields,
        catalog: &Catalog,
        evidence: &Evidence,
    ) -> tantivy::Result<Self> {
        let disabled = EnableScoring::disabled_from_searcher(searcher);
        let wholes = evidence
            .wholes
            .iter()
            .map(|whole| holds(fields.pairs, whole).weight(disabled))
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
        Ok(Self {
            ranking: Ranking::new(searcher, fields, evidence)?,
            wholes,
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
        self.ranking.enough(segment, reader, least)
    }

    /// The scores of hits of one segment, given with the positions of their
    /// documents and in order; `masses` is the worth of their words where it is
    /// known.
    pub(super) fn scores(
        &self,
        segment: usize,
        reader: &SegmentReader,
        view: &SegmentView,
        hits: &[(DocId, u32)],
        masses: Option<&[f32]>,
    ) -> tantivy::Result<Vec<f32>> {
        if hits.is_empty() {
            return Ok(Vec::new());
        }
        let docs: Vec<DocId> = hits.iter().map(|(doc_id, _)| *doc_id).collect();
        let by_words = self.ranking.scores(segment, reader, &docs, masses)?;
        let wholes = self.shares_of_wholes(reader, &docs)?;
        let norms = reader.get_fieldnorms_reader(self.ranking.fields[0])?;
        let by_words = by_words.into_iter().zip(hits).enumerate();
        let scores = by_words.map(|(at, ((score, words_share), hit))| {
            let n_pairs = norms.fieldnorm(hit.0);
            let factors = self.factors(view, *hit, n_pairs, words_share, wholes.get(at));
            score * factors.kind * factors.doc * factors.whole
        });
        Ok(scores.collect())
    }

    /// Whether a text of so many pairs is little more than the query.
    fn is_about_as_long(&self, n_pairs: u32) -> bool {
        self.n_chars >= CHARS_OF_A_LINE && n_pairs as usize <= self.n_chars * 3 / 2 + 2
    }

    fn factors(
        &self,
        view: &SegmentView,
        (doc_id, doc_idx): (DocId, u32),
        n_pairs: u32,
        words_share: f32,
        whole_share: Option<&f32>,
    ) -> Factors {
        let kind = self.kind_factors.get(view.kind_idx(doc_id));
        let kind = kind.copied().unwrap_or(1.0);
        let is_line = || {
            let has_run = self.has_long_run && whole_share.is_some_and(|share| *share > ALL_WORDS);
            has_run || words_share > MOST_WORDS && self.is_about_as_long(n_pairs)
        };
        let kind = if kind < 1.0 && is_line() { 1.0 } else { kind };
        let doc = self.doc_factors.get(doc_idx as usize);
        Factors {
            kind,
            doc: doc.copied().unwrap_or(1.0),
            // What is quiet stays below what stands under it.
            whole: match whole_share {
                Some(share) if kind >= 1.0 => 1.0 + self.whole_factor * share,
                _ => 1.0,
            },
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
        let doc_idx = view.doc_idx(doc_id).map_or(u32::MAX, |idx| idx as u32);
        let share = self.shares_of_wholes(reader, &[doc_id])?.first().copied();
        let scored = self.ranking.scores(segment, reader, &[doc_id], None)?;
        let words_share = scored.first().map_or(0.0, |(_, share)| *share);
        let norms = reader.get_fieldnorms_reader(self.ranking.fields[0])?;
        let n_pairs = norms.fieldnorm(doc_id);
        let hit = (doc_id, doc_idx);
        let factors = self.factors(view, hit, n_pairs, words_share, share.as_ref());
        Ok(Reasons {
            whole_share: share,
            whole_factor: factors.whole,
            kind_factor: factors.kind,
            doc_factor: factors.doc,
            score,
            ..self.ranking.reasons(segment, reader, doc_id)?
        })
    }

    /// For each of `docs` the share of the wholes that stand; empty without any.
    fn shares_of_wholes(
        &self,
        reader: &SegmentReader,
        docs: &[DocId],
    ) -> tantivy::Result<Vec<f32>> {
        if self.wholes.is_empty() {
            return Ok(Vec::new());
        }
        let mut shares = vec![0.0; docs.len()];
        for whole in &self.wholes {
            let mut places = whole.scorer(reader, 1.0)?;
            for (doc, share) in docs.iter().zip(&mut shares) {
                if places.doc() < *doc && places.doc() != TERMINATED {
                    places.seek(*doc);
                }
                if places.doc() == *doc {
                    *share += 1.0 / self.wholes.len() as f32;
                }
            }
        }
        Ok(shares)
    }
}

fn n_chars(text: &str) -> usize {
    text.chars().count()
}
