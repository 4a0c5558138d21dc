//! `plansearch evolve`: the use of a wording.

use std::path::Path;
use std::process::ExitCode;

use super::args::{EvolveOptions, Form};
use super::columns::{cut, padded, right, wrapped};
use super::deliver::{check_binary, deliver, in_json, in_lines};
use super::output::{Output, Paint};
use super::search_command::printable;
use plansearch_evolve::{Request, evolve};
use plansearch_index::Index;
use plansearch_service::wire::{DocumentBrief, Evolution, PassageReference, TermUse, UseRow};
use plansearch_service::{picture, reports};

/// Columns of what a row is.
const VALUE: usize = 30;
/// Columns of the longest bar.
const BAR: usize = 14;
/// Documents that are named of a long list.
const MAX_NAMED: usize = 10;

pub(super) fn run(dir: &Path, options: &EvolveOptions, output: Output) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let request = Request {
        terms: options.terms.clone(),
        by: options.by.into(),
        filter: options.filter.filter(),
        is_once: options.once,
        is_apart: options.apart,
    };
    let evolution = Evolution::from(&evolve(&*snapshot, &request)?);
    let is_used = evolution
        .terms
        .iter()
        .any(|term| term.total.occurrences > 0);
    let path = options.form.output.as_deref();
    let bytes = match options.form.form() {
        Form::Json => in_json(&evolution)?,
        Form::Text if path.is_none() => {
            for line in in_text(&evolution, output) {
                output.data(line)?;
            }
            return Ok(ExitCode::from(u8::from(!is_used)));
        }
        Form::Text => in_lines(&in_text(&evolution, Output::plain())),
        Form::Md => reports::evolution(&evolution).markdown().into_bytes(),
        Form::Csv => reports::evolution(&evolution).csv()?,
        Form::Xlsx => {
            check_binary(path, "xlsx")?;
            reports::evolution(&evolution).xlsx()?
        }
        Form::Svg => picture::file(&evolution).into_bytes(),
    };
    deliver(output, path, &bytes)?;
    Ok(ExitCode::from(u8::from(!is_used)))
}

fn in_text(evolution: &Evolution, output: Output) -> Vec<String> {
    let mut lines = Vec::new();
    for term in &evolution.terms {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(of_term(term, evolution.by, output));
    }
    if !evolution.undated.is_empty() {
        lines.extend(named("未注明日期的文件", &evolution.undated));
    }
    lines
}

fn of_term(term: &TermUse, by: &str, output: Output) -> Vec<String> {
    let head = [
        padded(reports::by_label(by), VALUE),
        right("文件", 6),
        right("含有", 6),
        right("段", 6),
        right("次", 7),
        right("每万字", 8),
    ];
    let title = format!("“{}”", printable(&term.term));
    let mut lines = vec![
        output.paint(Paint::Title, title),
        output.paint(Paint::Faint, head.concat()),
    ];
    let most = term
        .rows
        .iter()
        .filter_map(|row| row.per_10k)
        .fold(0.0, f64::max);
    lines.extend(term.rows.iter().map(|row| in_columns(row, most)));
    lines.push(in_columns(&term.total, 0.0));
    for (label, found) in [("首见", &term.first), ("末见", &term.last)] {
        if let Some(found) = found {
            lines.extend(in_place(label, found, &term.term, output));
        }
    }
    if !term.without.is_empty() {
        lines.extend(named("没有该词语的文件", &term.without));
    }
    lines
}

fn in_columns(row: &UseRow, most: f64) -> String {
    let value = padded(&cut(&printable(&row.label), VALUE - 1), VALUE);
    if row.documents == 0 {
        return format!("{value}{}  无文件", right("0", 6));
    }
    let rate = row.per_10k.unwrap_or(0.0);
    let n_blocks = if most > 0.0 {
        (rate / most * BAR as f64).ceil() as usize
    } else {
        0
    };
    let numbers = [
        right(&row.documents.to_string(), 6),
        right(&row.with_term.to_string(), 6),
        right(&row.passages.to_string(), 6),
        right(&row.occurrences.to_string(), 7),
        right(&format!("{rate:.2}"), 8),
    ];
    let bar = "▇".repeat(n_blocks.min(BAR - 4));
    format!("{value}{} {bar}", numbers.concat())
        .trim_end()
        .to_owned()
}

fn in_place(label: &str, found: &PassageReference, term: &str, output: Output) -> Vec<String> {
    let date = found.doc.date.as_deref().unwrap_or_default();
    let title = format!(
        "{label} {date} 《{}》 {}",
        printable(&found.doc.title),
        found.id
    );
    let text = printable(&around(&found.text, term));
    let mut lines = vec![title];
    lines.extend(
        wrapped(&text, 74)
            .into_iter()
            .map(|line| output.paint(Paint::Faint, format!("     {line}"))),
    );
    lines
}

/// The text around the term, at most some hundred characters.
fn around(text: &str, term: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = text.find(term).map_or(0, |at| {
        text.get(..at).map_or(0, |before| before.chars().count())
    });
    let from = at.saturating_sub(30);
    let to = chars.len().min(at + 80);
    let piece: String = chars.get(from..to).unwrap_or_default().iter().collect();
    let (before, behind) = (
        if from > 0 { "…" } else { "" },
        if to < chars.len() { "…" } else { "" },
    );
    format!("{before}{piece}{behind}")
}

fn named(label: &str, docs: &[DocumentBrief]) -> Vec<String> {
    let titles = docs.iter().take(MAX_NAMED);
    let mut titles: Vec<String> = titles
        .map(|doc| format!("《{}》", printable(&doc.title)))
        .collect();
    if docs.len() > MAX_NAMED {
        titles.push("等（--json 列出全部）".to_owned());
    }
    wrapped(&format!("{label} {}：{}", docs.len(), titles.join("")), 79)
}
