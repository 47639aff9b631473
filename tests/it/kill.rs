//! `kill -9` at any moment of an ingest leaves whole crawls or nothing, and running it again repeats nothing.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use jobgraph::ingest::history::{fold, present};
use jobgraph::ingest::identity;

use crate::program::{command, run};
use crate::support::{Backend, Database, backends};

const KILLS: u64 = 50;
const SNAPSHOTS: u64 = 60;
const POSTINGS: u64 = 40;

/// A history in which each snapshot changes some titles, drops some postings and brings others back.
pub(crate) fn write_history(folder: &Path, snapshots: u64) {
    std::fs::create_dir(folder).expect("a folder can be made");
    for snapshot in 0..snapshots {
        let listed = (0..POSTINGS).filter(|key| key % 7 != snapshot % 7);
        let jobs: Vec<_> = listed
            .map(|key| serde_json::json!({ "id": key, "title": format!("Job {key} v{}", (snapshot + key) / 9) }))
            .collect();
        let answer = serde_json::json!({ "jobs": jobs, "meta": { "total": jobs.len() } });
        let name = format!("20260101T{:02}{:02}00Z.json", snapshot / 60, snapshot % 60);
        std::fs::write(folder.join(name), answer.to_string()).expect("it can be written");
    }
}

/// What applies a history, whose postings close at once.
pub(crate) fn ingest_arguments<'a>(url: &'a str, from: &'a str, archive: &'a str) -> Vec<&'a str> {
    vec![
        "--database-url",
        url,
        "ingest",
        "greenhouse",
        "acme",
        "--from",
        from,
        "--archive",
        archive,
        "--policy",
        "immediate",
    ]
}

/// Kills the ingest again and again, each time a little later, then lets it end.
fn survive(backend: Backend) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let history = folder.path().join("history");
    write_history(&history, SNAPSHOTS);
    let (from, archive) = (history.display().to_string(), folder.path().join("raw").display().to_string());
    let (killed, whole) = runtime.block_on(async { (Database::new(backend).await, Database::new(backend).await) });
    for kill in 0..KILLS {
        let mut child = command()
            .args(ingest_arguments(&killed.url, &from, &archive))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // Not a multiple of anything that happens inside, so that the moments differ.
        std::thread::sleep(Duration::from_micros(20_000 + (kill * 7_919) % 90_000));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        runtime.block_on(assert_whole(&killed));
    }
    for database in [&killed, &whole] {
        let output = run(&ingest_arguments(&database.url, &from, &archive));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        runtime.block_on(assert_whole(database));
    }
    assert_eq!(
        runtime.block_on(events(&killed.url)),
        runtime.block_on(events(&whole.url)),
        "nothing is lost or doubled"
    );
}

/// The board's events, as they are stored.
pub(crate) async fn events(url: &str) -> Vec<(i64, String, i64, String)> {
    let store = Database::open(url).await;
    let log = store.reader().log_of(&identity::source_id("greenhouse", "acme")).await.expect("the log is read");
    store.close().await.expect("the store closes");
    log.into_iter().map(|it| (it.seq, it.job_id, it.job_seq, it.changes)).collect()
}

async fn assert_whole(database: &Database) {
    let store = database.store().await;
    let log = store.reader().log_of(&identity::source_id("greenhouse", "acme")).await.expect("the log is read");
    assert!(log.iter().zip(1..).all(|(it, seq)| it.seq == seq), "the log is dense");
    let folded = fold(&log).expect("events follow from each other");
    let writing = store.begin().await.expect("no killed writer holds the lock");
    let ids: Vec<String> = folded.keys().cloned().collect();
    for rows in writing.job_rows(&ids).await.expect("rows are read") {
        assert_eq!(folded.get(&rows.job.job_id), Some(&present(&rows)));
    }
    drop(writing);
    store.close().await.expect("the store closes");
}

#[test]
fn an_ingest_that_is_killed_on_sqlite_leaves_whole_crawls() {
    survive(Backend::Sqlite);
}

#[test]
fn an_ingest_that_is_killed_on_postgres_leaves_whole_crawls() {
    if backends().contains(&Backend::Postgres) {
        survive(Backend::Postgres);
    }
}
