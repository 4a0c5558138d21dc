//! `plansearch documents`: what is in the index.

use std::path::Path;
use std::process::ExitCode;

use super::args::DocumentsOptions;
use super::output::{Output, Paint};
use plansearch_engine::DocumentRecord;
use plansearch_index::Index;
use plansearch_service::wire;
use plansearch_text::fold::fold;

pub(super) fn run(
    dir: &Path,
    options: &DocumentsOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let parts: Vec<String> = options.parts.iter().map(|part| fold(part)).collect();
    let has_all = |doc: &DocumentRecord| {
        let facts = facts_of(doc);
        parts.iter().all(|part| facts.contains(part.as_str()))
    };
    let documents: Vec<_> = snapshot
        .catalog()
        .documents()
        .iter()
        .filter(|doc| has_all(doc))
        .cloned()
        .collect();
    let code = ExitCode::from(u8::from(documents.is_empty() && !parts.is_empty()));
    if options.json {
        output.json(&wire::Documents::from(documents.as_slice()))?;
        return Ok(code);
    }
    for doc in &documents {
        output.data(output.paint(Paint::Title, format!("《{}》", doc.title)))?;
        let facts = [
            doc.doc_number.as_deref(),
            doc.date.as_deref(),
            Some(doc.doc_type.as_str()),
        ];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        output.data(format!("   {}", facts.join("  ")))?;
        output.data(format!("   {}", doc.issuers.join("、")))?;
        let counts = output.say(format!(
            "{} sections, {} passages, {} tables",
            doc.n_sections, doc.n_passages, doc.n_tables
        ));
        let counts = format!(
            "   {counts}  {}  {}",
            doc.id,
            doc.places().collect::<Vec<_>>().join(", ")
        );
        output.data(output.paint(Paint::Faint, counts))?;
    }
    Ok(code)
}

/// What of a document can be asked for, folded.
fn facts_of(doc: &DocumentRecord) -> String {
    let facts = [Some(&doc.id), Some(&doc.title), Some(&doc.doc_type)];
    let facts = facts
        .into_iter()
        .chain([doc.doc_number.as_ref(), doc.date.as_ref()]);
    let facts = facts
        .flatten()
        .chain(&doc.issuers)
        .chain(&doc.files)
        .chain([&doc.member]);
    let facts: Vec<&str> = facts.map(String::as_str).collect();
    fold(&facts.join("\n"))
}
