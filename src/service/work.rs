//! Work for the processor, off the async threads.

use super::answer::Answer;
use super::error::ServiceError;

/// Runs `work` on a thread where it may take its time. A panic there is an
/// answer 500, not the end of the service.
pub(super) async fn answer(
    work: impl FnOnce() -> Result<Answer, ServiceError> + Send + 'static,
) -> Result<Answer, ServiceError> {
    tokio::task::spawn_blocking(work).await?
}
