//! The "single connection mode" of GraphQL over SSE (<https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md>): one
//! event stream for the messages of many operations, each of which is a request of its own. A client reserves the stream by
//! PUT, opens it by GET with the token that it was given, begins operations by POST or GET, and ends them by DELETE.
//!
//! The stream pulls its operations' messages, and a client that does not take them stops it, as on a WebSocket.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use futures_util::StreamExt;
use futures_util::stream::{self, AbortHandle, Abortable, BoxStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

use self::messages::{Messages, until_key_ends};
use super::access::Caller;
use super::negotiate::Media;
use super::record::{self, Record};
use super::response::{self, Refusal};
use super::stream::{Patience, Place, StreamRecord};
use super::{Backlog, Engine, Message, Server, StreamContext, Subscribed, endpoint, event_stream, request};
use crate::config::{RESERVATIONS_A_CALLER_MAX, RESERVATIONS_MAX};

mod messages;

pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-graphql-event-stream-token");
/// The longest name that a client may give an operation, in bytes.
const OPERATION_ID_BYTES_MAX: usize = 128;

/// One operation by the client's name for it; its messages, and `None` at their end.
type Operation = (String, BoxStream<'static, Option<Message>>);

/// The streams that were reserved, open ones included.
#[derive(Default)]
pub(super) struct Reservations(Mutex<HashMap<String, Arc<Reservation>>>);

struct Reservation {
    token: String,
    /// Who reserved it.
    caller: Caller,
    operations: Mutex<HashMap<String, AbortHandle>>,
    begun: mpsc::Sender<Operation>,
    /// What the stream needs, until it is opened.
    unopened: Mutex<Option<Unopened>>,
    backlog: Backlog,
}

struct Unopened {
    operations: mpsc::Receiver<Operation>,
    place: Place,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reservations {
    fn find(&self, token: &str) -> Result<Arc<Reservation>, Refusal> {
        locked(&self.0).get(token).cloned().ok_or(Refusal::NoSuchStream)
    }

    /// Adds a reservation, unless too many wait to be opened.
    fn add(&self, reservation: Arc<Reservation>) -> Result<(), Refusal> {
        let mut all = locked(&self.0);
        let waiting = all.values().filter(|it| locked(&it.unopened).is_some());
        let (mut total, mut own) = (0, 0);
        for other in waiting {
            total += 1;
            let who = reservation.caller.who();
            own += usize::from(who.is_some() && other.caller.who() == who);
        }
        let what = "event streams that are reserved and not open";
        if total >= RESERVATIONS_MAX {
            return Err(Refusal::Overloaded { what, max: RESERVATIONS_MAX });
        }
        if own >= RESERVATIONS_A_CALLER_MAX {
            return Err(Refusal::Overloaded {
                what: "event streams of yours that are reserved and not open",
                max: RESERVATIONS_A_CALLER_MAX,
            });
        }
        all.insert(reservation.token.clone(), reservation);
        Ok(())
    }

    fn remove(&self, token: &str) {
        locked(&self.0).remove(token);
    }
}

impl Reservation {
    /// Takes the name of an operation, unless the client uses it already or has too many.
    fn enter(&self, id: &str, handle: AbortHandle, max: usize) -> Result<(), Refusal> {
        let mut operations = locked(&self.operations);
        if operations.contains_key(id) {
            return Err(Refusal::RepeatedOperation);
        }
        if operations.len() >= max {
            return Err(Refusal::TooManyOperations { max });
        }
        operations.insert(id.to_owned(), handle);
        Ok(())
    }

    /// Ends an operation; its name is given back once the stream has told so.
    fn stop(&self, id: &str) {
        if let Some(handle) = locked(&self.operations).get(id) {
            handle.abort();
        }
    }

    /// Gives back the name of an operation, and ends it if it still goes on.
    fn leave(&self, id: &str) {
        if let Some(handle) = locked(&self.operations).remove(id) {
            handle.abort();
        }
    }
}

/// Whether a request is meant for a shared stream.
pub(super) fn is_meant(request: &Request, media: Option<Media>) -> bool {
    matches!(*request.method(), Method::PUT | Method::DELETE)
        || request.headers().contains_key(TOKEN)
        // Browsers' own `EventSource` sends no header of a page's choice.
        || (media == Some(Media::EventStream) && token_in_url(request.uri().query()).is_ok_and(|it| it.is_some()))
}

fn token_in_url(query: Option<&str>) -> Result<Option<String>, Refusal> {
    Ok(request::parameter(query.unwrap_or_default(), "token")?)
}

fn token(head: &Parts) -> Result<String, Refusal> {
    let given = match head.headers.get(TOKEN) {
        Some(value) => value.to_str().ok().map(str::to_owned),
        None => token_in_url(head.uri.query())?,
    };
    given.filter(|it| !it.is_empty()).ok_or(Refusal::NoSuchStream)
}

pub(super) async fn answer<E: Engine>(
    server: &Arc<Server<E>>,
    request_id: String,
    media: Option<Media>,
    request: Request,
    record: &mut Record<'_>,
) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    if head.method == Method::PUT {
        let response = reserve(server, &request_id, &head).await?;
        record.outcome = "RESERVED";
        return Ok(response);
    }
    if head.method == Method::DELETE {
        server.caller(&request_id, &head.headers, &head.extensions).await?;
        let id = request::parameter(head.uri.query().unwrap_or_default(), "operationId")?;
        let id = id.filter(|id| !id.is_empty()).ok_or(Refusal::NoOperationId)?;
        server.reservations.find(&token(&head)?)?.stop(&id);
        record.outcome = "EXECUTED";
        return Ok(StatusCode::OK.into_response());
    }
    if media == Some(Media::EventStream) && head.method == Method::GET {
        let response = open(server, &request_id, &head)?;
        record.outcome = "STREAMED";
        return Ok(response);
    }
    begin(server, request_id, media, head, body, record).await
}

/// Promises a client the place of a stream, for as long as it may take to open it.
async fn reserve<E: Engine>(server: &Arc<Server<E>>, request_id: &str, head: &Parts) -> Result<Response, Refusal> {
    let caller = server.caller(request_id, &head.headers, &head.extensions).await?;
    // Nobody pays for a place that there is not.
    let place = server.stream_place(Some(&caller), head)?;
    caller.pay(1).map_err(Refusal::RateLimited)?;
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(request_id, cause = %error, "the machine gives no random numbers");
        Refusal::Internal { request_id: request_id.to_owned() }
    })?;
    let token = HEXLOWER.encode(&bytes);
    // There is room for as many as can have a name.
    let (begun, operations) = mpsc::channel(server.settings.socket_operations_max.max(1));
    let reservation = Reservation {
        token: token.clone(),
        caller: caller.clone(),
        operations: Mutex::default(),
        begun,
        unopened: Mutex::new(Some(Unopened { operations, place })),
        backlog: Backlog::new(server.settings.stream_backlog_bytes_max),
    };
    let reservation = Arc::new(reservation);
    server.reservations.add(Arc::clone(&reservation))?;
    tokio::spawn(expire(Arc::clone(server), reservation, server.settings.socket_init_timeout));
    let mut response =
        (StatusCode::CREATED, [(CONTENT_TYPE, "text/plain; charset=utf-8")], Body::from(token)).into_response();
    caller.tell(&mut response);
    Ok(response)
}

