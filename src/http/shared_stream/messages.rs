//! What goes out on a shared stream: the messages of all its operations, each with the client's name for its operation.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::sleep;
use tokio_stream::StreamMap;

use super::{Operation, Reservation};
use crate::http::response::Refusal;
use crate::http::stream::{Place, StreamRecord};
use crate::http::{Engine, Message, Server, event_stream};

/// The operations of one stream. When it is dropped, they end, and its token is worth nothing any more.
pub(super) struct Messages<E: Engine> {
    server: Arc<Server<E>>,
    reservation: Arc<Reservation>,
    begun: mpsc::Receiver<Operation>,
    operations: StreamMap<String, BoxStream<'static, Option<Message>>>,
    record: StreamRecord,
    /// Is ready when whoever reserved the stream may no longer follow; nothing once that was told.
    key_ended: Option<BoxFuture<'static, Refusal>>,
    _place: Place,
}

impl<E: Engine> Drop for Messages<E> {
    fn drop(&mut self) {
        self.server.reservations.remove(&self.reservation.token);
    }
}

/// The messages of an operation until the key that it was begun with has ended, and then why.
pub(super) fn until_key_ends(
    messages: BoxStream<'static, Message>,
    key_ended: BoxFuture<'static, Refusal>,
) -> BoxStream<'static, Message> {
    let following = stream::unfold(Some((messages, key_ended)), |following| async move {
        let (mut messages, mut key_ended) = following?;
        tokio::select! {
            biased;
            refusal = &mut key_ended => Some((Message::Failed { errors: refusal.errors() }, None)),
            message = messages.next() => Some((message?, Some((messages, key_ended)))),
        }
    });
    following.boxed()
}

impl<E: Engine> Messages<E> {
    pub(super) fn new(
        server: Arc<Server<E>>,
        reservation: Arc<Reservation>,
        begun: mpsc::Receiver<Operation>,
        place: Place,
        record: StreamRecord,
        key_ended: BoxFuture<'static, Refusal>,
    ) -> Self {
        let (operations, key_ended) = (StreamMap::new(), Some(key_ended));
        Self { server, reservation, begun, operations, record, key_ended, _place: place }
    }

    /// The stream as text; a sign of life whenever it has been silent for so long.
    pub(super) fn into_texts(self, heartbeat: Duration) -> BoxStream<'static, String> {
        stream::unfold(self, move |mut messages| async move { Some((messages.next(heartbeat).await?, messages)) })
            .boxed()
    }

    /// The next event; nothing once the server stops and all operations have told so, or the key has ended.
    async fn next(&mut self, heartbeat: Duration) -> Option<String> {
        let drain = self.server.drain.clone();
        loop {
            tokio::select! {
                biased;
                refusal = self.key_ended.as_mut()? => {
                    self.key_ended = None;
                    return Some(self.refused(&refusal));
                }
                Some((id, operation)) = self.begun.recv() => {
                    self.operations.insert(id, operation);
                }
                Some((id, message)) = self.operations.next() => return Some(self.event(&id, message)),
                () = drain.cancelled(), if self.operations.is_empty() => return None,
                () = sleep(heartbeat) => return Some(event_stream::HEARTBEAT.to_owned()),
            }
        }
    }

    /// Ends all operations, each with the reason.
    fn refused(&mut self, refusal: &Refusal) -> String {
        let ids: Vec<String> = self.operations.keys().cloned().collect();
        let mut text = event_stream::HEARTBEAT.to_owned();
        for id in ids {
            text += &self.event(&id, Some(Message::Failed { errors: refusal.errors() }));
            text += &self.event(&id, None);
        }
        text
    }

    fn event(&mut self, id: &str, message: Option<Message>) -> String {
        self.record.messages += 1;
        let id_text = Value::from(id);
        match message {
            // JSON as we write it has no line breaks.
            Some(Message::Next { body, .. }) => {
                let body = String::from_utf8_lossy(&body);
                format!("event: next\ndata: {{\"id\":{id_text},\"payload\":{body}}}\n\n")
            }
            Some(Message::Failed { errors }) => {
                format!("event: next\ndata: {}\n\n", json!({ "id": id, "payload": { "errors": errors } }))
            }
            None => {
                self.operations.remove(id);
                self.reservation.leave(id);
                format!("event: complete\ndata: {}\n\n", json!({ "id": id }))
            }
        }
    }
}
