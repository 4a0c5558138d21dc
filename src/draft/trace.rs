//! Where each sentence of a draft comes from.

use std::ops::Range;
use std::sync::Arc;

use plansearch_engine::{
    Engine, EngineError, Filter, OverlapLimits, OverlapText, PassageRecord, in_parts,
};
use plansearch_search::cite;
use plansearch_text::fold;

use super::boilerplate;
use super::changes::{self, Run, Side};
use super::cited;
use super::draft_text::DraftText;
use super::extent;
use super::figures::{self, FoundFigure};
use super::letters::Letters;
use super::matching::{MAX_SOURCES, Match, Matching, Part, min_bits, n_letters};
use super::prepared::{Prepared, PreparedPassages};
use super::restated;
use super::sentences;
use super::shares::{self, Shares};
use super::traced::{FoundSource, SentenceState, TracedSentence, Verdict};
use super::weights::weigh;

/// How many sentences are looked up together.
const BATCH: usize = 64;
/// A thread is worth it for so many sentences.
const MIN_SENTENCES: usize = 8;
/// How many passages a sentence is compared with.
const LIMITS: OverlapLimits = OverlapLimits {
    of_part: 10,
    of_text: 24,
    of_document: 3,
};
/// A sentence is copied when so much of it stands in a source letter by letter.
const COPIED: f64 = 0.5;

/// A draft with the sources of its sentences.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Name of the draft.
    pub draft: String,
    /// The whole text that was read; all places are characters of it.
    pub text: String,
    /// Its sentences in order.
    pub sentences: Vec<TracedSentence>,
    /// How much of the draft has sources.
    pub shares: Shares,
    /// What there is to say about the answer.
    pub notices: Vec<String>,
}

impl Trace {
    /// How many sentences are in a state.
    pub fn count(&self, state: SentenceState) -> usize {
        let sentences = self.sentences.iter();
        sentences.filter(|one| one.state() == state).count()
    }
}

/// Traces a draft to its sources in a library, as far as `filter` admits them.
///
/// # Errors
/// [`EngineError`] when the files of the index cannot be read.
pub fn trace(
    snapshot: &dyn Engine,
    draft: &DraftText,
    filter: &Filter,
) -> Result<Trace, EngineError> {
    let chars: Vec<char> = draft.text.chars().collect();
    let spans = sentences::split(&chars);
    let figures = figures::find(&draft.text);
    let parts = in_parts(&spans, MIN_SENTENCES, |part| {
        let mut tracing = Tracing {
            snapshot,
            chars: &chars,
            figures: &figures,
            prepared: PreparedPassages::new(),
            min_bits: min_bits(snapshot.n_passages()),
        };
        tracing.sentences(part, filter)
    });
    let mut traced = Vec::with_capacity(spans.len());
    let mut marks = shares::Marks::new(&chars);
    for part in parts {
        for (sentence, is_set) in part? {
            marks.add(&sentence, &is_set, &chars);
            traced.push(sentence);
        }
    }
    let mut notices = draft.notices.clone();
    let shares = marks.shares(snapshot);
    if let Some(notice) = shares::same_document(&shares) {
        notices.push(notice);
    }
    Ok(Trace {
        draft: draft.name.clone(),
        text: draft.text.clone(),
        sentences: traced,
        shares,
        notices,
    })
}

/// The letters of the sentence at `span`.
fn sentence_letters(chars: &[char], span: &Range<usize>) -> Letters {
    Letters::of_chars(chars.get(span.clone()).unwrap_or_default(), span.start)
}

/// The clauses of a sentence as the index folds them.
fn overlap_text(letters: &Letters, chars: &[char]) -> OverlapText {
    let mut parts: Vec<Vec<char>> = Vec::new();
    let mut n_last = usize::MAX;
    for clause in letters.clause_ranges() {
        let text: String = chars
            .get(letters.place(&clause))
            .unwrap_or_default()
            .iter()
            .collect();
        let folded: Vec<char> = fold(&text).chars().collect();
        // A short clause is looked up with the one before it.
        if n_last < 8
            && clause.len() < 8
            && let Some(last) = parts.last_mut()
        {
            last.extend(folded);
            n_last += clause.len();
        } else {
            parts.push(folded);
            n_last = clause.len();
        }
    }
    OverlapText { parts }
}

struct Tracing<'a> {
    snapshot: &'a dyn Engine,
    chars: &'a [char],
    figures: &'a [FoundFigure],
    prepared: PreparedPassages,
    min_bits: f32,
}

/// A sentence, and which of its letters belong to set phrases.
type WithSetPhrases = (TracedSentence, Vec<bool>);

