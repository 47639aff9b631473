//! Webhooks and what came of their deliveries, for whoever operates a receiver.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, SimpleObject};

use super::arguments::argument;
use super::error::Failure;
use super::request::{Request, child};
use super::scalar::{DateTime, Seq, Url, Uuid};
use super::value::{closed, json, time, time_or_null, uuid};
use super::vocabulary::{DeliveryOutcome, EventType, WebhookStatus};
use crate::config::PAGE_SIZE_DEFAULT;
use crate::plan::Selection;
use crate::store::filter::Filter;
use crate::store::page::{Direction, Listing, Order, Slice, Sort};
use crate::store::role::Belonging;
use crate::store::row::{ColumnSet, Record};
use crate::store::table::Table;
use crate::store::webhook::{Column, DeliveryColumn, WebhookDeliveries, Webhooks};
use crate::webhook::address::origin;
use crate::webhook::scope::Scope;

/// Webhooks that are listed when `first` is not given: all that there can be.
pub(super) const WEBHOOKS_DEFAULT: i32 = 50;

/// A receiver that events are sent to, in the order of the log.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Webhook {
    /// Names the webhook.
    webhook_id: Uuid,
    /// Where events are sent: scheme, host and port. The rest of the address may hold a secret.
    url: Url,
    /// Whether events are sent.
    status: WebhookStatus,
    /// Every event up to this one was delivered, or does not meet the filter; 0 before the first.
    position: Seq,
    /// How many events of the log come after `position`, whether or not they meet the filter.
    lag: i64,
    /// Only events of these types are sent; of all types if there is none.
    types: Vec<EventType>,
    /// Only events of these applicant tracking systems are sent; of all if there is none.
    providers: Vec<String>,
    /// Only events of these employers are sent; of all if there is none.
    org_ids: Vec<Uuid>,
    /// Only events of these boards are sent; of all if there is none.
    source_ids: Vec<Uuid>,
    /// How many attempts have failed since the last that did not.
    consecutive_failures: i64,
    /// When it is tried again; null when nothing has failed.
    next_attempt_at: Option<DateTime>,
    /// What the latest attempt failed by; null when it did not.
    last_error: Option<String>,
    /// When it was registered.
    created_at: DateTime,
    /// When a receiver last took events; null when none has.
    last_success_at: Option<DateTime>,
    /// By the key of the field that selects them.
    #[graphql(skip)]
    delivered: HashMap<String, Vec<Arc<Record>>>,
}

#[ComplexObject]
impl Webhook {
    /// The latest attempts to deliver, the latest first. At most 1,000 are kept.
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 0 to 100.", default = 20)] first: Option<i32>,
    ) -> Result<Vec<WebhookDelivery>, Failure> {
        let field = ctx.field();
        // The root has read them, to ask once for all webhooks.
        let rows = self.delivered.get(field.alias().unwrap_or_else(|| field.name()));
        rows.into_iter().flatten().take(size(first, PAGE_SIZE_DEFAULT)).map(|row| delivery(row)).collect()
    }
}

/// One attempt to send a batch of events.
#[derive(SimpleObject)]
pub(super) struct WebhookDelivery {
    /// Names the batch, as `webhook-id` does in the request. Attempts to send the same batch share it.
    delivery_id: Uuid,
    /// Which attempt it was to send the batch, from 1.
    attempt: i64,
    /// The first event of the batch.
    first_seq: Seq,
    /// The last event of the batch.
    last_seq: Seq,
    /// How many events it has.
    events: i64,
    /// When the request began.
    started_at: DateTime,
    /// When it ended.
    finished_at: DateTime,
    /// The status that the receiver answered; null when it did not answer.
    http_status: Option<i64>,
    /// What came of it.
    outcome: DeliveryOutcome,
    /// What went wrong; null when nothing did.
    error: Option<String>,
}

