//! Records of passages that were hits lately.
//!
//! Who types on, turns a page, chooses a value or goes back is shown much of the same
//! again; a record that is kept is neither unpacked nor parsed once more.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use tantivy::DocAddress;

use super::record::PassageRecord;

/// How many records are kept, at some two kilobytes each.
const MAX_RECORDS: NonZeroUsize = NonZeroUsize::new(2048).unwrap();
/// A record with more bytes of text is not kept.
const MAX_TEXT_BYTES: usize = 8 * 1024;

/// The records that were asked for last, by their place in one commit.
pub(super) struct Recent {
    records: Mutex<LruCache<DocAddress, Arc<PassageRecord>>>,
}

impl Default for Recent {
    fn default() -> Self {
        Self {
            records: Mutex::new(LruCache::new(MAX_RECORDS)),
        }
    }
}

impl Recent {
    /// The record at a place, as it is kept or as `read` gives it.
    pub(super) fn get<E>(
        &self,
        address: DocAddress,
        read: impl FnOnce() -> Result<PassageRecord, E>,
    ) -> Result<Arc<PassageRecord>, E> {
        if let Some(known) = self.records().get(&address) {
            return Ok(Arc::clone(known));
        }
        let record = Arc::new(read()?);
        if record.text.len() <= MAX_TEXT_BYTES {
            self.records().put(address, Arc::clone(&record));
        }
        Ok(record)
    }

    fn records(&self) -> std::sync::MutexGuard<'_, LruCache<DocAddress, Arc<PassageRecord>>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(n_bytes: usize) -> PassageRecord {
        PassageRecord {
            text: "a".repeat(n_bytes),
            ..PassageRecord::default()
        }
    }

    #[test]
    fn a_record_is_read_once_and_a_failure_is_not_kept() {
        let recent = Recent::default();
        let address = DocAddress::new(0, 7);
        assert_eq!(recent.get(address, || Err("no")).unwrap_err(), "no");
        let first = recent.get(address, || Ok::<_, ()>(record(3))).unwrap();
        let again = recent.get(address, || Err("read again")).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn a_huge_record_and_what_was_asked_for_long_ago_are_let_go() {
        let recent = Recent::default();
        let huge = DocAddress::new(0, 0);
        recent
            .get(huge, || Ok::<_, ()>(record(MAX_TEXT_BYTES + 1)))
            .unwrap();
        assert!(recent.get(huge, || Err(())).is_err());
        for doc_id in 1..=MAX_RECORDS.get() as u32 + 1 {
            let address = DocAddress::new(0, doc_id);
            recent.get(address, || Ok::<_, ()>(record(1))).unwrap();
        }
        assert!(recent.get(DocAddress::new(0, 1), || Err(())).is_err());
        assert!(recent.get(DocAddress::new(0, 2), || Err(())).is_ok());
    }
}
