//! How rows of a round go in: several a statement, by statements that are few, so that databases keep them prepared.

use std::collections::HashSet;

use entity::{
    crawl, description, event, event_body, job, job_body, job_location, job_remote, org, raw_payload, source,
};
use sea_orm::{ConnectionTrait, EntityName, EntityTrait, IdenStatic, Iterable, Statement};

use super::Writing;
use super::apply::{EventRows, JobRows};
use super::content::SearchText;
use super::dialect::Dialect;
use super::error::StoreError;
use super::rows::Rows;

/// Rows of contents, table by table.
struct Contents {
    descriptions: Rows,
    bodies: Rows,
    words: Rows,
    places: Rows,
    remotes: Rows,
    /// The hashes of those descriptions.
    described: HashSet<String>,
}

impl Contents {
    fn new(dialect: Dialect) -> Self {
        Self {
            descriptions: Rows::of::<description::Entity>(),
            bodies: Rows::of::<job_body::Entity>(),
            words: dialect.word_rows(),
            places: Rows::of::<job_location::Entity>(),
            remotes: Rows::of::<job_remote::Entity>(),
            described: HashSet::new(),
        }
    }

    /// Takes what a posting says, and leaves its own row.
    fn take(&mut self, posting: JobRows, words: SearchText) -> job::Model {
        posting.remote().into_iter().for_each(|it| self.remotes.push(it));
        let JobRows { job, locations, body, description } = posting;
        if let Some(description) = description
            && self.described.insert(description.description_hash.clone())
        {
            self.descriptions.push(description);
        }
        self.bodies.push(body);
        self.words.extend([job.content_seq]);
        self.words.extend(words.0);
        locations.into_iter().for_each(|it| self.places.push(it));
        job
    }
}

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

    /// Inserts new postings, each with the words it is found by.
    pub async fn insert_jobs(&self, jobs: Vec<(JobRows, SearchText)>) -> Result<(), StoreError> {
        let (mut rows, mut contents) = (Rows::of::<job::Entity>(), Contents::new(self.dialect()));
        jobs.into_iter().for_each(|(it, words)| rows.push(contents.take(it, words)));
        self.insert(rows, "").await?;
        self.insert_contents(contents).await
    }

    /// Writes changed postings over what is there, each with its employer's name; contents that events from `first` on
    /// wrote are new. No posting is among them twice.
    pub async fn replace_jobs(&self, jobs: Vec<(JobRows, &str)>, first: i64) -> Result<(), StoreError> {
        let (mut rows, mut natives, mut contents) = (Vec::new(), Vec::new(), Contents::new(self.dialect()));
        for (it, org_name) in jobs {
            if it.job.content_seq >= first {
                let words = it.search_text(org_name, self.dialect());
                rows.push(contents.take(it, words));
            } else {
                natives.push((it.job.content_seq, it.body.native_structured));
                rows.push(it.job);
            }
        }
        self.replace_job_rows(rows.into_iter()).await?;
        self.insert_contents(contents).await?;
        self.refresh_natives(natives.into_iter()).await
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

    async fn insert_contents(&self, contents: Contents) -> Result<(), StoreError> {
        self.insert(contents.descriptions, " ON CONFLICT (description_hash) DO NOTHING").await?;
        self.insert(contents.bodies, "").await?;
        self.insert(contents.words, "").await?;
        self.insert(contents.places, "").await?;
        self.insert(contents.remotes, "").await
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
