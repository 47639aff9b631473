//! Boards.

mod filter;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use serde::Serialize;

pub(super) use self::filter::{SourceFacetField, SourceFilter, SourceLookup, SourceOrder};
use super::crawl::{Crawl, CrawlFilter, CrawlOrder};
use super::error::Failure;
use super::event::{Event, EventFilter, EventOrder};
use super::job::{Job, JobFilter, JobOrder};
use super::node::Kind;
use super::org::Org;
use super::page::{Connection, Edge, Listable, connection};
use super::request::{Found, Noun, Relation, Request};
use super::scalar::{DateTime, Url, Uuid};
use super::value::{closed, provider_label, share, time, time_or_null, url, uuid};
use super::vocabulary::{SourceHealth, SourceStatus};
use super::written::{Direct, Leaf, Link, Out, Unwritten, Written};
use crate::plan::Selection;
use crate::store::crawl::Crawls;
use crate::store::event::Events;
use crate::store::job::Jobs;
use crate::store::org::Orgs;
use crate::store::page::Direction;
use crate::store::row::Record;
use crate::store::source::{Column, Sources};

/// A board of a provider: where postings come from.
pub(super) struct Source(Found);

impl From<Found> for Source {
    fn from(found: Found) -> Self {
        Self(found)
    }
}

impl Direct for Source {
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.0.write::<Sources>(request, out)
    }
}

/// A board of a provider: where postings come from.
#[Object]
impl Source {
    /// Names the board among everything in this graph. Opaque.
    pub async fn id(&self) -> ID {
        Kind::Source.id(self.0.record.text(Column::SourceId))
    }

    /// Names the board on any installation.
    async fn source_id(&self) -> Uuid {
        uuid(&self.0.record, Column::SourceId)
    }

    /// The applicant tracking system, such as `greenhouse`.
    async fn provider(&self) -> &str {
        self.0.record.text(Column::Provider)
    }

    /// The applicant tracking system's name for display.
    async fn provider_label(&self) -> String {
        provider_label(self.0.record.text(Column::Provider))
    }

    /// The board's name in the provider's addresses, its case kept.
    async fn board_token(&self) -> &str {
        self.0.record.text(Column::BoardToken)
    }

    /// The board's name for display.
    async fn name(&self) -> &str {
        self.0.record.text(Column::Name)
    }

    /// The board's page for people.
    async fn board_url(&self) -> Option<Url> {
        url(&self.0.record, Column::BoardUrl)
    }

    /// The address that is crawled.
    async fn api_url(&self) -> Option<Url> {
        url(&self.0.record, Column::ApiUrl)
    }

    /// Whether it is crawled.
    async fn status(&self) -> Result<SourceStatus, Failure> {
        closed(&self.0.record, Column::Status)?.ok_or(Failure::Broken("a source without a status"))
    }

    /// How well its crawls go.
    async fn health(&self) -> Result<SourceHealth, Failure> {
        closed(&self.0.record, Column::Health)?.ok_or(Failure::Broken("a source without a health"))
    }

    /// Seconds between two crawls at most; a board that changes often is crawled more often.
    async fn crawl_interval(&self) -> i64 {
        self.0.record.number(Column::CrawlIntervalS)
    }

