//! Answers that were given lately are given again while the library is the same: who goes
//! back, shares an address or asks what the colleagues ask need not be searched for anew.
//!
//! Whole answers are kept, compressed as they were sent, up to [`MAX_BYTES`] in all; the
//! ones that nobody asked for longest go first. A new commit ends all of them. A request
//! with `Cache-Control: no-cache`, as a forced reload sends it, is answered anew. Nothing
//! of who asked is kept.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use lru::LruCache;

use plansearch_engine::Engine;
use plansearch_index::Index;

use super::compress::{is_text, takes_gzip};

/// Bytes of all answers that are kept.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// A greater answer is not kept.
const MAX_EACH: usize = 512 * 1024;
/// Bytes that an answer takes beside its body and its address.
const OVERHEAD: usize = 1024;

/// What tells answers apart: the address with its parameters, the host that absolute
/// addresses are made of, and whether the answer is compressed.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    address: String,
    host: Option<Bytes>,
    is_packed: bool,
}

struct Kept {
    headers: HeaderMap,
    body: Bytes,
}

/// The answers of one library.
pub(super) struct Remembered {
    index: Arc<Index>,
    answers: Mutex<Answers>,
}

struct Answers {
    /// The commit that they are of.
    of: String,
    kept: LruCache<Key, Kept>,
    n_bytes: usize,
}

impl Remembered {
    pub(super) fn of(index: Arc<Index>) -> Self {
        Self {
            index,
            answers: Mutex::new(Answers {
                of: String::new(),
                kept: LruCache::unbounded(),
                n_bytes: 0,
            }),
        }
    }

    /// The commit in force. A new one is opened off the async threads.
    async fn snapshot(self: &Arc<Self>) -> Option<Arc<dyn Engine>> {
        let looked = Arc::clone(self);
        let snapshot = tokio::task::spawn_blocking(move || looked.index.snapshot());
        snapshot.await.ok()
    }

    fn get(&self, key: &Key, snapshot: &Arc<dyn Engine>) -> Option<Response> {
        let mut answers = self.answers();
        if answers.of != snapshot.generation() {
            answers.kept.clear();
            answers.n_bytes = 0;
            snapshot.generation().clone_into(&mut answers.of);
            return None;
        }
        let kept = answers.kept.get(key)?;
        Some((kept.headers.clone(), kept.body.clone()).into_response())
    }

    fn put(&self, key: Key, kept: Kept, snapshot: &Arc<dyn Engine>) {
        let mut answers = self.answers();
        if answers.of != snapshot.generation() {
            return;
        }
        answers.n_bytes += size(&key, &kept);
        if let Some((key, kept)) = answers.kept.push(key, kept) {
            answers.n_bytes -= size(&key, &kept);
        }
        while answers.n_bytes > MAX_BYTES
            && let Some((key, kept)) = answers.kept.pop_lru()
        {
            answers.n_bytes -= size(&key, &kept);
        }
    }

    fn answers(&self) -> std::sync::MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(key: &Key, kept: &Kept) -> usize {
    key.address.len() + kept.body.len() + OVERHEAD
}

/// Gives an answer again, or keeps what the handlers below answer.
pub(super) async fn remember(
    State(remembered): State<Arc<Remembered>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(key) = key(&request) else {
        return next.run(request).await;
    };
    let Some(snapshot) = remembered.snapshot().await else {
        return next.run(request).await;
    };
    let is_forced = asks_anew(request.headers());
    if !is_forced && let Some(answer) = remembered.get(&key, &snapshot) {
        return answer;
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || !is_for_all(response.headers()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    // Bodies stand in memory already, so reading them does not fail.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    if body.len() <= MAX_EACH {
        let kept = Kept {
            headers: parts.headers.clone(),
            body: body.clone(),
        };
        remembered.put(key, kept, &snapshot);
    }
    Response::from_parts(parts, Body::from(body))
}

/// The key of a request whose answer the library and the address alone decide.
fn key(request: &Request) -> Option<Key> {
    let path = request.uri().path();
    let is_alike = request.method() == Method::GET
        && path != "/health"
        && !path.starts_with("/static/")
        && !path.ends_with("/original");
    let address = request.uri().path_and_query().filter(|_| is_alike)?;
    let host = request.headers().get(header::HOST);
    Some(Key {
        address: address.as_str().to_owned(),
        host: host.map(|host| Bytes::copy_from_slice(host.as_bytes())),
        is_packed: takes_gzip(request.headers()),
    })
}

fn asks_anew(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CACHE_CONTROL);
    value.is_some_and(|value| value.as_bytes().starts_with(b"no-cache"))
}

/// Pages and JSON; files to save are made for who saves them.
fn is_for_all(headers: &HeaderMap) -> bool {
    is_text(headers) && !headers.contains_key(header::CONTENT_DISPOSITION)
}
