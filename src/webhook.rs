//! Webhooks: events are sent to receivers that the operator registered, in the order of the log, each at least once.
//!
//! A webhook is a position in the log. A batch of the events that follow it is sent; once the receiver has taken it, the
//! position moves, in one transaction with the record of the delivery. Whatever fails is tried again from there, for
//! ever. Of all processes on one database the one that holds a webhook's lease delivers to it; the lease is longer than
//! a request may take, so that two never send at once, and it ends by itself if its holder does.

pub mod address;
mod message;
mod retry;
pub mod scope;
mod send;
pub mod sign;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use backon::{ConstantBuilder, Retryable};
use entity::{webhook, webhook_delivery};
use thiserror::Error;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use self::scope::Scope;
use self::send::{Message, Sender, Sent};
use self::sign::{Secret, SecretError};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::event::LoggedEvent;
use crate::store::filter::Filter;
use crate::store::webhook::{Held, Progress};
use crate::vocabulary::{DeliveryOutcome, WebhookStatus};

/// Failures in a row from which on a webhook is `FAILING`.
const FAILING_FROM: i64 = 10;
/// Events that are looked through at once for those that meet a filter.
const WINDOW: i64 = 10_000;
/// The lease of a webhook is renewed before a request if less than this would be left after it.
const LEASE_MARGIN: Duration = Duration::from_secs(10);
/// The write after a request is tried so often, a second apart: what is not written down is sent again.
const WRITES_MAX: usize = 5;

/// How events are sent.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Private and local addresses, and plain HTTP, are allowed.
    pub allow_private: bool,
    pub connect_timeout: Duration,
    /// For a whole request.
    pub timeout: Duration,
    /// Events of a batch.
    pub events_max: usize,
    /// Bytes of what changed in the events of a batch, unless one event alone has more.
    pub body_bytes_max: usize,
    /// Before the first retry.
    pub pause: Duration,
    pub pause_max: Duration,
    /// How long a process keeps a webhook of which it does not write.
    pub lease: Duration,
    /// How often the log is looked at.
    pub poll: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allow_private: false,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(15),
            events_max: 100,
            body_bytes_max: 1024 * 1024,
            pause: Duration::from_secs(5),
            pause_max: Duration::from_secs(3_600),
            lease: Duration::from_secs(60),
            poll: Duration::from_secs(1),
        }
    }
}

#[derive(Debug, Error)]
pub enum WebhookError {
    #[error("the HTTP client cannot be made: {0}")]
    Client(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("its secret: {0}")]
    Secret(#[from] SecretError),
    #[error("its filter, or an event, is not the JSON that it should be: {0}")]
    Json(#[from] serde_json::Error),
}

/// What one turn with a webhook came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    pub webhook_id: String,
    pub deliveries: u64,
    pub events: u64,
    pub position: i64,
    /// What the last attempt failed by; nothing when the end of the log was reached.
    pub error: Option<String>,
}

/// Sends events for one process.
pub struct Deliverer {
    store: Store,
    settings: Settings,
    sender: Sender,
    /// Names this deliverer among those on the database.
    owner: String,
    clock: fn() -> i64,
}

/// A batch and where it leads.
struct Batch {
    events: Vec<LoggedEvent>,
    /// The position after it: the events between the last one and this do not meet the filter.
    to: i64,
}

impl Deliverer {
    /// `clock` gives UTC milliseconds since 1970.
    pub fn new(store: Store, mut settings: Settings, clock: fn() -> i64) -> Result<Self, WebhookError> {
        // A lease that a request could outlast would let two send at once.
        settings.lease = settings.lease.max(settings.timeout + LEASE_MARGIN * 2);
        let sender = Sender::new(&settings).map_err(|error| WebhookError::Client(error.to_string()))?;
        Ok(Self { store, settings, sender, owner: uuid::Uuid::now_v7().to_string(), clock })
    }

