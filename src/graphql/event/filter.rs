//! By what events are found, filtered and ordered.

use async_graphql::{ID, InputObject, OneofObject};

use crate::graphql::filter::{Compares, RangeFilter, ValueFilter, combined};
use crate::graphql::node::{is, plain};
use crate::graphql::page::OrderDirection;
use crate::graphql::scalar::{DateTime, Seq, Uuid};
use crate::graphql::vocabulary::{EventCause, EventType};
use crate::store::event::Column;
use crate::store::filter::{Comparison, Filter};
use crate::store::page::Direction;

/// Conditions on events. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "EventFilter")]
pub struct EventFilter {
    /// All of these hold.
    and: Option<Vec<EventFilter>>,
    /// At least one of these holds.
    or: Option<Vec<EventFilter>>,
    /// This does not hold.
    not: Option<Box<EventFilter>>,
    /// The position in the log.
    seq: Option<RangeFilter<Seq>>,
    /// The posting, by its `jobId`.
    job_id: Option<ValueFilter<String>>,
    /// The employer's id.
    org_id: Option<ValueFilter<Uuid>>,
    /// The board's id.
    source_id: Option<ValueFilter<Uuid>>,
    /// The crawl that showed it.
    crawl_id: Option<ValueFilter<Uuid>>,
    /// The applicant tracking system, such as `greenhouse`.
    provider: Option<ValueFilter<String>>,
    /// What happened.
    #[graphql(name = "type")]
    event_type: Option<ValueFilter<EventType>>,
    /// Who brought it about.
    cause: Option<ValueFilter<EventCause>>,
    /// When it was observed.
    observed_at: Option<RangeFilter<DateTime>>,
}

impl From<EventFilter> for Filter<Column> {
    fn from(filter: EventFilter) -> Self {
        let mut parts = Vec::new();
        filter.seq.into_iter().for_each(|it| it.on(Column::Seq, &mut parts));
        filter.job_id.into_iter().for_each(|it| it.on(Column::JobId, &mut parts));
        filter.org_id.into_iter().for_each(|it| it.on(Column::OrgId, &mut parts));
        filter.source_id.into_iter().for_each(|it| it.on(Column::SourceId, &mut parts));
        filter.crawl_id.into_iter().for_each(|it| it.on(Column::CrawlId, &mut parts));
        filter.provider.into_iter().for_each(|it| it.on(Column::Provider, &mut parts));
        filter.event_type.into_iter().for_each(|it| it.on(Column::EventType, &mut parts));
        filter.cause.into_iter().for_each(|it| it.on(Column::Cause, &mut parts));
        filter.observed_at.into_iter().for_each(|it| it.on(Column::ObservedAt, &mut parts));
        let all = |list: Vec<EventFilter>| list.into_iter().map(Self::from).collect();
        combined(parts, filter.and.map(all), filter.or.map(all), filter.not.map(|it| Self::from(*it)))
    }
}

/// What events are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "EventOrder")]
pub enum EventOrder {
    /// The position in the log.
    Seq(OrderDirection),
    /// When it was observed.
    ObservedAt(OrderDirection),
}

impl From<EventOrder> for (Column, Direction) {
    fn from(order: EventOrder) -> Self {
        match order {
            EventOrder::Seq(direction) => (Column::Seq, direction.into()),
            EventOrder::ObservedAt(direction) => (Column::ObservedAt, direction.into()),
        }
    }
}

/// What one event is found by: exactly one.
#[derive(OneofObject, Clone, Debug)]
pub enum EventLookup {
    /// Its id, global, or its `eventKey`.
    Id(ID),
    /// Its position in this installation's log.
    Seq(Seq),
}

impl From<EventLookup> for Filter<Column> {
    fn from(lookup: EventLookup) -> Self {
        match lookup {
            EventLookup::Id(id) => is(Column::EventKey, plain(&id)),
            EventLookup::Seq(seq) => Self::Compare(Column::Seq, Comparison::Eq(seq.0.into())),
        }
    }
}
