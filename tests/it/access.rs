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
