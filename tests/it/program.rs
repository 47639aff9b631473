//! The real program: its commands from outside, and a server of it for other tests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::support::{Database, backends};

pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobgraph"));
    command.env_remove("DATABASE_URL").stdin(Stdio::null());
    command
}

/// The time by the machine's clock, which the program reads too.
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now()
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the program starts")
}

/// A running server; it is killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(database_url: &str, arguments: &[&str]) -> Self {
        Self::start_by(command(), database_url, arguments)
    }

    /// By a command that is the program, or that runs it in some way.
    pub(crate) fn start_by(mut command: Command, database_url: &str, arguments: &[&str]) -> Self {
        command.args(["--database-url", database_url, "serve", "--listen", "127.0.0.1:0"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let output = child.stdout.take().expect("its output is piped");
        let mut first = String::new();
        BufReader::new(output).read_line(&mut first).expect("it says where it listens");
        let address = first.trim().rsplit_once("http://").expect("it names an address").1;
        Self { child, address: address.trim_end_matches("/graphql").to_owned() }
    }

    /// Posts a body and gives the status and the answer's body.
    pub(crate) fn post(&self, body: &[u8]) -> (u16, String) {
        let (status, _, body) = self.send("POST", "/graphql", &[], body);
        (status, body)
    }

    /// Sends a request with these headers beside the usual; gives the status, the head and the body of the answer.
    pub(crate) fn send(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> (u16, String, String) {
        send(&self.address, method, url, headers, body.as_ref())
    }

    pub(crate) fn ask(&self, query: &str) -> serde_json::Value {
        let (_, body) = self.post(serde_json::json!({ "query": query }).to_string().as_bytes());
        serde_json::from_str(&body).expect("an answer is JSON")
    }

    /// Resident memory in KiB.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the process lives");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory is told");
        line.trim().trim_end_matches(" kB").parse().expect("it is a number")
    }

    pub(crate) fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("the process can be asked").is_none()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Sends a request to a server; gives the status, the head in small letters and the body of the answer.
pub(crate) fn send(
    address: &str,
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> (u16, String, String) {
    let mut head = format!("{method} {url} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", address);
    if method == "POST" {
        head += &format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
    }
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += "\r\n";
    let mut stream = TcpStream::connect(address).expect("it accepts connections");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out can be set");
    stream.write_all(head.as_bytes()).expect("it takes the head");
    // A body that is too long is refused before it is taken.
    drop(stream.write_all(body));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("it answers HTTP");
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("an answer has a status");
    (status, head.to_ascii_lowercase(), unchunked(body))
}

/// A body without the sizes between its chunks, if it has any.
fn unchunked(body: &str) -> String {
    // A chunk begins with its size.
    let size = body.split("\r\n").next().unwrap_or_default();
    if usize::from_str_radix(size, 16).is_err() {
        return body.to_owned();
    }
    body.split("\r\n").skip(1).step_by(2).collect()
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_wrong() {
    for (arguments, word) in [
        (vec!["serve", "--nonsense"], "--nonsense"),
        (vec!["ingest", "nonsense", "board"], "nonsense"),
        (vec!["ingest"], "provider"),
        (vec!["ingest", "greenhouse", "b", "--from", "x", "--at", "noon"], "noon"),
        (vec!["ingest", "greenhouse", "b", "--from", "x", "--at", "2999-01-01"], "--at says 2999-01-01"),
        (vec!["ingest", "workday", "gdit"], "tenant:wd5:Site"),
        (vec!["sources", "add"], "https://jobs.lever.co/acme"),
        (vec![], "Usage"),
    ] {
        let output = run(&arguments);
        let text = String::from_utf8_lossy(&output.stderr).to_lowercase();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
        assert!(text.contains(&word.to_lowercase()), "{arguments:?}: {text}");
    }
}

#[test]
fn an_unknown_environment_variable_is_refused() {
    let output = command().args(["schema", "print"]).env("JOBGRAPH_LISTN", "x").output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("JOBGRAPH_LISTN"));
}

#[test]
fn an_unknown_database_ends_with_1_and_never_shows_a_password() {
    for url in [
        "mysql://user:secret@host/name",
        "postgres://user:secret@127.0.0.1:1/name",
        "postgres://127.0.0.1:1/name?user=user&password=secret",
        // Not percent-encoded, so that nothing can read it.
        "postgres://user:top/secret@127.0.0.1:1/name",
    ] {
        let output = run(&["--database-url", url, "migrate", "status"]);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }
}

#[test]
fn help_lists_every_setting_with_its_variable() {
    for (name, variable) in [("serve", "JOBGRAPH_LISTEN"), ("serve", "DATABASE_URL"), ("ingest", "JOBGRAPH_ARCHIVE")] {
        let text = String::from_utf8(run(&["help", name]).stdout).expect("help is text");
        assert!(text.contains(variable), "{text}");
    }
}

#[test]
fn saved_answers_are_applied_once_on_either_database() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::empty(backend));
        let folder = tempfile::tempdir().expect("a folder can be made");
        let answer = r#"{"jobs":[{"id":1,"title":"Gardener"}],"meta":{"total":1}}"#;
        std::fs::write(folder.path().join("20260101T000000Z.json"), answer).expect("it can be written");
        std::fs::write(folder.path().join("20260102T000000Z.json"), "<html>").expect("it can be written");
        let from = folder.path().display().to_string();
        let archive = folder.path().join("raw").display().to_string();
        let arguments =
            ["--database-url", &database.url, "ingest", "greenhouse", "acme", "--from", &from, "--archive", &archive];
        let output = run(&arguments);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "an answer that cannot be read fails the run: {text}");
        assert!(text.contains("COMPLETE: 1 seen, 1 created"), "{text}");
        assert!(text.contains("FAILED") && text.contains("0 closed"), "{text}");
        let again = run(&arguments);
        assert_eq!(String::from_utf8_lossy(&again.stdout).matches("applied before").count(), 2);
        let server = Server::start(&database.url, &[]);
        let answer = server.ask("{ jobs { nodes { title status rawPayload { bytes } } } events { totalCount } }");
        let expected = serde_json::json!({ "data": {
            "jobs": { "nodes": [{ "title": "Gardener", "status": "ACTIVE", "rawPayload": { "bytes": 57 } }] },
            "events": { "totalCount": 1 },
        } });
        assert_eq!(answer, expected);
    }
}

