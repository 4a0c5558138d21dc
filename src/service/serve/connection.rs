//! One connection, from its first byte to its end.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderValue, Request};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt as _;

use super::limits::Limits;
use super::slots::Slot;
use super::upload::Upload;
use super::write_limit::WriteLimit;
use crate::log::{Entry, Log, REQUEST_ID};

/// What all connections share.
#[derive(Clone)]
pub(super) struct Conversation {
    router: Router,
    limits: Limits,
    log: Arc<Log>,
}

/// Most bytes of a head. A query of 4,000 characters takes 36 KB in an address.
const MAX_HEAD_BYTES: usize = 256 * 1024;

impl Conversation {
    pub(super) fn new(router: Router, limits: Limits, log: Arc<Log>) -> Self {
        Self {
            router,
            limits,
            log,
        }
    }

    /// Answers the requests of one connection until it ends or is ended.
    pub(super) async fn hold(
        self,
        stream: TcpStream,
        peer: SocketAddr,
        slot: Slot,
        mut is_stopping: watch::Receiver<bool>,
    ) {
        let _ = stream.set_nodelay(true);
        let io = TokioIo::new(WriteLimit::new(stream, self.limits.stalled));
        let slot = Arc::new(slot);
        let held = Arc::clone(&slot);
        let head_time = self.limits.head;
        let service = service_fn(move |request: Request<Incoming>| {
            let (this, held) = (self.clone(), Arc::clone(&held));
            async move {
                let busy = Arc::new(held.receiving());
                let request = request.map(|body| Body::new(Upload::new(body, &busy)));
                Ok::<_, Infallible>(this.answer(request, peer).await)
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head_time)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(io, service);
        let mut connection = std::pin::pin!(connection);
        let mut is_told = false;
        loop {
            tokio::select! {
                // Whoever sends what is no request, or leaves, ends the connection.
                _ = connection.as_mut() => return,
                () = slot.ended() => return,
                _ = is_stopping.wait_for(|is_stopping| *is_stopping), if !is_told => {
                    connection.as_mut().graceful_shutdown();
                    is_told = true;
                }
            }
        }
    }

    async fn answer(&self, mut request: Request<Body>, peer: SocketAddr) -> Response {
        let started = Instant::now();
        let entry = Entry::new(&self.log, &request, peer.ip());
        let id = HeaderValue::from_str(entry.id()).ok();
        request.extensions_mut().insert(entry.trace());
        let response = self.router.clone().oneshot(request).await;
        let mut response = response.unwrap_or_else(|never| match never {});
        if let Some(id) = id {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let n_bytes = response.body().size_hint().exact();
        entry.write(response.status().as_u16(), started.elapsed(), n_bytes);
        response
    }
}
