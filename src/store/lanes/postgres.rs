//! Connections to a PostgreSQL database that read.
//!
//! A pool hands a connection back from a task of its own, so the next statement of a request finds another one, and
//! wakes a thread for it: a third of what a small statement costs. Here it lies ready as soon as the answer is read.

mod long;
mod value;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sea_orm::sea_query::ArrayType;
use sea_orm::sqlx::postgres::{PgArguments, PgConnectOptions, PgConnection, PgRow, Postgres};
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection, Executor, Row as _, ValueRef};
use sea_orm::{DbErr, RuntimeErr, Statement, Value, Values};
use tokio::runtime::Handle;
use tokio::sync::OwnedSemaphorePermit;

use super::{Turns, failed, is_kept, lock};
use crate::store::error::{StoreError, is_lost};
use crate::store::row::{Row, collected};

/// A connection unused for longer is asked first whether it still stands.
const TRUSTED_FOR: Duration = Duration::from_secs(30);
/// How long one waits for a sign of life.
const PING_MAX: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(in crate::store) struct PostgresLanes {
    options: PgConnectOptions,
    connect_timeout: Duration,
    statement_timeout: Duration,
    turns: Turns,
    idle: Mutex<Vec<(PgConnection, Instant)>>,
}

impl PostgresLanes {
    /// `options` are to have the server stop a statement after `statement_timeout`.
    pub(in crate::store) fn new(
        options: PgConnectOptions,
        count: u32,
        acquire_timeout: Duration,
        statement_timeout: Duration,
    ) -> Self {
        let turns = Turns::new(count, acquire_timeout);
        Self { options, connect_timeout: acquire_timeout, statement_timeout, turns, idle: Mutex::default() }
    }

    pub(in crate::store) async fn rows(self: &Arc<Self>, statement: Statement) -> Result<Vec<Row>, StoreError> {
        let permit = self.turns.take().await?;
        let (connection, is_used) = match self.kept().await {
            Some(connection) => (connection, true),
            None => (self.connect().await?, false),
        };
        let mut lane = Lane { connection: Some(connection), permit: Some(permit), lanes: Arc::clone(self) };
        match lane.run(&statement).await {
            // The server was started anew since; none of the others stands either, and nothing was changed by asking.
            Err(error) if is_used && is_lost(&error) => {
                lock(&self.idle).clear();
                lane.connection = Some(self.connect().await?);
                Ok(lane.run(&statement).await.map_err(failed)?)
            }
            answer => Ok(answer.map_err(failed)?),
        }
    }

    /// The connection that was used last, if it still stands.
    async fn kept(&self) -> Option<PgConnection> {
        loop {
            let (mut connection, used_at) = lock(&self.idle).pop()?;
            if used_at.elapsed() < TRUSTED_FOR || is_alive(&mut connection, PING_MAX).await {
                return Some(connection);
            }
        }
    }

    async fn connect(&self) -> Result<PgConnection, DbErr> {
        let connecting = async {
            let mut connection = PgConnection::connect_with(&self.options).await?;
            // A cache of rows that are joined: made anew for each execution, and as large as if the whole list were read
            // instead of a page. PostgreSQL before 14 has none, and says so.
            connection.execute("SET enable_memoize = off").await.ok();
            Ok(connection)
        };
        let refused = |error| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)));
        let connected = tokio::time::timeout(self.connect_timeout, connecting).await;
        connected.map_err(|_| refused(sqlx::Error::PoolTimedOut))?.map_err(refused)
    }

    /// Lets no statement begin any more, and waits for those that run.
    pub(in crate::store) async fn close(&self) {
        self.turns.close().await;
        let idle = std::mem::take(&mut *lock(&self.idle));
        for (connection, _) in idle {
            // A server that is gone needs no farewell.
            drop(connection.close().await);
        }
    }
}

/// A connection while it is used.
struct Lane {
    connection: Option<PgConnection>,
    permit: Option<OwnedSemaphorePermit>,
    lanes: Arc<PostgresLanes>,
}

