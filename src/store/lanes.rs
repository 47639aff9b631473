//! Connections that read. The one used last is used next, as it is warm; a question waits for its turn.

pub(super) mod postgres;
pub(super) mod sqlite;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sea_orm::error::ConnAcquireErr;
use sea_orm::{DbErr, QueryResult, RuntimeErr, Statement, sqlx};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::error::StoreError;
use super::row::Row;

/// Prepared statements that a connection keeps; those that are asked often are fewer.
pub(super) const STATEMENTS_KEPT_MAX: usize = 256;
/// Bytes of the text of a statement that is kept: it takes ten times as many in memory, and grows with what is asked.
const STATEMENT_BYTES_KEPT_MAX: usize = 4 * 1024;
/// Rows that a long statement hands over at once.
const ROWS_AT_ONCE: usize = 256;

/// Two statements that see the same: all rows of the first are handed over at once, those of the second as they come.
/// They end when nobody takes their rows any more. No rows are the end of all: without it, they broke off.
#[derive(Debug)]
pub(super) struct Long {
    pub(super) statements: [Statement; 2],
    pub(super) time_max: Option<Duration>,
    pub(super) to: mpsc::Sender<Result<Vec<Row>, StoreError>>,
}

/// As many questions at once as there may be connections.
#[derive(Debug)]
struct Turns {
    permits: Arc<Semaphore>,
    count: u32,
    /// How long one waits for a turn.
    timeout: Duration,
}

impl Turns {
    fn new(count: u32, timeout: Duration) -> Self {
        let permits = count.try_into().unwrap_or(Semaphore::MAX_PERMITS);
        Self { permits: Arc::new(Semaphore::new(permits)), count, timeout }
    }

    async fn take(&self) -> Result<OwnedSemaphorePermit, DbErr> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        tokio::time::timeout(self.timeout, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
    }

    /// Lets nobody begin any more, and waits for those who have.
    async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(self.count).await {
            all.forget();
        }
        self.permits.close();
    }
}

/// A row that SeaORM read, as one that a lane reads.
pub(super) fn queried(row: QueryResult) -> Result<Row, StoreError> {
    let cells = if let Some(row) = row.try_as_pg_row() {
        postgres::cells(row)
    } else if let Some(row) = row.try_as_sqlite_row() {
        sqlite::queried(row)
    } else {
        Err(sqlx::Error::Decode("a row of a database that no reader reads".into()))
    };
    Ok(cells.map_err(failed)?)
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

/// Whether a statement is worth its place among those that are kept.
fn is_kept(statement: &Statement) -> bool {
    statement.sql.len() <= STATEMENT_BYTES_KEPT_MAX
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
