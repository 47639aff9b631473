//! What happened to a posting: the log, dense by `seq`.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// Dense from 1, assigned in the commit that changed the job.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    #[sea_orm(column_type = "Text")]
    pub event_key: String,
    #[sea_orm(column_type = "Text")]
    pub job_id: String,
    pub job_seq: i32,
    #[sea_orm(column_type = "Text")]
    pub org_id: String,
    #[sea_orm(column_type = "Text")]
    pub source_id: String,
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    #[sea_orm(column_type = "Text")]
    pub crawl_id: String,
    #[sea_orm(column_type = "Text")]
    pub event_type: String,
    #[sea_orm(column_type = "Text")]
    pub cause: String,
    pub observed_at: i64,
    pub effective_at: Option<i64>,
    pub recorded_at: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub content_hash_before: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub content_hash_after: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub source_hash_before: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub source_hash_after: String,
    #[sea_orm(column_type = "Text")]
    pub normalized_hash_after: String,
    #[sea_orm(column_type = "Text")]
    pub raw_sha256: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
