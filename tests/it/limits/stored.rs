//! Limits of what is stored, read and counted, which many requests or rows meet.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use jobgraph::config::{API_KEYS_MAX, BOARDS_ADDED_MAX, MANIFEST_BYTES_MAX, TOTAL_COUNT_MAX, WEBHOOKS_MAX};
use jobgraph::graphql::Gateway;
use jobgraph::http::{Settings, router};
use jobgraph::plan::Limits;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::past::{ask, ingest};
use crate::program::{Server, run};
use crate::raw;
use crate::support::{Backend, Database};

/// As many rows as given, numbered.
fn numbered(count: u64) -> String {
    format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})")
}

#[test]
fn no_more_is_stored_than_may_be() {
    let runtime = Runtime::new().expect("a runtime starts");
    let database = runtime.block_on(Database::new(Backend::Sqlite));
    let keys = format!(
        "INSERT INTO api_key {} SELECT 'k' || i, 'name', 'hash' || i, 'read', 0, {absent}, {absent}, {absent} FROM n",
        numbered(API_KEYS_MAX - 1),
        absent = entity::ABSENT
    );
    let webhooks = format!(
        "INSERT INTO webhook (webhook_id, url, secret, filter, position, pending_seq, replays, deliveries, status, consecutive_failures,
         next_attempt_at, last_error, created_at, last_success_at, lease_owner, leased_until)
         {} SELECT 'w' || i, 'https://example.com/', 'whsec_', '{{}}', 0, 0, 0, 0, 'PAUSED', 0, 0, NULL, 0, 0, '', 0 FROM n",
        numbered(WEBHOOKS_MAX - 1)
    );
    runtime.block_on(raw::execute(&database.url, &[&keys, &webhooks]));
    for (arguments, limit) in [
        (vec!["keys", "create", "one more"], API_KEYS_MAX),
        (vec!["webhooks", "add", "https://example.com/"], WEBHOOKS_MAX),
    ] {
        let arguments = [vec!["--database-url", &database.url], arguments].concat();
        let last = run(&arguments);
        assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
        let said = String::from_utf8_lossy(&run(&arguments).stderr).into_owned();
        assert!(said.contains(&format!("there are {limit}")) && said.contains("hint: "), "{said}");
    }
}

#[test]
fn a_table_has_no_more_boards_than_may_be() {
    let runtime = Runtime::new().expect("a runtime starts");
    let database = runtime.block_on(Database::new(Backend::Sqlite));
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("boards.csv");
    for (count, is_refused) in [(BOARDS_ADDED_MAX, false), (BOARDS_ADDED_MAX + 1, true)] {
        // None of them can be read, so that none is written.
        std::fs::write(&file, format!("url\n{}", "?\n".repeat(count))).expect("it is written");
        let said = run(&["--database-url", &database.url, "sources", "add", "--from", &file.display().to_string()]);
        let said = String::from_utf8_lossy(&said.stderr).into_owned();
        assert_eq!(said.contains(&format!("more than {BOARDS_ADDED_MAX} boards\nhint: ")), is_refused, "{count}");
    }
}

#[test]
fn a_manifest_that_is_too_large_is_refused() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let path = folder.path().join("documents.json");
    let manifest = |bytes: u64| {
        let documents = json!({ "a": "{ __typename }" }).to_string();
        let mut file = File::create(&path).expect("it is made");
        file.write_all(documents.as_bytes()).expect("it is written");
        let spaces = usize::try_from(bytes).expect("it fits") - documents.len();
        file.write_all(&vec![b' '; spaces]).expect("it is written");
        path.display().to_string()
    };
    let file = manifest(MANIFEST_BYTES_MAX);
    assert_eq!(std::fs::metadata(&path).expect("it is there").len(), MANIFEST_BYTES_MAX);
    let server = Server::start(&url, &["--documents", &file]);
    assert_eq!(server.send("GET", "/graphql?documentId=a", &[], "").0, 200);
    let file = manifest(MANIFEST_BYTES_MAX + 1);
    let output = run(&["--database-url", &url, "serve", "--listen", "127.0.0.1:0", "--documents", &file]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let figures = [MANIFEST_BYTES_MAX, MANIFEST_BYTES_MAX + 1].map(|it| it.to_string());
    assert!(output.status.code() == Some(1) && figures.iter().all(|it| said.contains(it)), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_takes_too_long_breaks_off() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
    for (export_timeout, is_whole) in [(Duration::from_secs(60), true), (Duration::ZERO, false)] {
        let gateway = Gateway::new(store.clone(), Limits::default(), || 0).expect("the schema is valid");
        let settings = Settings { export_timeout, ..Settings::default() };
        let served = router(Arc::new(gateway), settings, CancellationToken::new());
        let request = Request::builder().uri("/export.ndjson").body(Body::empty()).expect("a request");
        let response = served.oneshot(request).await.expect("it is answered");
        let taken = to_bytes(response.into_body(), usize::MAX).await;
        assert_eq!(taken.is_ok(), is_whole, "nobody takes a part for all: {taken:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_too_long_is_refused_whichever_way_it_is_made() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    let text = "All the plants of the garden. ".repeat(17_500);
    let jobs: Vec<Value> = (0..6).map(|id| json!({ "id": id, "title": "Cook", "content": text })).collect();
    ingest(&store, 1_000, json!(jobs)).await;
    for selected in [
        "descriptionHtml descriptionMarkdown descriptionText",
        "descriptionHtml descriptionMarkdown descriptionText events { nodes { metadata } }",
    ] {
        let all = ask(&store, &format!("{{ jobs {{ nodes {{ {selected} }} }} }}")).await;
        assert_eq!(all["errors"][0]["extensions"]["code"], "COST_LIMIT", "{}", all["errors"]);
        assert!(all["errors"][0]["message"].as_str().is_some_and(|it| it.contains("8 MiB")), "{}", all["errors"]);
        let names = "ab".chars().map(|name| format!("{name}: jobs(first: 3) {{ nodes {{ {selected} }} }}"));
        let parts = ask(&store, &format!("{{ {} }}", names.collect::<String>())).await;
        assert_eq!(parts["errors"][0]["extensions"]["code"], "COST_LIMIT", "{}", parts["errors"]);
        let one = ask(&store, &format!("{{ jobs(first: 1) {{ nodes {{ {selected} }} }} }}")).await;
        assert_eq!(one.get("errors"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counting_ends_at_its_limit_and_says_so() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    let counted = "{ events(filter: { jobId: { eq: \"many\" } }) { totalCount totalCountIsExact } }";
    let first = u64::try_from(TOTAL_COUNT_MAX).expect("it is no less than 0");
    for (rows, from, count, is_exact) in [(first, 0, first, true), (1, first, first, false)] {
        let events = format!(
            "INSERT INTO event (seq, event_key, job_id, job_seq, org_id, source_id, provider, crawl_id, event_type, cause, observed_at,
             recorded_at, content_hash_after, source_hash_after, normalized_hash_after, raw_sha256)
             {} SELECT i + {from}, 'e' || (i + {from}), 'many', i + {from}, 'o', 's', 'greenhouse', 'c', 'JOB_UPDATED', 'PROVIDER', 0, 0, '', '', '', ''
             FROM n",
            numbered(rows)
        );
        // There are only events of this posting, and no posting.
        raw::execute(&database.url, &["PRAGMA foreign_keys = OFF", &events]).await;
        let answer = ask(&store, counted).await;
        let expected = json!({ "events": { "totalCount": count, "totalCountIsExact": is_exact } });
        assert_eq!(answer["data"], expected, "{answer}");
    }
}
