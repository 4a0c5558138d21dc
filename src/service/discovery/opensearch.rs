//! `GET /opensearch.xml`: tells a browser how to search here.

use askama::Template;

use crate::answer::Answer;
use crate::error::ServiceError;
use crate::extract::Origin;
use crate::work;

#[derive(Template)]
#[template(path = "opensearch.xml", config = "../../web/askama.toml")]
struct Description {
    origin: String,
}

/// Gives the description.
#[utoipa::path(
    get,
    path = "/opensearch.xml",
    description = "Description by OpenSearch 1.1, for searches from the address bar of a browser.",
    responses(
        (status = 200, description = "The description", content_type = "application/opensearchdescription+xml"),
        (status = 400, description = "The request does not say by which name it reached the service"),
    )
)]
pub(crate) async fn handle(Origin(origin): Origin) -> Result<Answer, ServiceError> {
    work::answer(|| {
        Answer::xml(
            "application/opensearchdescription+xml; charset=utf-8",
            &Description { origin },
        )
    })
    .await
}
