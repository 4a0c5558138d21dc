//! The body of a request, as long as it comes.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};

use super::slots::Busy;

/// A body that notes when it is there whole.
pub(super) struct Upload {
    body: Incoming,
    busy: Arc<Busy>,
}

impl Upload {
    pub(super) fn new(body: Incoming, busy: &Arc<Busy>) -> Self {
        let this = Self {
            body,
            busy: Arc::clone(busy),
        };
        this.note();
        this
    }

    fn note(&self) {
        if self.body.is_end_stream() {
            self.busy.is_whole();
        }
    }
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if frame.is_none() {
            self.busy.is_whole();
        }
        self.note();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
