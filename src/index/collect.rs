//! One pass over all matches: total, best hits and facet counts.
//!
//! Every match is counted, none is skipped, so totals are exact. For each match
//! the groups of the filter that it fails are a mask: no bit makes a hit, one bit
//! alone counts for that group's facet only (`facet_counts.rs` has the counters). So the
//! counts of a facet ignore its own choice without a second search.

use std::collections::{BTreeMap, BinaryHeap};
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use tantivy::{DocAddress, DocId};

use super::by_document::{ByDocument, DocumentPage};
use super::chapter_tree::ChapterTree;
use super::condition::{Library, Segment};
use super::facet::{FacetName, FacetWish, Facets};
use super::facet_counts::FacetCounts;
use super::guard::quietly;
use super::lookup::{Lookup, Sort};
use super::matching::{Matches, all_of, enough_of};
use super::plan::{NO_PASSAGE, Plan};
use super::reasons::Reasons;
use super::rows::N_FETCHED;
use super::scoring::{Scores, Scoring};
use super::twins::Twins;
use super::view::SegmentView;

/// For so many hits facets are counted on another core while they are scored; with less,
/// both are done before another thread has begun.
const MIN_APART: usize = 4096;

/// So many passages are scored at a time: what is worked out for them stays at hand.
const N_SCORED: usize = 1024;

/// Orders hits; smaller is better: what the sort asks for, then document, then
/// place in it.
type Key = (u32, u32, u32);

/// A hit before its record is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) score: f32,
    pub(super) segment: u32,
    pub(super) doc_id: DocId,
}

impl Candidate {
    /// Where its record lies.
    pub(super) fn address(self) -> DocAddress {
        DocAddress::new(self.segment, self.doc_id)
    }
}

/// What a pass found.
pub(super) struct Collected {
    pub(super) total: usize,
    /// How many match without the filter.
    pub(super) n_matches: usize,
    pub(super) n_hits: usize,
    /// Position in the catalog and number of matches, where documents are listed.
    pub(super) documents: Vec<(u32, usize)>,
    /// Each hit with the other passages of its text, in order.
    pub(super) hits: Vec<(Candidate, Vec<Candidate>)>,
    /// The parts of their scores, when asked for.
    pub(super) reasons: Vec<Reasons>,
    pub(super) facets: Facets,
}

