//! What an operator does: looks whether all is well, copies the database while it is used, and puts the copy back.

use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;

use chrono::TimeDelta;
use jobgraph::ingest::recognize::recognize;
use jobgraph::ingest::register::register;
use jobgraph::ingest::{Arrived, Intake};
use tempfile::TempDir;

use crate::program::{Server, now, run};
use crate::support::{Backend, Database, backends};

/// After the last snapshot of the demo: 2026-11-20T12:00:00Z.
const NOW: i64 = 1_795_176_000_000;

/// A database with the demo's boards.
async fn filled(backend: Backend) -> Database {
    let database = Database::new(backend).await;
    let store = database.store().await;
    let intake = Intake { store: &store, archive: None, policy: None, clock: || NOW };
    for answer in jobgraph::demo::answers().expect("the demo's boards can be read") {
        intake.apply(&Arrived::from(answer)).await.expect("it is applied");
    }
    store.close().await.expect("the store closes");
    database
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime starts")
}

/// What a command says on both of its outputs, and whether it went well.
fn said(arguments: &[&str]) -> (bool, String) {
    let output = run(arguments);
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

#[test]
fn a_copy_made_beside_an_open_transaction_holds_what_is_committed_and_can_be_put_back() {
    let folder = TempDir::new().expect("a folder can be made");
    let (copy, restored) = (path(&folder, "copy.db"), path(&folder, "restored.db"));
    let database = runtime().block_on(filled(Backend::Sqlite));
    runtime().block_on(async {
        let store = database.store().await;
        let writing = store.begin().await.expect("a transaction begins");
        let (is_done, text) = said(&["--database-url", &database.url, "backup", &copy]);
        assert!(is_done, "{text}");
        drop(writing);
        store.close().await.expect("the store closes");
    });
    let (is_done, text) = said(&["--database-url", &format!("sqlite://{restored}"), "restore", &copy]);
    assert!(is_done, "{text}");
    let postings = |url: &str| said(&["--database-url", url, "sources", "list", "--json"]).1;
    assert_eq!(postings(&format!("sqlite://{restored}")), postings(&database.url));
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is listed").filter(is_left).count(), 0);
}

fn is_left(file: &std::io::Result<std::fs::DirEntry>) -> bool {
    file.as_ref().expect("a file").file_name().to_string_lossy().contains(".part")
}

#[test]
fn nothing_is_written_over_and_damage_is_not_put_back() {
    let folder = TempDir::new().expect("a folder can be made");
    let (copy, restored) = (path(&folder, "copy.db"), path(&folder, "restored.db"));
    let database = runtime().block_on(filled(Backend::Sqlite));
    assert!(said(&["--database-url", &database.url, "backup", &copy]).0);
    let (is_done, text) = said(&["--database-url", &database.url, "backup", &copy]);
    assert!(!is_done && text.contains("is there already\nhint: "), "{text}");
    let (is_done, text) = said(&["--database-url", &database.url, "restore", &copy]);
    assert!(!is_done && text.contains("is there already\nhint: "), "{text}");

    let mut bytes = std::fs::read(&copy).expect("it is read");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8_192].fill(7);
    std::fs::write(&copy, bytes).expect("it can be damaged");
    let url = format!("sqlite://{restored}");
    let (is_done, text) = said(&["--database-url", &url, "restore", &copy]);
    assert!(!is_done && text.contains("damaged"), "{text}");
    std::fs::write(&copy, "no database").expect("it is written");
    assert!(!said(&["--database-url", &url, "restore", &copy]).0);
    assert!(!Path::new(&restored).exists());
    std::fs::write(format!("{restored}-wal"), "of another").expect("it is written");
    let (is_done, text) = said(&["--database-url", &url, "restore", &copy]);
    assert!(!is_done && text.contains("-wal\" is there already\nhint: "), "{text}");
}

