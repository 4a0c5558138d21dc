//! The web service: pages for people, JSON for programs, one set of addresses.
//!
//! Every address stands in [`routes`]. Answers requests from an open index and
//! keeps nothing of who asks. Searching and rendering run off the async
//! threads; no page asks another host for anything.

mod address;
mod answer;
mod api;
mod bad_parameter;
mod choice;
mod compare_params;
mod compress;
mod deadline;
mod discovery;
mod draft_body;
mod encoded;
mod error;
mod excerpt;
pub mod export;
mod extract;
mod follow;
mod formats;
mod group;
mod log;
pub mod marked_draft;
mod markup;
mod named;
mod original;
mod package;
mod page;
mod params;
mod picked;
pub mod picture;
mod present;
mod remember;
pub mod reports;
mod serve;
mod static_files;
pub mod table;
mod target_params;
mod titles;
mod use_params;
pub mod wire;
mod words;
mod work;
mod xml;

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use tokio::net::TcpListener;

use plansearch_index::Index;

pub use error::ServiceError;
pub use log::{Log, LogFormat, LogOptions};
pub use serve::Limits;

use remember::Remembered;

/// Builds the service over an open index.
///
/// The router answers every address and method: what it does not know is a 404
/// or 405 in its own words.
pub fn router(index: Arc<Index>) -> Router {
    let remembered = Arc::new(Remembered::of(Arc::clone(&index)));
    routes()
        .into_iter()
        .fold(Router::new(), |router, (address, method)| {
            router.route(address, method)
        })
        .fallback(|| async { ServiceError::NotFound })
        .method_not_allowed_fallback(|| async { ServiceError::MethodNotAllowed })
        .layer(from_fn(deadline::within))
        .layer(from_fn(present::present))
        .layer(from_fn(compress::compress))
        .layer(from_fn_with_state(remembered, remember::remember))
        .with_state(index)
}

/// Serves on `listener` until `stop` completes; requests under way are answered
/// first, as far as `limits` allow. Follows new commits meanwhile.
pub async fn serve(
    listener: TcpListener,
    index: Arc<Index>,
    limits: Limits,
    log: Arc<Log>,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let following = tokio::spawn(follow::follow(Arc::clone(&index), Arc::clone(&log)));
    serve::run(listener, router(index), limits, log, stop).await;
    following.abort();
}

/// Every address of the service.
fn routes() -> Vec<(&'static str, MethodRouter<Arc<Index>>)> {
    vec![
        ("/", get(page::home::handle).post(page::home::handle_form)),
        ("/documents", get(page::documents::handle)),
        ("/documents/{id}", get(page::reader::handle)),
        ("/documents/{id}/original", get(original::handle)),
        ("/values", get(page::values::handle)),
        ("/help", get(page::help::handle)),
        (
            "/basket",
            get(page::basket::handle).post(page::basket::handle_form),
        ),
        ("/export", get(export::handle).post(export::handle_form)),
        ("/feed.atom", get(discovery::feed::handle)),
        ("/opensearch.xml", get(discovery::opensearch::handle)),
        ("/suggestions", get(discovery::suggestions::handle)),
        ("/themes", get(page::themes::list)),
        ("/themes/{name}", get(page::themes::one)),
        ("/compare", get(page::compare::handle)),
        ("/elsewhere", get(page::elsewhere::handle)),
        ("/evolve", get(page::evolve::handle)),
        ("/targets", get(page::targets::handle)),
        ("/api/targets", get(api::targets::handle)),
        ("/api/compare", get(api::compare::handle)),
        ("/api/evolve", get(api::evolve::handle)),
        ("/api/themes", get(api::themes::handle)),
        ("/api/themes/{name}", get(api::theme::handle)),
        ("/api/search", get(api::search::handle)),
        ("/check", get(page::check::show).post(page::check::handle)),
        ("/api/check", post(api::check::handle)),
        ("/trace", get(page::trace::show).post(page::trace::handle)),
        ("/api/trace", post(api::trace::handle)),
        ("/api/facets/{facet}", get(api::facet::handle)),
        ("/api/suggest", get(api::suggest::handle)),
        ("/api/documents", get(api::documents::handle)),
        ("/api/documents/{id}", get(api::document::handle)),
        ("/api/passages/{id}", get(api::passage::handle)),
        ("/openapi.json", get(api::openapi::handle)),
        ("/health", get(api::health::handle)),
        ("/static/{file}", get(static_files::handle)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_description_names_every_address_and_no_other() {
        let routed: BTreeSet<String> = routes()
            .into_iter()
            .map(|(address, _)| address.to_owned())
            .collect();
        let described: BTreeSet<String> = api::openapi::description()
            .paths
            .paths
            .into_keys()
            .collect();
        assert_eq!(routed, described);
    }
}
