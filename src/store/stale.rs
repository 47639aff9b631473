//! What older rules have derived: found, and brought up to newer ones. What differs is written as a round writes it.

use std::collections::{HashMap, HashSet};

use entity::job_version::NOW;
use entity::{description, job_body, job_location};

use super::Writing;
use super::apply::JobRows;
use super::error::StoreError;
use super::insert::replacing;
use super::job::Column;
use super::reader::Reader;
use super::row::read;
use super::rows::Rows;
use super::sighting;
use super::sql::Sql;

/// Columns of a posting that say how sure it is of what it says, or how its text is marked up.
const EVIDENCE: [&str; 4] = ["salary_confidence", "salary_provenance", "description_hash", "description_text_hash"];

/// A posting that older rules have derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    pub job_id: String,
    pub provider_job_key: String,
    /// The answer that it was last seen in; `''` when none was archived.
    pub raw_sha256: String,
    /// The event that wrote its content.
    pub content_seq: i64,
}

impl Reader {
    /// The postings of a board that rules before `version` have derived, by the answer that each was last seen in.
    pub async fn stale(&self, source_id: &str, version: i32) -> Result<Vec<Stale>, StoreError> {
        let mut sql = self.sql();
        let raw = sighting::value(Column::RawSha256, "k");
        sql.push(&format!("SELECT k.job_id, k.provider_job_key, {raw}, k.content_seq FROM job k WHERE k.source_id = "));
        sql.bind(source_id.to_owned()).push(" AND k.normalizer_version < ").bind(i64::from(version));
        sql.push(" ORDER BY 3, k.job_id");
        let rows = self.rows(sql).await?;
        let one = |row| {
            Ok(Stale {
                job_id: read("job", row, 0)?,
                provider_job_key: read("job", row, 1)?,
                raw_sha256: read("job", row, 2)?,
                content_seq: read("job", row, 3)?,
            })
        };
        rows.iter().map(one).collect()
    }

    /// The latest crawl of a board that got this answer.
    pub async fn crawl_of(&self, source_id: &str, raw_sha256: &str) -> Result<Option<String>, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT crawl_id FROM crawl WHERE raw_sha256 = ").bind(raw_sha256.to_owned());
        sql.push(" AND source_id = ").bind(source_id.to_owned());
        sql.push(" ORDER BY finished_at DESC, crawl_id DESC LIMIT 1");
        self.rows(sql).await?.first().map(|row| read("crawl", row, 0)).transpose()
    }

    /// The answers that these events were read from.
    pub async fn raw_of_events(&self, seqs: &[i64]) -> Result<HashMap<i64, String>, StoreError> {
        let mut sql = self.sql();
        sql.push("SELECT seq, raw_sha256 FROM event WHERE seq").member_of_numbers(seqs);
        let rows = self.rows(sql).await?;
        rows.iter().map(|row| Ok((read("event", row, 0)?, read("event", row, 1)?))).collect()
    }
}

impl Writing {
    /// Notes that these postings are what the rules of `version` derive.
    pub async fn mark_normalized(&self, job_ids: &[String], version: i32) -> Result<(), StoreError> {
        if job_ids.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE job SET normalizer_version = ").bind(i64::from(version));
        sql.push(" WHERE job_id").member_of(job_ids);
        self.run(sql).await
    }

    /// Writes the evidence of postings over what there is, where what they say stays the same: their present contents
    /// tell their values' rules, confidences and quotes anew.
    pub async fn refresh_evidence(&self, jobs: &[&JobRows]) -> Result<(), StoreError> {
        if jobs.is_empty() {
            return Ok(());
        }
        let (mut descriptions, mut seen) = (Rows::of::<description::Entity>(), HashSet::new());
        let (mut bodies, mut places) = (Rows::of::<job_body::Entity>(), Rows::of::<job_location::Entity>());
        for it in jobs {
            bodies.push(it.body.clone());
            it.locations.iter().for_each(|place| places.push(place.clone()));
            if let Some(description) = it.description.as_ref().filter(|it| seen.insert(it.description_hash.as_str())) {
                descriptions.push(description.clone());
            }
        }
        self.insert(descriptions, " ON CONFLICT (description_hash) DO NOTHING").await?;
        self.insert(bodies, &replacing::<job_body::Entity>("content_seq")).await?;
        self.insert(places, &replacing::<job_location::Entity>("content_seq, position")).await?;
        let rows = jobs.iter().map(|it| it.job.clone());
        self.replace_job_rows(rows).await?;
        let ids: Vec<String> = jobs.iter().map(|it| it.job.job_id.clone()).collect();
        let mut sql = Sql::new(self.dialect());
        let of_job: Vec<String> = EVIDENCE.iter().map(|column| format!("{column} = j.{column}")).collect();
        sql.push(&format!("UPDATE job_version SET {} FROM job j WHERE j.job_id", of_job.join(", "))).member_of(&ids);
        // Every present state ends so: SQLite must not look for one by that.
        let until = self.dialect().wide("job_version.until_seq");
        sql.push(&format!(" AND job_version.job_id = j.job_id AND {until} = ")).bind(NOW);
        self.run(sql).await
    }
}
