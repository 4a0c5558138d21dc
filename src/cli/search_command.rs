//! `plansearch search`: hits with their source, ready to cite.

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use super::args::SearchOptions;
use super::output::{Output, Paint};
use plansearch_index::{Filter, Index, Snapshot};
use plansearch_search::{self as search, Hit, Request, Response, SameText};
use plansearch_service::wire::SearchResponse;

/// How many values of a facet `--json` lists.
const MAX_FACET_VALUES: usize = 100;

/// Most bytes of a query from stdin.
const MAX_STDIN_BYTES: u64 = 1024 * 1024;

pub(super) fn run(dir: &Path, options: &SearchOptions, output: Output) -> anyhow::Result<ExitCode> {
    let snapshot = Index::open(dir)?.snapshot();
    let query = query(options)?;
    let request = Request {
        query,
        filter: options.filter.filter(),
        is_whole: false,
        mark: None,
        sort: options.sort.into(),
        same_text: match (options.each, options.json) {
            (true, _) => SameText::Apart,
            (false, true) => SameText::TogetherForWords,
            (false, false) => SameText::Together,
        },
        is_explained: options.explain,
        each_document: None,
        offset: usize::try_from(options.offset)?,
        limit: usize::try_from(options.limit)?,
        max_facet_values: if options.json { MAX_FACET_VALUES } else { 0 },
        facet: None,
    };
    let response = search::search(&snapshot, &request)?;
    let has_hits = response.total > 0;
    if options.json {
        output.json(&SearchResponse::from(response))?;
    } else {
        print(&response, request.offset, output)?;
        if !has_hits {
            ways_on(&snapshot, &request, output)?;
        }
    }
    Ok(if has_hits {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// What was typed, or stands on stdin.
fn query(options: &SearchOptions) -> anyhow::Result<String> {
    let typed = options.query();
    if typed != "-" {
        return Ok(typed);
    }
    let text = std::io::read_to_string(std::io::stdin().take(MAX_STDIN_BYTES));
    let text = text.context("cannot read the query from stdin")?;
    Ok(text.trim().to_owned())
}

/// Without hits: which filter fits nothing, and what may be tried.
fn ways_on(snapshot: &Snapshot, request: &Request, output: Output) -> anyhow::Result<()> {
    let filter = &request.filter;
    for (name, filter) in each_alone(filter) {
        let alone = Request {
            filter,
            limit: 0,
            ..Request::default()
        };
        if search::search(snapshot, &alone)?.total == 0 {
            output.talk(format!("提示：库中没有符合 {name} 的段落"));
        }
    }
    if *filter != Filter::default() {
        let without = Request {
            query: request.query.clone(),
            limit: 0,
            ..Request::default()
        };
        let total = search::search(snapshot, &without)?.total;
        if total > 0 && !request.query.is_empty() {
            output.talk(format!("提示：去掉筛选条件后有 {total} 段"));
        }
    } else if request.query.contains(['“', '"', '「']) {
        output.talk("提示：引号要求逐字一致，去掉引号可按词语检索");
    } else {
        output.talk("提示：可减少词语，或用 plansearch suggest 查看库中用语");
    }
    Ok(())
}

/// Each value of a filter, as it is typed, with a filter of it alone.
fn each_alone(filter: &Filter) -> Vec<(String, Filter)> {
    fn add<T: Clone>(
        alone: &mut Vec<(String, Filter)>,
        name: &str,
        values: &[T],
        show: impl Fn(&T) -> String,
        group: impl Fn(&mut Filter) -> &mut Vec<T>,
    ) {
        for value in values {
            let mut filter = Filter::default();
            group(&mut filter).push(value.clone());
            alone.push((format!("--{name} {}", show(value)), filter));
        }
    }
    let mut alone = Vec::new();
    add(&mut alone, "doc", &filter.docs, String::clone, |f| {
        &mut f.docs
    });
    add(
        &mut alone,
        "chapter",
        &filter.chapters,
        String::clone,
        |f| &mut f.chapters,
    );
    add(&mut alone, "theme", &filter.themes, String::clone, |f| {
        &mut f.themes
    });
    add(&mut alone, "issuer", &filter.issuers, String::clone, |f| {
        &mut f.issuers
    });
    add(&mut alone, "region", &filter.regions, String::clone, |f| {
        &mut f.regions
    });
    add(
        &mut alone,
        "level",
        &filter.levels,
        |v| v.name().to_owned(),
        |f| &mut f.levels,
    );
    add(
        &mut alone,
        "type",
        &filter.types,
        |v| v.name().to_owned(),
        |f| &mut f.types,
    );
    add(
        &mut alone,
        "year",
        &filter.years,
        ToString::to_string,
        |f| &mut f.years,
    );
    add(
        &mut alone,
        "period",
        &filter.periods,
        ToString::to_string,
        |f| &mut f.periods,
    );
    alone
}

fn print(response: &Response, offset: usize, output: Output) -> anyhow::Result<()> {
    for notice in &response.notices {
        output.talk(format!("注：{}", notice.0));
    }
    let took_ms = response.took.as_secs_f64() * 1000.0;
    let joined = if response.n_hits < response.total {
        format!("，同文合并为 {} 条（--each 逐段列出）", response.n_hits)
    } else {
        String::new()
    };
    let total = response.total;
    output.talk(format!("共 {total} 段{joined}（{took_ms:.1} 毫秒）"));
    for (nth, hit) in response.hits.iter().enumerate() {
        output.data(format_hit(hit, offset + nth + 1, output))?;
    }
    let n_shown = offset + response.hits.len();
    if n_shown < response.n_hits && !response.hits.is_empty() {
        output.talk(format!(
            "… 还有 {} 条；续看：--offset {n_shown}",
            response.n_hits - n_shown
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
    if let Some(line) = hit.stand_ins_line() {
        lines.push(output.paint(Paint::Faint, format!("   {line}")));
    }
    if hit.n_same_text > 0 {
        lines.push(output.paint(Paint::Faint, format_same(hit)));
    }
    for line in &hit.explanation {
        let line = printable(line);
        lines.push(output.paint(Paint::Faint, format!("   · {line}")));
    }
    lines.push(output.paint(Paint::Faint, format!("   引文：{}", hit.citation)));
    lines.push(output.paint(Paint::Faint, format!("   编号：{}", hit.passage.id)));
    lines.join("\n")
}

/// The other places of the text, each with its id.
fn format_same(hit: &Hit) -> String {
    let mut lines = vec![format!("   另有同文 {} 处：", hit.n_same_text)];
    for place in &hit.same_text {
        lines.push(format!(
            "     《{}》 {}",
            printable(&place.title),
            printable(&place.passage)
        ));
    }
    if hit.same_text.len() < hit.n_same_text {
        lines.push("     …（--each 逐段列出）".to_owned());
    }
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
