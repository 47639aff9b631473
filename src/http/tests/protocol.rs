//! GraphQL over HTTP: methods, media types, statuses, and what becomes of malformed requests.

use super::*;

const GRAPHQL_RESPONSE: &str = "application/graphql-response+json; charset=utf-8";
const APPLICATION_JSON: &str = "application/json; charset=utf-8";

#[tokio::test]
async fn post_passes_on_the_whole_request() {
    let server = Served::new(Settings::default()).await;
    let body = r#"{"query":"{a}","operationName":"A","variables":{"n":1},"extensions":{"e":2}}"#;
    let reply = server.post("content-type: application/json\r\nx-request-id: mine\r\n", body).await;
    assert_eq!(reply.status(), 200);
    let expected = json!({
        "query": "{a}", "operationName": "A", "variables": {"n": 1}, "extensions": {"e": 2}, "requestId": "mine",
    });
    assert_eq!(reply.json()["data"], expected);
}

#[tokio::test]
async fn get_passes_on_the_whole_request() {
    let server = Served::new(Settings::default()).await;
    let url = "/graphql?query=%7Ba%7D&operationName=A&variables=%7B%22n%22%3A1%7D&extensions=%7B%22e%22%3A2%7D";
    let data = &server.get(url).await.json()["data"];
    assert_eq!(data["query"], "{a}");
    assert_eq!(data["operationName"], "A");
    assert_eq!(data["variables"], json!({"n": 1}));
    assert_eq!(data["extensions"], json!({"e": 2}));
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let server = Served::new(Settings::default()).await;
    for url in ["/graphql?query=%7Ba%7D", "/livez", "/nowhere"] {
        let shown = server.get(url).await;
        let mut client = server.connect().await;
        client.send(format!("HEAD {url} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await;
        let hidden = client.reply_to("HEAD").await;
        assert_eq!(hidden.status(), shown.status());
        assert_eq!(hidden.header("content-type"), shown.header("content-type"));
        assert_eq!(hidden.header("content-length"), shown.header("content-length"));
        assert!(client.is_closed().await);
    }
}

#[tokio::test]
async fn the_status_of_an_answer_depends_on_outcome_and_media_type() {
    let server = Served::new(Settings::default()).await;
    let statuses = [("{a}", 200, 200), ("{", 400, 200), ("slow database", 504, 504), ("broken", 500, 500)];
    for (document, by_graphql_response, by_json) in statuses {
        let reply = server.query(document).await;
        assert_eq!(reply.status(), by_graphql_response, "{document}");
        assert_eq!(reply.header("content-type"), Some(GRAPHQL_RESPONSE));

        let reply = server.post(JSON, &json!({ "query": document }).to_string()).await;
        assert_eq!(reply.status(), by_json, "{document}");
        assert_eq!(reply.header("content-type"), Some(APPLICATION_JSON));
    }
}

#[tokio::test]
async fn a_mutation_over_get_is_sent_to_post() {
    let server = Served::new(Settings::default()).await;
    let reply = server.get("/graphql?query=mutation%7Ba%7D").await;
    assert_eq!(reply.status_and_code(), refusal(405, "OF_THE_ENGINE"));
    assert_eq!(reply.header("allow"), Some("POST"));
    assert_eq!(server.query("mutation{a}").await.status(), 200);
}

#[tokio::test]
async fn every_answer_tells_caches_what_to_do() {
    let server = Served::new(Settings::default()).await;
    for document in ["{a}", "{"] {
        let reply = server.query(document).await;
        assert_eq!(reply.header("vary"), Some("accept"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
    let reply = server.ask("PUT /graphql HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(reply.header("vary"), Some("accept"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn every_response_has_an_id_and_forbids_sniffing() {
    let server = Served::new(Settings::default()).await;
    for url in ["/graphql", "/livez", "/readyz", "/graphiql", "/nowhere"] {
        let reply = server.get(url).await;
        assert_eq!(reply.header("x-request-id").expect("an id").len(), 36, "{url}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{url}");
    }
    let reply = server.ask("GET /nowhere HTTP/1.1\r\nhost: x\r\nx-request-id: a.b_c-1\r\n\r\n").await;
    assert_eq!(reply.header("x-request-id"), Some("a.b_c-1"));
}

#[tokio::test]
async fn other_methods_are_refused() {
    let server = Served::new(Settings::default()).await;
    for method in ["PATCH", "OPTIONS", "TRACE", "BREW"] {
        let reply = server.ask(format!("{method} /graphql HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        assert_eq!(reply.status_and_code(), refusal(405, "METHOD_NOT_ALLOWED"), "{method}");
        assert_eq!(reply.header("allow"), Some("GET, HEAD, POST, PUT, DELETE"));
    }
    let reply = server.ask("POST /livez HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(reply.status_and_code(), refusal(405, "METHOD_NOT_ALLOWED"));
    assert_eq!(reply.header("allow"), Some("GET,HEAD"));
}

#[tokio::test]
async fn a_client_that_takes_neither_media_type_is_told() {
    let server = Served::new(Settings::default()).await;
    let headers = "content-type: application/json\r\naccept: text/html\r\n";
    let reply = server.post(headers, r#"{"query":"{a}"}"#).await;
    assert_eq!(reply.status_and_code(), refusal(406, "NOT_ACCEPTABLE"));
    assert_eq!(reply.header("content-type"), Some(APPLICATION_JSON));
}

#[tokio::test]
async fn a_refusal_has_the_media_type_asked_for() {
    let server = Served::new(Settings::default()).await;
    let reply = server.post(BY_GRAPHQL_RESPONSE, "{").await;
    assert_eq!(reply.status_and_code(), refusal(400, "BAD_REQUEST"));
    assert_eq!(reply.header("content-type"), Some(GRAPHQL_RESPONSE));
    let reply = server.post(JSON, "{").await;
    assert_eq!(reply.status_and_code(), refusal(400, "BAD_REQUEST"));
    assert_eq!(reply.header("content-type"), Some(APPLICATION_JSON));
}

#[tokio::test]
async fn bodies_that_a_form_could_send_are_refused() {
    let server = Served::new(Settings::default()).await;
    let headers = [
        "",
        "content-type: text/plain\r\n",
        "content-type: application/x-www-form-urlencoded\r\n",
        "content-type: multipart/form-data; boundary=x\r\n",
        "content-type: application/json; charset=latin1\r\n",
        "content-type: application/json\r\ncontent-type: text/plain\r\n",
        "content-type: application/json\r\ncontent-encoding: gzip\r\n",
    ];
    for headers in headers {
        let reply = server.post(headers, r#"{"query":"{a}"}"#).await;
        assert_eq!(reply.status_and_code(), refusal(415, "UNSUPPORTED_MEDIA_TYPE"), "{headers}");
    }
    let reply = server.post("content-type: application/json; charset=UTF-8\r\n", r#"{"query":"{a}"}"#).await;
    assert_eq!(reply.status(), 200);
}

#[tokio::test]
async fn a_malformed_request_is_told_what_is_wrong() {
    let server = Served::new(Settings::default()).await;
    let messages = [
        ("", "the body is empty, send a JSON object with the member \"query\""),
        (r#"[{"query":"{a}"}]"#, "batching is not offered, send one JSON object per request"),
        (r#"{"query":7}"#, "\"query\" must be a string"),
        (r#"{"query":"{a}","variables":[]}"#, "\"variables\" must be a JSON object"),
        ("{\n nonsense", "the body is not JSON: key must be a string at line 2 column 2"),
    ];
    for (body, message) in messages {
        let expected = (400, "BAD_REQUEST".to_owned(), message.to_owned());
        assert_eq!(server.post(JSON, body).await.refusal(), expected);
    }
    let expected =
        (400, "BAD_REQUEST".to_owned(), "\"query\" is missing, it must hold the GraphQL document".to_owned());
    assert_eq!(server.get("/graphql").await.refusal(), expected);
}

#[tokio::test]
async fn bytes_that_are_no_utf8_are_refused() {
    let server = Served::new(Settings::default()).await;
    let mut request = post(JSON, r#"{"query":"_"}"#).into_bytes();
    *request.iter_mut().rfind(|byte| **byte == b'_').expect("the mark") = 0xff;
    let expected = (400, "BAD_REQUEST".to_owned(), "the body is not UTF-8".to_owned());
    assert_eq!(server.ask(request).await.refusal(), expected);
    assert_eq!(server.get("/graphql?query=%c3%28").await.status_and_code(), refusal(400, "BAD_REQUEST"));
}

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let server = Served::new(Settings::default()).await;
    for url in ["/nowhere", "/graphql/", "/graphql/x", "/livez/..", "//graphql", "/%00"] {
        let reply = server.get(url).await;
        assert_eq!(reply.status_and_code(), refusal(404, "NOT_FOUND"), "{url}");
        assert_eq!(reply.header("content-type"), Some(APPLICATION_JSON));
    }
}

#[tokio::test]
async fn the_page_can_be_switched_off() {
    let server = Served::new(Settings::default()).await;
    assert_eq!(server.get("/graphiql").await.status(), 200);
    let server = Served::new(Settings { graphiql: false, ..Settings::default() }).await;
    assert_eq!(server.get("/graphiql").await.status(), 404);
}
