//! The roots of every question.

use async_graphql::{Context, ID, Object};

use super::error::Failure;
use super::event::{Event, EventFilter, EventLookup, EventOrder};
use super::job::{Job, JobFilter, JobLookup, JobOrder};
use super::node::{self, Node};
use super::org::{Org, OrgFilter, OrgLookup, OrgOrder};
use super::page::{self, Connection};
use super::request::{Request, child};
use super::source::{Source, SourceFilter, SourceLookup, SourceOrder};
use super::webhook::{self, Webhook};
use crate::config::IDS_MAX;
use crate::store::event::Events;
use crate::store::job::Jobs;
use crate::store::org::Orgs;
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
    ) -> Result<Option<Job>, Failure> {
        let request = Request::of(ctx)?;
        let at = child(&request.operation.selection, ctx, "Query")?;
        Ok(node::lookup::<Jobs>(request, at, by.into()).await?.map(Job::from))
    }

    /// One employer; null when there is none.
    async fn org(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to find it by: exactly one.")] by: OrgLookup,
    ) -> Result<Option<Org>, Failure> {
        let request = Request::of(ctx)?;
        let at = child(&request.operation.selection, ctx, "Query")?;
        Ok(node::lookup::<Orgs>(request, at, by.into()).await?.map(Org::from))
    }

    /// One board; null when there is none.
    async fn source(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to find it by: exactly one.")] by: SourceLookup,
    ) -> Result<Option<Source>, Failure> {
        let request = Request::of(ctx)?;
        let at = child(&request.operation.selection, ctx, "Query")?;
        Ok(node::lookup::<Sources>(request, at, by.into()).await?.map(Source::from))
    }

    /// One event; null when there is none.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to find it by: exactly one.")] by: EventLookup,
    ) -> Result<Option<Event>, Failure> {
        let request = Request::of(ctx)?;
        let at = child(&request.operation.selection, ctx, "Query")?;
        Ok(node::lookup::<Events>(request, at, by.into()).await?.map(Event::from))
    }

    /// All postings, active and closed.
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
        #[graphql(desc = "Only rows that meet this.")] filter: Option<OrgFilter>,
        #[graphql(desc = "What the rows are ordered by, by default by name; at most 3 keys.")] order_by: Option<
            Vec<OrgOrder>,
        >,
    ) -> Result<Connection<Orgs, Org>, Failure> {
        drop((first, after, last, before, filter, order_by));
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
        #[graphql(desc = "Only rows that meet this.")] filter: Option<SourceFilter>,
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
        #[graphql(desc = "Only rows that meet this.")] filter: Option<EventFilter>,
        #[graphql(desc = "What the rows are ordered by, by default the latest first; at most 3 keys.")]
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Events, Event>, Failure> {
        drop((first, after, last, before, filter, order_by));
        page::root(ctx).await
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
