//! The states that a posting has had.

use std::sync::Arc;

use async_graphql::{Context, Enum, InputObject, Object, OneofObject};
use entity::job_version::NOW;

use super::Job;
use crate::graphql::arguments::argument;
use crate::graphql::error::Failure;
use crate::graphql::event::Event;
use crate::graphql::facet::FacetField;
use crate::graphql::filter::{Asked, Compares, Conditions, RangeFilter, TimeFilter, combined};
use crate::graphql::page::{Edge, Listable, OrderDirection};
use crate::graphql::relation::{columns, to_one};
use crate::graphql::request::{Boxed, Found, Loaded, LoadedByKey, Noun, Relation, Request, Slot};
use crate::graphql::scalar::{DateTime, Seq};
use crate::graphql::value::time;
use crate::graphql::written::{Direct, Out, Unwritten};
use crate::plan::Selection;
use crate::store::event::Events;
use crate::store::facet::{Buckets, Facet};
use crate::store::filter::{Comparison, Filter};
use crate::store::job::{Jobs, VersionColumn as Column, Versions};
use crate::store::page::{Direction, Listing, Order, Slice, Sort};
use crate::store::role::Belonging;
use crate::store::row::Record;
use crate::store::scope::{AsOf, Scope};

/// A posting as it stood from one event to the next.
pub(in crate::graphql) struct JobRevision(Found);

impl From<Found> for JobRevision {
    fn from(found: Found) -> Self {
        Self(found)
    }
}

impl Direct for JobRevision {
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.0.write::<Versions>(request, out)
    }
}

/// A posting as it stood from one event to the next.
#[Object]
impl JobRevision {
    /// The number of the event that it begins with, in this installation's log.
    async fn seq(&self) -> Seq {
        Seq(self.0.record.number(Column::FromSeq))
    }

    /// Its number among the states of the posting: 1 for the first.
    async fn job_seq(&self) -> i64 {
        self.0.record.number(Column::JobSeq)
    }

    /// When the event that it begins with was observed.
    async fn valid_from(&self) -> DateTime {
        time(&self.0.record, Column::FromAt)
    }

    /// When the event that ended it was observed; null for the present state, and under `asOf` for the state of that
    /// moment.
    async fn valid_until(&self, ctx: &Context<'_>) -> Result<Option<DateTime>, Failure> {
        let row = &self.0.record;
        let end = match Request::of(ctx)?.as_of(&self.0.at)? {
            Some(AsOf::Seq(seq)) if row.number(Column::UntilSeq) > seq => NOW,
            Some(AsOf::Time(at)) if row.number(Column::UntilAt) > at => NOW,
            _ => row.number(Column::UntilAt),
        };
        Ok((end != NOW).then_some(DateTime(end)))
    }

    /// What led to it, with what it changed.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event, Failure> {
        let event = self.0.one::<Versions>(ctx).await?.ok_or(Failure::Broken("a revision without an event"))?;
        Ok(event.into())
    }

    /// The whole posting as it stood then, its description and facts included. `lastSeenAt` and other times of checking
    /// are those of its beginning; lists below it are those of now.
    async fn job(&self, ctx: &Context<'_>) -> Result<Job, Failure> {
        let job = self.0.one::<Versions>(ctx).await?.ok_or(Failure::Broken("a revision without a posting"))?;
        Ok(job.into())
    }
}

impl Noun for Versions {
    const TYPE_NAME: &'static str = "JobRevision";

    fn columns(field: &Selection) -> Vec<Column> {
        match field.field.as_str() {
            "jobSeq" => vec![Column::JobSeq],
            "validFrom" => vec![Column::FromAt],
            "validUntil" => vec![Column::UntilSeq, Column::UntilAt],
            _ => Vec::new(),
        }
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        let key = |row: &Record| Some(row.number(Column::FromSeq).to_string());
        match field.field.as_str() {
            "event" => vec![Relation::new(Slot::Field, key, to_one::<Events>)],
            "job" => vec![Relation::new(Slot::Field, key, as_it_stood)],
            _ => Vec::new(),
        }
    }
}

