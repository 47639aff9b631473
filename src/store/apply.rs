//! What a crawl changes in what is stored, inside its transaction. What it reads before is in `known`, what it adds, in
//! `insert`.

use entity::{description, event, event_body, job, job_body, job_location};
use sea_orm::ConnectionTrait;

use super::Writing;
use super::error::StoreError;
use super::row::Record;
use super::rows::Rows;
use super::sql::Sql;
use crate::vocabulary::JobStatus;

/// What every run needs to know of a stored posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub job_id: String,
    pub status: JobStatus,
    pub missed_crawls: i32,
    pub first_missed_at: Option<i64>,
    pub last_seen_at: i64,
    pub source_hash: String,
    pub content_hash: String,
    pub normalizer_version: i32,
    pub content_seq: i64,
}

pub(super) fn brief(row: &Record) -> Brief {
    use job::Column as C;
    let small = |column| i32::try_from(row.number(column)).unwrap_or(i32::MAX);
    Brief {
        job_id: row.text(C::JobId).to_owned(),
        status: if row.text(C::Status) == "CLOSED" { JobStatus::Closed } else { JobStatus::Active },
        missed_crawls: small(C::MissedCrawls),
        first_missed_at: row.optional_number(C::FirstMissedAt),
        last_seen_at: row.number(C::LastSeenAt),
        source_hash: row.text(C::SourceHash).to_owned(),
        content_hash: row.text(C::ContentHash).to_owned(),
        normalizer_version: small(C::NormalizerVersion),
        content_seq: row.number(C::ContentSeq),
    }
}

/// A posting over all its tables.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRows {
    pub job: job::Model,
    pub locations: Vec<job_location::Model>,
    pub body: job_body::Model,
    pub description: Option<description::Model>,
}

/// A posting of which only what makes no event has changed.
#[derive(Clone, Debug)]
pub struct Touched {
    pub job_id: String,
    pub content_seq: i64,
    pub source_hash: String,
    pub content_hash: String,
    pub source_updated_at: i64,
    pub native_structured: String,
}

/// An event over its two tables.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRows {
    pub event: event::Model,
    pub body: event_body::Model,
}

impl Writing {
    pub async fn touch_jobs(&self, touched: Vec<Touched>) -> Result<(), StoreError> {
        let columns = ["job_id", "source_hash", "content_hash", "source_updated_at"].map(ToOwned::to_owned);
        let mut rows = Rows::new("job", columns.into()).cast(&["::text", "::text", "::text", "::bigint"]);
        let mut natives = Vec::with_capacity(touched.len());
        for it in touched {
            rows.extend([it.job_id, it.source_hash, it.content_hash]);
            rows.extend([it.source_updated_at]);
            natives.push((it.content_seq, it.native_structured));
        }
        self.each_portion(rows, |rows, count, dialect| {
            format!(
                "UPDATE job SET source_hash = t.column2, content_hash = t.column3, source_updated_at = t.column4
                 FROM ({}) AS t WHERE job.job_id = t.column1",
                rows.listed(count, dialect)
            )
        })
        .await?;
        self.refresh_natives(natives.into_iter()).await
    }

    /// Writes what the provider's postings are now, for contents that stay the same in every respect that counts.
    pub(super) async fn refresh_natives(&self, natives: impl Iterator<Item = (i64, String)>) -> Result<(), StoreError> {
        let columns = ["content_seq", "native_structured"].map(ToOwned::to_owned);
        let mut rows = Rows::new("job_body", columns.into()).cast(&["::bigint", "::text"]);
        for (content_seq, native) in natives {
            rows.extend([content_seq]);
            rows.extend([native]);
        }
        self.each_portion(rows, |rows, count, dialect| {
            let listed = rows.listed(count, dialect);
            format!("UPDATE job_body SET native_structured = t.column2 FROM ({listed}) AS t WHERE job_body.content_seq = t.column1")
        })
        .await
    }

    /// Counts the postings of boards and employers anew.
    pub async fn count_jobs(&self, source_ids: &[String], org_ids: &[String]) -> Result<(), StoreError> {
        for (table, column, ids) in [("source", "source_id", source_ids), ("org", "org_id", org_ids)] {
            let mut sql = Sql::new(self.dialect());
            sql.push(&format!("UPDATE {table} SET (job_count, active_job_count) = (SELECT COUNT(*), "));
            sql.push("COUNT(CASE WHEN job.status = 'ACTIVE' THEN 1 END) FROM job ");
            sql.push(&format!("WHERE job.{column} = {table}.{column}) WHERE {column}")).member_of(ids);
            self.run(sql).await?;
        }
        Ok(())
    }

    pub(super) async fn run(&self, sql: Sql) -> Result<(), StoreError> {
        self.transaction().execute_raw(sql.into_statement()).await?;
        Ok(())
    }
}
