//! `sources` and `sync` from outside: boards are registered by what people have at hand, listed, and set.

use std::process::{Output, Stdio};
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;

use crate::program::{Server, command, now, run};
use crate::support::{Database, backends};

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const TABLE: &str = "name,url
Acme,https://boards.greenhouse.io/acme
Beta,https://jobs.eu.lever.co/beta/123
Nothing,https://jobs.ashbyhq.com/
Gamma,https://gamma.wd5.myworkdayjobs.com/en-US/Careers
Delta,careers.delta.example
Epsilon,https://www.epsilon.example/jobs/?gh_jid=77
Acme again,https://job-boards.greenhouse.io/ACME/jobs/1
";

#[test]
fn boards_are_added_from_a_table_listed_and_set_on_either_database() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::empty(backend));
        let folder = tempfile::tempdir().expect("a folder can be made");
        let table = folder.path().join("boards.csv");
        std::fs::write(&table, TABLE).expect("it can be written");
        let url = database.url.as_str();
        let sources = |arguments: &[&str]| run(&[&["--database-url", url, "sources"], arguments].concat());
        let output = sources(&["add", "--from", &table.display().to_string()]);
        assert_eq!(output.status.code(), Some(1), "two lines name no board");
        let (added, wrong) = (told(&output), complained(&output));
        assert!(added.contains("greenhouse acme added") && added.contains("lever eu:beta added"), "{added}");
        assert!(added.contains("greenhouse acme is known already, ACTIVE"), "{added}");
        assert!(added.contains("4 added, 1 known already, 2 not recognized"), "{added}");
        assert!(wrong.contains("line 4: ") && wrong.contains("line 7: ") && wrong.contains("gh_jid"), "{wrong}");

        let output = sources(&["add", "greenhouse", "acme"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(told(&output).contains("greenhouse acme is known already"), "{}", told(&output));
        assert!(told(&sources(&["pause", "https://boards.greenhouse.io/acme"])).contains("greenhouse acme PAUSED"));
        assert!(told(&sources(&["retire", "lever/eu:beta"])).contains("lever eu:beta RETIRED"));
        assert_eq!(sources(&["pause", "greenhouse/nobody"]).status.code(), Some(1));

        let lines = told(&sources(&["list", "--json"]));
        let rows: Vec<Value> = lines.lines().map(|it| serde_json::from_str(it).expect("a line is JSON")).collect();
        let shown: Vec<String> = rows
            .iter()
            .map(|it| format!("{} {} {}", it["provider"], it["board"], it["status"]).replace('"', ""))
            .collect();
        let expected = [
            "greenhouse acme PAUSED",
            "jsonld careers.delta.example ACTIVE",
            "lever eu:beta RETIRED",
            "workday gamma:wd5:Careers ACTIVE",
        ];
        assert_eq!(shown, expected, "{backend}");
        let list = told(&sources(&["list"]));
        assert!(list.lines().count() == 4 && list.contains("PAUSED OK, last crawl never, next -, 0 active"), "{list}");

        let answer = Server::start(url, &[]).ask("{ sources { totalCount nodes { boardToken org { name } } } }");
        assert_eq!(answer["data"]["sources"]["totalCount"], 4, "{answer}");
    }
}

#[test]
fn a_provider_that_is_not_known_is_told_as_such() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let output = run(&["--database-url", &url, "sources", "add", "greenhous/acme"]);
    let wrong = complained(&output);
    assert!(wrong.contains("provider \"greenhous\" is not known\nhint: known are greenhouse"), "{wrong}");
}

/// It was once told to be given as "workday/BOARD", which it was; and that "stripe" is no board helped nobody.
#[test]
fn a_name_that_is_none_is_told_in_what_form_to_give_it() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    for (arguments, told) in [
        (["sources", "add", "workday/nvidia"], "or one such as workday/tenant:wd5:Site"),
        (["orgs", "split", "stripe"], "board \"stripe\" is not known\nhint: name it as PROVIDER/BOARD"),
        (["sources", "pause", "stripe"], "hint: name it as PROVIDER/BOARD"),
    ] {
        let output = run(&[&["--database-url", &url], &arguments[..]].concat());
        let wrong = complained(&output);
        assert!(output.status.code() == Some(1) && wrong.contains(told), "{arguments:?}: {wrong}");
    }
}

