//! The one connection that loads. What each database is told here holds for this connection alone.

use std::sync::Arc;

use sea_orm::sqlx::{self, AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use sea_orm::{DbErr, RuntimeErr, Value};

use super::deferred::{Deferred, LOADED, of_postgres, of_sqlite};
use crate::store::Store;
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;
use crate::store::rows::Rows;

/// Rows of a table that PostgreSQL is sent at once.
const COPIED_ROWS: usize = 2_000;

/// Nothing survives a crash, so nothing is written twice. The words are merged once, behind all of them.
const BEGIN_SQLITE: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
    PRAGMA cache_size = -98304; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;
    INSERT INTO content_search (content_search, rank) VALUES ('automerge', 0);
    INSERT INTO content_search (content_search, rank) VALUES ('crisismerge', 1000);
    INSERT INTO content_search (content_search, rank) VALUES ('hashsize', 16777216)";
/// The words' settings are those that a new table has.
const FINISH_SQLITE: &str = "INSERT INTO content_search (content_search) VALUES ('optimize');
    INSERT INTO content_search (content_search, rank) VALUES ('automerge', 4);
    INSERT INTO content_search (content_search, rank) VALUES ('crisismerge', 16);
    INSERT INTO content_search (content_search, rank) VALUES ('hashsize', 1048576);
    COMMIT";
/// Sorting takes as much memory as the cache, once for each thread.
const BUILD_SQLITE: &str =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -49152; PRAGMA threads = 2;
    PRAGMA locking_mode = EXCLUSIVE";
const FINISH_BUILD_SQLITE: &str =
    "ANALYZE; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL";

const SETTINGS_POSTGRES: &str =
    "SET synchronous_commit = off; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'; SET jit = off";

pub(super) enum Lane {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Lane {
    /// Takes the store's writing connection out of its pool, which opens another when it needs one.
    pub(super) async fn open(store: &Store) -> Result<Self, StoreError> {
        match store.dialect {
            Dialect::Sqlite => {
                let taken = store.write.get_sqlite_connection_pool().acquire().await.map_err(failed)?;
                Ok(Self::Sqlite(taken.detach()))
            }
            Dialect::Postgres => {
                let taken = store.write.get_postgres_connection_pool().acquire().await.map_err(failed)?;
                Ok(Self::Postgres(taken.detach()))
            }
        }
    }

    pub(super) async fn close(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.close().await.map_err(failed),
            Self::Postgres(connection) => connection.close().await.map_err(failed),
        }
    }

    pub(super) async fn is_empty(&mut self) -> Result<bool, StoreError> {
        let found = "SELECT 'x', 'x', 'x' WHERE EXISTS (SELECT 1 FROM org) OR EXISTS (SELECT 1 FROM job)
            OR EXISTS (SELECT 1 FROM event)";
        Ok(self.read(found).await?.is_empty())
    }

    /// Drops what slows loading.
    pub(super) async fn begin_load(&mut self) -> Result<Vec<Deferred>, StoreError> {
        let deferred = match self {
            Self::Sqlite(_) => {
                self.run(BEGIN_SQLITE).await?;
                self.read(&of_sqlite()).await?
            }
            Self::Postgres(_) => {
                self.run(SETTINGS_POSTGRES).await?;
                self.run("BEGIN").await?;
                self.read(&of_postgres()).await?
            }
        };
        for it in deferred.iter().rev() {
            self.run(&it.drop).await?;
        }
        if let Self::Postgres(_) = self {
            // Rows of a table that is emptied in the same transaction need no looking after later.
            self.run(&format!("TRUNCATE {}", LOADED.join(", "))).await?;
        }
        Ok(deferred)
    }

    pub(super) async fn finish_load(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.run(FINISH_SQLITE).await,
            Self::Postgres(_) => self.run("COMMIT; ANALYZE event, job_version").await,
        }
    }

    pub(super) async fn begin_build(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.run(BUILD_SQLITE).await,
            Self::Postgres(_) => self.run(SETTINGS_POSTGRES).await,
        }
    }

    pub(super) async fn finish_build(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.run(FINISH_BUILD_SQLITE).await,
            Self::Postgres(_) => self.run("VACUUM ANALYZE").await,
        }
    }

    pub(super) async fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        let statements = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            Self::Sqlite(connection) => statements.execute(connection).await.map(|_| ()).map_err(failed),
            Self::Postgres(connection) => statements.execute(connection).await.map(|_| ()).map_err(failed),
        }
    }

    async fn read(&mut self, sql: &str) -> Result<Vec<Deferred>, StoreError> {
        type Row = (String, String, String);
        let query = AssertSqlSafe(sql.to_owned());
        let rows: Vec<Row> = match self {
            Self::Sqlite(connection) => sqlx::query_as(query).fetch_all(connection).await.map_err(failed)?,
            Self::Postgres(connection) => sqlx::query_as(query).fetch_all(connection).await.map_err(failed)?,
        };
        Ok(rows.into_iter().map(|(name, drop, make)| Deferred { name, drop, make }).collect())
    }

    /// Writes rows once there are enough of them, or all of them.
    pub(super) async fn insert(&mut self, rows: &mut Rows, are_last: bool) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let full = rows.per_statement();
                while rows.count() >= full {
                    insert_sqlite(connection, rows, full).await?;
                }
                if are_last && rows.count() > 0 {
                    insert_sqlite(connection, rows, rows.count()).await?;
                }
                Ok(())
            }
            Self::Postgres(connection) => {
                if rows.count() >= COPIED_ROWS || (are_last && rows.count() > 0) {
                    copy_postgres(connection, rows).await?;
                }
                Ok(())
            }
        }
    }
}

