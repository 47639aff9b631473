//! Indexes that only readers use, left out while the first postings of a database are written and made behind them: each
//! costs every posting a page, and all made at once cost a tenth of that (docs/decisions/14-indexes-behind-a-first-load.md).
//!
//! Which are missing stands in a table, written in the transaction that drops them: if the load does not end, whoever
//! opens the database next makes them, and so does a server that runs. Until then answers are right, but slow or
//! `UNAVAILABLE`.

use std::time::Duration;

use super::error::StoreError;
use super::row::read;
use super::sql::Sql;
use super::{Store, Writing};

impl Store {
    /// Leaves out the indexes that only readers use, if there are no postings yet; `make_deferred_indexes` makes them.
    pub async fn defer_indexes(&self) -> Result<(), StoreError> {
        let writing = self.begin().await?;
        let mut any = Sql::new(self.dialect);
        any.push("SELECT job_id FROM job LIMIT 1");
        if !writing.reader().rows(any).await?.is_empty() {
            return Ok(());
        }
        let missing = self.dialect.indexes_of_readers();
        writing.execute(&format!("INSERT INTO deferred_index (name, make) {missing}")).await?;
        let mut names = Sql::new(self.dialect);
        names.push("SELECT name FROM deferred_index");
        for row in writing.reader().rows(names).await? {
            let name: String = read("deferred_index", &row, 0)?;
            writing.execute(&format!("DROP INDEX IF EXISTS {name}")).await?;
        }
        writing.commit().await
    }

    /// Makes the indexes that are missing, each in a transaction of its own, and tells how many.
    pub async fn make_deferred_indexes(&self) -> Result<usize, StoreError> {
        let mut made = 0;
        // Most often none is missing, and nobody waits for the writer.
        while self.has_deferred_indexes().await? {
            made += usize::from(self.begin().await?.make_deferred_index().await?);
        }
        Ok(made)
    }

    /// Waits until nobody writes events for `quiet`, and makes the indexes that are missing then: those of a first load that
    /// goes on are left to it. Tells how many it made, and ends once none is missing.
    pub async fn make_deferred_indexes_when_quiet(&self, quiet: Duration) -> Result<usize, StoreError> {
        let mut head = -1;
        while self.has_deferred_indexes().await? {
            let now = self.reader().head().await?;
            if now == head {
                return self.make_deferred_indexes().await;
            }
            head = now;
            tokio::time::sleep(quiet).await;
        }
        Ok(0)
    }

    /// How many indexes are missing.
    pub async fn deferred_indexes(&self) -> Result<i64, StoreError> {
        let mut count = Sql::new(self.dialect);
        count.push("SELECT COUNT(*) FROM deferred_index");
        let rows = self.reader().rows(count).await?;
        rows.first().map_or(Ok(0), |row| read("deferred_index", row, 0))
    }

    async fn has_deferred_indexes(&self) -> Result<bool, StoreError> {
        let mut any = Sql::new(self.dialect);
        any.push("SELECT name FROM deferred_index LIMIT 1");
        Ok(!self.reader().rows(any).await?.is_empty())
    }
}

impl Writing {
    /// Makes one index that is missing, unless another process has made them all.
    async fn make_deferred_index(self) -> Result<bool, StoreError> {
        let mut next = Sql::new(self.dialect());
        next.push("SELECT name, make FROM deferred_index ORDER BY name LIMIT 1");
        let rows = self.reader().rows(next).await?;
        let Some(row) = rows.first() else {
            return Ok(false);
        };
        let (name, make): (String, String) = (read("deferred_index", row, 0)?, read("deferred_index", row, 1)?);
        self.execute(&make).await?;
        let mut done = Sql::new(self.dialect());
        done.push("DELETE FROM deferred_index WHERE name = ").bind(name);
        self.run(done).await?;
        self.commit().await?;
        Ok(true)
    }
}
