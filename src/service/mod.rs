//! STUB, to be replaced whole by the branch `web` (take "theirs" there). The
//! command line needs these names: `serve`, `wire::SearchResponse: From<Response>`,
//! `wire::PassageInPlace::new(passage, doc, around)`, `wire::Documents: From<&[DocumentRecord]>`.

pub mod wire;

use std::sync::Arc;

/// Stub.
///
/// # Errors
/// Stub.
pub async fn serve(
    listener: tokio::net::TcpListener,
    index: Arc<crate::index::Index>,
    shutdown: impl std::future::Future<Output = ()>,
) -> std::io::Result<()> {
    drop((listener, index));
    shutdown.await;
    Ok(())
}
