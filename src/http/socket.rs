//! GraphQL over WebSocket, by the protocol `graphql-transport-ws`: many operations on one socket, each a stream of
//! messages. One task a socket reads, writes and watches the time; a client that does not read stops it, and through
//! it the operations, so that little is gathered for a client that does not take it. Only while they begin are operations tasks of
//! their own: they have a turn and time limits then, which would stand still with the socket.

use std::future::pending;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use axum::response::Response;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, timeout};
use tokio_stream::StreamMap;
use tokio_util::task::AbortOnDropHandle;

use self::protocol::{Close, Received, Sent};
use super::response::Refusal;
use super::stream::{Patience, Place, StreamRecord};
use super::{Backlog, Caller, Engine, GraphqlRequest, Message, Server, StreamContext};

mod protocol;

/// How long a client may take to answer that the socket closes.
const CLOSING_MAX: Duration = Duration::from_secs(5);
/// Operations of one socket that begin at once: so many answers wait for a client that takes none.
const BEGINNING_MAX: usize = 4;

/// An operation's messages, and `None` at their end.
type Operation = BoxStream<'static, Option<Message>>;

/// Begins a socket, or refuses to.
pub(super) async fn upgrade<E: Engine>(
    server: &Arc<Server<E>>,
    request_id: &str,
    request: Request,
) -> Result<Response, Refusal> {
    let (mut head, _) = request.into_parts();
    if !is_known_origin(&head.headers, &server.settings.origins) {
        return Err(Refusal::ForeignOrigin);
    }
    let upgrade = WebSocketUpgrade::from_request_parts(&mut head, &())
        .await
        .map_err(|rejection| Refusal::BadUpgrade { reason: rejection.body_text() })?;
    // Browsers send no header of their own with an upgrade: their key may come with the first message.
    let caller = match server.caller(request_id, &head.headers, &head.extensions).await {
        Ok(caller) => Some(caller),
        Err(Refusal::NoKey) => None,
        Err(refusal) => return Err(refusal),
    };
    let address = server.address(&head.headers, &head.extensions);
    // Nobody pays for a place that there is not.
    let place = server.stream_place(caller.as_ref(), &head)?;
    if let Some(caller) = &caller {
        caller.pay(1).map_err(Refusal::RateLimited)?;
    }
    if let Some(patience) = head.extensions.get::<Patience>() {
        patience.set(server.settings.stream_write_timeout);
    }
    let bytes_max = server.settings.socket_message_bytes_max;
    let (server, request_id) = (Arc::clone(server), request_id.to_owned());
    let upgrade = upgrade.protocols([protocol::NAME]).max_message_size(bytes_max).max_frame_size(bytes_max);
    Ok(upgrade.on_upgrade(async move |socket| {
        let record = StreamRecord::begin(&request_id, "websocket");
        let (operations, backlog) = (StreamMap::new(), Backlog::new(server.settings.stream_backlog_bytes_max));
        let key_ended = key_ended(&server, &request_id, caller.as_ref());
        Session {
            server,
            socket,
            request_id,
            address,
            caller,
            key_ended,
            operations,
            beginning: Arc::new(Semaphore::new(BEGINNING_MAX)),
            backlog,
            is_greeted: false,
            record,
            place,
        }
        .run()
        .await;
    }))
}

/// Whether a page of this origin may open a socket: browsers let every page open one to anywhere, and tell its origin.
/// What is no browser tells none.
fn is_known_origin(headers: &HeaderMap, known: &[String]) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_own = authority.zip(host).is_some_and(|(authority, host)| authority.eq_ignore_ascii_case(host));
    is_own || known.iter().any(|it| it == "*" || it.trim_end_matches('/').eq_ignore_ascii_case(origin))
}

