//! Connections: taking them, bounding them, ending them.
//!
//! Nobody may hold the service up: heads, bodies, answers and whole requests have a time
//! ([`Limits`]), open connections a number, and of those whose request is not there whole,
//! the one that waits longest gives way to who comes. A stop answers what is under way and ends in time.

mod connection;
mod limits;
mod slots;
mod upload;
mod write_limit;

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use tokio::net::TcpListener;

use crate::log::Log;
use connection::Conversation;
pub use limits::Limits;
use slots::Slots;

/// After an error of the listener, such as too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` completes, then answers what is under way.
pub(super) async fn run(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    log: Arc<Log>,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let slots = Arc::new(Slots::new(limits.max_connections));
    let conversation = Conversation::new(router, limits, log);
    let (stopping, is_stopping) = tokio::sync::watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            slots.end_oldest();
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // Without a place for it the connection ends here.
        if let Some(slot) = slots.admit() {
            let conversation = conversation.clone();
            tokio::spawn(conversation.hold(stream, peer, slot, is_stopping.clone()));
        }
    }
    drop(listener);
    let _ = stopping.send(true);
    let stopped = Instant::now();
    while !slots.is_empty() && stopped.elapsed() < limits.grace {
        slots.end_idle_since(limits.idle_grace);
        tokio::time::sleep(PAUSE).await;
    }
}
