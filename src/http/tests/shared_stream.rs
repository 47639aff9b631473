//! GraphQL over server-sent events on one stream for many operations: reserved, opened, used and bounded.

use super::*;
use crate::config::RESERVATIONS_MAX;

const TOKEN: &str = "x-graphql-event-stream-token";

impl Served {
    async fn reserve(&self) -> String {
        let reply = self.put().await;
        assert_eq!((reply.status(), reply.header("content-type")), (201, Some("text/plain; charset=utf-8")));
        reply.body
    }

    async fn put(&self) -> Reply {
        self.ask("PUT /graphql HTTP/1.1\r\nhost: x\r\n\r\n").await
    }

    async fn open(&self, token: &str) -> (Client, Reply) {
        self.begin(format!("GET /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n{TOKEN}: {token}\r\n\r\n"))
            .await
    }

    async fn operate(&self, token: &str, id: Value, document: &str) -> Reply {
        let body = json!({ "query": document, "extensions": { "operationId": id } }).to_string();
        self.post(&format!("{JSON}{TOKEN}: {token}\r\n"), &body).await
    }

    async fn stop(&self, token: &str, id: &str) -> Reply {
        self.ask(format!("DELETE /graphql?operationId={id} HTTP/1.1\r\nhost: x\r\n{TOKEN}: {token}\r\n\r\n")).await
    }
}

#[tokio::test]
async fn operations_share_the_stream_that_was_reserved() {
    let server = Served::new(Settings::default()).await;
    let token = server.reserve().await;
    let (mut client, head) = server.open(&token).await;
    assert_eq!((head.status(), head.header("content-type")), (200, Some("text/event-stream; charset=utf-8")));
    let reply = server.operate(&token, json!("a\"b"), "subscription three").await;
    assert_eq!((reply.status(), reply.body.as_str()), (202, ""));
    let next = |data: u8| format!("event: next\ndata: {{\"id\":\"a\\\"b\",\"payload\":{{\"data\":{data}}}}}\n\n");
    let expected = format!(":\n\n{}{}{}event: complete\ndata: {{\"id\":\"a\\\"b\"}}\n\n", next(1), next(2), next(3));
    assert_eq!(client.read_to("event: complete\ndata: {\"id\":\"a\\\"b\"}\n\n\r\n").await, expected);

    // The name is free again, and one that goes on is ended by another request.
    assert_eq!(server.operate(&token, json!("a\"b"), "{ __typename }").await.status(), 202);
    let text = client.read_to("event: complete\ndata: {\"id\":\"a\\\"b\"}\n\n\r\n").await;
    assert!(text.contains("\"query\":\"{ __typename }\""), "{text}");
    assert_eq!(server.operate(&token, json!("long"), "subscription waiting").await.status(), 202);
    client.read_to("{\"data\":1}}\n\n\r\n").await;
    assert_eq!(
        server.operate(&token, json!("long"), "subscription three").await.status_and_code(),
        refusal(409, "BAD_REQUEST")
    );
    assert_eq!(server.stop(&token, "long").await.status(), 200);
    client.read_to("event: complete\ndata: {\"id\":\"long\"}\n\n\r\n").await;
    assert_eq!(server.stop(&token, "long").await.status(), 200);
}

#[tokio::test]
async fn what_begins_before_the_stream_is_opened_waits_for_it() {
    let server = Served::new(Settings::default()).await;
    let token = server.reserve().await;
    assert_eq!(server.operate(&token, json!("1"), "subscription three").await.status(), 202);
    let url = format!("GET /graphql?token={token} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n");
    let (mut client, head) = server.begin(url).await;
    assert_eq!(head.status(), 200);
    client.read_to("event: complete\ndata: {\"id\":\"1\"}\n\n\r\n").await;
}

