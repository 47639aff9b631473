//! Webhooks: their rows, and the lease that lets one process at a time deliver.
//!
//! Nothing here writes the log, so these writes do not take turns with crawls on PostgreSQL: each is a short
//! transaction of its own, and compares what it read before with what is there. None spans a request over HTTP.

pub use entity::webhook::Column;
pub use entity::webhook_delivery::Column as DeliveryColumn;

use entity::{webhook, webhook_delivery};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, IntoActiveModel, Iterable, PaginatorTrait,
    QueryOrder, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use super::Store;
use super::error::StoreError;
use super::row::read;
use super::sql::Sql;
use super::table::Table;
use crate::config::WEBHOOK_DELIVERIES_MAX;
use crate::vocabulary::WebhookStatus;

/// The table of webhooks.
pub struct Webhooks;

impl Table for Webhooks {
    type Column = Column;
    const NAME: &'static str = "webhook";
    const KEY: Self::Column = Column::WebhookId;
}

/// The table of attempts. Its key names a row among those of one webhook.
pub struct WebhookDeliveries;

impl Table for WebhookDeliveries {
    type Column = DeliveryColumn;
    const NAME: &'static str = "webhook_delivery";
    const KEY: Self::Column = DeliveryColumn::Number;
}

/// Who holds a webhook, and where in the log it stood when it was read.
#[derive(Clone, Debug)]
pub struct Held {
    pub webhook_id: String,
    pub owner: String,
    pub position: i64,
    pub replays: i64,
}

/// What an attempt does to its webhook.
#[derive(Clone, Debug)]
pub struct Progress {
    pub position: i64,
    pub pending_seq: i64,
    /// A webhook that was paused meanwhile stays so.
    pub status: WebhookStatus,
    pub consecutive_failures: i64,
    pub next_attempt_at: i64,
    pub last_error: Option<String>,
    pub last_success_at: i64,
    pub leased_until: i64,
}

