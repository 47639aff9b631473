//! Exports: what a filter lists is what it exports, on both databases, and what is written meanwhile is in none.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use jobgraph::export::{self, Format, Formulas};
use jobgraph::graphql::Gateway;
use jobgraph::http::{ExportQuery, Settings, router};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::past::{ask, ingest};
use crate::support::{Database, backends};

/// Long enough that rows wait for whoever takes them.
const JOBS: i64 = 1_500;

fn board(title: &str, count: i64) -> Value {
    let job = |id| json!({ "id": id, "title": format!("{title} {id}"), "location": { "name": if id % 2 == 0 { "Berlin, Germany" } else { "Remote" } } });
    (1..=count).map(job).collect()
}

fn gateway(store: &Store) -> Gateway {
    Gateway::new(store.clone(), Limits::default(), || 9_000).expect("the schema is valid")
}

async fn exported(store: &Store, filter: Option<&str>, as_of: Option<&str>, format: Format) -> (i64, Vec<u8>) {
    let query = ExportQuery::read(filter, as_of).expect("it is understood");
    let mut export = gateway(store).begin_export(&query, None).await.expect("it begins");
    let snapshot = export.snapshot;
    let written = tokio::task::spawn_blocking(move || {
        let mut file = Vec::new();
        export::write(&mut export, format, Formulas::default(), &mut file).map(|_| file)
    });
    (snapshot, written.await.expect("it ends").expect("it is written"))
}

