//! A place of a posting's content. Present and past contents stand side by side.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_location")]
pub struct Model {
    /// The event that wrote it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub content_seq: i64,
    /// 0 is the primary place.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub raw: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub city: String,
    #[sea_orm(column_type = "Text")]
    pub city_key: String,
    #[sea_orm(column_type = "Text")]
    pub region: String,
    #[sea_orm(column_type = "Text")]
    pub region_code: String,
    #[sea_orm(column_type = "Text")]
    pub country: String,
    #[sea_orm(column_type = "Text")]
    pub country_code: String,
    #[sea_orm(column_type = "Text")]
    pub macro_region: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub postal_code: Option<String>,
    pub remote: bool,
    /// Percent.
    pub confidence: i32,
    #[sea_orm(column_type = "Text")]
    pub provenance: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