    /// When it was last crawled, with whatever outcome.
    async fn last_crawled_at(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::LastCrawledAt)
    }

    /// When it last answered.
    async fn last_success_at(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::LastSuccessAt)
    }

    /// When it was last read completely.
    async fn last_complete_at(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::LastCompleteAt)
    }

    /// When it last had postings.
    async fn last_non_empty_at(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::LastNonEmptyAt)
    }

    /// When it is next due.
    async fn next_crawl_after(&self) -> Option<DateTime> {
        time_or_null(&self.0.record, Column::NextCrawlAfter)
    }

    /// How many crawls in a row have failed.
    async fn consecutive_failures(&self) -> i64 {
        self.0.record.number(Column::ConsecutiveFailures)
    }

    /// What the latest failed crawl met; null after a success.
    async fn last_error(&self) -> Option<&str> {
        self.0.record.optional_text(Column::LastError)
    }

    /// How many of its postings are active.
    async fn active_job_count(&self) -> i64 {
        self.0.record.number(Column::ActiveJobCount)
    }

    /// How many postings of it are known, closed ones included.
    async fn job_count(&self) -> i64 {
        self.0.record.number(Column::JobCount)
    }

    /// When it was added, or first crawled.
    async fn first_seen_at(&self) -> DateTime {
        time(&self.0.record, Column::FirstSeenAt)
    }

    /// What its provider can tell.
    async fn capabilities(&self) -> SourceCapabilities {
        SourceCapabilities::of(self.0.record.text(Column::Provider))
    }

    /// When its postings are closed.
    async fn policy(&self) -> SourcePolicy {
        SourcePolicy::of(&self.0.record)
    }

    /// The employer.
    async fn org(&self, ctx: &Context<'_>) -> Result<Written<Org>, Failure> {
        let org = self.0.one::<Sources>(ctx).await?.ok_or(Failure::Broken("a source without an org"))?;
        Ok(org.into())
    }

    /// Its postings, active and closed.
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only postings that say this in title, employer, department, places or description: words, \"phrases\", -without, or, beginning*."
        )]
        search: Option<String>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<Box<JobFilter>>,
        #[graphql(
            desc = "What the rows are ordered by, by default the best matches of a search, else the latest posted first; at most 3 keys."
        )]
        order_by: Option<Vec<JobOrder>>,
    ) -> Result<Connection<Jobs, Job>, Failure> {
        drop((search, first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Sources>(ctx).await?;
        Ok(connection(listed, &at))
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
        #[graphql(desc = "Only rows that meet this.")] filter: Option<Box<EventFilter>>,
        #[graphql(desc = "What the rows are ordered by, by default the latest first; at most 3 keys.")]
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Events, Event>, Failure> {
        drop((first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Sources>(ctx).await?;
        Ok(connection(listed, &at))
    }

    /// The runs over it.
    async fn crawls(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<Box<CrawlFilter>>,
        #[graphql(desc = "What the rows are ordered by, by default the latest first; at most 3 keys.")]
        order_by: Option<Vec<CrawlOrder>>,
    ) -> Result<Connection<Crawls, Crawl>, Failure> {
        drop((first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Sources>(ctx).await?;
        Ok(connection(listed, &at))
    }
}

/// What a provider's answers can tell.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SourceCapabilities {
    /// Whether a list has the descriptions too.
    description_in_list: bool,
    /// Whether pay has fields of its own.
    salary_field: bool,
    /// Whether postings say when they were updated.
    updated_at: bool,
    /// Whether postings can state a deadline.
    deadline: bool,
    /// Whether the list of a board takes several requests; those for single postings are not counted.
    paginated: bool,
    /// Whether an answer declares how many postings there are.
    total_declared: bool,
}

impl SourceCapabilities {
    fn of(provider: &str) -> Self {
        let it = crate::ingest::provider::find(provider).map(|it| it.capabilities).unwrap_or_default();
        Self {
            description_in_list: it.description_in_list,
            salary_field: it.salary_field,
            updated_at: it.updated_at,
            deadline: it.deadline,
            paginated: it.paginated,
            total_declared: it.total_declared,
        }
    }
}

/// When the postings of a board are closed.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SourcePolicy {
    /// A posting closes after so many complete crawls in a row without it.
    close_after_misses: i64,
    /// A crawl that sees less than this share of what is usual is suspect.
    drop_guard: f64,
    /// A crawl that would miss more than this share of the active postings is suspect.
    blast_radius: f64,
    /// A board must be found empty so many times before its postings close.
    empty_confirmations: i64,
}

impl SourcePolicy {
    fn of(row: &Record) -> Self {
        Self {
            close_after_misses: row.number(Column::CloseAfterMisses),
            drop_guard: share(row, Column::DropGuardPercent),
            blast_radius: share(row, Column::BlastRadiusPercent),
            empty_confirmations: row.number(Column::EmptyConfirmations),
        }
    }
}

impl Noun for Sources {
    const TYPE_NAME: &'static str = "Source";

    fn columns(field: &Selection) -> Vec<Column> {
        match field.field.as_str() {
            "capabilities" => vec![Column::Provider],
            "policy" => vec![
                Column::CloseAfterMisses,
                Column::DropGuardPercent,
                Column::BlastRadiusPercent,
                Column::EmptyConfirmations,
            ],
            "org" => vec![Column::OrgId],
            name => Self::leaf(name).map(|it| it.columns()).unwrap_or_default(),
        }
    }

    fn leaf(field: &str) -> Option<Leaf<Column>> {
        use Column as C;
        Some(match field {
            "id" => Leaf::Made(&[C::SourceId], |row, out| out.value(&*Kind::Source.id(row.text(C::SourceId)))),
            "sourceId" => Leaf::Text(C::SourceId),
            "provider" => Leaf::Text(C::Provider),
            "providerLabel" => Leaf::Made(&[C::Provider], |row, out| out.value(&provider_label(row.text(C::Provider)))),
            "boardToken" => Leaf::Text(C::BoardToken),
            "name" => Leaf::Text(C::Name),
            "boardUrl" => Leaf::TextOrNull(C::BoardUrl),
            "apiUrl" => Leaf::TextOrNull(C::ApiUrl),
            "status" => Leaf::Text(C::Status),
            "health" => Leaf::Text(C::Health),
            "crawlInterval" => Leaf::Number(C::CrawlIntervalS),
            "lastCrawledAt" => Leaf::TimeOrNull(C::LastCrawledAt),
            "lastSuccessAt" => Leaf::TimeOrNull(C::LastSuccessAt),
            "lastCompleteAt" => Leaf::TimeOrNull(C::LastCompleteAt),
            "lastNonEmptyAt" => Leaf::TimeOrNull(C::LastNonEmptyAt),
            "nextCrawlAfter" => Leaf::TimeOrNull(C::NextCrawlAfter),
            "consecutiveFailures" => Leaf::Number(C::ConsecutiveFailures),
            "lastError" => Leaf::TextOrNull(C::LastError),
            "activeJobCount" => Leaf::Number(C::ActiveJobCount),
            "jobCount" => Leaf::Number(C::JobCount),
            "firstSeenAt" => Leaf::Time(C::FirstSeenAt),
            _ => return None,
        })
    }

    fn write(link: &Link<'_>, out: &mut Out) -> Result<(), Unwritten> {
        match link.field.field.as_str() {
            "org" => link.one::<Orgs>(out),
            "jobs" => link.list::<Jobs>(out),
            "events" => link.list::<Events>(out),
            "crawls" => link.list::<Crawls>(out),
            "capabilities" => {
                out.pick(&SourceCapabilities::of(link.row.text(Column::Provider)), link.field, "SourceCapabilities")
            }
            "policy" => out.pick(&SourcePolicy::of(link.row), link.field, "SourcePolicy"),
            _ => Err(Unwritten),
        }
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        let key = |row: &Record| row.optional_text(Column::SourceId).map(ToOwned::to_owned);
        match field.field.as_str() {
            "org" => {
                vec![Relation::to_one::<Orgs>(Column::OrgId, |row| {
                    row.optional_text(Column::OrgId).map(ToOwned::to_owned)
                })]
            }
            "jobs" => {
                vec![Relation::to_many::<Jobs, { entity::job::Column::SourceId as usize }>(Column::SourceId, key)]
            }
            "events" => {
                vec![Relation::to_many::<Events, { entity::event::Column::SourceId as usize }>(Column::SourceId, key)]
            }
            "crawls" => {
                vec![Relation::to_many::<Crawls, { entity::crawl::Column::SourceId as usize }>(Column::SourceId, key)]
            }
            _ => Vec::new(),
        }
    }
}

impl Listable for Sources {
    const CONNECTION_NAME: &'static str = "SourceConnection";
    const EDGE_NAME: &'static str = "SourceEdge";
    const DEFAULT_ORDER: (Column, Direction) = (Column::BoardKey, Direction::Ascending);
    type Filter = SourceFilter;
    type Order = SourceOrder;
    type Facet = SourceFacetField;
    type Edge = Edge<Sources, Source>;
}
