//! `plansearch targets`: indicators and targets as records.

use std::path::Path;
use std::process::ExitCode;

use super::args::{Form, TargetsOptions, unguarded};
use super::columns::{LINE, cut, padded, right, width, wrapped};
use super::deliver::{check_binary, deliver, in_json, in_lines};
use super::output::{Output, Paint};
use super::search_command::printable;
use plansearch_index::Index;
use plansearch_service::wire::{Target, Targets};
use plansearch_service::{picture, reports};
use plansearch_targets::{Request, find};

/// Records that are shown when nothing else is asked.
const DEFAULT_LIMIT: usize = 50;
/// Columns of the name, base, value, year and kind of a record; the id takes the rest.
const NAME: usize = 27;
const BASE: usize = 10;
const VALUE: usize = 13;
const YEAR: usize = 5;
const KIND: usize = 7;

pub(super) fn run(
    dir: &Path,
    options: &TargetsOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let words: Vec<String> = options.words.iter().map(|word| unguarded(word)).collect();
    let form = options.form.form();
    let is_listing = matches!(form, Form::Text | Form::Json);
    let default = if is_listing {
        DEFAULT_LIMIT
    } else {
        usize::MAX
    };
    let request = Request {
        query: words.join(" "),
        filter: options.filter.filter(),
        names: options.name.clone(),
        years: options.target_year.clone(),
        conditions: options.conditions.clone(),
        horizons: options.horizon.clone(),
        bindings: options.binding.clone(),
        offset: options.offset,
        limit: options.limit.unwrap_or(default),
    };
    let records = find(&*snapshot, &request)?;
    let found = Targets::from(&records);
    let code = ExitCode::from(u8::from(found.total == 0));
    let path = options.form.output.as_deref();
    let bytes = match form {
        Form::Json => in_json(&found)?,
        Form::Text if path.is_none() => {
            for notice in &found.notices {
                output.talk(notice);
            }
            for line in in_text(&found, options.offset, output) {
                output.data(line)?;
            }
            return Ok(code);
        }
        Form::Text => in_lines(&in_text(&found, options.offset, Output::plain())),
        Form::Md => reports::targets(&found).markdown().into_bytes(),
        Form::Csv => reports::targets(&found).csv()?,
        Form::Xlsx => {
            check_binary(path, "xlsx")?;
            reports::targets(&found).xlsx()?
        }
        Form::Svg => {
            let picture = picture::targets(&request.names.join("、"), &records);
            let picture = picture.ok_or_else(|| {
                anyhow::anyhow!(
                    "fewer than two of these targets can stand on one scale; \
                     hint: name one indicator, as in `--name 森林覆盖率`"
                )
            })?;
            picture.into_bytes()
        }
    };
    deliver(output, path, &bytes)?;
    Ok(code)
}

fn in_text(found: &Targets, offset: usize, output: Output) -> Vec<String> {
    let mut lines = Vec::new();
    let mut document = "";
    for target in &found.records {
        let doc = &target.passage.doc;
        if doc.id != document {
            if !document.is_empty() {
                lines.push(String::new());
            }
            document = &doc.id;
            let date = doc.date.as_deref().unwrap_or_default();
            let mut title = wrapped(&format!("《{}》", printable(&doc.title)), LINE);
            if let Some(last) = title.last_mut()
                && width(last) + 1 + date.len() <= LINE
                && !date.is_empty()
            {
                *last = format!("{last} {date}");
            }
            let title = title.into_iter();
            lines.extend(title.map(|line| output.paint(Paint::Title, line)));
            lines.push(output.paint(Paint::Faint, head()));
        }
        lines.extend(in_columns(target));
    }
    if found.total == 0 {
        lines.push("没有符合的指标".to_owned());
        return lines;
    }
    let last = offset + found.records.len();
    let rest = if found.records.len() < found.total {
        format!("；以上为第 {}—{last} 项（--offset {last} 续）", offset + 1)
    } else {
        String::new()
    };
    let summary = format!("{} 项指标，{} 份文件{rest}", found.total, found.documents);
    lines.push(String::new());
    lines.push(output.paint(Paint::Faint, summary));
    lines
}

fn head() -> String {
    [
        padded("指标", NAME),
        right("基期", BASE),
        right("数值", VALUE),
        right("年份", YEAR),
        padded("  性质", KIND + 1),
        "编号".to_owned(),
    ]
    .concat()
}

fn in_columns(target: &Target) -> Vec<String> {
    let name = if target.name.is_empty() {
        "（名称残缺）".to_owned()
    } else {
        printable(&target.name)
    };
    let mut names = wrapped(&name, NAME - 1).into_iter();
    let first = names.next().unwrap_or_default();
    let base = match (target.base_value, target.base_year) {
        (Some(value), Some(year)) => format!("{value}/{year}"),
        (Some(value), None) => value.to_string(),
        (None, Some(year)) => format!("{year}年"),
        (None, None) => String::new(),
    };
    let year = target.year.map(|year| year.to_string()).unwrap_or_default();
    let stated = cut(&printable(&reports::amount(target)), VALUE - 1);
    let columns = [
        padded(&first, NAME),
        right(&cut(&base, BASE - 1), BASE),
        right(&stated, VALUE),
        right(&year, YEAR),
        padded(&format!(" {}", kind(target)), KIND + 1),
        printable(&target.passage.id),
    ];
    let line = columns.concat();
    let mut lines = vec![if width(&line) > LINE {
        cut(&line, LINE)
    } else {
        line
    }];
    lines.extend(names.map(|rest| format!("  {rest}")));
    lines
}

/// How binding a target is, or that it is none.
fn kind(target: &Target) -> &'static str {
    match (target.horizon, target.binding, target.source) {
        ("target", Some(binding), _) => binding,
        ("target", None, "table") => "目标",
        ("target", None, _) => "文中",
        (horizon, _, _) => reports::horizon_label(horizon),
    }
}