/// Runs the pass. What the filter shuts out is counted but never scored; with
/// `twins` passages of the same text are one hit, at the place of the best. Where
/// fewer match than are asked for, they are counted alone.
pub(super) fn collect(
    library: Library<'_>,
    lookup: &Lookup,
    twins: Option<&Twins>,
) -> tantivy::Result<Collected> {
    let Library {
        searcher,
        fields,
        catalog,
        views,
    } = library;
    let plan = Plan::new(lookup, catalog, views);
    let wish = FacetWish::new(lookup.max_facet_values, lookup.facet.as_ref());
    let mut pass = Pass::new(lookup, &plan, twins);
    let mut counts = FacetCounts::new(catalog, views, &wish);
    let new_scoring = || {
        let first = match &lookup.evidence.first {
            Some(clause) => all_of(library, clause)?,
            None => Vec::new(),
        };
        let first = first.into_iter().map(|matches| matches.docs).collect();
        Scoring::new(library, &lookup.evidence, first, lookup.is_explained)
    };
    let mut scoring = None;
    let mut matches = match &lookup.enough {
        Some(enough) => {
            let scoring = scoring.insert(new_scoring()?);
            enough_of(library, scoring, enough, &lookup.also)?
        }
        None => all_of(library, &lookup.required())?,
    };
    for (matches, view) in matches.iter_mut().zip(&views.segments) {
        pass.admit(view, matches, &mut counts);
    }
    if pass.n_matches < lookup.unless_fewer {
        return Ok(Collected::fewer(pass.total, pass.n_matches));
    }
    if lookup.is_scored() && scoring.is_none() && pass.wants_scores() {
        scoring = Some(new_scoring()?);
    }
    let telling = scoring
        .as_ref()
        .filter(|scoring| lookup.is_scored() && !scoring.is_empty());
    let only = plan
        .only_document()
        .filter(|_| wish.wants(FacetName::Chapter));
    let only = only.and_then(|only| catalog.documents().get(only));
    let tree = only
        .map(|doc| ChapterTree::open(searcher, fields, views, &doc.id))
        .transpose()?;
    let is_apart = counts.is_counting() && pass.total >= MIN_APART;
    let matches = &matches;
    let mut keep_best = || -> tantivy::Result<()> {
        for (segment, matches) in library.segments().zip(matches) {
            let telling = telling.filter(|_| !matches.docs.is_empty());
            pass.keep_best_of(segment, matches, telling)?;
        }
        Ok(())
    };
    let mut facets = || {
        if plan.is_open() {
            for (matches, view) in matches.iter().zip(&views.segments) {
                counts.count_all(view.rows(), &matches.docs);
            }
        }
        counts.facets(&plan, catalog, views, &wish, tree.as_ref())
    };
    let counted = if is_apart {
        // Many hits keep two cores busy: one counts while the other scores.
        thread::scope(|scope| {
            let counting = thread::Builder::new().spawn_scoped(scope, || quietly(&mut facets));
            keep_best()?;
            let counted = counting.ok().map(ScopedJoinHandle::join);
            tantivy::Result::Ok(counted.map(|counted| counted.unwrap_or_else(|e| resume_unwind(e))))
        })?
    } else {
        keep_best()?;
        None
    };
    let facets = counted.unwrap_or_else(facets);
    let mut collected = pass.finish(lookup, facets);
    if let Some(scoring) = scoring.as_ref().filter(|_| lookup.is_explained) {
        for (hit, _) in &collected.hits {
            let at = hit.segment as usize;
            let (reader, view) = (searcher.segment_reader(hit.segment), &views.segments[at]);
            let reasons = scoring.reasons(at, reader, view, hit.doc_id, hit.score)?;
            collected.reasons.push(reasons);
        }
    }
    Ok(collected)
}

impl Collected {
    /// Counts alone.
    fn fewer(total: usize, n_matches: usize) -> Self {
        Self {
            total,
            n_matches,
            n_hits: total,
            documents: Vec::new(),
            hits: Vec::new(),
            reasons: Vec::new(),
            facets: Facets::default(),
        }
    }
}

/// Smaller for a better score. Bits of positive floats sort as the floats do, and leave
/// the highest bit for the tier.
fn by_score(score: f32) -> u32 {
    (u32::MAX >> 1) - score.max(0.0).to_bits()
}

/// The score that [`by_score`] sorts so, in the first tier; nothing is too little for a
/// place in the second.
fn score_of(first: u32) -> f32 {
    f32::from_bits((u32::MAX >> 1).saturating_sub(first))
}

/// What some matches fail by their documents alone, which are read without the rest.
fn failed_by_document(view: &SegmentView, docs: &[DocId], by_document: &[u16]) -> [u16; N_FETCHED] {
    let mut failed = [NO_PASSAGE; N_FETCHED];
    for (failed, doc_id) in failed.iter_mut().zip(docs) {
        if let Some(doc_idx) = view.doc_idx(*doc_id) {
            *failed = by_document.get(doc_idx).copied().unwrap_or(0);
        }
    }
    failed
}

struct Pass<'a> {
    plan: &'a Plan<'a>,
    sort: Sort,
    n_wanted: usize,
    total: usize,
    n_matches: usize,
    best: BinaryHeap<(Key, OrderedCandidate)>,
    /// In place of the best hits, those of each document.
    by_document: Option<ByDocument>,
    twins: Option<&'a Twins>,
    /// Hits that have twins in the library, by what they have in common.
    same: BTreeMap<u64, Vec<(Key, Candidate)>>,
}

/// A candidate that never decides an order.
struct OrderedCandidate(Candidate);