#[tokio::test]
async fn what_does_not_belong_to_a_stream_is_refused() {
    let server = Served::new(Settings::default()).await;
    let token = server.reserve().await;
    let (client, _) = server.open(&token).await;
    let again = "GET /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n";
    let reply = server.ask(format!("{again}{TOKEN}: {token}\r\n\r\n")).await;
    assert_eq!(reply.status_and_code(), refusal(409, "BAD_REQUEST"));
    for unknown in ["", "nonsense"] {
        assert_eq!(
            server.ask(format!("{again}{TOKEN}: {unknown}\r\n\r\n")).await.status_and_code(),
            refusal(404, "NOT_FOUND")
        );
        assert_eq!(server.operate(unknown, json!("1"), "{a}").await.status_and_code(), refusal(404, "NOT_FOUND"));
        assert_eq!(server.stop(unknown, "1").await.status_and_code(), refusal(404, "NOT_FOUND"));
    }
    for id in [json!(null), json!(""), json!(1), json!({}), json!("x".repeat(129))] {
        assert_eq!(server.operate(&token, id, "{a}").await.status_and_code(), refusal(400, "BAD_REQUEST"));
    }
    assert_eq!(server.stop(&token, "").await.status_and_code(), refusal(400, "BAD_REQUEST"));
    let reply = server.operate(&token, json!("1"), "{").await;
    assert_eq!(reply.status_and_code(), refusal(400, "OF_THE_ENGINE"));
    // It has not begun, so its name is free.
    assert_eq!(server.operate(&token, json!("1"), "{a}").await.status(), 202);

    // With its client a stream is gone, and so is its token.
    drop(client);
    let gone = async {
        while server.operate(&token, json!("2"), "subscription endless").await.status() != 404 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.expect("the stream ends with its client");
}

#[tokio::test]
async fn a_stream_has_so_many_operations_and_a_server_so_many_streams() {
    let settings = Settings { socket_operations_max: 2, streams_max: 1, ..Settings::default() };
    let server = Served::new(settings).await;
    let token = server.reserve().await;
    assert_eq!(server.put().await.status_and_code(), refusal(503, "OVERLOADED"));
    let (mut client, _) = server.open(&token).await;
    for id in ["1", "2"] {
        assert_eq!(server.operate(&token, json!(id), "subscription waiting").await.status(), 202);
    }
    assert_eq!(server.operate(&token, json!("3"), "{a}").await.status_and_code(), refusal(503, "OVERLOADED"));
    server.stop(&token, "1").await;
    client.read_to("event: complete\ndata: {\"id\":\"1\"}\n\n\r\n").await;
    assert_eq!(server.operate(&token, json!("3"), "{a}").await.status(), 202);
}

/// They once waited without a limit of bytes, twenty of up to 8 MiB for one stream.
#[tokio::test]
async fn answers_that_are_not_taken_need_room_as_events_do() {
    let request_timeout = Duration::from_millis(500);
    let settings = Settings { stream_backlog_bytes_max: 15, request_timeout, ..Settings::default() };
    let server = Served::new(settings).await;
    let token = server.reserve().await;
    assert_eq!(server.operate(&token, json!("1"), "{a}").await.status(), 202);
    assert_eq!(server.operate(&token, json!("2"), "{a}").await.status_and_code(), refusal(503, "OVERLOADED"));
    let (mut client, _) = server.open(&token).await;
    client.read_to("event: complete\ndata: {\"id\":\"1\"}\n\n\r\n").await;
    assert_eq!(server.operate(&token, json!("2"), "{a}").await.status(), 202);
}

#[tokio::test]
async fn a_reservation_that_is_not_used_is_taken_back() {
    let settings = Settings { socket_init_timeout: Duration::from_millis(50), streams_max: 1, ..Settings::default() };
    let server = Served::new(settings).await;
    let token = server.reserve().await;
    let free = async {
        while server.put().await.status() != 201 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, free).await.expect("its place is free again");
    assert_eq!(server.open(&token).await.1.status(), 404);
}

#[tokio::test]
async fn who_may_not_ask_may_not_reserve() {
    let server = Served::new(Settings { anonymous: None, ..Settings::default() }).await;
    assert_eq!(server.put().await.status_and_code(), refusal(401, "UNAUTHENTICATED"));
    assert_eq!(server.stop("nonsense", "1").await.status_and_code(), refusal(401, "UNAUTHENTICATED"));
    let key = secret(1);
    let reply = server.ask(format!("PUT /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n\r\n")).await;
    assert_eq!(reply.status(), 201);
    // The token is the ticket, as browsers' own event streams send no key.
    assert_eq!(server.open(&reply.body).await.1.status(), 200);
    assert_eq!(server.operate(&reply.body, json!("1"), "{a}").await.status_and_code(), refusal(401, "UNAUTHENTICATED"));
}

#[tokio::test]
async fn so_many_reservations_may_wait_and_one_more_is_refused() {
    // Longer than it takes to make so many.
    let settings = Settings { socket_init_timeout: PATIENCE * 10, ..Settings::default() };
    let server = Served::new(settings).await;
    for _ in 0..RESERVATIONS_MAX {
        server.reserve().await;
    }
    assert_eq!(server.put().await.status_and_code(), refusal(503, "OVERLOADED"));
}

#[tokio::test]
async fn a_server_that_stops_ends_its_shared_streams_and_forgets_reservations() {
    let server = Served::new(Settings::default()).await;
    let token = server.reserve().await;
    server.reserve().await;
    let (mut client, _) = server.open(&token).await;
    assert_eq!(server.operate(&token, json!("1"), "subscription waiting").await.status(), 202);
    client.read_to("{\"data\":1}}\n\n\r\n").await;
    server.shutdown.send(()).expect("the server runs");
    let text = client.read_to("0\r\n\r\n").await;
    assert!(
        text.contains("\"payload\":{\"errors\":[") && text.ends_with("event: complete\ndata: {\"id\":\"1\"}\n\n"),
        "{text}"
    );
    tokio::time::timeout(PATIENCE, server.ended).await.expect("nothing holds it").expect("no panic").expect("no error");
}
