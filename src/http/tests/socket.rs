//! GraphQL over WebSocket: the protocol, each reason to close, and the limits.

use futures_util::{SinkExt, StreamExt};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message as Frame};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::*;

pub(super) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What the server says next: a message, or the code by which it closes.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    Message(Value),
    Closed(u16),
    Gone,
}

impl Socket {
    pub(super) async fn open(server: &Served) -> Self {
        Self::open_with(server, &[("sec-websocket-protocol", "graphql-transport-ws")]).await.expect("a socket")
    }

    pub(super) async fn open_with(server: &Served, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let mut request = format!("ws://{}/graphql", server.address).into_client_request().expect("a request");
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a header value"));
        }
        match timeout(PATIENCE, connect_async(request)).await.expect("an answer in time") {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    async fn greeted(server: &Served) -> Self {
        let mut socket = Self::open(server).await;
        socket.say(json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await, Said::Message(json!({ "type": "connection_ack" })));
        socket
    }

    pub(super) async fn say(&mut self, message: Value) {
        self.say_text(&message.to_string()).await;
    }

    async fn say_text(&mut self, text: &str) {
        self.0.send(Frame::text(text)).await.expect("a socket that takes messages");
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } })).await;
    }

    pub(super) async fn hear(&mut self) -> Said {
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("a message in time") {
                Some(Ok(Frame::Text(text))) => {
                    return Said::Message(serde_json::from_str(&text).expect("a message of JSON"));
                }
                Some(Ok(Frame::Close(Some(frame)))) => return Said::Closed(frame.code.into()),
                Some(Ok(Frame::Ping(_))) => {}
                Some(Ok(other)) => panic!("{other:?}"),
                Some(Err(_)) | None => return Said::Gone,
            }
        }
    }
}

fn next(id: &str, payload: Value) -> Said {
    Said::Message(json!({ "id": id, "type": "next", "payload": payload }))
}

fn complete(id: &str) -> Said {
    Said::Message(json!({ "id": id, "type": "complete" }))
}

#[tokio::test]
async fn a_subscription_brings_its_messages_then_completes() {
    let server = Served::new(Settings::default()).await;
    let mut socket = Socket::greeted(&server).await;
    socket.subscribe("a", "subscription three").await;
    for number in 1..=3 {
        assert_eq!(socket.hear().await, next("a", json!({ "data": number })));
    }
    assert_eq!(socket.hear().await, complete("a"));
}

#[tokio::test]
async fn a_query_is_answered_over_the_socket_too() {
    let server = Served::new(Settings::default()).await;
    let mut socket = Socket::greeted(&server).await;
    socket.subscribe("q", "{ a }").await;
    let Said::Message(message) = socket.hear().await else { panic!("no message") };
    assert_eq!(message["payload"]["data"]["query"], "{ a }");
    assert_eq!(socket.hear().await, complete("q"));
    // An id is free again once its operation is over.
    socket.subscribe("q", "subscription three").await;
    assert_eq!(socket.hear().await, next("q", json!({ "data": 1 })));
}

#[tokio::test]
async fn the_operations_of_a_socket_share_the_bytes_that_may_wait() {
    let settings = Settings { stream_backlog_bytes_max: 15, ..Settings::default() };
    let server = Served::new(settings).await;
    let mut socket = Socket::greeted(&server).await;
    for (id, has_room) in [("a", true), ("b", false)] {
        socket.subscribe(id, "subscription room").await;
        assert_eq!(socket.hear().await, next(id, json!({ "data": has_room })));
    }
    socket.say(json!({ "id": "a", "type": "complete" })).await;
    socket.subscribe("c", "subscription room").await;
    assert_eq!(socket.hear().await, next("c", json!({ "data": true })));
    let mut other = Socket::greeted(&server).await;
    other.subscribe("a", "subscription room").await;
    assert_eq!(other.hear().await, next("a", json!({ "data": true })), "each socket has room of its own");
}

#[tokio::test]
async fn a_refused_document_is_an_error_and_ends_only_its_operation() {
    let server = Served::new(Settings::default()).await;
    let mut socket = Socket::greeted(&server).await;
    for (document, code) in [("{", "OF_THE_ENGINE"), ("panic", "INTERNAL")] {
        socket.subscribe("e", document).await;
        let Said::Message(message) = socket.hear().await else { panic!("no message") };
        assert_eq!((&message["id"], &message["type"]), (&json!("e"), &json!("error")));
        assert_eq!(message["payload"][0]["extensions"]["code"], code);
    }
    socket.subscribe("l", "subscription lagged").await;
    assert_eq!(socket.hear().await, next("l", json!({ "data": 1 })));
    let Said::Message(message) = socket.hear().await else { panic!("no message") };
    assert_eq!((&message["type"], &message["payload"][0]["extensions"]["code"]), (&json!("error"), &json!("LAGGED")));
    socket.subscribe("a", "subscription three").await;
    assert_eq!(socket.hear().await, next("a", json!({ "data": 1 })));
}