impl PartialEq for OrderedCandidate {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for OrderedCandidate {}
impl PartialOrd for OrderedCandidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for OrderedCandidate {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

impl<'a> Pass<'a> {
    fn new(lookup: &Lookup, plan: &'a Plan<'a>, twins: Option<&'a Twins>) -> Self {
        Self {
            plan,
            sort: lookup.sort,
            n_wanted: lookup.offset.saturating_add(lookup.limit),
            total: 0,
            n_matches: 0,
            best: BinaryHeap::new(),
            by_document: lookup.each_document.map(ByDocument::new),
            twins,
            same: BTreeMap::new(),
        }
    }

    /// Counts matches, and leaves the hits among them.
    fn admit(&mut self, view: &SegmentView, matches: &mut Matches, counts: &mut FacetCounts) {
        if self.plan.is_open() {
            self.n_matches += matches.docs.len();
        } else {
            self.pass_filter(view, matches, counts);
        }
        self.total += matches.docs.len();
    }

    /// Counts matches by what they fail, and leaves those that fail nothing.
    fn pass_filter(&mut self, view: &SegmentView, matches: &mut Matches, counts: &mut FacetCounts) {
        let rows = view.rows();
        let by_document = self.plan.failed_by_document_alone();
        let by_document = by_document.filter(|_| !counts.is_counting());
        let Matches { docs, masses } = matches;
        let (mut from, mut n_hits) = (0, 0);
        while from < docs.len() {
            let together = &docs[from..docs.len().min(from + N_FETCHED)];
            let until = from + together.len();
            let failed = if let Some(by_document) = by_document {
                failed_by_document(view, together, by_document)
            } else {
                let fetched = rows.fetch(together);
                let fetched = &fetched[..together.len()];
                let failed = self.plan.failed(view, together, fetched);
                if counts.is_counting() {
                    counts.count(rows, together, fetched, &failed);
                }
                failed
            };
            for (at, failed) in (from..until).zip(failed) {
                self.n_matches += usize::from(failed != NO_PASSAGE);
                if failed == 0 {
                    docs[n_hits] = docs[at];
                    if let Some(masses) = masses {
                        masses[n_hits] = masses[at];
                    }
                    n_hits += 1;
                }
            }
            from = until;
        }
        docs.truncate(n_hits);
        if let Some(masses) = masses {
            masses.truncate(n_hits);
        }
    }

    /// Whether any hit is kept, so that their order tells something.
    fn wants_scores(&self) -> bool {
        self.n_wanted > 0 || self.by_document.is_some() || self.twins.is_some()
    }

    /// Keeps the best of the hits of a segment, scored where that tells anything.
    fn keep_best_of(
        &mut self,
        segment: Segment<'_>,
        matches: &Matches,
        scoring: Option<&Scoring>,
    ) -> tantivy::Result<()> {
        let Segment { nth, reader, view } = segment;
        let docs = &matches.docs;
        let Some(scoring) = scoring else {
            self.keep_best(view, nth as u32, docs, None);
            return Ok(());
        };
        let own = match &matches.masses {
            Some(_) => None,
            None => scoring.masses(nth, reader, docs)?,
        };
        let masses = matches.masses.as_deref().or(own.as_deref());
        let scores = scoring.scores(nth, reader, view, masses)?;
        self.keep_best(view, nth as u32, docs, Some(scores));
        Ok(())
    }

    /// Keeps the best of the hits of a segment; what cannot be among them is not looked
    /// at closely.
    fn keep_best(
        &mut self,
        view: &SegmentView,
        segment: u32,
        docs: &[DocId],
        mut scores: Option<Scores<'_>>,
    ) {
        let twins = self.twins.map(|twins| twins.of_segment(segment));
        let has_twin =
            |doc_id: DocId| twins.is_some_and(|twins| twins.get(doc_id as usize) == Some(&true));
        let is_pruned = self.sort == Sort::Relevance && self.by_document.is_none();
        let mut least = self.least_score().filter(|_| is_pruned);
        for (nth_part, docs) in docs.chunks(N_SCORED).enumerate() {
            if let Some(scores) = &mut scores {
                scores.come_to(nth_part * N_SCORED, docs);
            }
            for (nth, doc_id) in docs.iter().enumerate() {
                if let (Some(scores), Some(least)) = (&scores, least)
                    && scores.bound(nth, *doc_id) < least
                    && !has_twin(*doc_id)
                {
                    continue;
                }
                let group = self
                    .twins
                    .filter(|_| has_twin(*doc_id))
                    .and_then(|twins| twins.group(segment, *doc_id));
                let score = scores
                    .as_mut()
                    .map_or(0.0, |scores| scores.score(nth, *doc_id));
                let candidate = Candidate {
                    score,
                    segment,
                    doc_id: *doc_id,
                };
                self.keep(view, candidate, group);
                least = self.least_score().filter(|_| is_pruned);
            }
        }
    }

