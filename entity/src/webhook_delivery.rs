//! One attempt to send events to a webhook.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub webhook_id: String,
    /// Dense from 1 among those of its webhook.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// UUID; attempts to send the same batch share it.
    #[sea_orm(column_type = "Text")]
    pub delivery_id: String,
    pub first_seq: i64,
    pub last_seq: i64,
    pub events: i64,
    /// From 1.
    pub attempt: i64,
    pub started_at: i64,
    pub finished_at: i64,
    pub http_status: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