impl Store {
    /// All webhooks, the oldest first.
    pub async fn webhooks(&self) -> Result<Vec<webhook::Model>, StoreError> {
        let all = webhook::Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::WebhookId);
        Ok(all.all(&self.read.pool).await?)
    }

    /// Registers a webhook, unless there are `count_max` already.
    pub async fn add_webhook(&self, webhook: webhook::Model, count_max: u64) -> Result<bool, StoreError> {
        let transaction = self.begin_apart().await?;
        if webhook::Entity::find().count(&transaction).await? >= count_max {
            return Ok(false);
        }
        webhook::Entity::insert(webhook.into_active_model()).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes a webhook and the record of its deliveries; false if there is none of this id.
    pub async fn remove_webhook(&self, webhook_id: &str) -> Result<bool, StoreError> {
        use sea_orm::{ColumnTrait, QueryFilter};
        let transaction = self.begin_apart().await?;
        // Locks the row first, so that no delivery is recorded between the two deletions.
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET status = 'PAUSED' WHERE webhook_id = ").bind(webhook_id);
        transaction.execute_raw(sql.into_statement()).await?;
        let deliveries = webhook_delivery::Entity::delete_many().filter(DeliveryColumn::WebhookId.eq(webhook_id));
        deliveries.exec(&transaction).await?;
        let removed = webhook::Entity::delete_by_id(webhook_id).exec(&transaction).await?.rows_affected > 0;
        transaction.commit().await?;
        Ok(removed)
    }

    /// Stops sending to a webhook; false if there is none of this id.
    pub async fn pause_webhook(&self, webhook_id: &str) -> Result<bool, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET status = 'PAUSED' WHERE webhook_id = ").bind(webhook_id);
        self.change(sql).await
    }

    /// Goes on sending to a webhook, at once; false if there is none of this id.
    pub async fn resume_webhook(&self, webhook_id: &str) -> Result<bool, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET status = 'ACTIVE', consecutive_failures = 0, next_attempt_at = 0");
        sql.push(" WHERE webhook_id = ").bind(webhook_id);
        self.change(sql).await
    }

    /// Sets a webhook to another position; a paused one stays paused. False if there is none of this id.
    pub async fn replay_webhook(&self, webhook_id: &str, after: i64) -> Result<bool, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET position = ").bind(after);
        sql.push(", pending_seq = 0, replays = replays + 1, consecutive_failures = 0, next_attempt_at = 0, ");
        sql.push("status = CASE WHEN status = 'FAILING' THEN 'ACTIVE' ELSE status END WHERE webhook_id = ");
        sql.bind(webhook_id);
        self.change(sql).await
    }

    /// The webhooks that have events to consider, may be tried, and are held by nobody else: one that its holder could not
    /// give back, as the database did not answer, is due for it again.
    pub async fn due_webhooks(&self, owner: &str, now: i64) -> Result<Vec<String>, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("SELECT webhook_id FROM webhook WHERE status <> 'PAUSED' AND next_attempt_at <= ").bind(now);
        sql.push(" AND (leased_until <= ").bind(now).push(" OR lease_owner = ").bind(owner);
        sql.push(") AND position < (SELECT COALESCE(MAX(seq), 0) FROM event) ORDER BY created_at, webhook_id");
        let rows = self.read.rows(sql.into_statement()).await?;
        rows.iter().map(|row| read("webhook", row, 0)).collect()
    }

    /// Takes a webhook, or keeps it, unless it is held by another, paused, or not to be tried yet.
    pub async fn hold_webhook(
        &self,
        webhook_id: &str,
        owner: &str,
        now: i64,
        until: i64,
    ) -> Result<Option<webhook::Model>, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET lease_owner = ").bind(owner).push(", leased_until = ").bind(until);
        sql.push(" WHERE webhook_id = ").bind(webhook_id).push(" AND status <> 'PAUSED' AND next_attempt_at <= ");
        sql.bind(now).push(" AND (leased_until <= ").bind(now).push(" OR lease_owner = ").bind(owner).push(")");
        returning(&self.write, sql).await
    }

    /// Lets others take a webhook.
    pub async fn release_webhook(&self, webhook_id: &str, owner: &str) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET lease_owner = '', leased_until = 0 WHERE webhook_id = ").bind(webhook_id);
        sql.push(" AND lease_owner = ").bind(owner);
        self.change(sql).await.map(drop)
    }

    /// Moves a webhook past events that do not meet its filter. Nothing if it is held or was moved by another.
    pub async fn pass_events(
        &self,
        held: &Held,
        to: i64,
        leased_until: i64,
    ) -> Result<Option<webhook::Model>, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET position = ").bind(to).push(", leased_until = ").bind(leased_until);
        sql.push(" WHERE ");
        still(held, &mut sql);
        returning(&self.write, sql).await
    }

    /// Records an attempt, whose number is given here, and moves its webhook. Nothing if the webhook is held by another,
    /// was set to another position, or was removed; the attempt is on record all the same, unless its webhook is gone.
    pub async fn record_delivery(
        &self,
        mut delivery: webhook_delivery::Model,
        held: &Held,
        progress: &Progress,
    ) -> Result<Option<webhook::Model>, StoreError> {
        let transaction = self.begin_apart().await?;
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET deliveries = deliveries + 1 WHERE webhook_id = ").bind(held.webhook_id.as_str());
        let Some(counted) = returning(&transaction, sql).await? else {
            return Ok(None);
        };
        delivery.number = counted.deliveries;
        webhook_delivery::Entity::insert(delivery.into_active_model()).exec_without_returning(&transaction).await?;
        let mut sql = Sql::new(self.dialect);
        sql.push("DELETE FROM webhook_delivery WHERE webhook_id = ").bind(held.webhook_id.as_str());
        sql.push(" AND number <= ").bind(counted.deliveries - WEBHOOK_DELIVERIES_MAX);
        transaction.execute_raw(sql.into_statement()).await?;
        let moved = returning(&transaction, self.progress(held, progress)).await?;
        transaction.commit().await?;
        Ok(moved)
    }

    fn progress(&self, held: &Held, progress: &Progress) -> Sql {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE webhook SET position = ").bind(progress.position);
        sql.push(", pending_seq = ").bind(progress.pending_seq);
        sql.push(", status = CASE WHEN status = 'PAUSED' THEN status ELSE ").bind(<&str>::from(progress.status));
        sql.push(" END, consecutive_failures = ").bind(progress.consecutive_failures);
        sql.push(", next_attempt_at = ").bind(progress.next_attempt_at);
        sql.push(", last_error = ").bind(progress.last_error.clone());
        sql.push(", last_success_at = ").bind(progress.last_success_at);
        sql.push(", leased_until = ").bind(progress.leased_until).push(" WHERE ");
        still(held, &mut sql);
        sql
    }

    pub(super) async fn begin_apart(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    pub(super) async fn change(&self, sql: Sql) -> Result<bool, StoreError> {
        Ok(self.write.execute_raw(sql.into_statement()).await?.rows_affected() > 0)
    }
}

/// The condition that a webhook is as it was read.
fn still(held: &Held, sql: &mut Sql) {
    sql.push("webhook_id = ").bind(held.webhook_id.as_str()).push(" AND lease_owner = ").bind(held.owner.as_str());
    sql.push(" AND position = ").bind(held.position).push(" AND replays = ").bind(held.replays);
}

/// Runs a change of one webhook, and gives the row as it is after it.
async fn returning(db: &impl ConnectionTrait, mut sql: Sql) -> Result<Option<webhook::Model>, StoreError> {
    let columns: Vec<&str> = Column::iter().map(|column| sea_orm::IdenStatic::as_str(&column)).collect();
    sql.push(" RETURNING ").push(&columns.join(", "));
    // All rows are read, as a statement left half read would hold the database.
    let rows = db.query_all_raw(sql.into_statement()).await?;
    Ok(rows.first().map(|row| webhook::Model::from_query_result(row, "")).transpose()?)
}
