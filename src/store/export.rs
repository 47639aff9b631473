//! All postings that meet a filter, at one snapshot, however many there are and whatever is written meanwhile.
//!
//! One statement is one snapshot on both databases. It runs on a connection of its own, and its rows are taken as they
//! come: a few chunks of them wait, then the database does.

use std::time::Duration;

use tokio::sync::mpsc;

use super::Store;
use super::error::StoreError;
use super::event::Events;
use super::filter::Filter;
use super::job::{Column, Jobs};
use super::lanes::Long;
use super::row::{ColumnSet, Decoder, Record, Row, read};
use super::scope::Scope;
use super::sql::Sql;
use super::table::{Table, name};

/// Chunks that wait for whoever takes them.
const CHUNKS_WAITING_MAX: usize = 2;
/// Columns before those of the posting.
const OFFSET: usize = 2;

/// One posting, with what it is usually shown with.
#[derive(Debug)]
pub struct ExportRow {
    pub org_name: String,
    pub board_token: String,
    pub job: Record,
}

/// Rows on their way.
pub struct Export {
    /// The number of the latest event that they know of.
    pub snapshot: i64,
    rows: mpsc::Receiver<Result<Vec<Row>, StoreError>>,
    decoder: Decoder,
}

impl Store {
    /// Begins to read the postings, by id. After `time_max`, they end with an error.
    pub async fn export(
        &self,
        columns: ColumnSet,
        scope: &Scope,
        filter: &Filter<Column>,
        time_max: Option<Duration>,
    ) -> Result<Export, StoreError> {
        let mut head = Sql::new(self.dialect);
        head.push("SELECT COALESCE(MAX(k.seq), 0) FROM event k WHERE ");
        scope.write_standing::<Events>("k", &mut head);
        head.push("TRUE");
        let mut sql = Sql::new(self.dialect);
        let columns = columns.with(&[Jobs::KEY]);
        sql.push(&format!("SELECT o.name, s.board_token, {} FROM ", scope.list::<Jobs>(columns, "k")));
        scope.write_from::<Jobs>(&mut sql);
        sql.push(" JOIN org o ON o.org_id = k.org_id JOIN source s ON s.source_id = k.source_id WHERE ");
        scope.write_standing::<Jobs>("k", &mut sql);
        filter.write(&mut sql, "k");
        sql.push(&format!(" ORDER BY k.{}", name(Jobs::KEY)));
        let (to, mut rows) = mpsc::channel(CHUNKS_WAITING_MAX);
        let statements = [head.into_statement(), sql.into_statement()];
        self.read.stream(Long { statements, time_max, to });
        let unread = || StoreError::Row { table: "event", message: "the end of the log was not read".to_owned() };
        let snapshot = rows.recv().await.ok_or_else(unread)??;
        let snapshot = snapshot.first().map_or_else(|| Err(unread()), |row| read("event", row, 0))?;
        Ok(Export { snapshot, rows, decoder: Decoder::new::<Jobs>(&columns.into(), OFFSET) })
    }
}

impl Export {
    /// The next rows; nothing after the last. For threads that may wait.
    pub fn blocking_next(&mut self) -> Option<Result<Vec<ExportRow>, StoreError>> {
        let broken = || Err(StoreError::Row { table: "job", message: "reading broke off".to_owned() });
        match self.rows.blocking_recv().unwrap_or_else(broken) {
            Ok(rows) if rows.is_empty() => None,
            Ok(rows) => Some(rows.into_iter().map(|row| self.row(row)).collect()),
            Err(error) => Some(Err(error)),
        }
    }

    fn row(&self, row: Row) -> Result<ExportRow, StoreError> {
        let (org_name, board_token) = (read("org", &row, 0)?, read("source", &row, 1)?);
        Ok(ExportRow { org_name, board_token, job: self.decoder.record(row)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows that just stop once passed for all rows.
    #[test]
    fn only_what_says_that_it_ends_has_ended() {
        for (end, is_whole) in [(Some(Ok(Vec::new())), true), (None, false)] {
            let (to, rows) = mpsc::channel(1);
            if let Some(end) = end {
                to.blocking_send(end).expect("there is room");
            }
            drop(to);
            let decoder = Decoder::new::<Jobs>(&ColumnSet::default().into(), OFFSET);
            let next = Export { snapshot: 1, rows, decoder }.blocking_next();
            assert_eq!(next.is_none(), is_whole);
            assert!(next.is_none_or(|it| it.is_err()));
        }
    }
}
