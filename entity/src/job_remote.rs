//! Where a posting's remote work may be done from, a code a row.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_remote")]
pub struct Model {
    /// The event that wrote it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub content_seq: i64,
    /// A country's code, a macro region's, or `WORLDWIDE`.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub code: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
