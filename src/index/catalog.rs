//! The documents of one commit, in document order.

use std::collections::HashMap;

use super::record::DocumentRecord;

/// All documents, sorted by file and place in it. That is the order in which
/// hits are listed when no score decides.
#[derive(Debug, Default)]
pub struct Catalog {
    documents: Vec<DocumentRecord>,
    by_id: HashMap<String, usize>,
}

impl Catalog {
    pub(super) fn new(mut documents: Vec<DocumentRecord>) -> Self {
        documents.sort_by(|a, b| a.file().cmp(b.file()).then_with(|| a.id.cmp(&b.id)));
        let by_id = documents
            .iter()
            .enumerate()
            .map(|(idx, doc)| (doc.id.clone(), idx))
            .collect();
        Self { documents, by_id }
    }

    /// The documents in order.
    pub fn documents(&self) -> &[DocumentRecord] {
        &self.documents
    }

    /// The document with this id.
    pub fn get(&self, id: &str) -> Option<&DocumentRecord> {
        self.documents.get(*self.by_id.get(id)?)
    }

    pub(super) fn idx(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}
