//! Boards: the table, and what is written of a board outside a crawl. Such a change takes its turn with crawls, as each
//! of those writes the whole row of its board.

pub use entity::source::Column;

use entity::source;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use super::error::StoreError;
use super::sql::Sql;
use super::table::Table;
use super::{Store, Writing};
use crate::vocabulary::{SourceHealth, SourceStatus};

/// The table of boards.
pub struct Sources;

impl Table for Sources {
    type Column = Column;
    const NAME: &'static str = "source";
    const KEY: Self::Column = Column::SourceId;
}

impl Store {
    /// All boards, by provider and name.
    pub async fn sources(&self) -> Result<Vec<source::Model>, StoreError> {
        let all = source::Entity::find().order_by_asc(Column::Provider).order_by_asc(Column::BoardKey);
        Ok(all.all(&self.read.pool).await?)
    }

    /// Whether a board is crawled; nothing if there is none of this id.
    pub async fn source_status(&self, source_id: &str) -> Result<Option<SourceStatus>, StoreError> {
        let found = source::Entity::find_by_id(source_id).one(&self.read.pool).await?;
        Ok(found.and_then(|it| it.status.parse().ok()))
    }

    /// Sets whether a board is crawled, and when next, if that changes; false if there is none of this id.
    pub async fn set_source_status(
        &self,
        source_id: &str,
        status: SourceStatus,
        next_crawl_after: Option<i64>,
    ) -> Result<bool, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE source SET status = ").bind(<&str>::from(status));
        if let Some(at) = next_crawl_after {
            sql.push(", next_crawl_after = ").bind(at);
        }
        sql.push(" WHERE source_id = ").bind(source_id);
        self.change_source(sql).await
    }

    /// Takes boards that are due at `now`, those first that have waited longest: until `until` they are due for nobody.
    pub async fn take_due_sources(&self, now: i64, until: i64, count: usize) -> Result<Vec<source::Model>, StoreError> {
        let due = |columns: &str| {
            let mut sql = Sql::new(self.dialect);
            sql.push(&format!("SELECT {columns} FROM source WHERE status = 'ACTIVE' AND next_crawl_after <= "))
                .bind(now);
            sql
        };
        // Mostly none is, which is found out without keeping anybody from writing.
        let mut sql = due("source_id");
        sql.push(" LIMIT 1");
        if self.read.rows(sql.into_statement()).await?.is_empty() {
            return Ok(Vec::new());
        }
        let writing = self.begin().await?;
        let mut sql = due("*");
        sql.push(" ORDER BY next_crawl_after, source_id LIMIT ").bind(i64::try_from(count).unwrap_or(i64::MAX));
        let taken = source::Entity::find().from_raw_sql(sql.into_statement()).all(writing.transaction()).await?;
        let ids: Vec<String> = taken.iter().map(|it| it.source_id.clone()).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE source SET next_crawl_after = ").bind(until).push(" WHERE source_id").member_of(&ids);
        writing.run(sql).await?;
        writing.commit().await?;
        Ok(taken)
    }

    /// Makes a board due that was taken.
    pub async fn give_back_source(&self, source_id: &str, at: i64) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE source SET next_crawl_after = ").bind(at).push(" WHERE source_id = ").bind(source_id);
        self.change_source(sql).await.map(drop)
    }

    /// Notes that what a board answered was not applied, so many times in a row, and when it is due again.
    pub async fn note_refused(&self, source_id: &str, failures: i64, error: &str, at: i64) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE source SET consecutive_failures = ").bind(failures).push(", last_error = ").bind(error);
        sql.push(", health = ").bind(<&str>::from(SourceHealth::Failing)).push(", next_crawl_after = ").bind(at);
        sql.push(" WHERE source_id = ").bind(source_id);
        self.change_source(sql).await.map(drop)
    }

    /// Makes a board due no sooner than `until`.
    pub async fn postpone_source(&self, source_id: &str, until: i64) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE source SET next_crawl_after = ").bind(until).push(" WHERE source_id = ").bind(source_id);
        sql.push(" AND next_crawl_after < ").bind(until);
        self.change_source(sql).await.map(drop)
    }

    async fn change_source(&self, sql: Sql) -> Result<bool, StoreError> {
        let writing = self.begin().await?;
        let changed = writing.changed(sql).await?;
        writing.commit().await?;
        Ok(changed)
    }
}

impl Writing {
    /// Runs a change, and tells whether there was anything to change.
    async fn changed(&self, sql: Sql) -> Result<bool, StoreError> {
        Ok(self.transaction().execute_raw(sql.into_statement()).await?.rows_affected() > 0)
    }
}
