//! `GET /basket`: passages put aside, to read, order and export.
//!
//! The address names the passages, or the search that found them, so the page works
//! without script and can be passed on. A browser with script keeps the ids and brings
//! its reader here; the service keeps none. What is moved or taken out is one more
//! parameter, so the page grows with the basket and not with its square. A form leads to
//! the address of what it has made, as far as servers between pass it on.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use utoipa::IntoParams;

use super::frame::Frame;
use crate::answer::Answer;
use crate::bad_parameter::BadParameter;
use crate::error::ServiceError;
use crate::excerpt::{Excerpt, Excerpts};
use crate::extract::{Form, FromPairs, Params};
use crate::params::SearchParams;
use crate::picked::Picked;
use crate::words;
use crate::{address, work};
use plansearch_engine::Engine;
use plansearch_index::Index;

/// Longest address that a form leads to: servers between pass on some 8,000 bytes.
const MAX_ADDRESS_BYTES: usize = 6000;

/// The passages of a basket.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BasketParams {
    /// Id of a passage; repeated for more, up to 500, in this order. Several of one document
    /// in short: `p=8dc22e0c5b53-113.127`. A `note` belongs to the one before it.
    #[param(value_type = Vec<String>, required = false)]
    id: Picked,
    /// Id of a passage that shall stand one place further up.
    #[param(required = false)]
    up: String,
    /// Id of a passage that shall stand one place further down.
    #[param(required = false)]
    down: String,
    /// Id of a passage that shall go.
    #[param(required = false)]
    remove: String,
    /// In place of ids: a search, whose hits are taken.
    #[param(ignore)]
    search: SearchParams,
}

impl FromPairs for BasketParams {
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter> {
        let mut params = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "up" => params.up = value,
                "down" => params.down = value,
                "remove" => params.remove = value,
                _ if params.id.take(&name, &value)? => {}
                _ => drop(params.search.take(&name, &value)?),
            }
        }
        params.search.request(0)?;
        Ok(params)
    }
}

#[derive(Template)]
#[template(path = "basket.html", config = "../../web/askama.toml")]
struct BasketPage {
    frame: Frame,
    count: String,
    /// The query whose hits these are, and the address of its results.
    found_by: Option<(String, String)>,
    files: [(&'static str, &'static str); words::FILES.len()],
    /// The address of these passages with their notes.
    own_address: String,
    items: Vec<Item>,
    /// Ids that the library does not have.
    missing: Vec<String>,
    /// How many have another wording since their file was edited.
    n_changed: usize,
}

/// A passage with what can be done with it.
struct Item {
    excerpt: Excerpt,
    title: String,
    /// Headings above, as they are set.
    trail: Vec<String>,
    remark: Option<String>,
}

/// Shows a basket.
#[utoipa::path(
    get,
    path = "/basket",
    description = "The page of passages put aside: to order, to cite and to export.",
    params(BasketParams, SearchParams),
    responses(
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "There are too many passages", content_type = "text/html"),
    )
)]
pub(crate) async fn handle(
    State(index): State<Arc<Index>>,
    Params(params): Params<BasketParams>,
) -> Result<Answer, ServiceError> {
    work::answer(move || answer(&*index.snapshot(), params)).await
}

/// Shows a basket that a form names, for lists too long for an address.
#[utoipa::path(
    post,
    path = "/basket",
    description = "The same for a form, when the ids are too many for an address.",
    request_body(content = String, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 303, description = "The address of the basket, where it is not too long"),
        (status = 200, description = "The page", content_type = "text/html"),
        (status = 400, description = "There are too many passages", content_type = "text/html"),
        (status = 413, description = "The form is too large", content_type = "text/html"),
    )
)]
pub(crate) async fn handle_form(
    State(index): State<Arc<Index>>,
    Form(mut params): Form<BasketParams>,
) -> Result<Answer, ServiceError> {
    params.change();
    let own_address = address::basket(&params.id);
    if own_address.len() <= MAX_ADDRESS_BYTES && params.search.is_empty() {
        return Ok(Answer::see(own_address));
    }
    work::answer(move || answer(&*index.snapshot(), params)).await
}

impl BasketParams {
    /// Does once what was asked to be done with the passages.
    fn change(&mut self) {
        self.id.remove(&std::mem::take(&mut self.remove));
        self.id.exchange(&std::mem::take(&mut self.up), -1);
        self.id.exchange(&std::mem::take(&mut self.down), 1);
    }
}

fn answer(snapshot: &dyn Engine, mut params: BasketParams) -> Result<Answer, ServiceError> {
    params.change();
    let is_found = params.id.is_empty() && !params.search.is_empty();
    let Excerpts {
        found,
        missing,
        n_changed,
    } = if is_found {
        Excerpts::found_by(snapshot, &params.search)?
    } else {
        Excerpts::of(snapshot, &params.id)?
    };
    let own_address = if is_found {
        let mut picked = Picked::default();
        for excerpt in &found {
            picked.take("id", &excerpt.id)?;
        }
        address::basket(&picked)
    } else {
        address::basket(&params.id)
    };
    Answer::page(&BasketPage {
        own_address,
        frame: Frame::new("摘录篮", &SearchParams::default()).with_scripts(&["basket.js"]),
        count: words::count(found.len()),
        found_by: is_found.then(|| {
            let query = params.search.q.clone();
            (query, address::search(&params.search))
        }),
        files: words::FILES,
        missing,
        n_changed,
        items: found
            .into_iter()
            .map(|excerpt| Item {
                title: words::title_or(&excerpt.title),
                trail: excerpt.path.iter().map(|text| words::label(text)).collect(),
                remark: excerpt.citations.remark(),
                excerpt,
            })
            .collect(),
    })
}
