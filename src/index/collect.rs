//! One pass over all matches: total, best hits and facet counts.
//!
//! Every match is counted, none is skipped, so totals are exact. For each match
//! the groups of the filter that it fails are a mask: no bit makes a hit, one bit
//! alone counts for that group's facet only (`facet_counts.rs` has the counters). So the counts of a facet ignore its
//! own choice without a second search.

use std::collections::{BTreeMap, BinaryHeap};

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, Searcher};

use super::by_document::{ByDocument, DocumentPage};
use super::catalog::Catalog;
use super::chapter_tree::ChapterTree;
use super::facet::{FacetName, FacetWish, Facets};
use super::facet_counts::FacetCounts;
use super::lookup::{Lookup, Sort};
use super::lower::{Library, lower};
use super::plan::Plan;
use super::reasons::Reasons;
use super::scoring::Scoring;
use super::twins::Twins;
use super::view::{SegmentView, Views};

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
/// `twins` passages of the same text are one hit, at the place of the best.
pub(super) fn collect(
    searcher: &Searcher,
    library: Library<'_>,
    lookup: &Lookup,
    twins: Option<&Twins>,
) -> tantivy::Result<Collected> {
    let Library {
        fields,
        catalog,
        views,
    } = library;
    let plan = Plan::new(lookup, catalog, views);
    let scoring = if lookup.is_scored() || lookup.enough.is_some() {
        Some(Scoring::new(searcher, fields, catalog, &lookup.evidence)?)
    } else {
        None
    };
    let weight =
        lower(library, &lookup.clause).weight(EnableScoring::disabled_from_searcher(searcher))?;
    let wish = FacetWish::new(lookup.max_facet_values, lookup.facet.as_ref());
    let mut pass = Pass::new(lookup, &plan, &wish, views, twins);
    let segments = searcher.segment_readers().iter().zip(&views.segments);
    let mut admitted = Vec::new();
    for (segment, (reader, view)) in segments.enumerate() {
        let alive = reader.alive_bitset();
        let mut admit = |doc_id: DocId| {
            let is_alive = alive.is_none_or(|alive| alive.is_alive(doc_id));
            if is_alive {
                pass.admit(view, doc_id)
            } else {
                None
            }
        };
        admitted.clear();
        let mut masses = None;
        match (&scoring, lookup.enough) {
            (Some(scoring), Some(least)) => {
                let (docs, worth) = scoring.enough(segment, reader, least)?;
                let mut kept = Vec::with_capacity(worth.len());
                for (doc_id, mass) in docs.into_iter().zip(worth) {
                    if let Some(doc_idx) = admit(doc_id) {
                        admitted.push((doc_id, doc_idx));
                        kept.push(mass);
                    }
                }
                masses = Some(kept);
            }
            _ => weight.for_each_no_score(reader, &mut |docs| {
                for doc_id in docs {
                    if let Some(doc_idx) = admit(*doc_id) {
                        admitted.push((*doc_id, doc_idx));
                    }
                }
            })?,
        }
        let scores = match &scoring {
            Some(scoring) if lookup.is_scored() => {
                scoring.scores(segment, reader, view, &admitted, masses.as_deref())?
            }
            _ => Vec::new(),
        };
        for (at, (doc_id, doc_idx)) in admitted.iter().enumerate() {
            let candidate = Candidate {
                score: scores.get(at).copied().unwrap_or(0.0),
                segment: segment as u32,
                doc_id: *doc_id,
            };
            pass.keep(view, *doc_idx, candidate);
        }
    }
    let only = plan
        .only_document()
        .filter(|_| wish.wants(FacetName::Chapter));
    let only = only.and_then(|only| catalog.documents().get(only));
    let tree = only
        .map(|doc| ChapterTree::open(searcher, fields, views, &doc.id))
        .transpose()?;
    let mut collected = pass.finish(catalog, views, lookup, tree.as_ref());
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
    wish: &'a FacetWish,
    counts: FacetCounts,
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
    fn new(
        lookup: &Lookup,
        plan: &'a Plan<'a>,
        wish: &'a FacetWish,
        views: &Views,
        twins: Option<&'a Twins>,
    ) -> Self {
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
            counts: FacetCounts::new(views, wish),
            wish,
        }
    }

    /// Counts a match; gives the position of its document when it is a hit.
    fn admit(&mut self, view: &SegmentView, doc_id: DocId) -> Option<u32> {
        let seen = self.plan.see(view, doc_id)?;
        self.n_matches += 1;
        // What fails two groups counts for no facet.
        if seen.failed & (seen.failed.wrapping_sub(1)) != 0 {
            return None;
        }
        self.counts.count(view, doc_id, seen);
        if seen.failed != 0 {
            return None;
        }
        self.total += 1;
        view.doc_idx(doc_id).map(|doc_idx| doc_idx as u32)
    }

    fn keep(&mut self, view: &SegmentView, doc_idx: u32, candidate: Candidate) {
        let first = match self.sort {
            // Bits of positive floats sort as the floats do, and leave the highest
            // bit for the tier.
            Sort::Relevance => (u32::MAX >> 1) - candidate.score.max(0.0).to_bits(),
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
            let passage_idx = view.passage_idx(candidate.doc_id) as u32;
            by_document.keep(first, doc_idx, passage_idx, candidate);
            return;
        }
        let twins = self.twins;
        let group = twins.and_then(|twins| twins.group(candidate.segment, candidate.doc_id));
        if self.n_wanted == 0 && group.is_none() {
            return;
        }
        if let Some(group) = group {
            let key = (first, doc_idx, view.passage_idx(candidate.doc_id) as u32);
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
        let key = (first, doc_idx, view.passage_idx(candidate.doc_id) as u32);
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

    fn finish(
        mut self,
        catalog: &Catalog,
        views: &Views,
        lookup: &Lookup,
        tree: Option<&ChapterTree>,
    ) -> Collected {
        let facets = self
            .counts
            .facets(self.plan, catalog, views, self.wish, tree);
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
        self.join_same();
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
