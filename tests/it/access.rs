//! Keys as their operator and their holders meet them: given out, used, and taken back.

use std::time::{Duration, Instant};

use entity::{ABSENT, api_key};
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
        for query in ["{ webhooks { url } }", "{ jobs { nodes { rawPayload { bytes } } } }"] {
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

/// Keys that had run out once filled the list until someone revoked them.
#[tokio::test]
async fn keys_that_have_run_out_leave_room_for_others_and_are_forgotten_after_a_while() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let key = |id: &str, created_at: i64, expires_at: i64| api_key::Model {
            key_id: id.to_owned(),
            name: id.to_owned(),
            secret_hash: id.to_owned(),
            scopes: "read".to_owned(),
            created_at,
            expires_at,
            last_used_at: ABSENT,
            revoked_at: ABSENT,
        };
        let add = async |key, forgotten| store.add_api_key(key, 1, forgotten).await.expect("the database answers");
        assert!(add(key("short", 0, 100), -1_000).await, "{backend}");
        assert!(!add(key("early", 99, ABSENT), -1_000).await, "{backend}: the first one still counts");
        assert!(add(key("lasting", 100, ABSENT), -1_000).await, "{backend}: it has run out");
        assert!(!add(key("late", 1_000_000, ABSENT), 500).await, "{backend}: the second one never runs out");
        assert!(store.revoke_api_key("lasting", 200).await.expect("the database answers"));
        assert!(add(key("last", 1_000_000, ABSENT), 150).await, "{backend}");
        let left = store.api_keys().await.expect("the database answers");
        let left: Vec<&str> = left.iter().map(|key| key.key_id.as_str()).collect();
        assert_eq!(left, ["lasting", "last"], "{backend}");
        store.close().await.expect("it closes");
    }
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

/// A request that is known by its bytes is not read again, but its caller is.
#[test]
fn what_is_asked_again_in_the_same_bytes_is_permitted_and_paid_each_time() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::new(backend));
        let (_, reader) = create(&database.url, &[]);
        let (_, operator) = create(&database.url, &["--scope", "raw:read"]);
        let server = Server::start(&database.url, &["--rate-limit", "1", "--rate-burst", "120", "--cost-max", "100"]);
        // 2 for the list, and 1 for each of two objects a row.
        let query = "{ jobs(first: 1) { nodes { rawPayload { bytes } } } }";
        let body = json!({ "query": query, "extensions": { "cost": true } }).to_string();
        let ask = |secret: &str| {
            let headers = [("authorization", &*format!("Bearer {secret}"))];
            let (status, head, answer) = server.send("POST", "/graphql", &headers, &body);
            let left =
                head.split_once("\"cost\";r=").and_then(|(_, after)| after.split(';').next()?.parse::<u64>().ok());
            (status, left, serde_json::from_str::<Value>(&answer).expect("an answer is JSON"))
        };
        for asked in 1..=30 {
            let (status, left, answer) = ask(&operator);
            assert_eq!((status, left), (200, Some(120 - 4 * asked)), "{backend}, for the {asked}. time: {answer}");
            assert_eq!(answer["extensions"]["cost"]["points"], 4, "{backend}: {answer}");
        }
        assert_eq!(ask(&operator).0, 429, "{backend}: the last point is spent");
        let (status, _, answer) = ask(&reader);
        assert_eq!((status, code(&answer)), (403, "FORBIDDEN"), "{backend}");
    }
}

#[test]
fn who_has_an_answer_is_told_so_until_the_data_change() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::new(backend));
        let server = Server::start(&database.url, &[]);
        let url = "/graphql?query=%7Bjobs%7BtotalCount%7D%7D";
        let header = |head: &str, name: &str| {
            let start = format!("{name}: ");
            head.lines().find_map(|line| line.strip_prefix(&start).map(str::to_owned))
        };
        // What other databases of the server do at the same moment counts as a change on PostgreSQL.
        let mut kept = None;
        for _ in 0..1_000 {
            let (status, head, _) = server.send("GET", url, &[], "");
            let tag = header(&head, "etag").expect("it has a tag");
            assert_eq!((status, header(&head, "cache-control").as_deref()), (200, Some("public, no-cache")));
            assert_eq!(header(&head, "vary").as_deref(), Some("accept, accept-encoding, authorization"));
            let (status, head, body) = server.send("GET", url, &[("if-none-match", &format!("\"x\", W/{tag}"))], "");
            if status == 304 {
                assert_eq!((header(&head, "etag").as_deref(), body.as_str()), (Some(tag.as_str()), ""), "{backend}");
                kept = Some(tag);
                break;
            }
        }
        let tag = kept.expect("an answer that still holds is not sent again");
        let newer = ("accept", "application/graphql-response+json");
        let other = "/graphql?query=%7Bjobs%7BtotalCount,totalCountIsExact%7D%7D";
        for (url, more) in [(url, Some(newer)), (other, None), ("/graphql?query=%7BrateLimit%7Bcost%7D%7D", None)] {
            let headers: Vec<_> = [("if-none-match", tag.as_str())].into_iter().chain(more).collect();
            assert_eq!(server.send("GET", url, &headers, "").0, 200, "{backend} {url}");
        }
        let (_, head, _) = server.send("GET", "/graphql?query=%7BrateLimit%7Bcost%7D%7D", &[], "");
        assert_eq!((header(&head, "etag"), header(&head, "cache-control").as_deref()), (None, Some("no-store")));
        create(&database.url, &[]);
        assert_eq!(server.send("GET", url, &[("if-none-match", &tag)], "").0, 200, "{backend}: after a change");
    }
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

