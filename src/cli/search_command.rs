//! `plansearch search`: hits with their source, ready to cite.

use std::path::Path;
use std::process::ExitCode;

use super::args::SearchOptions;
use super::output::{Output, Paint};
use crate::index::Index;
use crate::search::{self, Hit, Request, Response};
use crate::service::wire::SearchResponse;

/// How many values of a facet `--json` lists.
const MAX_FACET_VALUES: usize = 100;

pub(super) fn run(dir: &Path, options: &SearchOptions, output: Output) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let request = Request {
        query: options.query.clone(),
        filter: options.filter(),
        sort: options.sort.into(),
        offset: usize::try_from(options.offset)?,
        limit: usize::try_from(options.limit)?,
        max_facet_values: if options.json { MAX_FACET_VALUES } else { 0 },
    };
    let response = search::search(&snapshot, &request)?;
    let has_hits = response.total > 0;
    if options.json {
        output.json(&SearchResponse::from(response))?;
    } else {
        print(&response, request.offset, output)?;
    }
    Ok(if has_hits {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn print(response: &Response, offset: usize, output: Output) -> anyhow::Result<()> {
    for notice in &response.notices {
        output.talk(format!("注：{}", notice.0));
    }
    let took_ms = response.took.as_secs_f64() * 1000.0;
    output.talk(format!("共 {} 段（{took_ms:.1} 毫秒）", response.total));
    for (nth, hit) in response.hits.iter().enumerate() {
        output.data(format_hit(hit, offset + nth + 1, output))?;
    }
    let n_shown = offset + response.hits.len();
    if n_shown < response.total && !response.hits.is_empty() {
        output.talk(format!(
            "… 还有 {} 段；续看：--offset {n_shown}",
            response.total - n_shown
        ));
    }
    Ok(())
}

fn format_hit(hit: &Hit, number: usize, output: Output) -> String {
    let mut lines = vec![String::new()];
    let path = hit.passage.path.join(" › ");
    lines.push(output.paint(Paint::Title, format!("{number}. 《{}》", hit.doc.title)));
    if !path.is_empty() {
        lines.push(format!("   {path}"));
    }
    lines.push(format!("   {}", format_snippet(hit, output)));
    let themes: Vec<&str> = hit
        .passage
        .themes
        .iter()
        .map(|theme| theme.name.as_str())
        .collect();
    if !themes.is_empty() {
        lines.push(output.paint(Paint::Faint, format!("   主题：{}", themes.join("、"))));
    }
    lines.push(output.paint(Paint::Faint, format!("   引文：{}", hit.citation)));
    lines.push(output.paint(Paint::Faint, format!("   编号：{}", hit.passage.id)));
    lines.join("\n")
}

fn format_snippet(hit: &Hit, output: Output) -> String {
    let text = &hit.passage.text;
    let span = hit.snippet.span;
    let mut snippet = String::new();
    if span.start > 0 {
        snippet.push('…');
    }
    for (piece, is_match) in hit.snippet.pieces(text) {
        let piece = printable(piece);
        if is_match {
            snippet.push_str(&output.paint(Paint::Mark, piece));
        } else {
            snippet.push_str(&piece);
        }
    }
    if span.end < text.len() {
        snippet.push('…');
    }
    snippet
}

/// The text without control characters, which could steer a terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
