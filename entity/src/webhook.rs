//! A receiver that events are sent to, and how far it has got in the log.

use std::fmt;

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// UUID.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub webhook_id: String,
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// `whsec_` and base64. What signs must be at hand, so it cannot be kept as a hash.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub filter: String,
    /// Every event up to this `seq` was delivered, or does not meet the filter.
    pub position: i64,
    /// The last `seq` of the batch that failed, so that the same batch is sent again; 0 when none did.
    pub pending_seq: i64,
    /// How often it was set back. Part of the deliveries' ids, so that receivers do not take a replay for a repetition.
    pub replays: i64,
    /// Attempts so far, the number of the latest.
    pub deliveries: i64,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub consecutive_failures: i64,
    /// 0 when it may be tried at once.
    pub next_attempt_at: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    pub created_at: i64,
    /// `ABSENT` when there was none.
    pub last_success_at: i64,
    /// The process that delivers; `''` when none does.
    #[sea_orm(column_type = "Text")]
    pub lease_owner: String,
    /// Until when no other process may deliver.
    pub leased_until: i64,
}

/// Without the secret.
impl fmt::Debug for Model {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut model = formatter.debug_struct("Model");
        model.field("webhook_id", &self.webhook_id).field("position", &self.position).field("status", &self.status);
        model.finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
