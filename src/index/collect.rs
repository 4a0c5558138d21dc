//! One pass over all matches: total, best hits and facet counts.
//!
//! Every match is counted, none is skipped, so totals are exact. For each match
//! the groups of the filter that it fails are a mask: no bit makes a hit, one bit
//! alone counts for that group's facet only. So the counts of a facet ignore its
//! own choice without a second search.

use std::collections::{BinaryHeap, HashMap};

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader};

use super::catalog::Catalog;
use super::facet::{FacetValue, Facets, most_first};
use super::filter::{Filter, NameFilter, group};
use super::reader::{Lookup, Sort};
use crate::document::PassageKind;

/// The columns of one segment.
pub(super) struct SegmentView {
    /// Position in the catalog for each ordinal of the `doc` column.
    doc_of_ord: Vec<u32>,
    doc_ords: Column<u64>,
    passage_idx: Column<u64>,
    kinds: Column<u64>,
    themes: Option<StrColumn>,
    headings: Option<StrColumn>,
}

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

/// What a pass found.
pub(super) struct Collected {
    pub(super) total: usize,
    pub(super) hits: Vec<Candidate>,
    pub(super) facets: Facets,
}

impl SegmentView {
    /// Opens the columns of a segment.
    pub(super) fn open(reader: &SegmentReader, catalog: &Catalog) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let docs = columns.str("doc")?;
        let mut doc_of_ord = Vec::new();
        if let Some(docs) = &docs {
            let mut stream = docs.dictionary().stream()?;
            while stream.advance() {
                let id = std::str::from_utf8(stream.key()).unwrap_or_default();
                doc_of_ord.push(catalog.idx(id).map_or(u32::MAX, |idx| idx as u32));
            }
        }
        let n_rows = reader.max_doc();
        Ok(Self {
            doc_of_ord,
            doc_ords: docs.map_or_else(
                || Column::build_empty_column(n_rows),
                |docs| docs.ords().clone(),
            ),
            passage_idx: columns
                .column_opt("passage_idx")?
                .unwrap_or_else(|| Column::build_empty_column(n_rows)),
            kinds: columns
                .column_opt("kind")?
                .unwrap_or_else(|| Column::build_empty_column(n_rows)),
            themes: columns.str("theme")?,
            headings: columns.str("heading")?,
        })
    }

    /// Number in its document of a passage.
    pub(super) fn passage_idx(&self, doc_id: DocId) -> u64 {
        self.passage_idx.first(doc_id).unwrap_or(0)
    }
}

/// The filter of a lookup, resolved against the catalog.
struct Plan<'a> {
    filter: &'a Filter,
    failed_by_doc: Vec<u8>,
    admitted_kinds: Option<Vec<bool>>,
    /// What the sort puts first, by document; unused for relevance.
    rank_of_doc: Vec<u32>,
}

impl<'a> Plan<'a> {
    fn new(lookup: &'a Lookup, catalog: &Catalog) -> Self {
        let rank_of_doc = catalog
            .documents()
            .iter()
            .map(|doc| match lookup.sort {
                Sort::Date => newest_first(doc.date.as_deref()),
                Sort::Relevance | Sort::Document => 0,
            })
            .collect();
        let kinds = &lookup.filter.kinds;
        Self {
            filter: &lookup.filter,
            failed_by_doc: lookup.filter.failed_by_documents(catalog),
            admitted_kinds: (!kinds.is_empty()).then(|| {
                PassageKind::ALL
                    .iter()
                    .map(|kind| kinds.contains(kind))
                    .collect()
            }),
            rank_of_doc,
        }
    }
}

fn newest_first(date: Option<&str>) -> u32 {
    let digits: String = date
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    u32::MAX - digits.parse::<u32>().unwrap_or(0)
}

/// Counters over documents, one list per group that may be failed alone.
struct DocCounts {
    passed: Vec<u32>,
    failed_only: [(u8, Vec<u32>); 4],
}

impl DocCounts {
    fn new(n_docs: usize, filter: &Filter) -> Self {
        let list = |is_used: bool| if is_used { vec![0; n_docs] } else { Vec::new() };
        Self {
            passed: vec![0; n_docs],
            failed_only: [
                (group::DOC, list(!filter.docs.is_empty())),
                (group::ISSUER, list(!filter.issuers.is_empty())),
                (group::TYPE, list(!filter.types.is_empty())),
                (group::YEAR, list(!filter.years.is_empty())),
            ],
        }
    }

    fn count(&mut self, mask: u8, doc_idx: usize) {
        if mask == 0 {
            self.passed[doc_idx] += 1;
        } else if let Some((_, counts)) = self.failed_only.iter_mut().find(|(bit, _)| *bit == mask)
            && let Some(count) = counts.get_mut(doc_idx)
        {
            *count += 1;
        }
    }

    /// Hits by document when the choice of `bit` is ignored.
    fn ignoring(&self, bit: u8) -> impl Iterator<Item = (usize, usize)> + '_ {
        let (_, alone) = self
            .failed_only
            .iter()
            .find(|(known, _)| *known == bit)
            .unwrap_or(&self.failed_only[0]);
        self.passed
            .iter()
            .enumerate()
            .map(|(idx, passed)| (idx, (passed + alone.get(idx).unwrap_or(&0)) as usize))
            .filter(|(_, count)| *count > 0)
    }
}