#[test]
fn a_board_whose_last_answer_was_not_all_of_it_is_listed_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::create_dir(path("saved")).expect("a folder can be made");
    std::fs::write(path("saved/2026-01-01.json"), r#"{"jobs":[{"id":1,"title":"Cook"}]}"#).expect("it can be written");
    std::fs::write(path("saved/2026-01-02.json"), r#"{"jobs":[null,null]}"#).expect("it can be written");
    let url = format!("sqlite://{}", path("jobgraph.db"));
    let ingest = ["ingest", "greenhouse", "acme", "--from", &path("saved"), "--archive", &path("raw")];
    let crawled = told(&run(&[&["--database-url", &url], &ingest[..]].concat()));
    assert!(crawled.contains("PARTIAL"), "{crawled}");
    let list = told(&run(&["--database-url", &url, "sources", "list"]));
    assert!(list.contains("1 active: "), "{list}");
}

#[test]
fn a_board_that_is_paused_is_not_asked_and_no_board_is_told() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let archive = folder.path().join("raw").display().to_string();
    let sync = ["--database-url", &url, "sync", "--once", "--archive", &archive];
    assert!(run(&["--database-url", &url, "migrate", "up"]).status.success());
    let output = run(&sync);
    assert_eq!(output.status.code(), Some(0));
    assert!(complained(&output).contains("sources add"), "{}", complained(&output));
    run(&["--database-url", &url, "sources", "add", "lever/acme"]);
    run(&["--database-url", &url, "sources", "pause", "lever/acme"]);
    let output = run(&sync);
    assert_eq!((output.status.code(), told(&output)), (Some(0), String::new()));
    let server = Server::start(&url, &["--sync", "--archive", &archive]);
    let answer = server.ask("{ sources { nodes { status lastCrawledAt } } }");
    let expected = serde_json::json!([{ "status": "PAUSED", "lastCrawledAt": null }]);
    assert_eq!(answer["data"]["sources"]["nodes"], expected);
}

