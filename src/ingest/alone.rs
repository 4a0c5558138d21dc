//! A file on its own, without an index.

use std::path::Path;

use anyhow::Context as _;

use super::assemble;
use super::files::SourceFile;
use super::sidecar;
use plansearch_engine::NewDocument;
use plansearch_read as read;
use plansearch_theme::Catalogue;

/// Reads the documents of a file, with the ids that the index would give them its
/// sidecar applied.
///
/// # Errors
/// When the file cannot be read, or has no text.
pub fn documents_in(path: &Path) -> anyhow::Result<Vec<NewDocument>> {
    let source = read::read_file(path)?;
    let shown = path.display().to_string();
    let absolute = std::path::absolute(path).with_context(|| format!("cannot find `{shown}`"))?;
    let file = SourceFile {
        path: path.to_owned(),
        absolute: absolute.to_string_lossy().into_owned(),
        shown: shown.clone(),
        size_bytes: 0,
    };
    let themes = Catalogue::built_in()?;
    let (mut documents, unread) = assemble::documents(source, &file, &themes);
    if documents.is_empty() {
        let reasons: Vec<String> = unread.into_iter().map(|unread| unread.reason).collect();
        anyhow::bail!("cannot read `{shown}`: {}", reasons.join("; "));
    }
    if let Some(beside) = sidecar::beside(path) {
        let shown = beside.display();
        let text =
            std::fs::read_to_string(&beside).with_context(|| format!("cannot read `{shown}`"))?;
        let sidecar = sidecar::parse(&text).with_context(|| format!("`{shown}`"))?;
        for document in &mut documents {
            sidecar.apply(&mut document.record);
        }
    }
    documents.iter_mut().for_each(assemble::add_targets);
    Ok(documents)
}