/// All webhooks, the oldest first, with what is selected of their deliveries: one statement for all webhooks.
pub(super) async fn all(ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<Webhook>, Failure> {
    let request = Request::of(ctx)?;
    let at = child(&request.operation.selection, ctx, "Query")?;
    let listing = listing::<Webhooks>(Column::CreatedAt, Direction::Ascending, size(first, WEBHOOKS_DEFAULT));
    // All columns but the secret and the lease.
    let columns = ColumnSet::of(&[
        Column::WebhookId,
        Column::Url,
        Column::Filter,
        Column::Position,
        Column::Status,
        Column::ConsecutiveFailures,
        Column::NextAttemptAt,
        Column::LastError,
        Column::CreatedAt,
        Column::LastSuccessAt,
    ]);
    let rows = request.reader.list::<Webhooks>(columns, &listing).await?;
    let is_lag_selected = at.fields("Webhook").any(|field| field.field == "lag");
    let newest = if is_lag_selected { request.reader.head().await? } else { 0 };
    let ids: Vec<String> = rows.records.iter().map(|row| row.text(Column::WebhookId).to_owned()).collect();
    let mut delivered: HashMap<String, HashMap<String, Vec<Arc<Record>>>> = HashMap::new();
    for field in at.fields("Webhook").filter(|field| field.field == "deliveries") {
        for (id, rows) in deliveries(request, field, &ids).await? {
            delivered.entry(id).or_default().insert(field.response_key.clone(), rows);
        }
    }
    let webhook = |row: &Arc<Record>| webhook(row, newest, delivered.remove(row.text(Column::WebhookId)));
    rows.records.iter().map(webhook).collect()
}

/// The latest rows of each webhook's deliveries, as many as the field asks for.
async fn deliveries(
    request: &Arc<Request>,
    field: &Selection,
    ids: &[String],
) -> Result<HashMap<String, Vec<Arc<Record>>>, Failure> {
    let first = size(argument(field, "first", &request.variables)?, PAGE_SIZE_DEFAULT);
    let listing = listing::<WebhookDeliveries>(DeliveryColumn::Number, Direction::Descending, first);
    let columns = ColumnSet::all::<WebhookDeliveries>();
    let belonging = Belonging::Column(DeliveryColumn::WebhookId);
    let pages = request.reader.list_by_parent::<WebhookDeliveries>(columns, belonging, ids, &listing);
    Ok(pages.await?.into_iter().map(|(id, page)| (id, page.records)).collect())
}

/// How many rows are asked for. The planner has seen to it that they are no more than those of a page.
fn size(first: Option<i32>, default: i32) -> usize {
    usize::try_from(first.unwrap_or(default)).unwrap_or_default()
}

/// The first rows in an order.
fn listing<T: Table>(column: T::Column, direction: Direction, first: usize) -> Listing<T::Column> {
    let slice = Slice { size: first as u64, tells_more: false, backward: false, after: None, before: None };
    let order = Order::complete::<T>(vec![(Sort::Column(column), direction)]);
    Listing { scope: crate::store::scope::Scope::default(), filter: Filter::default(), order, slice }
}

fn webhook(
    row: &Record,
    newest: i64,
    delivered: Option<HashMap<String, Vec<Arc<Record>>>>,
) -> Result<Webhook, Failure> {
    let scope: Scope = json(row, Column::Filter)?.unwrap_or_default();
    let position = row.number(Column::Position);
    let failures = row.number(Column::ConsecutiveFailures);
    Ok(Webhook {
        webhook_id: uuid(row, Column::WebhookId),
        url: Url(origin(row.text(Column::Url))),
        status: closed(row, Column::Status)?.ok_or(Failure::Broken("a webhook without a status"))?,
        position: Seq(position),
        lag: newest.saturating_sub(position).max(0),
        types: scope.types.into_iter().map(Into::into).collect(),
        providers: scope.providers,
        org_ids: scope.org_ids.into_iter().map(Uuid).collect(),
        source_ids: scope.source_ids.into_iter().map(Uuid).collect(),
        consecutive_failures: failures,
        next_attempt_at: (failures > 0).then(|| time(row, Column::NextAttemptAt)),
        last_error: row.optional_text(Column::LastError).map(ToOwned::to_owned),
        created_at: time(row, Column::CreatedAt),
        last_success_at: time_or_null(row, Column::LastSuccessAt),
        delivered: delivered.unwrap_or_default(),
    })
}

fn delivery(row: &Record) -> Result<WebhookDelivery, Failure> {
    use DeliveryColumn as C;
    Ok(WebhookDelivery {
        delivery_id: uuid(row, C::DeliveryId),
        attempt: row.number(C::Attempt),
        first_seq: Seq(row.number(C::FirstSeq)),
        last_seq: Seq(row.number(C::LastSeq)),
        events: row.number(C::Events),
        started_at: time(row, C::StartedAt),
        finished_at: time(row, C::FinishedAt),
        http_status: row.optional_number(C::HttpStatus),
        outcome: closed(row, C::Outcome)?.ok_or(Failure::Broken("a delivery without an outcome"))?,
        error: row.optional_text(C::Error).map(ToOwned::to_owned),
    })
}
