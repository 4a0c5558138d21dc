//! The one error of the service.
//!
//! A handler returns it; the layer in `present` shows it as JSON to programs and
//! as a page to people. What went wrong inside is told to the log alone.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

use super::bad_parameter::{BadParameter, Expected};
use super::follow::chain;
use plansearch_engine::EngineError;
use plansearch_evolve::{EvolveError, MAX_TERMS};
use plansearch_search::SearchError;

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// A parameter has a value that cannot be.
    #[error(transparent)]
    BadParameter(#[from] BadParameter),
    /// Nothing lies at this address.
    #[error("nothing is at this address; hint: /openapi.json lists the addresses")]
    NotFound,
    /// There is no such document in the library.
    #[error("there is no document `{0}`; hint: /api/documents lists them")]
    NoDocument(String),
    /// There is no such theme in the catalogue of the library.
    #[error("there is no theme `{0}`; hint: /api/themes lists them")]
    NoTheme(String),
    /// There is no such passage in the library.
    #[error("there is no passage `{0}`; hint: /api/search finds them")]
    NoPassage(String),
    /// The address does not take this method.
    #[error("this address does not take this method; hint: use GET")]
    MethodNotAllowed,
    /// More was sent than an address takes.
    #[error("more than {0} bytes were sent; hint: export fewer passages at once")]
    TooLarge(usize),
    /// What was sent does not come whole.
    #[error("what was sent did not come whole within {0} seconds")]
    TooSlow(u64),
    /// All places at work and in line are taken.
    #[error("the service is busy; hint: try again in a moment")]
    Busy,
    /// The work for a request takes too long.
    #[error("the request takes too long; hint: ask for less at once")]
    TooLong,
    /// The index failed.
    #[error("the index failed")]
    Index(#[from] EngineError),
    /// A template failed.
    #[error("a page could not be rendered")]
    Page(#[from] askama::Error),
    /// A value could not be written as JSON.
    #[error("an answer could not be written as JSON")]
    Json(#[from] serde_json::Error),
    /// A spreadsheet could not be written.
    #[error("a spreadsheet could not be written")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    /// A table of text could not be written.
    #[error("a csv could not be written")]
    Csv(#[from] csv::Error),
    /// A package of files could not be written.
    #[error("a docx could not be written")]
    Package(#[from] zip::result::ZipError),
    /// What is written in memory could not be written.
    #[error("an export could not be written")]
    Write(#[from] std::io::Error),
    /// The work ended in a panic.
    #[error("the work for a request ended early")]
    Work(#[from] tokio::task::JoinError),
}

impl ServiceError {
    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::BadParameter(_) => StatusCode::BAD_REQUEST,
            Self::NotFound | Self::NoDocument(_) | Self::NoTheme(_) | Self::NoPassage(_) => {
                StatusCode::NOT_FOUND
            }
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow(_) => StatusCode::REQUEST_TIMEOUT,
            Self::Busy | Self::TooLong => StatusCode::SERVICE_UNAVAILABLE,
            Self::Index(_)
            | Self::Page(_)
            | Self::Json(_)
            | Self::Sheet(_)
            | Self::Csv(_)
            | Self::Package(_)
            | Self::Write(_)
            | Self::Work(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A short name of the error for programs.
    pub(super) fn code(&self) -> &'static str {
        match self.status() {
            StatusCode::BAD_REQUEST => "bad_parameter",
            StatusCode::NOT_FOUND => "not_found",
            StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
            StatusCode::PAYLOAD_TOO_LARGE => "too_large",
            StatusCode::REQUEST_TIMEOUT => "too_slow",
            StatusCode::SERVICE_UNAVAILABLE => "busy",
            _ => "internal",
        }
    }

    /// What to tell whoever asked; nothing of the inside.
    pub(super) fn message(&self) -> String {
        if self.status() == StatusCode::INTERNAL_SERVER_ERROR {
            "the service failed; the cause is in its log".to_owned()
        } else {
            self.to_string()
        }
    }

    /// After how many seconds another try is worth it.
    pub(super) fn retry_after_seconds(&self) -> Option<u32> {
        match self {
            Self::Busy => Some(1),
            Self::TooLong => Some(10),
            _ => None,
        }
    }

    /// The error with all its causes, for the log.
    pub(super) fn chain(&self) -> String {
        chain(self)
    }
}

impl From<SearchError> for ServiceError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::UnknownTheme { name, known } => {
                let expected = Expected::OneOf(known);
                BadParameter::new("theme", name, expected).into()
            }
            SearchError::Index(error) => error.into(),
        }
    }
}

impl From<EvolveError> for ServiceError {
    fn from(error: EvolveError) -> Self {
        match error {
            EvolveError::NoTerm => BadParameter::new("term", "", Expected::Term).into(),
            EvolveError::EmptyTerm(term) => BadParameter::new("term", term, Expected::Term).into(),
            EvolveError::TooManyTerms(n) => {
                BadParameter::new("term", n.to_string(), Expected::AtMost(MAX_TERMS)).into()
            }
            EvolveError::Search(error) => error.into(),
            EvolveError::Index(error) => error.into(),
        }
    }
}

impl IntoResponse for ServiceError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
