//! `plansearch search`: hits with their source, ready to cite.

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use super::args::{CitationForm, HitForm, SearchOptions};
use super::deliver::{self, check_binary, deliver};
use super::output::{Output, Paint};
use plansearch_document::citation::Citations;
use plansearch_engine::{Engine, FacetName, Filter, PassageRecord};
use plansearch_index::Index;
use plansearch_search::{self as search, Hit, Request, Response, SameText};
use plansearch_service::export::{self, Format};
use plansearch_service::wire::{self, SearchResponse};

/// How many values of a facet `--json` lists.
const MAX_FACET_VALUES: usize = 100;

/// Most bytes of a query from stdin.
const MAX_STDIN_BYTES: u64 = 1024 * 1024;

pub(super) fn run(dir: &Path, options: &SearchOptions, output: Output) -> anyhow::Result<ExitCode> {
    let form = options.form.form()?;
    let snapshot = Index::open(dir)?.snapshot();
    let has_hits = match &options.queries {
        None => answer(&*snapshot, query(options)?, form, options, output)?,
        Some(path) => answer_each(&*snapshot, path, form, options, output)?,
    };
    Ok(if has_hits {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// Answers the queries of a file, one a line; says whether any had hits.
fn answer_each(
    snapshot: &dyn Engine,
    path: &Path,
    form: HitForm,
    options: &SearchOptions,
    output: Output,
) -> anyhow::Result<bool> {
    if !matches!(form, HitForm::Text | HitForm::Json) || options.form.output.is_some() {
        anyhow::bail!("several queries are answered as text or JSON on stdout; hint: `> FILE`");
    }
    let shown = path.display();
    let text = if path.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().take(MAX_STDIN_BYTES))
    } else {
        std::fs::read_to_string(path)
    };
    let text = text.with_context(|| format!("cannot read `{shown}`"))?;
    let mut has_hits = false;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if form == HitForm::Text && !options.quiet {
            output.data(output.paint(Paint::Title, format!("\n# {}", printable(line))))?;
        }
        has_hits |= answer(snapshot, line.to_owned(), form, options, output)?;
    }
    Ok(has_hits)
}

/// Answers one query; says whether it had hits.
fn answer(
    snapshot: &dyn Engine,
    query: String,
    form: HitForm,
    options: &SearchOptions,
    output: Output,
) -> anyhow::Result<bool> {
    let request = request(query, form == HitForm::Json, options)?;
    let mut response = search::search(snapshot, &request)?;
    if options.quiet {
        return Ok(response.total > 0);
    }
    for hit in &mut response.hits {
        if let Some(form) = options.cite {
            hit.citation = cited(hit, form);
        }
    }
    let around = around(snapshot, &response, usize::try_from(options.context)?)?;
    let total = response.total;
    let path = options.form.output.as_deref();
    match form {
        HitForm::Text => {
            let hits = |output| formatted(&response, &around, request.offset, output);
            tell_total(&response, output);
            match path {
                None => hits(output).iter().try_for_each(|hit| output.data(hit))?,
                Some(_) => deliver(output, path, &deliver::in_lines(&hits(Output::plain())))?,
            }
            tell_rest(&response, request.offset, output);
            if total == 0 {
                ways_on(snapshot, &request, output)?;
            }
        }
        HitForm::Json => {
            let answer = in_json(snapshot, response, &around)?;
            match path {
                None => output.json(&answer)?,
                Some(_) => deliver(output, path, &deliver::in_json(&answer)?)?,
            }
        }
        HitForm::Md | HitForm::Csv | HitForm::Docx | HitForm::Xlsx => {
            let (format, name) = match form {
                HitForm::Docx => (Format::Docx, "docx"),
                HitForm::Xlsx => (Format::Xlsx, "xlsx"),
                HitForm::Csv => (Format::Csv, ""),
                _ => (Format::Markdown, ""),
            };
            if !name.is_empty() {
                check_binary(path, name)?;
            }
            let bytes = export::hits(&response.hits, &request.query, format)?;
            deliver(output, path, &bytes)?;
        }
    }
    Ok(total > 0)
}

/// What is asked of the index.
fn request(query: String, is_json: bool, options: &SearchOptions) -> anyhow::Result<Request> {
    Ok(Request {
        query,
        filter: options.filter.filter(),
        is_whole: false,
        mark: None,
        sort: options.sort.into(),
        same_text: match (options.each, is_json) {
            (true, _) => SameText::Apart,
            (false, true) => SameText::TogetherForWords,
            (false, false) => SameText::Together,
        },
        is_explained: options.explain,
        each_document: None,
        offset: usize::try_from(options.offset)?,
        limit: usize::try_from(options.limit)?,
        max_facet_values: if is_json { MAX_FACET_VALUES } else { 0 },
        facet: None,
    })
}

