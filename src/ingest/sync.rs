//! Crawls boards that are due, several at once, and applies what each answered: all of it, or nothing.
//!
//! A board that is taken is due for nobody else until its crawl ends, or until so much time has passed that the process
//! which took it cannot be crawling any more.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use entity::{source, source_answer};
use tokio::task::{self, JoinError, JoinSet};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::answers::{Answers, is_record};
use super::archive::Archive;
use super::fetch::{Before, Came, Fetcher, Validators};
use super::line::Named;
use super::provider::Provider;
use super::saved::ANSWER_BYTES_MAX;
use super::{Arrived, Body, IngestError, Intake, Summary, identity, provider, schedule};
use crate::aside::aside;
use crate::config::{CRAWL_BACKOFF_S, CRAWL_INTERVAL_MAX_S};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::vocabulary::{CrawlOutcome, SourceStatus};

/// How often an answer is applied again that a busy database has refused.
const APPLY_RETRIES_MAX: usize = 5;
/// The part of a crawl's time in which answers are waited for, in percent: what has come by then is applied, and is lost only if
/// reading it takes longer than the rest.
const ASKING_PERCENT: u32 = 90;

#[derive(Clone, Debug)]
pub struct Settings {
    /// Boards crawled at the same time.
    pub at_once: usize,
    /// The time between two looks at which boards are due.
    pub poll_interval: Duration,
    /// For all requests of a crawl, and for reading what came of them.
    pub timeout: Duration,
    /// How long a board is kept from others, in milliseconds: longer than `timeout`.
    pub lease_ms: i64,
}

pub struct Syncer {
    pub store: Store,
    pub archive: Option<Archive>,
    pub fetcher: Fetcher,
    pub settings: Settings,
    /// UTC milliseconds since 1970.
    pub clock: fn() -> i64,
}

/// What came of one crawl, or why nothing did.
pub struct Crawled {
    pub named: Named,
    pub applied: Result<Summary, String>,
}

/// Crawls that are under way, and whose each is.
#[derive(Default)]
struct UnderWay {
    crawls: JoinSet<Option<Crawled>>,
    boards: HashMap<task::Id, source::Model>,
}

impl Syncer {
    /// Crawls what is due now, and ends when all of it was crawled, or when it is told to stop.
    pub async fn once(
        self: &Arc<Self>,
        stop: &CancellationToken,
        mut done: impl FnMut(Crawled),
    ) -> Result<(), StoreError> {
        // What becomes due meanwhile is left to the next time, so that this one ends.
        let now = (self.clock)();
        let mut under_way = UnderWay::default();
        while !stop.is_cancelled() {
            self.take(&mut under_way, now, stop).await?;
            match under_way.next().await {
                Some(ended) => self.tell(ended, &mut done),
                None => return Ok(()),
            }
        }
        self.end(under_way, &mut done).await;
        Ok(())
    }

