//! `GET /documents`: what the library holds.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use utoipa::IntoParams;

use super::frame::Frame;
use super::paging::Paging;
use super::words;
use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Params};
use crate::group::Group;
use crate::params::SearchParams;
use crate::{address, work};
use plansearch_index::{DocumentRecord, Index};
use plansearch_text::fold;

/// Documents on one page.
const PAGE_DOCUMENTS: usize = 50;

/// Furthest document that can be asked for.
const MAX_OFFSET: usize = 1_000_000_000;

/// What part of the list is asked for.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// A part of the title, number, issuing body or file name.
    #[param(required = false)]
    name: String,
    /// How many documents to pass over.
    #[param(required = false, default = 0, minimum = 0)]
    offset: usize,
}

impl FromPairs for ListParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "name" => value.trim().clone_into(&mut params.name),
                "offset" => params.offset = number("offset", &value, MAX_OFFSET)?,
                _ => {}
            }
        }
        Ok(params)
    }
}

#[derive(Template)]
#[template(path = "documents.html", config = "../../web/askama.toml")]
struct DocumentsPage {
    frame: Frame,
    name: String,
    n_documents: String,
    n_passages: String,
    documents: Vec<Entry>,
    paging: Paging,
}

/// A document as lists show it.
pub(super) struct Entry {
    /// Title.
    pub(super) title: String,
    /// Address of the reader.
    pub(super) href: String,
    /// Address of a search in this document alone.
    pub(super) search_href: String,
    /// Type, date, number and period, as far as known.
    pub(super) facts: Vec<String>,
    /// Issuing bodies in one line.
    pub(super) issuers: String,
    /// Number of passages.
    pub(super) n_passages: String,
    /// The file that holds it.
    pub(super) file: String,
}

impl Entry {
    /// The entry of a document.
    pub(super) fn new(doc: &DocumentRecord) -> Self {
        let in_doc = SearchParams::default().toggled(Group::Doc, &doc.id);
        let mut facts = vec![doc.doc_type.clone()];
        facts.extend(doc.doc_number.clone());
        facts.extend(doc.date.as_deref().map(words::date));
        facts.retain(|fact| !fact.is_empty());
        Self {
            title: words::title(doc),
            href: address::document(&doc.id),
            search_href: address::search(&in_doc),
            facts,
            issuers: doc.issuers.join("、"),
            n_passages: words::count(doc.n_passages),
            file: doc.file().to_owned(),
        }
    }
}

/// Says whether a folded string stands in what a document is called by.
fn is_called(doc: &DocumentRecord, part: &str) -> bool {
    let names = std::iter::once(&doc.title)
        .chain(&doc.doc_number)
        .chain(&doc.issuers)
        .chain(&doc.files);
    names.into_iter().any(|name| fold(name).contains(part))
}

/// Lists the documents.
#[utoipa::path(
    get,
    path = "/documents",
    description = "The page that lists the documents.",
    params(ListParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<ListParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let snapshot = index.snapshot();
        let part = fold(&params.name);
        let documents = snapshot.catalog().documents().iter();
        let documents: Vec<&DocumentRecord> = documents
            .map(Arc::as_ref)
            .filter(|doc| part.is_empty() || is_called(doc, &part))
            .collect();
        let n_passages = documents.iter().map(|doc| doc.n_passages).sum();
        let shown = documents
            .iter()
            .copied()
            .skip(params.offset)
            .take(PAGE_DOCUMENTS);
        Answer::page(&DocumentsPage {
            frame: Frame::new("文件目录", &SearchParams::default()),
            n_documents: words::count(documents.len()),
            n_passages: words::count(n_passages),
            documents: shown.map(Entry::new).collect(),
            paging: Paging::new(documents.len(), PAGE_DOCUMENTS, params.offset, |offset| {
                address::documents(&params.name, offset)
            }),
            name: params.name,
        })
    })
    .await
}
