//! `GET /documents`: what the library holds, as a table to find, narrow and sort.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use utoipa::IntoParams;

use super::catalogue::{self, Column, Fact, Wish};
use super::frame::Frame;
use super::paging::Paging;
use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, Expected, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Params};
use crate::params::SearchParams;
use crate::words;
use crate::{address, work};
use plansearch_engine::{DocumentRecord, Engine};
use plansearch_index::Index;

/// Documents on one page.
const PAGE_DOCUMENTS: usize = 50;

/// Furthest document that can be asked for.
const MAX_OFFSET: usize = 1_000_000_000;

/// What part of the list is asked for.
#[derive(Debug, Clone, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// Words of the title, number, issuing body, region or file name; all are required.
    #[param(required = false)]
    name: String,
    /// Level of government, or `未注明`.
    #[param(required = false)]
    level: String,
    /// A region, or `未注明`.
    #[param(required = false)]
    region: String,
    /// Type of document.
    #[param(rename = "type", required = false)]
    doc_type: String,
    /// First year of issue.
    #[param(required = false)]
    since: String,
    /// Last year of issue.
    #[param(required = false)]
    until: String,
    /// Column to sort by: `date`, `title`, `issuer`, `number`, `type`, `passages`.
    #[param(value_type = String, required = false, default = "date")]
    sort: Column,
    /// `1` sorts the other way round.
    #[param(required = false)]
    turned: bool,
    /// How many documents to pass over.
    #[param(required = false, default = 0, minimum = 0)]
    offset: usize,
}

impl FromPairs for ListParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            let text = value.trim().to_owned();
            match name.as_str() {
                "name" => params.name = text,
                "level" => params.level = text,
                "region" => params.region = text,
                "type" => params.doc_type = text,
                "since" => params.since = text,
                "until" => params.until = text,
                "sort" => {
                    let known = Column::ALL.iter().find(|(_, name, _)| *name == text);
                    let (column, ..) = known.ok_or_else(|| {
                        let names = Column::ALL.map(|(_, name, _)| name.to_owned()).to_vec();
                        BadParameter::new("sort", &value, Expected::OneOf(names))
                    })?;
                    params.sort = *column;
                }
                "turned" => params.turned = text == "1",
                "offset" => params.offset = number("offset", &value, MAX_OFFSET)?,
                _ => {}
            }
        }
        params.wish()?;
        Ok(params)
    }
}

impl ListParams {
    fn wish(&self) -> Result<Wish, BadParameter> {
        let years = match (self.since.as_str(), self.until.as_str()) {
            ("", "") => None,
            (since, until) => {
                let range = format!("{since}..{until}");
                let year = range.parse();
                Some(year.map_err(|_| BadParameter::new("since", &range, Expected::Year))?)
            }
        };
        Ok(Wish {
            name: self.name.clone(),
            facts: [&self.level, &self.region, &self.doc_type].map(Clone::clone),
            years,
            order: (self.sort, self.sort.is_from_the_end() != self.turned),
        })
    }

    fn is_narrowed(&self) -> bool {
        let texts = [
            &self.name,
            &self.level,
            &self.region,
            &self.doc_type,
            &self.since,
            &self.until,
        ];
        texts.iter().any(|text| !text.is_empty())
    }

    fn order_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if self.sort != Column::default() {
            let known = Column::ALL.iter().find(|(column, ..)| *column == self.sort);
            pairs.extend(known.map(|(_, name, _)| ("sort", (*name).to_owned())));
        }
        if self.turned {
            pairs.push(("turned", "1".to_owned()));
        }
        pairs
    }

    fn address(&self) -> String {
        let mut pairs = vec![
            ("name", self.name.clone()),
            ("level", self.level.clone()),
            ("region", self.region.clone()),
            ("type", self.doc_type.clone()),
            ("since", self.since.clone()),
            ("until", self.until.clone()),
        ];
        pairs.retain(|(_, value)| !value.is_empty());
        pairs.extend(self.order_pairs());
        if self.offset > 0 {
            pairs.push(("offset", self.offset.to_string()));
        }
        address::with_query("/documents".to_owned(), pairs)
    }

    /// The same list sorted by a column; the other way round where it is already.
    fn sorted(&self, column: Column) -> String {
        let sorted = Self {
            sort: column,
            turned: column == self.sort && !self.turned,
            offset: 0,
            ..self.clone()
        };
        sorted.address()
    }
}

