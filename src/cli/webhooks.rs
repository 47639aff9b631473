//! `webhooks`: registers receivers of events, tells how they do, and delivers.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Subcommand;
use entity::{ABSENT, org, source, webhook};

use super::migrate::{open_current, open_existing};
use super::output;
use super::serve::{now, stop_signal};
use crate::config::{AddWebhook, Common, DATABASE_URL_DEFAULT, WEBHOOKS_MAX, Webhooks};
use crate::ingest::identity::{board_key, rfc3339};
use crate::ingest::provider;
use crate::store::Store;
use crate::store::filter::{Comparison, Filter};
use crate::store::org::Orgs;
use crate::store::row::ColumnSet;
use crate::store::source::Sources;
use crate::store::table::Table;
use crate::vocabulary::{EventType, WebhookStatus};
use crate::webhook::Deliverer;
use crate::webhook::address::{AddressError, check, shown};
use crate::webhook::scope::Scope;
use crate::webhook::sign::Secret;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Register a receiver of events
    Add(Box<AddWebhook>),
    /// List the webhooks and how they do
    List,
    /// Stop sending to a webhook; its position stays
    Pause {
        /// The webhook
        id: String,
    },
    /// Go on sending to a webhook from its position, at once
    Resume {
        /// The webhook
        id: String,
    },
    /// Forget a webhook and its deliveries
    Remove {
        /// The webhook
        id: String,
    },
    /// Send a webhook everything again that follows a position in the log
    Replay {
        /// The webhook
        id: String,
        /// The position; 0 is before the first event
        #[arg(long, value_name = "SEQ")]
        after: i64,
    },
    /// Deliver, without serving
    Deliver {
        /// End when each webhook has everything or has failed
        #[arg(long)]
        once: bool,
        #[command(flatten)]
        webhooks: Webhooks,
    },
}

pub(super) async fn run(common: &Common, action: &Action) -> anyhow::Result<ExitCode> {
    let settings = common.store(DATABASE_URL_DEFAULT);
    let writes_first = matches!(action, Action::Add(_));
    let store = if writes_first { open_current(&settings).await? } else { open_existing(&settings).await? };
    let code = match action {
        Action::Add(webhook) => add(&store, webhook).await?,
        Action::List => list(&store).await?,
        Action::Pause { id } => changed(id, store.pause_webhook(id).await?, "paused")?,
        Action::Resume { id } => changed(id, store.resume_webhook(id).await?, "active")?,
        Action::Remove { id } => changed(id, store.remove_webhook(id).await?, "removed")?,
        Action::Replay { id, after } => {
            let after = position(&store, Some(*after)).await?;
            changed(id, store.replay_webhook(id, after).await?, &format!("sent again from {}", after + 1))?
        }
        Action::Deliver { once, webhooks } => deliver(&store, *once, *webhooks).await?,
    };
    store.close().await?;
    Ok(code)
}

async fn add(store: &Store, add: &AddWebhook) -> anyhow::Result<ExitCode> {
    if let Err(error) = check(&add.url, add.webhooks.webhooks_allow_private) {
        // Of what is no address, nothing can be left out.
        let named = if matches!(error, AddressError::Malformed(_)) { add.url.clone() } else { shown(&add.url) };
        output::problem(&format!(
            "webhook \"{named}\": {error}\nhint: events go to public addresses over https, unless --webhooks-allow-private says otherwise"
        ));
        return Ok(ExitCode::from(super::USAGE));
    }
    let given = match &add.secret_file {
        Some(file) => Some(std::fs::read_to_string(file).with_context(|| format!("file \"{}\"", file.display()))?),
        None => add.secret.clone(),
    };
    let secret = given.as_deref().map_or_else(Secret::random, Secret::parse)?;
    let after = if add.from_start { Some(0) } else { add.after };
    let webhook = webhook::Model {
        webhook_id: uuid::Uuid::now_v7().to_string(),
        url: add.url.clone(),
        secret: secret.reveal(),
        filter: serde_json::to_string(&scope(store, add).await?)?,
        position: position(store, after).await?,
        pending_seq: 0,
        replays: 0,
        deliveries: 0,
        status: <&str>::from(WebhookStatus::Active).to_owned(),
        consecutive_failures: 0,
        next_attempt_at: 0,
        last_error: None,
        created_at: now(),
        last_success_at: ABSENT,
        lease_owner: String::new(),
        leased_until: 0,
    };
    let (id, position) = (webhook.webhook_id.clone(), webhook.position);
    if !store.add_webhook(webhook, WEBHOOKS_MAX).await? {
        bail!("there are {WEBHOOKS_MAX} webhooks already\nhint: \"jobgraph webhooks remove\" makes room");
    }
    output::line(&format!("{id} ACTIVE after {position}"));
    if given.is_none() {
        output::line(&format!("secret {}", secret.reveal()));
        output::note("The secret is shown this once; the receiver checks signatures with it.");
    }
    Ok(ExitCode::SUCCESS)
}

