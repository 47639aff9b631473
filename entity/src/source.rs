//! A board of a provider.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source")]
pub struct Model {
    /// UUID.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub source_id: String,
    #[sea_orm(column_type = "Text")]
    pub org_id: String,
    /// Lower-case slug, an open set.
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    /// Case kept.
    #[sea_orm(column_type = "Text")]
    pub board_token: String,
    /// The token as the provider compares it; unique with `provider`.
    #[sea_orm(column_type = "Text")]
    pub board_key: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub board_url: String,
    #[sea_orm(column_type = "Text")]
    pub api_url: String,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub health: String,
    pub crawl_interval_s: i64,
    pub last_crawled_at: i64,
    pub last_success_at: i64,
    /// When a complete crawl ended last. It saw every posting that is active and not missed, and proved all others absent,
    /// which their rows need not tell.
    pub last_complete_at: i64,
    pub last_non_empty_at: i64,
    pub next_crawl_after: i64,
    pub consecutive_failures: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    pub active_job_count: i64,
    pub job_count: i64,
    pub first_seen_at: i64,
    pub close_after_misses: i32,
    pub empty_confirmations: i32,
    pub drop_guard_percent: i32,
    pub blast_radius_percent: i32,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
