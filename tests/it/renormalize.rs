//! Archived answers read again: what newer rules derive otherwise becomes an event, once, and the past stays as it was.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use jobgraph::ingest::archive::Archive;
use jobgraph::ingest::history::{fold, present};
use jobgraph::ingest::normalize::NORMALIZER_VERSION;
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake, identity};
use jobgraph::store::Store;
use serde_json::{Value, json};

use crate::details::crawl;
use crate::past::ask;
use crate::program::{command, run};
use crate::raw::execute;
use crate::support::{Backend, Database, backends};

/// What makes the stored postings those of rules which took every remote posting for a hybrid one.
const OLDER_RULES: [&str; 7] = [
    "UPDATE job SET normalizer_version = 1",
    "UPDATE job SET workplace_type = 'HYBRID', remote_policy = 'HYBRID' WHERE workplace_type = 'REMOTE'",
    "UPDATE job_version SET workplace_type = 'HYBRID', remote_policy = 'HYBRID' WHERE workplace_type = 'REMOTE'",
    "UPDATE event_body SET snapshot = replace(replace(snapshot, '\"workplaceType\":\"REMOTE\"', '\"workplaceType\":\"HYBRID\"'), '\"remotePolicy\":\"REMOTE\"', '\"remotePolicy\":\"HYBRID\"')",
    "UPDATE rollup_total SET value = 'HYBRID' WHERE dimension = 'WORKPLACE_TYPE' AND value = 'REMOTE'",
    "UPDATE rollup_day SET value = 'HYBRID' WHERE dimension = 'WORKPLACE_TYPE' AND value = 'REMOTE'",
    "UPDATE job_body SET facts = '[]' WHERE native_structured LIKE '%Chef%'",
];

fn posting(key: i64, title: &str, place: &str) -> Value {
    json!({ "id": key, "title": title, "location": { "name": place }, "updated_at": "2026-01-01T00:00:00Z" })
}

