//! Real boards' answers, which the project does not contain: `TEST_DATA=DIR cargo test --test data`.

mod closing;
mod evaluation;
mod naive;
mod providers;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use jobgraph::ingest::history::{fold, present};
use jobgraph::ingest::saved::{LedgerRun, SavedFile, from_ledger, from_path};
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake, identity};
use jobgraph::store::Store;
use naive::Counts;
use support::{Backend, Database, backends};

const HISTORIES: [&str; 3] = ["greenhouse-content", "greenhouse-jobsxplo", "greenhouse-list"];

fn data() -> PathBuf {
    let folder = std::env::var_os("TEST_DATA").expect("TEST_DATA names the folder of real answers");
    PathBuf::from(folder)
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).expect("the folder is there");
    let mut folders: Vec<PathBuf> =
        entries.map(|it| it.expect("it can be read").path()).filter(|it| it.is_dir()).collect();
    folders.sort();
    folders
}

fn board_of(folder: &Path) -> String {
    folder.file_name().expect("a folder has a name").to_string_lossy().into_owned()
}

fn arrived(board: &str, at: i64, body: Body) -> Arrived {
    Arrived {
        provider: "greenhouse".to_owned(),
        board: board.to_owned(),
        started_at: at,
        finished_at: at,
        http_status: None,
        body,
    }
}

async fn replay(store: &Store, folder: &Path, files: &[SavedFile], policy: Option<Policy>) -> Counts {
    let intake = Intake { store, archive: None, policy, clock: || 0 };
    let mut counts = Counts::default();
    for file in files {
        let body = Body::Read(file.body().expect("it is read"));
        let summary = intake.apply(&arrived(&board_of(folder), file.fetched_at, body)).await.expect("it is applied");
        counts.created += summary.created;
        counts.updated += summary.updated;
        counts.closed += summary.closed;
        counts.reopened += summary.reopened;
    }
    counts
}

fn parsed(files: &[SavedFile]) -> Vec<serde_json::Value> {
    let parse = |file: &SavedFile| serde_json::from_slice(&file.body().expect("it is read")).expect("it is JSON");
    files.iter().map(parse).collect()
}

/// Closing at the first miss, every history gives what comparing its files gives; and every job's events rebuild it.
fn histories_are_what_their_files_say(backend: Backend) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for folder in HISTORIES.iter().flat_map(|history| folders(&data().join("history").join(history))) {
        let files = from_path(&folder, None).expect("the names tell");
        let expected = naive::compare(&parsed(&files));
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let counts = replay(&store, &folder, &files, Some(Policy::immediate())).await;
            println!("{backend} {}: {counts:?}", board_of(&folder));
            assert_eq!(counts, expected, "{}", folder.display());
            assert_events_rebuild_rows(&store, &board_of(&folder)).await;
        });
    }
}

async fn assert_events_rebuild_rows(store: &Store, board: &str) {
    let source_id = identity::source_id("greenhouse", board);
    let log = store.reader().log_of(&source_id).await.expect("the log is read");
    assert!(log.iter().zip(1..).all(|(it, seq)| it.seq == seq), "the log is dense from 1");
    let folded = fold(&log).expect("events follow from each other");
    let writing = store.begin().await.expect("a transaction begins");
    let ids: Vec<String> = folded.keys().cloned().collect();
    let rows = writing.job_rows(&ids).await.expect("rows are read");
    assert_eq!(rows.len(), folded.len(), "every job has events");
    for row in rows {
        assert_eq!(folded.get(&row.job.job_id), Some(&present(&row)), "{}", row.job.job_id);
        assert_times_agree(&row.job);
    }
}

/// The invariants of a posting's times.
fn assert_times_agree(job: &entity::job::Model) {
    assert!(job.first_seen_at <= job.last_seen_at && job.last_seen_at <= job.last_checked_at, "{job:?}");
    assert!(job.first_seen_at <= job.last_changed_at && job.last_changed_at <= job.last_checked_at, "{job:?}");
    let is_active = job.status == "ACTIVE";
    assert_eq!(is_active, job.inactive_at == entity::ABSENT, "{job:?}");
    assert_eq!(is_active, job.closed_reason.is_empty(), "{job:?}");
    assert!(is_active || (job.last_seen_at < job.inactive_at && job.inactive_at <= job.last_checked_at), "{job:?}");
}

#[test]
fn histories_are_what_their_files_say_on_sqlite() {
    histories_are_what_their_files_say(Backend::Sqlite);
}

#[test]
fn histories_are_what_their_files_say_on_postgres() {
    if backends().contains(&Backend::Postgres) {
        histories_are_what_their_files_say(Backend::Postgres);
    }
}

#[test]
fn a_run_that_the_ledger_calls_failed_closes_nothing() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let history = data().join("history");
    let folder = history.join("greenhouse-content").join("luno");
    let mut runs =
        from_ledger(&history.join("sa_runs.csv"), &folder, "greenhouse", "luno").expect("the ledger is read");
    // No run over this board failed, so one is put between two that did not.
    let LedgerRun::Answered(first) = runs[0].clone() else { panic!("the first run was answered") };
    runs.insert(1, LedgerRun::Failed { at: first.fetched_at + 1_000, message: "no answer".to_owned() });
    runtime.block_on(async {
        let database = Database::new(Backend::Sqlite).await;
        let store = database.store().await;
        let intake = Intake { store: &store, archive: None, policy: Some(Policy::immediate()), clock: || 0 };
        for run in runs {
            let (at, body, failed) = match run {
                LedgerRun::Answered(file) => (file.fetched_at, Body::Read(file.body().expect("it is read")), false),
                LedgerRun::Failed { at, message } => (at, Body::Failed(message), true),
            };
            let summary = intake.apply(&arrived("luno", at, body)).await.expect("it is applied");
            assert!(!failed || summary.closed == 0, "{summary:?}");
        }
    });
}
