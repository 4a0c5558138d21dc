//! `GET /api/facets/{facet}`.

use std::sync::Arc;

use axum::extract::State;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, Expected, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Id, Params};
use crate::params::SearchParams;
use crate::wire::{ErrorBody, FacetPage};
use crate::work;
use plansearch_engine::{FacetName, FacetPick};
use plansearch_index::Index;
use plansearch_search as search;

/// How many values there are when nothing else is asked.
const DEFAULT_LIMIT: usize = 100;
/// How many values there are at most.
const MAX_LIMIT: usize = 1000;
/// Furthest value that can be asked for.
const MAX_OFFSET: usize = 1_000_000_000;

/// Which values of a facet are wanted, beside the search that they are of.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FacetParams {
    #[param(ignore)]
    search: SearchParams,
    /// Only values whose label holds this, however it is spelled.
    #[param(required = false, example = "港口")]
    facet_q: String,
    /// How many values to return, at most.
    #[param(required = false, default = 100, minimum = 0, maximum = 1000)]
    facet_limit: usize,
    /// How many values to pass over.
    #[param(required = false, default = 0, minimum = 0)]
    facet_offset: usize,
}

impl FromPairs for FacetParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self {
            search: SearchParams::default(),
            facet_q: String::new(),
            facet_limit: DEFAULT_LIMIT,
            facet_offset: 0,
        };
        for (name, value) in pairs {
            match name.as_str() {
                "facet_q" => value.trim().clone_into(&mut params.facet_q),
                "facet_limit" => params.facet_limit = number("facet_limit", &value, MAX_LIMIT)?,
                "facet_offset" => params.facet_offset = number("facet_offset", &value, MAX_OFFSET)?,
                _ => {
                    params.search.take(&name, &value)?;
                }
            }
        }
        params.search.request(0)?;
        Ok(params)
    }
}

/// Lists the values of one facet.
#[utoipa::path(
    get,
    path = "/api/facets/{facet}",
    description = "Lists the values of one facet of a search, all of them page by page, or those whose label holds `facet_q`. Takes the parameters of `/api/search` beside its own.",
    params(
        ("facet" = String, Path, description = "`doc`, `chapter`, `theme`, `issuer`, `level`, `region`, `type`, `year` or `period`"),
        FacetParams,
        SearchParams,
    ),
    responses(
        (status = 200, description = "The values in the order of the facet", body = FacetPage),
        (status = 400, description = "A parameter has a value that cannot be", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Id(facet): Id,
    Params(params): Params<FacetParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let Some(name) = FacetName::from_name(&facet) else {
            let names = FacetName::ALL.map(|facet| facet.name().to_owned());
            let expected = Expected::OneOf(names.to_vec());
            return Err(BadParameter::new("facet", facet, expected).into());
        };
        let mut request = params.search.request(params.facet_limit)?;
        request.limit = 0;
        request.facet = Some(FacetPick {
            facet: name,
            part: (!params.facet_q.is_empty()).then_some(params.facet_q),
            offset: params.facet_offset,
        });
        // Zero values still means to know how many there are.
        request.max_facet_values = request.max_facet_values.max(1);
        let mut facets = search::search(&*index.snapshot(), &request)?.facets;
        facets.truncate(name, params.facet_limit);
        Answer::json(&FacetPage::new(name, &facets))
    })
    .await
}
