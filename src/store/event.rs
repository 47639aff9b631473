//! The log.

pub use entity::event::Column;
pub use entity::event_body::Column as BodyColumn;

use super::error::StoreError;
use super::reader::Reader;
use super::row::read;
use super::table::Table;

/// The table of events.
pub struct Events;

impl Table for Events {
    type Column = Column;
    const NAME: &'static str = "event";
    const KEY: Self::Column = Column::Seq;
}

/// What events changed.
pub struct EventBodies;

impl Table for EventBodies {
    type Column = BodyColumn;
    const NAME: &'static str = "event_body";
    const KEY: Self::Column = BodyColumn::Seq;
}

/// What an event did to its posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedChange {
    pub seq: i64,
    pub job_id: String,
    pub job_seq: i64,
    /// JSON; on the event that created the posting.
    pub snapshot: Option<String>,
    /// JSON list.
    pub changes: String,
}

impl Reader {
    /// The `seq` of the latest event, 0 if there is none.
    pub async fn head(&self) -> Result<i64, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT MAX(e.seq) FROM event e");
        let head: Option<i64> = match self.rows(sql).await?.first() {
            Some(row) => read("event", row, 0)?,
            None => None,
        };
        Ok(head.unwrap_or_default())
    }

    /// The log of a board from its beginning.
    pub async fn log_of(&self, source_id: &str) -> Result<Vec<LoggedChange>, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT e.seq, e.job_id, e.job_seq, b.snapshot, b.changes FROM event e ");
        sql.push("JOIN event_body b ON b.seq = e.seq WHERE e.source_id = ").bind(source_id.to_owned());
        sql.push(" ORDER BY e.seq");
        let rows = self.rows(sql).await?;
        let change = |row| {
            let job_seq: i32 = read("event", row, 2)?;
            Ok(LoggedChange {
                seq: read("event", row, 0)?,
                job_id: read("event", row, 1)?,
                job_seq: job_seq.into(),
                snapshot: read("event_body", row, 3)?,
                changes: read("event_body", row, 4)?,
            })
        };
        rows.iter().map(change).collect()
    }
}
