//! `plansearch trace`: where the sentences of a draft come from.

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;

use super::args::{DraftForm, TraceOptions};
use super::marked_draft;
use super::output::{Output, Paint};
use super::search_command::printable;
use plansearch_draft::{
    ChangeKind, DraftText, FoundSource, MAX_DRAFT_BYTES, SentenceState, Trace, TracedSentence,
    Verdict, trace,
};
use plansearch_index::Index;
use plansearch_service::marked_draft::MarkedDraft;
use plansearch_service::wire;
use plansearch_text::span::shorten;

/// How many characters of a sentence or source a line shows: two columns each.
const SHOWN_CHARS: usize = 34;
/// What else there is, for people.
const WAYS_ON: &str =
    "只看有问题的：--problems   批注进文稿：-o 新稿.docx   核对数字：check   JSON：--json";
/// How many further sources are named.
const N_MORE: usize = 2;

pub(super) fn run(dir: &Path, options: &TraceOptions, output: Output) -> anyhow::Result<ExitCode> {
    let draft = read(&options.draft)?;
    let snapshot = Index::open(dir)?.snapshot();
    let started = Instant::now();
    let traced = trace(&*snapshot, &draft, &options.filter.filter())?;
    let has_source = |sentence: &TracedSentence| sentence.verdict != Verdict::None;
    let is_traced = traced.sentences.iter().any(has_source);
    let form = options.form.form()?;
    if form != DraftForm::Text || options.form.output.is_some() {
        let answer = || wire::Trace::from(&traced);
        let marked = || MarkedDraft::of_trace(&traced);
        marked_draft::write(&options.draft, answer, marked, form, &options.form, output)?;
    } else {
        print(
            &traced,
            started.elapsed().as_secs_f64(),
            options.problems,
            output,
        )?;
    }
    Ok(if is_traced {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// Reads a draft from a file or, for `-`, from stdin.
pub(super) fn read(path: &Path) -> anyhow::Result<DraftText> {
    if path.as_os_str() != "-" {
        return Ok(DraftText::open(path)?);
    }
    let mut bytes = Vec::new();
    let stdin = std::io::stdin().lock();
    stdin
        .take(16 * MAX_DRAFT_BYTES as u64)
        .read_to_end(&mut bytes)
        .context("cannot read stdin")?;
    Ok(DraftText::of_bytes("-", &bytes, MAX_DRAFT_BYTES)?)
}

/// The mark of a state.
fn mark(state: SentenceState) -> &'static str {
    match state {
        SentenceState::Copied => "✓",
        SentenceState::Reworded => "≈",
        SentenceState::Differing => "✗",
        SentenceState::Unsourced => "○",
    }
}

fn print(traced: &Trace, took_s: f64, only_problems: bool, output: Output) -> anyhow::Result<()> {
    for notice in &traced.notices {
        output.talk(format!("注：{notice}"));
    }
    let counts = SentenceState::ALL
        .map(|state| format!("{} {}", state.label(), traced.count(state)))
        .join(" · ");
    output.data(format!(
        "{}：{} 句 = {counts}  {took_s:.1} 秒",
        printable(&traced.draft),
        traced.sentences.len(),
    ))?;
    let shares = &traced.shares;
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    output.data(format!(
        "有出处的字数 {} · 去除标明出处的引用 {} · 去除套话 {}",
        percent(shares.total),
        percent(shares.without_cited),
        percent(shares.without_boilerplate),
    ))?;
    if let Some((doc, share)) = &shares.largest {
        let title = shorten(&printable(&doc.title), SHOWN_CHARS - 8);
        output.data(format!("单篇最大 {} 《{title}》", percent(*share)))?;
    }
    for (idx, sentence) in traced.sentences.iter().enumerate() {
        let is_problem = matches!(
            sentence.state(),
            SentenceState::Differing | SentenceState::Unsourced
        );
        if !only_problems || is_problem {
            print_sentence(idx + 1, sentence, output)?;
        }
    }
    output.data(output.paint(Paint::Faint, WAYS_ON))
}

fn print_sentence(number: usize, sentence: &TracedSentence, output: Output) -> anyhow::Result<()> {
    let (mark, name) = (mark(sentence.state()), sentence.state().label());
    let text = shorten(&printable(&sentence.text), SHOWN_CHARS);
    output.data(output.paint(Paint::Title, format!("{mark} {number:>3}  {text}")))?;
    let set_phrase = if sentence.is_boilerplate {
        "（套话）"
    } else {
        ""
    };
    let Some(first) = sentence.sources.first() else {
        return output.data(output.paint(Paint::Faint, format!("       {name}")));
    };
    for source in sentence.sources.iter().take(1 + N_MORE) {
        let is_head = std::ptr::eq(source, first);
        for line in source_lines(source, is_head.then(|| format!("{name}{set_phrase}"))) {
            output.data(line)?;
        }
    }
    let n_more = sentence.sources.len().saturating_sub(1 + N_MORE);
    if n_more > 0 {
        output.data(output.paint(Paint::Faint, format!("       另有 {n_more} 处")))?;
    }
    Ok(())
}

fn source_lines(source: &FoundSource, name: Option<String>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(name) = name {
        let text: String = source
            .passage
            .text
            .chars()
            .skip(source.source_span.start)
            .take(source.source_span.len())
            .collect();
        let text = shorten(&printable(&text), SHOWN_CHARS - 6);
        lines.push(format!(
            "       {name} {:.0}%  源 {text}",
            source.score * 100.0
        ));
        let figures = source
            .changes
            .iter()
            .filter(|change| change.kind == ChangeKind::Figure);
        for change in figures {
            lines.push(format!(
                "       数字不同  稿 {}  源 {}",
                printable(&change.draft),
                printable(&change.source)
            ));
        }
    }
    let date = source.doc.date.as_deref().unwrap_or("无日期");
    let title = shorten(&printable(&source.doc.title), SHOWN_CHARS - 16);
    lines.push(format!(
        "       《{title}》 {date}  {}",
        printable(&source.passage.id)
    ));
    lines
}
