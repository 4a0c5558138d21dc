//! A snapshot as an engine: each question of the surface, asked of the segments.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use plansearch_engine::{
    Catalog, Counted, Counting, Engine, EngineError, Filter, Found, FoundHit, Lookup, NameKind,
    Origin, OverlapLimits, OverlapText, PairCounts, PassageRecord, Place, Stamp, Statistic,
};
use tantivy::{DocAddress, Term};

use super::collect::collect;
use super::condition::Library;
use super::entries::{addresses, read_record};
use super::error::engine_error;
use super::guard::guarded;
use super::kept::Kept;
use super::lookup::MAX_PLACES;
use super::occurrences::count;
use super::origin::Admitted;
use super::overlap::Overlaps;
use super::pair_counts;
use super::reader::Snapshot;
use super::standing::Standing;
use super::twins::Twins;
use super::vocabulary;

impl Engine for Snapshot {
    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    fn generation(&self) -> &str {
        &self.generation
    }

    fn search(&self, lookups: &[&Lookup]) -> Result<Vec<Found>, EngineError> {
        let each = lookups.iter();
        each.map(|lookup| guarded(&self.dir, || self.look_up(lookup)))
            .collect()
    }

    fn passages(&self, ids: &[&str]) -> Result<Vec<Option<PassageRecord>>, EngineError> {
        let passage = |id: &&str| {
            let addresses = self.addresses(&Term::from_field_text(self.fields.passage, id))?;
            let first = addresses.first();
            first.map(|address| self.read_record(*address)).transpose()
        };
        ids.iter().map(passage).collect()
    }

    fn passages_of(
        &self,
        doc: &str,
        range: Range<usize>,
    ) -> Result<Vec<PassageRecord>, EngineError> {
        let addresses = self.addresses(&Term::from_field_text(self.fields.doc, doc))?;
        let mut numbered: Vec<(u32, DocAddress)> = addresses
            .into_iter()
            .filter_map(|address| {
                let view = self.views.segments.get(address.segment_ord as usize)?;
                Some((view.passage_idx(address.doc_id), address))
            })
            .filter(|(idx, _)| range.contains(&(*idx as usize)))
            .collect();
        numbered.sort_unstable();
        numbered
            .into_iter()
            .map(|(_, address)| self.read_record(address))
            .collect()
    }

    fn statistics(&self, of: Statistic, strings: &[&str]) -> Result<Vec<u64>, EngineError> {
        self.ask(|| {
            let each = strings.iter().map(|folded| match of {
                Statistic::Passages => self.n_passages_with(folded),
                Statistic::AtMost => Ok(self.matcher(folded)?.n_docs()),
                Statistic::Anywhere => {
                    let is_anywhere = self.matcher(folded)?.is_anywhere(&self.searcher)?;
                    Ok(u64::from(is_anywhere))
                }
                Statistic::Bigram => {
                    let term = Term::from_field_text(self.fields.pairs, folded);
                    self.searcher.doc_freq(&term)
                }
            });
            each.collect()
        })
    }

    fn pair_counts(&self, pairs: &[(char, char)]) -> Result<PairCounts, EngineError> {
        self.ask(|| {
            let (searcher, field) = (&self.searcher, self.fields.pairs);
            let opened = self.kept.get(|| pair_counts::opened(searcher, field))?;
            pair_counts::of(searcher, field, opened, pairs)
        })
    }

    fn names(&self, kind: NameKind) -> Result<BTreeMap<String, u32>, EngineError> {
        self.ask(|| vocabulary::names(&self.searcher, &self.views, kind))
    }

    fn headings_and_leads(&self) -> Result<BTreeSet<(usize, String)>, EngineError> {
        self.ask(|| vocabulary::headings_and_leads(&self.searcher, &self.views))
    }

    fn has(&self, origin: &Origin) -> Result<bool, EngineError> {
        Ok(Admitted::of(origin, &self.catalog, &self.views).is_known())
    }

    fn count(&self, counting: &Counting) -> Result<Counted, EngineError> {
        self.ask(|| {
            let twins = if counting.is_once {
                Some(self.kept.get(|| Twins::open(&self.searcher))?)
            } else {
                None
            };
            count(self.library(), counting, twins.as_deref())
        })
    }

