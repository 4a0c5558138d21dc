//! The trait of an engine.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::catalog::Catalog;
use super::counting::{Counted, Counting};
use super::edition::Fate;
use super::error::EngineError;
use super::filter::Filter;
use super::kept::Kept;
use super::lookup::{Found, Lookup};
use super::names::NameKind;
use super::origin::Origin;
use super::overlap::{OverlapLimits, OverlapText};
use super::pair_counts::PairCounts;
use super::record::PassageRecord;
use super::stamp::Stamp;

/// A number that an engine knows of a folded string or a term of the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// In how many passages it stands, exactly.
    Passages,
    /// In how many it stands at most, by the lengths of lists alone.
    AtMost,
    /// 1 where it stands in any passage, else 0.
    Anywhere,
    /// Of two characters, in how many passages they follow each other; passages that are
    /// gone but not yet swept may be among them.
    Bigram,
}

/// A library as one commit left it, whatever holds it: what may be asked of it.
///
/// Strings are folded ([`plansearch_text::fold()`]). All that is counted is exact. Methods take
/// several questions where a caller has several, so that an engine behind a network is asked
/// once.
///
/// # Errors
/// Every method that returns a result fails with [`EngineError`] when what the engine holds
/// cannot be read.
#[expect(
    clippy::missing_errors_doc,
    reason = "all methods fail alike, as said above"
)]
pub trait Engine: Send + Sync {
    /// The documents of the library.
    fn catalog(&self) -> &Catalog;

    /// What made the index.
    fn stamp(&self) -> &Stamp;

    /// Names this state of the library; another commit has another.
    fn generation(&self) -> &str;

    /// Looks up passages, an answer for each lookup.
    fn search(&self, lookups: &[&Lookup]) -> Result<Vec<Found>, EngineError>;

    /// The passages with these ids; none where there is no such passage.
    fn passages(&self, ids: &[&str]) -> Result<Vec<Option<PassageRecord>>, EngineError>;

    /// The passages of a document whose numbers lie in `range`, in order.
    fn passages_of(
        &self,
        doc: &str,
        range: Range<usize>,
    ) -> Result<Vec<PassageRecord>, EngineError>;

    /// A number for each of some strings.
    fn statistics(&self, of: Statistic, strings: &[&str]) -> Result<Vec<u64>, EngineError>;

    /// In how many passages bigrams stand, and how many each character opens in all.
    fn pair_counts(&self, pairs: &[(char, char)]) -> Result<PairCounts, EngineError>;

    /// The names of a kind with the number of their passages.
    fn names(&self, kind: NameKind) -> Result<BTreeMap<String, u32>, EngineError>;

    /// The headings and leads of each document, each once: position of the document in the
    /// catalog, text.
    fn headings_and_leads(&self) -> Result<BTreeSet<(usize, String)>, EngineError>;

    /// Says whether anything in the library comes from `origin`.
    fn has(&self, origin: &Origin) -> Result<bool, EngineError>;

    /// Counts the places of terms, document by document.
    fn count(&self, counting: &Counting) -> Result<Counted, EngineError>;

    /// Finds for each of some texts the passages that share most bigrams with it, those of
    /// its best parts first. A filter narrows them.
    fn overlapping(
        &self,
        texts: &[OverlapText],
        filter: &Filter,
        limits: OverlapLimits,
    ) -> Result<Vec<Vec<Arc<PassageRecord>>>, EngineError>;

    /// What others worked out of this state of the library, to keep with it.
    fn kept(&self) -> &Kept;

    /// Number of passages.
    fn n_passages(&self) -> usize {
        self.catalog().n_passages()
    }

    /// Looks up passages.
    fn find(&self, lookup: &Lookup) -> Result<Found, EngineError> {
        let found = self.search(&[lookup])?.pop();
        Ok(found.unwrap_or_default())
    }

    /// The passage with this id.
    fn passage(&self, id: &str) -> Result<Option<PassageRecord>, EngineError> {
        Ok(self.passages(&[id])?.pop().flatten())
    }

    /// The passage with this id; of an earlier edition what stands for it now, and what
    /// became of it.
    fn passage_now(&self, id: &str) -> Result<Option<(PassageRecord, Fate)>, EngineError> {
        if let Some(passage) = self.passage(id)? {
            return Ok(Some((passage, Fate::Same)));
        }
        let Some(followed) = self.catalog().followed(id) else {
            return Ok(None);
        };
        let now = self.passages_of(&followed.doc, followed.idx..followed.idx + 1)?;
        let now = now.into_iter().next();
        Ok(now.map(|passage| (passage, followed.fate)))
    }

    /// A number of one string.
    fn statistic(&self, of: Statistic, folded: &str) -> Result<u64, EngineError> {
        Ok(self.statistics(of, &[folded])?.pop().unwrap_or(0))
    }

    /// In how many passages a folded string stands, exactly.
    fn frequency(&self, folded: &str) -> Result<usize, EngineError> {
        Ok(self.statistic(Statistic::Passages, folded)? as usize)
    }

    /// In how many passages a folded string or a term of the analysis stands at most.
    fn at_most(&self, folded: &str) -> Result<u64, EngineError> {
        self.statistic(Statistic::AtMost, folded)
    }

    /// Says whether a folded string stands in any passage.
    fn stands(&self, folded: &str) -> Result<bool, EngineError> {
        Ok(self.statistic(Statistic::Anywhere, folded)? > 0)
    }

    /// In how many passages these two characters stand one behind the other.
    fn pair_frequency(&self, first: char, second: char) -> Result<u64, EngineError> {
        let pair: String = [first, second].iter().collect();
        self.statistic(Statistic::Bigram, &pair)
    }
}

impl dyn Engine + '_ {
    /// What was worked out of this state of the library before, or what `make` makes now.
    /// One value of each type is kept for as long as the state.
    ///
    /// # Errors
    /// The error of `make`; the next call tries again.
    pub fn keep<T: Any + Send + Sync, E>(
        &self,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        self.kept().get(make)
    }
}
