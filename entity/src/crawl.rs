//! One run over one board.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "crawl")]
pub struct Model {
    /// UUID, from the source and the time of the answer, so that a repeated run is recognized.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub crawl_id: String,
    #[sea_orm(column_type = "Text")]
    pub source_id: String,
    pub started_at: i64,
    pub finished_at: i64,
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
    pub http_status: Option<i32>,
    pub pages: i32,
    pub declared_total: Option<i64>,
    pub seen: i64,
    pub created: i64,
    pub updated: i64,
    pub closed: i64,
    pub reopened: i64,
    pub unchanged: i64,
    /// Postings of which only a source time moved.
    pub touched: i64,
    /// The guard that made the crawl SUSPECT.
    #[sea_orm(column_type = "Text", nullable)]
    pub guard: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
    /// JSON list.
    #[sea_orm(column_type = "Text")]
    pub warnings: String,
    /// `''` when nothing was archived.
    #[sea_orm(column_type = "Text")]
    pub raw_sha256: String,
    /// JSON list of the keys seen, kept while SUSPECT crawls wait for confirmation.
    #[sea_orm(column_type = "Text")]
    pub suspect_keys: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
