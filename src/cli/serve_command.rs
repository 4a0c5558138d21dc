//! `plansearch serve`, and `plansearch` without a command.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::args::{IndexOptions, ServeOptions};
use super::index_command;
use super::output::Output;
use plansearch_index::{Index, IndexError};
use plansearch_search::{self as search, Request};
use plansearch_service as service;

/// The library that `plansearch` without a command indexes.
const SEEDS: &str = "seeds";

/// Builds the index of `seeds/` when there is none, then serves.
pub(super) fn index_and_serve(dir: &Path, output: Output) -> anyhow::Result<ExitCode> {
    let index = match Index::open(dir) {
        Ok(index) => index,
        Err(IndexError::Missing { .. }) => {
            let seeds = PathBuf::from(SEEDS);
            anyhow::ensure!(
                seeds.is_dir(),
                "there is no index in `{}` and no folder `{SEEDS}` here; hint: run `plansearch index PATH` with your documents",
                dir.display()
            );
            output.talk(format!("indexing `{SEEDS}` into `{}` …", dir.display()));
            let options = IndexOptions::of(seeds);
            let report = index_command::index(dir, &options, output)?;
            index_command::tell(&report, output);
            Index::open(dir)?
        }
        Err(error) => return Err(error.into()),
    };
    listen(index, SocketAddr::from(([127, 0, 0, 1], 7700)), output)
}

pub(super) fn serve(
    dir: &Path,
    options: &ServeOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    listen(Index::open(dir)?, options.listen, output)
}

fn listen(index: Index, address: SocketAddr, output: Output) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start the service")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => anyhow::anyhow!(
                "`{address}` is in use; hint: another port, as in `plansearch serve --listen {}:{}`",
                address.ip(),
                address.port().checked_add(1).unwrap_or(8000)
            ),
            _ => anyhow::Error::new(error).context(format!("cannot listen on `{address}`")),
        })?;
        let address = listener.local_addr()?;
        let snapshot = index.snapshot();
        output.talk(format!(
            "{} documents, {} passages; open http://{address}/ (Ctrl-C ends)",
            snapshot.catalog().documents().len(),
            snapshot.n_passages()
        ));
        // The dictionary and the names to suggest are loaded now, not by the first
        // who asks; the service is up meanwhile, and fails only for who asks.
        std::thread::spawn(move || {
            let request = Request {
                query: "规划".to_owned(),
                limit: 1,
                ..Request::default()
            };
            let _ = search::search(&snapshot, &request);
            let _ = search::suggest(&snapshot, "规划", 1);
        });
        service::serve(listener, Arc::new(index), stop_signal())
        .await
        .context("the service ended")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for Ctrl-C or, where there is one, the signal by which services are stopped.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
