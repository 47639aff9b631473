//! What callers are told of what they have left, and who is not told.

use std::num::NonZeroU32;

use super::socket::{Said, Socket};
use super::*;
use crate::config::RESERVATIONS_A_CALLER_MAX;

/// Of a server to which `burst` points may be spent; those who ask are `192.0.2.1`, by the proxy that all tests are.
fn settings(burst: u32) -> Settings {
    let number = |number| NonZeroU32::new(number).expect("it is not zero");
    let rate = Some(Rate { per_minute: number(1), burst: number(burst) });
    let trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    Settings { rate, trusted_proxies, ..Settings::default() }
}

async fn limited(burst: u32, cache_max_age_s: u64) -> Served {
    Served::new(Settings { cache_max_age_s, ..settings(burst) }).await
}

async fn get(server: &Served, url: &str, headers: &str) -> Reply {
    server.ask(format!("GET {url} HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 192.0.2.1\r\n{headers}\r\n")).await
}

#[tokio::test]
async fn every_answer_that_is_for_its_caller_alone_tells_what_is_left() {
    let server = limited(10_000, 0).await;
    let calls = ["/graphql?query={a}", "/feed?limit=10", "/feed.json", "/job-postings/v1/stats"];
    for url in calls {
        let reply = get(&server, url, "").await;
        assert!(reply.header("ratelimit").is_some_and(|it| it.starts_with("\"cost\";r=99")), "{url}: {}", reply.head);
        assert!(reply.header("ratelimit-policy").is_some_and(|it| it.starts_with("\"cost\";q=10000")), "{url}");
    }
    let mut client = server.connect().await;
    client.send("GET /export.csv HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 192.0.2.1\r\n\r\n").await;
    assert!(client.reply_to("HEAD").await.header("ratelimit").is_some());
}

#[tokio::test]
async fn who_has_too_little_left_is_told_by_every_address() {
    let server = limited(1, 0).await;
    get(&server, "/feed?limit=10", "").await;
    for url in ["/graphql?query={a}", "/feed?limit=10", "/feed.json", "/export.ndjson"] {
        let reply = get(&server, url, "").await;
        assert_eq!(reply.status(), 429, "{url}");
        assert!(reply.header("retry-after").is_some(), "{url}");
        assert!(reply.header("ratelimit").is_some_and(|it| it.starts_with("\"cost\";r=0")), "{url}: {}", reply.head);
    }
}

/// It once cost as much as one that begins.
#[tokio::test]
async fn an_export_for_which_there_is_no_place_costs_nothing() {
    let server = Served::new(Settings { exports_max: 0, ..settings(10_000) }).await;
    assert_eq!(get(&server, "/export.csv", "").await.status_and_code(), refusal(503, "OVERLOADED"));
    let reply = get(&server, "/feed?limit=10", "").await;
    assert!(reply.header("ratelimit").is_some_and(|it| it.starts_with("\"cost\";r=99")), "{}", reply.head);
}

/// A cache once handed one caller's figures to all.
#[tokio::test]
async fn an_answer_that_caches_hand_to_others_tells_nothing() {
    for (max_age_s, caching) in [(0, "public, no-cache"), (60, "public, max-age=60")] {
        let server = limited(10, max_age_s).await;
        let reply = get(&server, "/graphql?query={tagged}", "").await;
        assert_eq!(reply.header("cache-control"), Some(caching));
        assert_eq!((reply.header("ratelimit"), reply.header("ratelimit-policy")), (None, None));
        let bearer = format!("authorization: Bearer {}\r\n", secret(1));
        let reply = get(&server, "/graphql?query={tagged}", &bearer).await;
        assert!(reply.header("cache-control").is_some_and(|it| it.starts_with("private")));
        assert!(reply.header("ratelimit").is_some());
    }
}

#[tokio::test]
async fn a_caller_may_reserve_so_many_streams_and_one_more_is_refused_to_it_alone() {
    let server = limited(10_000, 0).await;
    let reserve = async |address: &str| {
        server.ask(format!("PUT /graphql HTTP/1.1\r\nhost: x\r\nx-forwarded-for: {address}\r\n\r\n")).await
    };
    for _ in 0..RESERVATIONS_A_CALLER_MAX {
        assert_eq!(reserve("192.0.2.1").await.status(), 201);
    }
    assert_eq!(reserve("192.0.2.1").await.status_and_code(), refusal(503, "OVERLOADED"));
    assert_eq!(reserve("192.0.2.2").await.status(), 201);
}

async fn open_socket(server: &Served, address: &str) -> Result<Socket, u16> {
    let headers = [("sec-websocket-protocol", "graphql-transport-ws"), ("x-forwarded-for", address)];
    Socket::open_with(server, &headers).await
}

/// One address could once take all there are, for nothing.
#[tokio::test]
async fn a_caller_may_have_so_many_streams_and_one_more_is_refused_to_it_alone() {
    // Callers are told apart where nobody pays as well.
    for rate in [settings(10_000).rate, None] {
        let server = Served::new(Settings { rate, streams_per_caller_max: 2, ..settings(10_000) }).await;
        let socket = open_socket(&server, "192.0.2.1").await.expect("a socket");
        let reserve =
            async || server.ask("PUT /graphql HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 192.0.2.1\r\n\r\n").await;
        assert_eq!(reserve().await.status(), 201);
        assert_eq!(reserve().await.status_and_code(), refusal(503, "OVERLOADED"));
        assert_eq!(open_socket(&server, "192.0.2.1").await.err(), Some(503));
        let stream = get(&server, "/graphql?query={a}", "accept: text/event-stream\r\n").await;
        assert_eq!(stream.status_and_code(), refusal(503, "OVERLOADED"));
        assert!(open_socket(&server, "192.0.2.2").await.is_ok());
        drop(socket);
        let opened = async { while open_socket(&server, "192.0.2.1").await.is_err() {} };
        tokio::time::timeout(PATIENCE, opened).await.expect("a place that was left is free again");
    }
}

#[tokio::test]
async fn who_opens_a_socket_pays_for_it() {
    let server = limited(1, 0).await;
    assert!(open_socket(&server, "192.0.2.1").await.is_ok());
    assert_eq!(open_socket(&server, "192.0.2.1").await.err(), Some(429));
}

/// It once counted for its address until it ended, and cost nothing.
#[tokio::test]
async fn a_socket_counts_for_the_key_that_comes_with_its_first_message_and_is_paid_by_it() {
    let greet = async |server: &Served| {
        let mut socket = open_socket(server, "192.0.2.1").await.expect("a place of the address");
        let bearer = format!("Bearer {}", secret(1));
        socket.say(json!({ "type": "connection_init", "payload": { "authorization": bearer } })).await;
        let said = socket.hear().await;
        (socket, said)
    };
    let greeted = Said::Message(json!({ "type": "connection_ack" }));
    let one_stream = Settings { anonymous: None, streams_per_caller_max: 1, ..settings(10_000) };
    let one_point = Settings { anonymous: None, ..settings(1) };
    for settings in [one_stream, one_point] {
        let server = Served::new(settings).await;
        let (_first, said) = greet(&server).await;
        assert_eq!(said, greeted);
        assert_eq!(greet(&server).await.1, Said::Closed(4403), "the key has no more");
    }
}