#[derive(Template)]
#[template(path = "documents.html", config = "../../web/askama.toml")]
struct DocumentsPage {
    frame: Frame,
    name: String,
    since: String,
    until: String,
    choices: Vec<Choice>,
    /// The order, which a new search keeps.
    kept: Vec<(&'static str, String)>,
    is_empty: bool,
    is_narrowed: bool,
    n_documents: String,
    n_passages: String,
    heads: Vec<Head>,
    rows: Vec<Row>,
    paging: Paging,
}

/// A fact that the list can be narrowed by.
struct Choice {
    name: &'static str,
    label: &'static str,
    options: Vec<ChoiceOption>,
}

struct ChoiceOption {
    value: String,
    label: String,
    count: String,
    is_chosen: bool,
}

/// The head of a column.
struct Head {
    name: &'static str,
    label: &'static str,
    href: String,
    /// `ascending` or `descending`, where the list is sorted by it.
    order: Option<&'static str>,
}

/// A document in the table.
struct Row {
    id: String,
    title: String,
    href: String,
    /// The file, where another document has the same title.
    file: Option<String>,
    issuers: String,
    doc_number: String,
    date: String,
    doc_type: String,
    n_passages: String,
    search_href: String,
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
    work::answer(move || answer(&*index.snapshot(), params)).await
}

fn answer(snapshot: &dyn Engine, params: ListParams) -> Result<Answer, ServiceError> {
    let documents = catalogue::listed(snapshot, &params.wish()?);
    let n_passages = documents.iter().map(|doc| doc.n_passages).sum();
    let shown = documents.iter().skip(params.offset).take(PAGE_DOCUMENTS);
    let shown: Vec<&DocumentRecord> = shown.copied().collect();
    let mut n_titled: HashMap<&str, usize> =
        shown.iter().map(|doc| (doc.title.as_str(), 0)).collect();
    for doc in snapshot.catalog().documents() {
        if let Some(n) = n_titled.get_mut(doc.title.as_str()) {
            *n += 1;
        }
    }
    let is_alone = |doc: &DocumentRecord| n_titled.get(doc.title.as_str()) == Some(&1);
    let rows = shown
        .iter()
        .map(|doc| Row::new(doc, is_alone(doc)))
        .collect();
    Answer::page(&DocumentsPage {
        frame: Frame::new("文件目录", &SearchParams::default()),
        choices: choices(snapshot, &params),
        kept: params.order_pairs(),
        is_empty: snapshot.catalog().documents().is_empty(),
        is_narrowed: params.is_narrowed(),
        n_documents: words::count(documents.len()),
        n_passages: words::count(n_passages),
        heads: heads(&params),
        rows,
        paging: Paging::new(documents.len(), PAGE_DOCUMENTS, params.offset, |offset| {
            let part = ListParams {
                offset,
                ..params.clone()
            };
            part.address()
        }),
        name: params.name,
        since: params.since,
        until: params.until,
    })
}

/// What can be chosen; a fact that all documents share narrows nothing.
fn choices(snapshot: &dyn Engine, params: &ListParams) -> Vec<Choice> {
    let chosen = [&params.level, &params.region, &params.doc_type];
    let choice = |((fact, name, label), chosen): ((Fact, _, _), &String)| {
        let mut options = catalogue::options(snapshot, fact);
        if !chosen.is_empty() && !options.iter().any(|(value, _)| value == chosen) {
            options.push((chosen.clone(), 0));
        }
        let option = |(value, n): (String, usize)| ChoiceOption {
            is_chosen: value == *chosen,
            label: value.clone(),
            count: words::count(n),
            value,
        };
        Choice {
            name,
            label,
            options: options.into_iter().map(option).collect(),
        }
    };
    let choices = Fact::ALL.into_iter().zip(chosen).map(choice);
    choices.filter(|choice| choice.options.len() > 1).collect()
}

fn heads(params: &ListParams) -> Vec<Head> {
    let head = |(column, name, label): (Column, &'static str, &'static str)| {
        let is_from_the_end = column.is_from_the_end() != params.turned;
        Head {
            name,
            label,
            href: params.sorted(column),
            order: (column == params.sort).then_some(if is_from_the_end {
                "descending"
            } else {
                "ascending"
            }),
        }
    };
    Column::ALL.into_iter().map(head).collect()
}

impl Row {
    /// `is_alone` says that no other document has its title.
    fn new(doc: &DocumentRecord, is_alone: bool) -> Self {
        Self {
            id: doc.id.clone(),
            title: words::title(doc),
            href: address::document(&doc.id),
            file: (!is_alone).then(|| doc.places().next()).flatten(),
            issuers: doc.issuers.join("、"),
            doc_number: doc.doc_number.clone().unwrap_or_default(),
            date: doc.date.clone().unwrap_or_default(),
            doc_type: doc.doc_type.clone(),
            n_passages: words::count(doc.n_passages),
            search_href: address::search(&SearchParams::default().within(&doc.id)),
        }
    }
}
