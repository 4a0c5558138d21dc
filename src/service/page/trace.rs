//! `GET /trace` and `POST /trace`: a draft beside its sources.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::frame::Frame;
use crate::answer::Answer;
use crate::draft_body::DraftBody;
use crate::error::ServiceError;
use crate::markup::Markup;
use crate::params::SearchParams;
use crate::{address, work};
use plansearch_draft::{DraftText, FoundSource, SentenceState, Trace, TracedSentence, trace};
use plansearch_index::Index;
use plansearch_text::Span;

/// How many sources of a sentence are shown.
const MAX_SHOWN: usize = 3;

#[derive(Template)]
#[template(path = "trace.html", config = "../../web/askama.toml")]
struct TracePage {
    frame: Frame,
    text: String,
    /// Name of the file; empty where the text was pasted.
    name: String,
    result: Option<ResultView>,
}

/// The answer.
struct ResultView {
    counts: String,
    shares: Vec<(&'static str, String, &'static str)>,
    notices: Vec<String>,
    sentences: Vec<SentenceView>,
}

struct SentenceView {
    number: usize,
    text: Markup,
    state: &'static str,
    /// The look of it: `good`, `plain`, `bad` or `none`.
    mark: &'static str,
    is_boilerplate: bool,
    sources: Vec<SourceView>,
}

struct SourceView {
    text: Markup,
    href: String,
    citation: String,
    figures: Vec<(String, String)>,
}

/// Shows the form.
#[utoipa::path(
    get,
    path = "/trace",
    description = "The page into which a draft is pasted.",
    responses((status = 200, description = "The page", content_type = "text/html"))
)]
pub(crate) async fn show() -> Result<Answer, ServiceError> {
    work::answer(|| page(DraftText::default(), None)).await
}

/// Traces what was pasted or sent as a file. Nothing of it is kept.
#[utoipa::path(
    post,
    path = "/trace",
    description = "Traces the draft of a form, a file in the field `file` or the field `text`, at most 1 MiB of text, and shows each sentence beside its sources.",
    request_body(content = String, content_type = "multipart/form-data", description = "The draft"),
    responses((status = 200, description = "The page", content_type = "text/html"))
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    body: DraftBody,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let draft = body.draft()?;
        let traced = trace(&*index.snapshot(), &draft, &body.filter)?;
        page(draft, Some(ResultView::of(&traced)))
    })
    .await
}

fn page(draft: DraftText, result: Option<ResultView>) -> Result<Answer, ServiceError> {
    Answer::page(&TracePage {
        frame: Frame::new("文稿溯源", &SearchParams::default()),
        text: draft.text,
        name: if draft.name == "-" {
            String::new()
        } else {
            draft.name
        },
        result,
    })
}

/// The look of a state.
fn mark(state: SentenceState) -> &'static str {
    match state {
        SentenceState::Copied => "good",
        SentenceState::Reworded => "plain",
        SentenceState::Differing => "bad",
        SentenceState::Unsourced => "none",
    }
}

impl ResultView {
    fn of(traced: &Trace) -> Self {
        let counts = SentenceState::ALL
            .map(|state| format!("{} {}", state.label(), traced.count(state)))
            .join("，");
        let percent = |share: f64| format!("{:.0}%", share * 100.0);
        let shares = &traced.shares;
        let mut shown = vec![
            ("总", percent(shares.total), "有出处的字数占全文的比例"),
            (
                "去除标明出处的引用",
                percent(shares.without_cited),
                "不计写明题名或文号的引文",
            ),
            (
                "去除套话",
                percent(shares.without_boilerplate),
                "不计五份以上文件都有的表述",
            ),
        ];
        if let Some((_, share)) = &shares.largest {
            shown.push(("单篇最大", percent(*share), "首要出处为同一文件的字数"));
        }
        let sentences = traced.sentences.iter().enumerate();
        Self {
            counts: format!("{} 句：{counts}", traced.sentences.len()),
            shares: shown,
            notices: traced.notices.clone(),
            sentences: sentences
                .map(|(idx, one)| SentenceView::of(idx + 1, one))
                .collect(),
        }
    }
}

impl SentenceView {
    fn of(number: usize, sentence: &TracedSentence) -> Self {
        let start = sentence.span.start;
        let mut spans: Vec<Span> = Vec::new();
        if let Some(first) = sentence.sources.first() {
            for change in first
                .changes
                .iter()
                .filter(|change| !change.draft_span.is_empty())
            {
                let first_char = change.draft_span.start.saturating_sub(start);
                spans.push(Span::of_chars(
                    &sentence.text,
                    first_char,
                    change.draft_span.len(),
                ));
            }
        }
        let marks = Span::merged(spans);
        Self {
            number,
            text: Markup::of(&sentence.text, Span::whole(&sentence.text), &marks),
            state: sentence.state().label(),
            mark: mark(sentence.state()),
            is_boilerplate: sentence.is_boilerplate,
            sources: sentence
                .sources
                .iter()
                .take(MAX_SHOWN)
                .map(SourceView::of)
                .collect(),
        }
    }
}

impl SourceView {
    fn of(source: &FoundSource) -> Self {
        let text = &source.passage.text;
        let cut = |range: &std::ops::Range<usize>| Span::of_chars(text, range.start, range.len());
        let changes = source
            .changes
            .iter()
            .filter(|change| !change.source_span.is_empty());
        let marks = Span::merged(changes.map(|change| cut(&change.source_span)).collect());
        let figures = source
            .changes
            .iter()
            .filter(|change| change.kind.name() == "figure");
        Self {
            text: Markup::of(text, cut(&source.source_span), &marks),
            href: address::passage(
                &SearchParams::default(),
                &source.passage.doc,
                &source.passage.id,
                source.passage.idx,
            ),
            citation: source.citation.clone(),
            figures: figures
                .map(|change| (change.draft.clone(), change.source.clone()))
                .collect(),
        }
    }
}
