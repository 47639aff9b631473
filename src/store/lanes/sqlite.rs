//! Connections to an SQLite database that read.
//!
//! A statement runs on the thread that asks, as most take less than it costs to wake another: for so many steps of
//! SQLite's virtual machine, some milliseconds of work. One that takes more begins again on a thread of its own, until its
//! time is up or nobody waits for it.

mod long;
mod read_only;

pub(in crate::store) use self::read_only::read_only;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql};
use sea_orm::sqlx::sqlite::SqliteRow;
use sea_orm::sqlx::{self, Row as _, TypeInfo, ValueRef as _};
use sea_orm::{DbErr, RuntimeErr, Statement, Value, Values};
use tokio::task::yield_now;

use super::{STATEMENTS_KEPT_MAX, Turns, is_kept, lock};
use crate::aside::give_way;
use crate::store::error::StoreError;
use crate::store::row::{Cell, Row, collected};

/// Steps of SQLite's virtual machine between two looks at the clock: some hundredths of a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 1_000;
/// Looks after which a statement has kept the thread that asks for so long that whatever else is ready comes before the next.
const LOOKS_TO_YIELD: u64 = 10;
/// As many looks a statement may keep the thread that asks. Work is counted, not time: where more is asked than the
/// processors can do, a thread waits for its turn longer than it works, and statements would be begun twice just then.
const LOOKS_AT_ONCE: u64 = 100;
/// Nor longer than this by the clock, as when its pages come from a disk.
const AT_ONCE: Duration = Duration::from_millis(20);
/// A statement that took too long is begun at once again after it was so often short: by other words it may take long again.
const SHORT_RUNS: u8 = 8;
/// How long one waits for a lock that another connection holds; readers meet one only while the log is recovered.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// Texts of statements that are known to take too long, at most.
const LENGTHY_MAX: usize = 256;
const NEVER: u64 = u64::MAX;

#[derive(Clone, Debug)]
pub(in crate::store) struct SqliteSettings {
    /// The file, or its address as SQLite understands it; a database in memory without one.
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
    /// Of lengthy statements there are no more at once than processors to run them, at least two: more of them would only
    /// take each other's memory and time, and all connections from those who ask for little.
    apart: Turns,
    idle: Mutex<Vec<Lane>>,
    /// Texts of statements that took too long to be run at once, and how often they must be short before they are again.
    lengthy: Mutex<HashMap<String, u8>>,
    /// Looks at the data's version, which each connection counts by itself.
    watch: Mutex<(i64, Option<Lane>)>,
    opened_at: Instant,
}

/// A connection with what it may do at most.
#[derive(Debug)]
struct Lane {
    connection: Connection,
    limit: Arc<Limit>,
}

/// Until when a connection works.
#[derive(Debug)]
struct Limit {
    /// In microseconds since the lanes were opened.
    stop_at: AtomicU64,
    looks_max: AtomicU64,
    looks: AtomicU64,
}

impl Limit {
    fn none() -> Self {
        Self { stop_at: AtomicU64::new(NEVER), looks_max: AtomicU64::new(NEVER), looks: AtomicU64::new(0) }
    }

    fn set(&self, stop_at: u64, looks_max: u64) {
        self.stop_at.store(stop_at, Ordering::Relaxed);
        self.looks_max.store(looks_max, Ordering::Relaxed);
        self.looks.store(0, Ordering::Relaxed);
    }

    /// How often it was looked at since it was set.
    fn looks(&self) -> u64 {
        self.looks.load(Ordering::Relaxed)
    }

    /// Looks whether it is reached, once.
    fn is_reached(&self, now: u64) -> bool {
        let looks = self.looks.fetch_add(1, Ordering::Relaxed);
        looks >= self.looks_max.load(Ordering::Relaxed) || now >= self.stop_at.load(Ordering::Relaxed)
    }
}

