//! Statements whose rows are taken one by one, on a connection and a thread of their own.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use sea_orm::Statement;
use tokio::sync::mpsc::Sender;

use super::{LOCK_WAIT, STEPS_BETWEEN_LOOKS, SqliteLanes, bind, cells, failed};
use crate::aside::give_way;
use crate::store::error::StoreError;
use crate::store::lanes::{Long, ROWS_AT_ONCE};
use crate::store::row::Row;

type Rows = Sender<Result<Vec<Row>, StoreError>>;

impl SqliteLanes {
    pub(in crate::store) fn stream(self: &Arc<Self>, long: Long) {
        let lanes = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            give_way();
            if let Err(error) = lanes.run_long(&long) {
                // Nobody is told where nobody listens.
                drop(long.to.blocking_send(Err(failed(error).into())));
            }
        });
    }

    fn run_long(&self, long: &Long) -> rusqlite::Result<()> {
        let connection = match &self.settings.file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection.busy_timeout(LOCK_WAIT)?;
        // Few pages: whoever reads everything once gains nothing by keeping it.
        connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096; BEGIN")?;
        let (to, stop_at) = (long.to.clone(), stop_at(long.time_max));
        let is_over = move || to.is_closed() || stop_at.is_some_and(|stop_at| Instant::now() >= stop_at);
        connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(is_over))?;
        let [first, second] = &long.statements;
        hand_over(&connection, first, &long.to, usize::MAX)?;
        hand_over(&connection, second, &long.to, ROWS_AT_ONCE)?;
        drop(long.to.blocking_send(Ok(Vec::new())));
        Ok(())
    }
}

fn stop_at(time_max: Option<Duration>) -> Option<Instant> {
    time_max.and_then(|time_max| Instant::now().checked_add(time_max))
}

/// Hands rows over by so many at once, until there are no more or nobody takes them.
fn hand_over(connection: &Connection, statement: &Statement, to: &Rows, at_once: usize) -> rusqlite::Result<()> {
    let mut prepared = connection.prepare(&statement.sql)?;
    let width = prepared.column_count();
    bind(&mut prepared, statement)?;
    let mut found = prepared.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(cells(row, width)?);
        if rows.len() == at_once && to.blocking_send(Ok(std::mem::take(&mut rows))).is_err() {
            return Ok(());
        }
    }
    if !rows.is_empty() {
        drop(to.blocking_send(Ok(rows)));
    }
    Ok(())
}