/// Writes the first rows, in a statement whose text depends on their number alone.
async fn insert_sqlite(connection: &mut SqliteConnection, rows: &mut Rows, count: usize) -> Result<(), StoreError> {
    let one = format!("({})", vec!["?"; rows.columns.len()].join(", "));
    let all = vec![one.as_str(); count].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES {all}", rows.table, rows.columns.join(", "));
    let mut insert = sqlx::query(AssertSqlSafe(sql));
    for value in rows.take(count) {
        insert = match value {
            Value::Bool(it) => insert.bind(it),
            Value::Int(it) => insert.bind(it),
            Value::BigInt(it) => insert.bind(it),
            Value::String(it) => insert.bind(it),
            other => return Err(DbErr::Type(format!("no row has {other:?}")).into()),
        };
    }
    insert.execute(connection).await.map_err(failed)?;
    Ok(())
}

async fn copy_postgres(connection: &mut PgConnection, rows: &mut Rows) -> Result<(), StoreError> {
    let sql = format!("COPY {} ({}) FROM STDIN WITH (FREEZE)", rows.table, rows.columns.join(", "));
    let width = rows.columns.len();
    let mut text = Vec::new();
    for row in rows.take_all().chunks(width) {
        for (value, index) in row.iter().zip(1..) {
            write_value(value, &mut text);
            text.push(if index == width { b'\n' } else { b'\t' });
        }
    }
    let mut copy = connection.copy_in_raw(&sql).await.map_err(failed)?;
    copy.send(text).await.map_err(failed)?;
    copy.finish().await.map_err(failed)?;
    Ok(())
}

/// Writes a value as PostgreSQL's text format has it.
fn write_value(value: &Value, text: &mut Vec<u8>) {
    match value {
        Value::Bool(Some(it)) => text.push(if *it { b't' } else { b'f' }),
        Value::Int(Some(it)) => text.extend_from_slice(it.to_string().as_bytes()),
        Value::BigInt(Some(it)) => text.extend_from_slice(it.to_string().as_bytes()),
        Value::String(Some(it)) => it.bytes().for_each(|byte| match byte {
            b'\\' => text.extend_from_slice(b"\\\\"),
            b'\n' => text.extend_from_slice(b"\\n"),
            b'\r' => text.extend_from_slice(b"\\r"),
            b'\t' => text.extend_from_slice(b"\\t"),
            byte => text.push(byte),
        }),
        _ => text.extend_from_slice(b"\\N"),
    }
}

fn failed(error: sqlx::Error) -> StoreError {
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error))).into()
}
