//! Checks an index whole: every file against its checksum, every record.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tantivy::directory::Directory as _;
use tantivy::index::SegmentComponent;
use tantivy::{DocAddress, SegmentMeta};

use super::guard::guarded;
use super::reader::Snapshot;
use super::record::{DocumentRecord, PassageRecord};
use super::seal;
use plansearch_engine::EngineError;

/// What was checked, and what is not as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files that were compared with their checksums.
    pub n_files: usize,
    /// Documents whose records were read.
    pub n_documents: usize,
    /// Passages whose records were read.
    pub n_passages: usize,
    /// What is wrong, each with the file or document it concerns.
    pub damages: Vec<String>,
}

/// Checks the index in `dir`. Where files are damaged, records are not read.
///
/// # Errors
/// [`EngineError`] when the index cannot be opened at all.
pub fn verify(dir: &Path) -> Result<Verified, EngineError> {
    let (index, metas) = guarded(dir, || Snapshot::open_engine(dir))?;
    seal::read(dir, metas.payload.as_deref())?;
    let mut verified = Verified::default();
    for file in metas.segments.iter().flat_map(files_of) {
        verified.n_files += 1;
        if !matches!(index.directory().exists(&file), Ok(true)) {
            let damage = format!("the file `{}` is gone", file.display());
            verified.damages.push(damage);
        } else if !matches!(index.directory().validate_checksum(&file), Ok(true)) {
            let damage = format!("the file `{}` is not as it was written", file.display());
            verified.damages.push(damage);
        }
    }
    if verified.damages.is_empty() {
        Snapshot::open(dir)?.read_all(&mut verified)?;
    }
    Ok(verified)
}

fn files_of(segment: &SegmentMeta) -> impl Iterator<Item = PathBuf> {
    let mut components = vec![
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
        SegmentComponent::Terms,
        SegmentComponent::Store,
    ];
    if segment.has_deletes() {
        components.push(SegmentComponent::Delete);
    }
    components
        .into_iter()
        .map(|component| segment.relative_path(component))
}

impl Snapshot {
    /// Reads every record and compares documents with their passages.
    fn read_all(&self, verified: &mut Verified) -> Result<(), EngineError> {
        let mut n_of_document: HashMap<String, usize> = HashMap::new();
        let known = self.catalog.documents();
        for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
            for doc_id in reader.doc_ids_alive() {
                let address = DocAddress::new(segment as u32, doc_id);
                let is_passage = self.read_any(address, &mut n_of_document)?;
                verified.n_passages += usize::from(is_passage);
                verified.n_documents += usize::from(!is_passage);
            }
        }
        for document in known {
            let n_found = n_of_document.remove(&document.id).unwrap_or(0);
            if n_found != document.n_passages {
                verified.damages.push(format!(
                    "document `{}` has {n_found} passages in place of {}",
                    document.id, document.n_passages
                ));
            }
        }
        for (id, n_found) in n_of_document {
            let damage = format!("{n_found} passages belong to no document (`{id}`)");
            verified.damages.push(damage);
        }
        Ok(())
    }

    /// Says whether the entry is a passage.
    fn read_any(
        &self,
        address: DocAddress,
        n_of_document: &mut HashMap<String, usize>,
    ) -> Result<bool, EngineError> {
        if let Ok(passage) = self.read_record::<PassageRecord>(address) {
            *n_of_document.entry(passage.doc).or_default() += 1;
            return Ok(true);
        }
        self.read_record::<DocumentRecord>(address)?;
        Ok(false)
    }
}