impl SqliteLanes {
    pub(in crate::store) fn new(settings: SqliteSettings) -> Self {
        let turns = Turns::new(settings.count, settings.acquire_timeout);
        let processors =
            std::thread::available_parallelism().map_or(2, |it| u32::try_from(it.get()).unwrap_or(u32::MAX));
        let apart = Turns::new(processors.max(2).min(settings.count), settings.acquire_timeout);
        let (idle, lengthy, watch) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { settings, turns, apart, idle, lengthy, watch, opened_at: Instant::now() }
    }

    pub(in crate::store) async fn rows(self: &Arc<Self>, statement: Statement) -> Result<Vec<Row>, StoreError> {
        if lock(&self.lengthy).contains_key(&statement.sql) {
            return self.run_apart(statement).await;
        }
        let permit = self.turns.take().await?;
        let lane = self.lane()?;
        lane.limit.set(self.after(AT_ONCE.min(self.settings.statement_timeout)), LOOKS_AT_ONCE);
        let at_once = lane.run(&statement);
        let is_long = lane.limit.looks() > LOOKS_TO_YIELD;
        lock(&self.idle).push(lane);
        drop(permit);
        match at_once {
            Err(error) if is_unfinished(&error) => self.run_apart(statement).await,
            answer => {
                if is_long {
                    yield_now().await;
                }
                Ok(answer.map_err(failed)?)
            }
        }
    }

    /// The connection that was used last.
    fn lane(&self) -> Result<Lane, DbErr> {
        let idle = lock(&self.idle).pop();
        idle.map_or_else(|| self.open(), Ok)
    }

    /// Runs a statement on a thread of its own. If the answer is no longer waited for, it ends within some steps.
    async fn run_apart(self: &Arc<Self>, statement: Statement) -> Result<Vec<Row>, StoreError> {
        let permits = (self.apart.take().await?, self.turns.take().await?);
        let lane = self.lane()?;
        let stop_at = self.after(self.settings.statement_timeout);
        lane.limit.set(stop_at, NEVER);
        let _stop = StopOnDrop { limit: Arc::clone(&lane.limit), stop_at };
        let lanes = Arc::clone(self);
        let run = move || {
            give_way();
            let answer = lane.connection.busy_timeout(LOCK_WAIT).and_then(|()| lane.run(&statement));
            // If it took long, it is not begun at once the next time; one that was stopped tells nothing by having been short.
            let is_lengthy = lane.limit.looks() > LOOKS_AT_ONCE;
            if is_lengthy || answer.is_ok() {
                lanes.remember(&statement.sql, is_lengthy);
            }
            // What would wait for a lock never does so on the thread that asks.
            if lane.connection.busy_timeout(Duration::ZERO).is_ok() {
                lock(&lanes.idle).push(lane);
            }
            drop(permits);
            answer.map_err(failed)
        };
        let ended = tokio::task::spawn_blocking(run).await;
        Ok(ended.map_err(|error| DbErr::Custom(error.to_string()))??)
    }

    fn remember(&self, text: &str, is_lengthy: bool) {
        let mut lengthy = lock(&self.lengthy);
        if is_lengthy {
            if lengthy.len() >= LENGTHY_MAX {
                // Whichever of them are asked again are soon known again.
                lengthy.clear();
            }
            lengthy.insert(text.to_owned(), SHORT_RUNS);
        } else if let Some(left) = lengthy.get_mut(text) {
            *left -= 1;
            if *left == 0 {
                lengthy.remove(text);
            }
        }
    }

