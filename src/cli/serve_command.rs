//! `plansearch serve`, and `plansearch` without a command.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::args::{IndexOptions, LogChoice, ServeOptions};
use super::output::Output;
use super::{index_command, stop};
use plansearch_engine::EngineError;
use plansearch_index::Index;
use plansearch_search::{self as search, Request};
use plansearch_service::{self as service, Limits, Log, LogFormat, LogOptions};

/// The library that `plansearch` without a command indexes.
const SEEDS: &str = "seeds";

/// Builds the index of `seeds/` when there is none, then serves.
pub(super) fn index_and_serve(dir: &Path, output: Output) -> anyhow::Result<ExitCode> {
    let index = match Index::open(dir) {
        Ok(index) => index,
        Err(EngineError::Missing { .. }) => {
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
    listen(index, &ServeOptions::default(), output)
}

pub(super) fn serve(
    dir: &Path,
    options: &ServeOptions,
    output: Output,
) -> anyhow::Result<ExitCode> {
    listen(Index::open(dir)?, options, output)
}

/// Threads for work that takes its time. The service has few at work at once; each takes
/// memory that stays.
fn n_work_threads() -> usize {
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    n_cores * 2 + 4
}

/// The log that the options ask for.
fn log(options: &ServeOptions) -> anyhow::Result<Log> {
    let log = LogOptions {
        format: match options.log_format {
            LogChoice::Text => LogFormat::Text,
            LogChoice::Json => LogFormat::Json,
            LogChoice::Quiet => LogFormat::Quiet,
        },
        has_query: options.log_query,
        trusted_proxies: options.trusted_proxy.clone(),
    };
    let Some(path) = &options.log_file else {
        return Ok(Log::start(log, std::io::stderr()));
    };
    let file = std::fs::File::options()
        .create(true)
        .append(true)
        .open(path);
    let file = file.with_context(|| format!("cannot write to `{}`", path.display()))?;
    Ok(Log::start(log, file))
}

fn listen(index: Index, options: &ServeOptions, output: Output) -> anyhow::Result<ExitCode> {
    let log = Arc::new(log(options)?);
    let ending = Arc::clone(&log);
    let address = options.listen;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(n_work_threads())
        .build()
        .context("cannot start the service")?;
    let served = runtime.block_on(async {
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
            let _ = search::search(&*snapshot, &request);
            let _ = search::suggest(&*snapshot, "规划", 1);
        });
        let stop = async move {
            stop::stopped().await?;
            output.talk("stopping: requests under way are answered first; once more to stop at once");
            tokio::spawn(async {
                if let Ok(stop) = stop::stopped().await {
                    std::process::exit(stop.status());
                }
            });
            anyhow::Ok(())
        };
        let stop = async move {
            if let Err(error) = stop.await {
                output.error(&error);
                std::future::pending::<()>().await;
            }
        };
        service::serve(listener, Arc::new(index), Limits::default(), log, stop).await;
        anyhow::Ok(())
    });
    // What is still at work for nobody does not keep the program.
    runtime.shutdown_background();
    ending.flush();
    served?;
    Ok(ExitCode::SUCCESS)
}
