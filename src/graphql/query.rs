//! The roots of every question.

use async_graphql::{Context, ID, Object};

use super::error::Failure;
use super::event::{Event, EventFilter, EventLookup, EventOrder};
use super::job::{Job, JobFilter, JobLookup, JobOrder};
use super::moment::AsOfInput;
use super::node::{self, Node};
use super::org::{Org, OrgFilter, OrgLookup, OrgOrder};
use super::page::{self, Connection};
use super::rate_limit::{Bill, RateLimit};
use super::request::{Request, child};
use super::root;
use super::scalar::Date;
use super::slice::{self, JobSlice, JobSliceFilter, JobSliceOrder};
use super::source::{Source, SourceFilter, SourceLookup, SourceOrder};
use super::stats::{self, StatDimension, Stats};
use super::webhook::{self, Webhook};
use super::written::Written;
use crate::config::IDS_MAX;
use crate::store::event::Events;
use crate::store::job::Jobs;
use crate::store::org::Orgs;
use crate::store::rollup::Totals;
use crate::store::source::Sources;

/// Job postings, the employers and boards they come from, and everything that happened to them.
pub(super) struct Query;

/// Job postings, the employers and boards they come from, and everything that happened to them.
#[Object]
impl Query {
    /// Whatever has this id; null when nothing has.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A global id, or a plain one such as a `jobId` or a `sourceId`.")] id: ID,
    ) -> Result<Option<Node>, Failure> {
        let at = child(&Request::of(ctx)?.operation.selection, ctx, "Query")?;
        Ok(node::find(ctx, at, &[id]).await?.into_iter().next().flatten())
    }

    /// Whatever has these ids, in their order; null for each that nothing has.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100 ids, global or plain.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>, Failure> {
        if ids.len() > IDS_MAX {
            return Err(Failure::BadInput(format!(
                "\"ids\" has {} members\nhint: at most {IDS_MAX} are allowed",
                ids.len()
            )));
        }
        let at = child(&Request::of(ctx)?.operation.selection, ctx, "Query")?;
        node::find(ctx, at, &ids).await
    }

    /// One posting; null when there is none.
    async fn job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to find it by: exactly one.")] by: JobLookup,
        #[graphql(desc = "As of when; now, if not given. Costs 10 points, and reads the table of past states.")]
        as_of: Option<AsOfInput>,
    ) -> Result<Option<Written<Job>>, Failure> {
        let _ = as_of;
        let request = Request::of(ctx)?;
        let at = child(&request.operation.selection, ctx, "Query")?;
        Ok(root::lookup::<Jobs>(request, at, by.into()).await?.map(Written::from))
    }

    /// One employer; null when there is none.
    async fn org(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to find it by: exactly one.")] by: OrgLookup,
        #[graphql(
            desc = "As of when, if not now: null for one not yet seen then, its postings as they stood, its own fields as now. Costs 10 points."
        )]
        as_of: Option<AsOfInput>,
    ) -> Result<Option<Written<Org>>, Failure> {
        let _ = as_of;
        let request = Request::of(ctx)?;
        let at = child(&request.operation.selection, ctx, "Query")?;
        Ok(root::lookup_org(request, at, by).await?.map(Written::from))
    }

    /// One board; null when there is none.
    async fn source(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to find it by: exactly one.")] by: SourceLookup,
    ) -> Result<Option<Written<Source>>, Failure> {
        let request = Request::of(ctx)?;
        let at = child(&request.operation.selection, ctx, "Query")?;
        Ok(root::lookup::<Sources>(request, at, by.into()).await?.map(Written::from))
    }

    /// One event; null when there is none.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to find it by: exactly one.")] by: EventLookup,
    ) -> Result<Option<Written<Event>>, Failure> {
        let request = Request::of(ctx)?;
        let at = child(&request.operation.selection, ctx, "Query")?;
        Ok(root::lookup::<Events>(request, at, by.into()).await?.map(Written::from))
    }

    /// All postings, active and closed.
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
        #[graphql(desc = "As of when; now, if not given. Costs 10 points, and reads the table of past states.")]
        as_of: Option<AsOfInput>,
    ) -> Result<Connection<Jobs, Job>, Failure> {
        drop((search, first, after, last, before, filter, order_by, as_of));
        page::root(ctx).await
    }

    /// All employers.
    async fn orgs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<Box<OrgFilter>>,
        #[graphql(desc = "What the rows are ordered by, by default by name; at most 3 keys.")] order_by: Option<
            Vec<OrgOrder>,
        >,
        #[graphql(
            desc = "As of when, if not now: without those not yet seen then, their postings as they stood, their own fields as now. Costs 10 points."
        )]
        as_of: Option<AsOfInput>,
    ) -> Result<Connection<Orgs, Org>, Failure> {
        drop((first, after, last, before, filter, order_by, as_of));
        page::root(ctx).await
    }

    /// All boards.
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
        page::root(ctx).await
    }

    /// Everything that happened, of all postings.
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
        #[graphql(desc = "As of when; now, if not given. Costs 10 points, and reads the table of past states.")]
        as_of: Option<AsOfInput>,
    ) -> Result<Connection<Events, Event>, Failure> {
        drop((first, after, last, before, filter, order_by, as_of));
        page::root(ctx).await
    }

    /// All applicant tracking systems that postings come from, with their postings.
    async fn providers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<JobSliceFilter>,
        #[graphql(desc = "What the rows are ordered by, by default the most active postings first; at most 3 keys.")]
        order_by: Option<Vec<JobSliceOrder>>,
    ) -> Result<Connection<Totals, JobSlice>, Failure> {
        drop((first, after, last, before, filter, order_by));
        slice::of_dimension(ctx, "PROVIDER").await
    }

    /// All cities of primary places, with their postings.
    async fn cities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<JobSliceFilter>,
        #[graphql(desc = "What the rows are ordered by, by default the most active postings first; at most 3 keys.")]
        order_by: Option<Vec<JobSliceOrder>>,
    ) -> Result<Connection<Totals, JobSlice>, Failure> {
        drop((first, after, last, before, filter, order_by));
        slice::of_dimension(ctx, "CITY").await
    }

    /// All names of departments, of whatever employers, with their postings.
    async fn departments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<JobSliceFilter>,
        #[graphql(desc = "What the rows are ordered by, by default the most active postings first; at most 3 keys.")]
        order_by: Option<Vec<JobSliceOrder>>,
    ) -> Result<Connection<Totals, JobSlice>, Failure> {
        drop((first, after, last, before, filter, order_by));
        slice::of_dimension(ctx, "DEPARTMENT").await
    }

    /// What was counted of all postings, or of those that have a value in common: totals, what happened by day, how
    /// soon postings close, how fresh the boards are. The writer keeps these counts; asking for them is cheap.
    async fn stats(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they are kept by, by default everything together.")] by: Option<StatDimension>,
        #[graphql(desc = "Only of these values, at most 100; else of the largest.")] values: Option<Vec<String>>,
        #[graphql(desc = "Of how many of the largest values: 0 to 100, 10 if not given.")] top: Option<i32>,
        #[graphql(desc = "The first day in UTC; 29 days before the last, if not given.")] from: Option<Date>,
        #[graphql(desc = "The last day in UTC; today, if not given.")] to: Option<Date>,
    ) -> Result<Vec<Stats>, Failure> {
        drop((by, values, top, from, to));
        stats::stats(ctx).await
    }

    /// What whoever asks may still ask for, as points; null where the server sets no limit.
    async fn rate_limit(&self, ctx: &Context<'_>) -> Result<Option<RateLimit>, Failure> {
        let request = Request::of(ctx)?;
        // Whoever asks about the limit is answered anew each time, also that there is none.
        request.clock.read();
        Ok(ctx.data_opt::<Bill>().map(|bill| RateLimit::of(bill, request)))
    }

    /// The receivers that events are sent to, the oldest first. There are at most 50.
    async fn webhooks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 0 to 100.", default_with = "Some(webhook::WEBHOOKS_DEFAULT)")] first: Option<i32>,
    ) -> Result<Vec<Webhook>, Failure> {
        webhook::all(ctx, first).await
    }
}