/// Counters over the labels of one column, summed over the segments.
#[derive(Default)]
struct LabelCounts {
    by_label: HashMap<String, usize>,
}

impl LabelCounts {
    fn add_segment(&mut self, column: Option<&StrColumn>, counts: &[u32]) -> tantivy::Result<()> {
        let Some(column) = column else { return Ok(()) };
        let ords = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut label = String::new();
        for (ord, count) in ords {
            if column.ord_to_str(ord as u64, &mut label)? {
                *self.by_label.entry(label.clone()).or_default() += *count as usize;
            }
        }
        Ok(())
    }

    fn values(self, max_values: usize) -> Vec<FacetValue> {
        let values = self
            .by_label
            .into_iter()
            .map(|(label, count)| FacetValue {
                value: label.clone(),
                label,
                count,
            })
            .collect();
        most_first(values, max_values)
    }
}

/// Runs the pass.
pub(super) fn collect(
    searcher: &Searcher,
    views: &[SegmentView],
    catalog: &Catalog,
    query: &dyn tantivy::query::Query,
    lookup: &Lookup,
) -> tantivy::Result<Collected> {
    let plan = Plan::new(lookup, catalog);
    let is_scored = lookup.is_scored();
    let scoring = if is_scored {
        tantivy::query::EnableScoring::enabled_from_searcher(searcher)
    } else {
        tantivy::query::EnableScoring::disabled_from_searcher(searcher)
    };
    let weight = query.weight(scoring)?;
    let mut pass = Pass::new(lookup, &plan, catalog);
    for (segment, (reader, view)) in searcher.segment_readers().iter().zip(views).enumerate() {
        let mut labels = SegmentLabels::open(view, &plan, lookup.max_facet_values > 0)?;
        let alive = reader.alive_bitset();
        let mut each = |doc_id: DocId, score: f32| {
            if alive.is_none_or(|alive| alive.is_alive(doc_id)) {
                pass.take(view, &mut labels, segment as u32, doc_id, score);
            }
        };
        if is_scored {
            weight.for_each(reader, &mut each)?;
        } else {
            weight.for_each_no_score(reader, &mut |docs| {
                for doc_id in docs {
                    each(*doc_id, 0.0);
                }
            })?;
        }
        pass.themes
            .add_segment(view.themes.as_ref(), &labels.theme_counts)?;
        pass.chapters
            .add_segment(view.headings.as_ref(), &labels.heading_counts)?;
    }
    Ok(pass.finish(catalog, lookup))
}

/// Which labels of a segment are chosen, and how often each one was met.
struct SegmentLabels {
    admitted_themes: Option<Vec<bool>>,
    admitted_headings: Option<Vec<bool>>,
    theme_counts: Vec<u32>,
    heading_counts: Vec<u32>,
}

impl SegmentLabels {
    fn open(view: &SegmentView, plan: &Plan<'_>, with_counts: bool) -> tantivy::Result<Self> {
        let counts = |column: Option<&StrColumn>| {
            let n_terms = column
                .filter(|_| with_counts)
                .map_or(0, |column| column.num_terms());
            vec![0; n_terms]
        };
        Ok(Self {
            admitted_themes: admitted(view.themes.as_ref(), &plan.filter.themes)?,
            admitted_headings: admitted(view.headings.as_ref(), &plan.filter.chapters)?,
            theme_counts: counts(view.themes.as_ref()),
            heading_counts: counts(view.headings.as_ref()),
        })
    }
}

/// For each label of the column whether `names` admit it; `None` without names.
fn admitted(column: Option<&StrColumn>, names: &[String]) -> tantivy::Result<Option<Vec<bool>>> {
    if names.is_empty() {
        return Ok(None);
    }
    let Some(column) = column else {
        return Ok(Some(Vec::new()));
    };
    let exists = |name: &str| {
        let found = column.dictionary().term_ord(name.as_bytes());
        found.is_ok_and(|ord| ord.is_some())
    };
    let filter = NameFilter::new(names, exists);
    let mut admitted = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        let label = std::str::from_utf8(stream.key()).unwrap_or_default();
        admitted.push(filter.admits([label]));
    }
    Ok(Some(admitted))
}

fn meets(column: Option<&StrColumn>, doc_id: DocId, admitted: &[bool]) -> bool {
    column.is_some_and(|column| {
        column
            .ords()
            .values_for_doc(doc_id)
            .any(|ord| admitted.get(ord as usize).copied().unwrap_or(false))
    })
}

