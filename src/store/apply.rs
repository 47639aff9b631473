//! What a crawl writes, inside the one transaction it has.
//!
//! Rows go in by chunks, since both databases limit the parameters of a statement.

use std::collections::{HashMap, HashSet};

use entity::{ABSENT, crawl, description, event, event_body, job, job_body, job_location, org, raw_payload, source};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter};

use super::Writing;
use super::error::StoreError;
use super::job::Jobs;
use super::row::{ColumnSet, Record, read};
use super::sql::Sql;
use crate::vocabulary::JobStatus;

/// Rows of a statement: a posting has the most columns, and SQLite takes 32,766 parameters.
pub(super) const ROWS_PER_STATEMENT: usize = 200;

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

fn brief(row: &Record) -> Brief {
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
    pub async fn find_source(&self, provider: &str, board_key: &str) -> Result<Option<source::Model>, StoreError> {
        let found = source::Entity::find()
            .filter(source::Column::Provider.eq(provider))
            .filter(source::Column::BoardKey.eq(board_key));
        Ok(found.one(self.transaction()).await?)
    }

    pub async fn find_org(&self, org_id: &str) -> Result<Option<org::Model>, StoreError> {
        Ok(org::Entity::find_by_id(org_id).one(self.transaction()).await?)
    }

    pub async fn is_slug_taken(&self, slug: &str) -> Result<bool, StoreError> {
        let found = org::Entity::find().filter(org::Column::Slug.eq(slug)).one(self.transaction()).await?;
        Ok(found.is_some())
    }

    pub async fn is_crawl_known(&self, crawl_id: &str) -> Result<bool, StoreError> {
        Ok(crawl::Entity::find_by_id(crawl_id).one(self.transaction()).await?.is_some())
    }

    /// The latest crawls of a board, newest first.
    pub async fn latest_crawls(&self, source_id: &str, count: u64) -> Result<Vec<crawl::Model>, StoreError> {
        use sea_orm::{QueryOrder, QuerySelect};
        let crawls = crawl::Entity::find()
            .filter(crawl::Column::SourceId.eq(source_id))
            .order_by_desc(crawl::Column::FinishedAt)
            .order_by_desc(crawl::Column::CrawlId)
            .limit(count);
        Ok(crawls.all(self.transaction()).await?)
    }

    /// Inserts or replaces an org.
    pub async fn save_org(&self, org: org::Model) -> Result<(), StoreError> {
        let columns = org::Column::iter().filter(|it| !matches!(it, org::Column::OrgId));
        let replace = OnConflict::column(org::Column::OrgId).update_columns(columns).to_owned();
        org::Entity::insert(org.into_active_model())
            .on_conflict(replace)
            .exec_without_returning(self.transaction())
            .await?;
        Ok(())
    }

    /// Inserts or replaces a source.
    pub async fn save_source(&self, source: source::Model) -> Result<(), StoreError> {
        let columns = source::Column::iter().filter(|it| !matches!(it, source::Column::SourceId));
        let replace = OnConflict::column(source::Column::SourceId).update_columns(columns).to_owned();
        let insert = source::Entity::insert(source.into_active_model()).on_conflict(replace);
        insert.exec_without_returning(self.transaction()).await?;
        Ok(())
    }

    pub async fn insert_crawl(&self, crawl: crawl::Model) -> Result<(), StoreError> {
        crawl::Entity::insert(crawl.into_active_model()).exec_without_returning(self.transaction()).await?;
        Ok(())
    }

    /// Records an archived answer; one that is known stays as it is.
    pub async fn insert_raw_payload(&self, payload: raw_payload::Model) -> Result<(), StoreError> {
        let known = OnConflict::column(raw_payload::Column::Sha256).do_nothing().to_owned();
        let insert = raw_payload::Entity::insert(payload.into_active_model()).on_conflict(known);
        insert.exec_without_returning(self.transaction()).await?;
        Ok(())
    }

    /// Every posting of a board by its key, as far as every run needs it.
    pub async fn briefs(&self, source_id: &str) -> Result<Vec<(String, Brief)>, StoreError> {
        use job::Column as C;
        let columns = ColumnSet::of(&[
            C::JobId,
            C::ProviderJobKey,
            C::Status,
            C::MissedCrawls,
            C::FirstMissedAt,
            C::LastSeenAt,
            C::SourceHash,
            C::ContentHash,
            C::NormalizerVersion,
            C::ContentSeq,
        ]);
        let rows = self.reader().load::<Jobs>(columns, C::SourceId, &[source_id.to_owned()]).await?;
        Ok(rows.iter().map(|row| (row.text(C::ProviderJobKey).to_owned(), brief(row))).collect())
    }

    /// Postings over all their tables.
    pub async fn job_rows(&self, job_ids: &[String]) -> Result<Vec<JobRows>, StoreError> {
        let mut rows = Vec::with_capacity(job_ids.len());
        for chunk in job_ids.chunks(ROWS_PER_STATEMENT) {
            let jobs = job::Entity::find().filter(job::Column::JobId.is_in(chunk)).all(self.transaction()).await?;
            rows.extend(self.job_rows_of_chunk(&jobs).await?);
        }
        Ok(rows)
    }

    async fn job_rows_of_chunk(&self, jobs: &[job::Model]) -> Result<Vec<JobRows>, StoreError> {
        let contents: Vec<i64> = jobs.iter().map(|job| job.content_seq).collect();
        let hashes: HashSet<&str> = jobs.iter().filter_map(|job| job.description_hash.as_deref()).collect();
        let db = self.transaction();
        let bodies =
            job_body::Entity::find().filter(job_body::Column::ContentSeq.is_in(contents.clone())).all(db).await?;
        let mut bodies: HashMap<i64, job_body::Model> =
            bodies.into_iter().map(|body| (body.content_seq, body)).collect();
        let descriptions =
            description::Entity::find().filter(description::Column::DescriptionHash.is_in(hashes)).all(db).await?;
        let descriptions: HashMap<String, description::Model> =
            descriptions.into_iter().map(|it| (it.description_hash.clone(), it)).collect();
        let mut locations: HashMap<i64, Vec<job_location::Model>> = HashMap::new();
        let places = job_location::Entity::find().filter(job_location::Column::ContentSeq.is_in(contents));
        for place in places.all(db).await? {
            locations.entry(place.content_seq).or_default().push(place);
        }
        let rows = jobs.iter().map(|job| {
            let missing = || StoreError::Row { table: "job_body", message: format!("no row for \"{}\"", job.job_id) };
            let mut places = locations.remove(&job.content_seq).unwrap_or_default();
            places.sort_by_key(|place| place.position);
            Ok(JobRows {
                locations: places,
                body: bodies.remove(&job.content_seq).ok_or_else(missing)?,
                description: job.description_hash.as_ref().and_then(|hash| descriptions.get(hash).cloned()),
                job: job.clone(),
            })
        });
        rows.collect()
    }

    /// Inserts new postings of one employer.
    pub async fn insert_jobs(&self, rows: &[JobRows], org_name: &str) -> Result<(), StoreError> {
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let jobs = chunk.iter().map(|row| row.job.clone().into_active_model());
            job::Entity::insert_many(jobs).exec_without_returning(self.transaction()).await?;
        }
        self.insert_contents(&rows.iter().collect::<Vec<_>>(), org_name).await
    }

    /// Writes changed postings of one employer over what is there; contents that events from `first` on wrote are new.
    pub async fn replace_jobs(&self, rows: &[JobRows], first: i64, org_name: &str) -> Result<(), StoreError> {
        for row in rows {
            row.job.clone().into_active_model().reset_all().update(self.transaction()).await?;
        }
        let (new, known): (Vec<&JobRows>, Vec<&JobRows>) = rows.iter().partition(|row| row.job.content_seq >= first);
        self.insert_contents(&new, org_name).await?;
        for row in known {
            self.refresh_native(row.job.content_seq, &row.body.native_structured).await?;
        }
        Ok(())
    }

    pub async fn touch_jobs(&self, touched: &[Touched]) -> Result<(), StoreError> {
        for it in touched {
            let mut sql = Sql::new(self.dialect());
            sql.push("UPDATE job SET source_hash = ").bind(it.source_hash.clone());
            sql.push(", content_hash = ").bind(it.content_hash.clone());
            sql.push(", source_updated_at = ").bind(it.source_updated_at);
            sql.push(" WHERE job_id = ").bind(it.job_id.clone());
            self.run(sql).await?;
            self.refresh_native(it.content_seq, &it.native_structured).await?;
        }
        Ok(())
    }

    /// Notes that a crawl saw these postings.
    pub async fn mark_seen(&self, job_ids: &[String], at: i64, raw_sha256: &str) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE job SET missed_crawls = 0, first_missed_at = ").bind(ABSENT);
        sql.push(", last_seen_at = ").bind(at).push(", last_checked_at = ").bind(at);
        sql.push(", raw_sha256 = ").bind(raw_sha256.to_owned());
        sql.push(" WHERE job_id").member_of(job_ids);
        self.run(sql).await
    }

    /// Notes that a complete crawl missed these active postings.
    pub async fn mark_missed(&self, job_ids: &[String], at: i64) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE job SET missed_crawls = missed_crawls + 1, first_missed_at = CASE WHEN first_missed_at = ");
        sql.bind(ABSENT).push(" THEN ").bind(at).push(" ELSE first_missed_at END, last_checked_at = ").bind(at);
        sql.push(" WHERE job_id").member_of(job_ids);
        self.run(sql).await
    }

    /// Notes that a complete crawl proved these closed postings absent once more.
    pub async fn mark_checked(&self, job_ids: &[String], at: i64) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE job SET last_checked_at = ").bind(at).push(" WHERE job_id").member_of(job_ids);
        self.run(sql).await
    }

    /// The number of the event that comes next.
    pub async fn next_seq(&self) -> Result<i64, StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT COALESCE(MAX(seq), 0) + 1 FROM event");
        let row = self.transaction().query_one_raw(sql.into_statement()).await?;
        let missing = || StoreError::Row { table: "event", message: "no answer".to_owned() };
        read("event", &row.ok_or_else(missing)?, 0)
    }

    pub async fn insert_events(&self, rows: Vec<EventRows>) -> Result<(), StoreError> {
        let db = self.transaction();
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let events = chunk.iter().map(|row| row.event.clone().into_active_model());
            event::Entity::insert_many(events).exec_without_returning(db).await?;
            let bodies = chunk.iter().map(|row| row.body.clone().into_active_model());
            event_body::Entity::insert_many(bodies).exec_without_returning(db).await?;
        }
        Ok(())
    }

    /// Counts a board's and its employer's postings anew.
    pub async fn count_jobs(&self, source_id: &str, org_id: &str) -> Result<(), StoreError> {
        for (table, column, id) in [("source", "source_id", source_id), ("org", "org_id", org_id)] {
            let mut sql = Sql::new(self.dialect());
            sql.push(&format!("UPDATE {table} SET job_count = (SELECT COUNT(*) FROM job WHERE job.{column} = "));
            sql.bind(id.to_owned());
            sql.push(&format!("), active_job_count = (SELECT COUNT(*) FROM job WHERE job.{column} = "));
            sql.bind(id.to_owned()).push(" AND job.status = 'ACTIVE') WHERE ");
            sql.push(column).push(" = ").bind(id.to_owned());
            self.run(sql).await?;
        }
        Ok(())
    }

    pub(super) async fn run(&self, sql: Sql) -> Result<(), StoreError> {
        self.transaction().execute_raw(sql.into_statement()).await?;
        Ok(())
    }
}
