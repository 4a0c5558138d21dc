//! `GET /openapi.json`: the description of the service, derived from its code.

use utoipa::OpenApi;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::{discovery, export, page, static_files, wire, work};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "plansearch",
        description = "Full-text search over Chinese government planning documents."
    ),
    paths(
        page::home::handle,
        page::documents::handle,
        page::reader::handle,
        crate::original::handle,
        page::values::handle,
        page::help::handle,
        page::basket::handle,
        page::basket::handle_form,
        export::handle,
        export::handle_form,
        discovery::feed::handle,
        discovery::opensearch::handle,
        discovery::suggestions::handle,
        super::search::handle,
        super::facet::handle,
        super::suggest::handle,
        page::compare::handle,
        page::elsewhere::handle,
        page::evolve::handle,
        super::compare::handle,
        super::evolve::handle,
        page::targets::handle,
        super::targets::handle,
        page::themes::list,
        page::themes::one,
        page::check::show,
        page::check::handle,
        super::check::handle,
        page::trace::show,
        page::trace::handle,
        super::themes::handle,
        super::trace::handle,
        super::theme::handle,
        super::documents::handle,
        super::document::handle,
        super::passage::handle,
        handle,
        super::health::handle,
        static_files::handle,
    ),
    components(schemas(wire::ErrorBody, wire::Topic))
)]
struct Description;

/// The description as a value.
pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// Gives the description.
#[utoipa::path(
    get,
    path = "/openapi.json",
    description = "This description.",
    responses((status = 200, description = "The description", content_type = "application/json"))
)]
pub(crate) async fn handle() -> Result<Answer, ServiceError> {
    work::answer(|| Answer::json(&description())).await
}