    /// Delivers until `stop` is cancelled and the requests under way have ended.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let mut turns = JoinSet::new();
        let mut taken = HashMap::new();
        let mut poll = interval(self.settings.poll);
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                Some(ended) = turns.join_next_with_id(), if !turns.is_empty() => {
                    let id = ended.as_ref().map_or_else(tokio::task::JoinError::id, |(id, ())| *id);
                    taken.remove(&id);
                }
                _ = poll.tick() => {
                    for webhook_id in self.due().await {
                        if taken.values().any(|it| *it == webhook_id) {
                            continue;
                        }
                        let (this, id, stop) = (Arc::clone(&self), webhook_id.clone(), stop.clone());
                        let turn = turns.spawn(async move { this.turn_logged(&id, &stop).await });
                        taken.insert(turn.id(), webhook_id);
                    }
                }
            }
        }
        while turns.join_next().await.is_some() {}
    }

    /// Delivers to each webhook that is due, one after the other, until it has everything or fails.
    pub async fn once(&self, stop: &CancellationToken) -> Result<Vec<Turn>, WebhookError> {
        let mut turns = Vec::new();
        for webhook_id in self.store.due_webhooks(&self.owner, (self.clock)()).await? {
            // One that cannot be delivered to keeps no other from it.
            let turn = self
                .turn(&webhook_id, stop)
                .await
                .unwrap_or_else(|error| Some(Turn { webhook_id, error: Some(error.to_string()), ..Turn::default() }));
            turns.extend(turn);
        }
        Ok(turns)
    }

    async fn due(&self) -> Vec<String> {
        self.store.due_webhooks(&self.owner, (self.clock)()).await.unwrap_or_else(|error| {
            tracing::warn!(error = %error, "the webhooks that are due cannot be read");
            Vec::new()
        })
    }

    async fn turn_logged(&self, webhook_id: &str, stop: &CancellationToken) {
        match self.turn(webhook_id, stop).await {
            Ok(Some(Turn { deliveries, events, position, error: None, .. })) if deliveries > 0 => {
                tracing::info!(webhook_id, deliveries, events, position, "webhook delivered");
            }
            Ok(Some(Turn { position, error: Some(error), .. })) => {
                tracing::warn!(webhook_id, position, error, "webhook failed");
            }
            Ok(_) => {}
            Err(error) => tracing::error!(webhook_id, error = %error, "webhook cannot be delivered"),
        }
    }

    /// Takes a webhook and delivers to it until it has everything, fails, is paused, or is taken by another.
    async fn turn(&self, webhook_id: &str, stop: &CancellationToken) -> Result<Option<Turn>, WebhookError> {
        let Some(webhook) = self.hold(webhook_id).await? else {
            return Ok(None);
        };
        let mut turn = Turn { webhook_id: webhook_id.to_owned(), position: webhook.position, ..Turn::default() };
        let done = self.advance(webhook, &mut turn, stop).await;
        self.store.release_webhook(webhook_id, &self.owner).await?;
        done.map(|()| Some(turn))
    }

    async fn advance(
        &self,
        mut webhook: webhook::Model,
        turn: &mut Turn,
        stop: &CancellationToken,
    ) -> Result<(), WebhookError> {
        let secret = Secret::parse(&webhook.secret)?;
        let filter = Filter::from(&serde_json::from_str::<Scope>(&webhook.filter)?);
        while !stop.is_cancelled() && webhook.status != <&str>::from(WebhookStatus::Paused) {
            let Some(batch) = self.batch(&webhook, &filter).await? else {
                break;
            };
            let held = self.held(&webhook);
            let next = if batch.events.is_empty() {
                self.store.pass_events(&held, batch.to, self.lease_end()).await?
            } else {
                if webhook.leased_until < (self.clock)() + millis(self.settings.timeout + LEASE_MARGIN) {
                    // Its row may be another by now: look again.
                    let Some(kept) = self.hold(&webhook.webhook_id).await? else {
                        break;
                    };
                    webhook = kept;
                    continue;
                }
                turn.deliveries += 1;
                let (sent, next) = self.deliver(&webhook, &secret, &batch).await?;
                turn.error = sent.error;
                if sent.outcome == DeliveryOutcome::Delivered {
                    turn.events += batch.events.len() as u64;
                }
                next
            };
            let Some(next) = next else {
                break;
            };
            turn.position = next.position;
            if turn.error.is_some() {
                break;
            }
            webhook = next;
        }
        Ok(())
    }

    /// The next batch; nothing when the log has ended. It has no events where none in the window meets the filter.
    async fn batch(
        &self,
        webhook: &webhook::Model,
        filter: &Filter<entity::event::Column>,
    ) -> Result<Option<Batch>, WebhookError> {
        let reader = self.store.reader();
        let newest = reader.head().await?;
        if newest <= webhook.position {
            return Ok(None);
        }
        let is_again = webhook.pending_seq > webhook.position;
        let end = if is_again { webhook.pending_seq } else { newest.min(webhook.position + WINDOW) };
        let count = i64::try_from(self.settings.events_max).unwrap_or(i64::MAX);
        let mut events = reader.log(filter, webhook.position, end, count).await?;
        let fitting = message::fitting(&events, self.settings.body_bytes_max);
        let is_whole = events.len() < self.settings.events_max && fitting == events.len();
        events.truncate(fitting);
        let to = if is_whole { end } else { events.last().map_or(end, |event| event.seq) };
        Ok(Some(Batch { events, to }))
    }

    /// Sends a batch and writes down what came of it. The row as it is then, unless it is no longer ours.
    async fn deliver(
        &self,
        webhook: &webhook::Model,
        secret: &Secret,
        batch: &Batch,
    ) -> Result<(Sent, Option<webhook::Model>), WebhookError> {
        let (first_seq, last_seq) = match (batch.events.first(), batch.events.last()) {
            (Some(first), Some(last)) => (first.seq, last.seq),
            _ => (batch.to, batch.to),
        };
        let id = message::delivery_id(&webhook.webhook_id, webhook.replays, webhook.position, last_seq);
        let body = message::body(&webhook.webhook_id, &id, webhook.position, &batch.events)?;
        let started_at = (self.clock)();
        let timestamp = started_at / 1_000;
        let signature = secret.sign(&id, timestamp, &body);
        let message = Message { id: id.clone(), timestamp, signature, body };
        let sent = self.sender.send(&webhook.url, message).await;
        let finished_at = (self.clock)();
        let delivery = webhook_delivery::Model {
            webhook_id: webhook.webhook_id.clone(),
            number: 0,
            delivery_id: id,
            first_seq,
            last_seq,
            events: i64::try_from(batch.events.len()).unwrap_or(i64::MAX),
            attempt: webhook.consecutive_failures + 1,
            started_at,
            finished_at,
            http_status: sent.http_status.map(Into::into),
            outcome: <&str>::from(sent.outcome).to_owned(),
            error: sent.error.clone(),
        };
        let progress = if sent.outcome == DeliveryOutcome::Delivered {
            self.success(batch.to, finished_at)
        } else {
            self.failure(webhook, &sent, last_seq, finished_at)
        };
        let held = self.held(webhook);
        let write = || self.store.record_delivery(delivery.clone(), &held, &progress);
        let retries = ConstantBuilder::default().with_max_times(WRITES_MAX);
        let next = write.retry(retries).when(StoreError::is_unavailable).await?;
        Ok((sent, next))
    }

    fn success(&self, to: i64, now: i64) -> Progress {
        Progress {
            position: to,
            pending_seq: 0,
            status: WebhookStatus::Active,
            consecutive_failures: 0,
            next_attempt_at: 0,
            last_error: None,
            last_success_at: now,
            leased_until: self.lease_end(),
        }
    }

    fn failure(&self, webhook: &webhook::Model, sent: &Sent, last_seq: i64, now: i64) -> Progress {
        let failures = webhook.consecutive_failures + 1;
        let status = match failures {
            _ if sent.is_gone() => WebhookStatus::Paused,
            FAILING_FROM.. => WebhookStatus::Failing,
            _ => WebhookStatus::Active,
        };
        Progress {
            position: webhook.position,
            pending_seq: last_seq,
            status,
            consecutive_failures: failures,
            next_attempt_at: now + millis(retry::pause(&self.settings, failures, sent.retry_after)),
            last_error: sent.error.clone(),
            last_success_at: webhook.last_success_at,
            leased_until: self.lease_end(),
        }
    }

    async fn hold(&self, webhook_id: &str) -> Result<Option<webhook::Model>, StoreError> {
        self.store.hold_webhook(webhook_id, &self.owner, (self.clock)(), self.lease_end()).await
    }

    fn held(&self, webhook: &webhook::Model) -> Held {
        Held {
            webhook_id: webhook.webhook_id.clone(),
            owner: self.owner.clone(),
            position: webhook.position,
            replays: webhook.replays,
        }
    }

    fn lease_end(&self) -> i64 {
        (self.clock)() + millis(self.settings.lease)
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
