//! How rows of a round go in: several a statement, by statements that are few, so that databases keep them prepared.

use std::collections::HashSet;

use entity::{
    crawl, description, event, event_body, job, job_body, job_location, job_remote, org, raw_payload, source,
};
use sea_orm::{ConnectionTrait, EntityName, EntityTrait, IdenStatic, Iterable, Statement};

use super::Writing;
use super::apply::{EventRows, JobRows};
use super::dialect::Dialect;
use super::error::StoreError;
use super::rows::Rows;

/// What a posting says, and its employer's name.
pub(super) type Said<'a> = (&'a JobRows, &'a str);

impl Writing {
    /// Inserts or replaces orgs, each once.
    pub async fn save_orgs(&self, orgs: impl IntoIterator<Item = org::Model>) -> Result<(), StoreError> {
        let mut rows = Rows::of::<org::Entity>();
        orgs.into_iter().for_each(|it| rows.push(it));
        self.insert(rows, &replacing::<org::Entity>("org_id")).await
    }

    /// Inserts or replaces sources, each once.
    pub async fn save_sources(&self, sources: impl IntoIterator<Item = source::Model>) -> Result<(), StoreError> {
        let mut rows = Rows::of::<source::Entity>();
        sources.into_iter().for_each(|it| rows.push(it));
        self.insert(rows, &replacing::<source::Entity>("source_id")).await
    }

    pub async fn insert_crawls(&self, crawls: impl IntoIterator<Item = crawl::Model>) -> Result<(), StoreError> {
        let mut rows = Rows::of::<crawl::Entity>();
        crawls.into_iter().for_each(|it| rows.push(it));
        self.insert(rows, "").await
    }

    /// Records archived answers; those that are known stay as they are.
    pub async fn insert_raw_payloads(
        &self,
        payloads: impl IntoIterator<Item = raw_payload::Model>,
    ) -> Result<(), StoreError> {
        let mut rows = Rows::of::<raw_payload::Entity>();
        payloads.into_iter().for_each(|it| rows.push(it));
        self.insert(rows, " ON CONFLICT (sha256) DO NOTHING").await
    }

    /// Inserts new postings, each with its employer's name.
    pub async fn insert_jobs(&self, jobs: &[Said<'_>]) -> Result<(), StoreError> {
        let mut rows = Rows::of::<job::Entity>();
        jobs.iter().for_each(|(it, _)| rows.push(it.job.clone()));
        self.insert(rows, "").await?;
        self.insert_contents(jobs).await
    }

    /// Writes changed postings over what is there, each with its employer's name; contents that events from `first` on
    /// wrote are new. No posting is among them twice.
    pub async fn replace_jobs(&self, jobs: &[Said<'_>], first: i64) -> Result<(), StoreError> {
        self.replace_job_rows(jobs.iter().map(|(it, _)| it.job.clone())).await?;
        let (new, known): (Vec<Said<'_>>, Vec<Said<'_>>) = jobs.iter().partition(|(it, _)| it.job.content_seq >= first);
        self.insert_contents(&new).await?;
        let natives = known.iter().map(|(it, _)| (it.job.content_seq, it.body.native_structured.as_str()));
        self.refresh_natives(natives).await
    }

    /// Writes rows of postings over what is there.
    pub(super) async fn replace_job_rows(&self, jobs: impl Iterator<Item = job::Model>) -> Result<(), StoreError> {
        let mut rows = Rows::of::<job::Entity>();
        jobs.for_each(|it| rows.push(it));
        self.insert(rows, &replacing::<job::Entity>("job_id")).await
    }

    pub async fn insert_events(&self, events: impl IntoIterator<Item = EventRows>) -> Result<(), StoreError> {
        let (mut rows, mut bodies) = (Rows::of::<event::Entity>(), Rows::of::<event_body::Entity>());
        for it in events {
            rows.push(it.event);
            bodies.push(it.body);
        }
        self.insert(rows, "").await?;
        self.insert(bodies, "").await
    }

    /// Writes new contents, and indexes their words.
    pub(super) async fn insert_contents(&self, contents: &[Said<'_>]) -> Result<(), StoreError> {
        let (mut descriptions, mut seen) = (Rows::of::<description::Entity>(), HashSet::new());
        let (mut bodies, mut places) = (Rows::of::<job_body::Entity>(), Rows::of::<job_location::Entity>());
        let mut remotes = Rows::of::<job_remote::Entity>();
        for (it, _) in contents {
            bodies.push(it.body.clone());
            it.locations.iter().for_each(|place| places.push(place.clone()));
            it.remote().into_iter().for_each(|remote| remotes.push(remote));
            if let Some(description) = it.description.as_ref().filter(|it| seen.insert(it.description_hash.as_str())) {
                descriptions.push(description.clone());
            }
        }
        self.insert(descriptions, " ON CONFLICT (description_hash) DO NOTHING").await?;
        self.insert(bodies, "").await?;
        self.insert_words(contents).await?;
        self.insert(places, "").await?;
        self.insert(remotes, "").await
    }

    pub(super) async fn insert_words(&self, contents: &[Said<'_>]) -> Result<(), StoreError> {
        let dialect = self.dialect();
        let columns = dialect.word_columns().iter().map(|it| (*it).to_owned()).collect();
        let mut rows = Rows::new("content_search", columns).cast(&["", "::tsvector"]);
        for (it, org_name) in contents {
            rows.extend([it.job.content_seq]);
            rows.extend(dialect.word_texts(&it.words(org_name)));
        }
        self.insert(rows, "").await
    }

    /// Inserts rows; `behind` stands at the end of each statement.
    pub(super) async fn insert(&self, rows: Rows, behind: &str) -> Result<(), StoreError> {
        self.each_portion(rows, |rows, count, dialect| rows.insert(count, dialect) + behind).await
    }

    /// Runs the statements that take all rows, a portion each.
    pub(super) async fn each_portion(
        &self,
        mut rows: Rows,
        statement: impl Fn(&Rows, usize, Dialect) -> String,
    ) -> Result<(), StoreError> {
        while rows.count() > 0 {
            let count = rows.portion();
            let text = statement(&rows, count, self.dialect());
            let statement = Statement::from_sql_and_values(self.dialect().backend(), text, rows.take(count));
            self.transaction().execute_raw(statement).await?;
        }
        Ok(())
    }
}

/// What makes an insertion write over the row of the same key, of one column or several.
pub(super) fn replacing<E: EntityTrait + EntityName>(key: &str) -> String {
    let is_key = |column: &String| key.split(", ").any(|it| it == column);
    let others = E::Column::iter().map(|it| it.as_str().to_owned()).filter(|it| !is_key(it));
    let set: Vec<String> = others.map(|it| format!("{it} = excluded.{it}")).collect();
    format!(" ON CONFLICT ({key}) DO UPDATE SET {}", set.join(", "))
}
