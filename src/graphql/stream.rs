//! A subscription while it lives: its arguments, the events it reads, a message for each, and how it ends.
//!
//! Events are read a batch at a time, with all that is selected below them, so that a replay costs a few statements for
//! a hundred events. A reader that does not take its messages stops the reading, and in the end the subscription.

use std::sync::Arc;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Response, Variables};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde_json::{Map, Value, json};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::admission::with_extensions;
use super::arguments::argument;
use super::error::Failure;
use super::event::EventFilter;
use super::filter::{Asked, Conditions};
use super::job::JobFilter;
use super::relation;
use super::request::{Clock, Request};
use super::scalar::Seq;
use super::subscription::{CHANGES, Current, WATCH};
use super::watch;
use super::written::Straight;
use super::{Deliveries, Gateway, body, describe, internal, refused, told};
use crate::config::EVENTS_A_POINT;
use crate::error::Code;
use crate::feed::{Follower, SPAN_MAX};
use crate::http::{
    Answer, AnswerLog, Backlog, Caller, GraphqlRequest, Message, Outcome, RequestContext, StreamContext, Subscribed,
};
use crate::plan::{Operation, OperationKind, Planned, Refusal, Selection};
use crate::store::event::{Column, Events};
use crate::store::filter::Filter;
use crate::store::job::Column as JobColumn;

/// Rows of one batch with all that is selected below its events, by the planner's estimate.
const BATCH_ROWS_MAX: u64 = 2_000;

/// Events that messages are made of in one turn: a tenth of a millisecond.
const EVENTS_AT_ONCE: usize = 8;
/// So many events that meet no filter cost as much as one that is delivered.
const PASSED_AN_EVENT: u64 = 100;
/// Bytes of a subscription once it is normalized. While it lives, some hundred times as many are kept of it.
const BYTES_MAX: usize = 8 * 1024;

/// What waits for the reader, with the room that it takes.
type Waiting = (Message, OwnedSemaphorePermit);

/// Why a subscription is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The reader went.
    Left,
    Lagged,
    Stopping,
    Lost,
    Broken,
}

/// Why a batch was not delivered to its end.
enum Stop {
    End(End),
    /// The database failed; the rest of the batch is to be read anew.
    Again,
}

/// What is followed.
enum What {
    /// Events that meet a filter.
    Events(Filter<Column>),
    /// What events do to the postings that meet a filter.
    Jobs { filter: Filter<JobColumn>, events: Filter<Column> },
}

impl What {
    fn read(at: &Selection, variables: &Map<String, Value>, asked: Asked) -> Result<Self, Failure> {
        Ok(match at.field.as_str() {
            CHANGES => {
                let filter: Option<EventFilter> = argument(at, "filter", variables)?;
                Self::Events(filter.map(|it| it.conditions(&asked)).transpose()?.unwrap_or_default())
            }
            WATCH => {
                let filter: Option<JobFilter> = argument(at, "filter", variables)?;
                let filter = filter.map(|it| it.conditions(&asked.followed())).transpose()?;
                let filter = watch::active(filter.unwrap_or_default());
                Self::Jobs { events: watch::events(&filter), filter }
            }
            _ => return Err(Failure::BadInput(format!("\"{}\" cannot be followed", at.field))),
        })
    }
}

/// Events that met no filter and are not paid yet: too few to cost as much as one.
#[derive(Default)]
struct Passed(u64);

impl Passed {
    /// As many delivered events as these cost, with those from before.
    fn worth(&mut self, passed: u64) -> u64 {
        let unpaid = self.0.saturating_add(passed);
        self.0 = unpaid % PASSED_AN_EVENT;
        unpaid / PASSED_AN_EVENT
    }
}

/// One subscription.
struct Changes {
    deliveries: Deliveries,
    operation: Arc<Operation>,
    document: Arc<ExecutableDocument>,
    variables: Arc<Map<String, Value>>,
    /// What is selected of each event.
    at: Arc<Selection>,
    what: What,
    batch_size: u64,
    follower: Follower,
    backlog: Backlog,
    clock: fn() -> i64,
    request_id: String,
    caller: Caller,
    /// What one event of it costs, in points.
    cost: u64,
    passed: Passed,
}

