//! How many postings have a value, counted by the writer in the commit that changes them.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rollup_total")]
pub struct Model {
    /// What is counted by.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub dimension: String,
    /// `''` for none.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub value: String,
    pub active: i64,
    pub total: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
