//! An id under which an org was known before a merge.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "org_alias")]
pub struct Model {
    /// UUID or slug.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub alias_id: String,
    #[sea_orm(column_type = "Text")]
    pub org_id: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
