//! The log.

pub use entity::event::Column;
pub use entity::event_body::Column as BodyColumn;

use super::error::StoreError;
use super::filter::Filter;
use super::key::Key;
use super::page::{Direction, Listing, Order, Slice, Sort};
use super::reader::Reader;
use super::row::read;
use super::scope::Scope;
use super::table::{Past, Table};

/// The table of events.
pub struct Events;

impl Table for Events {
    type Column = Column;
    const NAME: &'static str = "event";
    const KEY: Self::Column = Column::Seq;
    const PAST: Past<Column> = Past::Log { seq: Column::Seq, at: Column::ObservedAt };
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

/// An event as those read it who take the log as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedEvent {
    pub seq: i64,
    pub event_key: String,
    pub event_type: String,
    pub cause: String,
    pub job_id: String,
    pub job_seq: i32,
    pub org_id: String,
    pub source_id: String,
    pub provider: String,
    pub observed_at: i64,
    pub recorded_at: i64,
    /// JSON list.
    pub changes: String,
    /// JSON, on JOB_CLOSED alone.
    pub tombstone: Option<String>,
}

/// The first events that meet `filter`, of those with `after < seq <= until`.
///
/// Both ends are places in the list: of two lower bounds, as a filter by `seq` would add one, SQLite may seek by the
/// wrong one and go through all of the log.
pub fn between(filter: Filter<Column>, after: i64, until: i64, size: u64) -> Listing<Column> {
    let place = |seq: i64| Some(vec![Key::Number(seq)]);
    Listing {
        scope: Scope::default(),
        filter,
        order: Order::complete::<Events>(vec![(Sort::Column(Column::Seq), Direction::Ascending)]),
        slice: Slice {
            size,
            tells_more: true,
            backward: false,
            after: place(after),
            before: place(until.saturating_add(1)),
        },
    }
}

impl Reader {
    /// The number of the latest event; 0 before the first.
    pub async fn head(&self) -> Result<i64, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT COALESCE(MAX(seq), 0) FROM event");
        let rows = self.rows(sql).await?;
        rows.first().map_or(Ok(0), |row| read("event", row, 0))
    }

    /// The first events that meet `filter`, of those with `after < seq <= to`.
    pub async fn log(
        &self,
        filter: &Filter<Column>,
        after: i64,
        to: i64,
        count: i64,
    ) -> Result<Vec<LoggedEvent>, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT e.seq, e.event_key, e.event_type, e.cause, e.job_id, e.job_seq, e.org_id, e.source_id, ");
        // Events first, as their bodies are long.
        sql.push("e.provider, e.observed_at, e.recorded_at, b.changes, b.tombstone FROM (SELECT k.* FROM event k ");
        sql.push("WHERE k.seq > ").bind(after).push(" AND k.seq <= ").bind(to).push(" AND ");
        filter.write(&mut sql, "k");
        sql.push(" ORDER BY k.seq LIMIT ").bind(count);
        sql.push(") AS e JOIN event_body b ON b.seq = e.seq ORDER BY e.seq");
        let event = |row| {
            Ok(LoggedEvent {
                seq: read("event", row, 0)?,
                event_key: read("event", row, 1)?,
                event_type: read("event", row, 2)?,
                cause: read("event", row, 3)?,
                job_id: read("event", row, 4)?,
                job_seq: read("event", row, 5)?,
                org_id: read("event", row, 6)?,
                source_id: read("event", row, 7)?,
                provider: read("event", row, 8)?,
                observed_at: read("event", row, 9)?,
                recorded_at: read("event", row, 10)?,
                changes: read("event_body", row, 11)?,
                tombstone: read("event_body", row, 12)?,
            })
        };
        self.rows(sql).await?.iter().map(event).collect()
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

#[cfg(test)]
mod tests {
    use super::{Events, between};
    use crate::store::dialect::Dialect;
    use crate::store::filter::Filter;
    use crate::store::sql::Sql;

    /// A second lower bound had followers go through the whole log for each batch.
    #[test]
    fn what_lies_between_two_events_has_one_lower_bound() {
        let mut sql = Sql::new(Dialect::Sqlite);
        between(Filter::default(), 7, 9, 2).write_conditions::<Events>(&mut sql);
        let (text, _) = sql.into_parts();
        assert_eq!(text, "TRUE AND (k.seq) > ($1) AND (k.seq) < ($2)");
    }
}