/// Postings as they stood after the events of these numbers.
fn as_it_stood<'a>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    seqs: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let found = request.reader.load_versions(columns::<Jobs>(at), seqs).await?;
        let rows: Vec<Arc<Record>> = found.iter().map(|(_, row)| Arc::clone(row)).collect();
        request.prefetch::<Jobs>(at, &rows).await;
        Ok(found.into_iter().map(|(seq, row)| (seq.to_string(), Ok(Loaded::Row(row)))).collect())
    })
}

/// The state of each posting that has the number which the field names.
pub(super) fn by_number<'a>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    jobs: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let number: i32 = argument(at, "jobSeq", &request.variables)?.unwrap_or_default();
        let listing = Listing {
            scope: Scope::at(request.as_of(at)?),
            filter: Filter::Compare(Column::JobSeq, Comparison::Eq(i64::from(number).into())),
            order: Order::complete::<Versions>(vec![(Sort::Column(Column::FromSeq), Direction::Descending)]),
            slice: Slice { size: 1, tells_more: false, backward: false, after: None, before: None },
        };
        let columns = columns::<Versions>(at);
        let pages = request
            .reader
            .list_by_parent::<Versions>(columns, Belonging::Column(Column::JobId), jobs, &listing)
            .await?;
        let found: Vec<(String, Arc<Record>)> =
            pages.into_iter().filter_map(|(job, page)| page.records.into_iter().next().map(|row| (job, row))).collect();
        let rows: Vec<Arc<Record>> = found.iter().map(|(_, row)| Arc::clone(row)).collect();
        request.prefetch::<Versions>(at, &rows).await;
        Ok(found.into_iter().map(|(job, row)| (job, Ok(Loaded::Row(row)))).collect())
    })
}

/// Conditions on the states of a posting. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct JobRevisionFilter {
    /// All of these hold.
    and: Option<Vec<JobRevisionFilter>>,
    /// At least one of these holds.
    or: Option<Vec<JobRevisionFilter>>,
    /// This does not hold.
    not: Option<Box<JobRevisionFilter>>,
    /// The number among the states of the posting.
    job_seq: Option<RangeFilter<i32>>,
    /// When the event that it begins with was observed.
    valid_from: Option<TimeFilter>,
}

impl Conditions<Column> for JobRevisionFilter {
    fn conditions(self, asked: &Asked) -> Result<Filter<Column>, Failure> {
        let mut parts = Vec::new();
        self.job_seq.into_iter().for_each(|it| it.on(Column::JobSeq, asked, &mut parts));
        self.valid_from.into_iter().for_each(|it| it.on(Column::FromAt, asked, &mut parts));
        combined(parts, self.and, self.or, self.not, asked)
    }
}

/// What the states of a posting are ordered by: exactly one key.
#[derive(OneofObject, Clone, Copy, Debug)]
pub(in crate::graphql) enum JobRevisionOrder {
    /// The number of the event that it begins with.
    Seq(OrderDirection),
}

impl From<JobRevisionOrder> for (Sort<Column>, Direction) {
    fn from(JobRevisionOrder::Seq(direction): JobRevisionOrder) -> Self {
        (Sort::Column(Column::FromSeq), direction.into())
    }
}

/// What the states of a posting can be divided by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum JobRevisionFacetField {
    /// The month that it begins in, in UTC.
    Month,
}

impl FacetField<Column> for JobRevisionFacetField {
    fn question(self) -> Facet<Column> {
        match self {
            Self::Month => Facet::cut(Column::FromAt, Buckets::Months),
        }
    }
}

impl Listable for Versions {
    const CONNECTION_NAME: &'static str = "JobRevisionConnection";
    const EDGE_NAME: &'static str = "JobRevisionEdge";
    const DEFAULT_ORDER: (Column, Direction) = (Column::FromSeq, Direction::Descending);
    type Filter = JobRevisionFilter;
    type Order = JobRevisionOrder;
    type Facet = JobRevisionFacetField;
    type Edge = Edge<Versions, JobRevision>;
}