impl Gateway {
    /// Answers a request message by message: a query has one, a subscription as many as there are events.
    pub(super) async fn open(&self, request: &GraphqlRequest, context: StreamContext) -> Result<Subscribed, Answer> {
        let planned = self.admit(request, None, &context.caller, false).map_err(|answer| *answer)?;
        if planned.operation.kind != OperationKind::Subscription {
            let told = self.told_cost(request, &planned);
            let StreamContext { request_id, caller, .. } = context;
            let body = self
                .run(planned, &RequestContext { request_id, caller, known: Vec::new(), sent: None, is_own: false })
                .await
                .0
                .answer
                .body;
            let body = told.map_or_else(|| body.clone(), |told| with_extensions(&body, &told)).into();
            let messages = stream::once(async { Message::Next { body, position: None } }).boxed();
            return Ok(Subscribed { after: None, messages });
        }
        let drain = context.drain.clone();
        let changes = self.changes(planned, context).await?;
        Ok(Subscribed { after: Some(changes.follower.position()), messages: changes.start(drain) })
    }

    async fn changes(&self, planned: Planned, context: StreamContext) -> Result<Changes, Answer> {
        let StreamContext { request_id, caller, resume_after, backlog, .. } = context;
        let operation = Arc::clone(&planned.operation);
        let fail = |failure: &Failure| failed(failure, &request_id);
        let [at] = operation.selection.fields("").as_slice() else {
            return Err(refused(&Refusal::new(Code::GraphqlValidationFailed, "a subscription has one field")));
        };
        if operation.text.len() > BYTES_MAX {
            return Err(refused(&too_long(operation.text.len())));
        }
        let document = self.parsed.find(&operation).ok_or_else(|| fail(&Failure::Broken("a normalized document")))?;
        let asked = Asked::new(&Clock::at((self.clock)()), None);
        let what = What::read(at, &planned.variables, asked).map_err(|it| fail(&it))?;
        let after = argument::<Seq>(at, "after", &planned.variables).map_err(|it| fail(&it))?;
        let head = self.feed.head().await.map_err(|error| fail(&error.into()))?;
        let position = after.map(|it| it.0).max(resume_after).unwrap_or(head);
        if position > head {
            return Err(fail(&Failure::BadInput(format!(
                "\"after\" is {position}, but the log ends at {head}\nhint: give the \"seq\" of an event of this installation"
            ))));
        }
        let batch_size = BATCH_ROWS_MAX / planned.nodes.saturating_add(1);
        Ok(Changes {
            deliveries: self.deliveries.clone(),
            at: Arc::clone(at),
            what,
            batch_size: batch_size.clamp(1, self.feed.settings().batch_max.max(1)),
            follower: self.feed.follow(position),
            backlog,
            clock: self.clock,
            document,
            variables: planned.variables,
            operation,
            request_id,
            caller,
            cost: planned.cost,
            passed: Passed::default(),
        })
    }
}

