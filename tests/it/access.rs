//! Keys as their operator and their holders meet them: given out, used, and taken back.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::{Server, run};
use crate::support::{Database, backends};

/// Longer than a server takes a key for what it was.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(20);

fn keys(url: &str, arguments: &[&str]) -> (bool, String) {
    let output = run(&[&["--database-url", url, "keys"], arguments].concat());
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// The id and the secret of a new key.
fn create(url: &str, arguments: &[&str]) -> (String, String) {
    let (is_done, text) = keys(url, &[&["create", "a client"], arguments].concat());
    assert!(is_done, "{text}");
    let secret = text.lines().find_map(|line| line.strip_prefix("secret ")).expect("the secret is shown");
    (text.split(' ').next().expect("an id").to_owned(), secret.to_owned())
}

fn ask(server: &Server, secret: &str, query: &str) -> (u16, Value) {
    let body = json!({ "query": query }).to_string();
    let (status, _, body) = server.send("POST", "/graphql", &[("authorization", &format!("Bearer {secret}"))], &body);
    (status, serde_json::from_str(&body).expect("an answer is JSON"))
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

#[test]
fn a_key_opens_what_its_scopes_cover_until_it_is_revoked() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::new(backend));
        let url = database.url.as_str();
        let (id, reader) = create(url, &[]);
        let (_, operator) = create(url, &["--scope", "raw:read,admin", "--expires-in", "30"]);
        let server = Server::start(url, &["--anonymous", "off"]);
        assert_eq!(server.post(br#"{"query":"{ __typename }"}"#).0, 401, "{backend}");
        assert_eq!(
            ask(&server, &reader, "{ jobs { totalCount } }"),
            (200, json!({ "data": { "jobs": { "totalCount": 0 } } }))
        );
        for query in [
            "{ webhooks { url } }",
            "{ jobs { nodes { rawPayload { bytes } } } }",
            "{ events { nodes { rawPayloadUri } } }",
        ] {
            let (status, answer) = ask(&server, &reader, query);
            assert_eq!((status, code(&answer)), (403, "FORBIDDEN"), "{backend} {query}: {answer}");
            let (status, answer) = ask(&server, &operator, query);
            assert_eq!((status, answer.get("errors")), (200, None), "{backend} {query}");
        }

        let (_, text) = keys(url, &["list"]);
        assert!(
            text.contains("ACTIVE read a client") && text.contains("ACTIVE read,raw:read,admin a client, expires 20"),
            "{text}"
        );
        assert!(!text.contains(&reader) && !text.contains(&operator), "{text}");
        assert!(keys(url, &["revoke", &id]).0);
        let (is_done, text) = keys(url, &["revoke", &id]);
        assert!(!is_done && text.contains("hint: "), "{text}");
        let began = Instant::now();
        while ask(&server, &reader, "{ __typename }").0 == 200 {
            assert!(began.elapsed() < FORGOTTEN_AFTER, "{backend}: a revoked key goes on");
            std::thread::sleep(Duration::from_millis(200));
        }
        let (status, answer) = ask(&server, &reader, "{ __typename }");
        assert_eq!((status, code(&answer)), (401, "UNAUTHENTICATED"), "{backend}");
        let (_, text) = keys(url, &["list", "--json"]);
        let listed: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
        assert_eq!((&listed[0]["status"], &listed[1]["status"]), (&json!("REVOKED"), &json!("ACTIVE")), "{text}");
        assert!(listed[1]["lastUsedAt"].is_string(), "{text}");
    }
}

#[test]
fn what_is_raw_or_for_operators_is_kept_from_those_without_a_key_where_the_operator_says_so() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let raw = "{ jobs { nodes { rawPayload { bytes } } } }";
    let server = Server::start(&url, &[]);
    assert_eq!(server.ask(raw)["errors"], Value::Null);
    assert_eq!(server.ask("{ webhooks { url } }"), json!({ "data": { "webhooks": [] } }));
    drop(server);
    let server = Server::start(&url, &["--anonymous-scopes", "read"]);
    assert_eq!(code(&server.ask(raw)), "FORBIDDEN");
    assert_eq!(code(&server.ask("{ webhooks { url } }")), "FORBIDDEN");
}