    /// How often others have committed, as this process counts, after how often it has begun to count.
    pub(in crate::store) fn data_version(&self) -> Result<i64, StoreError> {
        let mut watch = lock(&self.watch);
        let (openings, kept) = &mut *watch;
        let lane = match kept.take() {
            Some(lane) => lane,
            None => {
                *openings += 1;
                self.open()?
            }
        };
        let look = || lane.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0));
        let version: i64 = look().map_err(failed)?;
        *kept = Some(lane);
        // Each connection counts anew.
        Ok((*openings << 32) + version)
    }

    fn open(&self) -> Result<Lane, DbErr> {
        let opened_at = self.opened_at;
        let open = || {
            let connection = match &self.settings.file {
                Some(file) => Connection::open(file)?,
                None => Connection::open_in_memory()?,
            };
            connection.busy_timeout(Duration::ZERO)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT_MAX);
            // Else a statement is planned anew whenever other values are bound to it.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096")?;
            let limit = Arc::new(Limit::none());
            let looked_at = Arc::clone(&limit);
            let is_over = move || looked_at.is_reached(since(opened_at));
            connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(is_over))?;
            Ok(Lane { connection, limit })
        };
        open().map_err(|error: rusqlite::Error| DbErr::Conn(RuntimeErr::Internal(error.to_string())))
    }

    /// Lets no statement begin any more, and waits for those that run.
    pub(in crate::store) async fn close(&self) {
        self.apart.close().await;
        self.turns.close().await;
        lock(&self.idle).clear();
        lock(&self.watch).1.take();
    }

    fn after(&self, time: Duration) -> u64 {
        since(self.opened_at).saturating_add(micros(time))
    }
}

impl Lane {
    fn run(&self, statement: &Statement) -> rusqlite::Result<Vec<Row>> {
        if is_kept(statement) {
            let mut prepared = self.connection.prepare_cached(&statement.sql)?;
            rows(&mut prepared, statement)
        } else {
            rows(&mut self.connection.prepare(&statement.sql)?, statement)
        }
    }
}

fn rows(prepared: &mut rusqlite::Statement<'_>, statement: &Statement) -> rusqlite::Result<Vec<Row>> {
    let width = prepared.column_count();
    bind(prepared, statement)?;
    let mut found = prepared.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(cells(row, width)?);
    }
    Ok(rows)
}

fn bind(prepared: &mut rusqlite::Statement<'_>, statement: &Statement) -> rusqlite::Result<()> {
    let values: &[Value] = statement.values.as_ref().map_or(&[], |Values(values)| values);
    for index in 1..=prepared.parameter_count() {
        // SQLite takes `$2` for a name and numbers names in the order of their first use.
        let number = prepared.parameter_name(index).and_then(|name| name.get(1..)?.parse::<usize>().ok());
        let value = number.and_then(|number| values.get(number.checked_sub(1)?));
        let value = value.ok_or(rusqlite::Error::InvalidParameterCount(index, values.len()))?;
        prepared.raw_bind_parameter(index, Bound(value))?;
    }
    Ok(())
}

fn cells(row: &rusqlite::Row<'_>, width: usize) -> rusqlite::Result<Row> {
    Ok(collected(width, (0..width).map(|index| cell(row.get_ref(index)?)))?.into())
}

fn cell(value: ValueRef<'_>) -> rusqlite::Result<Cell> {
    match value {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(number) => Ok(Cell::Number(number)),
        ValueRef::Text(text) => Ok(Cell::Text(std::str::from_utf8(text)?.to_owned())),
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(rusqlite::Error::InvalidQuery),
    }
}

/// A row that SeaORM read.
pub(super) fn queried(row: &SqliteRow) -> Result<Row, sqlx::Error> {
    let cell = |index| {
        let value = row.try_get_raw(index)?;
        match value.type_info().name() {
            _ if value.is_null() => Ok(Cell::Null),
            "TEXT" => row.try_get_unchecked(index).map(Cell::Text),
            "INTEGER" => row.try_get_unchecked(index).map(Cell::Number),
            other => Err(sqlx::Error::Decode(format!("no reader reads values of type {other}").into())),
        }
    };
    Ok(collected(row.len(), (0..row.len()).map(cell))?.into())
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
    limit: Arc<Limit>,
    stop_at: u64,
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        let change = self.limit.stop_at.compare_exchange(self.stop_at, 0, Ordering::Relaxed, Ordering::Relaxed);
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
    micros(begun.elapsed())
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(NEVER)
}

#[cfg(test)]
mod tests;