    /// Crawls whatever becomes due, until it is told to stop.
    pub async fn run(self: &Arc<Self>, stop: &CancellationToken, mut done: impl FnMut(Crawled)) {
        let mut under_way = UnderWay::default();
        while !stop.is_cancelled() {
            if let Err(error) = self.take(&mut under_way, (self.clock)(), stop).await {
                tracing::warn!(%error, "the boards that are due cannot be read");
            }
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                Some(ended) = under_way.next() => self.tell(ended, &mut done),
                () = tokio::time::sleep(self.settings.poll_interval) => {}
            }
        }
        self.end(under_way, &mut done).await;
    }

    /// Begins as many crawls as there is room for.
    async fn take(
        self: &Arc<Self>,
        under_way: &mut UnderWay,
        now: i64,
        stop: &CancellationToken,
    ) -> Result<(), StoreError> {
        let free = self.settings.at_once.saturating_sub(under_way.crawls.len());
        if free == 0 {
            return Ok(());
        }
        let until = (self.clock)() + self.settings.lease_ms;
        for board in self.store.take_due_sources(now, until, free).await? {
            if under_way.has(&board) {
                // Its lease is over before its crawl is: it has another one now, and is not crawled twice at once.
                continue;
            }
            let crawl = Arc::clone(self).crawl(board.clone(), stop.clone());
            let id = under_way.crawls.spawn(crawl).id();
            under_way.boards.insert(id, board);
        }
        Ok(())
    }

    /// Lets crawls that have their answer apply it; the others have been told to stop as well.
    async fn end(&self, mut under_way: UnderWay, done: &mut impl FnMut(Crawled)) {
        while let Some(ended) = under_way.next().await {
            self.tell(ended, done);
        }
    }

    fn tell(&self, ended: Ended, done: &mut impl FnMut(Crawled)) {
        match ended {
            Ended::Crawled(None) => {}
            Ended::Crawled(Some(crawled)) => done(crawled),
            Ended::Broken(board, error) => {
                let named = Named { provider: board.provider, board: board.board_token, finished_at: (self.clock)() };
                done(Crawled { named, applied: Err(format!("the crawl broke off: {error}")) });
            }
        }
    }

    /// Asks a board, and applies what it answers; nothing if it was told to stop before it had the answer.
    async fn crawl(self: Arc<Self>, source: source::Model, stop: CancellationToken) -> Option<Crawled> {
        let source_id = source.source_id.as_str();
        let asked = tokio::select! {
            biased;
            () = stop.cancelled() => None,
            it = self.ask(&source) => Some(it),
        };
        let Some(Came { arrived, pause, validators }) = asked else {
            // What is not given back is due again when its time is over.
            self.store.give_back_source(source_id, (self.clock)()).await.ok();
            return None;
        };
        if self.store.source_status(source_id).await.ok().flatten() == Some(SourceStatus::Retired) {
            // What came would open again what has just been closed.
            return None;
        }
        let intake = Intake { store: &self.store, archive: self.archive.as_ref(), policy: None, clock: self.clock };
        // What came would have to be asked for anew, so a database that is busy is waited for.
        let retries = ExponentialBuilder::default().with_jitter().with_max_times(APPLY_RETRIES_MAX);
        let applied = (|| intake.apply(&arrived))
            .retry(retries)
            .when(|it| matches!(it, IngestError::Store(_)) && !stop.is_cancelled())
            .await;
        if let Err(error) = &applied {
            self.put_off(&source, error).await;
        }
        let applied = applied.map_err(|error| error.to_string());
        if let Ok(summary) = &applied
            && let Err(error) = self.remember(source_id, &arrived, &validators, summary).await
        {
            tracing::warn!(%error, source.id = source_id, "what the board answered cannot be noted");
        }
        if let Some(pause) = pause {
            let pause = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX).min(CRAWL_INTERVAL_MAX_S * 1_000);
            let until = arrived.finished_at.saturating_add(pause);
            if let Err(error) = self.store.postpone_source(source_id, until).await {
                tracing::warn!(%error, source.id = source_id, "the provider's pause cannot be noted");
            }
        }
        let Arrived { provider, board, finished_at, .. } = arrived;
        Some(Crawled { named: Named { provider, board, finished_at }, applied })
    }

    /// Makes a board due again whose answer was not applied: not when what takes longest would have ended, and less and less
    /// often if that does not end.
    async fn put_off(&self, source: &source::Model, error: &IngestError) {
        let (id, now) = (source.source_id.as_str(), (self.clock)());
        let is_ours = match error {
            // Another answer was there before it.
            IngestError::TooOld { .. } | IngestError::Archive(_) => true,
            IngestError::Store(error) => error.is_unavailable(),
            _ => false,
        };
        let noted = if is_ours {
            self.store.give_back_source(id, now + CRAWL_BACKOFF_S * 1_000).await
        } else {
            let failures = source.consecutive_failures + 1;
            let due = schedule::due_after(id, now, failures, &[], source.crawl_interval_s);
            // What the database says is for the operator.
            tracing::warn!(%error, source.id = id, "what the board answered was not stored");
            self.store.note_refused(id, failures, "what it answered could not be stored", due).await
        };
        if let Err(error) = noted {
            tracing::warn!(%error, source.id = id, "that a crawl was not applied cannot be noted");
        }
    }

    async fn ask(&self, source: &source::Model) -> Came {
        let (name, board) = (source.provider.as_str(), source.board_token.as_str());
        let started_at = (self.clock)();
        let failed = |message: String| {
            let (provider, board, finished_at) = (name.to_owned(), board.to_owned(), (self.clock)());
            let body = Body::Failed(message);
            let arrived = Arrived { provider, board, started_at, finished_at, http_status: None, body };
            Came { arrived, pause: None, validators: Validators::new() }
        };
        let Some(provider) = provider::find(name) else {
            return failed("its provider is not known".to_owned());
        };
        let (timeout, begun) = (self.settings.timeout, Instant::now());
        let asked = async {
            let before = self.before(provider, source).await;
            let until = begun + timeout * ASKING_PERCENT / 100;
            self.fetcher.arrived_again(provider, board, &before, self.clock, Some(until)).await
        };
        let asked = timeout_at(begun + timeout, asked).await;
        asked.unwrap_or_else(|_| failed(format!("the crawl took more than {} s", timeout.as_secs())))
    }
}

