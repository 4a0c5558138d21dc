//! placeholder
use crate::document::{Document, Passage, PassageKind};
use crate::read::RawText;

/// placeholder
pub fn parse(raw: &RawText, file_name: &str) -> Vec<Document> {
    let mut doc = Document::default();
    file_name.clone_into(&mut doc.metadata.title);
    for line in &raw.lines {
        if !line.trim().is_empty() {
            doc.passages
                .push(Passage::new(PassageKind::Paragraph, None, line.trim()));
        }
    }
    vec![doc]
}