#[tokio::test]
async fn operations_run_beside_each_other_until_the_client_ends_them() {
    let server = Served::new(Settings::default()).await;
    let mut socket = Socket::greeted(&server).await;
    socket.subscribe("endless", "subscription endless").await;
    assert_eq!(socket.hear().await, next("endless", json!({ "data": 1 })));
    socket.subscribe("b", "subscription waiting").await;
    while socket.hear().await != next("b", json!({ "data": 1 })) {}
    socket.say(json!({ "id": "endless", "type": "complete" })).await;
    socket.say(json!({ "type": "ping", "payload": { "n": 1 } })).await;
    while socket.hear().await != Said::Message(json!({ "type": "pong", "payload": { "n": 1 } })) {}
    // Whatever was on its way has arrived before the pong.
    socket.say(json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, Said::Message(json!({ "type": "pong" })));
    socket.say(json!({ "type": "pong" })).await;
}

/// Those that had begun once stood still with their socket, and kept the turns that they had or were given.
#[tokio::test]
async fn operations_of_a_client_that_does_not_read_keep_no_turn_from_others() {
    let server = Served::new(Settings { running_max: 1, wait_max: PATIENCE / 4, ..Settings::default() }).await;
    let mut greedy = Socket::greeted(&server).await;
    for id in ["a", "b", "c", "d"] {
        greedy.subscribe(id, "large").await;
    }
    for _ in 0..20 {
        assert_eq!(server.query("{a}").await.status(), 200);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn few_operations_of_a_socket_begin_at_once_and_others_as_soon_as_those_are_ended() {
    let server = Served::new(Settings { running_max: 8, ..Settings::default() }).await;
    let mut socket = Socket::greeted(&server).await;
    let running = async |count: f64| {
        let seen = async { while metrics::value(&server, "graphql_requests_running").await != Some(count) {} };
        timeout(PATIENCE, seen).await.expect("as many in time");
    };
    for id in ["a", "b", "c", "d", "e", "f"] {
        socket.subscribe(id, "never").await;
    }
    socket.say(json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, Said::Message(json!({ "type": "pong" })));
    running(4.0).await;
    for id in ["a", "b", "c", "d"] {
        socket.say(json!({ "id": id, "type": "complete" })).await;
    }
    running(2.0).await;
}

#[tokio::test]
async fn a_client_that_does_not_introduce_itself_is_closed() {
    let settings = Settings { socket_init_timeout: Duration::from_millis(100), ..Settings::default() };
    let server = Served::new(settings).await;
    assert_eq!(Socket::open(&server).await.hear().await, Said::Closed(4408));
    let mut socket = Socket::greeted(&server).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    socket.subscribe("a", "subscription three").await;
    assert_eq!(socket.hear().await, next("a", json!({ "data": 1 })));
}

#[tokio::test]
async fn every_breach_of_the_protocol_has_its_code() {
    let server = Served::new(Settings::default()).await;
    let subscribe = json!({ "id": "a", "type": "subscribe", "payload": { "query": "subscription waiting" } });
    let init = json!({ "type": "connection_init" });
    for (messages, code) in [
        (vec![subscribe.to_string()], 4401),
        (vec![init.to_string(), init.to_string()], 4429),
        (vec![init.to_string(), subscribe.to_string(), subscribe.to_string()], 4409),
        (vec!["{".to_owned()], 4400),
        (vec!["[]".to_owned()], 4400),
        (vec![json!({ "type": "start" }).to_string()], 4400),
        (vec![json!({ "type": "connection_init", "payload": 1 }).to_string()], 4400),
        (vec![json!({ "type": "complete" }).to_string()], 4400),
        (
            vec![init.to_string(), json!({ "id": "", "type": "subscribe", "payload": { "query": "" } }).to_string()],
            4400,
        ),
        (vec![init.to_string(), json!({ "id": "a", "type": "subscribe", "payload": {} }).to_string()], 4400),
        (vec![init.to_string(), json!({ "id": "a", "type": "subscribe" }).to_string()], 4400),
        (vec![format!("{{\"type\":\"ping\",\"payload\":{{\"x\":\"{}\"}}}}", "x".repeat(70_000))], 1009),
    ] {
        let mut socket = Socket::open(&server).await;
        for message in &messages {
            socket.say_text(message).await;
        }
        let said = loop {
            let said = socket.hear().await;
            if !matches!(said, Said::Message(_)) {
                break said;
            }
        };
        assert_eq!(said, Said::Closed(code), "{messages:?}");
    }
}

#[tokio::test]
async fn another_subprotocol_is_closed_at_once() {
    let server = Served::new(Settings::default()).await;
    let mut socket = Socket::open_with(&server, &[]).await.expect("a socket");
    assert_eq!(socket.hear().await, Said::Closed(4406));
    let refused = server.ask("GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
    assert_eq!(refused.await.status_and_code(), refusal(400, "BAD_REQUEST"));
}

#[tokio::test]
async fn pages_of_other_origins_open_no_socket() {
    let settings = Settings { origins: vec!["https://jobs.example".to_owned()], ..Settings::default() };
    let server = Served::new(settings).await;
    let own = format!("http://{}", server.address);
    for (origin, is_allowed) in
        [(own.as_str(), true), ("https://jobs.example", true), ("https://evil.example", false), ("null", false)]
    {
        let headers = [("sec-websocket-protocol", "graphql-transport-ws"), ("origin", origin)];
        let opened = Socket::open_with(&server, &headers).await;
        assert_eq!(opened.err(), (!is_allowed).then_some(403), "{origin}");
    }
}

#[tokio::test]
async fn operations_and_streams_are_limited() {
    let settings = Settings { socket_operations_max: 2, streams_max: 2, ..Settings::default() };
    let server = Served::new(settings).await;
    let mut socket = Socket::greeted(&server).await;
    for id in ["a", "b"] {
        socket.subscribe(id, "subscription waiting").await;
        assert_eq!(socket.hear().await, next(id, json!({ "data": 1 })));
    }
    socket.subscribe("c", "subscription waiting").await;
    let Said::Message(message) = socket.hear().await else { panic!("no message") };
    assert_eq!((&message["id"], &message["type"]), (&json!("c"), &json!("error")));
    assert_eq!(message["payload"][0]["extensions"]["code"], "OVERLOADED");
    let second = Socket::open(&server).await;
    let headers = [("sec-websocket-protocol", "graphql-transport-ws")];
    assert_eq!(Socket::open_with(&server, &headers).await.err(), Some(503));
    let stream = server.post("content-type: application/json\r\naccept: text/event-stream\r\n", r#"{"query":"{a}"}"#);
    assert_eq!(stream.await.status_and_code(), refusal(503, "OVERLOADED"));
    drop(second);
    let deadline = Instant::now() + PATIENCE;
    while Socket::open_with(&server, &headers).await.is_err() {
        assert!(Instant::now() < deadline, "a place that was left is free again");
    }
}

#[tokio::test]
async fn a_client_that_answers_no_ping_is_dropped() {
    let settings = Settings { socket_ping_interval: Duration::from_millis(100), ..Settings::default() };
    let server = Served::new(settings).await;
    // By hand, as the library answers pings by itself.
    let mut client = server.connect().await;
    let upgrade = "GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
        sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        sec-websocket-protocol: graphql-transport-ws\r\n\r\n";
    client.send(upgrade).await;
    let mut heard = Vec::new();
    timeout(PATIENCE, client.0.read_to_end(&mut heard)).await.expect("an end in time").expect("no reset");
    assert!(heard.ends_with(&[0x89, 0]), "one ping, then the end: {heard:?}");

    let mut socket = Socket::greeted(&server).await;
    let quiet = timeout(Duration::from_millis(500), socket.hear()).await;
    assert!(quiet.is_err(), "a client that answers stays: {quiet:?}");
}

#[tokio::test]
async fn a_server_that_stops_closes_its_sockets_before_it_ends() {
    let server = Served::new(Settings::default()).await;
    let mut socket = Socket::greeted(&server).await;
    socket.subscribe("a", "subscription waiting").await;
    assert_eq!(socket.hear().await, next("a", json!({ "data": 1 })));
    let Served { shutdown, ended, .. } = server;
    shutdown.send(()).expect("a server that runs");
    assert_eq!(socket.hear().await, Said::Closed(1001));
    assert_eq!(socket.hear().await, Said::Gone);
    timeout(PATIENCE, ended).await.expect("an end in time").expect("no panic").expect("no error");
}

#[tokio::test]
async fn a_message_that_is_too_long_ends_its_socket() {
    let bytes_max = 1_000;
    let server = Served::new(Settings { socket_message_bytes_max: bytes_max, ..Settings::default() }).await;
    let message = |bytes: usize| {
        let text = |query: &str| json!({ "id": "a", "type": "subscribe", "payload": { "query": query } }).to_string();
        text(&format!("{:<1$}", "{a}", bytes - text("").len()))
    };
    let mut socket = Socket::greeted(&server).await;
    socket.say_text(&message(bytes_max)).await;
    assert!(matches!(socket.hear().await, Said::Message(_)), "as many bytes as may be");
    let mut socket = Socket::greeted(&server).await;
    socket.say_text(&message(bytes_max + 1)).await;
    let said = socket.hear().await;
    assert!(matches!(said, Said::Closed(1009)), "{said:?}");
}
