//! A description text, shared by the postings that carry it.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "description")]
pub struct Model {
    /// SHA-256 of all three forms; of older rows, of the HTML alone.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub description_hash: String,
    #[sea_orm(column_type = "Text")]
    pub html: String,
    #[sea_orm(column_type = "Text")]
    pub markdown: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
