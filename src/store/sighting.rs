//! What crawls note of postings that stay the same. A complete crawl saw each of its board's postings that is active and not
//! missed, and proved all others absent: the time of it in the board's row says so of all of them, so that none is written.
//! Any other crawl notes it in the rows of those that it saw.

use entity::job::Column;
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
        let mut text = String::new();
        self.write(alias, &mut text);
        text
    }

    /// Writes that value. It is put together from parts, which takes a tenth of what formatting does: statements have dozens.
    pub(super) fn write(self, alias: &str, text: &mut String) {
        if !self.is_of_board {
            text.extend([alias, ".", self.name]);
            return;
        }
        text.push_str("COALESCE(");
        match self.name {
            "last_checked_at" | "last_seen_at" => self.write_of_last(alias, text),
            // The answer of that time.
            _ => {
                text.extend(["(SELECT c.raw_sha256 FROM crawl c WHERE c.source_id = ", alias, ".source_id"]);
                text.push_str(" AND c.finished_at = ");
                Self::of(Column::LastSeenAt).write_of_last(alias, text);
                text.push(')');
            }
        }
        text.extend([", ", alias, ".", self.name, ")"]);
    }

    /// Writes the time of the board's last complete crawl, if that is later than what the row tells and says anything of it.
    fn write_of_last(self, alias: &str, text: &mut String) {
        text.extend(["(SELECT w.last_complete_at FROM source w WHERE w.source_id = ", alias, ".source_id"]);
        text.extend([" AND w.last_complete_at > ", alias, ".", self.name]);
        if self.name == "last_seen_at" {
            text.extend([" AND ", alias, ".status = 'ACTIVE' AND ", alias, ".missed_crawls = 0"]);
        }
        text.push(')');
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
        if job_ids.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE job SET missed_crawls = missed_crawls + 1, first_missed_at = CASE WHEN first_missed_at = ");
        sql.bind(ABSENT).push(" THEN ").bind(at).push(" ELSE first_missed_at END");
        for column in [Column::LastSeenAt, Column::RawSha256] {
            sql.push(&format!(", {} = {}", name(column), value(column, "job")));
        }
        sql.push(" WHERE job_id").member_of(job_ids);
        self.run(sql).await
    }
}
