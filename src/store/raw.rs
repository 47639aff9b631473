//! Archived answers: which of them something still needs, and forgetting the others.

use super::error::StoreError;
use super::job::Column;
use super::reader::Reader;
use super::row::read;
use super::sighting;
use super::{Store, sql::Sql};

/// An archived answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    pub sha256: String,
    pub archive_key: String,
    /// Of the answer as received.
    pub bytes: i64,
    /// Whether it came before a moment, and no crawl since got it again.
    pub is_old: bool,
}

impl Reader {
    /// The answers of a board that are needed whatever their age: those that its open postings were last seen in and have
    /// their content from, the one that the next crawl compares with, and the latest `count` complete ones.
    pub async fn needed_raw(&self, source_id: &str, count: i64) -> Result<Vec<String>, StoreError> {
        let mut sql = self.sql();
        sql.push(&format!("SELECT {} FROM job k", sighting::value(Column::RawSha256, "k")));
        sql.push(" WHERE k.status = 'ACTIVE' AND k.source_id = ").bind(source_id);
        sql.push(" UNION SELECT e.raw_sha256 FROM job j JOIN event e ON e.seq = j.content_seq");
        sql.push(" WHERE j.status = 'ACTIVE' AND j.source_id = ").bind(source_id);
        sql.push(" UNION SELECT raw_sha256 FROM source_answer WHERE source_id = ").bind(source_id);
        sql.push(" UNION SELECT raw_sha256 FROM (SELECT raw_sha256 FROM crawl WHERE source_id = ").bind(source_id);
        sql.push(" AND outcome = 'COMPLETE' AND raw_sha256 <> '' GROUP BY raw_sha256");
        sql.push(" ORDER BY MAX(finished_at) DESC, raw_sha256 LIMIT ").bind(count).push(") AS latest");
        self.rows(sql).await?.iter().map(|row| read("raw_payload", row, 0)).collect()
    }

    /// So many answers, in the order of their hashes, from behind one of them; old is what came before `cutoff`, UTC
    /// milliseconds since 1970.
    pub async fn raw_page(&self, after: &str, cutoff: i64, count: i64) -> Result<Vec<Raw>, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT r.sha256, r.archive_key, r.bytes, CAST(CASE WHEN r.fetched_at < ").bind(cutoff);
        sql.push(" AND NOT EXISTS (SELECT 1 FROM crawl c WHERE c.raw_sha256 = r.sha256 AND c.finished_at >= ")
            .bind(cutoff);
        sql.push(") THEN 1 ELSE 0 END AS BIGINT) FROM raw_payload r WHERE r.sha256 > ").bind(after);
        sql.push(" ORDER BY r.sha256 LIMIT ").bind(count);
        let one = |row| {
            let is_old: i64 = read("raw_payload", row, 3)?;
            Ok(Raw {
                sha256: read("raw_payload", row, 0)?,
                archive_key: read("raw_payload", row, 1)?,
                bytes: read("raw_payload", row, 2)?,
                is_old: is_old != 0,
            })
        };
        self.rows(sql).await?.iter().map(one).collect()
    }
}

impl Store {
    /// Forgets answers, unless a crawl since `cutoff` got them again, and gives the hashes of those that are forgotten.
    pub async fn forget_raw(&self, hashes: &[String], cutoff: i64) -> Result<Vec<String>, StoreError> {
        let writing = self.begin().await?;
        let mut sql = Sql::new(self.dialect);
        sql.push("DELETE FROM raw_payload WHERE sha256").member_of(hashes);
        sql.push(
            " AND NOT EXISTS (SELECT 1 FROM crawl c WHERE c.raw_sha256 = raw_payload.sha256 AND c.finished_at >= ",
        );
        sql.bind(cutoff).push(") RETURNING sha256");
        let rows = writing.reader().rows(sql).await?;
        let forgotten = rows.iter().map(|row| read("raw_payload", row, 0)).collect::<Result<_, _>>()?;
        writing.commit().await?;
        Ok(forgotten)
    }
}