#[test]
fn a_registered_document_is_answered_by_its_id_and_no_other_where_only_those_are() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let file = folder.path().join("documents.json");
    let count = "query Count($first: Int) { jobs(first: $first) { totalCount } }";
    std::fs::write(&file, json!({ "a1": count, "old": "{ gone }" }).to_string()).expect("it is written");
    let file = file.display().to_string();
    let expected = json!({ "data": { "jobs": { "totalCount": 0 } } });
    let post = |server: &Server, body: Value| {
        let (status, answer) = server.post(body.to_string().as_bytes());
        (status, serde_json::from_str::<Value>(&answer).expect("an answer is JSON"))
    };
    for mode in ["prefer", "only"] {
        let server = Server::start(&url, &["--documents", &file, "--documents-mode", mode]);
        for body in [
            json!({ "documentId": "a1", "variables": { "first": 3 } }),
            json!({ "documentId": "sha256:a1" }),
            json!({ "query": count }),
        ] {
            // Behind the third time it is known by its bytes.
            for _ in 0..5 {
                assert_eq!(post(&server, body.clone()), (200, expected.clone()), "{mode} {body}");
            }
        }
        // What the program asks itself need not be registered.
        for path in ["/job-postings/v1/stats", "/export.ndjson"] {
            let (status, _, body) = server.send("GET", path, &[], "");
            assert_eq!(status, 200, "{mode} {path}: {body}");
        }
        let (status, head, _) = server.send("GET", "/graphql?documentId=a1", &[], "");
        assert!(status == 200 && head.contains("etag: "), "{mode} {head}");
        let (_, answer) = post(&server, json!({ "documentId": "b2" }));
        assert_eq!(code(&answer), "PERSISTED_DOCUMENT_NOT_FOUND", "{answer}");
        let (_, answer) = post(&server, json!({ "documentId": "old" }));
        assert_eq!(code(&answer), "GRAPHQL_VALIDATION_FAILED", "{answer}");
        let (_, answer) = post(&server, json!({ "documentId": "a1", "query": count }));
        assert_eq!(code(&answer), "BAD_REQUEST", "{answer}");
        let (_, answer) = post(&server, json!({ "query": "{ __typename }" }));
        let refused = if mode == "only" { "PERSISTED_DOCUMENT_NOT_FOUND" } else { "" };
        assert_eq!(code(&answer), refused, "{mode} {answer}");
    }
    assert_eq!(run(&["serve", "--documents-mode", "only"]).status.code(), Some(2));
    std::fs::write(&file, "[]").expect("it is written");
    let output = run(&["--database-url", &url, "serve", "--listen", "127.0.0.1:0", "--documents", &file]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("hint: known are"), "{output:?}");
}

#[test]
fn a_document_that_was_sent_once_is_answered_by_its_hash() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(&format!("sqlite://{}", folder.path().join("jobgraph.db").display()), &[]);
    // The hash of "{ __typename }".
    let hash = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b";
    let by = |query: Option<&str>, hash: &str| {
        let body = json!({ "query": query, "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } });
        serde_json::from_str::<Value>(&server.post(body.to_string().as_bytes()).1).expect("an answer is JSON")
    };
    let unknown = by(None, hash);
    assert_eq!(
        (code(&unknown), &unknown["errors"][0]["message"]),
        ("PERSISTED_DOCUMENT_NOT_FOUND", &json!("PersistedQueryNotFound"))
    );
    assert_eq!(code(&by(Some("{ other }"), hash)), "BAD_REQUEST");
    assert_eq!(code(&by(None, "")), "PERSISTED_DOCUMENT_NOT_FOUND");
    let answer = json!({ "data": { "__typename": "Query" } });
    assert_eq!(by(Some("{ __typename }"), hash), answer);
    assert_eq!(by(None, hash), answer);
    let url =
        format!("/graphql?extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{hash}%22%7D%7D");
    assert_eq!(server.send("GET", &url, &[], "").0, 200);
}
