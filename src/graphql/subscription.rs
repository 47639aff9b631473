//! What can be followed. `Subscription` is the root that clients see. Each event is answered as a question of its own, on a
//! schema whose root is `Delivery`: the fields of the same names, which give what is being delivered.

use std::sync::Arc;

use async_graphql::{Context, Object, Subscription};
use futures_util::stream::{self, Stream};

use super::error::Failure;
use super::event::{Event, EventFilter};
use super::job::JobFilter;
use super::request::{Found, Request, child};
use super::scalar::Seq;
use super::watch::JobWatch;
use super::written::Written;
use crate::store::row::Record;

/// The name of both roots.
pub(super) const ROOT: &str = "Subscription";
/// The field that follows the log.
pub(super) const CHANGES: &str = "changes";
/// The field that follows a list.
pub(super) const WATCH: &str = "watch";

/// What happens, as it happens: over WebSocket (`graphql-transport-ws`), or as `text/event-stream`.
pub(super) struct Subscription;

/// What happens, as it happens: over WebSocket (`graphql-transport-ws`), or as `text/event-stream`.
#[Subscription]
impl Subscription {
    /// Every event of the log after a position, each once and in order: first those that are there, then those that
    /// come. Read `seq`, and give the last one as `after` to go on later, on any server of the installation.
    async fn changes(
        &self,
        #[graphql(desc = "Only events with a greater `seq`; by default, those from now on.")] after: Option<Seq>,
        #[graphql(desc = "Only events that meet this.")] filter: Option<Box<EventFilter>>,
    ) -> impl Stream<Item = Event> {
        drop((after, filter));
        stream::empty()
    }

    /// A standing question: what each event does to the list of the active postings that meet a filter. Ask for the
    /// list with its `snapshot` first, and give that as `after`: then the two are one picture without a gap. A filter
    /// that depends on the time of asking is held against the time of subscribing.
    async fn watch(
        &self,
        #[graphql(desc = "Only what happens after this `seq`; by default, from now on.")] after: Option<Seq>,
        #[graphql(desc = "Which postings are asked for; all active ones by default.")] filter: Option<Box<JobFilter>>,
    ) -> impl Stream<Item = JobWatch> {
        drop((after, filter));
        stream::empty()
    }
}

/// What a request on the second schema delivers.
pub(super) enum Current {
    Event(Arc<Record>),
    Watched(JobWatch),
}

/// The root of the second schema. Its arguments were read when the subscription began.
pub(super) struct Delivery;

#[Object(name = "Subscription")]
impl Delivery {
    async fn changes(&self, ctx: &Context<'_>) -> Result<Written<Event>, Failure> {
        let at = child(&Request::of(ctx)?.operation.selection, ctx, ROOT)?;
        match ctx.data_opt::<Current>() {
            Some(Current::Event(record)) => Ok(Found::new(Arc::clone(record), at).into()),
            _ => Err(Failure::Broken("a delivery of nothing")),
        }
    }

    async fn watch(&self, ctx: &Context<'_>) -> Result<JobWatch, Failure> {
        let at = child(&Request::of(ctx)?.operation.selection, ctx, ROOT)?;
        match ctx.data_opt::<Current>() {
            Some(Current::Watched(change)) => Ok(change.at(at)),
            _ => Err(Failure::Broken("a delivery of nothing")),
        }
    }
}
