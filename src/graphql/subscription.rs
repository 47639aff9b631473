//! What can be followed. `Subscription` is the root that clients see. Each event is answered as a question of its own, on a
//! schema whose root is `Delivery`: the fields of the same names, which give what is being delivered.

use std::sync::Arc;

use async_graphql::{Context, Object, Subscription};
use futures_util::stream::{self, Stream};

use super::error::Failure;
use super::event::{Event, EventFilter};
use super::request::{Found, Request, child};
use super::scalar::Seq;
use crate::store::row::Record;

/// The name of both roots.
pub(super) const ROOT: &str = "Subscription";
/// The field that follows the log.
pub(super) const CHANGES: &str = "changes";

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
}

/// What a request on the second schema delivers.
pub(super) enum Current {
    Event(Arc<Record>),
}

/// The root of the second schema. Its arguments were read when the subscription began.
pub(super) struct Delivery;

#[Object(name = "Subscription")]
impl Delivery {
    async fn changes(&self, ctx: &Context<'_>) -> Result<Event, Failure> {
        let at = child(&Request::of(ctx)?.operation.selection, ctx, ROOT)?;
        match ctx.data_opt::<Current>() {
            Some(Current::Event(record)) => Ok(Event::from(Found::new(Arc::clone(record), at))),
            None => Err(Failure::Broken("a delivery of nothing")),
        }
    }
}
