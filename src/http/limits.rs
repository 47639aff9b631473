//! Limits around one answer: how many are worked on at once and how many wait for it, how long one may take, and that a
//! panic in one ends only that one. The limits of sockets are in `connection`, those of bodies in `body`.
//!
//! What waits is answered in the order it came. Once more has waited for a while than may, more is asked than can be done: then
//! nobody waits, and who finds no turn is refused at once, so that the others are answered soon.
//! All that is asked is read before more work is begun, so that what waits does so here, where it is counted, and not in sockets
//! and in the runtime's queue.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::yield_now;
use tokio::time::timeout;

use super::Settings;
use super::health::Readiness;
use super::response::Refusal;

/// A panic can quote a whole text it tripped over.
const PANIC_CHARS_MAX: usize = 200;
/// How much longer an overload may be taken for granted that went on whenever it was looked whether it is over.
const OVERLOAD_TIMES_MAX: u32 = 12;

pub(super) struct Limits {
    /// For all that are answered or wait for it.
    places: Semaphore,
    places_max: usize,
    /// For those worked on.
    turns: Semaphore,
    turns_max: usize,
    alone_for: Duration,
    /// Those that wait for one.
    waiting: AtomicUsize,
    waiting_max: usize,
    wait_max: Duration,
    overload_time: Duration,
    turn_max: Duration,
    time_max: Duration,
    pressure: Mutex<Pressure>,
    /// How often the engine is asked whether it is ready.
    pub(super) readiness: Readiness,
}

/// How much is asked for beside what can be done.
struct Pressure {
    /// When half of the turns were free the last time.
    calm_at: Instant,
    /// Until when it is taken for granted that more is asked than can be done; nothing if it never was.
    overloaded_until: Option<Instant>,
    /// How long it was taken for granted the last time.
    overloaded_for: Duration,
    /// When somebody was refused by it the last time.
    refused_at: Instant,
    /// Until when a request that sees no other is taken to be the only one.
    alone_until: Instant,
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
            alone_for: settings.alone_for,
            waiting: AtomicUsize::new(0),
            waiting_max: settings.waiting_max,
            wait_max: settings.wait_max,
            overload_time: settings.overload_time,
            turn_max: settings.turn_max.min(settings.request_timeout),
            time_max: settings.request_timeout,
            pressure: Mutex::new(Pressure {
                calm_at: Instant::now(),
                overloaded_until: None,
                overloaded_for: Duration::ZERO,
                refused_at: Instant::now(),
                alone_until: Instant::now(),
            }),
            readiness: Readiness::default(),
        }
    }

    /// How much is running or waits for it now.
    pub(super) fn running(&self) -> usize {
        self.places_max.saturating_sub(self.places.available_permits())
    }

    /// Runs `work`, unless it is too much, and drops it when its time is up.
    pub(super) fn run<T>(
        &self,
        request_id: &str,
        work: impl Future<Output = T>,
    ) -> impl Future<Output = Result<T, Refusal>> {
        let admitted = self.admit().map(|()| self.run_admitted(request_id, work));
        async { admitted?.await }
    }

    /// The same for a request that was admitted before it was read.
    pub(super) fn run_admitted<T>(
        &self,
        request_id: &str,
        work: impl Future<Output = T>,
    ) -> impl Future<Output = Result<T, Refusal>> {
        // On the heap: each future that waits for it would have room for it, twice over, and is moved.
        let work = Box::pin(work);
        async {
            // Others may have found the turn meanwhile that it was admitted for.
            self.is_overloaded(&mut self.pressure(), Instant::now())?;
            self.run_waiting(request_id, work).await
        }
    }

    /// The same for what many requests depend on, so that it waits for its turn in an overload too.
    pub(super) async fn run_waiting<T>(&self, request_id: &str, work: impl Future<Output = T>) -> Result<T, Refusal> {
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

    /// Refuses what is too much, before anything of it is read.
    pub(super) fn admit(&self) -> Result<(), Refusal> {
        let (waiting, now) = (self.waiting.load(Ordering::Relaxed), Instant::now());
        let mut pressure = self.pressure();
        if self.is_overloaded(&mut pressure, now)? {
            return Ok(());
        }
        // One that ended just now goes on, whatever calm there was between.
        let is_again = self.overload_ends(&pressure).is_some_and(|end| now < end + self.overload_time);
        if waiting > self.waiting_max && (is_again || now.saturating_duration_since(pressure.calm_at) > self.wait_max) {
            // Each look whether it is over makes those wait long that are let in.
            let longer = if is_again { pressure.overloaded_for * 2 } else { Duration::ZERO };
            pressure.overloaded_for = longer.clamp(self.overload_time, self.overload_time * OVERLOAD_TIMES_MAX);
            pressure.overloaded_until = Some(now + pressure.overloaded_for);
            pressure.refused_at = now;
            return Err(self.too_much());
        }
        Ok(())
    }

    /// Waits to be worked on.
    async fn turn(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        let turn = if let Ok(turn) = self.turns.try_acquire() {
            if self.turns.available_permits() >= self.turns_max / 2 {
                self.pressure().calm_at = Instant::now();
            }
            turn
        } else {
            let _waiting = Waiting::begin(&self.waiting);
            match timeout(self.wait_max, self.turns.acquire()).await {
                Ok(Ok(turn)) => turn,
                _ => return Err(self.too_much()),
            }
        };
        // Whatever else has come meanwhile is read, and waits behind this one. Where nothing had come just now this is spared, as
        // to give way has the runtime wake another thread.
        if self.running() > 1 || !self.is_alone(Instant::now()) {
            yield_now().await;
            if self.running() == 1 {
                self.pressure().alone_until = Instant::now() + self.alone_for;
            }
        }
        Ok(turn)
    }

    /// Whether there is an overload, in which nobody waits: who finds no turn is refused.
    fn is_overloaded(&self, pressure: &mut Pressure, now: Instant) -> Result<bool, Refusal> {
        if self.overload_ends(pressure).is_none_or(|end| end <= now) {
            return Ok(false);
        }
        if self.turns.available_permits() > 0 {
            return Ok(true);
        }
        pressure.refused_at = now;
        Err(self.too_much())
    }

    /// Whether one that sees no other is taken to be the only one; in an overload others are refused before they are seen.
    fn is_alone(&self, now: Instant) -> bool {
        let pressure = self.pressure();
        pressure.alone_until > now && self.overload_ends(&pressure).is_none_or(|end| end <= now)
    }

    /// An overload ends early once nobody is refused any more.
    fn overload_ends(&self, pressure: &Pressure) -> Option<Instant> {
        pressure.overloaded_until.map(|until| until.min(pressure.refused_at + self.overload_time))
    }

    fn pressure(&self) -> MutexGuard<'_, Pressure> {
        self.pressure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn too_much(&self) -> Refusal {
        Refusal::Waited { max: self.turns_max }
    }
}

/// One that waits, until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(all: &'a AtomicUsize) -> Self {
        all.fetch_add(1, Ordering::Relaxed);
        Self(all)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").chars().take(PANIC_CHARS_MAX).collect()
}
