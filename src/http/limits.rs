//! Limits around one answer: how many are worked on at once and how many wait for it, how long one may take, and that a
//! panic in one ends only that one. The limits of sockets are in `connection`, those of bodies in `body`.
//!
//! Where more is asked than can be done, most of it is refused soon, so that the rest is answered about as fast as ever:
//! what waits is answered in the order it came, and once there has been much to do for a while, no more than a few wait longer
//! than a moment.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::Settings;
use super::response::Refusal;

/// A panic can quote a whole text it tripped over.
const PANIC_CHARS_MAX: usize = 200;

pub(super) struct Limits {
    /// For all that are answered or wait for it.
    places: Semaphore,
    places_max: usize,
    /// For those worked on.
    turns: Semaphore,
    turns_max: usize,
    /// Those that wait for one.
    waiting: AtomicUsize,
    waiting_max: usize,
    wait_max: Duration,
    wait_when_busy_max: Duration,
    turn_max: Duration,
    time_max: Duration,
    /// When half of the turns were free the last time.
    calm_at: Mutex<Instant>,
}

impl Limits {
    pub(super) fn new(settings: &Settings) -> Self {
        let places_max = settings.concurrency_max.min(Semaphore::MAX_PERMITS);
        let turns_max = settings.running_max.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            places: Semaphore::new(places_max),
            places_max,
            turns: Semaphore::new(turns_max),
            turns_max,
            waiting: AtomicUsize::new(0),
            waiting_max: settings.waiting_max,
            wait_max: settings.wait_max,
            wait_when_busy_max: settings.wait_when_busy_max,
            turn_max: settings.turn_max.min(settings.request_timeout),
            time_max: settings.request_timeout,
            calm_at: Mutex::new(Instant::now()),
        }
    }

    /// How much is running or waits for it now.
    pub(super) fn running(&self) -> usize {
        self.places_max.saturating_sub(self.places.available_permits())
    }

    /// Runs `work`, unless as much as allowed is running already, and drops it when its time is up.
    pub(super) async fn run<T>(&self, request_id: &str, work: impl Future<Output = T>) -> Result<T, Refusal> {
        let (what, max) = ("requests being answered", self.places_max);
        let _place = self.places.try_acquire().map_err(|_| Refusal::Overloaded { what, max })?;
        let turn = self.turn().await?;
        let mut work = pin!(AssertUnwindSafe(work).catch_unwind());
        let mut worked = timeout(self.turn_max, work.as_mut()).await;
        drop(turn);
        if worked.is_err() {
            worked = timeout(self.time_max.saturating_sub(self.turn_max), work).await;
        }
        // A panic leaves nothing of the work behind that anyone could look at: the future is dropped with it.
        match worked {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(panic)) => {
                tracing::error!(request_id, panic = message(&*panic), "request panicked");
                Err(Refusal::Internal { request_id: request_id.to_owned() })
            }
            Err(_) => Err(Refusal::TimedOut { seconds: self.time_max.as_secs_f64() }),
        }
    }

    /// Waits to be worked on.
    async fn turn(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        let now = Instant::now();
        if let Ok(turn) = self.turns.try_acquire() {
            if self.turns.available_permits() >= self.turns_max / 2 {
                *self.calm_at.lock().unwrap_or_else(PoisonError::into_inner) = now;
            }
            return Ok(turn);
        }
        let calm_at = *self.calm_at.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = Waiting::begin(&self.waiting);
        // One of those that wait may have been given its turn just now.
        let is_busy = waiting.before > self.waiting_max && now.saturating_duration_since(calm_at) > self.wait_max;
        let wait = if is_busy { self.wait_when_busy_max } else { self.wait_max };
        match timeout(wait, self.turns.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(Refusal::Waited { max: self.turns_max }),
        }
    }
}

/// One that waits, until it is dropped.
struct Waiting<'a> {
    all: &'a AtomicUsize,
    /// How many waited when it began to.
    before: usize,
}

impl<'a> Waiting<'a> {
    fn begin(all: &'a AtomicUsize) -> Self {
        Self { all, before: all.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(1, Ordering::Relaxed);
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").chars().take(PANIC_CHARS_MAX).collect()
}
