//! What can go wrong in the store. Cheap to clone, as one failed batch fails every key that waited for it.

use std::sync::Arc;

use sea_orm::DbErr;
use thiserror::Error;

#[derive(Clone, Debug, Error)]
pub enum StoreError {
    #[error("database url \"{0}\" names no known database\nhint: use sqlite://FILE or postgres://USER@HOST/NAME")]
    UnknownDatabase(String),
    #[error("database: {0}")]
    Database(Arc<DbErr>),
    #[error("row of \"{table}\": {message}")]
    Row { table: &'static str, message: String },
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl StoreError {
    /// Whether the database could not be reached, was too slow or is being filled, so that trying again later may help.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Database(error) => {
                matches!(error.as_ref(), DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) || is_passing(&error.to_string())
            }
            _ => false,
        }
    }
}

fn is_passing(message: &str) -> bool {
    ["statement timeout", "interrupted", "database is locked", "no such index"].iter().any(|it| message.contains(it))
}