/// What the flags restrict events to, each checked, as a misspelled one would silently send nothing.
async fn scope(store: &Store, add: &AddWebhook) -> anyhow::Result<Scope> {
    let mut scope = Scope::default();
    for name in &add.types {
        let known = name.to_uppercase().parse::<EventType>();
        scope.types.push(known.ok().with_context(|| {
            format!("type \"{name}\" is not known\nhint: known are JOB_CREATED, JOB_UPDATED, JOB_CLOSED, JOB_REOPENED")
        })?);
    }
    for name in &add.providers {
        if provider::find(name).is_none() {
            bail!("provider \"{name}\" is not known\nhint: known are {}", provider::NAMES.join(", "));
        }
        scope.providers.push(name.clone());
    }
    for name in &add.orgs {
        let plain = name.strip_prefix("org_").unwrap_or(name);
        let filter = Filter::Or(vec![is(org::Column::OrgId, plain), is(org::Column::Slug, name)]);
        let found = id::<Orgs>(store, &filter).await?;
        scope.org_ids.push(found.with_context(|| format!("org \"{name}\" is not known\nhint: give its id or slug"))?);
    }
    for name in &add.sources {
        let plain = name.strip_prefix("source_").unwrap_or(name);
        let mut either = vec![is(source::Column::SourceId, plain)];
        if let Some((provider, board)) = name.split_once('/') {
            let board = is(source::Column::BoardKey, &board_key(board));
            either.push(Filter::And(vec![is(source::Column::Provider, provider), board]));
        }
        let found = id::<Sources>(store, &Filter::Or(either)).await?;
        let hint = || format!("source \"{name}\" is not known\nhint: give its id, or PROVIDER/BOARD");
        scope.source_ids.push(found.with_context(hint)?);
    }
    Ok(scope)
}

fn is<C>(column: C, text: &str) -> Filter<C> {
    Filter::Compare(column, Comparison::Eq(text.into()))
}

async fn id<T: Table>(store: &Store, filter: &Filter<T::Column>) -> anyhow::Result<Option<String>> {
    let found = store.reader().find::<T>(None, ColumnSet::of(&[T::KEY]), filter).await?;
    Ok(found.map(|row| row.text(T::KEY).to_owned()))
}

/// A position of the log, its end if none is given.
async fn position(store: &Store, after: Option<i64>) -> anyhow::Result<i64> {
    let newest = store.reader().head().await?;
    match after {
        Some(after) if !(0..=newest).contains(&after) => {
            bail!("position {after} is not in the log\nhint: it goes from 0, before the first event, to {newest}")
        }
        Some(after) => Ok(after),
        None => Ok(newest),
    }
}

async fn list(store: &Store) -> anyhow::Result<ExitCode> {
    let newest = store.reader().head().await?;
    for webhook in store.webhooks().await? {
        let mut text = format!(
            "{} {} {} at {}, {} behind",
            webhook.webhook_id,
            webhook.status,
            shown(&webhook.url),
            webhook.position,
            newest - webhook.position
        );
        if webhook.consecutive_failures > 0 {
            let error = webhook.last_error.as_deref().unwrap_or_default();
            let next = rfc3339(webhook.next_attempt_at);
            text += &format!(", {} failures, next attempt {next}: {error}", webhook.consecutive_failures);
        }
        output::line(&text);
    }
    Ok(ExitCode::SUCCESS)
}

fn changed(id: &str, is_found: bool, what: &str) -> anyhow::Result<ExitCode> {
    if !is_found {
        bail!("there is no webhook \"{id}\"\nhint: \"jobgraph webhooks list\" lists them");
    }
    output::line(&format!("{id} {what}"));
    Ok(ExitCode::SUCCESS)
}

/// When something is sent next of what waits.
async fn next_attempt(store: &Store) -> anyhow::Result<String> {
    let newest = store.reader().head().await?;
    let paused = <&str>::from(WebhookStatus::Paused);
    let webhooks = store.webhooks().await?;
    let waiting = webhooks.iter().filter(|it| it.status != paused && it.position < newest);
    // One that another process delivers to is its own until then.
    let next = waiting.map(|it| it.next_attempt_at.max(it.leased_until)).min();
    Ok(next.map_or_else(|| "no webhook waits".to_owned(), |at| format!("the next attempt is at {}", rfc3339(at))))
}

async fn deliver(store: &Store, once: bool, webhooks: Webhooks) -> anyhow::Result<ExitCode> {
    let stop = stop_signal();
    let deliverer = Deliverer::new(store.clone(), webhooks.settings(), now)?;
    if !once {
        Arc::new(deliverer).run(stop).await;
        return Ok(ExitCode::SUCCESS);
    }
    let turns = deliverer.once(&stop).await?;
    if turns.is_empty() {
        output::note(&format!("Nothing is due; {}.", next_attempt(store).await?));
    }
    let mut is_failed = false;
    for turn in turns {
        let error = turn.error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
        is_failed |= turn.error.is_some();
        let (id, deliveries, events, position) = (&turn.webhook_id, turn.deliveries, turn.events, turn.position);
        output::line(&format!("{id} {events} events in {deliveries} deliveries, at {position}{error}"));
    }
    Ok(if is_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
