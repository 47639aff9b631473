//! Standing questions: which postings begin to meet a filter, change while they do, and cease to.
//!
//! Each event ends one state of its posting and begins another. The two, held against the filter, tell what the event
//! did to the answer; nothing is remembered between events.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object};

use super::error::Failure;
use super::event::Event;
use super::job::Job;
use super::relation;
use super::request::{Found, Request, child};
use super::scalar::Seq;
use crate::plan::Selection;
use crate::store::event::{Column as EventColumn, Events};
use crate::store::filter::{Comparison, Filter};
use crate::store::job::{Column, Jobs};
use crate::store::row::{ColumnSet, Record};

/// The name of the type in the graph.
const TYPE: &str = "JobWatch";

/// What an event did to the answer of a standing question.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WatchKind {
    /// The posting meets the filter now, and did not before.
    Entered,
    /// The posting has changed, and meets the filter as before.
    Changed,
    /// The posting met the filter before, and does not now.
    Left,
}

/// Why a posting left the answer of a standing question.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WatchReason {
    /// It was closed.
    Closed,
    /// It is active, but something that the filter asks for has changed.
    NoLongerMatches,
}

/// One change of the answer of a standing question.
#[derive(Clone)]
pub(super) struct JobWatch {
    kind: WatchKind,
    event: Arc<Record>,
    job: Arc<Record>,
    at: Option<Arc<Selection>>,
}

impl JobWatch {
    pub(super) fn at(&self, at: &Arc<Selection>) -> Self {
        Self { at: Some(Arc::clone(at)), ..self.clone() }
    }

    fn field<'a>(&'a self, ctx: &Context<'_>) -> Result<&'a Arc<Selection>, Failure> {
        child(self.at.as_ref().ok_or(Failure::Broken("a change without a place"))?, ctx, TYPE)
    }
}

/// One change of the answer of a standing question.
#[Object]
impl JobWatch {
    /// The number of the event that brought it about: give it as `after` to go on later.
    async fn seq(&self) -> Seq {
        Seq(self.event.number(EventColumn::Seq))
    }

    /// What the event did.
    async fn kind(&self) -> WatchKind {
        self.kind
    }

    /// Why the posting left; null unless it did.
    async fn reason(&self) -> Option<WatchReason> {
        let is_closed = self.event.text(EventColumn::EventType) == "JOB_CLOSED";
        let reason = if is_closed { WatchReason::Closed } else { WatchReason::NoLongerMatches };
        (self.kind == WatchKind::Left).then_some(reason)
    }

    /// The event, with what it changed.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event, Failure> {
        Ok(Event::from(Found::new(Arc::clone(&self.event), self.field(ctx)?)))
    }

    /// The posting as it stood after the event.
    async fn job(&self, ctx: &Context<'_>) -> Result<Job, Failure> {
        Ok(Job::from(Found::new(Arc::clone(&self.job), self.field(ctx)?)))
    }
}

/// The postings that a question can be about: closed ones meet no standing question.
pub(super) fn active(filter: Filter<Column>) -> Filter<Column> {
    Filter::And(vec![Filter::Compare(Column::Status, Comparison::Eq("ACTIVE".into())), filter])
}

/// The events that end or begin a state which meets the filter.
pub(super) fn events(filter: &Filter<Column>) -> Filter<EventColumn> {
    let ended = Filter::related("job_version", "until_seq", "seq", filter.clone());
    Filter::Or(vec![Filter::related("job_version", "from_seq", "seq", filter.clone()), ended])
}

/// The columns of events that the selection at `at` needs.
pub(super) fn columns(at: &Selection) -> ColumnSet {
    let events = at.fields(TYPE).filter(|field| field.field == "event");
    events.fold(ColumnSet::of(&[EventColumn::Seq, EventColumn::EventType]), |set, field| {
        set.with_set(relation::columns::<Events>(field))
    })
}

/// What each of these events did, with all that is selected below it.
pub(super) async fn changes(
    request: &Arc<Request>,
    at: &Selection,
    filter: &Filter<Column>,
    events: &[Arc<Record>],
) -> Result<Vec<JobWatch>, Failure> {
    let seqs: Vec<String> = events.iter().map(|event| event.number(EventColumn::Seq).to_string()).collect();
    let matching = request.reader.matching_versions(&seqs, filter).await?;
    let jobs_at: Vec<&Arc<Selection>> = at.fields(TYPE).filter(|field| field.field == "job").collect();
    let of_jobs =
        jobs_at.iter().fold(ColumnSet::of(&[Column::JobId]), |set, at| set.with_set(relation::columns::<Jobs>(at)));
    let jobs = request.reader.load_versions(of_jobs, &seqs).await?;
    let rows: Vec<Arc<Record>> = jobs.iter().map(|(_, row)| Arc::clone(row)).collect();
    for at in jobs_at {
        request.prefetch::<Jobs>(at, &rows).await;
    }
    for at in at.fields(TYPE).filter(|field| field.field == "event") {
        request.prefetch::<Events>(at, events).await;
    }
    let change = |event: &Arc<Record>| {
        let seq = event.number(EventColumn::Seq);
        let kind = match (matching.before.contains(&seq), matching.after.contains(&seq)) {
            (false, true) => WatchKind::Entered,
            (true, true) => WatchKind::Changed,
            _ => WatchKind::Left,
        };
        let job = jobs.iter().find(|(from, _)| *from == seq).ok_or(Failure::Broken("an event without a state"))?;
        Ok(JobWatch { kind, event: Arc::clone(event), job: Arc::clone(&job.1), at: None })
    };
    events.iter().map(change).collect()
}
