//! `plansearch show` and `plansearch documents`.

use std::path::Path;
use std::process::ExitCode;

use super::args::{DocumentsOptions, ShowOptions};
use super::output::{Output, Paint};
use super::search_command::printable;
use plansearch_index::Index;
use plansearch_search::cite;
use plansearch_service::wire;

/// How many passages are shown before and behind.
const N_NEIGHBOURS: usize = 2;

pub(super) fn show(dir: &Path, options: &ShowOptions, output: Output) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let Some(passage) = snapshot.passage(&options.id)? else {
        anyhow::bail!(
            "there is no passage `{}`; hint: `plansearch search` gives the ids",
            options.id
        );
    };
    let doc = snapshot
        .catalog()
        .get(&passage.doc)
        .cloned()
        .unwrap_or_default();
    let first = passage.idx.saturating_sub(N_NEIGHBOURS);
    let around = snapshot.passages_of(&passage.doc, first..passage.idx + N_NEIGHBOURS + 1)?;
    if options.json {
        output.json(&wire::PassageInPlace::new(&passage, &doc, &around))?;
        return Ok(ExitCode::SUCCESS);
    }
    output.data(output.paint(Paint::Title, format!("《{}》", doc.title)))?;
    for (depth, label) in passage.path.iter().enumerate() {
        output.data(format!("{}{label}", "  ".repeat(depth)))?;
    }
    for neighbour in &around {
        let text = printable(&neighbour.text);
        let line = if neighbour.idx == passage.idx {
            output.paint(Paint::Title, format!("\n▶ {text}\n"))
        } else {
            output.paint(Paint::Faint, format!("  {text}"))
        };
        output.data(line)?;
    }
    output.data(format!("引文：{}", cite(&doc, &passage)))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn documents(
    dir: &Path,
    options: &DocumentsOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let documents = snapshot.catalog().documents();
    if options.json {
        output.json(&wire::Documents::from(documents))?;
        return Ok(ExitCode::SUCCESS);
    }
    for doc in documents {
        output.data(output.paint(Paint::Title, format!("《{}》", doc.title)))?;
        let facts = [
            doc.doc_number.as_deref(),
            doc.date.as_deref(),
            Some(doc.doc_type.as_str()),
        ];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        output.data(format!("   {}", facts.join("  ")))?;
        output.data(format!("   {}", doc.issuers.join("、")))?;
        let counts = format!(
            "   {} sections, {} passages, {} tables  {}  {}",
            doc.n_sections,
            doc.n_passages,
            doc.n_tables,
            doc.id,
            doc.files.join(", "),
        );
        output.data(output.paint(Paint::Faint, counts))?;
    }
    Ok(ExitCode::SUCCESS)
}
