//! A key by which a client is known.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// UUID.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key_id: String,
    /// What its operator calls it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// SHA-256 of the secret, in hexadecimal. The secret is as long as the hash, so that none can be guessed from it.
    #[sea_orm(column_type = "Text", unique)]
    pub secret_hash: String,
    /// Separated by commas.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    pub created_at: i64,
    /// `ABSENT` when it does not expire.
    pub expires_at: i64,
    /// To the day; `ABSENT` when it was never used.
    pub last_used_at: i64,
    /// `ABSENT` while it was not revoked.
    pub revoked_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }
}
