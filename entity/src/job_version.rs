//! A posting as it stood from one event to the next. The table has all columns of `job` as well.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

/// Stands for "until now".
pub const NOW: i64 = i64::MAX;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_version")]
pub struct Model {
    /// The event that it begins with.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_seq: i64,
    /// The event that it ends with, or `NOW`.
    pub until_seq: i64,
    /// When the first of the two was observed.
    pub from_at: i64,
    /// When the second was, or `NOW`.
    pub until_at: i64,
    #[sea_orm(column_type = "Text")]
    pub job_id: String,
    /// Its number among the events of the posting.
    pub job_seq: i32,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
