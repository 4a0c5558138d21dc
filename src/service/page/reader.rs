//! `GET /documents/{id}`: a document to read, with what was found in view.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use utoipa::IntoParams;

use super::blocks::{Block, Reading};
use super::frame::Frame;
use super::outline::{OutlineStep, outline};
use super::words;
use crate::index::{DocumentRecord, Index, Snapshot};
use crate::search::{Needles, understand};
use crate::service::answer::Answer;
use crate::service::bad_parameter::{BadParameter, number};
use crate::service::error::ServiceError;
use crate::service::extract::{FromPairs, Id, Params};
use crate::service::params::SearchParams;
use crate::service::{address, work};

/// Passages on one page; a longer document is shown in parts.
const PART_PASSAGES: usize = 800;

/// Highest number of a part that can be asked for.
const MAX_PART: usize = 1_000_000;

/// What to show of a document. The parameters of a search may stand beside:
/// `q` is marked, and all lead back to the results.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::service) struct ReaderParams {
    /// Id of a passage to show as found.
    #[param(required = false)]
    p: String,
    /// Which part of a long document to show, from 1.
    #[param(required = false, default = 1, minimum = 1)]
    part: usize,
    #[param(ignore)]
    search: SearchParams,
}

impl FromPairs for ReaderParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "p" => params.p = value,
                "part" => params.part = number("part", &value, MAX_PART)?,
                _ => drop(params.search.take(&name, &value)?),
            }
        }
        params.search.request(0)?;
        Ok(params)
    }
}

#[derive(Template)]
#[template(path = "reader.html", config = "web/askama.toml")]
struct ReaderPage {
    frame: Frame,
    id: String,
    title: String,
    facts: Vec<(&'static str, String)>,
    attachments: Vec<String>,
    warnings: Vec<String>,
    dropped: Vec<(String, String)>,
    back: Option<String>,
    query: String,
    outline: Vec<OutlineStep>,
    blocks: Vec<Block>,
    parts: Vec<PartLink>,
    found: Option<usize>,
    is_passage_missing: bool,
}

struct PartLink {
    number: usize,
    href: String,
    is_current: bool,
}

/// Shows a document.
#[utoipa::path(
    get,
    path = "/documents/{id}",
    description = "The page to read a document. Every passage has the anchor `#p{idx}`.",
    params(
        ("id" = String, Path, description = "Id of the document"),
        ReaderParams,
        SearchParams
    ),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
        (status = 404, description = "There is no such document", content_type = "text/html"),
    )
)]
pub(in crate::service) async fn handle(
    State(index): State<Arc<Index>>,
    Id(id): Id,
    Params(params): Params<ReaderParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&index.snapshot(), &id, &params)).await
}

fn answer(snapshot: &Snapshot, id: &str, params: &ReaderParams) -> Result<Answer, ServiceError> {
    let Some(doc) = snapshot.catalog().get(id) else {
        return Err(ServiceError::NoDocument(id.to_owned()));
    };
    let found = match params.p.as_str() {
        "" => None,
        passage => snapshot.passage(passage)?.filter(|found| found.doc == id),
    };
    let n_parts = doc.n_passages.div_ceil(PART_PASSAGES).max(1);
    let part = match &found {
        Some(found) => found.idx / PART_PASSAGES + 1,
        None => params.part.clamp(1, n_parts),
    };
    let first = (part - 1) * PART_PASSAGES;
    let passages = snapshot.passages_of(id, first..first + PART_PASSAGES)?;
    let search = &params.search;
    let needles = Needles::of(&understand(snapshot, &search.q).0);
    let reading = Reading {
        doc,
        params: search,
        needles: &needles,
        found: found.as_ref().map(|found| found.id.as_str()),
    };
    let parts = (1..=n_parts).filter(|_| n_parts > 1);
    Answer::page(&ReaderPage {
        frame: Frame {
            kept: Vec::new(),
            ..Frame::new(words::title(doc), search)
        },
        id: id.to_owned(),
        title: words::title(doc),
        facts: facts(doc),
        attachments: doc.attachments.clone(),
        warnings: doc.warnings.clone(),
        dropped: doc.dropped.clone(),
        back: (!search.is_empty()).then(|| address::search(search)),
        query: search.q.clone(),
        outline: outline(&passages),
        blocks: reading.blocks(&passages),
        parts: parts
            .map(|number| PartLink {
                number,
                href: address::part(search, id, number),
                is_current: number == part,
            })
            .collect(),
        is_passage_missing: found.is_none() && !params.p.is_empty(),
        found: found.map(|found| found.idx),
    })
}

/// What is known of a document, each with its name.
fn facts(doc: &DocumentRecord) -> Vec<(&'static str, String)> {
    let date = |iso: &Option<String>| iso.as_deref().map(words::date);
    let facts = [
        ("发文机关", Some(doc.issuers.join("、"))),
        ("发文字号", doc.doc_number.clone()),
        ("成文日期", date(&doc.date)),
        ("发布日期", date(&doc.publish_date)),
        ("文种", Some(doc.doc_type.clone())),
        ("规划期", words::period(doc)),
        ("索引号", doc.index_number.clone()),
        ("来源文件", Some(doc.files.join("、"))),
        ("段落数", Some(words::count(doc.n_passages))),
    ];
    facts
        .into_iter()
        .filter_map(|(name, fact)| Some((name, fact.filter(|fact| !fact.is_empty())?)))
        .collect()
}
