//! `GET /check` and `POST /check`: what a draft states beside what its sources say.

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
use plansearch_draft::{Agreement, Check, DraftText, Finding, Proof, check, what_is_checked};
use plansearch_index::Index;
use plansearch_search::cite;
use plansearch_text::Span;

/// Characters around a statement that are shown.
const AROUND_CHARS: usize = 30;

#[derive(Template)]
#[template(path = "check.html", config = "../../web/askama.toml")]
struct CheckPage {
    frame: Frame,
    text: String,
    /// Name of the file; empty where the text was pasted.
    name: String,
    notices: Vec<String>,
    checked: &'static str,
    result: Option<ResultView>,
}

/// The answer: what differs, what is not in the library, what agrees.
struct ResultView {
    counts: String,
    groups: Vec<(&'static str, &'static str, Vec<FindingView>)>,
}

struct FindingView {
    kind: &'static str,
    differs_by: &'static str,
    text: Markup,
    sources: Vec<SourceView>,
}

struct SourceView {
    text: Markup,
    href: String,
    citation: String,
}

/// Shows the form.
#[utoipa::path(
    get,
    path = "/check",
    description = "The page into which a draft is pasted to be checked.",
    responses((status = 200, description = "The page", content_type = "text/html"))
)]
pub(crate) async fn show() -> Result<Answer, ServiceError> {
    work::answer(|| page(DraftText::default(), None)).await
}

/// Checks what was pasted or sent as a file. Nothing of it is kept.
#[utoipa::path(
    post,
    path = "/check",
    description = "Checks the draft of a form, a file in the field `file` or the field `text`, at most 1 MiB of text, and shows each statement beside its sources.",
    request_body(content = String, content_type = "multipart/form-data", description = "The draft"),
    responses((status = 200, description = "The page", content_type = "text/html"))
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    body: DraftBody,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let draft = body.draft()?;
        let checked = check(&*index.snapshot(), &body.filter, &draft.text)?;
        let result = ResultView::of(&draft.text, &checked);
        page(draft, Some(result))
    })
    .await
}

fn page(draft: DraftText, result: Option<ResultView>) -> Result<Answer, ServiceError> {
    Answer::page(&CheckPage {
        frame: Frame::new("文稿核对", &SearchParams::default()),
        text: draft.text,
        name: if draft.name == "-" {
            String::new()
        } else {
            draft.name
        },
        notices: draft.notices,
        checked: what_is_checked(),
        result,
    })
}

impl ResultView {
    fn of(text: &str, checked: &Check) -> Self {
        let counts = checked.counts;
        let group = |verdict: Agreement| {
            let findings = checked.findings.iter().filter(|one| one.verdict == verdict);
            findings.map(|one| FindingView::of(text, one)).collect()
        };
        Self {
            counts: format!(
                "核对 {} 处：相符 {}，不符 {}，库中未见 {}",
                checked.findings.len(),
                counts.verified,
                counts.differs,
                counts.not_found
            ),
            groups: [Agreement::Differs, Agreement::NotFound, Agreement::Verified]
                .map(|verdict| (verdict.label(), mark(verdict), group(verdict)))
                .into_iter()
                .filter(|(_, _, findings): &(_, _, Vec<FindingView>)| !findings.is_empty())
                .collect(),
        }
    }
}

/// The look of a verdict.
fn mark(verdict: Agreement) -> &'static str {
    match verdict {
        Agreement::Differs => "bad",
        Agreement::NotFound => "none",
        Agreement::Verified => "good",
    }
}

impl FindingView {
    fn of(text: &str, finding: &Finding) -> Self {
        Self {
            kind: finding.kind.label(),
            differs_by: finding.differs_by.map_or("", |by| by.label()),
            text: around(text, finding.span),
            sources: finding.sources.iter().map(SourceView::of).collect(),
        }
    }
}

impl SourceView {
    fn of(proof: &Proof) -> Self {
        let passage = &proof.passage;
        let text = if proof.span.is_empty() {
            Markup::of(&proof.text, Span::whole(&proof.text), &[])
        } else {
            around(&passage.text, proof.span)
        };
        Self {
            text,
            href: address::passage(
                &SearchParams::default(),
                &passage.doc,
                &passage.id,
                passage.idx,
            ),
            citation: cite(&proof.doc, passage),
        }
    }
}

/// A place with the words around it.
fn around(text: &str, span: Span) -> Markup {
    let front = Span::new(0, span.start).of(text);
    let start = front
        .char_indices()
        .rev()
        .take(AROUND_CHARS)
        .take_while(|(_, c)| *c != '\n')
        .map(|(at, _)| at)
        .last()
        .unwrap_or(span.start);
    let behind = Span::new(span.end, text.len()).of(text);
    let end = behind
        .char_indices()
        .take(AROUND_CHARS)
        .take_while(|(_, c)| *c != '\n')
        .map(|(at, c)| span.end + at + c.len_utf8())
        .last()
        .unwrap_or(span.end);
    Markup::of(text, Span::new(start, end), &[span])
}