impl Syncer {
    /// What the board answered last, if the archive still has it.
    async fn before(&self, provider: &'static Provider, source: &source::Model) -> Before {
        let source_id = source.source_id.as_str();
        let Some(archive) = &self.archive else {
            return Before::default();
        };
        let found = async {
            let last = self.store.last_answer(source_id).await.map_err(|error| error.to_string())?;
            let Some(last) = last else {
                return Ok(Before::default());
            };
            let raw = self.store.reader().raw_payload(&last.raw_sha256).await.map_err(|error| error.to_string())?;
            let raw = raw.ok_or("it is not in the archive")?;
            let bytes = archive.get(&raw.archive_key, ANSWER_BYTES_MAX).await.map_err(|error| error.to_string())?;
            let validators: Validators = serde_json::from_str(&last.validators).unwrap_or_default();
            let (board, answered_at) = (source.board_token.clone(), last.answered_at);
            let read = move || Before::new(provider, &board, Answers::of(&bytes), validators, answered_at);
            Ok::<_, String>(aside(read).await)
        };
        found.await.unwrap_or_else(|error| {
            // All is asked for then, as if for the first time.
            tracing::debug!(error, source.id = source_id, "what the board answered last cannot be read");
            Before::default()
        })
    }

    /// Notes what the board answered, if it is worth asking whether that still holds.
    async fn remember(
        &self,
        source_id: &str,
        arrived: &Arrived,
        validators: &Validators,
        summary: &Summary,
    ) -> Result<(), StoreError> {
        let is_answer = !matches!(summary.outcome, None | Some(CrawlOutcome::Failed | CrawlOutcome::Gone));
        let Body::Read(bytes) = &arrived.body else {
            return Ok(());
        };
        if self.archive.is_none() || !is_answer {
            return Ok(());
        }
        // A page that breaks off comes with the validator of the whole one, which would hold for what came of it as well.
        let none = Validators::new();
        let validators = if summary.outcome == Some(CrawlOutcome::Partial) { &none } else { validators };
        let last = self.store.last_answer(source_id).await?;
        if last.is_none() && validators.is_empty() && !is_record(bytes) {
            return Ok(());
        }
        let raw_sha256 = identity::sha256_hex(bytes);
        let validators = serde_json::to_string(validators).unwrap_or_default();
        if last.is_some_and(|it| it.raw_sha256 == raw_sha256 && it.validators == validators) {
            return Ok(());
        }
        let (source_id, answered_at) = (source_id.to_owned(), arrived.finished_at);
        self.store.save_last_answer(source_answer::Model { source_id, raw_sha256, answered_at, validators }).await
    }
}

enum Ended {
    Crawled(Option<Crawled>),
    Broken(source::Model, JoinError),
}

impl UnderWay {
    fn has(&self, board: &source::Model) -> bool {
        self.boards.values().any(|it| it.source_id == board.source_id)
    }

    /// The next crawl that ends; nothing if there is none under way.
    async fn next(&mut self) -> Option<Ended> {
        let (id, ended) = match self.crawls.join_next_with_id().await? {
            Ok((id, crawled)) => (id, Ok(crawled)),
            Err(error) => (error.id(), Err(error)),
        };
        match (self.boards.remove(&id), ended) {
            (Some(board), Err(error)) => Some(Ended::Broken(board, error)),
            (_, Ok(crawled)) => Some(Ended::Crawled(crawled)),
            (None, Err(_)) => Some(Ended::Crawled(None)),
        }
    }
}
