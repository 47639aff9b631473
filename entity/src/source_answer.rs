//! What a board answered last: which archived bytes, and by what its addresses can be asked whether they still say so.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub source_id: String,
    /// Of the archived answer.
    #[sea_orm(column_type = "Text")]
    pub raw_sha256: String,
    pub answered_at: i64,
    /// JSON: by address, the `ETag` and `Last-Modified` that came with it.
    #[sea_orm(column_type = "Text")]
    pub validators: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
