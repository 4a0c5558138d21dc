//! `plansearch show`: a passage in its place, or a document.

use std::path::Path;
use std::process::ExitCode;

use super::args::ShowOptions;
use super::output::{Output, Paint};
use plansearch_engine::{DocumentRecord, Engine, Fate, PassageRecord};
use plansearch_index::Index;
use plansearch_search::cite;
use plansearch_service::wire;

/// How many passages before a row of a table are looked at for its head.
const MAX_ROWS: usize = 500;

pub(super) fn show(dir: &Path, options: &ShowOptions, output: Output) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    for (nth, id) in options.ids.iter().enumerate() {
        if nth > 0 && !options.json {
            output.data("")?;
        }
        if let Some((passage, fate)) = snapshot.passage_now(id)? {
            if passage.id != *id {
                output.talk(word_of(fate));
            }
            show_passage(&*snapshot, &passage, options, output)?;
        } else if let Some(doc) = snapshot.catalog().now(id) {
            show_document(&*snapshot, doc, options, output)?;
        } else {
            anyhow::bail!(
                "there is no passage or document `{id}`; hint: `plansearch search` and `plansearch documents` give the ids"
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A word about an id of an earlier edition.
fn word_of(fate: Fate) -> &'static str {
    match fate {
        Fate::Same => "the file was edited since; the passage still stands",
        Fate::Changed => "the file was edited since; the passage has another wording now",
        Fate::Gone => "the file was edited since; the passage is gone, this stands at its place",
    }
}

fn show_passage(
    snapshot: &dyn Engine,
    passage: &PassageRecord,
    options: &ShowOptions,
    output: Output,
) -> anyhow::Result<()> {
    let doc = snapshot.catalog().get(&passage.doc);
    let doc = doc.cloned().unwrap_or_default();
    let n_around = usize::try_from(options.context)?;
    let first = passage.idx.saturating_sub(n_around);
    let around = snapshot.passages_of(&passage.doc, first..passage.idx + n_around + 1)?;
    if options.json {
        return output.json(&wire::PassageInPlace::new(passage, &doc, &around));
    }
    output.data(output.paint(Paint::Title, format!("《{}》", doc.title)))?;
    for (depth, label) in passage.path.iter().enumerate() {
        output.data(format!("{}{label}", "  ".repeat(depth)))?;
    }
    for line in table_head(passage, &around) {
        output.data(output.paint(Paint::Faint, format!("  {line}")))?;
    }
    for neighbour in &around {
        let text = &neighbour.text;
        let line = if neighbour.idx == passage.idx {
            output.paint(Paint::Title, format!("\n▶ {text}\n"))
        } else {
            output.paint(Paint::Faint, format!("  {text}"))
        };
        output.data(line)?;
    }
    output.data(format!("引文：{}", cite(&doc, passage)))?;
    if let Some(table) = passage
        .table
        .as_ref()
        .filter(|table| !table.caption.is_empty())
    {
        output.data(format!("表：{}", table.caption))?;
    }
    Ok(())
}

/// Caption and head of the table in which a row stands, unless they are shown anyway.
fn table_head(passage: &PassageRecord, around: &[PassageRecord]) -> Vec<String> {
    let Some(table) = passage.table.as_ref().filter(|table| table.row.is_some()) else {
        return Vec::new();
    };
    let head = table.header.join(" | ");
    let is_shown = |line: &String| {
        around
            .iter()
            .take(MAX_ROWS)
            .any(|other| other.text == *line)
    };
    let lines = [table.caption.clone(), head].into_iter();
    lines
        .filter(|line| !line.is_empty() && !is_shown(line))
        .collect()
}

fn show_document(
    snapshot: &dyn Engine,
    doc: &DocumentRecord,
    options: &ShowOptions,
    output: Output,
) -> anyhow::Result<()> {
    let passages = snapshot.passages_of(&doc.id, 0..usize::MAX)?;
    if options.json {
        return output.json(&wire::DocumentText {
            document: wire::Document::from(doc),
            passages: passages
                .iter()
                .map(|passage| wire::Passage::new(doc, passage))
                .collect(),
        });
    }
    output.data(output.paint(Paint::Title, format!("《{}》", doc.title)))?;
    for passage in &passages {
        let id = output.paint(Paint::Faint, &passage.id);
        output.data(format!("{}  {id}", passage.text))?;
    }
    Ok(())
}
