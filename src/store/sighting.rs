//! What crawls note of postings that stay the same. A complete crawl saw each of its board's postings that is active and not
//! missed, and proved all others absent: the time of it in the board's row says so of all of them, so that none is written.
//! Any other crawl notes it in the rows of those that it saw.

use entity::{ABSENT, Ordinal};

use super::Writing;
use super::error::StoreError;
use super::sql::Sql;
use super::table::name;

/// A column, as far as its value may stand in two places.
#[derive(Clone, Copy, Debug)]
pub struct Noted {
    pub(super) name: &'static str,
    is_of_board: bool,
}

impl Noted {
    pub fn of(column: impl Ordinal) -> Self {
        Self { name: name(column), is_of_board: column.is_of_board() }
    }

    /// Its value for the row `alias` of its table, be it in the row or of its board.
    pub(super) fn value(self, alias: &str) -> String {
        let own = format!("{alias}.{}", self.name);
        if !self.is_of_board {
            return own;
        }
        let of_last = |noted: &str, condition: &str| {
            format!(
                "(SELECT w.last_complete_at FROM source w WHERE w.source_id = {alias}.source_id \
                 AND w.last_complete_at > {alias}.{noted}{condition})"
            )
        };
        let is_seen = format!(" AND {alias}.status = 'ACTIVE' AND {alias}.missed_crawls = 0");
        let of_board = match self.name {
            "last_checked_at" => of_last("last_checked_at", ""),
            "last_seen_at" => of_last("last_seen_at", &is_seen),
            // The answer of that time.
            _ => format!(
                "(SELECT c.raw_sha256 FROM crawl c WHERE c.source_id = {alias}.source_id AND c.finished_at = {})",
                of_last("last_seen_at", &is_seen)
            ),
        };
        format!("COALESCE({of_board}, {own})")
    }
}

/// The value of a column for the row `alias` of its table.
pub(super) fn value(column: impl Ordinal, alias: &str) -> String {
    Noted::of(column).value(alias)
}

impl Writing {
    /// Notes in their rows that a crawl saw these postings.
    pub async fn mark_seen(&self, job_ids: &[String], at: i64, raw_sha256: &str) -> Result<(), StoreError> {
        if job_ids.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE job SET missed_crawls = 0, first_missed_at = ").bind(ABSENT);
        sql.push(", last_seen_at = ").bind(at).push(", last_checked_at = ").bind(at);
        sql.push(", raw_sha256 = ").bind(raw_sha256.to_owned());
        sql.push(" WHERE job_id").member_of(job_ids);
        self.run(sql).await
    }

    /// Notes that a complete crawl missed these active postings, which must come before its board's row tells of that crawl:
    /// what it tells now, when they were seen last, goes into their own.
    pub async fn mark_missed(&self, job_ids: &[String], at: i64) -> Result<(), StoreError> {
        use entity::job::Column as C;
        if job_ids.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE job SET missed_crawls = missed_crawls + 1, first_missed_at = CASE WHEN first_missed_at = ");
        sql.bind(ABSENT).push(" THEN ").bind(at).push(" ELSE first_missed_at END");
        for column in [C::LastSeenAt, C::RawSha256] {
            sql.push(&format!(", {} = {}", name(column), value(column, "job")));
        }
        sql.push(" WHERE job_id").member_of(job_ids);
        self.run(sql).await
    }
}