#[test]
fn a_key_needs_a_name_and_scopes_that_are_known() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    for (arguments, word) in [
        (&["create", ""][..], "hint: "),
        (&["create", "a\nb"], "hint: "),
        (&["create", "a", "--scope", "write"], "raw:read"),
        (&["create", "a", "--expires-in", "0"], "1..=36500"),
        (&["revoke", "nonsense"], "hint: "),
    ] {
        let (is_done, text) = keys(&url, arguments);
        assert!(!is_done && text.contains(word), "{arguments:?}: {text}");
    }
    assert!(keys(&url, &["list"]).1.contains("There are no keys."));
}

#[test]
fn a_caller_spends_points_to_the_last_and_is_then_told_when_to_ask_again() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let (_, secret) = create(&url, &[]);
    let limits = ["--rate-limit", "1", "--rate-burst", "1", "--cost-max", "100", "--trusted-proxy", "127.0.0.0/8"];
    let server = Server::start(&url, &limits);
    let ask = |headers: &[(&str, &str)], query: &str| {
        let (status, head, body) = server.send("POST", "/graphql", headers, json!({ "query": query }).to_string());
        (status, head, serde_json::from_str::<Value>(&body).expect("an answer is JSON"))
    };
    let left = "{ rateLimit { cost limit remaining resetAt } }";
    // 2 for the list, and 1 for each row of its page.
    let page = |size: u32| format!("{{ jobs(first: {size}) {{ nodes {{ title }} }} }}");
    let bearer = format!("Bearer {secret}");
    for caller in [("x-forwarded-for", "203.0.113.9, 192.0.2.1"), ("authorization", bearer.as_str())] {
        let (status, head, answer) = ask(&[caller], left);
        assert_eq!(status, 200, "{answer}");
        let told = &answer["data"]["rateLimit"];
        assert_eq!(
            (&told["cost"], &told["limit"], &told["remaining"]),
            (&json!(1), &json!(100), &json!(99)),
            "{answer}"
        );
        assert!(told["resetAt"].is_string(), "{answer}");
        assert!(head.contains("ratelimit: \"cost\";r=99;t=60\r\n"), "{head}");
        assert!(head.contains("ratelimit-policy: \"cost\";q=100;w=6000\r\n"), "{head}");
        assert_eq!(ask(&[caller], &page(97)).0, 200, "the last point is spent");
        for query in [page(1), "{ nonsense }".to_owned()] {
            let (status, head, answer) = ask(&[caller], &query);
            assert_eq!((status, code(&answer)), (429, "RATE_LIMITED"), "{answer}");
            let after = answer["errors"][0]["extensions"]["retryAfter"].as_u64().expect("a number");
            assert!(head.contains(&format!("retry-after: {after}\r\n")) && (1..=180).contains(&after), "{head}");
        }
        let (status, _, body) = server.send("GET", "/feed?limit=10", &[caller], "");
        assert_eq!(status, 429, "{body}");
    }
    assert_eq!(ask(&[("x-forwarded-for", "192.0.2.2")], &page(97)).0, 200, "another caller has points of its own");
    let (_, head, answer) = ask(&[], left);
    assert_eq!(answer, json!({ "data": { "rateLimit": null } }), "the machine itself has no limit");
    assert!(!head.contains("ratelimit"), "{head}");
}

#[test]
fn the_cost_is_told_to_who_asks_for_it() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(&format!("sqlite://{}", folder.path().join("jobgraph.db").display()), &[]);
    let body = json!({ "query": "{ jobs(first: 5) { totalCount nodes { title } } }", "extensions": { "cost": true } });
    let (status, answer) = server.post(body.to_string().as_bytes());
    let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
    let expected = json!({ "cost": { "points": 17, "pointsMax": 5_000, "nodes": 5, "nodesMax": 10_000 } });
    assert_eq!((status, &answer["extensions"]), (200, &expected), "{answer}");
    assert_eq!(answer["data"]["jobs"]["totalCount"], 0);
}
