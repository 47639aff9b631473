//! What a round reads before it writes: everything that is stored of its boards, each kind by one statement.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{crawl, description, job, job_body, job_location, org, source};
use sea_orm::{ConnectionTrait, EntityName, EntityTrait};

use super::Writing;
use super::apply::{Brief, JobRows, brief};
use super::dialect::Top;
use super::error::StoreError;
use super::job::Jobs;
use super::reader::Reader;
use super::row::{ColumnSet, Record};
use super::scope::Scope;
use super::source::Sources;
use super::sql::Sql;
use crate::vocabulary::CrawlOutcome;

/// Postings that are read over all their tables at once.
pub(super) const ROWS_PER_STATEMENT: usize = 200;

impl Reader {
    /// The ids of the boards of these keys, by their providers and keys.
    pub async fn source_ids(&self, board_keys: &[String]) -> Result<HashMap<(String, String), String>, StoreError> {
        use source::Column as C;
        if board_keys.is_empty() {
            return Ok(HashMap::new());
        }
        let columns = ColumnSet::of(&[C::SourceId, C::Provider, C::BoardKey]);
        let rows = self.load::<Sources>(columns, C::BoardKey, board_keys).await?;
        let text = |row: &Record, column| row.text(column).to_owned();
        Ok(rows.iter().map(|it| ((text(it, C::Provider), text(it, C::BoardKey)), text(it, C::SourceId))).collect())
    }