/// Applies an answer of a board at `at`, in UTC milliseconds since 1970.
async fn ingest(store: &Store, archive: &Archive, board: &str, at: i64, jobs: &[Value]) {
    let body = Body::Read(json!({ "jobs": jobs, "meta": { "total": jobs.len() } }).to_string().into_bytes());
    let (provider, board) = ("greenhouse".to_owned(), board.to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: Some(archive), policy: Some(Policy::immediate()), clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

/// A board as older rules have left it: a remote posting, one that is closed, one of which only the evidence differs, and
/// one that is as it is now.
async fn older(database: &Database, archive: &Archive) {
    let store = database.store().await;
    let (cook, baker) = (posting(1, "Cook", "Remote - Germany"), posting(2, "Baker", "Remote, France"));
    let (chef, waiter) = (posting(3, "Chef", "Paris, France"), posting(4, "Waiter", "Berlin, Germany"));
    ingest(&store, archive, "acme", 1_000, &[cook.clone(), baker, chef.clone(), waiter.clone()]).await;
    ingest(&store, archive, "acme", 2_000, &[cook, chef, waiter]).await;
    store.close().await.expect("the store closes");
    execute(&database.url, &OLDER_RULES).await;
}

fn renormalize(database: &Database, archive: &Path, more: &[&str]) -> Output {
    let archive = archive.display().to_string();
    let arguments = ["--database-url", &database.url, "renormalize", "--archive", &archive];
    run(&[&arguments[..], more].concat())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

async fn log(database: &Database, boards: &[&str]) -> Vec<(String, i64, String)> {
    let store = database.store().await;
    let mut events = Vec::new();
    for board in boards {
        let log = store.reader().log_of(&identity::source_id("greenhouse", board)).await.expect("the log is read");
        let folded = fold(&log).expect("events follow from each other");
        let ids: Vec<String> = folded.keys().cloned().collect();
        let writing = store.begin().await.expect("a transaction begins");
        for rows in writing.job_rows(&ids).await.expect("rows are read") {
            assert_eq!(folded.get(&rows.job.job_id), Some(&present(&rows)), "the events give the row");
        }
        drop(writing);
        events.extend(log.into_iter().map(|it| (it.job_id, it.job_seq, it.changes)));
    }
    store.close().await.expect("the store closes");
    events
}

#[test]
fn what_newer_rules_derive_otherwise_is_an_event_and_the_past_says_what_it_said() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let archive = Archive::open(&folder.path().display().to_string()).expect("the archive opens");
        let database = runtime.block_on(async {
            let database = Database::new(backend).await;
            older(&database, &archive).await;
            database
        });
        let before = runtime.block_on(log(&database, &["acme"]));

        let dry = renormalize(&database, folder.path(), &["--dry-run"]);
        assert!(dry.status.success(), "{backend}: {}", text(&dry.stderr));
        assert_eq!(runtime.block_on(log(&database, &["acme"])), before, "{backend}: a dry run writes nothing");
        let wet = renormalize(&database, folder.path(), &[]);
        assert!(wet.status.success(), "{backend}: {}", text(&wet.stderr));
        let told = text(&dry.stdout).replace("would change", "changed");
        assert_eq!(told, text(&wet.stdout), "{backend}: the dry run tells what the run does");
        assert!(
            told.contains("workplaceType LOCATION_TEXT 0 added, 0 removed, 2 replaced")
                && told.contains("\"HYBRID\" → \"REMOTE\""),
            "{told}"
        );
        assert!(
            told.ends_with("4 postings read again: 2 changed, 1 in their evidence alone, 1 unchanged; 0 skipped\n"),
            "{told}"
        );
        assert_eq!(runtime.block_on(log(&database, &["acme"])).len(), before.len() + 2, "{backend}");

        runtime.block_on(answers(&database, backend, before.len()));
        let again = renormalize(&database, folder.path(), &[]);
        assert!(text(&again.stdout).starts_with("0 postings read again"), "{backend}: {}", text(&again.stdout));
        runtime.block_on(older_answer(&database, &archive));
        let all = renormalize(&database, folder.path(), &["--all"]);
        assert!(
            text(&all.stdout).starts_with("4 postings read again: 0 changed, 0 in"),
            "{backend}: {}",
            text(&all.stdout)
        );
    }
}

/// Asks what a user sees of it; the log had `before` events.
async fn answers(database: &Database, backend: Backend, before: usize) {
    let store = database.store().await;
    let query = format!(
        r#"{{
          jobs(orderBy: [{{ title: ASC }}]) {{
            nodes {{ title status workplaceType normalizerVersion lastChangedAt facts {{ field }} }}
            facets(fields: [WORKPLACE_TYPE]) {{ buckets {{ value count }} }}
          }}
          past: jobs(asOf: {{ seq: "{before}" }}, filter: {{ workplaceType: {{ eq: HYBRID }} }}) {{ totalCount }}
          then: jobs(asOf: {{ time: "1970-01-01T00:00:02Z" }}, filter: {{ workplaceType: {{ eq: HYBRID }} }}) {{ totalCount }}
          events(filter: {{ cause: {{ eq: NORMALIZER }} }}, orderBy: [{{ seq: ASC }}]) {{
            nodes {{ seq type jobSeq changes {{ path kind op old new }} crawl {{ finishedAt }} contentHashBefore contentHashAfter }}
          }}
        }}"#
    );
    let data = ask(&store, &query).await["data"].take();
    let jobs = data["jobs"]["nodes"].as_array().expect("a list");
    let seen: Vec<(&Value, &Value, &Value)> =
        jobs.iter().map(|it| (&it["title"], &it["status"], &it["workplaceType"])).collect();
    let expected = [
        (json!("Baker"), json!("CLOSED"), json!("REMOTE")),
        (json!("Chef"), json!("ACTIVE"), Value::Null),
        (json!("Cook"), json!("ACTIVE"), json!("REMOTE")),
        (json!("Waiter"), json!("ACTIVE"), Value::Null),
    ];
    assert_eq!(seen, expected.iter().map(|(a, b, c)| (a, b, c)).collect::<Vec<_>>(), "{backend}");
    assert!(
        jobs.iter().all(|it| it["normalizerVersion"] == NORMALIZER_VERSION && it["facts"] != json!([])),
        "{backend}: {jobs:?}"
    );
    let changed: Vec<&Value> = jobs.iter().map(|it| &it["lastChangedAt"]).collect();
    let (first, second) = ("1970-01-01T00:00:01.000Z", "1970-01-01T00:00:02.000Z");
    assert_eq!(changed, [second, first, first, first], "{backend}: no source has changed");
    assert_eq!((&data["past"]["totalCount"], &data["then"]["totalCount"]), (&json!(2), &json!(2)), "{backend}");
    let events = data["events"]["nodes"].as_array().expect("a list");
    assert_eq!(events.len(), 2, "{backend}: {events:?}");
    for it in events {
        assert_eq!(it["type"], "JOB_UPDATED", "{backend}");
        assert!(it["changes"].as_array().expect("a list").iter().all(|it| it["kind"] == "DERIVED"), "{backend}: {it}");
        assert_eq!(it["contentHashBefore"], it["contentHashAfter"], "{backend}");
    }
    store.close().await.expect("the store closes");
}

