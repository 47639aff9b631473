//! What both kinds of streams share, WebSockets and event streams: their number, how much may wait for a slow reader
//! and how long, and the log line at their end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::response::Refusal;

/// The places for streams.
pub(super) struct Streams {
    places: Arc<Semaphore>,
    max: u32,
    /// What they are called.
    what: &'static str,
}

impl Streams {
    pub(super) fn new(max: u32, what: &'static str) -> Self {
        Self { places: Arc::new(Semaphore::new(max as usize)), max, what }
    }

    /// Takes a place for one more stream, unless there is none.
    pub(super) fn enter(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        let (what, max) = (self.what, self.max as usize);
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refusal::Overloaded { what, max })
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
}

/// How long the client of one connection may take nothing of what is written to it, in milliseconds.
#[derive(Clone, Debug)]
pub(super) struct Patience(Arc<AtomicU64>);

impl Patience {
    pub(super) fn new(time_max: Duration) -> Self {
        let patience = Self(Arc::default());
        patience.set(time_max);
        patience
    }

    pub(super) fn get(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }

    pub(super) fn set(&self, time_max: Duration) {
        self.0.store(u64::try_from(time_max.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
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
