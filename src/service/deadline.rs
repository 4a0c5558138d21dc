//! The time that one request may take.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::ServiceError;

/// For a whole request, its body and its place in line included.
const MAX_TIME: Duration = Duration::from_mins(1);

/// Answers through the handlers below, or says that it takes too long.
pub(super) async fn within(request: Request, next: Next) -> Response {
    match tokio::time::timeout(MAX_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ServiceError::TooLong.into_response(),
    }
}
