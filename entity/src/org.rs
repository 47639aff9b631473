//! An employer.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "org")]
pub struct Model {
    /// UUID.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub org_id: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// `name` in lower case, by which names sort alike on both databases.
    #[sea_orm(column_type = "Text")]
    pub normalized_name: String,
    /// Unique; stands in addresses.
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    /// JSON list of registrable domains.
    #[sea_orm(column_type = "Text")]
    pub domains: String,
    /// As the latest answer says that names one. Where boards were joined, the employer's own tells it, or else the first of the
    /// others that does; what no answer names any more stays.
    #[sea_orm(column_type = "Text", nullable)]
    pub website_url: Option<String>,
    /// Likewise; never a page at a provider's host.
    #[sea_orm(column_type = "Text", nullable)]
    pub careers_url: Option<String>,
    pub first_seen_at: i64,
    pub last_seen_at: i64,
    pub active_job_count: i64,
    pub job_count: i64,
    /// JSON list of the ids and slugs of employers that were joined into it; `org_alias` finds by each.
    #[sea_orm(column_type = "Text")]
    pub aliases: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
