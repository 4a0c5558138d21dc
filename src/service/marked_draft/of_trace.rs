//! A draft with where its sentences come from.

use super::{MarkedDraft, Remark};
use plansearch_draft::{ChangeKind, FoundSource, SentenceState, Trace, TracedSentence};
use plansearch_search::cite;

/// How many sources of a sentence are named.
const N_SOURCES: usize = 3;

impl MarkedDraft {
    /// Where the sentences of a draft come from.
    pub fn of_trace(trace: &Trace) -> Self {
        let shares = &trace.shares;
        let percent = |share: f64| format!("{:.0}%", share * 100.0);
        let counts = SentenceState::ALL
            .map(|state| format!("{} {}", state.label(), trace.count(state)))
            .join("，");
        let mut summary = vec![
            format!(
                "{} 句：{counts}。没有批注的句子，在文献库中没有找到出处。",
                trace.sentences.len()
            ),
            format!(
                "有出处的字数占 {}；去除标明出处的引用 {}；去除套话（见于五份以上文件的字句）{}。",
                percent(shares.total),
                percent(shares.without_cited),
                percent(shares.without_boilerplate)
            ),
        ];
        if let Some((doc, share)) = &shares.largest {
            summary.push(format!("单篇最大：《{}》{}。", doc.title, percent(*share)));
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
    let state = sentence.state();
    Remark {
        span: [sentence.span.start, sentence.span.end],
        state: format!("{}{set_phrase}", state.label()),
        is_problem: state == SentenceState::Differing,
        lines,
    }
}

/// The place and what stands there, and what differs.
fn source_lines(source: &FoundSource) -> [String; 2] {
    let chars = source.passage.text.chars().skip(source.source_span.start);
    let text: String = chars.take(source.source_span.len()).collect();
    let place = format!("{}：“{text}”", cite(&source.doc, &source.passage));
    let shown = |text: &str| if text.is_empty() { "（无）" } else { text }.to_owned();
    let changes = source.changes.iter().map(|change| {
        let kind = match change.kind {
            ChangeKind::Figure => "数字",
            ChangeKind::Word => "字句",
        };
        let (from, to) = (shown(&change.source), shown(&change.draft));
        format!("{kind} 源“{from}” → 稿“{to}”")
    });
    let changes: Vec<String> = changes.collect();
    [place, changes.join("；")]
}