/// The citation of a hit in a form.
fn cited(hit: &Hit, form: CitationForm) -> String {
    let citations = Citations::of(&hit.doc.metadata());
    if form == CitationForm::Markdown {
        let quoted = hit.passage.text.lines().map(|line| format!("> {line}\n"));
        let quoted: String = quoted.collect();
        return format!("\n{quoted}>\n> —— {}", hit.citation);
    }
    form.of(&citations).unwrap_or(&hit.citation).to_owned()
}

/// The passages around each hit, `n` on either side, with the hit itself.
fn around(
    snapshot: &dyn Engine,
    response: &Response,
    n: usize,
) -> anyhow::Result<Vec<Vec<PassageRecord>>> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let mut around = Vec::with_capacity(response.hits.len());
    for hit in &response.hits {
        let idx = hit.passage.idx;
        around.push(snapshot.passages_of(&hit.passage.doc, idx.saturating_sub(n)..idx + n + 1)?);
    }
    Ok(around)
}

/// The answer of the interface; with neighbours each hit has `around`.
fn in_json(
    snapshot: &dyn Engine,
    response: Response,
    around: &[Vec<PassageRecord>],
) -> anyhow::Result<serde_json::Value> {
    let mut answer = serde_json::to_value(SearchResponse::from(response))?;
    let hits = answer.get_mut("hits").and_then(|hits| hits.as_array_mut());
    for (hit, passages) in hits.into_iter().flatten().zip(around) {
        let mut listed = Vec::with_capacity(passages.len());
        for passage in passages {
            if let Some(doc) = snapshot.catalog().get(&passage.doc) {
                listed.push(serde_json::to_value(wire::Passage::new(doc, passage))?);
            }
        }
        hit["around"] = listed.into();
    }
    Ok(answer)
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
fn ways_on(snapshot: &dyn Engine, request: &Request, output: Output) -> anyhow::Result<()> {
    let filter = &request.filter;
    let each_alone = FacetName::ALL.into_iter().flat_map(|facet| {
        let values = filter.singles(facet).into_iter();
        values.map(move |(value, alone)| (format!("--{} {value}", facet.name()), alone))
    });
    for (name, filter) in each_alone {
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

/// Says how the query was understood and how much was found.
fn tell_total(response: &Response, output: Output) {
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
}

/// Says how many hits follow behind those that are shown.
fn tell_rest(response: &Response, offset: usize, output: Output) {
    let n_shown = offset + response.hits.len();
    if n_shown < response.n_hits && !response.hits.is_empty() {
        output.talk(format!(
            "… 还有 {} 条；续看：--offset {n_shown}",
            response.n_hits - n_shown
        ));
    }
}

/// The hits as lines for a person.
fn formatted(
    response: &Response,
    around: &[Vec<PassageRecord>],
    offset: usize,
    output: Output,
) -> Vec<String> {
    let hits = response.hits.iter().enumerate();
    hits.map(|(nth, hit)| {
        let around = around.get(nth).map_or(&[][..], Vec::as_slice);
        format_hit(hit, around, offset + nth + 1, output)
    })
    .collect()
}

fn format_hit(hit: &Hit, around: &[PassageRecord], number: usize, output: Output) -> String {
    let mut lines = vec![String::new()];
    let path = hit.passage.path.join(" › ");
    let title = output.link(format!("《{}》", hit.doc.title), hit.doc.file());
    lines.push(output.paint(Paint::Title, format!("{number}. {title}")));
    if !path.is_empty() {
        lines.push(format!("   {path}"));
    }
    let neighbour = |passage: &PassageRecord| {
        output.paint(Paint::Faint, format!("   {}", printable(&passage.text)))
    };
    let (before, behind): (Vec<_>, Vec<_>) = around
        .iter()
        .filter(|passage| passage.idx != hit.passage.idx)
        .partition(|passage| passage.idx < hit.passage.idx);
    lines.extend(before.into_iter().map(neighbour));
    lines.push(format!("   {}", format_snippet(hit, output)));
    lines.extend(behind.into_iter().map(neighbour));
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
    for (nth, line) in hit.citation.lines().enumerate() {
        let front = if nth == 0 { "   引文：" } else { "   " };
        lines.push(output.paint(Paint::Faint, format!("{front}{line}")));
    }
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
