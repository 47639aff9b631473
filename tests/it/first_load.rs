//! The first postings of a database are written without the indexes that only readers use, and leave none missing.

use std::time::Duration;

use tempfile::TempDir;

use crate::program::run;
use crate::raw::indexes;
use crate::support::{Backend, Database, backends};

const QUIET: Duration = Duration::from_millis(20);

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime starts")
}

/// A bundle with an answer of one posting.
fn bundle(folder: &TempDir) -> String {
    let path = folder.path().join("bundle.ndjson");
    let body = serde_json::json!({ "jobs": [{ "id": 1, "title": "Gardener" }], "meta": { "total": 1 } });
    let line = serde_json::json!({
        "provider": "greenhouse", "board": "garden", "fetched_at": "2026-01-06T12:00:00Z", "body": body,
    });
    std::fs::write(&path, format!("{line}\n")).expect("it can be written");
    path.to_string_lossy().into_owned()
}

fn ingest(database: &Database, folder: &TempDir) -> String {
    let archive = folder.path().join("raw").to_string_lossy().into_owned();
    let output = run(&["--database-url", &database.url, "ingest", "--bundle", &bundle(folder), "--archive", &archive]);
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

fn each(check: impl Fn(Backend)) {
    backends().into_iter().for_each(check);
}

#[test]
fn after_a_first_load_no_index_is_missing() {
    each(|backend| {
        let database = runtime().block_on(Database::new(backend));
        let before = runtime().block_on(indexes(&database.url));
        let folder = TempDir::new().expect("a folder can be made");
        let said = ingest(&database, &folder);
        assert!(said.contains("1 created"), "{said}");
        assert_eq!(runtime().block_on(indexes(&database.url)), before);
    });
}

#[test]
fn of_a_load_that_was_cut_off_whoever_comes_next_makes_the_indexes() {
    each(|backend| {
        let database = runtime().block_on(Database::new(backend));
        let before = runtime().block_on(indexes(&database.url));
        runtime().block_on(async {
            let store = database.store().await;
            store.defer_indexes().await.expect("indexes are left out");
            store.close().await.expect("the store closes");
        });
        let missing = before.len() - runtime().block_on(indexes(&database.url)).len();
        assert!(missing > 40, "{missing}");
        let output = run(&["--database-url", &database.url, "sources", "list"]);
        assert!(output.status.success());
        assert_eq!(runtime().block_on(indexes(&database.url)), before);
    });
}

/// A server that ran before the load died once went on without them.
#[test]
fn a_server_that_runs_makes_the_indexes_once_nobody_writes_any_more() {
    each(|backend| {
        let database = runtime().block_on(Database::new(backend));
        let before = runtime().block_on(indexes(&database.url));
        runtime().block_on(async {
            let store = database.store().await;
            assert_eq!(store.make_deferred_indexes_when_quiet(QUIET).await.expect("it looks"), 0);
            store.defer_indexes().await.expect("indexes are left out");
            let missing = store.deferred_indexes().await.expect("they are counted");
            assert!(missing > 40, "{missing}");
            let doctor = run(&["--database-url", &database.url, "doctor"]);
            let text = String::from_utf8_lossy(&doctor.stdout).into_owned();
            assert!(text.contains(&format!("{missing} that readers use are missing")), "{text}");
            let made = store.make_deferred_indexes_when_quiet(QUIET).await.expect("it makes them");
            assert_eq!(i64::try_from(made), Ok(missing));
            store.close().await.expect("the store closes");
        });
        assert_eq!(runtime().block_on(indexes(&database.url)), before);
    });
}

#[test]
fn a_database_with_postings_keeps_all_its_indexes() {
    each(|backend| {
        let database = runtime().block_on(Database::new(backend));
        let folder = TempDir::new().expect("a folder can be made");
        ingest(&database, &folder);
        let before = runtime().block_on(indexes(&database.url));
        runtime().block_on(async {
            let store = database.store().await;
            store.defer_indexes().await.expect("it is asked");
            store.close().await.expect("the store closes");
        });
        assert_eq!(runtime().block_on(indexes(&database.url)), before);
    });
}