/// What root restored was root's, and the service could only read it. Only root can tell the difference.
#[test]
fn a_restored_database_belongs_to_whom_its_folder_does() {
    let folder = TempDir::new().expect("a folder can be made");
    let (copy, restored) = (path(&folder, "copy.db"), path(&folder, "restored.db"));
    let database = runtime().block_on(filled(Backend::Sqlite));
    assert!(said(&["--database-url", &database.url, "backup", &copy]).0);
    drop(chown(folder.path(), Some(62_000), Some(62_000)));
    let (is_done, text) = said(&["--database-url", &format!("sqlite://{restored}"), "restore", &copy]);
    assert!(is_done, "{text}");
    let owner = |path: &Path| std::fs::metadata(path).map(|it| (it.uid(), it.gid())).expect("it is there");
    assert_eq!(owner(Path::new(&restored)), owner(folder.path()));
}

#[test]
fn the_doctor_finds_nothing_wrong_with_a_good_database_and_says_what_to_do_about_others() {
    let folder = TempDir::new().expect("a folder can be made");
    let archive = path(&folder, "archive");
    for backend in backends() {
        let database = runtime().block_on(filled(backend));
        let doctor = ["--database-url", &database.url, "doctor", "--archive", &archive, "--deep"];
        let (is_right, text) = said(&doctor);
        assert!(is_right, "{backend}: {text}");
        assert!(!Path::new(&archive).exists(), "looking leaves nothing behind");
        let (is_right, text) = said(&["--database-url", &database.url, "migrate", "down"]);
        assert!(is_right, "{backend}: {text}");
        let (is_right, text) = said(&doctor);
        assert!(!is_right && text.contains("jobgraph migrate up"), "{backend}: {text}");
    }
    let (is_right, text) = said(&["--database-url", "postgres://nobody@127.0.0.1:1/none", "doctor"]);
    assert!(!is_right && text.contains("WRONG  database"), "{text}");
}

/// It once said that `serve` creates a database for which there was no folder.
#[test]
fn the_doctor_tells_a_database_that_is_not_there_yet_from_one_that_cannot_be_made() {
    let folder = TempDir::new().expect("a folder can be made");
    let archive = path(&folder, "archive");
    let doctor = |name| {
        let url = format!("sqlite://{}", path(&folder, name));
        said(&["--database-url", &url, "doctor", "--archive", &archive])
    };
    let (is_right, text) = doctor("new.db");
    assert!(is_right && text.contains("look   database    is not there yet\n"), "{text}");
    let (is_right, text) = doctor("nowhere/new.db");
    let missing = path(&folder, "nowhere");
    assert!(!is_right && text.contains(&format!("is not there, nor is its folder \"{missing}\"\n")), "{text}");
    assert!(text.contains("hint: make it, or name another database"), "{text}");
}

/// It once found all in order where nothing had been crawled for a hundred days.
#[test]
fn the_doctor_tells_of_boards_that_nobody_crawls() {
    let folder = TempDir::new().expect("a folder can be made");
    let database = runtime().block_on(Database::new(Backend::Sqlite));
    runtime().block_on(async {
        let store = database.store().await;
        for (board, days) in [("greenhouse/late", 100), ("lever/soon", 0)] {
            let board = recognize(board).expect("it names a board");
            let at = (now() - TimeDelta::days(days)).timestamp_millis();
            register(&store, &board, at).await.expect("it is registered");
        }
        store.close().await.expect("the store closes");
    });
    let (is_right, text) = said(&["--database-url", &database.url, "doctor", "--archive", &path(&folder, "archive")]);
    assert!(is_right && text.contains("1 of 2 boards are overdue, the longest since 20"), "{text}");
}

#[test]
fn a_server_is_ready_while_its_database_is_and_nothing_is_where_none_listens() {
    let database = runtime().block_on(filled(Backend::Sqlite));
    let server = Server::start(&database.url, &[]);
    let (is_ready, text) = said(&["health", "--listen", &server.address]);
    assert!(is_ready && text.contains("\"ready\":true"), "{text}");
    let (is_ready, text) = said(&["health", "--listen", "127.0.0.1:1"]);
    assert!(!is_ready && text.contains("http://127.0.0.1:1/readyz does not answer"), "{text}");
}
