//! Copies of an SQLite database, made while others read and write it, and the search for damage. PostgreSQL has programs
//! of its own for both.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use rusqlite::{Connection, OpenFlags};
use sea_orm::DbErr;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;

use super::dialect::Dialect;
use super::error::StoreError;

/// The file of an SQLite database; nothing of another database.
pub fn file_of(url: &str) -> Result<Option<PathBuf>, StoreError> {
    if Dialect::of_url(url)? != Dialect::Sqlite {
        return Ok(None);
    }
    let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::UnknownDatabase(url.to_owned()))?;
    Ok(Some(options.get_filename().to_owned()))
}

/// Writes everything that is committed now into a new file, packed. Readers and writers of the database go on meanwhile.
pub async fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let to = to.to_string_lossy().into_owned();
    reading(from, move |database| database.execute("VACUUM INTO ?1", [to]).map(drop)).await
}

/// What is damaged in a database, as SQLite tells; nothing if all pages and indexes are as they should be. It reads the
/// whole file.
pub async fn damages(file: &Path) -> Result<Vec<String>, StoreError> {
    let looked = reading(file, |database| {
        let mut statement = database.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get(0))?;
        lines.collect::<Result<Vec<String>, _>>()
    });
    Ok(looked.await?.into_iter().filter(|line| line != "ok").collect())
}

/// Runs on a connection and a thread of its own what takes long and changes nothing.
async fn reading<T: Send + 'static>(
    file: &Path,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let file = file.to_owned();
    let worked = tokio::task::spawn_blocking(move || {
        work(&Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
    });
    match worked.await {
        Ok(worked) => Ok(worked.map_err(|error| DbErr::Custom(error.to_string()))?),
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
