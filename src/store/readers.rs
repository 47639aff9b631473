//! The connections that read. No statement outlives whoever asked by much: PostgreSQL has a time limit for statements,
//! and SQLite, which has none, looks at a clock of ours while it works.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::error::ConnAcquireErr;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, Connection, SqliteConnection};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, Values,
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Steps of SQLite's virtual machine between two looks at the clock: some tenths of a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;
const NEVER: u64 = u64::MAX;

/// A pool that runs statements which change nothing.
#[derive(Clone, Debug)]
pub(super) enum Readers {
    Postgres(DatabaseConnection),
    Sqlite(Arc<Lanes>),
}

impl Readers {
    /// What differs after any commit. PostgreSQL's snapshots, as long as it runs, are equal if they see the same rows;
    /// SQLite counts for each connection how often others have committed.
    pub(super) async fn data_version(&self) -> Result<String, DbErr> {
        match self {
            Self::Postgres(pool) => {
                let look = Statement::from_string(
                    DbBackend::Postgres,
                    "SELECT pg_current_snapshot() || ' ' || pg_postmaster_start_time()",
                );
                let row = pool.query_one_raw(look).await?;
                row.ok_or_else(|| DbErr::RecordNotFound("a snapshot".to_owned()))?.try_get_by_index(0)
            }
            Self::Sqlite(lanes) => lanes.data_version().await,
        }
    }

    pub(super) async fn close(self) -> Result<(), DbErr> {
        match self {
            Self::Postgres(pool) => pool.close().await,
            Self::Sqlite(lanes) => lanes.close().await,
        }
    }
}

#[async_trait]
impl ConnectionTrait for Readers {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Postgres(_) => DbBackend::Postgres,
            Self::Sqlite(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.execute_unprepared(&statement.sql).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom(format!("readers do not run \"{sql}\"")))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.query_all_raw(statement).await?.into_iter().next())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Postgres(pool) => pool.query_all_raw(statement).await,
            Self::Sqlite(lanes) => lanes.query_all(statement).await,
        }
    }
}

/// Connections to an SQLite database, each with the time at which it stops working. They are opened when they are needed
/// first, and the one used last is used next, as its pages are warm.
#[derive(Debug)]
pub(super) struct Lanes {
    options: SqliteConnectOptions,
    acquire_timeout: Duration,
    statement_timeout: Duration,
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<Lane>>,
    /// Looks at the data's version, which each connection counts by itself.
    watch: tokio::sync::Mutex<Watch>,
    opened_at: Instant,
}

/// The connection that looks at the data's version. What one has counted means nothing to the next.
#[derive(Debug, Default)]
struct Watch {
    connection: Option<SqliteConnection>,
    /// Connections opened so far.
    opened: u64,
}

#[derive(Debug)]
struct Lane {
    connection: SqliteConnection,
    /// In milliseconds since the lanes were opened.
    stop_at: Arc<AtomicU64>,
}

impl Lanes {
    pub(super) fn new(
        options: SqliteConnectOptions,
        count: u32,
        acquire_timeout: Duration,
        statement_timeout: Duration,
    ) -> Self {
        Self {
            options,
            acquire_timeout,
            statement_timeout,
            turns: Arc::new(Semaphore::new(count.try_into().unwrap_or(Semaphore::MAX_PERMITS))),
            idle: Mutex::default(),
            watch: tokio::sync::Mutex::default(),
            opened_at: Instant::now(),
        }
    }

    async fn query_all(self: &Arc<Self>, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut turn = self.turn().await?;
        let stop_at = self.now().saturating_add(u64::try_from(self.statement_timeout.as_millis()).unwrap_or(NEVER));
        let lane = turn.lane.as_mut().expect("a turn has its lane until it ends");
        lane.stop_at.store(stop_at, Ordering::Relaxed);
        let values = SqlxValues(statement.values.unwrap_or_else(|| Values(Vec::new())));
        let query = sqlx::query_with(sqlx::AssertSqlSafe(statement.sql), values);
        let rows = query.fetch_all(&mut lane.connection).await;
        turn.end();
        Ok(rows.map_err(failed)?.into_iter().map(QueryResult::from).collect())
    }

    async fn data_version(&self) -> Result<String, DbErr> {
        let mut watch = self.watch.lock().await;
        // One that was left in the middle of its look is not used again.
        let mut connection = match watch.connection.take() {
            Some(connection) => connection,
            None => {
                watch.opened += 1;
                SqliteConnection::connect_with(&self.options).await.map_err(failed)?
            }
        };
        let version: i64 =
            sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut connection).await.map_err(failed)?;
        watch.connection = Some(connection);
        Ok(format!("{} {version}", watch.opened))
    }

    async fn turn(self: &Arc<Self>) -> Result<Turn, DbErr> {
        let permit = tokio::time::timeout(self.acquire_timeout, Arc::clone(&self.turns).acquire_owned())
            .await
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?;
        let idle = self.idle().pop();
        let lane = match idle {
            Some(lane) => lane,
            None => self.connect().await.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))))?,
        };
        Ok(Turn { lanes: Arc::clone(self), lane: Some(lane), permit: Some(permit) })
    }

    async fn connect(&self) -> Result<Lane, sqlx::Error> {
        let mut connection = SqliteConnection::connect_with(&self.options).await?;
        let stop_at = Arc::new(AtomicU64::new(NEVER));
        let (clock, limit) = (self.opened_at, Arc::clone(&stop_at));
        connection
            .lock_handle()
            .await?
            .set_progress_handler(STEPS_BETWEEN_LOOKS, move || since(clock) < limit.load(Ordering::Relaxed));
        Ok(Lane { connection, stop_at })
    }

    async fn close(&self) -> Result<(), DbErr> {
        self.turns.close();
        let idle = std::mem::take(&mut *self.idle());
        let watch = self.watch.lock().await.connection.take();
        for connection in idle.into_iter().map(|lane| lane.connection).chain(watch) {
            connection.close().await.map_err(failed)?;
        }
        Ok(())
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Lane>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        since(self.opened_at)
    }
}

/// The use of a lane for one statement. One that is dropped before it ended stops its statement.
struct Turn {
    lanes: Arc<Lanes>,
    lane: Option<Lane>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Turn {
    fn end(mut self) {
        let lane = self.lane.take();
        self.lanes.idle().extend(lane);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (Some(mut lane), Ok(runtime)) = (self.lane.take(), tokio::runtime::Handle::try_current()) else {
            return;
        };
        lane.stop_at.store(0, Ordering::Relaxed);
        let (lanes, permit) = (Arc::clone(&self.lanes), self.permit.take());
        runtime.spawn(async move {
            // Answers when the statement before it is over.
            if lane.connection.ping().await.is_ok() {
                lane.stop_at.store(NEVER, Ordering::Relaxed);
                lanes.idle().push(lane);
            }
            drop(permit);
        });
    }
}

fn since(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(NEVER)
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

#[cfg(test)]
mod tests;
