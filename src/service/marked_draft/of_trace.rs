//! A draft with where its sentences come from.

use super::{MarkedDraft, Remark};
use crate::wire::{Trace, TraceSource, TracedSentence};

/// How many sources of a sentence are named.
const N_SOURCES: usize = 3;

impl From<&Trace> for MarkedDraft {
    fn from(trace: &Trace) -> Self {
        let shares = &trace.shares;
        let percent = |share: f64| format!("{:.0}%", share * 100.0);
        let count = |verdict: &str| {
            let sentences = trace.sentences.iter();
            sentences.filter(|one| one.verdict == verdict).count()
        };
        let mut summary = vec![
            format!(
                "{} 句：照引 {}，改写 {}，无出处 {}。没有批注的句子，在文库中没有找到出处。",
                trace.sentences.len(),
                count("copied"),
                count("reworded"),
                count("none")
            ),
            format!(
                "有出处的字数占 {}；去除标明出处的引用 {}；去除套话（见于五份以上文件的字句）{}。",
                percent(shares.total),
                percent(shares.without_cited),
                percent(shares.without_boilerplate)
            ),
        ];
        if let Some(largest) = &shares.largest {
            let share = percent(largest.share);
            summary.push(format!("单篇最大：《{}》{share}。", largest.doc.title));
        }
        summary.extend(trace.notices.iter().cloned());
        let sentences = trace.sentences.iter();
        let traced = sentences.filter(|sentence| !sentence.sources.is_empty());
        Self {
            title: format!("文稿溯源：{}", trace.draft),
            summary,
            text: trace.text.clone(),
            remarks: traced.map(remark).collect(),
        }
    }
}

fn remark(sentence: &TracedSentence) -> Remark {
    let first = sentence.sources.first();
    let has_figure = first.is_some_and(|source| source.changes.iter().any(is_figure));
    let state = match sentence.verdict {
        "copied" => "照引",
        _ if has_figure => "数字有出入",
        _ => "改写",
    };
    let set_phrase = if sentence.is_boilerplate {
        "，套话"
    } else {
        ""
    };
    let mut lines: Vec<String> = Vec::new();
    for source in sentence.sources.iter().take(N_SOURCES) {
        let [first, rest] = source_lines(source);
        // Two passages that say the same in one place are named once.
        if !lines.contains(&first) {
            lines.push(first);
            lines.extend(Some(rest).filter(|rest| !rest.is_empty()));
        }
    }
    let n_more = sentence.sources.len().saturating_sub(N_SOURCES);
    if n_more > 0 {
        lines.push(format!("另有 {n_more} 处。"));
    }
    Remark {
        span: sentence.span,
        state: format!("{state}{set_phrase}"),
        is_problem: has_figure,
        lines,
    }
}

fn is_figure(change: &crate::wire::TraceChange) -> bool {
    change.kind == "figure"
}

/// The place and what stands there, and what differs.
fn source_lines(source: &TraceSource) -> [String; 2] {
    let [start, end] = source.source_span;
    let chars = source.passage.text.chars().skip(start);
    let text: String = chars.take(end.saturating_sub(start)).collect();
    let place = format!("{}：“{text}”", source.passage.citation);
    let shown = |text: &str| {
        if text.is_empty() {
            "（无）".to_owned()
        } else {
            text.to_owned()
        }
    };
    let changes = source.changes.iter().map(|change| {
        let kind = if is_figure(change) {
            "数字"
        } else {
            "字句"
        };
        format!(
            "{kind} 源“{}” → 稿“{}”",
            shown(&change.source),
            shown(&change.draft)
        )
    });
    let changes: Vec<String> = changes.collect();
    [place, changes.join("；")]
}