/// Takes a reservation back that nobody opens in time, or when the server stops.
async fn expire<E: Engine>(server: Arc<Server<E>>, reservation: Arc<Reservation>, after: Duration) {
    tokio::select! {
        () = tokio::time::sleep(after) => {}
        () = server.drain.cancelled() => {}
    }
    let unopened = locked(&reservation.unopened).take();
    if unopened.is_some() {
        server.reservations.remove(&reservation.token);
    }
}

/// Opens the stream that a token was given out for. The token is the ticket: whoever was given it has shown a key if one is
/// needed.
fn open<E: Engine>(server: &Arc<Server<E>>, request_id: &str, head: &Parts) -> Result<Response, Refusal> {
    let reservation = server.reservations.find(&token(head)?)?;
    let Unopened { operations, place } = locked(&reservation.unopened).take().ok_or(Refusal::StreamIsOpen)?;
    if let Some(patience) = head.extensions.get::<Patience>() {
        patience.set(server.settings.stream_write_timeout);
    }
    let record = StreamRecord::begin(request_id, "shared-event-stream");
    let key_ended = Arc::clone(server).key_ended(request_id.to_owned(), &reservation.caller);
    let messages = Messages::new(Arc::clone(server), reservation, operations, place, record, key_ended);
    let texts = messages.into_texts(server.settings.event_stream_heartbeat);
    Ok(event_stream::respond(event_stream::HEARTBEAT.to_owned(), texts))
}

