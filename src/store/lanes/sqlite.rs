//! Connections to an SQLite database that read.
//!
//! A statement runs on the thread that asks, as most take less than it costs to wake another: up to a millisecond.
//! One that takes longer begins again on a thread of its own, until its time is up or nobody waits for it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql};
use sea_orm::{DbErr, RuntimeErr, Statement, Value, Values};
use tokio::sync::OwnedSemaphorePermit;

use super::{Turns, lock};
use crate::store::error::StoreError;
use crate::store::row::{Cell, Row};

/// Steps of SQLite's virtual machine between two looks at the clock: some hundredths of a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 1_000;
/// How long a statement may keep the thread that asks.
const AT_ONCE: Duration = Duration::from_millis(1);
/// How long one waits for a lock that another connection holds; readers meet one only while the log is recovered.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// Prepared statements kept on each connection; the texts of the program are fewer.
const STATEMENTS_CACHED_MAX: usize = 512;
const NEVER: u64 = u64::MAX;

#[derive(Clone, Debug)]
pub(in crate::store) struct SqliteSettings {
    /// The file; a database in memory without one.
    pub(in crate::store) file: Option<PathBuf>,
    pub(in crate::store) count: u32,
    pub(in crate::store) acquire_timeout: Duration,
    pub(in crate::store) statement_timeout: Duration,
}

/// The connections. They are opened when they are needed first, and the one used last is used next, as its pages are warm.
#[derive(Debug)]
pub(in crate::store) struct SqliteLanes {
    settings: SqliteSettings,
    turns: Turns,
    idle: Mutex<Vec<Lane>>,
    /// Looks at the data's version, which each connection counts by itself.
    watch: Mutex<Option<Lane>>,
    opened_at: Instant,
}

/// A connection with the time at which it stops working.
#[derive(Debug)]
struct Lane {
    connection: Connection,
    /// In microseconds since the lanes were opened.
    stop_at: Arc<AtomicU64>,
}

impl SqliteLanes {
    pub(in crate::store) fn new(settings: SqliteSettings) -> Self {
        let turns = Turns::new(settings.count, settings.acquire_timeout);
        Self { settings, turns, idle: Mutex::default(), watch: Mutex::default(), opened_at: Instant::now() }
    }

    pub(in crate::store) async fn rows(self: &Arc<Self>, statement: Statement) -> Result<Vec<Row>, StoreError> {
        let permit = self.turns.take().await?;
        let idle = lock(&self.idle).pop();
        let lane = idle.map_or_else(|| self.open(), Ok)?;
        lane.stop_at.store(self.after(AT_ONCE.min(self.settings.statement_timeout)), Ordering::Relaxed);
        let at_once = lane.run(&statement);
        match at_once {
            Err(error) if is_unfinished(&error) => self.run_apart(lane, permit, statement).await,
            answer => {
                lock(&self.idle).push(lane);
                Ok(answer.map_err(failed)?)
            }
        }
    }

    /// Runs a statement on a thread of its own. If the answer is no longer waited for, it ends within some steps.
    async fn run_apart(
        self: &Arc<Self>,
        lane: Lane,
        permit: OwnedSemaphorePermit,
        statement: Statement,
    ) -> Result<Vec<Row>, StoreError> {
        let limit = self.after(self.settings.statement_timeout);
        lane.stop_at.store(limit, Ordering::Relaxed);
        let _stop = StopOnDrop { stop_at: Arc::clone(&lane.stop_at), limit };
        let lanes = Arc::clone(self);
        let run = move || {
            let answer = lane.connection.busy_timeout(LOCK_WAIT).and_then(|()| lane.run(&statement));
            // What would wait for a lock never does so on the thread that asks.
            if lane.connection.busy_timeout(Duration::ZERO).is_ok() {
                lock(&lanes.idle).push(lane);
            }
            drop(permit);
            answer.map_err(failed)
        };
        let ended = tokio::task::spawn_blocking(run).await;
        Ok(ended.map_err(|error| DbErr::Custom(error.to_string()))??)
    }

