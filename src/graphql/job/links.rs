//! What a posting is linked to.
//!
//! A list's arguments are declared here and read by `page` from the document, once for all rows.

use std::sync::Arc;

use async_graphql::{Context, Object};

use super::related::RelatedJobs;
use super::revision::{JobRevision, JobRevisionFilter, JobRevisionOrder};
use super::role::JobRole;

use crate::graphql::error::Failure;
use crate::graphql::event::{Event, EventFilter, EventOrder};
use crate::graphql::org::Org;
use crate::graphql::page::{Connection, connection};
use crate::graphql::request::Found;
use crate::graphql::source::Source;
use crate::graphql::written::Written;
use crate::store::event::Events;
use crate::store::job::{Jobs, Versions};

pub(super) struct JobLinks(pub(super) Found);

#[Object]
impl JobLinks {
    /// The employer.
    async fn org(&self, ctx: &Context<'_>) -> Result<Written<Org>, Failure> {
        let org = self.0.one::<Jobs>(ctx).await?.ok_or(Failure::Broken("a job without an org"))?;
        Ok(org.into())
    }

    /// The board it is posted on.
    async fn source(&self, ctx: &Context<'_>) -> Result<Written<Source>, Failure> {
        let source = self.0.one::<Jobs>(ctx).await?.ok_or(Failure::Broken("a job without a source"))?;
        Ok(source.into())
    }

    /// Other postings that have something in common with it.
    async fn related(&self, ctx: &Context<'_>) -> Result<RelatedJobs, Failure> {
        Ok(RelatedJobs(Found::new(Arc::clone(&self.0.record), self.0.field::<Jobs>(ctx)?)))
    }

    /// The role that it offers, as far as its title and its description tell, and the other postings of it: reposts,
    /// copies on other boards, the same for other places. Null when it says too little, in fewer than 200 letters.
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<JobRole>, Failure> {
        Ok(JobRole::of(Found::new(Arc::clone(&self.0.record), self.0.field::<Jobs>(ctx)?)))
    }

    /// All states it has had, from event to event.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<JobRevisionFilter>,
        #[graphql(desc = "What the rows are ordered by, by default the latest first.")] order_by: Option<
            Vec<JobRevisionOrder>,
        >,
    ) -> Result<Connection<Versions, JobRevision>, Failure> {
        drop((first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Jobs>(ctx).await?;
        Ok(connection(listed, &at))
    }

    /// The state that began with its event of this number; null when there is none.
    async fn revision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number among its events: 1 for the first.")] job_seq: i32,
    ) -> Result<Option<JobRevision>, Failure> {
        let _ = job_seq;
        Ok(self.0.one::<Jobs>(ctx).await?.map(JobRevision::from))
    }

    /// What happened to it.
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
        let (listed, at) = self.0.list::<Jobs>(ctx).await?;
        Ok(connection(listed, &at))
    }
}
