//! A finished answer: a page, JSON or a file, rendered off the async threads.

use std::borrow::Cow;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::error::ServiceError;

/// A rendered body with its type.
pub(super) struct Answer {
    content_type: &'static str,
    /// How a browser shall save it; it shows what has none.
    disposition: Option<Cow<'static, str>>,
    /// Where what was asked for is now.
    now_at: Option<NowAt>,
    body: Vec<u8>,
}

/// Where what was asked for under an earlier address is now.
enum NowAt {
    /// It is to be asked for there.
    Elsewhere(String),
    /// What a form has changed is to be seen there.
    Changed(String),
    /// It is the body; this is its own address.
    Here(String),
}

impl Answer {
    /// Sends a reader on to another address of the service.
    pub(super) fn elsewhere(address: String) -> Self {
        Self {
            content_type: "text/plain; charset=utf-8",
            disposition: None,
            now_at: Some(NowAt::Elsewhere(address)),
            body: Vec::new(),
        }
    }

    /// Sends who sent a form on to what it has made, so that going back and loading anew
    /// send nothing twice.
    pub(super) fn see(address: String) -> Self {
        Self {
            now_at: Some(NowAt::Changed(address)),
            ..Self::elsewhere(String::new())
        }
    }

    /// Tells the address that the answer has of its own.
    pub(super) fn with_own_address(self, address: String) -> Self {
        Self {
            now_at: Some(NowAt::Here(address)),
            ..self
        }
    }

    /// Renders a page.
    pub(super) fn page(template: &impl Template) -> Result<Self, ServiceError> {
        Ok(Self {
            content_type: "text/html; charset=utf-8",
            disposition: None,
            now_at: None,
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
            now_at: None,
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
            now_at: None,
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
            now_at: None,
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
        let (name, address) = match &self.now_at {
            Some(NowAt::Elsewhere(address)) => {
                *response.status_mut() = StatusCode::FOUND;
                (header::LOCATION, address)
            }
            Some(NowAt::Changed(address)) => {
                *response.status_mut() = StatusCode::SEE_OTHER;
                (header::LOCATION, address)
            }
            Some(NowAt::Here(address)) => (header::CONTENT_LOCATION, address),
            None => return response,
        };
        if let Ok(value) = HeaderValue::from_str(address) {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
