//! What a posting is linked to.
//!
//! A list's arguments are declared here and read by `page` from the document, once for all rows.

use async_graphql::{Context, Object};

use crate::graphql::error::Failure;
use crate::graphql::event::{Event, EventFilter, EventOrder};
use crate::graphql::org::Org;
use crate::graphql::page::Connection;
use crate::graphql::request::Found;
use crate::graphql::source::Source;
use crate::store::event::Events;
use crate::store::job::Jobs;

pub(super) struct JobLinks(pub(super) Found);

#[Object]
impl JobLinks {
    /// The employer.
    async fn org(&self, ctx: &Context<'_>) -> Result<Org, Failure> {
        let org = self.0.one::<Jobs>(ctx).await?.ok_or(Failure::Broken("a job without an org"))?;
        Ok(org.into())
    }

    /// The board it is posted on.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source, Failure> {
        let source = self.0.one::<Jobs>(ctx).await?.ok_or(Failure::Broken("a job without a source"))?;
        Ok(source.into())
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
        #[graphql(desc = "Only rows that meet this.")] filter: Option<EventFilter>,
        #[graphql(desc = "What the rows are ordered by, by default the latest first; at most 3 keys.")]
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Events, Event>, Failure> {
        drop((first, after, last, before, filter, order_by));
        let (listed, at) = self.0.list::<Jobs>(ctx).await?;
        Ok(Connection::new(listed, at))
    }
}