    /// Every posting of these boards, as far as every run needs it, by its board and its key. A board without any is left out.
    pub async fn briefs(&self, source_ids: &[String]) -> Result<HashMap<String, BTreeMap<String, Brief>>, StoreError> {
        use job::Column as C;
        let columns = ColumnSet::of(&[
            C::JobId,
            C::SourceId,
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
        let mut briefs: HashMap<String, BTreeMap<String, Brief>> = HashMap::new();
        if source_ids.is_empty() {
            return Ok(briefs);
        }
        for row in self.load::<Jobs>(columns, C::SourceId, source_ids).await? {
            let of_board = briefs.entry(row.text(C::SourceId).to_owned()).or_default();
            of_board.insert(row.text(C::ProviderJobKey).to_owned(), brief(&row));
        }
        Ok(briefs)
    }
}

impl Writing {
    /// The boards of these keys, of whatever provider.
    pub async fn sources(&self, board_keys: &[String]) -> Result<Vec<source::Model>, StoreError> {
        self.models::<source::Entity>("board_key", board_keys).await
    }

    pub async fn orgs(&self, org_ids: &[String]) -> Result<HashMap<String, org::Model>, StoreError> {
        let orgs = self.models::<org::Entity>("org_id", org_ids).await?;
        Ok(orgs.into_iter().map(|org| (org.org_id.clone(), org)).collect())
    }

    /// Those of these slugs that are taken, be it by employers that were joined into others.
    pub async fn taken_slugs(&self, slugs: &[String]) -> Result<HashSet<String>, StoreError> {
        let mut taken: HashSet<String> =
            self.models::<org::Entity>("slug", slugs).await?.into_iter().map(|org| org.slug).collect();
        taken.extend(self.reader().org_aliases(slugs).await?.into_keys());
        Ok(taken)
    }

    /// The boards of an employer.
    pub async fn boards_of(&self, org_id: &str) -> Result<Vec<source::Model>, StoreError> {
        self.models::<source::Entity>("org_id", &[org_id.to_owned()]).await
    }

    /// Those of these crawls that were applied.
    pub async fn known_crawls(&self, crawl_ids: &[String]) -> Result<HashSet<String>, StoreError> {
        Ok(self.models::<crawl::Entity>("crawl_id", crawl_ids).await?.into_iter().map(|it| it.crawl_id).collect())
    }

    /// The latest crawls of each of these boards, newest first.
    pub async fn latest_crawls(
        &self,
        source_ids: &[String],
        count: usize,
    ) -> Result<HashMap<String, Vec<crawl::Model>>, StoreError> {
        self.crawls_where("k.source_id = parent.value", source_ids, count).await
    }

    /// The complete crawls of each of these boards, newest first: its latest one, and those among so many before that.
    pub async fn complete_crawls(
        &self,
        source_ids: &[String],
        count: usize,
    ) -> Result<HashMap<String, Vec<crawl::Model>>, StoreError> {
        let up_to_latest = "k.source_id = parent.value AND k.finished_at
            <= (SELECT s.last_complete_at FROM source s WHERE s.source_id = parent.value)";
        let mut found = self.crawls_where(up_to_latest, source_ids, count).await?;
        for crawls in found.values_mut() {
            crawls.retain(|it| it.outcome == <&str>::from(CrawlOutcome::Complete));
        }
        Ok(found)
    }

    async fn crawls_where(
        &self,
        conditions: &str,
        source_ids: &[String],
        count: usize,
    ) -> Result<HashMap<String, Vec<crawl::Model>>, StoreError> {
        let mut found: HashMap<String, Vec<crawl::Model>> = HashMap::new();
        if source_ids.is_empty() {
            return Ok(found);
        }
        let mut sql = Sql::new(self.dialect());
        let from = sql.parents(source_ids);
        let join = self.dialect().join_top(Top {
            table: "crawl",
            from: "crawl k",
            columns: "k.*",
            conditions,
            order: "k.finished_at DESC, k.crawl_id DESC",
            limit: &count.to_string(),
        });
        sql.push(&format!("SELECT r.* FROM {from} {join}"));
        for it in crawl::Entity::find().from_raw_sql(sql.into_statement()).all(self.transaction()).await? {
            found.entry(it.source_id.clone()).or_default().push(it);
        }
        for crawls in found.values_mut() {
            crawls.sort_by(|left, right| (right.finished_at, &right.crawl_id).cmp(&(left.finished_at, &left.crawl_id)));
        }
        Ok(found)
    }

    /// Postings over all their tables.
    pub async fn job_rows(&self, job_ids: &[String]) -> Result<Vec<JobRows>, StoreError> {
        let mut rows = Vec::with_capacity(job_ids.len());
        for chunk in job_ids.chunks(ROWS_PER_STATEMENT) {
            rows.extend(self.job_rows_of_chunk(self.jobs(chunk).await?).await?);
        }
        Ok(rows)
    }

    async fn jobs(&self, job_ids: &[String]) -> Result<Vec<job::Model>, StoreError> {
        let mut sql = Sql::new(self.dialect());
        let columns = Scope::default().list::<Jobs>(ColumnSet::all::<Jobs>(), "k");
        sql.push(&format!("SELECT {columns} FROM job k WHERE k.job_id")).member_of(job_ids);
        Ok(job::Entity::find().from_raw_sql(sql.into_statement()).all(self.transaction()).await?)
    }

    async fn job_rows_of_chunk(&self, jobs: Vec<job::Model>) -> Result<Vec<JobRows>, StoreError> {
        let contents: Vec<i64> = jobs.iter().map(|job| job.content_seq).collect();
        let hashes: HashSet<String> = jobs.iter().filter_map(|job| job.description_hash.clone()).collect();
        let bodies = self.models_by_number::<job_body::Entity>("content_seq", &contents).await?;
        let mut bodies: HashMap<i64, job_body::Model> =
            bodies.into_iter().map(|body| (body.content_seq, body)).collect();
        let hashes: Vec<String> = hashes.into_iter().collect();
        let descriptions = self.models::<description::Entity>("description_hash", &hashes).await?;
        let descriptions: BTreeMap<String, description::Model> =
            descriptions.into_iter().map(|it| (it.description_hash.clone(), it)).collect();
        let mut locations: HashMap<i64, Vec<job_location::Model>> = HashMap::new();
        for place in self.models_by_number::<job_location::Entity>("content_seq", &contents).await? {
            locations.entry(place.content_seq).or_default().push(place);
        }
        let rows = jobs.into_iter().map(|job| {
            let missing = || StoreError::Row { table: "job_body", message: format!("no row for \"{}\"", job.job_id) };
            let mut places = locations.remove(&job.content_seq).unwrap_or_default();
            places.sort_by_key(|place| place.position);
            Ok(JobRows {
                locations: places,
                body: bodies.remove(&job.content_seq).ok_or_else(missing)?,
                description: job.description_hash.as_ref().and_then(|hash| descriptions.get(hash).cloned()),
                job,
            })
        });
        rows.collect()
    }

    /// The number of the event that comes next.
    pub async fn next_seq(&self) -> Result<i64, StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT COALESCE(MAX(seq), 0) + 1 FROM event");
        let row = self.transaction().query_one_raw(sql.into_statement()).await?;
        let missing = || StoreError::Row { table: "event", message: "no answer".to_owned() };
        Ok(row.ok_or_else(missing)?.try_get_by_index(0)?)
    }

    /// All rows whose `column` is among `keys`, in no order.
    async fn models<E: EntityTrait + EntityName + Default>(
        &self,
        column: &str,
        keys: &[String],
    ) -> Result<Vec<E::Model>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push(&format!("SELECT * FROM {} WHERE {column}", E::default().table_name())).member_of(keys);
        Ok(E::find().from_raw_sql(sql.into_statement()).all(self.transaction()).await?)
    }

    /// The same of numbers.
    async fn models_by_number<E: EntityTrait + EntityName + Default>(
        &self,
        column: &str,
        keys: &[i64],
    ) -> Result<Vec<E::Model>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push(&format!("SELECT * FROM {} WHERE {column}", E::default().table_name())).member_of_numbers(keys);
        Ok(E::find().from_raw_sql(sql.into_statement()).all(self.transaction()).await?)
    }
}
