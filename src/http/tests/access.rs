//! Who may ask, and how a key is shown.

use super::socket::{Said, Socket};
use super::*;
use crate::http::response::Refusal;

fn bearer(secret: &str) -> String {
    format!("{BY_GRAPHQL_RESPONSE}authorization: Bearer {secret}\r\n")
}

async fn closed() -> Served {
    Served::new(Settings { anonymous: None, ..Settings::default() }).await
}

#[tokio::test]
async fn anyone_may_ask_unless_a_key_is_needed() {
    let body = r#"{"query":"{a}"}"#;
    assert_eq!(Served::new(Settings::default()).await.post(JSON, body).await.status(), 200);
    let server = closed().await;
    let reply = server.post(JSON, body).await;
    let expected = "an API key is needed\nhint: send it as \"Authorization: Bearer SECRET\"";
    assert_eq!(reply.refusal(), (401, "UNAUTHENTICATED".to_owned(), expected.to_owned()));
    assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
    assert_eq!(server.post(&bearer(&secret(1)), body).await.status(), 200);
    for url in ["/graphql?query={a}", "/feed", "/feed.json"] {
        assert_eq!(server.get(url).await.status_and_code(), refusal(401, "UNAUTHENTICATED"), "{url}");
        let request = format!("GET {url} HTTP/1.1\r\nhost: x\r\nauthorization: bearer {}\r\n\r\n", secret(1));
        assert_eq!(server.ask(request).await.status(), 200, "{url}");
    }
    assert_eq!(server.get("/livez").await.status(), 200);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused_even_where_none_is_needed() {
    let server = Served::new(Settings::default()).await;
    for given in [secret(9), "nonsense".to_owned(), "jobgraph_AAAA".to_owned(), String::new()] {
        let reply = server.post(&bearer(&given), r#"{"query":"{a}"}"#).await;
        assert_eq!(reply.status_and_code(), refusal(401, "UNAUTHENTICATED"), "{given}");
        assert_eq!(reply.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
    }
    let twice = format!("{}authorization: Bearer {}\r\n", bearer(&secret(1)), secret(1));
    assert_eq!(server.post(&twice, r#"{"query":"{a}"}"#).await.status(), 401);
    // What is meant for a proxy is none of ours.
    let basic = format!("{JSON}authorization: Basic YTpi\r\n");
    assert_eq!(server.post(&basic, r#"{"query":"{a}"}"#).await.status(), 200);
}

#[tokio::test]
async fn nothing_is_answered_without_the_scope_read() {
    let server = Served::new(Settings::default()).await;
    let reply = server.post(&bearer(&secret(3)), r#"{"query":"{a}"}"#).await;
    assert_eq!(reply.status_and_code(), refusal(403, "FORBIDDEN"));
    let server = Served::new(Settings { anonymous: Some(Scopes::default()), ..Settings::default() }).await;
    assert_eq!(server.query("{a}").await.status_and_code(), refusal(403, "FORBIDDEN"));
}

#[tokio::test]
async fn a_key_is_looked_up_once_for_many_requests_known_or_not() {
    let asked = Arc::new(AtomicUsize::default());
    let engine = Fake { keys_asked: Arc::clone(&asked), ..Fake::default() };
    let server = Served::with_engine(Settings::default(), engine).await;
    for _ in 0..5 {
        assert_eq!(server.post(&bearer(&secret(1)), r#"{"query":"{a}"}"#).await.status(), 200);
        assert_eq!(server.post(&bearer(&secret(9)), r#"{"query":"{a}"}"#).await.status(), 401);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_socket_shows_its_key_as_a_header_or_with_its_first_message() {
    let server = closed().await;
    let by = |secret: String| json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {secret}") } });
    let mut socket = Socket::open(&server).await;
    socket.say(by(secret(1))).await;
    assert_eq!(socket.hear().await, Said::Message(json!({ "type": "connection_ack" })));
    for greeting in [json!({ "type": "connection_init" }), by(secret(9)), by(secret(3))] {
        let mut socket = Socket::open(&server).await;
        socket.say(greeting).await;
        assert_eq!(socket.hear().await, Said::Closed(4403));
    }
    let header = |value: String| async {
        let value = value;
        Socket::open_with(&server, &[("sec-websocket-protocol", "graphql-transport-ws"), ("authorization", &value)])
            .await
    };
    let mut socket = header(format!("Bearer {}", secret(1))).await.expect("a socket");
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.hear().await, Said::Message(json!({ "type": "connection_ack" })));
    assert_eq!(header(format!("Bearer {}", secret(9))).await.err(), Some(401));
}

#[tokio::test]
async fn who_tries_secrets_pays_for_each() {
    let number = |number| std::num::NonZeroU32::new(number).expect("it is not zero");
    let rate = Some(Rate { per_minute: number(1), burst: number(3) });
    let trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    let server = Served::new(Settings { rate, trusted_proxies, ..Settings::default() }).await;
    let from = |byte: u8| format!("{}x-forwarded-for: 192.0.2.1\r\n", bearer(&secret(byte)));
    for byte in 10..13 {
        assert_eq!(server.post(&from(byte), r#"{"query":"{a}"}"#).await.status(), 401);
    }
    let reply = server.post(&from(13), r#"{"query":"{a}"}"#).await;
    assert_eq!(reply.status_and_code(), refusal(429, "RATE_LIMITED"));
    assert!(reply.header("retry-after").is_some());
}

/// A server that looks keys up again soon, and the switch that revokes all.
async fn revoking() -> (Served, Arc<AtomicBool>) {
    let engine = Fake::default();
    let switch = Arc::clone(&engine.are_keys_revoked);
    let settings = Settings { keys_kept: Duration::from_millis(50), ..Settings::default() };
    (Served::with_engine(settings, engine).await, switch)
}

/// It once lived on for as long as its client liked.
#[tokio::test]
async fn a_socket_ends_soon_after_its_key_whichever_way_that_came() {
    let (server, switch) = revoking().await;
    let value = format!("Bearer {}", secret(1));
    let headers = [("sec-websocket-protocol", "graphql-transport-ws"), ("authorization", &*value)];
    let mut by_header = Socket::open_with(&server, &headers).await.expect("a socket");
    by_header.say(json!({ "type": "connection_init" })).await;
    let mut by_message = Socket::open(&server).await;
    by_message.say(json!({ "type": "connection_init", "payload": { "authorization": value } })).await;
    let mut by_nobody = Socket::open(&server).await;
    by_nobody.say(json!({ "type": "connection_init" })).await;
    for socket in [&mut by_header, &mut by_message, &mut by_nobody] {
        assert_eq!(socket.hear().await, Said::Message(json!({ "type": "connection_ack" })));
        socket.say(json!({ "id": "a", "type": "subscribe", "payload": { "query": "subscription waiting" } })).await;
        let Said::Message(_) = socket.hear().await else { panic!("no message") };
    }
    // It is looked at again and again, and goes on.
    tokio::time::sleep(Duration::from_millis(200)).await;
    switch.store(true, Ordering::SeqCst);
    assert_eq!(by_header.hear().await, Said::Closed(4403));
    assert_eq!(by_message.hear().await, Said::Closed(4403));
    by_nobody.say(json!({ "type": "ping" })).await;
    assert_eq!(by_nobody.hear().await, Said::Message(json!({ "type": "pong" })));
}

#[tokio::test]
async fn an_event_stream_ends_soon_after_its_key_and_says_so() {
    let (server, switch) = revoking().await;
    let mut client = server.connect().await;
    let headers = format!("accept: text/event-stream\r\n{}", bearer(&secret(1)));
    client.send(post(&headers, r#"{"query":"subscription waiting"}"#)).await;
    assert_eq!(client.reply_to("HEAD").await.status(), 200);
    client.read_to("\"data\":1}\n\n\r\n").await;
    switch.store(true, Ordering::SeqCst);
    let rest = client.read_to("0\r\n\r\n").await;
    assert!(rest.contains("\"code\":\"UNAUTHENTICATED\"") && rest.ends_with("event: complete\ndata: \n\n"), "{rest}");
}

#[tokio::test]
async fn a_stream_of_many_operations_ends_soon_after_the_key_that_reserved_it() {
    let (server, switch) = revoking().await;
    let key = bearer(&secret(1));
    let token = server.ask(format!("PUT /graphql HTTP/1.1\r\nhost: x\r\n{key}\r\n")).await.body;
    let token = format!("x-graphql-event-stream-token: {token}\r\n");
    let open = format!("GET /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n{token}\r\n");
    let (mut client, head) = server.begin(open).await;
    assert_eq!(head.status(), 200);
    let body = r#"{"query":"subscription waiting","extensions":{"operationId":"a"}}"#;
    assert_eq!(server.post(&format!("{token}{key}"), body).await.status(), 202);
    client.read_to("{\"data\":1}}\n\n\r\n").await;
    switch.store(true, Ordering::SeqCst);
    let rest = client.read_to("0\r\n\r\n").await;
    assert!(
        rest.contains("\"code\":\"UNAUTHENTICATED\"") && rest.contains("event: complete\ndata: {\"id\":\"a\"}"),
        "{rest}"
    );
}

/// Only the key that reserved the stream was looked up again.
#[tokio::test]
async fn an_operation_of_a_shared_stream_ends_soon_after_its_own_key() {
    let (server, switch) = revoking().await;
    let token = server.ask("PUT /graphql HTTP/1.1\r\nhost: x\r\n\r\n").await.body;
    let token = format!("x-graphql-event-stream-token: {token}\r\n");
    let open = format!("GET /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n{token}\r\n");
    let (mut client, head) = server.begin(open).await;
    assert_eq!(head.status(), 200);
    let body = |id| json!({ "query": "subscription waiting", "extensions": { "operationId": id } }).to_string();
    let with_key = format!("{token}{}", bearer(&secret(1)));
    assert_eq!(server.post(&with_key, &body("a")).await.status(), 202);
    client.read_to("{\"data\":1}}\n\n\r\n").await;
    switch.store(true, Ordering::SeqCst);
    let told = client.read_to("event: complete\ndata: {\"id\":\"a\"}\n\n\r\n").await;
    assert!(told.contains("\"code\":\"UNAUTHENTICATED\""), "{told}");
    // The stream is nobody's, and goes on.
    let without_key = format!("{token}{BY_GRAPHQL_RESPONSE}");
    assert_eq!(server.post(&without_key, &body("b")).await.status(), 202);
    client.read_to("{\"data\":1}}\n\n\r\n").await;
}

/// A client that does not read once stopped a look in its middle, which all others waited for.
#[tokio::test]
async fn a_stream_that_stands_still_keeps_no_other_from_looking_at_its_key() {
    let engine = Fake::default();
    let switch = Arc::clone(&engine.are_keys_revoked);
    let settings = Settings { keys_kept: Duration::from_millis(20), ..Settings::default() };
    let server = Arc::new(Server {
        engine: Arc::new(engine),
        limits: Limits::new(&settings),
        access: Access::new(&settings),
        streams: Arc::new(Streams::new(1, "streams")),
        reservations: Reservations::default(),
        exports: Streams::new(1, "exports"),
        metrics: Metrics::new(),
        drain: CancellationToken::new(),
        settings,
    });
    let caller = server.caller_by("test", &format!("Bearer {}", secret(1)), None).await.expect("a key");
    tokio::time::sleep(Duration::from_millis(50)).await;
    switch.store(true, Ordering::SeqCst);
    let mut still = Arc::clone(&server).key_ended("test".to_owned(), &caller);
    assert!((&mut still).now_or_never().is_none());
    let other = Arc::clone(&server).key_ended("test".to_owned(), &caller);
    let why = tokio::time::timeout(PATIENCE, other).await.expect("a look in time");
    assert!(matches!(why, Refusal::BadKey), "{why}");
}
