//! A finished answer: a page or JSON, rendered off the async threads.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::error::ServiceError;

/// A rendered body with its type.
pub(super) struct Answer {
    content_type: &'static str,
    body: Vec<u8>,
}

impl Answer {
    /// Renders a page.
    pub(super) fn page(template: &impl Template) -> Result<Self, ServiceError> {
        Ok(Self {
            content_type: "text/html; charset=utf-8",
            body: template.render()?.into_bytes(),
        })
    }

    /// Renders JSON.
    pub(super) fn json(value: &impl Serialize) -> Result<Self, ServiceError> {
        Ok(Self {
            content_type: "application/json",
            body: serde_json::to_vec(value)?,
        })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let content_type = HeaderValue::from_static(self.content_type);
        ([(header::CONTENT_TYPE, content_type)], self.body).into_response()
    }
}