impl Changes {
    /// The messages. What reads the log runs beside them, and ends when they are dropped.
    fn start(mut self, drain: CancellationToken) -> BoxStream<'static, Message> {
        let (sender, messages) = mpsc::channel(self.follower.feed().settings().buffered_max.clamp(1, 10_000));
        let (end, ended) = oneshot::channel();
        tokio::spawn(async move {
            let why = tokio::select! {
                biased;
                () = drain.cancelled() => End::Stopping,
                () = sender.closed() => End::Left,
                why = self.run(&sender) => why,
            };
            tracing::debug!(request_id = self.request_id, position = self.follower.position(), ?why, "stream ended");
            drop(end.send(self.farewell(why)));
        });
        // The farewell goes past the channel, which may be full.
        stream::unfold((messages, Some(ended)), |(mut messages, mut ended)| async move {
            if let Some((message, _)) = messages.recv().await {
                return Some((message, (messages, ended)));
            }
            let farewell = ended.take()?.await.unwrap_or_else(|_| farewell(Code::Internal, "the stream broke", None));
            Some((farewell, (messages, ended)))
        })
        .boxed()
    }

    async fn run(&mut self, sender: &mpsc::Sender<Waiting>) -> End {
        let mut pauses = self.follower.feed().pauses();
        loop {
            let Ok(head) = self.follower.grown().await else {
                return End::Lost;
            };
            match self.deliver(head, sender).await {
                Ok(()) => pauses = self.follower.feed().pauses(),
                Err(Stop::End(end)) => return end,
                Err(Stop::Again) => match pauses.next() {
                    Some(pause) => sleep(pause).await,
                    None => return End::Lost,
                },
            }
        }
    }

    /// Reads the next events as far as `head`, and hands them over.
    async fn deliver(&mut self, head: i64, sender: &mpsc::Sender<Waiting>) -> Result<(), Stop> {
        // One that nothing meets is read in parts as well, each within the time of a statement.
        let head = head.min(self.follower.position().saturating_add(SPAN_MAX));
        let (state, batch, has_next) = self.read(head).await.map_err(|failure| self.stop(&failure))?;
        let passed = if has_next { 0 } else { head - self.follower.position() };
        let events = batch.len() as u64 + self.passed.worth(passed.unsigned_abs());
        self.pay(events).await;
        let mut batch = batch.into_iter().peekable();
        while batch.peek().is_some() {
            let (made, is_lost) = self.make(&state, batch.by_ref().take(EVENTS_AT_ONCE)).await;
            for (seq, body) in made {
                self.hand_over(seq, body, sender).await.map_err(Stop::End)?;
            }
            if is_lost {
                return Err(Stop::Again);
            }
        }
        if !has_next {
            self.follower.advance(head);
        }
        Ok(())
    }

    /// Makes messages of events, and tells whether the database failed, after those before. It is done in turns, so
    /// that many who read the whole log keep nobody waiting who asks for little.
    async fn make(
        &self,
        state: &Arc<Request>,
        events: impl Iterator<Item = (i64, Current)>,
    ) -> (Vec<(i64, Vec<u8>)>, bool) {
        let _turn = self.follower.feed().turn().await;
        let mut made = Vec::new();
        for (seq, current) in events {
            state.begin_answer();
            let response = self.execute(state, current).await;
            if response.errors.iter().filter_map(|it| it.source::<Failure>()).any(Failure::is_of_the_database) {
                return (made, true);
            }
            let errors = response.errors.iter().map(|error| describe(error, &self.operation, &self.request_id));
            made.push((seq, body(&errors.collect::<Vec<_>>(), &response.data)));
        }
        (made, false)
    }

    async fn hand_over(&mut self, seq: i64, body: Vec<u8>, sender: &mpsc::Sender<Waiting>) -> Result<(), End> {
        let sent = async {
            let room = self.backlog.room(body.len()).await;
            sender.send((Message::Next { body, position: Some(seq) }, room)).await
        };
        match timeout(self.follower.feed().settings().lag_max, sent).await {
            Ok(Ok(())) => {
                self.follower.advance(seq);
                Ok(())
            }
            Ok(Err(_)) => Err(End::Left),
            Err(_) => Err(End::Lagged),
        }
    }

    /// Has so many events paid, at the price of those in a page of the log. Who has too few points waits for them.
    async fn pay(&self, events: u64) {
        let points = self.cost.saturating_mul(events).div_ceil(EVENTS_A_POINT);
        while points > 0
            && let Err(spent) = self.caller.pay(points)
        {
            sleep(spent.wait).await;
        }
    }

    /// A batch of events, and the state that holds what is selected below them.
    async fn read(&self, head: i64) -> Result<(Arc<Request>, Vec<(i64, Current)>, bool), Failure> {
        let feed = self.follower.feed();
        let _turn = feed.turn().await;
        let operation = Arc::clone(&self.operation);
        let state = Request::new(feed.store().reader(), operation, Arc::clone(&self.variables), (self.clock)()).await;
        let (filter, columns) = match &self.what {
            What::Events(filter) => (filter, relation::columns::<Events>(&self.at)),
            What::Jobs { events, .. } => (events, watch::columns(&self.at)),
        };
        let listing = self.follower.listing(filter, head, self.batch_size);
        let page = state.reader.list::<Events>(columns, &listing).await?;
        let seqs: Vec<i64> = page.records.iter().map(|record| record.number(Column::Seq)).collect();
        let batch: Vec<Current> = match &self.what {
            What::Events(_) => {
                state.prefetch::<Events>(&self.at, &page.records).await;
                page.records.into_iter().map(Current::Event).collect()
            }
            What::Jobs { filter, .. } => {
                let changes = watch::changes(&state, &self.at, filter, &page.records).await?;
                changes.into_iter().map(Current::Watched).collect()
            }
        };
        Ok((state, seqs.into_iter().zip(batch).collect(), page.has_next))
    }

    async fn execute(&self, state: &Arc<Request>, current: Current) -> Response {
        let variables = Variables::from_json(Value::Object(Map::clone(&self.variables)));
        let mut request = async_graphql::Request::new("").variables(variables).data(Arc::clone(state)).data(current);
        request = request.data(Straight(Arc::clone(state)));
        request.set_parsed_query(ExecutableDocument::clone(&self.document));
        self.deliveries.execute(request).await
    }

    fn stop(&self, failure: &Failure) -> Stop {
        tracing::warn!(request_id = self.request_id, cause = failure.cause(), "events could not be read");
        if failure.is_of_the_database() { Stop::Again } else { Stop::End(End::Broken) }
    }

    fn farewell(&self, why: End) -> Message {
        let position = Some(self.follower.position());
        match why {
            End::Lagged => farewell(Code::Lagged, "the events were not taken in time", position),
            End::Stopping => farewell(Code::Unavailable, "the server stops", position),
            End::Lost => farewell(Code::Unavailable, "the database does not answer", position),
            End::Broken | End::Left => farewell(Code::Internal, "something went wrong inside the server", position),
        }
    }
}