/// Applies an answer from before the rules read again: of no moment there are two states.
async fn older_answer(database: &Database, archive: &Archive) {
    let store = database.store().await;
    let cook = posting(1, "Head cook", "Remote - Germany");
    ingest(
        &store,
        archive,
        "acme",
        3_000,
        &[cook, posting(3, "Chef", "Paris, France"), posting(4, "Waiter", "Berlin, Germany")],
    )
    .await;
    for at in ["1970-01-01T00:00:03Z", "2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"] {
        let query = format!(r#"{{ jobs(asOf: {{ time: "{at}" }}) {{ totalCount }} }}"#);
        assert_eq!(ask(&store, &query).await["data"]["jobs"]["totalCount"], 4, "{at}");
    }
    store.close().await.expect("the store closes");
}

#[test]
fn an_answer_that_is_gone_is_told_by_its_key_and_costs_nothing_else() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let archive = Archive::open(&folder.path().display().to_string()).expect("the archive opens");
    let database = runtime.block_on(async {
        let database = Database::new(Backend::Sqlite).await;
        older(&database, &archive).await;
        database
    });
    let first = walk(folder.path()).into_iter().find(|it| it.contains("00-00-01")).expect("the answer is archived");
    std::fs::remove_file(&first).expect("it can be deleted");
    let output = renormalize(&database, folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(
        told.contains("warning: greenhouse acme: 1 skipped: archive: \"raw/provider=greenhouse/board=acme/"),
        "{told}"
    );
    assert!(text(&output.stdout).contains("3 postings read again: 1 changed"), "{}", text(&output.stdout));
}

fn walk(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            files.extend(walk(&path));
        } else {
            files.push(path.display().to_string());
        }
    }
    files
}

/// Details that could not be had in the latest crawl are in an earlier answer.
#[test]
fn a_posting_whose_latest_answer_lacks_its_details_is_read_from_the_one_that_has_them() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let archive = Archive::open(&folder.path().display().to_string()).expect("the archive opens");
    let database = runtime.block_on(async {
        let database = Database::new(Backend::Sqlite).await;
        let store = database.store().await;
        for (at, description) in [(1_000, Some("Fly.")), (2_000, None)] {
            let (provider, board, body) = ("bamboohr".to_owned(), "acme".to_owned(), Body::Read(crawl(description)));
            let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
            let intake = Intake { store: &store, archive: Some(&archive), policy: None, clock: || 0 };
            intake.apply(&arrived).await.expect("it is applied");
        }
        store.close().await.expect("the store closes");
        execute(&database.url, &["UPDATE job SET normalizer_version = 1"]).await;
        database
    });
    let output = renormalize(&database, folder.path(), &[]);
    let told = text(&output.stdout);
    assert!(
        told.contains("2 postings read again: 0 changed, 0 in their evidence alone, 2 unchanged"),
        "{told} {}",
        text(&output.stderr)
    );
}

