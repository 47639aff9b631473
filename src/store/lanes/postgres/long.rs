//! Statements whose rows are taken one by one, on a connection of their own.

use std::sync::Arc;

use futures_util::StreamExt;
use sea_orm::Statement;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Executor};
use tokio::sync::mpsc::Sender;

use super::{PostgresLanes, bound, cells};
use crate::store::error::StoreError;
use crate::store::lanes::{Long, ROWS_AT_ONCE, failed};
use crate::store::row::Row;

type Rows = Sender<Result<Vec<Row>, StoreError>>;

impl PostgresLanes {
    pub(in crate::store) fn stream(self: &Arc<Self>, long: Long) {
        let lanes = Arc::clone(self);
        tokio::spawn(async move {
            let told = match lanes.connect().await {
                Ok(connection) => run(connection, &long).await.map_err(|error| failed(error).into()),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = told {
                // Nobody is told where nobody listens.
                drop(long.to.send(Err(error)).await);
            }
        });
    }
}

async fn run(mut connection: PgConnection, long: &Long) -> Result<(), sqlx::Error> {
    // The server takes 0 for no limit.
    let milliseconds = long.time_max.map_or(0, |it| it.as_millis());
    connection.execute(AssertSqlSafe(format!("SET statement_timeout = {milliseconds}"))).await?;
    // So that a statement ends soon after who waited for it has gone; servers on some systems cannot look.
    connection.execute("SET client_connection_check_interval = 5000").await.ok();
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let [first, second] = &long.statements;
    hand_over(&mut connection, first, &long.to, usize::MAX).await?;
    hand_over(&mut connection, second, &long.to, ROWS_AT_ONCE).await?;
    drop(long.to.send(Ok(Vec::new())).await);
    Ok(())
}

/// Hands rows over by so many at once, until there are no more or nobody takes them; the server sends no more than fit
/// into the connection's buffers meanwhile.
async fn hand_over(
    connection: &mut PgConnection,
    statement: &Statement,
    to: &Rows,
    at_once: usize,
) -> Result<(), sqlx::Error> {
    let mut found = bound(statement)?.fetch(connection);
    let mut rows = Vec::new();
    loop {
        let row = tokio::select! {
            row = found.next() => row,
            () = to.closed() => return Ok(()),
        };
        let Some(row) = row else { break };
        rows.push(cells(&row?)?);
        if rows.len() == at_once && to.send(Ok(std::mem::take(&mut rows))).await.is_err() {
            return Ok(());
        }
    }
    if !rows.is_empty() {
        drop(to.send(Ok(rows)).await);
    }
    Ok(())
}
