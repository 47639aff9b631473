//! Limits around one answer: how many are worked on at once, how long one may take, and that a panic in one ends
//! only that one. The limits of sockets are in `connection`, those of bodies in `body`.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::response::Refusal;

/// A panic can quote a whole text it tripped over.
const PANIC_CHARS_MAX: usize = 200;

pub(super) struct Limits {
    running: Semaphore,
    running_max: usize,
    time_max: Duration,
}

impl Limits {
    pub(super) fn new(concurrency_max: usize, time_max: Duration) -> Self {
        let running_max = concurrency_max.min(Semaphore::MAX_PERMITS);
        Self { running: Semaphore::new(running_max), running_max, time_max }
    }

    /// How much is running now.
    pub(super) fn running(&self) -> usize {
        self.running_max.saturating_sub(self.running.available_permits())
    }

    /// Runs `work`, unless as much as allowed is running already, and drops it when its time is up.
    pub(super) async fn run<T>(&self, request_id: &str, work: impl Future<Output = T>) -> Result<T, Refusal> {
        let _running = self.running.try_acquire().map_err(|_| Refusal::Overloaded)?;
        // A panic leaves nothing of the work behind that anyone could look at: the future is dropped with it.
        match timeout(self.time_max, AssertUnwindSafe(work).catch_unwind()).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(panic)) => {
                tracing::error!(request_id, panic = message(&*panic), "request panicked");
                Err(Refusal::Internal { request_id: request_id.to_owned() })
            }
            Err(_) => Err(Refusal::TimedOut { seconds: self.time_max.as_secs_f64() }),
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").chars().take(PANIC_CHARS_MAX).collect()
}