/// The text once stayed that of older rules, as it was named by the HTML alone, though an event told of the new one.
#[test]
fn a_text_that_newer_rules_make_of_the_same_body_is_served() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let archive = Archive::open(&folder.path().display().to_string()).expect("the archive opens");
        let database = runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let cook = json!({ "id": 1, "title": "Cook", "content": "&lt;p&gt;Cooks soup.&lt;/p&gt;" });
            ingest(&store, &archive, "acme", 1_000, &[cook]).await;
            store.close().await.expect("the store closes");
            let older = identity::sha256_hex(b"<p>Cooks soup.</p>");
            let tables = ["description", "job", "job_version"];
            let named = tables.map(|table| format!("UPDATE {table} SET description_hash = '{older}'"));
            let others = ["UPDATE description SET text = 'Cookssoup.'", "UPDATE job SET normalizer_version = 1"];
            let statements: Vec<&str> = named.iter().map(String::as_str).chain(others).collect();
            execute(&database.url, &statements).await;
            database
        });
        let output = renormalize(&database, folder.path(), &[]);
        assert!(output.status.success(), "{backend}: {}", text(&output.stderr));
        runtime.block_on(async {
            let store = database.store().await;
            let answer = ask(&store, "{ jobs { nodes { descriptionText } } }").await;
            assert_eq!(answer["data"]["jobs"]["nodes"][0]["descriptionText"], "Cooks soup.", "{backend}: {answer}");
            store.close().await.expect("the store closes");
        });
        let again = renormalize(&database, folder.path(), &["--all"]);
        assert!(text(&again.stdout).contains("0 changed"), "{backend}: {}", text(&again.stdout));
    }
}

const BOARDS: [&str; 4] = ["a", "b", "c", "d"];
const POSTINGS: i64 = 300;
const KILLS: u64 = 8;

/// Kills the run again and again, each time a little later, then lets it end.
fn survive(backend: Backend) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let archive = Archive::open(&folder.path().display().to_string()).expect("the archive opens");
    let [killed, whole] = runtime.block_on(async {
        let databases = [Database::new(backend).await, Database::new(backend).await];
        for database in &databases {
            let store = database.store().await;
            for board in BOARDS {
                let place =
                    |key: i64| ["Remote - Germany", "Paris, France", "Remote"][usize::try_from(key).unwrap_or(0) % 3];
                let jobs: Vec<Value> =
                    (0..POSTINGS).map(|key| posting(key, &format!("{board} {key}"), place(key))).collect();
                ingest(&store, &archive, board, 1_000, &jobs).await;
            }
            store.close().await.expect("the store closes");
            execute(&database.url, &OLDER_RULES).await;
        }
        databases
    });
    let some = renormalize(&killed, folder.path(), &["--limit", "150"]);
    assert!(text(&some.stdout).contains("150 postings read again"), "{}", text(&some.stdout));
    let place = folder.path().display().to_string();
    for kill in 0..KILLS {
        let arguments = ["--database-url", &killed.url, "renormalize", "--archive", &place];
        let mut child =
            command().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        std::thread::sleep(Duration::from_millis(100 + kill * 230));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        runtime.block_on(log(&killed, &BOARDS));
    }
    for database in [&killed, &whole] {
        let output = renormalize(database, folder.path(), &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    let (killed, whole) = (runtime.block_on(log(&killed, &BOARDS)), runtime.block_on(log(&whole, &BOARDS)));
    assert_eq!(sorted(killed), sorted(whole), "nothing is lost or doubled");
}

fn sorted(mut events: Vec<(String, i64, String)>) -> Vec<(String, i64, String)> {
    events.sort();
    events
}

#[test]
fn a_run_that_is_killed_on_sqlite_goes_on_where_it_was() {
    survive(Backend::Sqlite);
}

#[test]
fn a_run_that_is_killed_on_postgres_goes_on_where_it_was() {
    if backends().contains(&Backend::Postgres) {
        survive(Backend::Postgres);
    }
}
