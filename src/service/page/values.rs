//! `GET /values`: every value of one facet of a search, with a box to find one.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use utoipa::IntoParams;

use super::facets::{ValueView, facet_of, in_order, name_groups, value_view};
use super::frame::Frame;
use super::paging::Paging;
use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, Expected, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Params};
use crate::group::Group;
use crate::params::SearchParams;
use crate::words;
use crate::{address, work};
use plansearch_engine::{Engine, FacetName, FacetPick};
use plansearch_index::Index;
use plansearch_search::{self as search, Request};

/// Values on one page.
const PAGE_VALUES: usize = 200;

/// Furthest value that can be asked for.
const MAX_FROM: usize = 1_000_000_000;

/// Which values are asked for, beside the search that they belong to.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ValuesParams {
    /// The facet: `doc`, `chapter`, `theme`, `issuer`, `level`, `region`, `type`,
    /// `year` or `period`.
    #[param(required = false, default = "chapter")]
    group: String,
    /// A part of the values to list.
    #[param(required = false)]
    find: String,
    /// How many values to pass over.
    #[param(required = false, default = 0, minimum = 0)]
    from: usize,
    #[param(ignore)]
    search: SearchParams,
}

impl ValuesParams {
    fn of(&self) -> Result<(Group, FacetName), BadParameter> {
        let name = match self.group.as_str() {
            "" => Group::Chapter.name(),
            name => name,
        };
        let group = Group::from_name(name);
        let listed = group.and_then(|group| Some((group, facet_of(group)?)));
        listed.ok_or_else(|| {
            let names = FacetName::ALL.map(|facet| facet.name().to_owned()).to_vec();
            BadParameter::new("group", name, Expected::OneOf(names))
        })
    }
}

impl FromPairs for ValuesParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "group" => params.group = value,
                "find" => value.trim().clone_into(&mut params.find),
                "from" => params.from = number("from", &value, MAX_FROM)?,
                _ => drop(params.search.take(&name, &value)?),
            }
        }
        params.of()?;
        params.search.request(0)?;
        Ok(params)
    }
}

#[derive(Template)]
#[template(path = "values.html", config = "../../web/askama.toml")]
struct ValuesPage {
    frame: Frame,
    label: &'static str,
    query: String,
    find: String,
    kept: Vec<(&'static str, String)>,
    /// What the form of the values keeps beside its boxes.
    filter_kept: Vec<(&'static str, String)>,
    n_values: String,
    values: Vec<ValueView>,
    back: String,
    all: String,
    paging: Paging,
}

/// Lists the values of a facet.
#[utoipa::path(
    get,
    path = "/values",
    description = "The page that lists every value of one facet of a search.",
    params(ValuesParams, SearchParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "A parameter has a value that cannot be", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<ValuesParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&*index.snapshot(), &params)).await
}

fn answer(snapshot: &dyn Engine, params: &ValuesParams) -> Result<Answer, ServiceError> {
    let (group, facet) = params.of()?;
    let search = params.search.at(0);
    let request = Request {
        limit: 0,
        facet: Some(FacetPick {
            facet,
            part: (!params.find.is_empty()).then(|| params.find.clone()),
            offset: params.from,
        }),
        ..search.request(PAGE_VALUES)?
    };
    let facets = search::search(snapshot, &request)?.facets;
    let n_values = facets.n_values.get(&facet).copied().unwrap_or(0);
    let values = in_order(group, facets.values(facet));
    let mut views: Vec<ValueView> = values
        .iter()
        .map(|value| value_view(&search, group, value))
        .collect();
    name_groups(group, &values, &mut views);
    let label = words::group(group);
    let mut filter_kept = search.pairs();
    filter_kept.retain(|(name, value)| {
        let mut boxes = views.iter();
        !boxes.any(|shown| shown.name == *name && shown.value == *value)
    });
    let mut kept = search.pairs();
    kept.push(("group", group.name().to_owned()));
    Answer::page(&ValuesPage {
        frame: Frame::new(format!("全部{label}"), &search),
        label,
        query: search.q.clone(),
        n_values: words::count(n_values),
        values: views,
        back: address::search(&search),
        all: address::values(&search, group.name(), "", 0),
        paging: Paging::new(n_values, PAGE_VALUES, params.from, |from| {
            address::values(&search, group.name(), &params.find, from)
        }),
        find: params.find.clone(),
        kept,
        filter_kept,
    })
}
