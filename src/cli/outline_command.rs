//! `plansearch outline`: the structure of one file, without an index.

use plansearch_document::Warning;
use std::process::ExitCode;

use super::args::OutlineOptions;
use super::outline_json::{self, OutlineJson};
use super::output::{Output, Paint};
use super::search_command::printable;
use plansearch_document::{Document, Fact, PassageKind};
use plansearch_read::{ReadError, read_file};
use plansearch_structure as structure;
use plansearch_text::span::shorten;

/// How many characters of a paragraph the overview shows.
const SHOWN_CHARS: usize = 40;

pub(super) fn run(options: &OutlineOptions, output: Output) -> anyhow::Result<ExitCode> {
    let source = read_file(&options.file).map_err(|error: ReadError| anyhow::Error::from(error))?;
    let name = options
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let mut documents = Vec::new();
    for part in &source.parts {
        match &part.text {
            Ok(text) => {
                let mut found = structure::parse(text, &name);
                if let Some(first) = found.first_mut() {
                    let losses = text.losses.iter().cloned();
                    first.warnings.extend(losses.map(Warning::Unread));
                }
                documents.extend(found);
            }
            Err(reason) => output.talk(format!("not read: {name}/{}: {reason}", part.name)),
        }
    }
    if options.json {
        let outlines: Vec<OutlineJson> = documents
            .iter()
            .map(|document| outline_json::outline(document, &name))
            .collect();
        match outlines.as_slice() {
            [only] => output.json(only)?,
            several => output.json(&serde_json::json!({ "documents": several }))?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    for document in &documents {
        print(document, output)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(document: &Document, output: Output) -> anyhow::Result<()> {
    let metadata = &document.metadata;
    output.data(output.paint(Paint::Title, format!("《{}》", metadata.title)))?;
    let facts = [
        (
            "发文机关",
            Fact::Issuers,
            Some(metadata.issuers.join("、")).filter(|issuers| !issuers.is_empty()),
        ),
        ("发文字号", Fact::DocNumber, metadata.doc_number.clone()),
        ("索引号", Fact::IndexNumber, metadata.index_number.clone()),
        (
            "成文日期",
            Fact::Date,
            metadata.date.map(|date| date.to_string()),
        ),
        (
            "发布日期",
            Fact::PublishDate,
            metadata.publish_date.map(|date| date.to_string()),
        ),
        (
            "类型",
            Fact::DocType,
            Some(metadata.doc_type.name().to_owned()),
        ),
        (
            "规划期",
            Fact::Period,
            metadata
                .period
                .map(|period| format!("{}–{}", period.first, period.last)),
        ),
    ];
    for (name, fact, value) in facts {
        let place = document.found_in.get(&fact);
        let place = place.map_or(String::new(), |place| format!("  ({place})"));
        let place = output.paint(Paint::Faint, place);
        let value = value.unwrap_or_else(|| "—".to_owned());
        output.data(format!("  {name}：{value}{place}"))?;
    }
    for passage in &document.passages {
        let level = passage
            .section
            .and_then(|section| document.outline.get(section))
            .map_or(0, |h| usize::from(h.level));
        let indent = "  ".repeat(level + usize::from(passage.kind != PassageKind::Heading));
        let text = printable(&shorten(&passage.text, SHOWN_CHARS));
        let line = match passage.kind {
            PassageKind::Heading => format!("{indent}{}", output.paint(Paint::Title, text)),
            PassageKind::Paragraph => match passage.lead_text() {
                Some(lead) => format!("{indent}· [{lead}] {text}"),
                None => format!("{indent}· {text}"),
            },
            PassageKind::Table => format!("{indent}▦ {text}"),
            PassageKind::FrontMatter => output.paint(Paint::Faint, format!("{indent}前页 {text}")),
            PassageKind::Attachment => output.paint(Paint::Faint, format!("{indent}附件 {text}")),
        };
        output.data(line)?;
    }
    for dropped in &document.dropped {
        let text = printable(&shorten(&dropped.text, SHOWN_CHARS));
        output.data(output.paint(
            Paint::Faint,
            format!("  略去（{}）{text}", dropped.reason.text()),
        ))?;
    }
    for warning in &document.warnings {
        output.data(format!("  注意：{warning}"))?;
    }
    Ok(())
}
