//! Messages as `text/event-stream`, in the "distinct connections mode" of GraphQL over SSE: an event `next` for each, and
//! `complete` at the end. Those of the log carry their position as `id`, by which browsers resume.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt};
use serde_json::json;
use tokio::time::timeout;

use super::Message;
use super::response::Refusal;
use super::stream::{Place, StreamRecord};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// Proxies that would gather a response before they pass it on are told not to.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Keeps the connection from looking dead; clients skip it.
pub(super) const HEARTBEAT: &str = ":\n\n";
const COMPLETE: &str = "event: complete\ndata: \n\n";

/// The position that a client which comes again has reached.
pub(super) fn last_event_id(headers: &HeaderMap) -> Result<Option<i64>, Refusal> {
    let Some(value) = headers.get(LAST_EVENT_ID).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let position = value.to_str().ok().and_then(|text| text.parse().ok()).filter(|position| *position >= 0);
    position.map(Some).ok_or(Refusal::BadLastEventId)
}

/// What lives as long as a stream.
pub(super) struct Following {
    /// The position behind which the messages begin, if they are of the log.
    pub(super) after: Option<i64>,
    pub(super) messages: BoxStream<'static, Message>,
    /// Is ready when whoever follows may no longer.
    pub(super) key_ended: BoxFuture<'static, Refusal>,
    pub(super) record: StreamRecord,
    pub(super) _place: Place,
}

pub(super) fn response(following: Following, heartbeat: Duration) -> Response {
    // Without data it is no event, but what browsers resume by if they are cut off before the first one:
    // <https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage>.
    let first = following.after.map_or_else(|| HEARTBEAT.to_owned(), |after| format!("id: {after}\n\n"));
    let events = stream::unfold(Some(following), move |following| async move {
        let mut following = following?;
        let message = tokio::select! {
            biased;
            refusal = &mut following.key_ended => {
                following.record.messages += 1;
                let last = encode(&Message::Failed { errors: refusal.errors() });
                return Some((last + COMPLETE, None));
            }
            message = timeout(heartbeat, following.messages.next()) => message,
        };
        let Ok(message) = message else {
            return Some((HEARTBEAT.to_owned(), Some(following)));
        };
        let Some(message) = message else {
            return Some((COMPLETE.to_owned(), None));
        };
        following.record.messages += 1;
        Some((encode(&message), Some(following)))
    });
    respond(first, events)
}

/// The response whose body these texts are. The first one tells clients and proxies at once that the stream stands.
pub(super) fn respond(first: String, events: impl Stream<Item = String> + Send + 'static) -> Response {
    let events = stream::once(async move { first }).chain(events);
    let body = Body::from_stream(events.map(|text| Ok::<_, Infallible>(Bytes::from(text))));
    (StatusCode::OK, [(CONTENT_TYPE, "text/event-stream; charset=utf-8"), (X_ACCEL_BUFFERING, "no")], body)
        .into_response()
}

fn encode(message: &Message) -> String {
    match message {
        Message::Next { body, position } => {
            let id = position.map(|position| format!("id: {position}\n")).unwrap_or_default();
            // JSON as we write it has no line breaks.
            format!("event: next\n{id}data: {}\n\n", String::from_utf8_lossy(body))
        }
        Message::Failed { errors } => format!("event: next\ndata: {}\n\n", json!({ "errors": errors })),
    }
}
