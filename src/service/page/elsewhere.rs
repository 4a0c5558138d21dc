//! `GET /elsewhere`: what other documents say in the words of a passage, by the years, and
//! what they state of its indicators.
//!
//! The passage is traced as a draft is: what stands there word for word, what was reworded,
//! and where a figure differs. Below stands what is nearest in subject, found by its rarest
//! words. Its own document is left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use utoipa::IntoParams;

use super::frame::Frame;
use super::hits::HitView;
use super::indicators::Indicator;
use crate::answer::Answer;
use crate::bad_parameter::BadParameter;
use crate::error::ServiceError;
use crate::excerpt::Excerpt;
use crate::extract::{FromPairs, Params};
use crate::markup::Markup;
use crate::params::SearchParams;
use crate::target_params::TargetParams;
use crate::{address, words, work};
use plansearch_draft::{ChangeKind, DraftText, FoundSource, SentenceState, trace};
use plansearch_engine::{DocumentRecord, Engine, Fate, Filter, PassageRecord};
use plansearch_index::Index;
use plansearch_search::{self as search, Marker};
use plansearch_targets::{Request, find};
use plansearch_text::{Span, span};

/// Most indicators of a passage that are looked for.
const MAX_INDICATORS: usize = 5;

/// Most records of an indicator that are looked through.
const MAX_RECORDS: usize = 100;

/// Most records of an indicator that are shown.
const MAX_ROWS: usize = 12;

/// Most passages that are near in subject.
const MAX_NEAR: usize = 8;

/// Longest text of a passage in a title, in characters.
const MAX_TITLE_CHARS: usize = 20;

/// Between pieces of a passage that are not side by side.
const GAP: &str = "……";

/// The passage that is asked about.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ElsewhereParams {
    /// Id of the passage.
    p: String,
}

impl FromPairs for ElsewhereParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            if name == "p" {
                value.trim().clone_into(&mut params.p);
            }
        }
        Ok(params)
    }
}

#[derive(Template)]
#[template(path = "elsewhere.html", config = "../../web/askama.toml")]
struct ElsewherePage {
    frame: Frame,
    /// The passage itself.
    passage: Excerpt,
    /// Below: what is nearest in subject.
    near: Vec<HitView>,
    /// By year of issue, the last first.
    years: Vec<(String, Vec<Other>)>,
    n_others: usize,
    indicators: Vec<IndicatorView>,
    /// The use of its subject by the years, and what all documents say on it.
    ways_on: Option<(String, String, String)>,
}

/// A passage of another document.
struct Other {
    id: String,
    title: String,
    href: String,
    facts: Vec<String>,
    /// 照引, 改写, 有出入.
    state: &'static str,
    /// The look of it: `good`, `plain`, `bad`.
    mark: &'static str,
    /// What is alike in it, with what differs marked.
    pieces: Vec<Markup>,
    /// Figures that differ: here and there.
    figures: Vec<(String, String)>,
    trail: Vec<String>,
}

/// An indicator in other documents.
struct IndicatorView {
    name: String,
    rows: Vec<Indicator>,
    /// The address of it in all documents and years.
    href: String,
}

/// Shows what other documents say.
#[utoipa::path(
    get,
    path = "/elsewhere",
    description = "The page of what other documents say in the same or similar words as a passage, by year of issue, and of what they state of its indicators.",
    params(ElsewhereParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 404, description = "There is no such passage", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<ElsewhereParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&*index.snapshot(), &params.p)).await
}

fn answer(snapshot: &dyn Engine, id: &str) -> Result<Answer, ServiceError> {
    let unknown = || ServiceError::NoPassage(id.to_owned());
    let now = snapshot.passage_now(id)?;
    let (passage, _) = now
        .filter(|(_, fate)| *fate != Fate::Gone)
        .ok_or_else(unknown)?;
    let doc = snapshot.catalog().get(&passage.doc).ok_or_else(unknown)?;
    let others = others(snapshot, &passage)?;
    let near = near(snapshot, &passage, &others)?;
    let everything = SearchParams::default();
    let short = span::shorten(&passage.text, MAX_TITLE_CHARS);
    Answer::page(&ElsewherePage {
        frame: Frame::new(format!("其他文件的表述：{short}"), &everything),
        passage: Excerpt::new(doc, &passage),
        near,
        n_others: others.len(),
        years: by_year(others),
        indicators: indicators(snapshot, &passage)?,
        ways_on: subject(&passage).map(|subject| {
            let (evolve, topic) = (address::evolve_of(&[&subject]), address::topic(&subject));
            (subject, evolve, topic)
        }),
    })
}

/// The passages of other documents that are nearest in subject, one of each, without those
/// that say the same.
fn near(
    snapshot: &dyn Engine,
    passage: &PassageRecord,
    others: &[(String, Other)],
) -> Result<Vec<HitView>, ServiceError> {
    let words = match &passage.table {
        Some(table) => table.cells.join(" "),
        None => passage.text.clone(),
    };
    let params = SearchParams::default().asking(words);
    let request = search::Request {
        each_document: Some(1),
        limit: MAX_NEAR + 1,
        ..params.request(0)?
    };
    let response = search::search(snapshot, &request)?;
    let is_new = |hit: &search::Hit| {
        let id = &hit.passage.id;
        hit.passage.doc != passage.doc && !others.iter().any(|(_, other)| other.id == *id)
    };
    let hits = response.hits.into_iter().filter(is_new).take(MAX_NEAR);
    // So many words are not marked: that would be all of the text.
    let (plain, marker) = (SearchParams::default(), Marker::default());
    Ok(hits.map(|hit| HitView::new(&plain, &marker, hit)).collect())
}