struct Pass<'a> {
    plan: &'a Plan<'a>,
    sort: Sort,
    n_wanted: usize,
    total: usize,
    best: BinaryHeap<(Key, OrderedCandidate)>,
    docs: DocCounts,
    themes: LabelCounts,
    chapters: LabelCounts,
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
    fn new(lookup: &Lookup, plan: &'a Plan<'a>, catalog: &Catalog) -> Self {
        Self {
            plan,
            sort: lookup.sort,
            n_wanted: lookup.offset.saturating_add(lookup.limit),
            total: 0,
            best: BinaryHeap::new(),
            docs: DocCounts::new(catalog.documents().len(), plan.filter),
            themes: LabelCounts::default(),
            chapters: LabelCounts::default(),
        }
    }

    fn take(
        &mut self,
        view: &SegmentView,
        labels: &mut SegmentLabels,
        segment: u32,
        doc_id: DocId,
        score: f32,
    ) {
        // Entries of documents have no `doc`: they are no passages.
        let Some(ord) = view.doc_ords.first(doc_id) else {
            return;
        };
        let doc_idx = view
            .doc_of_ord
            .get(ord as usize)
            .copied()
            .unwrap_or(u32::MAX);
        let Some(mut mask) = self.plan.failed_by_doc.get(doc_idx as usize).copied() else {
            return;
        };
        if let Some(admitted) = &labels.admitted_themes
            && !meets(view.themes.as_ref(), doc_id, admitted)
        {
            mask |= group::THEME;
        }
        if let Some(admitted) = &labels.admitted_headings
            && !meets(view.headings.as_ref(), doc_id, admitted)
        {
            mask |= group::CHAPTER;
        }
        if let Some(admitted) = &self.plan.admitted_kinds {
            let kind = view.kinds.first(doc_id).unwrap_or(0) as usize;
            if !admitted.get(kind).copied().unwrap_or(false) {
                mask |= group::KIND;
            }
        }
        if mask & (mask.wrapping_sub(1)) != 0 {
            return;
        }
        self.docs.count(mask, doc_idx as usize);
        if mask == 0 || mask == group::THEME {
            count_labels(view.themes.as_ref(), doc_id, &mut labels.theme_counts);
        }
        if mask == 0 || mask == group::CHAPTER {
            count_labels(view.headings.as_ref(), doc_id, &mut labels.heading_counts);
        }
        if mask == 0 {
            self.total += 1;
            self.keep(
                view,
                doc_idx,
                Candidate {
                    score,
                    segment,
                    doc_id,
                },
            );
        }
    }

    fn keep(&mut self, view: &SegmentView, doc_idx: u32, candidate: Candidate) {
        if self.n_wanted == 0 {
            return;
        }
        let first = match self.sort {
            // Bits of positive floats sort as the floats do.
            Sort::Relevance => u32::MAX - candidate.score.max(0.0).to_bits(),
            Sort::Document | Sort::Date => self.plan.rank_of_doc[doc_idx as usize],
        };
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

    fn finish(self, catalog: &Catalog, lookup: &Lookup) -> Collected {
        let hits = self
            .best
            .into_sorted_vec()
            .into_iter()
            .skip(lookup.offset)
            .map(|(_, candidate)| candidate.0)
            .collect();
        let max_values = lookup.max_facet_values;
        let facets = if max_values == 0 {
            Facets::default()
        } else {
            doc_facets(
                &self.docs,
                catalog,
                max_values,
                self.chapters.values(max_values),
                self.themes.values(max_values),
            )
        };
        Collected {
            total: self.total,
            hits,
            facets,
        }
    }
}

fn count_labels(column: Option<&StrColumn>, doc_id: DocId, counts: &mut [u32]) {
    let Some(column) = column.filter(|_| !counts.is_empty()) else {
        return;
    };
    for ord in column.ords().values_for_doc(doc_id) {
        if let Some(count) = counts.get_mut(ord as usize) {
            *count += 1;
        }
    }
}

/// The facets that belong to documents, summed from the counts by document.
fn doc_facets(
    docs: &DocCounts,
    catalog: &Catalog,
    max_values: usize,
    chapter: Vec<FacetValue>,
    theme: Vec<FacetValue>,
) -> Facets {
    let documents = catalog.documents();
    let sum = |bit: u8, labels: &dyn Fn(usize) -> Vec<String>| {
        let mut sums: HashMap<String, usize> = HashMap::new();
        for (idx, count) in docs.ignoring(bit) {
            for label in labels(idx) {
                *sums.entry(label).or_default() += count;
            }
        }
        let values = sums
            .into_iter()
            .map(|(label, count)| FacetValue {
                value: label.clone(),
                label,
                count,
            })
            .collect();
        most_first(values, max_values)
    };
    let by_doc = docs
        .ignoring(group::DOC)
        .map(|(idx, count)| FacetValue {
            value: documents[idx].id.clone(),
            label: documents[idx].title.clone(),
            count,
        })
        .collect();
    Facets {
        doc: most_first(by_doc, max_values),
        chapter,
        theme,
        issuer: sum(group::ISSUER, &|idx| documents[idx].issuers.clone()),
        doc_type: sum(group::TYPE, &|idx| vec![documents[idx].doc_type.clone()]),
        year: sum(group::YEAR, &|idx| {
            documents[idx]
                .year()
                .map(|year| year.to_string())
                .into_iter()
                .collect()
        }),
    }
}
