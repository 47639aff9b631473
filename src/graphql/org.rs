//! Employers.

mod filter;

use async_graphql::{Context, ID, Object};

pub(super) use self::filter::{OrgFilter, OrgLookup, OrgOrder};
use super::error::Failure;
use super::event::{Event, EventFilter, EventOrder};
use super::job::{Job, JobFilter, JobOrder};
use super::node::Kind;
use super::page::{Connection, Listable};
use super::relation::lists;
use super::request::{Found, Noun, Relation, Slot};
use super::scalar::{DateTime, Url, Uuid};
use super::source::{Source, SourceFilter, SourceOrder};
use super::value::{json, time, url, uuid};
use crate::plan::Selection;
use crate::store::event::Events;
use crate::store::job::Jobs;
use crate::store::org::{Column, Orgs};
use crate::store::page::Direction;
use crate::store::row::Record;
use crate::store::source::Sources;

/// An employer. Each board has an org of its own until a rule of the operator joins them.
pub(super) struct Org(Found);

impl From<Found> for Org {
    fn from(found: Found) -> Self {
        Self(found)
    }
}

/// An employer. Each board has an org of its own until a rule of the operator joins them.
#[Object]
impl Org {
    /// Names the employer among everything in this graph. Opaque.
    pub async fn id(&self) -> ID {
        Kind::Org.id(self.0.record.text(Column::OrgId))
    }

    /// Names the employer on any installation.
    async fn org_id(&self) -> Uuid {
        uuid(&self.0.record, Column::OrgId)
    }

    /// The name as the provider gives it, or else made from the board's token.
    async fn name(&self) -> &str {
        self.0.record.text(Column::Name)
    }

    /// The name in lower case, by which orgs are ordered.
    async fn normalized_name(&self) -> &str {
        self.0.record.text(Column::NormalizedName)
    }

    /// A short unique name for addresses.
    async fn slug(&self) -> &str {
        self.0.record.text(Column::Slug)
    }

    /// The registrable domains that are known to be the employer's.
    async fn domains(&self) -> Result<Vec<String>, Failure> {
        Ok(json(&self.0.record, Column::Domains)?.unwrap_or_default())
    }

    /// The employer's site.
    async fn website_url(&self) -> Option<Url> {
        url(&self.0.record, Column::WebsiteUrl)
    }

    /// The employer's own careers page.
    async fn careers_url(&self) -> Option<Url> {
        url(&self.0.record, Column::CareersUrl)
    }

    /// When a crawl first saw one of its boards.
    async fn first_seen_at(&self) -> DateTime {
        time(&self.0.record, Column::FirstSeenAt)
    }

    /// When a crawl last read one of its boards.
    async fn last_seen_at(&self) -> DateTime {
        time(&self.0.record, Column::LastSeenAt)
    }

    /// How many of its postings are active.
    async fn active_job_count(&self) -> i64 {
        self.0.record.number(Column::ActiveJobCount)
    }

    /// How many postings of it are known, closed ones included.
    async fn job_count(&self) -> i64 {
        self.0.record.number(Column::JobCount)
    }

    /// Its postings, active and closed.
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<JobFilter>,
        #[graphql(
            desc = "What the rows are ordered by, by default the latest posted first; at most 3 keys."
        )]
        order_by: Option<Vec<JobOrder>>,
    ) -> Result<Connection<Jobs, Job>, Failure> {
        drop((first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Orgs>(ctx).await?;
        Ok(Connection::new(listed, at))
    }

    /// Its boards.
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<SourceFilter>,
        #[graphql(desc = "What the rows are ordered by, by default by board token; at most 3 keys.")] order_by: Option<
            Vec<SourceOrder>,
        >,
    ) -> Result<Connection<Sources, Source>, Failure> {
        drop((first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Orgs>(ctx).await?;
        Ok(Connection::new(listed, at))
    }

    /// What happened to its postings.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<EventFilter>,
        #[graphql(desc = "What the rows are ordered by, by default the latest first; at most 3 keys.")]
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Events, Event>, Failure> {
        drop((first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Orgs>(ctx).await?;
        Ok(Connection::new(listed, at))
    }
}

impl Noun for Orgs {
    const TYPE_NAME: &'static str = "Org";

    fn columns(field: &Selection) -> Vec<Column> {
        match field.field.as_str() {
            "name" => vec![Column::Name],
            "normalizedName" => vec![Column::NormalizedName],
            "slug" => vec![Column::Slug],
            "domains" => vec![Column::Domains],
            "websiteUrl" => vec![Column::WebsiteUrl],
            "careersUrl" => vec![Column::CareersUrl],
            "firstSeenAt" => vec![Column::FirstSeenAt],
            "lastSeenAt" => vec![Column::LastSeenAt],
            "activeJobCount" => vec![Column::ActiveJobCount],
            "jobCount" => vec![Column::JobCount],
            _ => Vec::new(),
        }
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        let key = |row: &Record| row.optional_text(Column::OrgId).map(ToOwned::to_owned);
        let slot = Slot::Field;
        match field.field.as_str() {
            "jobs" => vec![Relation {
                slot,
                key,
                fetch: |request, at, keys| Box::pin(lists::<Jobs>(request, at, entity::job::Column::OrgId, keys)),
            }],
            "sources" => vec![Relation {
                slot,
                key,
                fetch: |request, at, keys| Box::pin(lists::<Sources>(request, at, entity::source::Column::OrgId, keys)),
            }],
            "events" => vec![Relation {
                slot,
                key,
                fetch: |request, at, keys| Box::pin(lists::<Events>(request, at, entity::event::Column::OrgId, keys)),
            }],
            _ => Vec::new(),
        }
    }
}

impl Listable for Orgs {
    const CONNECTION_NAME: &'static str = "OrgConnection";
    const EDGE_NAME: &'static str = "OrgEdge";
    const DEFAULT_ORDER: (Column, Direction) = (Column::NormalizedName, Direction::Ascending);
    type Filter = OrgFilter;
    type Order = OrgOrder;
}
