//! `plansearch compare`: two documents side by side.

use std::path::Path;
use std::process::ExitCode;

use super::args::{CompareOptions, Form};
use super::columns::{LINE, width, wrapped};
use super::deliver::{check_binary, deliver, in_json, in_lines};
use super::output::{Output, Paint};
use super::search_command::printable;
use super::topic_command;
use plansearch_compare::{Comparison, Text};
use plansearch_index::Index;
use plansearch_ingest::documents_in;
use plansearch_service::reports;
use plansearch_service::wire::{ComparisonRow, ComparisonRows, PassageReference};

/// Columns of each of two texts side by side.
const SIDE: usize = (LINE - 3) / 2;

pub(super) fn run(
    dir: &Path,
    options: &CompareOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    if let Some(query) = &options.topic {
        return topic_command::run(dir, query, options, output);
    }
    let (Some(a), Some(b)) = (&options.a, &options.b) else {
        anyhow::bail!("two texts are compared; hint: `plansearch compare A B`");
    };
    let comparison = Comparison::of(text(dir, a)?, text(dir, b)?);
    let rows = ComparisonRows::all(&comparison);
    let path = options.form.output.as_deref();
    let bytes = match options.form.form() {
        Form::Json => in_json(&rows)?,
        Form::Text if path.is_none() => {
            print(&rows, options.all, output)?;
            return Ok(ExitCode::SUCCESS);
        }
        Form::Text => in_lines(&in_text(&rows, options.all, Output::plain())),
        Form::Md => in_markdown(&rows, options.all).into_bytes(),
        Form::Csv => reports::comparison(&rows).csv()?,
        Form::Xlsx => {
            check_binary(path, "xlsx")?;
            reports::comparison(&rows).xlsx()?
        }
        Form::Svg => anyhow::bail!("a comparison has no picture; hint: `--format xlsx`"),
    };
    deliver(output, path, &bytes)?;
    Ok(ExitCode::SUCCESS)
}

/// The text that is called so: a file, or a document of the library.
fn text(dir: &Path, name: &str) -> anyhow::Result<Text> {
    let path = Path::new(name);
    if path.is_file() {
        return Ok(Text::of_documents(documents_in(path)?));
    }
    let snapshot = Index::open(dir)?.snapshot();
    Ok(Text::of_library(&*snapshot, name)?)
}

fn print(rows: &ComparisonRows, is_all: bool, output: Output) -> anyhow::Result<()> {
    output.talk(summary(rows));
    for line in in_text(rows, is_all, output) {
        output.data(line)?;
    }
    Ok(())
}

/// How many rows there are of each kind.
fn summary(rows: &ComparisonRows) -> String {
    let counts = rows.counts;
    format!(
        "相同 {} · 修改 {} · 移动 {} · 仅甲有 {} · 仅乙有 {}；数字不同 {} 处",
        counts.same, counts.changed, counts.moved, counts.only_a, counts.only_b, counts.figures
    )
}

/// The rows in lines for a terminal; what is the same only on request.
fn in_text(rows: &ComparisonRows, is_all: bool, output: Output) -> Vec<String> {
    let title = |side: &str, doc: &plansearch_service::wire::DocumentBrief| {
        let date = doc.date.as_deref().unwrap_or("无日期");
        output.paint(
            Paint::Title,
            format!("{side} 《{}》 {date}", printable(&doc.title)),
        )
    };
    let mut lines = vec![title("甲", &rows.a), title("乙", &rows.b)];
    let mut path: Option<&[String]> = None;
    for row in rows.rows.iter().filter(|row| is_all || row.kind != "same") {
        let here = row.b.as_ref().or(row.a.as_ref());
        let here = here.map(|side| side.path.as_slice());
        if here != path {
            path = here;
            lines.push(String::new());
            let labels = here.unwrap_or_default().join(" › ");
            lines.push(output.paint(Paint::Faint, printable(&labels)));
        }
        lines.extend(beside(row, output));
    }
    lines
}

