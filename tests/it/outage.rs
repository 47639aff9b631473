//! PostgreSQL dies under load and comes back: who asks meanwhile is told so in time, nothing hangs, nothing is lost or done
//! twice, and the program that serves goes on without being started anew.

mod clients;
mod cluster;

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use self::clients::{Answer, Clients, counted};
use self::cluster::Cluster;
use crate::kill::{events, ingest_arguments, write_history};
use crate::program::{Server, command, run};
use crate::raw;
use crate::support::{Backend, backends};
use crate::webhook::receiver::{Receiver, SECRET};

const SNAPSHOTS: u64 = 40;
/// What `serve` is told.
const REQUEST_TIMEOUT_S: &str = "4";
/// An answer may come so late; machines that test are busy.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(7);
/// Longer than a request may take, so that those that began before have ended.
const OUTAGE: Duration = Duration::from_secs(6);
/// How soon all is well again.
const RECOVERY_MAX: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_secs(90);

/// What happens to PostgreSQL, and how it comes back.
struct Kind {
    name: &'static str,
    begin: fn(&Cluster),
    end: fn(&Cluster),
}

const KINDS: [Kind; 3] = [
    Kind { name: "killed", begin: Cluster::kill, end: Cluster::bring_back },
    Kind { name: "frozen", begin: Cluster::freeze, end: Cluster::thaw },
    Kind { name: "stopped at once", begin: Cluster::stop_at_once, end: Cluster::bring_back },
];

fn until(what: &str, patience: Duration, is_so: impl Fn() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < patience, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn register(url: &str, receiver: &Receiver) {
    let arguments = ["webhooks", "add", &receiver.url, "--from-start", "--webhooks-allow-private"];
    let mut command = command();
    command.args(["--database-url", url]).args(arguments).env("JOBGRAPH_WEBHOOK_SECRET", SECRET);
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Lets PostgreSQL be gone for a while, and looks at what clients were told meanwhile.
fn outage(cluster: &Cluster, server: &mut Server, clients: &Clients, kind: &Kind) {
    let (name, before) = (kind.name, Instant::now());
    (kind.begin)(cluster);
    let began = Instant::now();
    std::thread::sleep(OUTAGE);
    let (status, _, body) = server.send("GET", "/readyz", &[], "");
    assert!(status == 503 && body.contains("\"ready\":false"), "{name}: {status} {body}");
    assert_eq!(server.send("GET", "/livez", &[], "").0, 200, "{name}");
    let told = clients.since(began);
    assert!(told.iter().any(Answer::is_of_an_outage), "{name}: nobody has asked: {:?}", counted(&told));
    (kind.end)(cluster);
    until(&format!("{name}: it is ready again"), RECOVERY_MAX, || server.send("GET", "/readyz", &[], "").0 == 200);
    let ready = Instant::now();
    // What was asked for while it came back has been answered then.
    let settled = || clients.since(ready).iter().rev().take(30).filter(|it| it.is_clean()).count() == 30;
    until(&format!("{name}: all are answered again"), RECOVERY_MAX, settled);
    assert!(server.is_alive(), "{name}");
    let all = clients.since(before);
    for answer in &all {
        assert!(answer.is_clean() || answer.is_of_an_outage(), "{name}: {answer:?}");
        assert!(answer.taken < ANSWER_TIME_MAX, "{name}: {answer:?}");
    }
}

#[test]
fn postgres_may_die_under_load_and_come_back() {
    if !backends().contains(&Backend::Postgres) {
        return;
    }
    let runtime = Runtime::new().expect("a runtime starts");
    let cluster = Cluster::start();
    let folder = tempfile::tempdir().expect("a folder can be made");
    let text = |name: &str| folder.path().join(name).display().to_string();
    let (from, archive) = (text("history"), text("raw"));
    write_history(&folder.path().join("history"), SNAPSHOTS);
    runtime.block_on(raw::execute(&cluster.url("postgres"), &["CREATE DATABASE whole", "CREATE DATABASE torn"]));
    let (whole, torn) = (cluster.url("whole"), cluster.url("torn"));
    let ingest = |url: &str| {
        let output = run(&ingest_arguments(url, &from, &archive));
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert!(ingest(&whole).0);
    let expected = runtime.block_on(events(&whole));
    assert!(expected.len() > 200, "{}", expected.len());

    let mut server = Server::start(
        &torn,
        &["--webhooks-allow-private", "--request-timeout-s", REQUEST_TIMEOUT_S, "--running-max", "64"],
    );
    let receiver = runtime.block_on(Receiver::start());
    register(&torn, &receiver);
    let clients = Clients::start(&server.address, 6);
    for kind in &KINDS {
        std::thread::scope(|scope| {
            let before = clients.events().len();
            let ingesting = scope.spawn(|| ingest(&torn));
            // It is in the middle, unless there is nothing left to do.
            until("something was written", PATIENCE, || {
                let written = clients.events().len();
                written >= before + expected.len() / 5 || written == expected.len()
            });
            outage(&cluster, &mut server, &clients, kind);
            let (is_done, said) = ingesting.join().expect("it does not panic");
            assert!(is_done || said.contains("hint: "), "{}: {said}", kind.name);
        });
    }
    let (is_done, said) = ingest(&torn);
    assert!(is_done, "what was interrupted is done again: {said}");
    assert_eq!(runtime.block_on(events(&torn)), expected, "nothing is lost or doubled");
    let all: Vec<i64> = expected.iter().map(|it| it.0).collect();
    until("who follows is told everything", PATIENCE, || clients.events().len() >= all.len());
    until("the webhook is sent everything", PATIENCE, || receiver.first_seen().len() >= all.len());
    assert_eq!(clients.events(), all, "once and in order");
    assert_eq!(receiver.first_seen(), all, "in order, where it came first");
    let (_, _, lines) = server.send("GET", "/feed?after=0&limit=1000", &[], "");
    assert_eq!(lines.lines().count(), all.len());
    clients.stop();
}