    fn overlapping(
        &self,
        texts: &[OverlapText],
        filter: &Filter,
        limits: OverlapLimits,
    ) -> Result<Vec<Vec<Arc<PassageRecord>>>, EngineError> {
        let mut overlaps = self.ask(|| Overlaps::new(self.library(), filter, limits))?;
        let mut found = Vec::with_capacity(texts.len());
        for text in texts {
            let addresses = self.ask(|| overlaps.find(text))?;
            let records = addresses.into_iter().map(|address| self.hit(address));
            found.push(records.collect::<Result<_, EngineError>>()?);
        }
        Ok(found)
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }
}

impl Snapshot {
    fn look_up(&self, lookup: &Lookup) -> Result<Found, EngineError> {
        let library = self.library();
        let twins =
            if lookup.is_same_together && lookup.is_scored() && lookup.each_document.is_none() {
                let twins = self.kept.get(|| Twins::open(&self.searcher));
                Some(twins.map_err(|source| self.engine_error(source))?)
            } else {
                None
            };
        let collected = collect(library, lookup, twins.as_deref())
            .map_err(|source| self.engine_error(source))?;
        let mut reasons = collected.reasons.into_iter();
        let hits = collected
            .hits
            .iter()
            .map(|(candidate, same)| {
                let passage = self.hit(candidate.address())?;
                let listed = same.iter().take(MAX_PLACES);
                let places = listed.map(|other| self.place(other.address()));
                Ok(FoundHit {
                    score: candidate.score,
                    passage,
                    n_same: same.len(),
                    same: places.collect::<Result<_, EngineError>>()?,
                    reasons: reasons.next(),
                })
            })
            .collect::<Result<_, EngineError>>()?;
        let mut facets = collected.facets;
        for value in &mut facets.theme {
            let node = self.stamp.theme_node(&value.value);
            let group = node.map(|node| node.group.clone());
            value.group = group.filter(|group| !group.is_empty());
        }
        Ok(Found {
            total: collected.total,
            n_matches: collected.n_matches,
            n_hits: collected.n_hits,
            documents: collected
                .documents
                .iter()
                .filter_map(|(idx, n)| {
                    let doc = self.catalog.documents().get(*idx as usize)?;
                    Some((doc.id.clone(), *n))
                })
                .collect(),
            hits,
            facets,
        })
    }

    /// What lookups are resolved against.
    pub(super) fn library(&self) -> Library<'_> {
        Library {
            searcher: &self.searcher,
            fields: &self.fields,
            catalog: &self.catalog,
            views: &self.views,
        }
    }

    fn place(&self, address: DocAddress) -> Result<Place, EngineError> {
        let passage = self.hit(address)?;
        Ok(Place {
            passage: passage.id.clone(),
            idx: passage.idx,
            doc: passage.doc.clone(),
        })
    }

    fn matcher(&self, folded: &str) -> tantivy::Result<Standing> {
        Standing::of(&self.searcher, &self.fields, folded)
    }

    /// In how many passages a folded string stands, exactly.
    fn n_passages_with(&self, folded: &str) -> tantivy::Result<u64> {
        let standing = self.matcher(folded)?;
        let mut n_passages = 0;
        for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
            let docs = standing.docs(segment, reader, None)?;
            n_passages += match reader.alive_bitset() {
                Some(alive) => docs.iter().filter(|doc| alive.is_alive(**doc)).count(),
                None => docs.len(),
            };
        }
        Ok(n_passages as u64)
    }

    fn addresses(&self, term: &Term) -> Result<Vec<DocAddress>, EngineError> {
        self.ask(|| addresses(&self.searcher, term))
    }

    /// The record at a place.
    pub(super) fn hit(&self, address: DocAddress) -> Result<Arc<PassageRecord>, EngineError> {
        self.recent.get(address, || self.read_record(address))
    }

    pub(super) fn read_record<T: serde::de::DeserializeOwned>(
        &self,
        address: DocAddress,
    ) -> Result<T, EngineError> {
        guarded(&self.dir, || {
            read_record(&self.searcher, &self.dir, address)
        })
    }

    /// Asks the engine something.
    pub(super) fn ask<T>(
        &self,
        ask: impl FnOnce() -> tantivy::Result<T>,
    ) -> Result<T, EngineError> {
        guarded(&self.dir, || {
            ask().map_err(|source| self.engine_error(source))
        })
    }

    /// An error of the engine, with the folder.
    pub(super) fn engine_error(&self, source: tantivy::TantivyError) -> EngineError {
        engine_error(&self.dir, source)
    }
}
