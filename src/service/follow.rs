//! Looks for new commits, so that none waits for the next request, and tells of them.

use std::sync::Arc;
use std::time::Duration;

use plansearch_index::Index;

use super::log::Log;

/// How often.
const EVERY: Duration = Duration::from_secs(1);

/// Follows the commits of the index for ever.
pub(super) async fn follow(index: Arc<Index>, log: Arc<Log>) {
    let mut held = index.snapshot().generation().to_owned();
    let mut told: Option<String> = None;
    loop {
        tokio::time::sleep(EVERY).await;
        let looked = Arc::clone(&index);
        let looked = tokio::task::spawn_blocking(move || {
            let snapshot = looked.snapshot();
            (snapshot, looked.trouble())
        });
        let Ok((snapshot, trouble)) = looked.await else {
            continue;
        };
        if snapshot.generation() != held {
            snapshot.generation().clone_into(&mut held);
            log.event(&format!(
                "a new commit is in use: {} documents, {} passages",
                snapshot.catalog().documents().len(),
                snapshot.n_passages()
            ));
        }
        let trouble = trouble.map(|error| chain(error.as_ref()));
        if trouble != told {
            if let Some(trouble) = &trouble {
                log.failure(&format!(
                    "the newest commit cannot be read, an older one stays in use: {trouble}"
                ));
            } else {
                log.event("the newest commit can be read again");
            }
            told = trouble;
        }
    }
}

/// An error with its causes in one line.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}