    /// What has less comes after all that are kept; none while there is room.
    fn least_score(&self) -> Option<f32> {
        let worst = self.best.peek().map(|((first, ..), _)| *first);
        (self.best.len() >= self.n_wanted).then(|| worst.map_or(f32::INFINITY, score_of))
    }

    fn keep(&mut self, view: &SegmentView, candidate: Candidate, group: Option<u64>) {
        let Some(doc_idx) = view.doc_idx(candidate.doc_id) else {
            return;
        };
        let doc_idx = doc_idx as u32;
        let first = match self.sort {
            Sort::Relevance => by_score(candidate.score),
            Sort::Document => 0,
            Sort::Date => self.plan.rank_of_doc(doc_idx),
        };
        let first = match self.sort {
            Sort::Relevance | Sort::Document => {
                first | self.plan.tier(view, candidate.doc_id) << 31
            }
            Sort::Date => first,
        };
        if let Some(by_document) = &mut self.by_document {
            let passage_idx = view.passage_idx(candidate.doc_id);
            by_document.keep(first, doc_idx, passage_idx, candidate);
            return;
        }
        if self.n_wanted == 0 && group.is_none() {
            return;
        }
        if let Some(group) = group {
            let key = (first, doc_idx, view.passage_idx(candidate.doc_id));
            self.same.entry(group).or_default().push((key, candidate));
            return;
        }
        let is_full = self.best.len() >= self.n_wanted;
        if is_full
            && let Some(((worst_first, worst_doc, _), _)) = self.best.peek()
            && (first, doc_idx) > (*worst_first, *worst_doc)
        {
            return;
        }
        let key = (first, doc_idx, view.passage_idx(candidate.doc_id));
        self.best.push((key, OrderedCandidate(candidate)));
        if is_full {
            self.best.pop();
        }
    }

    /// Puts the best passage of each text among the hits.
    fn join_same(&mut self) {
        for passages in self.same.values_mut() {
            passages.sort_unstable_by_key(|(key, _)| *key);
            if let Some((key, candidate)) = passages.first() {
                self.best.push((*key, OrderedCandidate(*candidate)));
            }
            if self.best.len() > self.n_wanted {
                self.best.pop();
            }
        }
    }

    fn finish(mut self, lookup: &Lookup, facets: Facets) -> Collected {
        self.join_same();
        if let Some(by_document) = self.by_document {
            let page: DocumentPage = by_document.page(lookup.offset, lookup.limit);
            return Collected {
                total: self.total,
                n_matches: self.n_matches,
                n_hits: page.n_documents,
                documents: page.documents,
                hits: page.hits.into_iter().map(|hit| (hit, Vec::new())).collect(),
                reasons: Vec::new(),
                facets,
            };
        }
        let n_joined: usize = self.same.values().map(|same| same.len() - 1).sum();
        let best = self.best.into_sorted_vec().into_iter();
        let hits = best
            .skip(lookup.offset)
            .map(|(_, OrderedCandidate(hit))| {
                let group = self
                    .twins
                    .and_then(|twins| twins.group(hit.segment, hit.doc_id));
                let same = group.and_then(|group| self.same.remove(&group));
                let others = same.into_iter().flatten().skip(1);
                (hit, others.map(|(_, other)| other).collect())
            })
            .collect();
        Collected {
            total: self.total,
            n_matches: self.n_matches,
            n_hits: self.total - n_joined,
            documents: Vec::new(),
            hits,
            reasons: Vec::new(),
            facets,
        }
    }
}
