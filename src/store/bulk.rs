//! Fills an empty database with very many rows: indexes are dropped before and made again behind, and nothing is checked
//! row by row. What is written is what `apply`, `content` and `version` write.
//!
//! A load that does not end leaves a database that cannot be used; whoever loads says so.

mod deferred;
mod lane;

use entity::job_version::NOW;
use entity::{crawl, description, event, event_body, job, job_body, job_location, job_remote, org, source};
use sea_orm::{EntityTrait, IdenStatic, Iterable};

pub use self::deferred::Deferred;
use self::lane::Lane;

use super::Store;
use super::apply::{EventRows, JobRows};
use super::dialect::Dialect;
use super::error::StoreError;
use super::rows::Rows;

/// Rows that are handed over at once.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub descriptions: Vec<description::Model>,
    pub orgs: Vec<org::Model>,
    pub sources: Vec<source::Model>,
    pub crawls: Vec<crawl::Model>,
    /// Postings as they are now.
    pub jobs: Vec<job::Model>,
    pub events: Vec<EventRows>,
    pub states: Vec<State>,
    pub contents: Vec<Content>,
}

/// A posting as it stood from one event to the next. Times are UTC milliseconds since 1970.
#[derive(Clone, Debug)]
pub struct State {
    pub job: job::Model,
    /// The `seq` of the event that it begins with, and when that was observed.
    pub from: (i64, i64),
    /// The same of the event that it ends with.
    pub until: Option<(i64, i64)>,
}

/// What a posting says since the event that wrote it.
#[derive(Clone, Debug)]
pub struct Content {
    pub rows: JobRows,
    pub org_name: String,
}

impl Batch {
    /// Events, or rows of other kinds that stand for themselves.
    pub fn len(&self) -> usize {
        self.events.len() + self.crawls.len() + self.descriptions.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Rows on their way into a database.
pub struct Load {
    lane: Lane,
    dialect: Dialect,
    deferred: Vec<Deferred>,
    tables: Tables,
}

/// Rows that wait until there are enough of them for a statement.
struct Tables {
    descriptions: Rows,
    orgs: Rows,
    sources: Rows,
    crawls: Rows,
    jobs: Rows,
    events: Rows,
    event_bodies: Rows,
    versions: Rows,
    bodies: Rows,
    locations: Rows,
    remotes: Rows,
    words: Rows,
}

/// What is made behind the rows, a piece at a time.
pub struct Build {
    lane: Lane,
    deferred: std::collections::VecDeque<Deferred>,
}

impl Store {
    /// Whether there are no employers, postings and events.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let mut lane = Lane::open(self).await?;
        let is_empty = lane.is_empty().await;
        lane.close().await?;
        is_empty
    }

    /// Makes an empty database ready for very many rows. The store reads nothing any more: SQLite loads alone.
    pub async fn begin_load(&self) -> Result<Load, StoreError> {
        self.read.clone().close().await?;
        let mut lane = Lane::open(self).await?;
        let deferred = lane.begin_load().await?;
        Ok(Load { lane, deferred, tables: Tables::new(self.dialect()), dialect: self.dialect() })
    }

    /// Begins to make what a load left out.
    pub async fn begin_build(&self, deferred: Vec<Deferred>) -> Result<Build, StoreError> {
        let mut lane = Lane::open(self).await?;
        lane.begin_build().await?;
        Ok(Build { lane, deferred: deferred.into() })
    }
}

impl Load {
    /// Writes rows. Those of each table come in the order of their keys, where keys are numbers.
    pub async fn write(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.tables.take(batch, self.dialect);
        for rows in self.tables.all() {
            self.lane.insert(rows, false).await?;
        }
        Ok(())
    }

    /// Writes the rest, and tells what must be made now.
    pub async fn finish(mut self) -> Result<Vec<Deferred>, StoreError> {
        for rows in self.tables.all() {
            self.lane.insert(rows, true).await?;
        }
        self.lane.finish_load().await?;
        self.lane.close().await?;
        Ok(self.deferred)
    }
}

impl Build {
    /// What `make_next` makes.
    pub fn next_name(&self) -> Option<String> {
        self.deferred.front().map(|it| it.name.clone())
    }

    pub async fn make_next(&mut self) -> Result<(), StoreError> {
        if let Some(next) = self.deferred.pop_front() {
            self.lane.run(&next.make).await?;
        }
        Ok(())
    }

    /// Lets the database look at its tables, and ends.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        self.lane.finish_build().await?;
        self.lane.close().await
    }
}

impl Tables {
    fn new(dialect: Dialect) -> Self {
        let bounds = ["from_seq", "until_seq", "from_at", "until_at"].map(ToOwned::to_owned);
        let versions = columns::<job::Entity>().chain(bounds).collect();
        Self {
            descriptions: Rows::of::<description::Entity>(),
            orgs: Rows::of::<org::Entity>(),
            sources: Rows::of::<source::Entity>(),
            crawls: Rows::of::<crawl::Entity>(),
            jobs: Rows::of::<job::Entity>(),
            events: Rows::of::<event::Entity>(),
            event_bodies: Rows::of::<event_body::Entity>(),
            versions: Rows::new("job_version", versions),
            bodies: Rows::of::<job_body::Entity>(),
            locations: Rows::of::<job_location::Entity>(),
            remotes: Rows::of::<job_remote::Entity>(),
            words: dialect.word_rows(),
        }
    }

    fn all(&mut self) -> [&mut Rows; 12] {
        [
            &mut self.descriptions,
            &mut self.orgs,
            &mut self.sources,
            &mut self.crawls,
            &mut self.jobs,
            &mut self.events,
            &mut self.event_bodies,
            &mut self.versions,
            &mut self.bodies,
            &mut self.locations,
            &mut self.remotes,
            &mut self.words,
        ]
    }

    fn take(&mut self, batch: Batch, dialect: Dialect) {
        batch.descriptions.into_iter().for_each(|it| self.descriptions.push(it));
        batch.orgs.into_iter().for_each(|it| self.orgs.push(it));
        batch.sources.into_iter().for_each(|it| self.sources.push(it));
        batch.crawls.into_iter().for_each(|it| self.crawls.push(it));
        batch.jobs.into_iter().for_each(|it| self.jobs.push(it));
        for EventRows { event, body } in batch.events {
            self.events.push(event);
            self.event_bodies.push(body);
        }
        for State { job, from: (from_seq, from_at), until } in batch.states {
            let (until_seq, until_at) = until.unwrap_or((NOW, NOW));
            self.versions.push(job);
            self.versions.extend([from_seq, until_seq, from_at, until_at]);
        }
        for Content { rows, org_name } in batch.contents {
            self.words.extend([rows.job.content_seq]);
            self.words.extend(rows.search_text(&org_name, dialect).0);
            rows.remote().into_iter().for_each(|it| self.remotes.push(it));
            self.bodies.push(rows.body);
            rows.locations.into_iter().for_each(|it| self.locations.push(it));
        }
    }
}

fn columns<E: EntityTrait>() -> impl Iterator<Item = String> {
    E::Column::iter().map(|it| it.as_str().to_owned())
}