struct Session<E> {
    server: Arc<Server<E>>,
    socket: WebSocket,
    request_id: String,
    address: Option<IpAddr>,
    /// Who asks, if that is known.
    caller: Option<Caller>,
    /// Is ready when who asks may no longer.
    key_ended: BoxFuture<'static, Refusal>,
    operations: StreamMap<String, Operation>,
    /// The places for those that begin.
    beginning: Arc<Semaphore>,
    backlog: Backlog,
    /// Whether the client has introduced itself.
    is_greeted: bool,
    record: StreamRecord,
    place: Place,
}

impl<E: Engine> Session<E> {
    async fn run(mut self) {
        // A client that is gone is not told so.
        let Err(Some(close)) = self.talk().await else {
            return;
        };
        self.operations.clear();
        self.record.close_code = Some(close.code);
        let frame = CloseFrame { code: close.code, reason: close.reason.into_owned().into() };
        let closing = async {
            if self.socket.send(Frame::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        drop(timeout(CLOSING_MAX, closing).await);
    }

    /// Goes on until there is a reason to close, if only that the client is gone.
    async fn talk(&mut self) -> Result<(), Option<Close>> {
        if self.socket.protocol().is_none() {
            return Err(Some(Close::SUBPROTOCOL));
        }
        let drain = self.server.drain.clone();
        let settings = &self.server.settings;
        let mut pings = interval_at(Instant::now() + settings.socket_ping_interval, settings.socket_ping_interval);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let greeting = sleep(settings.socket_init_timeout);
        tokio::pin!(greeting);
        let mut is_alive = true;
        loop {
            tokio::select! {
                biased;
                () = drain.cancelled() => return Err(Some(Close::STOPPING)),
                refusal = &mut self.key_ended => return Err(Some(Close::forbidden(&refusal))),
                () = &mut greeting, if !self.is_greeted => return Err(Some(Close::INIT_TIMEOUT)),
                frame = self.socket.recv() => {
                    is_alive = true;
                    self.receive(frame).await?;
                }
                Some((id, message)) = self.operations.next() => self.pass_on(id, message).await?,
                _ = pings.tick() => {
                    if !is_alive {
                        return Err(None);
                    }
                    is_alive = false;
                    self.socket.send(Frame::Ping(Vec::new().into())).await.map_err(|_| None)?;
                }
            }
        }
    }

    async fn receive(&mut self, frame: Option<Result<Frame, axum::Error>>) -> Result<(), Option<Close>> {
        let text = match frame {
            Some(Ok(Frame::Text(text))) => text,
            Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => return Ok(()),
            Some(Ok(Frame::Binary(_))) => return Err(Some(Close::bad("messages are JSON texts"))),
            Some(Ok(Frame::Close(_))) | None => return Err(None),
            Some(Err(error)) => return Err(Some(Close::of_broken(&error))),
        };
        match Received::parse(&text)? {
            Received::Init { .. } if self.is_greeted => Err(Some(Close::TOO_MANY_INITS)),
            Received::Init { authorization } => {
                self.greet(authorization.as_deref()).await?;
                self.is_greeted = true;
                self.send(&Sent::Ack).await
            }
            Received::Ping { payload } => self.send(&Sent::Pong { payload: payload.as_deref() }).await,
            Received::Pong => Ok(()),
            Received::Complete { id } => {
                self.operations.remove(&id);
                Ok(())
            }
            Received::Subscribe { .. } if !self.is_greeted => Err(Some(Close::UNAUTHORIZED)),
            Received::Subscribe { id, request } => self.begin(id, *request).await,
        }
    }

    /// Learns who asks, if the first message tells.
    async fn greet(&mut self, authorization: Option<&str>) -> Result<(), Option<Close>> {
        if let Some(authorization) = authorization {
            let forbidden = |refusal: Refusal| Some(Close::forbidden(&refusal));
            let caller = self.server.caller_by(&self.request_id, authorization, self.address).await;
            let caller = caller.map_err(forbidden)?;
            self.server.attribute(&mut self.place, &caller).map_err(forbidden)?;
            // Whoever may ask without a key has paid for the socket when it was opened.
            if self.caller.is_none() {
                caller.pay(1).map_err(Refusal::RateLimited).map_err(forbidden)?;
            }
            self.key_ended = key_ended(&self.server, &self.request_id, Some(&caller));
            self.caller = Some(caller);
        }
        if self.caller.is_some() { Ok(()) } else { Err(Some(Close::forbidden(&Refusal::NoKey))) }
    }

    async fn begin(&mut self, id: String, request: GraphqlRequest) -> Result<(), Option<Close>> {
        if self.operations.contains_key(&id) {
            return Err(Some(Close::repeated(&id)));
        }
        let max = self.server.settings.socket_operations_max;
        if self.operations.len() >= max {
            let errors = Refusal::TooManyOperations { max }.errors();
            return self.send(&Sent::Error { id: &id, errors: &errors }).await;
        }
        let caller = self.caller.clone().ok_or(Some(Close::UNAUTHORIZED))?;
        let (drain, backlog) = (self.server.drain.clone(), self.backlog.clone());
        let context = StreamContext { request_id: self.request_id.clone(), caller, resume_after: None, drain, backlog };
        let operation = operation(Arc::clone(&self.server), Arc::clone(&self.beginning), context, request);
        self.operations.insert(id, operation);
        Ok(())
    }

    async fn pass_on(&mut self, id: String, message: Option<Message>) -> Result<(), Option<Close>> {
        match message {
            Some(Message::Next { body, .. }) => self.send(&Sent::Next { id: &id, body: &body }).await,
            Some(Message::Failed { errors }) => {
                self.operations.remove(&id);
                self.send(&Sent::Error { id: &id, errors: &errors }).await
            }
            None => {
                self.operations.remove(&id);
                self.send(&Sent::Complete { id: &id }).await
            }
        }
    }

    async fn send(&mut self, message: &Sent<'_>) -> Result<(), Option<Close>> {
        self.record.messages += 1;
        self.socket.send(Frame::text(message.to_string())).await.map_err(|_| None)
    }
}

/// Is ready when the key of whoever asks is revoked or has expired.
fn key_ended<E: Engine>(
    server: &Arc<Server<E>>,
    request_id: &str,
    caller: Option<&Caller>,
) -> BoxFuture<'static, Refusal> {
    match caller {
        Some(caller) => Arc::clone(server).key_ended(request_id.to_owned(), caller),
        None => pending().boxed(),
    }
}

/// The messages of one operation, which begins at once, and ends when they are dropped.
fn operation<E: Engine>(
    server: Arc<Server<E>>,
    places: Arc<Semaphore>,
    context: StreamContext,
    request: GraphqlRequest,
) -> Operation {
    let request_id = context.request_id.clone();
    let task = AbortOnDropHandle::new(tokio::spawn(begun(server, places, context, request)));
    async move {
        match task.await {
            // Its place is free for another as soon as this is taken.
            Ok((messages, _place)) => messages,
            Err(error) => {
                tracing::error!(request_id, cause = %error, "an operation did not begin");
                failed(Refusal::Internal { request_id }.errors())
            }
        }
    }
    .flatten_stream()
    .map(Some)
    .chain(stream::once(async { None }))
    .boxed()
}

/// What comes of an operation once it has begun. The limits of a request hold until there is a stream, not while it lasts.
async fn begun<E: Engine>(
    server: Arc<Server<E>>,
    places: Arc<Semaphore>,
    context: StreamContext,
    request: GraphqlRequest,
) -> (BoxStream<'static, Message>, OwnedSemaphorePermit) {
    let place = places.acquire_owned().await.expect("the semaphore is never closed");
    let request_id = context.request_id.clone();
    let messages = match server.limits.run(&request_id, server.engine.subscribe(request, context)).await {
        Ok(Ok(subscribed)) => subscribed.messages,
        Ok(Err(answer)) => failed(answer.errors()),
        Err(refusal) => failed(refusal.errors()),
    };
    (messages, place)
}

fn failed(errors: Value) -> BoxStream<'static, Message> {
    stream::once(async { Message::Failed { errors } }).boxed()
}
