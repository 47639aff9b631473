//! Employers.

mod filter;

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

pub(super) use self::filter::{OrgFacetField, OrgFilter, OrgLookup, OrgOrder};
use super::error::Failure;
use super::event::{Event, EventFilter, EventOrder};
use super::job::{Job, JobFilter, JobOrder};
use super::node::Kind;
use super::page::{Connection, Edge, Listable, connection};
use super::request::{Boxed, Found, Loaded, LoadedByKey, Noun, Relation, Request, Slot};
use super::scalar::{DateTime, Url, Uuid};
use super::source::{Source, SourceFilter, SourceOrder};
use super::value::{json, time, url, uuid};
use super::written::{Direct, Leaf, Link, Out, Unwritten};
use crate::plan::Selection;
use crate::store::count::Parents;
use crate::store::event::Events;
use crate::store::filter::{Comparison, Filter};
use crate::store::job::{Column as JobColumn, Jobs};
use crate::store::org::{Column, Orgs};
use crate::store::page::{Direction, Total};
use crate::store::role::Belonging;
use crate::store::row::Record;
use crate::store::scope::Scope;
use crate::store::source::Sources;

/// An employer. Each board has an org of its own until a rule of the operator joins them.
pub(super) struct Org(Found);

impl From<Found> for Org {
    fn from(found: Found) -> Self {
        Self(found)
    }
}

impl Direct for Org {
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.0.write::<Orgs>(request, out)
    }
}

impl Org {
    /// How many of its postings were active, and how many were known, where the answer is of a past moment.
    async fn counts_then(&self, ctx: &Context<'_>) -> Result<Option<(i64, i64)>, Failure> {
        let (request, field) = (Request::of(ctx)?, self.0.field::<Orgs>(ctx)?);
        if request.as_of(field)?.is_none() {
            return Ok(None);
        }
        match request.follow::<Orgs>(&self.0, field, Slot::Field).await? {
            Loaded::Counts { active, total } => Ok(Some((active, total))),
            _ => Ok(Some((0, 0))),
        }
    }
}

/// Counts the postings of orgs as they stood then.
fn counts<'a>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    orgs: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let scope = Scope::at(request.as_of(at)?);
        let parents = Parents { belonging: Belonging::Column(JobColumn::OrgId), keys: orgs };
        let is_active = Filter::Compare(JobColumn::Status, Comparison::Eq("ACTIVE".into()));
        let active = request.reader.count_by_parent::<Jobs>(parents, &scope, &is_active).await?;
        let total = request.reader.count_by_parent::<Jobs>(parents, &scope, &Filter::default()).await?;
        let of =
            |counts: &std::collections::HashMap<String, Total>, org: &String| counts.get(org).map_or(0, |it| it.count);
        let counts = |org: &String| Loaded::Counts { active: of(&active, org), total: of(&total, org) };
        Ok(orgs.iter().map(|org| (org.clone(), Ok(counts(org)))).collect())
    })
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

    /// The ids and short names of employers that were joined into it. It is still found by them.
    async fn aliases(&self) -> Result<Vec<String>, Failure> {
        Ok(json(&self.0.record, Column::Aliases)?.unwrap_or_default())
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

    /// When one of its boards was added, or first crawled.
    async fn first_seen_at(&self) -> DateTime {
        time(&self.0.record, Column::FirstSeenAt)
    }

    /// When one of its boards was last crawled, or added if none was.
    async fn last_seen_at(&self) -> DateTime {
        time(&self.0.record, Column::LastSeenAt)
    }

    /// How many of its postings are active.
    async fn active_job_count(&self, ctx: &Context<'_>) -> Result<i64, Failure> {
        Ok(self
            .counts_then(ctx)
            .await?
            .map_or_else(|| self.0.record.number(Column::ActiveJobCount), |(active, _)| active))
    }

    /// How many postings of it are known, closed ones included.
    async fn job_count(&self, ctx: &Context<'_>) -> Result<i64, Failure> {
        Ok(self.counts_then(ctx).await?.map_or_else(|| self.0.record.number(Column::JobCount), |(_, total)| total))
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
        let (listed, at) = self.0.list::<Orgs>(ctx).await?;
        Ok(connection(listed, &at))
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
        #[graphql(desc = "Only rows that meet this.")] filter: Option<Box<SourceFilter>>,
        #[graphql(desc = "What the rows are ordered by, by default by board token; at most 3 keys.")] order_by: Option<
            Vec<SourceOrder>,
        >,
    ) -> Result<Connection<Sources, Source>, Failure> {
        drop((first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Orgs>(ctx).await?;
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
        let (listed, at) = self.0.list::<Orgs>(ctx).await?;
        Ok(connection(listed, &at))
    }
}

impl Noun for Orgs {
    const TYPE_NAME: &'static str = "Org";

    fn columns(field: &Selection) -> Vec<Column> {
        match field.field.as_str() {
            "activeJobCount" => vec![Column::ActiveJobCount],
            "jobCount" => vec![Column::JobCount],
            name => Self::leaf(name).map(|it| it.columns()).unwrap_or_default(),
        }
    }

    fn leaf(field: &str) -> Option<Leaf<Column>> {
        use Column as C;
        Some(match field {
            "id" => Leaf::Made(&[C::OrgId], |row, out| out.value(&*Kind::Org.id(row.text(C::OrgId)))),
            "orgId" => Leaf::Text(C::OrgId),
            "name" => Leaf::Text(C::Name),
            "normalizedName" => Leaf::Text(C::NormalizedName),
            "slug" => Leaf::Text(C::Slug),
            "aliases" => Leaf::Json(C::Aliases, "[]"),
            "domains" => Leaf::Json(C::Domains, "[]"),
            "websiteUrl" => Leaf::TextOrNull(C::WebsiteUrl),
            "careersUrl" => Leaf::TextOrNull(C::CareersUrl),
            "firstSeenAt" => Leaf::Time(C::FirstSeenAt),
            "lastSeenAt" => Leaf::Time(C::LastSeenAt),
            _ => return None,
        })
    }

    fn write(link: &Link<'_>, out: &mut Out) -> Result<(), Unwritten> {
        match link.field.field.as_str() {
            "jobs" => link.list::<Jobs>(out),
            "sources" => link.list::<Sources>(out),
            "events" => link.list::<Events>(out),
            name @ ("activeJobCount" | "jobCount") if matches!(link.request.as_of(link.field), Ok(None)) => {
                out.value(&link.row.number(if name == "jobCount" { Column::JobCount } else { Column::ActiveJobCount }));
                Ok(())
            }
            _ => Err(Unwritten),
        }
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        let key = |row: &Record| row.optional_text(Column::OrgId).map(ToOwned::to_owned);
        match field.field.as_str() {
            "jobs" => {
                vec![Relation::to_many::<Jobs, { entity::job::Column::OrgId as usize }>(Column::OrgId, key)]
            }
            "activeJobCount" | "jobCount" => {
                vec![Relation::new(Slot::Field, key, counts).only_past()]
            }
            "sources" => {
                vec![Relation::to_many::<Sources, { entity::source::Column::OrgId as usize }>(Column::OrgId, key)]
            }
            "events" => {
                vec![Relation::to_many::<Events, { entity::event::Column::OrgId as usize }>(Column::OrgId, key)]
            }
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
    type Facet = OrgFacetField;
    type Edge = Edge<Orgs, Org>;
}
