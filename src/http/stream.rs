//! What both kinds of streams share, WebSockets and event streams: their number, in all and of one caller, how much may wait for
//! a slow reader and how long, and the log line at their end.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::request::Parts;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::rate::Who;
use super::response::Refusal;
use super::{Caller, Engine, Message, Server};

/// The places for streams.
pub(super) struct Streams {
    places: Arc<Semaphore>,
    max: u32,
    /// What they are called.
    what: &'static str,
    held: Held,
}

/// How many places each caller has.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<HashMap<Who, usize>>>);

/// A place among all streams, and among those of one caller.
pub(super) struct Place {
    _of_all: OwnedSemaphorePermit,
    of_caller: Option<Own>,
}

/// One of a caller's places, until it is dropped.
struct Own {
    who: Who,
    held: Held,
}

impl<E: Engine> Server<E> {
    /// Takes a place for one more stream of whoever sends a request.
    pub(super) fn stream_place(&self, caller: Option<&Caller>, head: &Parts) -> Result<Place, Refusal> {
        // Where nobody pays, or a key is still to come, addresses tell callers apart all the same.
        let by_address = || self.address(&head.headers, &head.extensions).map(Who::at);
        let who = caller.and_then(Caller::who).cloned().or_else(by_address);
        self.streams.enter_as(who, self.settings.streams_per_caller_max)
    }

    /// Counts a stream for whoever it turns out to be of.
    pub(super) fn attribute(&self, place: &mut Place, caller: &Caller) -> Result<(), Refusal> {
        if let Some(who) = caller.who() {
            // Before it takes another, as it may be the same one's.
            drop(place.of_caller.take());
            place.of_caller = Some(self.streams.held.enter(who.clone(), self.settings.streams_per_caller_max)?);
        }
        Ok(())
    }
}

impl Held {
    fn enter(&self, who: Who, max: usize) -> Result<Own, Refusal> {
        let mut all = self.all();
        let own = all.get(&who).copied().unwrap_or_default();
        if own >= max {
            return Err(Refusal::Overloaded { what: "open streams of yours", max });
        }
        all.insert(who.clone(), own + 1);
        Ok(Own { who, held: self.clone() })
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Who, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let mut all = self.held.all();
        let left = all.get(&self.who).map_or(0, |own| own - 1);
        if left == 0 {
            all.remove(&self.who);
        } else {
            all.insert(self.who.clone(), left);
        }
    }
}

impl Streams {
    pub(super) fn new(max: u32, what: &'static str) -> Self {
        Self { places: Arc::new(Semaphore::new(max as usize)), max, what, held: Held::default() }
    }

    /// Takes a place for one more stream, unless there is none.
    pub(super) fn enter(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        let (what, max) = (self.what, self.max as usize);
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refusal::Overloaded { what, max })
    }

    /// The same for a caller that may have so many; one that cannot be told from others has no limit of its own.
    fn enter_as(&self, who: Option<Who>, own_max: usize) -> Result<Place, Refusal> {
        let place = self.enter()?;
        let own = who.map(|who| self.held.enter(who, own_max)).transpose()?;
        Ok(Place { _of_all: place, of_caller: own })
    }

    /// How many streams there are now.
    pub(super) fn open(&self) -> usize {
        (self.max as usize).saturating_sub(self.places.available_permits())
    }

    /// Waits for all streams to end, and lets no other begin.
    pub(super) async fn ended(&self) {
        drop(self.places.acquire_many(self.max).await);
        self.places.close();
    }
}

/// The bytes of messages that may wait for one client, of all its operations together.
#[derive(Clone, Debug)]
pub struct Backlog {
    free: Arc<Semaphore>,
    bytes_max: u32,
}

impl Backlog {
    pub fn new(bytes_max: usize) -> Self {
        let bytes_max = u32::try_from(bytes_max.clamp(1, Semaphore::MAX_PERMITS)).unwrap_or(u32::MAX);
        Self { free: Arc::new(Semaphore::new(bytes_max as usize)), bytes_max }
    }

    /// Waits for room for a message, which it takes until it is dropped. One that is larger than all room takes all.
    pub async fn room(&self, bytes: usize) -> OwnedSemaphorePermit {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX).min(self.bytes_max);
        Arc::clone(&self.free).acquire_many_owned(bytes).await.expect("the semaphore is never closed")
    }

    /// The same messages, once there is room for the first if that is there already, as the answer to a query is: it has the
    /// room until it is taken. Those that follow the log had theirs when they were made.
    pub(super) async fn hold(&self, mut messages: BoxStream<'static, Message>) -> BoxStream<'static, Message> {
        let first = match messages.next().now_or_never() {
            None => return messages,
            Some(None) => return stream::empty().boxed(),
            Some(Some(first)) => first,
        };
        let bytes = match &first {
            Message::Next { body, .. } => body.len(),
            Message::Failed { .. } => 0,
        };
        let room = self.room(bytes).await;
        let first = async move {
            drop(room);
            first
        };
        stream::once(first).chain(messages).boxed()
    }
}

/// How long the client of one connection may take for a part of what is written to it.
#[derive(Clone, Debug)]
pub(super) struct Patience {
    /// With an answer.
    usual: Duration,
    /// With what it is sent now, in milliseconds.
    now: Arc<AtomicU64>,
}

impl Patience {
    pub(super) fn new(usual: Duration) -> Self {
        let patience = Self { usual, now: Arc::default() };
        patience.reset();
        patience
    }

    pub(super) fn get(&self) -> Duration {
        Duration::from_millis(self.now.load(Ordering::Relaxed))
    }

    pub(super) fn set(&self, time_max: Duration) {
        self.now.store(u64::try_from(time_max.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn reset(&self) {
        self.set(self.usual);
    }
}

/// Writes its line when the stream is dropped, however it ended.
pub(super) struct StreamRecord {
    request_id: String,
    transport: &'static str,
    started: Instant,
    pub(super) messages: u64,
    pub(super) close_code: Option<u16>,
}

impl StreamRecord {
    pub(super) fn begin(request_id: &str, transport: &'static str) -> Self {
        Self { request_id: request_id.to_owned(), transport, started: Instant::now(), messages: 0, close_code: None }
    }
}

impl Drop for StreamRecord {
    fn drop(&mut self) {
        tracing::info!(
            request_id = self.request_id,
            transport = self.transport,
            messages = self.messages,
            close_code = self.close_code,
            duration_ms = self.started.elapsed().as_secs_f64() * 1000.0,
            "stream ended"
        );
    }
}
