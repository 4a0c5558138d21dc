//! The outermost layer: shows errors and sets the headers of every answer.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::Answer;
use super::error::ServiceError;
use super::log::Trace;
use super::original::PDF;
use super::page;
use super::wire;

/// What a page may load and where it may send: this host, and no inline code.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// That of a pdf, which the browser's own viewer shows: it puts the file into a page of its
/// own making, with a style in it.
const POLICY_OF_PDF: &str = "default-src 'none'; object-src 'self'; plugin-types application/pdf; \
    style-src 'unsafe-inline'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Answers a request through the handlers below.
pub(super) async fn present(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let trace = request.extensions().get::<Trace>().cloned();
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions_mut().remove::<Arc<ServiceError>>() {
        if error.status() == StatusCode::INTERNAL_SERVER_ERROR {
            let message = format!("{method} {path} status=500 error: {}", error.chain());
            log(trace.as_ref(), &message);
        }
        let shown = show(&path, &error, trace.as_ref());
        let (kept, _) = response.into_parts();
        let mut presented = (kept.status, shown).into_response();
        if let Some(allow) = kept.headers.get(header::ALLOW) {
            let headers = presented.headers_mut();
            headers.insert(header::ALLOW, allow.clone());
        }
        if let Some(seconds) = error.retry_after_seconds() {
            let headers = presented.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response = presented;
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == PDF)
    {
        let policy = HeaderValue::from_static(POLICY_OF_PDF);
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let is_kept = headers.contains_key(header::CACHE_CONTROL);
    if !is_kept {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}

/// The error as JSON for programs, as a page for people.
fn show(path: &str, error: &ServiceError, trace: Option<&Trace>) -> Response {
    let is_for_programs = path == "/api" || path.starts_with("/api/");
    let answer = if is_for_programs {
        Answer::json(&wire::ErrorBody::new(error.code(), error.message()))
    } else {
        page::error::answer(error)
    };
    match answer {
        Ok(answer) => answer.into_response(),
        Err(error) => {
            let message = format!("{path} the error page failed: {}", error.chain());
            log(trace, &message);
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[expect(clippy::print_stderr, reason = "a router without a log tells it here")]
fn log(trace: Option<&Trace>, line: &str) {
    match trace {
        Some(trace) => trace.failure(line),
        None => eprintln!("{line}"),
    }
}
