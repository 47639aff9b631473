//! Who runs the statements of readers: the lanes of either database. No statement outlives whoever asked by much.

use std::sync::Arc;

use sea_orm::{DatabaseConnection, DbBackend, Statement};

use super::error::StoreError;
use super::lanes::Long;
use super::lanes::postgres::PostgresLanes;
use super::lanes::sqlite::SqliteLanes;
use super::row::{Row, read};

/// Runs statements that change nothing.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    /// For whole entities.
    pub(super) pool: DatabaseConnection,
    /// For all else.
    pub(super) lanes: Lanes,
}

#[derive(Clone, Debug)]
pub(super) enum Lanes {
    Sqlite(Arc<SqliteLanes>),
    Postgres(Arc<PostgresLanes>),
}

impl Readers {
    pub(super) async fn rows(&self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        match &self.lanes {
            Lanes::Sqlite(lanes) => lanes.rows(statement).await,
            Lanes::Postgres(lanes) => lanes.rows(statement).await,
        }
    }

    /// Runs a long statement apart from all others.
    pub(super) fn stream(&self, long: Long) {
        match &self.lanes {
            Lanes::Sqlite(lanes) => lanes.stream(long),
            Lanes::Postgres(lanes) => lanes.stream(long),
        }
    }

    /// What differs after any commit. PostgreSQL's snapshots, as long as it runs, are equal if they see the same rows;
    /// SQLite counts for each connection how often others have committed.
    pub(super) async fn data_version(&self) -> Result<String, StoreError> {
        match &self.lanes {
            Lanes::Sqlite(lanes) => Ok(lanes.data_version()?.to_string()),
            Lanes::Postgres(lanes) => {
                let look = "SELECT pg_current_snapshot() || ' ' || pg_postmaster_start_time()";
                let rows = lanes.rows(Statement::from_string(DbBackend::Postgres, look)).await?;
                rows.first().map_or(Ok(String::new()), |row| read("snapshot", row, 0))
            }
        }
    }

    pub(super) async fn close(self) -> Result<(), StoreError> {
        match &self.lanes {
            Lanes::Sqlite(lanes) => lanes.close().await,
            Lanes::Postgres(lanes) => lanes.close().await,
        }
        Ok(self.pool.close().await?)
    }
}
