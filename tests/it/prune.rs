//! The archive made smaller: what is old goes, and what open postings, the next crawl or newer rules need stays.

use std::path::Path;

use jobgraph::ingest::archive::Archive;
use jobgraph::ingest::prune::{PruneError, Pruned, Pruner, Retention};
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::store::Store;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::past::ask;
use crate::program::run;
use crate::support::{Database, backends};

const DAY: i64 = 86_400_000;

fn posting(key: i64, title: &str) -> Value {
    json!({ "id": key, "title": title, "location": { "name": "Berlin" }, "updated_at": "2026-01-01T00:00:00Z" })
}

/// Applies an answer of a board on a day.
async fn ingest(store: &Store, archive: &Archive, board: &str, day: i64, jobs: &[Value]) {
    let body = Body::Read(json!({ "jobs": jobs, "meta": { "total": jobs.len() } }).to_string().into_bytes());
    let (provider, board, at) = ("greenhouse".to_owned(), board.to_owned(), day * DAY);
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: Some(archive), policy: Some(Policy::immediate()), clock: || 0 };
    intake.apply(&arrived).await.expect("it is applied");
}

async fn prune(store: &Store, archive: &Archive, day: i64, is_dry: bool) -> Pruned {
    try_prune(store, archive, day, is_dry).await.expect("it is pruned")
}

async fn try_prune(store: &Store, archive: &Archive, day: i64, is_dry: bool) -> Result<Pruned, PruneError> {
    let retention = Retention { days: 30, answers: 1 };
    let pruner = Pruner { store, archive, retention, now: day * DAY };
    pruner.run(is_dry, &CancellationToken::new(), |_| {}).await
}

fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path());
    entries.map(|it| if it.is_dir() { files(&it) } else { 1 }).sum()
}

/// Days 1, 2, 3 and 4 of a board: a posting closes, one changes, and one stays as it came.
async fn history(store: &Store, archive: &Archive) {
    let (first, last) = (posting(1, "Cook"), posting(3, "Waiter"));
    ingest(store, archive, "acme", 1, &[first, posting(2, "Baker")]).await;
    ingest(store, archive, "acme", 2, &[posting(2, "Chief baker"), last.clone()]).await;
    ingest(store, archive, "acme", 3, &[posting(2, "Baker again"), last.clone()]).await;
    ingest(store, archive, "acme", 4, &[posting(2, "Head baker"), last]).await;
    // A board that has nothing open any more, and one whose only answer is cut short or empty.
    ingest(store, archive, "past", 1, &[posting(7, "Smith")]).await;
    ingest(store, archive, "past", 2, &[]).await;
}

#[tokio::test]
async fn what_nothing_needs_goes_and_open_postings_can_still_be_read_again() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let folder = tempfile::tempdir().expect("a folder can be made");
        let archive = Archive::open(&folder.path().to_string_lossy()).expect("it opens");
        history(&store, &archive).await;
        let before = files(folder.path());
        assert_eq!(before, 6, "{backend}");
        assert_eq!(prune(&store, &archive, 20, false).await.deleted, 0, "{backend}: none is old yet");
        let dry = prune(&store, &archive, 100, true).await;
        assert_eq!((dry.deleted, files(folder.path())), (3, before), "{backend}: nothing is deleted yet");
        let done = prune(&store, &archive, 100, false).await;
        assert_eq!((done, files(folder.path())), (dry, 3), "{backend}");
        assert_eq!(prune(&store, &archive, 100, false).await, Pruned { kept: 3, ..Pruned::default() }, "{backend}");
        // Events stay; what they were read from is told only where it is still there.
        let answer = ask(&store, "{ events(first: 20) { totalCount nodes { rawPayloadUri } } }").await;
        let events = answer["data"]["events"]["nodes"].as_array().expect("a list").clone();
        let (there, gone): (Vec<_>, Vec<_>) = events.iter().partition(|it| it["rawPayloadUri"].is_string());
        assert!(answer.get("errors").is_none() && !there.is_empty() && !gone.is_empty(), "{backend}: {answer}");
        store.close().await.expect("it closes");
        let place = folder.path().to_string_lossy().into_owned();
        let output =
            run(&["--database-url", &database.url, "renormalize", "--all", "--dry-run", "--archive", place.as_str()]);
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            told.contains("3 postings read again") && told.contains("1 skipped"),
            "{backend}: {told}: the closed one"
        );
    }
}

/// The database forgot answers whose files were in another folder, where they stayed for good.
#[tokio::test]
async fn an_archive_that_has_none_of_the_answers_is_another_one() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let [folder, other] = [(); 2].map(|()| tempfile::tempdir().expect("a folder can be made"));
        let [archive, another] =
            [&folder, &other].map(|it| Archive::open(&it.path().to_string_lossy()).expect("it opens"));
        history(&store, &archive).await;
        for is_dry in [true, false] {
            let refused = try_prune(&store, &another, 100, is_dry).await.expect_err("it is refused").to_string();
            assert!(refused.contains("none of 6 answers") && refused.contains("--archive"), "{backend}: {refused}");
        }
        assert_eq!(prune(&store, &archive, 100, false).await.deleted, 3, "{backend}: nothing was forgotten");
        store.close().await.expect("it closes");
    }
}

#[tokio::test]
async fn bytes_that_come_again_are_archived_again() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let folder = tempfile::tempdir().expect("a folder can be made");
        let archive = Archive::open(&folder.path().to_string_lossy()).expect("it opens");
        history(&store, &archive).await;
        prune(&store, &archive, 100, false).await;
        let again = [posting(1, "Cook"), posting(2, "Baker")];
        ingest(&store, &archive, "acme", 100, &again).await;
        assert_eq!(files(folder.path()), 4, "{backend}");
        // What was open until then is not any more, and what came again is as young as its latest crawl.
        assert_eq!(prune(&store, &archive, 120, false).await.deleted, 2, "{backend}");
        ingest(&store, &archive, "acme", 200, &[]).await;
        assert_eq!(prune(&store, &archive, 229, false).await.deleted, 0, "{backend}");
        store.close().await.expect("it closes");
    }
}

#[tokio::test]
async fn the_command_says_what_it_would_do_and_does_it() {
    let database = Database::new(backends()[0]).await;
    let store = database.store().await;
    let folder = tempfile::tempdir().expect("a folder can be made");
    let archive = Archive::open(&folder.path().to_string_lossy()).expect("it opens");
    history(&store, &archive).await;
    store.close().await.expect("it closes");
    let place = folder.path().to_string_lossy().into_owned();
    let command = ["--database-url", &database.url, "archive", "prune", "--archive", &place, "--keep-days", "30"];
    let said = |more: &[&str]| {
        let output = run(&[&command[..], more].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(said(&["--dry-run"]).starts_with("3 answers would be deleted, "));
    assert!(said(&["--keep-answers", "2"]).starts_with("2 answers deleted, "));
    assert!(said(&[]).starts_with("1 answers deleted, "));
    assert!(!run(&command[..6]).status.success(), "who deletes says how much is kept");
}
