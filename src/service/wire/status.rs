//! Errors and health.

use serde::Serialize;
use utoipa::ToSchema;

/// An error.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorDetail {
    /// `bad_parameter`, `not_found`, `method_not_allowed`, `too_large`, `too_slow`, `busy`
    /// or `internal`.
    pub code: String,
    /// The matter in words, with the parameter and its value where one is at fault.
    pub message: String,
}

/// Whether the service can answer, and from what.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or `stale` where a newer commit cannot be read.
    pub status: String,
    /// What is wrong, in words.
    pub trouble: Option<String>,
    /// Version of the program.
    pub version: String,
    /// Number of documents in the index.
    pub documents: usize,
    /// Number of passages in the index.
    pub passages: usize,
}

impl ErrorBody {
    /// Makes an error of this code.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            error: ErrorDetail {
                code: code.to_owned(),
                message: message.into(),
            },
        }
    }
}