/// Begins an operation, whose messages go to the stream.
async fn begin<E: Engine>(
    server: &Arc<Server<E>>,
    request_id: String,
    media: Option<Media>,
    head: Parts,
    body: Body,
    record: &mut Record<'_>,
) -> Result<Response, Refusal> {
    let (_, caller, body) = endpoint::read(server, &request_id, media, &head, body).await?;
    let request = endpoint::decode(&head, body.as_deref())?;
    let reservation = server.reservations.find(&token(&head)?)?;
    let id = request.extensions.get("operationId").and_then(|it| it.as_str());
    let id = id.filter(|id| !id.is_empty() && id.len() <= OPERATION_ID_BYTES_MAX).ok_or(Refusal::NoOperationId)?;
    let id = id.to_owned();
    let (handle, registration) = AbortHandle::new_pair();
    reservation.enter(&id, handle, server.settings.socket_operations_max)?;
    // Whoever hangs up, or is refused, has not begun anything.
    let mut entered = Entered { reservation: &reservation, id: Some(&id) };
    let (drain, backlog) = (server.drain.clone(), reservation.backlog.clone());
    let context =
        StreamContext { request_id: request_id.clone(), caller: caller.clone(), resume_after: None, drain, backlog };
    let mut response = match server.limits.run(&request_id, server.engine.subscribe(request, context)).await? {
        Ok(Subscribed { messages, .. }) => {
            let messages = held(server, &reservation, messages).await?;
            // It may be another key than the stream was reserved by.
            let messages = until_key_ends(messages, Arc::clone(server).key_ended(request_id.clone(), &caller));
            let ended = stream::once(async { None });
            let messages = Abortable::new(messages, registration).map(Some).chain(ended).boxed();
            reservation.begun.try_send((id.clone(), messages)).map_err(|_| Refusal::NoSuchStream)?;
            entered.id = None;
            record.outcome = "STREAMED";
            StatusCode::ACCEPTED.into_response()
        }
        Err(answer) => {
            record.outcome = record::outcome_text(answer.outcome);
            // As before any stream: whatever is no 202 has not begun.
            response::of_answer(answer, Media::EventStream)
        }
    };
    caller.tell(&mut response);
    Ok(response)
}

/// The same messages, once an answer among them has room; not within the limits of its request, which is over.
async fn held<E: Engine>(
    server: &Server<E>,
    reservation: &Reservation,
    messages: BoxStream<'static, Message>,
) -> Result<BoxStream<'static, Message>, Refusal> {
    let max = server.settings.stream_backlog_bytes_max;
    let held = timeout(server.settings.request_timeout, reservation.backlog.hold(messages)).await;
    held.map_err(|_| Refusal::Overloaded { what: "bytes on the event stream that were not taken", max })
}

/// Gives the name of an operation back when it is dropped, unless the stream has the operation.
struct Entered<'a> {
    reservation: &'a Reservation,
    id: Option<&'a str>,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.reservation.leave(id);
        }
    }
}
