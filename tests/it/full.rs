//! A disk that is full while a board is ingested: the run says so and what to do, the database is as it was after the last
//! crawl that fitted, readers go on, and the rest is done once there is room.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jobgraph::store::backup::damages;
use serde_json::json;

use crate::kill::{events, ingest_arguments};
use crate::program::{Server, command, run};
use crate::support::{Backend, Database};

const SNAPSHOTS: u64 = 8;
const POSTINGS: u64 = 40;
/// Room for the empty database and some of the snapshots.
const ROOM_KIB: u64 = 1_800;

/// What leaves no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// The size that a file may have for a process: any user can set it, anywhere.
    FileSize,
    /// A file system of its own, which only root can make.
    Disk,
}

/// A folder with room for so much, until more is made.
struct Room {
    bound: Bound,
    folder: PathBuf,
}

impl Room {
    /// Nothing if this user may not make one.
    fn new(bound: Bound, folder: &Path) -> Option<Self> {
        let folder = folder.join("room");
        std::fs::create_dir(&folder).expect("a folder can be made");
        let room = Self { bound, folder };
        if bound == Bound::Disk && !room.mount(&format!("size={ROOM_KIB}k")) {
            return None;
        }
        Some(room)
    }

    fn mount(&self, options: &str) -> bool {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&self.folder);
        command.output().is_ok_and(|it| it.status.success())
    }

    /// Runs the program where there is no more room than that.
    fn run(&self, arguments: &[&str]) -> Output {
        if self.bound == Bound::Disk {
            return run(arguments);
        }
        let program = command();
        let mut shell = Command::new("sh");
        // In blocks of 512 bytes; who writes beyond it is told, and not ended.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", ROOM_KIB * 2);
        shell.args(["-c", &script, "sh"]).arg(program.get_program()).args(arguments);
        shell.env_remove("DATABASE_URL").output().expect("the shell starts")
    }

    /// From now on there is plenty.
    fn make_room(&mut self) {
        if self.bound == Bound::Disk {
            assert!(self.mount("remount,size=512m"), "it can be made larger");
        }
        self.bound = Bound::Disk;
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // What is not mounted need not be let go.
        drop(Command::new("umount").arg("-l").arg(&self.folder).output());
    }
}

/// A history in which every posting changes each time, at some length.
fn write_history(folder: &Path) {
    std::fs::create_dir(folder).expect("a folder can be made");
    for snapshot in 0..SNAPSHOTS {
        let job = |key| {
            let content = format!("Sentence {key} of {snapshot}. ").repeat(60);
            json!({ "id": key, "title": format!("Job {key} v{snapshot}"), "content": content })
        };
        let jobs: Vec<_> = (0..POSTINGS).map(job).collect();
        let answer = json!({ "jobs": jobs, "meta": { "total": jobs.len() } });
        std::fs::write(folder.join(format!("20260101T00{snapshot:02}00Z.json")), answer.to_string())
            .expect("it is written");
    }
}

fn survive(bound: Bound) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let Some(mut room) = Room::new(bound, folder.path()) else {
        let note = "this user may not mount: a full disk is tried by the size of files alone";
        writeln!(std::io::stderr(), "{note}").expect("it is told");
        return;
    };
    write_history(&folder.path().join("history"));
    let text = |path: PathBuf| path.display().to_string();
    let (from, archive) = (text(folder.path().join("history")), text(folder.path().join("raw")));
    let file = room.folder.join("jobgraph.db");
    let url = format!("sqlite://{}", file.display());
    let whole = runtime.block_on(Database::new(Backend::Sqlite));
    assert!(run(&ingest_arguments(&whole.url, &from, &archive)).status.success());
    let expected = runtime.block_on(events(&whole.url));

    assert!(run(&["--database-url", &url, "migrate", "up"]).status.success());
    let mut server = Server::start(&url, &[]);
    let (stop, arguments) = (AtomicBool::new(false), ingest_arguments(&url, &from, &archive));
    let output = std::thread::scope(|scope| {
        scope.spawn(|| read_on(&server, &stop));
        let output = room.run(&arguments);
        let again = room.run(&arguments);
        stop.store(true, Ordering::Relaxed);
        assert_eq!(again.status.code(), Some(1), "{bound:?}: it is as full as before");
        output
    });
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{bound:?}: {said}");
    assert!(said.contains("no room to write") && said.contains("hint: make room"), "{bound:?}: {said}");
    let written = runtime.block_on(events(&url));
    assert!(!written.is_empty() && written.len() < expected.len(), "{bound:?}: {} events", written.len());
    assert_eq!(written, expected[..written.len()], "{bound:?}: whole crawls");
    assert_eq!(written.len() % usize::try_from(POSTINGS).expect("it is small"), 0, "{bound:?}: whole crawls");
    assert!(server.is_alive(), "{bound:?}");
    assert_eq!(runtime.block_on(damages(&file)).expect("it can be read"), Vec::<String>::new(), "{bound:?}");
    let doctor = run(&["--database-url", &url, "doctor", "--deep", "--archive", &archive]);
    assert!(doctor.status.success(), "{bound:?}: {}", String::from_utf8_lossy(&doctor.stdout));

    room.make_room();
    let output = room.run(&arguments);
    assert!(output.status.success(), "{bound:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(runtime.block_on(events(&url)), expected, "{bound:?}: nothing is lost or doubled");
    let answer = server.ask("{ events { totalCount } }");
    assert_eq!(answer["data"]["events"]["totalCount"], expected.len(), "{bound:?}: {answer}");
}

/// Asks again and again; nobody who reads notices anything.
fn read_on(server: &Server, stop: &AtomicBool) {
    let mut first = 0;
    while !stop.load(Ordering::Relaxed) {
        first = first % 50 + 1;
        let query = format!("{{ jobs(first: {first}) {{ totalCount nodes {{ title descriptionHtml }} }} }}");
        let answer = server.ask(&query);
        assert!(answer["data"]["jobs"]["nodes"].is_array() && answer["errors"].is_null(), "{answer}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_ingest_that_meets_the_limit_of_a_files_size_can_be_done_again() {
    survive(Bound::FileSize);
}

#[test]
fn an_ingest_that_fills_the_disk_can_be_done_again() {
    survive(Bound::Disk);
}
