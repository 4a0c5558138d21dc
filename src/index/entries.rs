//! Stored entries: where a term has them, and their records.

use std::collections::HashSet;
use std::path::Path;

use tantivy::{DocAddress, DocSet, Searcher, Term};

use super::error::engine_error;
use super::record::DocumentRecord;
use super::schema::Fields;
use super::stored::Stored;
use plansearch_engine::EngineError;
use plansearch_engine::parts::in_parts;

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

/// A thread is worth it for so many entries.
const MIN_ENTRIES: usize = 500;

/// Reads the entries of all documents. They lie among those of their passages, so reading
/// them unpacks nearly all of the library: it is done in the order in which they lie, on
/// several cores.
pub(super) fn load_documents(
    searcher: &Searcher,
    fields: &Fields,
    dir: &Path,
) -> Result<Vec<DocumentRecord>, EngineError> {
    let addresses = document_addresses(searcher, fields);
    let addresses = addresses.map_err(|source| engine_error(dir, source))?;
    let parts = in_parts(&addresses, MIN_ENTRIES, |part| {
        let records = part
            .iter()
            .map(|address| read_record(searcher, dir, *address));
        records.collect::<Result<Vec<DocumentRecord>, EngineError>>()
    });
    let mut documents = Vec::with_capacity(addresses.len());
    for part in parts {
        documents.extend(part?);
    }
    Ok(documents)
}

/// Where the entry of each document stands, in the order in which they lie.
fn document_addresses(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Vec<DocAddress>> {
    let mut known: HashSet<Vec<u8>> = HashSet::new();
    let mut found = Vec::new();
    let is_one = searcher.segment_readers().len() == 1;
    for (segment_ord, reader) in searcher.segment_readers().iter().enumerate() {
        let inverted = reader.inverted_index(fields.document)?;
        let alive = reader.alive_bitset();
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            let option = tantivy::schema::IndexRecordOption::Basic;
            let mut postings = inverted.read_postings_from_terminfo(terms.value(), option)?;
            while alive.is_some_and(|alive| !alive.is_alive(postings.doc())) {
                if postings.advance() == tantivy::TERMINATED {
                    break;
                }
            }
            let doc_id = postings.doc();
            if doc_id != tantivy::TERMINATED && (is_one || known.insert(terms.key().to_vec())) {
                found.push(DocAddress::new(segment_ord as u32, doc_id));
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Reads one entry.
pub(super) fn read_record<T: serde::de::DeserializeOwned>(
    searcher: &Searcher,
    dir: &Path,
    address: DocAddress,
) -> Result<T, EngineError> {
    let entry = searcher.doc(address);
    let entry: Stored = entry.map_err(|source| engine_error(dir, source))?;
    Ok(serde_json::from_str(&entry.record)?)
}