fn lines(file: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(file).expect("it is text");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filters_export_is_its_list_and_both_databases_write_the_same() {
    let mut files = Vec::new();
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, 1_000, board("Cook", 130)).await;
        ingest(&store, 2_000, board("Chef", 120)).await;
        let filter = r#"{"status":{"eq":"ACTIVE"},"country":{"eq":"DE"}}"#;
        let (snapshot, file) = exported(&store, Some(filter), None, Format::Ndjson).await;
        let rows = lines(&file);
        let list = r#"{ jobs(first: 100, filter: { status: { eq: ACTIVE }, country: { eq: "DE" } }) {
            totalCount snapshot nodes { jobId title city firstSeenAt org { name } } } }"#;
        let list = ask(&store, list).await["data"]["jobs"].take();
        assert_eq!((rows.len(), &list["totalCount"]), (60, &json!(60)), "{backend}");
        assert_eq!(list["snapshot"], snapshot.to_string());
        let mut listed: Vec<Value> = list["nodes"].as_array().expect("a list").clone();
        listed.sort_by_key(|job| job["jobId"].as_str().map(ToOwned::to_owned));
        for (row, job) in rows.iter().zip(&listed) {
            let (named, of) = (
                [&row["job_id"], &row["title"], &row["city"], &row["first_seen_at"], &row["org_name"]],
                [&job["jobId"], &job["title"], &job["city"], &job["firstSeenAt"], &job["org"]["name"]],
            );
            assert_eq!(named, of);
        }
        let (_, then) = exported(&store, None, Some("1970-01-01T00:00:01Z"), Format::Ndjson).await;
        assert!(lines(&then).iter().all(|row| row["title"].as_str().is_some_and(|it| it.starts_with("Cook"))));
        assert_eq!(lines(&then).len(), 130);
        let (_, table) = exported(&store, None, None, Format::Csv).await;
        let table = String::from_utf8(table).expect("it is text");
        assert_eq!(table.lines().count(), 131);
        assert!(table.starts_with("job_id,provider,board_token,"));
        let (_, parquet) = exported(&store, None, None, Format::Parquet).await;
        assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
        files.push((file, then, table, parquet));
    }
    files.dedup();
    assert_eq!(files.len(), 1, "both databases write the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_meanwhile_is_in_no_export() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, 1_000, board("Cook", JOBS)).await;
        let query = ExportQuery::default();
        let mut export = gateway(&store).begin_export(&query, None).await.expect("it begins");
        // The export has begun, and most of its rows wait in the database.
        ingest(&store, 2_000, board("Chef", JOBS + 10)).await;
        let snapshot = export.snapshot;
        let written = tokio::task::spawn_blocking(move || {
            let mut file = Vec::new();
            export::write(&mut export, Format::Ndjson, Formulas::default(), &mut file).map(|count| (count, file))
        });
        let (count, file) = written.await.expect("it ends").expect("it is written");
        assert_eq!((snapshot, count), (JOBS, JOBS.unsigned_abs()), "{backend}");
        assert!(lines(&file).iter().all(|row| row["title"].as_str().is_some_and(|it| it.starts_with("Cook"))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_over_http_are_whole_few_at_once_and_say_what_is_wrong() {
    let database = Database::new(backends()[0]).await;
    let store = database.store().await;
    ingest(&store, 1_000, board("Cook", 5)).await;
    let settings = Settings { exports_max: 1, ..Settings::default() };
    let served = router(Arc::new(gateway(&store)), settings, CancellationToken::new());
    let get = |path: &str| {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        served.clone().oneshot(request)
    };
    let first = get("/export.ndjson").await.expect("it is answered");
    assert_eq!((first.status().as_u16(), first.headers()["x-snapshot"].to_str().ok()), (200, Some("5")));
    let second = get("/export.csv").await.expect("it is answered");
    assert_eq!(second.status().as_u16(), 503, "one more is refused");
    let body = to_bytes(first.into_body(), usize::MAX).await.expect("it is whole");
    assert_eq!(lines(&body).len(), 5);
    let third = get("/export.parquet").await.expect("it is answered");
    assert_eq!(third.headers()["content-type"], "application/vnd.apache.parquet");
    drop(third);
    let past = get("/export.ndjson?asOf=2").await.expect("it is answered");
    assert_eq!(past.headers()["x-snapshot"], "2", "followers go on from there");
    assert_eq!(lines(&to_bytes(past.into_body(), usize::MAX).await.expect("it is whole")).len(), 2);
    let cases = [
        ("filter=%7B", "is not JSON"),
        ("filter=7", "must be a JSON object"),
        ("filter=%7B%22colour%22%3A1%7D", "colour"),
        ("asOf=yesterday", "no DateTime"),
        ("asOf=99", "the log ends with 5"),
        ("colour=red", "is no parameter"),
        ("formulas=keep", "these are: filter, asOf"),
    ];
    for (query, what) in cases {
        let refused = get(&format!("/export.ndjson?{query}")).await.expect("it is answered");
        let status = refused.status().as_u16();
        let body = to_bytes(refused.into_body(), usize::MAX).await.expect("it is short");
        let body = String::from_utf8(body.to_vec()).expect("it is text");
        assert!(status == 400 && body.contains(what), "{query}: {status} {body}");
    }
}

/// Whoever can post a job could once have a spreadsheet run something for all who opened the file.
#[tokio::test(flavor = "multi_thread")]
async fn a_title_that_a_spreadsheet_would_run_is_text_unless_one_asks_for_it_as_it_is() {
    let database = Database::new(backends()[0]).await;
    let store = database.store().await;
    ingest(&store, 1_000, board("=HYPERLINK(1)", 1)).await;
    let served = router(Arc::new(gateway(&store)), Settings::default(), CancellationToken::new());
    let get = async |path: &str| {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        let answer = served.clone().oneshot(request).await.expect("it is answered");
        let body = to_bytes(answer.into_body(), usize::MAX).await.expect("it is whole");
        String::from_utf8(body.to_vec()).expect("it is text")
    };
    for path in ["/export.csv", "/export.csv?formulas=guard"] {
        assert!(get(path).await.contains(",'=HYPERLINK(1) 1,"), "{path}");
    }
    assert!(get("/export.csv?formulas=keep").await.contains(",=HYPERLINK(1) 1,"));
    assert!(get("/export.ndjson").await.contains("\"=HYPERLINK(1) 1\""), "JSON runs nothing");
    assert!(get("/export.csv?formulas=run").await.contains("guard or keep"));
}
