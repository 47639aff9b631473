//! By what events are found, filtered and ordered.

use async_graphql::{Enum, ID, InputObject, OneofObject};

use crate::graphql::error::Failure;
use crate::graphql::facet::FacetField;
use crate::graphql::filter::{Asked, Compares, Conditions, RangeFilter, TimeFilter, ValueFilter, combined};
use crate::graphql::job::JobFilter;
use crate::graphql::node::{is, plain};
use crate::graphql::org::OrgFilter;
use crate::graphql::page::OrderDirection;
use crate::graphql::scalar::{Seq, Uuid};
use crate::graphql::source::SourceFilter;
use crate::graphql::vocabulary::{EventCause, EventType};
use crate::store::event::Column;
use crate::store::facet::{Buckets, Facet, Label};
use crate::store::filter::{Comparison, Filter};
use crate::store::page::{Direction, Sort};

/// Conditions on events. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "EventFilter")]
pub(in crate::graphql) struct EventFilter {
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
    /// The employer's id, or that of one that was joined into it.
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
    observed_at: Option<TimeFilter>,
    /// The posting, as it stood after the event. Finds no event of before postings' states were kept.
    job: Option<Box<JobFilter>>,
    /// The employer.
    org: Option<Box<OrgFilter>>,
    /// The board.
    source: Option<Box<SourceFilter>>,
}

impl Conditions<Column> for EventFilter {
    fn conditions(self, asked: &Asked) -> Result<Filter<Column>, Failure> {
        let filter = self;
        let mut parts = Vec::new();
        filter.seq.into_iter().for_each(|it| it.on(Column::Seq, asked, &mut parts));
        filter.job_id.into_iter().for_each(|it| it.on(Column::JobId, asked, &mut parts));
        filter.org_id.into_iter().for_each(|it| it.on(Column::OrgId, asked, &mut parts));
        filter.source_id.into_iter().for_each(|it| it.on(Column::SourceId, asked, &mut parts));
        filter.crawl_id.into_iter().for_each(|it| it.on(Column::CrawlId, asked, &mut parts));
        filter.provider.into_iter().for_each(|it| it.on(Column::Provider, asked, &mut parts));
        filter.event_type.into_iter().for_each(|it| it.on(Column::EventType, asked, &mut parts));
        filter.cause.into_iter().for_each(|it| it.on(Column::Cause, asked, &mut parts));
        filter.observed_at.into_iter().for_each(|it| it.on(Column::ObservedAt, asked, &mut parts));
        if let Some(job) = filter.job {
            parts.push(Filter::related("job_version", "from_seq", "seq", job.conditions(&asked.standing())?));
        }
        if let Some(org) = filter.org {
            parts.push(Filter::related("org", "org_id", "org_id", org.conditions(asked)?));
        }
        if let Some(source) = filter.source {
            parts.push(Filter::related("source", "source_id", "source_id", source.conditions(asked)?));
        }
        combined(parts, filter.and, filter.or, filter.not, asked)
    }
}

/// What events are ordered by: exactly one key. Rows without a value come as if theirs were the smallest.
#[derive(OneofObject, Clone, Copy, Debug)]
#[graphql(name = "EventOrder")]
pub(in crate::graphql) enum EventOrder {
    /// The position in the log.
    Seq(OrderDirection),
    /// When it was observed.
    ObservedAt(OrderDirection),
}

impl From<EventOrder> for (Sort<Column>, Direction) {
    fn from(order: EventOrder) -> Self {
        match order {
            EventOrder::Seq(direction) => (Sort::Column(Column::Seq), direction.into()),
            EventOrder::ObservedAt(direction) => (Sort::Column(Column::ObservedAt), direction.into()),
        }
    }
}

/// What one event is found by: exactly one.
#[derive(OneofObject, Clone, Debug)]
pub(in crate::graphql) enum EventLookup {
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

/// What events can be divided by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum EventFacetField {
    /// What happened.
    Type,
    /// Who brought it about.
    Cause,
    /// The applicant tracking system.
    Provider,
    /// The employer.
    Org,
    /// The board.
    Source,
    /// The day it was observed in UTC.
    ObservedDay,
    /// The month it was observed in UTC.
    ObservedMonth,
}

impl FacetField<Column> for EventFacetField {
    fn question(self) -> Facet<Column> {
        match self {
            Self::Type => Facet::by(Column::EventType),
            Self::Cause => Facet::by(Column::Cause),
            Self::Provider => Facet::by(Column::Provider),
            Self::Org => Facet::by(Column::OrgId).labelled(Label::ORG),
            Self::Source => Facet::by(Column::SourceId).labelled(Label::SOURCE),
            Self::ObservedDay => Facet::cut(Column::ObservedAt, Buckets::Days),
            Self::ObservedMonth => Facet::cut(Column::ObservedAt, Buckets::Months),
        }
    }

    fn is_of_providers(self) -> bool {
        self == Self::Provider
    }
}
