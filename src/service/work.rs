//! Work for the processor, off the async threads and a few at a time.
//!
//! More searches at once than cores make none faster and each takes memory, so about
//! two a core are at work. Who comes then waits in a short line for a short time; who
//! finds no place is told when to come again.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::answer::Answer;
use super::error::ServiceError;

/// At work at once, for each core.
const AT_WORK: usize = 2;

/// In line, for each core.
const IN_LINE: usize = 16;

/// How long one waits in line.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// The cores are the machine's, so all services of a process share one line.
static LINE: LazyLock<Line> = LazyLock::new(|| {
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    Line::new(n_cores * AT_WORK, n_cores * IN_LINE, MAX_WAIT)
});

/// Runs `work` on a thread where it may take its time. A panic there is an
/// answer 500, not the end of the service.
pub(super) async fn answer(
    work: impl FnOnce() -> Result<Answer, ServiceError> + Send + 'static,
) -> Result<Answer, ServiceError> {
    let place = LINE.enter().await?;
    // The place is free when the work is done, not when the client goes away.
    let work = move || {
        let _place = place;
        work()
    };
    tokio::task::spawn_blocking(work).await?
}

/// The same for what is quick and must be answered however many wait.
pub(super) async fn aside(
    work: impl FnOnce() -> Result<Answer, ServiceError> + Send + 'static,
) -> Result<Answer, ServiceError> {
    tokio::task::spawn_blocking(work).await?
}

/// Places at work and in line.
struct Line {
    at_work: Arc<Semaphore>,
    waiting: Semaphore,
    max_wait: Duration,
}

impl Line {
    fn new(n_at_work: usize, n_waiting: usize, max_wait: Duration) -> Self {
        Self {
            at_work: Arc::new(Semaphore::new(n_at_work)),
            waiting: Semaphore::new(n_waiting),
            max_wait,
        }
    }

    async fn enter(&self) -> Result<OwnedSemaphorePermit, ServiceError> {
        let at_work = Arc::clone(&self.at_work);
        if let Ok(place) = Arc::clone(&at_work).try_acquire_owned() {
            return Ok(place);
        }
        let Ok(_place_in_line) = self.waiting.try_acquire() else {
            return Err(ServiceError::Busy);
        };
        match tokio::time::timeout(self.max_wait, at_work.acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(ServiceError::Busy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_finds_no_place_is_told_at_once_and_who_waits_gets_the_next() {
        let line = Arc::new(Line::new(1, 1, Duration::from_mins(1)));
        let at_work = line.enter().await.unwrap();
        let waits = tokio::spawn({
            let line = Arc::clone(&line);
            async move { line.enter().await.is_ok() }
        });
        while line.waiting.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(line.enter().await, Err(ServiceError::Busy)));
        drop(at_work);
        assert!(waits.await.unwrap());
        assert!(line.enter().await.is_ok());
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let line = Line::new(1, 1, Duration::from_millis(1));
        let _at_work = line.enter().await.unwrap();
        assert!(matches!(line.enter().await, Err(ServiceError::Busy)));
        assert_eq!(line.waiting.available_permits(), 1);
    }
}