/// A slip in a date once locked a board: all that it answered later was older than its latest.
#[test]
fn an_answer_of_the_future_is_refused_and_locks_no_board() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (url, archive) = (format!("sqlite://{}", path("jobgraph.db")), path("raw"));
    let answer = r#"{"jobs":[{"id":1,"title":"Gardener"}],"meta":{"total":1}}"#;
    let line = format!(r#"{{"provider":"greenhouse","board":"acme","fetched_at":"2999-01-01","body":{answer}}}"#);
    for (name, text) in [("2999-01-01.json", answer), ("2026-01-01.json", answer), ("bundle", line.as_str())] {
        std::fs::write(path(name), text).expect("it can be written");
    }
    let ingest = |arguments: &[&str]| {
        let output = run(&[&["--database-url", &url, "ingest", "--archive", &archive], arguments].concat());
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    for (named, arguments) in [
        ("2999-01-01.json\" says 2999", vec!["greenhouse", "acme", "--from", &path("2999-01-01.json")]),
        ("acme: \"fetched_at\" says 2999", vec!["--bundle", &path("bundle")]),
        ("there is no file or folder", vec!["greenhouse", "acme", "--from", &path("nofile.json")]),
    ] {
        let (code, text) = ingest(&arguments);
        assert!(code == Some(1) && text.contains(named), "{named}: {text}");
    }
    let (code, text) = ingest(&["greenhouse", "acme", "--from", &path("2026-01-01.json")]);
    assert!(code == Some(0) && text.contains("1 created"), "{text}");
}

#[test]
fn who_only_reads_does_not_make_the_database_that_was_mistyped() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (url, archive) = (format!("sqlite://{}", path("nofile.db")), path("raw"));
    for arguments in [
        &["export"][..],
        &["sync", "--once", "--archive", &archive],
        &["renormalize", "--archive", &archive],
        &["archive", "prune", "--keep-days", "30", "--archive", &archive],
        &["keys", "list"],
        &["migrate", "status"],
        &["migrate", "down"],
        &["sources", "list"],
        &["orgs", "list"],
        &["webhooks", "list"],
        &["backup", &path("copy.db")],
    ] {
        let output = run(&[&["--database-url", &url], arguments].concat());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {text}");
        let is_told = text.contains("there is no database") && text.contains("nofile.db\"\nhint: --database-url");
        assert!(is_told, "{arguments:?}: {text}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_board_that_never_answered_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("20260101T000000Z.json");
    std::fs::write(&file, "<html>").expect("it can be written");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let archive = folder.path().join("raw").display().to_string();
    let from = file.display().to_string();
    let output = run(&["--database-url", &url, "ingest", "greenhouse", "typo", "--from", &from, "--archive", &archive]);
    assert_eq!(output.status.code(), Some(1));
    let answer = Server::start(&url, &[]).ask("{ orgs { totalCount } sources { totalCount } }");
    assert_eq!(answer["data"], serde_json::json!({ "orgs": { "totalCount": 0 }, "sources": { "totalCount": 0 } }));
}

#[test]
fn the_demo_answers_the_question_that_it_prints() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("demo.db").display());
    let server = Server::start(&url, &["--demo"]);
    let answer = server
        .ask("{ jobs(first: 3) { totalCount nodes { title org { name } events(first: 3) { nodes { type } } } } }");
    assert_eq!(answer["data"]["jobs"]["totalCount"], 40);
    assert_eq!(answer["data"]["jobs"]["nodes"].as_array().map(Vec::len), Some(3));
}

