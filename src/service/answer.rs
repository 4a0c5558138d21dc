//! A finished answer: a page, JSON or a file, rendered off the async threads.

use std::borrow::Cow;

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::error::ServiceError;

/// A rendered body with its type.
pub(super) struct Answer {
    content_type: &'static str,
    /// How a browser shall save it; it shows what has none.
    disposition: Option<Cow<'static, str>>,
    body: Vec<u8>,
}

impl Answer {
    /// Renders a page.
    pub(super) fn page(template: &impl Template) -> Result<Self, ServiceError> {
        Ok(Self {
            content_type: "text/html; charset=utf-8",
            disposition: None,
            body: template.render()?.into_bytes(),
        })
    }

    /// Renders JSON.
    pub(super) fn json(value: &impl Serialize) -> Result<Self, ServiceError> {
        Self::json_as("application/json", value)
    }

    /// Renders JSON under a type of its own.
    pub(super) fn json_as(
        content_type: &'static str,
        value: &impl Serialize,
    ) -> Result<Self, ServiceError> {
        Ok(Self {
            content_type,
            disposition: None,
            body: serde_json::to_vec(value)?,
        })
    }

    /// Renders XML of a type.
    pub(super) fn xml(
        content_type: &'static str,
        template: &impl Template,
    ) -> Result<Self, ServiceError> {
        Ok(Self {
            content_type,
            disposition: None,
            body: template.render()?.into_bytes(),
        })
    }

    /// A file to save, with the header that names it.
    pub(super) fn file(
        content_type: &'static str,
        disposition: impl Into<Cow<'static, str>>,
        body: Vec<u8>,
    ) -> Self {
        Self {
            content_type,
            disposition: Some(disposition.into()),
            body,
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let content_type = HeaderValue::from_static(self.content_type);
        let mut response = ([(header::CONTENT_TYPE, content_type)], self.body).into_response();
        let disposition = self.disposition.as_deref().map(HeaderValue::from_str);
        if let Some(Ok(value)) = disposition {
            response
                .headers_mut()
                .insert(header::CONTENT_DISPOSITION, value);
        }
        response
    }
}