#[test]
fn a_board_that_is_retired_closes_its_postings_once_its_operator_is_sure_of_it() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::empty(backend));
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = |name: &str| folder.path().join(name).display().to_string();
        let list = r#"{"jobs":[{"id":1,"title":"Cook"},{"id":2,"title":"Waiter"}]}"#;
        std::fs::write(path("20260606T203124Z.json"), list).expect("it can be written");
        let url = database.url.as_str();
        let sources = |arguments: &[&str]| run(&[&["--database-url", url, "sources"], arguments].concat());
        let file = path("20260606T203124Z.json");
        let ingest = ["ingest", "greenhouse", "acme", "--from", &file, "--archive", &path("")];
        assert!(run(&[&["--database-url", url], &ingest[..]].concat()).status.success());

        let output = sources(&["retire", "greenhouse/acme"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            complained(&output).contains("2 active postings") && complained(&output).contains("--yes"),
            "{output:?}"
        );
        assert!(told(&sources(&["list"])).contains("2 active"), "nothing has happened");
        let output = sources(&["retire", "greenhouse/acme", "--yes"]);
        assert_eq!(told(&output), "greenhouse acme RETIRED, 2 postings closed\n", "{}", complained(&output));
        let again = sources(&["retire", "greenhouse/acme"]);
        assert_eq!(told(&again), "greenhouse acme RETIRED, 0 postings closed\n", "{}", complained(&again));

        let question = "{ sources { nodes { status activeJobCount lastError } }
            events(filter: { type: { eq: JOB_CLOSED } }) { nodes { cause observedAt crawl { outcome closed }
                job { closedReason missedCrawls inactiveAt closureEvidence { completeCrawlsMissed crawls } } } } }";
        let answer = Server::start(url, &[]).ask(question);
        let board = serde_json::json!({ "status": "RETIRED", "activeJobCount": 0, "lastError": null });
        assert_eq!(answer["data"]["sources"]["nodes"][0], board, "{answer}");
        let closed = answer["data"]["events"]["nodes"].as_array().expect("there are events").clone();
        assert_eq!(closed.len(), 2, "{answer}");
        for it in &closed {
            let job = &it["job"];
            assert_eq!((&it["cause"], &job["closedReason"]), (&"OPERATOR".into(), &"SOURCE_RETIRED".into()), "{it}");
            assert_eq!((&job["inactiveAt"], &job["missedCrawls"]), (&it["observedAt"], &0.into()), "{it}");
            assert_eq!(it["crawl"], serde_json::json!({ "outcome": "GONE", "closed": 2 }));
            let evidence = serde_json::json!({ "completeCrawlsMissed": 0, "crawls": [] });
            assert_eq!(job["closureEvidence"], evidence, "{backend}");
        }

        // Later than the operator's word, and no further ahead than clocks may be.
        let later = |seconds| (now() + TimeDelta::seconds(seconds)).format("%Y%m%dT%H%M%SZ.json").to_string();
        let file = path(&later(60));
        std::fs::write(&file, list).expect("it can be written");
        let ingest = ["ingest", "greenhouse", "acme", "--from", &file, "--archive", &path("")];
        assert!(run(&[&["--database-url", url], &ingest[..]].concat()).status.success());
        let listed = told(&sources(&["list"]));
        assert!(
            listed.contains("ACTIVE") && listed.contains("2 active"),
            "asked again, it is followed again: {listed}"
        );
        sources(&["pause", "greenhouse/acme"]);
        let file = path(&later(120));
        std::fs::write(&file, list).expect("it can be written");
        let ingest = ["ingest", "greenhouse", "acme", "--from", &file, "--archive", &path("")];
        assert!(run(&[&["--database-url", url], &ingest[..]].concat()).status.success());
        assert!(told(&sources(&["list"])).contains("PAUSED"), "one that is paused stays so");
    }
}

#[test]
fn sync_ends_when_it_is_told_to() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let archive = folder.path().join("raw").display().to_string();
    run(&["--database-url", &url, "migrate", "up"]);
    let mut command = command();
    command.args(["--database-url", &url, "sync", "--archive", &archive]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    // The archive's folder is made before the signal is listened for, and after the database was opened.
    let is_open = || std::path::Path::new(&archive).is_dir();
    assert!((0..1_000).any(|_| is_open() || (std::thread::sleep(Duration::from_millis(10)), false).1), "it starts");
    std::thread::sleep(Duration::from_millis(300));
    let told = std::process::Command::new("kill").arg(child.id().to_string()).status().expect("it can be told");
    assert!(told.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

/// Its postings once had an employer that was not there yet.
#[test]
fn a_board_whose_history_is_read_after_it_was_added_was_there_all_the_time() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::empty(backend));
        let folder = tempfile::tempdir().expect("a folder can be made");
        let file = folder.path().join("20260606T203124Z.json").display().to_string();
        std::fs::write(&file, r#"{"jobs":[{"id":1,"title":"Cook"}]}"#).expect("it can be written");
        let url = database.url.as_str();
        let (archive, of_url) = (folder.path().display().to_string(), ["--database-url", url]);
        assert!(run(&[&of_url[..], &["sources", "add", "greenhouse/acme"]].concat()).status.success());
        let ingest = ["ingest", "greenhouse", "acme", "--from", &file, "--archive", &archive];
        assert!(run(&[&of_url[..], &ingest[..]].concat()).status.success());
        let question = r#"{ jobs(asOf: { time: "2026-06-07T00:00:00Z" }) { nodes { org { name firstSeenAt } source { boardToken } } } }"#;
        let answer = Server::start(url, &[]).ask(question);
        let org = serde_json::json!({ "name": "Acme", "firstSeenAt": "2026-06-06T20:31:24.000Z" });
        assert_eq!(answer["data"]["jobs"]["nodes"][0]["org"], org, "{backend}: {answer}");
    }
}
