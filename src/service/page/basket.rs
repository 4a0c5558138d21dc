//! `GET /basket`: passages put aside, to read, order and export.
//!
//! The address names the passages, so the page works without script and can be
//! passed on. A browser with script keeps the ids and brings its reader here;
//! the service keeps none.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use utoipa::IntoParams;

use super::frame::Frame;
use super::words;
use crate::answer::Answer;
use crate::bad_parameter::BadParameter;
use crate::error::ServiceError;
use crate::excerpt::{Excerpt, Excerpts, Ids};
use crate::extract::{FromPairs, Params};
use crate::params::SearchParams;
use crate::{address, work};
use plansearch_index::{Index, Snapshot};

/// The passages of a basket.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BasketParams {
    /// Id of a passage; repeated for more, up to 500, in this order.
    #[param(value_type = Vec<String>, required = false)]
    id: Ids,
}

impl FromPairs for BasketParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        Ids::from_pairs(pairs).map(|id| Self { id })
    }
}

#[derive(Template)]
#[template(path = "basket.html", config = "../../web/askama.toml")]
struct BasketPage {
    frame: Frame,
    count: String,
    items: Vec<Item>,
    missing: Vec<Missing>,
}

/// A passage with what can be done with it.
struct Item {
    excerpt: Excerpt,
    title: String,
    remark: Option<String>,
    remove: String,
    up: Option<String>,
    down: Option<String>,
}

/// An id that the library does not have.
struct Missing {
    id: String,
    remove: String,
}

/// Shows a basket.
#[utoipa::path(
    get,
    path = "/basket",
    description = "The page of passages put aside: to order, to cite and to export.",
    params(BasketParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "There are too many passages", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<BasketParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&index.snapshot(), &params.id)).await
}

fn answer(snapshot: &Snapshot, ids: &Ids) -> Result<Answer, ServiceError> {
    let Excerpts { found, missing } = Excerpts::of(snapshot, ids)?;
    let without = |id: &str| {
        let others = ids.as_slice().iter().filter(|other| *other != id);
        address::basket(others.map(String::as_str))
    };
    let order: Vec<String> = found.iter().map(|excerpt| excerpt.id.clone()).collect();
    let swapped = |at: usize| {
        let mut order: Vec<&str> = order.iter().map(String::as_str).collect();
        order.swap(at, at + 1);
        address::basket(order.into_iter())
    };
    let last = found.len().saturating_sub(1);
    Answer::page(&BasketPage {
        frame: Frame::new("摘录篮", &SearchParams::default()),
        count: words::count(found.len()),
        missing: missing
            .into_iter()
            .map(|id| Missing {
                remove: without(&id),
                id,
            })
            .collect(),
        items: found
            .into_iter()
            .enumerate()
            .map(|(at, excerpt)| Item {
                title: words::title_or(&excerpt.title),
                remark: excerpt.citations.remark(),
                remove: without(&excerpt.id),
                up: (at > 0).then(|| swapped(at - 1)),
                down: (at < last).then(|| swapped(at)),
                excerpt,
            })
            .collect(),
    })
}
