//! `plansearch themes`: the themes, what the plans say on one, what may become one.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use super::args::ThemesOptions;
use super::output::{Output, Paint};
use super::search_command::printable;
use plansearch_engine::Engine;
use plansearch_index::Index;
use plansearch_search::{self as search, ReportPart, ThemeDocument, ThemePassage};
use plansearch_service::wire::{Candidates, ThemeReport, Themes};
use plansearch_theme::Catalogue;

pub(super) fn run(dir: &Path, options: &ThemesOptions, output: Output) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    if options.candidates {
        return candidates(&*snapshot, options, output);
    }
    match &options.name {
        Some(name) => one(&*snapshot, name, options, output),
        None => list(&*snapshot, options, output),
    }
}

fn list(
    snapshot: &dyn Engine,
    options: &ThemesOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let themes = search::themes(snapshot)?;
    let is_any = themes.iter().any(|theme| theme.n_passages() > 0);
    if options.json {
        output.json(&Themes::new(themes))?;
        return Ok(ExitCode::from(u8::from(!is_any)));
    }
    let mut groups: Vec<&str> = Vec::new();
    for theme in &themes {
        if !groups.contains(&theme.group.as_str()) {
            groups.push(&theme.group);
        }
    }
    for group in groups {
        output.data(output.paint(Paint::Title, printable(group)))?;
        for theme in themes.iter().filter(|theme| theme.group == group) {
            let indent = if theme.under.is_some() { "    " } else { "  " };
            let counts = format!("（专论 {}，提及 {}）", theme.n_about, theme.n_mentions);
            let counts = output.paint(Paint::Faint, counts);
            output.data(format!("{indent}{}{counts}", printable(&theme.name)))?;
        }
    }
    Ok(ExitCode::from(u8::from(!is_any)))
}

fn one(
    snapshot: &dyn Engine,
    name: &str,
    options: &ThemesOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let part = ReportPart {
        offset: usize::try_from(options.offset)?,
        limit: usize::try_from(options.limit)?,
        max_passages: usize::try_from(options.passages)?,
    };
    let report = search::theme(snapshot, name, part)?;
    let code = ExitCode::from(u8::from(report.n_documents == 0));
    if options.json {
        output.json(&ThemeReport::from(report))?;
        return Ok(code);
    }
    output.talk(format!(
        "{name}：{} 份文件，专论 {} 段，提及 {} 段",
        report.n_documents, report.theme.n_about, report.theme.n_mentions
    ));
    let n_shown = part.offset + report.documents.len();
    for document in &report.documents {
        output.data(format_document(document, output))?;
    }
    if n_shown < report.n_documents && !report.documents.is_empty() {
        let n_more = report.n_documents - n_shown;
        output.talk(format!("… 还有 {n_more} 份；续看：--offset {n_shown}"));
    }
    Ok(code)
}

fn format_document(document: &ThemeDocument, output: Output) -> String {
    let doc = &document.doc;
    let title = format!("《{}》", printable(&doc.title));
    let mut facts: Vec<String> = Vec::new();
    facts.extend(doc.date.clone());
    facts.extend(doc.doc_number.clone());
    facts.extend(doc.plan_period().map(|period| format!("规划期 {period}")));
    facts.push(format!(
        "专论 {}，提及 {}",
        document.n_about, document.n_mentions
    ));
    let mut lines = vec![
        String::new(),
        output.paint(Paint::Title, title),
        output.paint(Paint::Faint, format!("  {}", printable(&facts.join("，")))),
    ];
    for passage in &document.passages {
        lines.push(format_passage(passage, output));
    }
    let n_more = document.n_about - document.passages.len();
    if n_more > 0 {
        lines.push(format!("  … 还有 {n_more} 段（--passages N）"));
    }
    lines.join("\n")
}

fn format_passage(found: &ThemePassage, output: Output) -> String {
    let passage = &found.passage;
    let mut lines = Vec::new();
    if !passage.path.is_empty() {
        let path = format!("  {}", printable(&passage.path.join(" › ")));
        lines.push(output.paint(Paint::Faint, path));
    }
    let mut snippet = String::from("    ");
    if found.snippet.span.start > 0 {
        snippet.push('…');
    }
    for (piece, is_match) in found.snippet.pieces(&passage.text) {
        let piece = printable(piece);
        if is_match {
            snippet.push_str(&output.paint(Paint::Mark, piece));
        } else {
            snippet.push_str(&piece);
        }
    }
    if found.snippet.span.end < passage.text.len() {
        snippet.push('…');
    }
    lines.push(snippet);
    lines.push(output.paint(
        Paint::Faint,
        format!("    编号：{}", printable(&passage.id)),
    ));
    lines.join("\n")
}

fn candidates(
    snapshot: &dyn Engine,
    options: &ThemesOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let themes = Catalogue::with_own(&snapshot.stamp().own_themes)
        .context("the themes that are kept with the index")?;
    let known: std::collections::HashSet<&str> = themes.words().collect();
    let is_known = |term: &str| known.contains(term) || !themes.touched_by(term).is_empty();
    let found = search::candidates(snapshot, is_known)?;
    let code = ExitCode::from(u8::from(found.is_empty()));
    let limit = usize::try_from(options.limit)?;
    if options.json {
        output.json(&Candidates::new(found, limit))?;
        return Ok(code);
    }
    output.talk(format!(
        "标题和小标题中常见而未入主题的词语 {} 个（--limit N 列出更多）",
        found.len()
    ));
    for candidate in found.iter().take(limit) {
        let about = format!(
            "（{} 份文件，{} 处；如《{}》“{}”）",
            candidate.n_documents,
            candidate.n_places,
            printable(&candidate.example_doc),
            printable(&candidate.example)
        );
        output.data(format!(
            "{}{}",
            candidate.term,
            output.paint(Paint::Faint, about)
        ))?;
    }
    Ok(code)
}