fn too_long(bytes: usize) -> Refusal {
    let message = format!(
        "the subscription has {bytes} bytes with its fragments spread, the limit is {BYTES_MAX}\nhint: give its filter as a variable, or select less of each event"
    );
    Refusal::new(Code::DocumentTooLarge, message)
}

/// The last message of a subscription, which says where another one goes on.
fn farewell(code: Code, message: &str, position: Option<i64>) -> Message {
    let mut extensions = json!({ "code": code.name() });
    if let Some(position) = position {
        extensions["resumeAfter"] = position.to_string().into();
    }
    let message = format!("{message}\nhint: subscribe again, with \"resumeAfter\" as \"after\"");
    Message::Failed { errors: json!([{ "message": message, "extensions": extensions }]) }
}

fn failed(failure: &Failure, request_id: &str) -> Answer {
    let error = if failure.code() == Code::Internal {
        tracing::error!(request_id, cause = failure.cause(), "a subscription could not begin");
        internal(request_id)
    } else {
        told(failure)
    };
    let body = json!({ "errors": [error] }).to_string().into_bytes();
    Answer { body: body.into(), outcome: Outcome::Refused, log: AnswerLog::default(), tag: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fewer than a hundred were once free, and between two looks at a log there are seldom more.
    #[test]
    fn events_that_pass_a_few_at_a_time_are_paid_as_those_that_pass_at_once() {
        let mut passed = Passed::default();
        let paid: Vec<u64> = [30, 30, 30, 30, 180].into_iter().map(|it| passed.worth(it)).collect();
        assert_eq!(paid, [0, 0, 0, 1, 2]);
    }
}