impl Lane {
    /// Whoever stops waiting leaves the connection in the lane, with an answer on its way.
    async fn run(&mut self, statement: &Statement) -> Result<Vec<Row>, sqlx::Error> {
        let Some(connection) = &mut self.connection else {
            return Err(sqlx::Error::PoolClosed);
        };
        let answer = ask(connection, statement).await;
        let connection = self.connection.take();
        if !answer.as_ref().is_err_and(is_lost) {
            lock(&self.lanes.idle).extend(connection.map(|it| (it, Instant::now())));
        }
        answer
    }
}

impl Drop for Lane {
    /// Keeps the turn until the server has answered, or has met its time limit.
    fn drop(&mut self) {
        let (Some(mut connection), Some(permit)) = (self.connection.take(), self.permit.take()) else {
            return;
        };
        // Without a runtime the process is about to end.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let lanes = Arc::clone(&self.lanes);
        runtime.spawn(async move {
            if is_alive(&mut connection, lanes.statement_timeout.saturating_add(PING_MAX)).await {
                lock(&lanes.idle).push((connection, Instant::now()));
            }
            drop(permit);
        });
    }
}

async fn is_alive(connection: &mut PgConnection, wait: Duration) -> bool {
    matches!(tokio::time::timeout(wait, connection.ping()).await, Ok(Ok(())))
}

async fn ask(connection: &mut PgConnection, statement: &Statement) -> Result<Vec<Row>, sqlx::Error> {
    let rows = bound(statement)?.fetch_all(connection).await?;
    collected(rows.len(), rows.iter().map(cells))
}

/// The statement with its parameters.
fn bound(statement: &Statement) -> Result<Query<'_, Postgres, PgArguments>, sqlx::Error> {
    let mut query = sqlx::query(AssertSqlSafe(statement.sql.as_str())).persistent(is_kept(statement));
    let values: &[Value] = statement.values.as_ref().map_or(&[], |Values(values)| values);
    for value in values {
        query = match value {
            Value::BigInt(number) => query.bind(*number),
            Value::Int(number) => query.bind(*number),
            Value::Double(number) => query.bind(*number),
            Value::Bool(flag) => query.bind(*flag),
            Value::String(text) => query.bind(text.as_deref()),
            Value::Array(ArrayType::BigInt, Some(members)) => {
                query.bind(members.iter().map(number).collect::<Vec<_>>())
            }
            Value::Array(ArrayType::String, Some(members)) => query.bind(members.iter().map(text).collect::<Vec<_>>()),
            other => return Err(sqlx::Error::Encode(format!("no reader binds {other:?}").into())),
        };
    }
    Ok(query)
}

fn number(value: &Value) -> Option<i64> {
    if let Value::BigInt(number) = value { *number } else { None }
}

fn text(value: &Value) -> Option<&str> {
    if let Value::String(text) = value { text.as_deref() } else { None }
}

pub(super) fn cells(row: &PgRow) -> Result<Row, sqlx::Error> {
    let cell = |index| {
        let read = row.try_get_raw(index)?;
        let of = read.type_info().oid().unwrap_or_default().0;
        let bytes = if read.is_null() { None } else { Some(read.as_bytes().map_err(sqlx::Error::Decode)?) };
        value::cell(of, bytes).map_err(|message| sqlx::Error::Decode(message.into()))
    };
    Ok(collected(row.len(), (0..row.len()).map(cell))?.into())
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;
    use sea_orm::sqlx::Execute;

    use super::*;
    use crate::store::lanes::STATEMENT_BYTES_KEPT_MAX;

    #[test]
    fn a_statement_with_a_long_text_is_not_kept() {
        for (bytes, is_kept) in [(STATEMENT_BYTES_KEPT_MAX, true), (STATEMENT_BYTES_KEPT_MAX + 1, false)] {
            let statement = Statement::from_string(DbBackend::Postgres, "x".repeat(bytes));
            let query = bound(&statement).expect("it has no parameters");
            assert_eq!(Execute::persistent(&query), is_kept);
        }
    }
}