impl Tracing<'_> {
    /// The sentences at some places of the draft.
    fn sentences(
        &mut self,
        spans: &[Range<usize>],
        filter: &Filter,
    ) -> Result<Vec<WithSetPhrases>, EngineError> {
        let mut traced = Vec::with_capacity(spans.len());
        for batch in spans.chunks(BATCH) {
            let letters: Vec<Letters> = batch
                .iter()
                .map(|span| sentence_letters(self.chars, span))
                .collect();
            let texts: Vec<OverlapText> = letters
                .iter()
                .map(|letters| overlap_text(letters, self.chars))
                .collect();
            let candidates = self.snapshot.overlapping(&texts, filter, LIMITS)?;
            for ((span, letters), candidates) in batch.iter().zip(&letters).zip(candidates) {
                traced.push(self.sentence(span, letters, &candidates)?);
            }
        }
        Ok(traced)
    }

    fn sentence(
        &mut self,
        span: &Range<usize>,
        letters: &Letters,
        candidates: &[Arc<PassageRecord>],
    ) -> Result<WithSetPhrases, EngineError> {
        let prepared: Vec<(Arc<Prepared>, Arc<Letters>)> = candidates
            .iter()
            .map(|record| {
                let prepared = self.prepared.get(record);
                let compared = prepared.letters_for(&letters.chars);
                (prepared, compared)
            })
            .collect();
        let passages = prepared
            .iter()
            .map(|(passage, letters)| (passage.record.doc.as_str(), &**letters));
        let is_set = boilerplate::find(letters, passages);
        let pairs = letters
            .chars
            .windows(2)
            .filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        let counts = self.snapshot.pair_counts(&pairs.collect::<Vec<_>>())?;
        let snapshot = self.snapshot;
        let order = |passage: &Prepared| {
            let doc = snapshot.catalog().get(&passage.record.doc);
            let date = doc.and_then(|doc| doc.date.clone().or_else(|| doc.publish_date.clone()));
            (date.is_none(), date.unwrap_or_default(), passage.record.idx)
        };
        let matching = Matching {
            sentence: letters,
            weights: weigh(letters, &counts),
            rarities: restated::rarities(letters, &counts, self.snapshot.n_passages()),
            candidates: prepared,
            min_bits: self.min_bits,
            is_boilerplate: boilerplate::is_boilerplate(&is_set),
            order: &order,
        };
        let parts = matching.parts();
        let longest = parts.iter().filter_map(longest_run).max().unwrap_or(0);
        let sources = self.sources(&parts, letters);
        let has_changed_figure = sources
            .iter()
            .take(parts.len())
            .any(FoundSource::has_changed_figure);
        let verdict = if sources.is_empty() {
            Verdict::None
        } else if longest as f64 > COPIED * letters.len() as f64 && !has_changed_figure {
            Verdict::Copied
        } else {
            Verdict::Reworded
        };
        let is_cited = verdict != Verdict::None && cited::is_cited(self.chars, span);
        let sentence = TracedSentence {
            span: span.clone(),
            text: self
                .chars
                .get(span.clone())
                .unwrap_or_default()
                .iter()
                .collect(),
            verdict,
            is_boilerplate: verdict != Verdict::None && boilerplate::is_boilerplate(&is_set),
            is_cited,
            sources,
        };
        Ok((sentence, is_set))
    }

    /// The sources of all parts: the first of each part, then the others, best first.
    fn sources(&self, parts: &[Part], letters: &Letters) -> Vec<FoundSource> {
        let heads = parts.iter().filter_map(|part| part.first());
        let mut rest: Vec<&Match> = parts.iter().flat_map(|part| part.iter().skip(1)).collect();
        rest.sort_by(|a, b| b.alignment.bits.total_cmp(&a.alignment.bits));
        let all = heads.chain(rest).take(MAX_SOURCES);
        all.map(|found| self.source(found, letters)).collect()
    }

    fn source(&self, found: &Match, letters: &Letters) -> FoundSource {
        let record = Arc::clone(&found.passage.record);
        let catalog = self.snapshot.catalog();
        let doc = catalog.shared(&record.doc).cloned().unwrap_or_default();
        let (in_draft, in_source) = (extent::in_draft(found, letters), extent::in_source(found));
        let n_equal = n_letters(&found.alignment.blocks);
        let n_both = in_draft.len() + in_source.len().min(2 * in_draft.len());
        let source_chars: Vec<char> = record.text.chars().collect();
        let draft_span = letters.place(&in_draft);
        let source_span = found.letters.place(&in_source);
        let runs = runs(found, letters);
        let listed = changes::list(
            &Side {
                chars: self.chars,
                figures: self.figures,
                part: draft_span.clone(),
            },
            &Side {
                chars: &source_chars,
                figures: found.passage.figures(),
                part: source_span.clone(),
            },
            &runs,
        );
        FoundSource {
            citation: cite(&doc, &record),
            score: (2.0 * n_equal as f64 / n_both.max(1) as f64).min(1.0),
            passage: record,
            doc,
            draft_span,
            source_span,
            changes: listed,
        }
    }
}

/// The runs of an alignment as places in both texts.
fn runs(found: &Match, letters: &Letters) -> Vec<Run> {
    let blocks = found.alignment.blocks.iter();
    blocks
        .map(|block| Run {
            draft: letters.place(&block.draft_range()),
            source: found.letters.place(&block.source_range()),
        })
        .collect()
}

/// The longest run of equal letters in any source of a part.
fn longest_run(part: &Part) -> Option<usize> {
    let blocks = part.iter().flat_map(|found| &found.alignment.blocks);
    blocks.map(|block| block.len).max()
}
