//! What can go wrong in the store. Cheap to clone, as one failed batch fails every key that waited for it.

use std::sync::Arc;

use sea_orm::{DbErr, RuntimeErr, sqlx};
use thiserror::Error;

#[derive(Clone, Debug, Error)]
pub enum StoreError {
    #[error("database url \"{0}\" names no known database\nhint: use sqlite://FILE or postgres://USER@HOST/NAME")]
    UnknownDatabase(String),
    /// The rest of it may hold a password.
    #[error(
        "the database's address \"{shown}\" cannot be read: {why}\nhint: percent-encode its password, such as \"/\" as \"%2F\""
    )]
    MalformedUrl { shown: String, why: String },
    /// It does not answer, or broke off.
    #[error(
        "the database cannot be reached: {0}\nhint: see that it runs, then do the same again: what broke off has changed nothing"
    )]
    Lost(Arc<DbErr>),
    /// There is no room for what is to be written.
    #[error(
        "the database has no room to write: {0}\nhint: make room on its disk, or allow its files to be larger, then do the same again: what broke off has changed nothing"
    )]
    Full(Arc<DbErr>),
    /// SQLite's file, or its folder, is not there or not this user's.
    #[error(
        "the database's file cannot be opened or written: {0}\nhint: its folder must be there, and this user be allowed to read and write both"
    )]
    File(Arc<DbErr>),
    #[error("database: {0}")]
    Database(Arc<DbErr>),
    #[error("row of \"{table}\": {message}")]
    Row { table: &'static str, message: String },
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let of_driver = match &error {
            DbErr::Conn(RuntimeErr::SqlxError(it))
            | DbErr::Exec(RuntimeErr::SqlxError(it))
            | DbErr::Query(RuntimeErr::SqlxError(it)) => Some(it.as_ref()),
            _ => None,
        };
        let is_full = of_driver.is_some_and(is_full) || error.to_string().contains("database or disk is full");
        let is_of_file = of_driver.is_some_and(is_of_file);
        let is_lost = of_driver.is_some_and(is_lost) || matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_));
        let kind = if is_full {
            Self::Full
        } else if is_of_file {
            Self::File
        } else if is_lost {
            Self::Lost
        } else {
            Self::Database
        };
        kind(Arc::new(error))
    }
}

impl StoreError {
    /// Whether the database could not be reached, was too slow or is being filled, so that trying again later may help.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Lost(_) | Self::Full(_) | Self::File(_) => true,
            Self::Database(error) => is_passing(&error.to_string()),
            Self::UnknownDatabase(_) | Self::MalformedUrl { .. } | Self::Row { .. } => false,
        }
    }
}

fn is_passing(message: &str) -> bool {
    ["statement timeout", "interrupted", "database is locked", "no such index"].iter().any(|it| message.contains(it))
}

/// Whether the connection can no longer be used.
pub(super) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        // 57P: the server starts or stops, or somebody has ended the connection.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}

/// Whether a disk, a quota or the limit of a file's size leaves no room: PostgreSQL's 53100, SQLite's `FULL`,
/// `IOERR_WRITE` and `IOERR_SHMSIZE`.
fn is_full(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| ["53100", "13", "778", "4874"].contains(&code.as_ref()))
}

/// Whether SQLite may not write its file (`READONLY`) or cannot open it (`CANTOPEN`), for whatever reason: that stands above
/// the lowest byte.
fn is_of_file(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    // PostgreSQL's codes have five signs, some of which are numbers as well.
    let code = code.filter(|code| code.len() < 5).and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 8 | 14))
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Database};

    use super::StoreError;
    use crate::store::dialect::one_connection;

    #[tokio::test]
    async fn a_file_that_cannot_be_opened_or_written_is_not_told_to_be_out_of_reach() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let url = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
        let missing = Database::connect(one_connection(&url("none/jobs.db"))).await.expect_err("it is not there");
        // An empty file is an empty database.
        std::fs::write(folder.path().join("jobs.db"), "").expect("it can be written");
        let database = Database::connect(one_connection(&url("jobs.db?mode=ro"))).await.expect("it opens");
        let unwritten = database.execute_unprepared("CREATE TABLE a (b)").await.expect_err("it is not to be written");
        for error in [missing, unwritten] {
            let error = StoreError::from(error);
            assert!(matches!(error, StoreError::File(_)), "{error:?}");
        }
    }
}
