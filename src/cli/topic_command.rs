//! `plansearch compare --topic`: what each document says on a topic.

use std::path::Path;
use std::process::ExitCode;

use super::args::{CompareOptions, Form};
use super::columns::wrapped;
use super::deliver::{check_binary, deliver, in_json, in_lines};
use super::output::{Output, Paint};
use super::search_command::printable;
use plansearch_compare::{TopicRequest, topic};
use plansearch_index::Index;
use plansearch_service::reports;
use plansearch_service::wire::{PassageReference, Topic, TopicDocument};

/// Columns of a passage behind its indent.
const ROOM: usize = 76;

pub(super) fn run(
    dir: &Path,
    query: &str,
    options: &CompareOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let request = TopicRequest {
        query: query.to_owned(),
        filter: options.filter.filter(),
        max_passages: usize::try_from(options.passages)?,
    };
    let found = Topic::new(query, &topic(&*snapshot, &request)?);
    for notice in &found.notices {
        output.talk(format!("注：{notice}"));
    }
    let path = options.form.output.as_deref();
    let bytes = match options.form.form() {
        Form::Json => in_json(&found)?,
        Form::Text if path.is_none() => {
            for line in in_text(&found, output) {
                output.data(line)?;
            }
            return Ok(ExitCode::from(u8::from(found.documents.is_empty())));
        }
        Form::Text => in_lines(&in_text(&found, Output::plain())),
        Form::Md => reports::topic(&found).markdown().into_bytes(),
        Form::Csv => reports::topic(&found).csv()?,
        Form::Xlsx => {
            check_binary(path, "xlsx")?;
            reports::topic(&found).xlsx()?
        }
        Form::Svg => anyhow::bail!("a topic has no picture; hint: `--format xlsx`"),
    };
    deliver(output, path, &bytes)?;
    Ok(ExitCode::from(u8::from(found.documents.is_empty())))
}

fn in_text(found: &Topic, output: Output) -> Vec<String> {
    let mut lines = Vec::new();
    for document in &found.documents {
        lines.extend(of_document(document, output));
    }
    let titles = found.without.iter();
    let titles: Vec<String> = titles
        .map(|doc| format!("《{}》", printable(&doc.title)))
        .collect();
    let without = format!("没有谈到的文件 {}：{}", titles.len(), titles.join(""));
    lines.extend(wrapped(&without, ROOM));
    lines
}

fn of_document(document: &TopicDocument, output: Output) -> Vec<String> {
    let date = document.doc.date.as_deref().unwrap_or("无日期");
    let title = format!(
        "《{}》 {date}（{} 段）",
        printable(&document.doc.title),
        document.total
    );
    let mut lines = vec![output.paint(Paint::Title, title)];
    for passage in &document.passages {
        lines.push(output.paint(
            Paint::Faint,
            format!("  {}", printable(&passage.path.join(" › "))),
        ));
        let text = printable(&passage.text);
        lines.extend(
            wrapped(&text, ROOM)
                .into_iter()
                .map(|line| format!("    {line}")),
        );
        let figures = figures(document, passage);
        if !figures.is_empty() {
            lines.push(output.paint(Paint::Title, format!("    与他文不同：{figures}")));
        }
    }
    lines.push(String::new());
    lines
}

/// The figures of a passage that another document gives otherwise.
fn figures(document: &TopicDocument, passage: &PassageReference) -> String {
    let figures = document.figures.iter();
    let differing = figures.filter(|figure| figure.passage == passage.id && figure.differs);
    let differing: Vec<String> = differing
        .map(|figure| printable(&format!("{}{}", figure.name, figure.text)))
        .collect();
    differing.join("；")
}