/// What the passage is about in its own words: its lead.
fn subject(passage: &PassageRecord) -> Option<String> {
    let lead = passage.lead_text()?.trim();
    let is_term = |c: char| !c.is_whitespace() && !c.is_ascii_punctuation();
    (!lead.is_empty() && lead.chars().all(is_term)).then(|| lead.to_owned())
}

/// A passage elsewhere with the sentences that it has in common with this one.
struct Shared<'a> {
    sources: Vec<&'a FoundSource>,
    state: SentenceState,
}

/// The passages of other documents that say the same, each with its year.
fn others(
    snapshot: &dyn Engine,
    passage: &PassageRecord,
) -> Result<Vec<(String, Other)>, ServiceError> {
    let draft = DraftText::of_text("-", &passage.text);
    let traced = trace(snapshot, &draft, &Filter::default())?;
    let mut found: BTreeMap<&str, Shared<'_>> = BTreeMap::new();
    for sentence in &traced.sentences {
        let sources = sentence.sources.iter();
        for source in sources.filter(|source| source.passage.doc != passage.doc) {
            let state = state(source);
            let shared = found
                .entry(source.passage.id.as_str())
                .or_insert_with(|| Shared {
                    sources: Vec::new(),
                    state,
                });
            shared.sources.push(source);
            // What differs in one sentence differs.
            if severity(state) > severity(shared.state) {
                shared.state = state;
            }
        }
    }
    Ok(found.into_values().map(Shared::view).collect())
}

/// What a source is to this passage.
fn state(source: &FoundSource) -> SentenceState {
    if source.has_changed_figure() {
        SentenceState::Differing
    } else if source.changes.is_empty() {
        SentenceState::Copied
    } else {
        SentenceState::Reworded
    }
}

fn severity(state: SentenceState) -> usize {
    match state {
        SentenceState::Copied | SentenceState::Unsourced => 0,
        SentenceState::Reworded => 1,
        SentenceState::Differing => 2,
    }
}

impl Shared<'_> {
    fn view(mut self) -> (String, Other) {
        self.sources.sort_by_key(|source| source.source_span.start);
        let first = self.sources[0];
        let (doc, passage): (&DocumentRecord, &PassageRecord) = (&first.doc, &first.passage);
        let text = passage.text.as_str();
        let cut = |chars: &std::ops::Range<usize>| Span::of_chars(text, chars.start, chars.len());
        let changes = self.sources.iter().flat_map(|source| &source.changes);
        let marks: Vec<Span> = changes
            .clone()
            .filter(|change| !change.source_span.is_empty())
            .map(|change| cut(&change.source_span))
            .collect();
        let marks = Span::merged(marks);
        let parts = self.sources.iter().map(|source| cut(&source.source_span));
        let parts = Span::merged(parts.collect());
        let figures = changes.filter(|change| change.kind == ChangeKind::Figure);
        let (state, mark) = match self.state {
            SentenceState::Copied | SentenceState::Unsourced => ("文字相同", "good"),
            SentenceState::Reworded => ("表述相近", "plain"),
            SentenceState::Differing => ("数字不同", "bad"),
        };
        let year = doc
            .year()
            .map_or_else(|| "未注明年份".to_owned(), |year| format!("{year}年"));
        let other = Other {
            id: passage.id.clone(),
            title: words::title(doc),
            href: address::passage(&SearchParams::default(), &doc.id, &passage.id, passage.idx),
            facts: words::hit_facts(doc),
            state,
            mark,
            pieces: parts
                .iter()
                .map(|part| Markup::of(text, *part, &marks))
                .collect(),
            figures: figures
                .map(|change| (change.draft.clone(), change.source.clone()))
                .collect(),
            trail: words::labels(&passage.path),
        };
        (year, other)
    }
}

/// The last year first; what has none stands last.
fn by_year(others: Vec<(String, Other)>) -> Vec<(String, Vec<Other>)> {
    let mut years: BTreeMap<String, Vec<Other>> = BTreeMap::new();
    for (year, other) in others {
        years.entry(year).or_default().push(other);
    }
    let is_dated =
        |(year, _): &(String, Vec<Other>)| year.starts_with(|c: char| c.is_ascii_digit());
    let (dated, undated): (Vec<_>, Vec<_>) = years.into_iter().rev().partition(is_dated);
    dated.into_iter().chain(undated).collect()
}

/// What other documents state of the indicators of a passage.
fn indicators(
    snapshot: &dyn Engine,
    passage: &PassageRecord,
) -> Result<Vec<IndicatorView>, ServiceError> {
    let mut names: Vec<String> = Vec::new();
    for target in &passage.targets {
        if !target.name.is_empty() && !names.contains(&target.name) {
            names.push(target.name.clone());
        }
    }
    let mut views = Vec::new();
    for name in names.into_iter().take(MAX_INDICATORS) {
        let request = Request {
            names: vec![name.clone()],
            limit: MAX_RECORDS,
            ..Request::default()
        };
        let found = find(snapshot, &request)?;
        let records = found.records.iter();
        let rows: Vec<Indicator> = records
            .filter(|record| record.passage.doc != passage.doc)
            .take(MAX_ROWS)
            .map(|record| Indicator::new(&record.into()))
            .collect();
        if !rows.is_empty() {
            let all = TargetParams {
                name: vec![name.clone()],
                ..TargetParams::default()
            };
            views.push(IndicatorView {
                href: address::targets(&all),
                name,
                rows,
            });
        }
    }
    Ok(views)
}