/// One row: what it is, then the two texts side by side.
fn beside(row: &ComparisonRow, output: Output) -> Vec<String> {
    let spans = |is_a: bool| -> Vec<[usize; 2]> {
        let changes = row.changes.iter();
        changes
            .map(|change| {
                if is_a {
                    change.source_span
                } else {
                    change.draft_span
                }
            })
            .collect()
    };
    let side = |side: &Option<PassageReference>, is_a: bool| -> Vec<Vec<(String, bool)>> {
        side.as_ref()
            .map_or_else(Vec::new, |side| marked_lines(&side.text, &spans(is_a)))
    };
    let (left, right) = (side(&row.a, true), side(&row.b, false));
    let mut head = reports::row_label(row.kind).to_owned();
    if row.kind == "moved"
        && let Some(a) = &row.a
    {
        head.push_str("（甲在 ");
        head.push_str(&a.path.join(" › "));
        head.push('）');
    }
    let mut lines = vec![output.paint(Paint::Title, printable(&head))];
    for nth in 0..left.len().max(right.len()) {
        let paint = |line: Option<&Vec<(String, bool)>>| {
            let mut painted = String::new();
            let mut n_columns = 0;
            for (piece, is_marked) in line.into_iter().flatten() {
                let text = if *is_marked {
                    output.paint(Paint::Mark, piece)
                } else {
                    piece.clone()
                };
                n_columns += width(piece) + if *is_marked { output.mark_width() } else { 0 };
                painted += &text;
            }
            (painted, n_columns)
        };
        let ((left, n_left), (right, _)) = (paint(left.get(nth)), paint(right.get(nth)));
        let blanks = " ".repeat(SIDE.saturating_sub(n_left));
        lines.push(format!("{left}{blanks} │ {right}").trim_end().to_owned());
    }
    lines
}

/// A text in lines of pieces, each with whether it differs.
fn marked_lines(text: &str, spans: &[[usize; 2]]) -> Vec<Vec<(String, bool)>> {
    // Marks take the room of two signs in plain output.
    let room = SIDE - 4;
    let is_marked = |at: usize| {
        spans
            .iter()
            .any(|[start, end]| (*start..*end).contains(&at))
    };
    let mut at = 0;
    let mut lines = Vec::new();
    for line in wrapped(&printable(text), room) {
        let mut pieces: Vec<(String, bool)> = Vec::new();
        for c in line.chars() {
            let here = is_marked(at);
            at += 1;
            match pieces.last_mut() {
                Some((piece, is_marked)) if *is_marked == here => piece.push(c),
                _ => pieces.push((c.to_string(), here)),
            }
        }
        lines.push(pieces);
    }
    lines
}

/// The rows as a table of Markdown, what differs in bold.
fn in_markdown(rows: &ComparisonRows, is_all: bool) -> String {
    let mut text = format!(
        "# 对照\n\n甲：《{}》  \n乙：《{}》\n\n{}\n\n| 类别 | 甲 | 乙 |\n| --- | --- | --- |\n",
        rows.a.title,
        rows.b.title,
        summary(rows)
    );
    for row in rows.rows.iter().filter(|row| is_all || row.kind != "same") {
        let cell = |side: &Option<PassageReference>, is_a: bool| {
            let Some(side) = side else {
                return String::new();
            };
            let changes = row.changes.iter();
            let spans: Vec<[usize; 2]> = changes
                .map(|change| {
                    if is_a {
                        change.source_span
                    } else {
                        change.draft_span
                    }
                })
                .collect();
            bold(&side.text, &spans)
        };
        let line = format!(
            "| {} | {} | {} |\n",
            reports::row_label(row.kind),
            cell(&row.a, true),
            cell(&row.b, false)
        );
        text.push_str(&line);
    }
    text
}

/// A text for a cell of Markdown with bold spans.
fn bold(text: &str, spans: &[[usize; 2]]) -> String {
    let mut marked = String::new();
    for (at, c) in text.chars().enumerate() {
        for [start, end] in spans {
            if at == *start && start < end {
                marked += "**";
            }
            if at == *end && start < end {
                marked += "**";
            }
        }
        match c {
            '|' | '\\' | '*' | '_' | '`' | '<' | '>' => marked.extend(['\\', c]),
            c if c.is_control() => marked.push(' '),
            c => marked.push(c),
        }
    }
    let n_chars = text.chars().count();
    for [start, end] in spans {
        if *end == n_chars && start < end {
            marked += "**";
        }
    }
    marked
}
