//! `GET /api/search`.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Map, Value};
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::bad_parameter::{BadParameter, Expected, number};
use crate::error::ServiceError;
use crate::extract::{FromPairs, Params};
use crate::params::SearchParams;
use crate::wire::{ErrorBody, SearchResponse};
use crate::work;
use plansearch_index::Index;
use plansearch_search as search;

/// How many values a facet has at most.
const MAX_FACET_VALUES: usize = 100;

/// The members of an answer.
const FIELDS: [&str; 10] = [
    "query",
    "took_ms",
    "total",
    "groups",
    "relaxed",
    "notices",
    "suggestion",
    "hits",
    "facets",
    "facet_totals",
];

/// The members of a hit.
const HIT_FIELDS: [&str; 22] = [
    "id",
    "kind",
    "score",
    "doc",
    "path",
    "lead",
    "text",
    "snippet",
    "synonyms",
    "themes",
    "theme_terms",
    "theme_evidence",
    "table",
    "paragraph_no",
    "idx",
    "ocr",
    "page",
    "citation",
    "citations",
    "same_text_count",
    "same_text",
    "explanation",
];

/// Which parts of an answer are wanted, beside the search.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AnswerParams {
    #[param(ignore)]
    search: SearchParams,
    /// How many values of each facet to return, at most; 0 counts none.
    #[param(required = false, default = 100, minimum = 0, maximum = 100)]
    facets: usize,
    /// The members of the answer that are wanted, with commas between them: `total`,
    /// `hits`; of hits also `hits.id`, `hits.citation` …. What is not wanted is not made.
    /// Without it all of them.
    #[param(required = false, example = "total,hits.id,hits.citation")]
    fields: Vec<String>,
}

impl FromPairs for AnswerParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self {
            search: SearchParams::default(),
            facets: MAX_FACET_VALUES,
            fields: Vec::new(),
        };
        for (name, value) in pairs {
            match name.as_str() {
                "facets" => params.facets = number("facets", &value, MAX_FACET_VALUES)?,
                "fields" => {
                    let fields = value.split(',').map(str::trim);
                    for field in fields.filter(|field| !field.is_empty()) {
                        params.fields.push(known(field)?);
                    }
                }
                _ => {
                    params.search.take(&name, &value)?;
                }
            }
        }
        params.search.request(0)?;
        Ok(params)
    }
}

fn known(field: &str) -> Result<String, BadParameter> {
    let is_known = FIELDS.contains(&field)
        || field
            .strip_prefix("hits.")
            .is_some_and(|field| HIT_FIELDS.contains(&field));
    if is_known {
        return Ok(field.to_owned());
    }
    let of_hits = HIT_FIELDS.map(|field| format!("hits.{field}"));
    let names = FIELDS.map(str::to_owned).into_iter().chain(of_hits);
    Err(BadParameter::new(
        "fields",
        field,
        Expected::OneOf(names.collect()),
    ))
}

impl AnswerParams {
    fn wants(&self, field: &str) -> bool {
        self.fields.is_empty() || self.fields.iter().any(|wanted| wanted == field)
    }

    /// Some members of hits, and not all of them.
    fn hit_fields(&self) -> Option<Vec<&str>> {
        let of_hits = self
            .fields
            .iter()
            .filter_map(|field| field.strip_prefix("hits."));
        let of_hits: Vec<&str> = of_hits.collect();
        (!of_hits.is_empty() && !self.wants("hits")).then_some(of_hits)
    }

    fn request(&self) -> Result<search::Request, BadParameter> {
        let wants_facets = self.wants("facets") || self.wants("facet_totals");
        let mut request = self
            .search
            .request(if wants_facets { self.facets } else { 0 })?;
        if !self.wants("hits") && self.hit_fields().is_none() {
            request.limit = 0;
        }
        Ok(request)
    }

    /// The wanted part of an answer.
    fn part(&self, answer: &SearchResponse) -> Result<Map<String, Value>, serde_json::Error> {
        let Value::Object(mut answer) = serde_json::to_value(answer)? else {
            return Ok(Map::new());
        };
        let hit_fields = self.hit_fields();
        answer.retain(|field, _| self.wants(field) || field == "hits" && hit_fields.is_some());
        let hits = answer.get_mut("hits").and_then(Value::as_array_mut);
        if let (Some(hits), Some(wanted)) = (hits, hit_fields) {
            for hit in hits.iter_mut().filter_map(Value::as_object_mut) {
                hit.retain(|field, _| wanted.contains(&field.as_str()));
            }
        }
        Ok(answer)
    }
}

/// Answers a search.
#[utoipa::path(
    get,
    path = "/api/search",
    description = "Finds passages. An empty query with a filter lists what the filter holds, in document order. Parameters that can stand repeatedly are alternatives; different parameters are all required.",
    params(AnswerParams, SearchParams),
    responses(
        (status = 200, description = "The hits and facets", body = SearchResponse),
        (status = 400, description = "A parameter has a value that cannot be", body = ErrorBody),
        (status = 500, description = "The service failed", body = ErrorBody),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<AnswerParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || {
        let response = search::search(&*index.snapshot(), &params.request()?)?;
        let answer = SearchResponse::from(response);
        if params.fields.is_empty() {
            return Answer::json(&answer);
        }
        Answer::json(&params.part(&answer)?)
    })
    .await
}
