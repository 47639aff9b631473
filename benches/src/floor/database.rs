//! One statement on one of three drivers.

use std::cell::RefCell;

use anyhow::Context;
use clap::ValueEnum;
use rusqlite::OpenFlags;
use rusqlite::types::{ToSqlOutput, ValueRef};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool, Row as _, SqlitePool};

/// As many as the gateway opens by itself for reading.
const CONNECTIONS: u32 = 8;

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Driver {
    /// PostgreSQL through sqlx.
    Postgres,
    /// SQLite through sqlx, which asks on a thread of its own.
    Sqlx,
    /// SQLite through rusqlite, on the thread that asks.
    Rusqlite,
}

pub(crate) enum Database {
    Postgres(PgPool),
    Sqlx(SqlitePool),
    Rusqlite(String),
}

/// A statement as each database is asked best.
pub(crate) struct Statement {
    pub(crate) postgres: &'static str,
    pub(crate) sqlite: &'static str,
}

/// A value bound to `$1`, `$2` ….
#[derive(Clone, Copy)]
pub(crate) enum Bound<'a> {
    Text(&'a str),
    Number(i64),
}

/// A row of whatever driver, by position.
pub(crate) trait Row {
    /// Nothing for null.
    fn text(&self, index: usize) -> Option<&str>;
    /// Nothing for null.
    fn number(&self, index: usize) -> Option<i64>;
}

impl Row for PgRow {
    fn text(&self, index: usize) -> Option<&str> {
        self.try_get_unchecked(index).ok().flatten()
    }

    fn number(&self, index: usize) -> Option<i64> {
        // Columns of 32 bits are selected as they are.
        match self.try_get_raw(index).ok()?.as_bytes().ok()? {
            [a, b, c, d] => Some(i32::from_be_bytes([*a, *b, *c, *d]).into()),
            bytes => bytes.try_into().ok().map(i64::from_be_bytes),
        }
    }
}

impl Row for SqliteRow {
    fn text(&self, index: usize) -> Option<&str> {
        self.try_get_unchecked(index).ok().flatten()
    }

    fn number(&self, index: usize) -> Option<i64> {
        self.try_get_unchecked(index).ok().flatten()
    }
}

impl Row for rusqlite::Row<'_> {
    fn text(&self, index: usize) -> Option<&str> {
        self.get_ref(index).ok()?.as_str_or_null().ok().flatten()
    }

    fn number(&self, index: usize) -> Option<i64> {
        self.get_ref(index).ok()?.as_i64_or_null().ok().flatten()
    }
}

thread_local! {
    static CONNECTION: RefCell<Option<rusqlite::Connection>> = const { RefCell::new(None) };
}

impl Database {
    pub(crate) async fn open(driver: Driver, database: &str) -> anyhow::Result<Self> {
        Ok(match driver {
            Driver::Postgres => {
                let options: PgConnectOptions = database.parse()?;
                // Made anew for each execution, the cache of joined rows takes half of all time of a page.
                let options = options.options([("enable_memoize", "off")]).disable_statement_logging();
                let pool = PgPoolOptions::new()
                    .max_connections(CONNECTIONS)
                    .test_before_acquire(false)
                    .idle_timeout(None)
                    .max_lifetime(None);
                Self::Postgres(pool.connect_with(options).await?)
            }
            Driver::Sqlx => {
                let options = SqliteConnectOptions::new()
                    .filename(database)
                    .read_only(true)
                    .pragma("mmap_size", "268435456")
                    .pragma("cache_size", "-16384")
                    .disable_statement_logging();
                let pool = SqlitePoolOptions::new()
                    .max_connections(CONNECTIONS)
                    .test_before_acquire(false)
                    .idle_timeout(None)
                    .max_lifetime(None);
                Self::Sqlx(pool.connect_with(options).await?)
            }
            Driver::Rusqlite => Self::Rusqlite(database.to_owned()),
        })
    }

    /// Hands every row to `each`, in order.
    pub(crate) async fn rows(
        &self,
        statement: &Statement,
        bound: &[Bound<'_>],
        mut each: impl FnMut(&dyn Row),
    ) -> anyhow::Result<()> {
        match self {
            Self::Postgres(pool) => {
                let mut query = sqlx::query(AssertSqlSafe(statement.postgres));
                for value in bound {
                    query = match *value {
                        Bound::Text(text) => query.bind(text),
                        Bound::Number(number) => query.bind(number),
                    };
                }
                query.fetch_all(pool).await?.iter().for_each(|row| each(row));
            }
            Self::Sqlx(pool) => {
                let mut query = sqlx::query(AssertSqlSafe(statement.sqlite));
                for value in bound {
                    query = match *value {
                        Bound::Text(text) => query.bind(text.to_owned()),
                        Bound::Number(number) => query.bind(number),
                    };
                }
                query.fetch_all(pool).await?.iter().for_each(|row| each(row));
            }
            Self::Rusqlite(file) => CONNECTION.with_borrow_mut(|connection| {
                let connection = match connection {
                    Some(connection) => connection,
                    None => connection.insert(open_here(file)?),
                };
                let mut prepared = connection.prepare_cached(statement.sqlite)?;
                let mut rows = prepared.query(rusqlite::params_from_iter(bound))?;
                while let Some(row) = rows.next()? {
                    each(row);
                }
                anyhow::Ok(())
            })?,
        }
        Ok(())
    }
}

pub(crate) fn open_here(file: &str) -> anyhow::Result<rusqlite::Connection> {
    let connection =
        rusqlite::Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).context("opening")?;
    connection.execute_batch("PRAGMA mmap_size = 268435456; PRAGMA cache_size = -16384")?;
    Ok(connection)
}

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Bound::Text(text) => ValueRef::Text(text.as_bytes()),
            Bound::Number(number) => ValueRef::Integer(*number),
        }))
    }
}
