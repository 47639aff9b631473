//! The log as something to follow. Nothing of it is kept in memory: one task asks the database how long the log is, for
//! all readers of the process, and each reader holds nothing but its position and asks for what lies between the two.
//! So replaying and following are one path without a seam, and several processes on one database need not know of each
//! other: `seq` is dense and becomes visible in order, whoever wrote.

mod latest;
pub mod line;
mod page;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio::task::yield_now;
use tokio::time::sleep;

use crate::http::Unanswered;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::event::{Column, between};
use crate::store::filter::Filter;
use crate::store::page::Listing;

/// Events that one statement goes through at most, whether they meet a filter or not.
pub const SPAN_MAX: i64 = 20_000;

/// How readers of the log are served.
#[derive(Clone, Debug)]
pub struct FeedSettings {
    /// Between two looks at the log's length, while there are readers.
    pub poll_interval: Duration,
    /// Events that wait for a reader at most.
    pub buffered_max: usize,
    /// How long a reader may take none of them.
    pub lag_max: Duration,
    /// How long a database that does not answer is asked again.
    pub retry_max: Duration,
    /// Events that one reader asks for at once, at most.
    pub batch_max: u64,
    /// Readers that ask at once; the others wait, so that questions find a connection too.
    pub asking_max: usize,
}

impl Default for FeedSettings {
    fn default() -> Self {
        Self {
            poll_interval: Duration::from_millis(250),
            buffered_max: 64,
            lag_max: Duration::from_secs(30),
            retry_max: Duration::from_secs(30),
            batch_max: 100,
            asking_max: 4,
        }
    }
}

/// The length of the log, as far as this process has seen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Unknown,
    At(i64),
    /// The database has not answered for as long as it is asked again.
    Lost,
}

/// The log of one database.
#[derive(Debug)]
pub struct Feed {
    store: Store,
    settings: FeedSettings,
    head: watch::Sender<Head>,
    is_polling: Mutex<bool>,
    asking: Semaphore,
}

/// The database does not answer.
#[derive(Clone, Copy, Debug)]
pub struct Lost;

impl Feed {
    pub fn new(store: Store, settings: FeedSettings) -> Arc<Self> {
        let asking = Semaphore::new(settings.asking_max.clamp(1, Semaphore::MAX_PERMITS));
        let (head, _) = watch::channel(Head::Unknown);
        Arc::new(Self { store, settings, head, is_polling: Mutex::new(false), asking })
    }

    pub fn settings(&self) -> &FeedSettings {
        &self.settings
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The `seq` of the latest event, 0 if there is none.
    pub async fn head(&self) -> Result<i64, StoreError> {
        let seq = self.store.reader().head().await?;
        self.see(seq);
        Ok(seq)
    }

    /// A reader that has everything up to `position`.
    pub fn follow(self: &Arc<Self>, position: i64) -> Follower {
        let mut is_polling = self.is_polling.lock().unwrap_or_else(PoisonError::into_inner);
        let head = self.head.subscribe();
        if !*is_polling {
            *is_polling = true;
            self.head.send_if_modified(|head| {
                let is_lost = *head == Head::Lost;
                if is_lost {
                    *head = Head::Unknown;
                }
                is_lost
            });
            tokio::spawn(Arc::clone(self).poll());
        }
        Follower { feed: Arc::clone(self), head, position }
    }

    /// Waits for a turn to ask the database or to make messages, behind whatever else has to be done.
    pub async fn turn(&self) -> SemaphorePermit<'_> {
        let turn = self.asking.acquire().await.expect("the semaphore is never closed");
        yield_now().await;
        turn
    }

    /// The pauses between attempts at a database that does not answer.
    pub fn pauses(&self) -> ExponentialBackoff {
        ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(100))
            .with_max_delay(Duration::from_secs(5))
            .with_jitter()
            .without_max_times()
            .with_total_delay(Some(self.settings.retry_max))
            .build()
    }

    /// Looks at the log's length again and again until nobody reads.
    async fn poll(self: Arc<Self>) {
        let mut pauses = self.pauses();
        loop {
            let mut pause = Some(self.settings.poll_interval);
            match self.head().await {
                Ok(_) => pauses = self.pauses(),
                Err(error) => {
                    pause = pauses.next();
                    tracing::warn!(%error, "the length of the log could not be read");
                }
            }
            if pause.is_none() {
                let mut is_polling = self.is_polling.lock().unwrap_or_else(PoisonError::into_inner);
                *is_polling = false;
                self.head.send_replace(Head::Lost);
                return;
            }
            sleep(pause.unwrap_or_default()).await;
            let mut is_polling = self.is_polling.lock().unwrap_or_else(PoisonError::into_inner);
            if self.head.receiver_count() == 0 {
                *is_polling = false;
                return;
            }
        }
    }

    fn see(&self, seq: i64) {
        self.head.send_if_modified(|head| {
            let is_news = !matches!(*head, Head::At(known) if known >= seq);
            if is_news {
                *head = Head::At(seq);
            }
            is_news
        });
    }
}

impl From<StoreError> for Unanswered {
    fn from(error: StoreError) -> Self {
        if error.is_unavailable() { Self::Unavailable(error.to_string()) } else { Self::Broken(error.to_string()) }
    }
}

/// One reader of the log.
#[derive(Debug)]
pub struct Follower {
    feed: Arc<Feed>,
    head: watch::Receiver<Head>,
    position: i64,
}

impl Follower {
    pub fn feed(&self) -> &Arc<Feed> {
        &self.feed
    }

    /// Everything up to here is done with.
    pub fn position(&self) -> i64 {
        self.position
    }

    pub fn advance(&mut self, position: i64) {
        self.position = self.position.max(position);
    }

    /// Waits for the log to be longer than the position, and gives its length.
    pub async fn grown(&mut self) -> Result<i64, Lost> {
        let position = self.position;
        let head = self.head.wait_for(|head| match head {
            Head::Unknown => false,
            Head::At(seq) => *seq > position,
            Head::Lost => true,
        });
        match head.await.as_deref() {
            Ok(Head::At(seq)) => Ok(*seq),
            _ => Err(Lost),
        }
    }

    /// The question for the next events that meet `filter`, as far as `head`.
    pub fn listing(&self, filter: &Filter<Column>, head: i64, size: u64) -> Listing<Column> {
        between(filter.clone(), self.position, head, size)
    }
}
