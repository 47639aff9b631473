//! The JSON of a posting's content that lists rarely ask for. Present and past contents stand side by side.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_body")]
pub struct Model {
    /// The event that wrote it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub content_seq: i64,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub native_structured: String,
    /// JSON.
    #[sea_orm(column_type = "Text")]
    pub extensions: String,
    /// JSON list.
    #[sea_orm(column_type = "Text")]
    pub facts: String,
    /// JSON list of the values the employer shows.
    #[sea_orm(column_type = "Text")]
    pub metadata: String,
    /// JSON list.
    #[sea_orm(column_type = "Text")]
    pub salary_tiers: String,
    pub inferred_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
