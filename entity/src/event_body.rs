//! What an event changed.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_body")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// JSON list of field changes, sorted by path.
    #[sea_orm(column_type = "Text")]
    pub changes: String,
    /// JSON: the whole revision, on JOB_CREATED alone.
    #[sea_orm(column_type = "Text", nullable)]
    pub snapshot: Option<String>,
    /// JSON, on JOB_CLOSED alone.
    #[sea_orm(column_type = "Text", nullable)]
    pub tombstone: Option<String>,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub metadata: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
