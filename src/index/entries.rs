//! Stored entries: where a term has them, and their records.

use std::path::Path;

use tantivy::{DocAddress, DocSet, Searcher, Term};

use super::error::IndexError;
use super::record::DocumentRecord;
use super::schema::Fields;
use super::stored::Stored;

/// Where the entries with a term stand, deleted ones aside.
pub(super) fn addresses(searcher: &Searcher, term: &Term) -> tantivy::Result<Vec<DocAddress>> {
    let mut addresses = Vec::new();
    for (segment_ord, reader) in searcher.segment_readers().iter().enumerate() {
        let inverted = reader.inverted_index(term.field())?;
        let option = tantivy::schema::IndexRecordOption::Basic;
        let Some(mut postings) = inverted.read_postings(term, option)? else {
            continue;
        };
        let alive = reader.alive_bitset();
        while postings.doc() != tantivy::TERMINATED {
            let doc_id = postings.doc();
            if alive.is_none_or(|alive| alive.is_alive(doc_id)) {
                addresses.push(DocAddress::new(segment_ord as u32, doc_id));
            }
            postings.advance();
        }
    }
    Ok(addresses)
}

/// Reads the entries of all documents.
pub(super) fn load_documents(
    searcher: &Searcher,
    fields: &Fields,
    dir: &Path,
) -> Result<Vec<DocumentRecord>, IndexError> {
    let engine = |source| IndexError::engine(dir, source);
    let mut ids = Vec::new();
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(fields.document).map_err(engine)?;
        let terms = inverted.terms().stream();
        let mut terms = terms.map_err(|source| IndexError::io(dir, source))?;
        while terms.advance() {
            ids.push(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    ids.sort_unstable();
    ids.dedup();
    let mut documents = Vec::with_capacity(ids.len());
    for id in ids {
        let term = Term::from_field_text(fields.document, &id);
        if let Some(address) = addresses(searcher, &term).map_err(engine)?.first() {
            documents.push(read_record(searcher, dir, *address)?);
        }
    }
    Ok(documents)
}

/// Reads one entry.
pub(super) fn read_record<T: serde::de::DeserializeOwned>(
    searcher: &Searcher,
    dir: &Path,
    address: DocAddress,
) -> Result<T, IndexError> {
    let entry = searcher.doc(address);
    let entry: Stored = entry.map_err(|source| IndexError::engine(dir, source))?;
    Ok(serde_json::from_str(&entry.record)?)
}