    /// How often others have committed, as this process counts.
    pub(in crate::store) fn data_version(&self) -> Result<i64, StoreError> {
        let mut watch = lock(&self.watch);
        let lane = match watch.take() {
            Some(lane) => lane,
            None => self.open()?,
        };
        let version = lane.connection.query_row("PRAGMA data_version", [], |row| row.get(0)).map_err(failed)?;
        *watch = Some(lane);
        Ok(version)
    }

    fn open(&self) -> Result<Lane, DbErr> {
        let opened_at = self.opened_at;
        let open = || {
            let connection = match &self.settings.file {
                Some(file) => Connection::open(file)?,
                None => Connection::open_in_memory()?,
            };
            connection.busy_timeout(Duration::ZERO)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED_MAX);
            // Else a statement is planned anew whenever other values are bound to it.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8192")?;
            let stop_at = Arc::new(AtomicU64::new(NEVER));
            let limit = Arc::clone(&stop_at);
            let is_over = move || since(opened_at) >= limit.load(Ordering::Relaxed);
            connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(is_over))?;
            Ok(Lane { connection, stop_at })
        };
        open().map_err(|error: rusqlite::Error| DbErr::Conn(RuntimeErr::Internal(error.to_string())))
    }

    /// Lets no statement begin any more, and waits for those that run.
    pub(in crate::store) async fn close(&self) {
        self.turns.close().await;
        lock(&self.idle).clear();
        lock(&self.watch).take();
    }

    fn after(&self, time: Duration) -> u64 {
        since(self.opened_at).saturating_add(u64::try_from(time.as_micros()).unwrap_or(NEVER))
    }
}

impl Lane {
    fn run(&self, statement: &Statement) -> rusqlite::Result<Vec<Row>> {
        let mut prepared = self.connection.prepare_cached(&statement.sql)?;
        let width = prepared.column_count();
        let values: &[Value] = statement.values.as_ref().map_or(&[], |Values(values)| values);
        for index in 1..=prepared.parameter_count() {
            // SQLite takes `$2` for a name and numbers names in the order of their first use.
            let number = prepared.parameter_name(index).and_then(|name| name.get(1..)?.parse::<usize>().ok());
            let value = number.and_then(|number| values.get(number.checked_sub(1)?));
            prepared.raw_bind_parameter(
                index,
                Bound(value.ok_or(rusqlite::Error::InvalidParameterCount(index, values.len()))?),
            )?;
        }
        let mut found = prepared.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let cells = (0..width).map(|index| cell(row.get_ref(index)?)).collect::<rusqlite::Result<Box<[Cell]>>>()?;
            rows.push(Row::Cells(cells));
        }
        Ok(rows)
    }
}

fn cell(value: ValueRef<'_>) -> rusqlite::Result<Cell> {
    match value {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(number) => Ok(Cell::Number(number)),
        ValueRef::Text(text) => Ok(Cell::Text(std::str::from_utf8(text)?.to_owned())),
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(rusqlite::Error::InvalidQuery),
    }
}

/// A parameter of a statement.
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self.0 {
            Value::BigInt(Some(number)) => ValueRef::Integer(*number),
            Value::Int(Some(number)) => ValueRef::Integer((*number).into()),
            Value::Double(Some(number)) => ValueRef::Real(*number),
            Value::Bool(Some(flag)) => ValueRef::Integer((*flag).into()),
            Value::String(Some(text)) => ValueRef::Text(text.as_bytes()),
            Value::BigInt(None) | Value::Int(None) | Value::Double(None) | Value::Bool(None) | Value::String(None) => {
                ValueRef::Null
            }
            other => return Err(rusqlite::Error::ToSqlConversionFailure(format!("no reader binds {other:?}").into())),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

/// Stops a statement that nobody waits for any more; the next one on the lane has another limit.
struct StopOnDrop {
    stop_at: Arc<AtomicU64>,
    limit: u64,
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        let change = self.stop_at.compare_exchange(self.limit, 0, Ordering::Relaxed, Ordering::Relaxed);
        change.ok();
    }
}

/// Whether a statement ended only because it may not go on here.
fn is_unfinished(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::OperationInterrupted | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

fn failed(error: rusqlite::Error) -> DbErr {
    DbErr::Custom(error.to_string())
}

fn since(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_micros()).unwrap_or(NEVER)
}

#[cfg(test)]
mod tests;