#[test]
fn the_demo_was_read_until_today_and_is_the_same_when_it_is_started_again() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("demo.db").display());
    let question = "{ stats { freshness { sourceCount staleSourceCount latestCrawlAt } } events { totalCount } }";
    let server = Server::start(&url, &["--demo"]);
    let ago = server.ask("{ jobs(first: 1) { nodes { staleness { secondsSinceChecked } } } }");
    let ago_s = ago["data"]["jobs"]["nodes"][0]["staleness"]["secondsSinceChecked"].as_i64();
    // The five boards answer within four hours of each day.
    assert!(ago_s.is_some_and(|it| (0..28 * 3_600).contains(&it)), "{ago}");
    let first = server.ask(question);
    drop(server);
    let fresh = &first["data"]["stats"][0]["freshness"];
    assert_eq!((&fresh["sourceCount"], &fresh["staleSourceCount"]), (&serde_json::json!(5), &serde_json::json!(0)));
    assert_eq!(Server::start(&url, &["--demo"]).ask(question), first);
}

/// Invented employers were once written among real ones, without a word.
#[test]
fn the_demo_is_refused_by_a_database_that_was_filled_by_others() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::empty(backend));
        assert!(run(&["--database-url", &database.url, "sources", "add", "lever/acme"]).status.success(), "{backend}");
        let output = run(&["--database-url", &database.url, "serve", "--demo", "--listen", "127.0.0.1:0"]);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{backend}: {text}");
        assert!(text.contains("\"lever/acme\" and nothing of the demo\nhint: leave out --demo"), "{text}");
        let answer = Server::start(&database.url, &[]).ask("{ sources { totalCount } }");
        assert_eq!(answer["data"]["sources"]["totalCount"], 1, "{backend}");
    }
}
