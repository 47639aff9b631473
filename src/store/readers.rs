//! Who runs the statements of readers: SQLite's lanes, or PostgreSQL's pool. No statement outlives whoever asked by much.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::error::StoreError;
use super::lanes::Lanes;
use super::row::{Row, read};

/// Runs statements that change nothing.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    /// For whole entities on either database, and for all else on PostgreSQL.
    pub(super) pool: DatabaseConnection,
    /// For all else on SQLite.
    pub(super) lanes: Option<Arc<Lanes>>,
}

impl Readers {
    pub(super) async fn rows(&self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        match &self.lanes {
            Some(lanes) => lanes.rows(statement).await,
            None => Ok(self.pool.query_all_raw(statement).await?.into_iter().map(Row::Queried).collect()),
        }
    }

    /// What differs after any commit. PostgreSQL's snapshots, as long as it runs, are equal if they see the same rows;
    /// SQLite counts for each connection how often others have committed.
    pub(super) async fn data_version(&self) -> Result<String, StoreError> {
        if let Some(lanes) = &self.lanes {
            return Ok(lanes.data_version()?.to_string());
        }
        let look = "SELECT pg_current_snapshot() || ' ' || pg_postmaster_start_time()";
        let rows = self.rows(Statement::from_string(DbBackend::Postgres, look)).await?;
        rows.first().map_or(Ok(String::new()), |row| read("snapshot", row, 0))
    }

    pub(super) async fn close(self) -> Result<(), StoreError> {
        if let Some(lanes) = &self.lanes {
            lanes.close().await;
        }
        Ok(self.pool.close().await?)
    }
}
