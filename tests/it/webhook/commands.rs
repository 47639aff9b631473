//! `jobgraph webhooks`: registers, lists, delivers, and keeps secrets to itself.

use std::time::Duration;

use serde_json::{Value, json};

use super::ingest;
use super::receiver::{Receiver, SECRET};
use crate::program::{Server, command, run};
use crate::support::{Database, backends};

#[test]
fn the_program_registers_lists_and_delivers() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let (database, receiver) = runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            ingest(&store, "acme", 1_000, 0..12).await;
            store.close().await.expect("it closes");
            (database, Receiver::start().await)
        });
        let program = |arguments: &[&str]| {
            let output = run(&[&["--database-url", database.url.as_str(), "webhooks"], arguments].concat());
            let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            (output.status.code(), text)
        };
        let url = format!("{}?token=hidden", receiver.url);
        for (refused, code, word) in [
            (vec!["add", url.as_str()], 2, "https"),
            (vec!["add", "https://127.0.0.1/"], 2, "not a public address"),
            (vec!["add", "https://localhost/h"], 2, "not a public address"),
            (vec!["add", "nonsense"], 2, "webhook \"nonsense\""),
            (vec!["deliver", "--once"], 0, "no webhook waits"),
            (vec!["add", "https://example.com/", "--org", "nobody"], 1, "nobody"),
            (vec!["add", "https://example.com/", "--type", "JOB_LOST"], 1, "JOB_LOST"),
            (vec!["add", "https://example.com/", "--after", "13"], 1, "12"),
            (vec!["pause", "nothing"], 1, "nothing"),
        ] {
            let (status, text) = program(&refused);
            assert_eq!(status, Some(code), "{text}");
            assert!(text.contains(word) && !text.contains("hidden"), "{text}");
        }
        let folder = tempfile::tempdir().expect("a folder can be made");
        let file = folder.path().join("secret");
        std::fs::write(&file, format!("{SECRET}\n")).expect("it can be written");
        let file = file.display().to_string();
        let (status, text) = program(&[
            "add",
            &url,
            "--from-start",
            "--source",
            "greenhouse/acme",
            "--webhooks-allow-private",
            "--secret-file",
            &file,
        ]);
        assert_eq!(status, Some(0), "{text}");
        let id = text.split(' ').next().expect("it begins with the id").to_owned();
        assert_eq!(text.trim(), format!("{id} ACTIVE after 0"), "a secret that is given is not shown");
        let (_, text) = program(&["deliver", "--once", "--webhooks-allow-private"]);
        assert_eq!(text.trim(), format!("{id} 12 events in 1 deliveries, at 12"));
        let (_, text) = program(&["list"]);
        assert_eq!(text.trim(), format!("{id} ACTIVE {} at 12, 0 behind", receiver.url));
        assert_eq!(program(&["replay", &id, "--after", "10"]).0, Some(0));
        let server = Server::start(&database.url, &["--webhooks-allow-private"]);
        let query = "{ webhooks { url position deliveries { events outcome } } }";
        let is_sent = |answer: &Value| answer["data"]["webhooks"][0]["deliveries"].as_array().map(Vec::len) == Some(2);
        let answer = (0..200).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            Some(server.ask(query)).filter(is_sent)
        });
        let answer = answer.expect("the server delivers");
        let shown = answer["data"]["webhooks"][0]["url"].as_str().expect("it has an address");
        assert_eq!(receiver.url, format!("{shown}/hook"), "everyone sees where, but not the path");
        assert_eq!(answer["data"]["webhooks"][0]["deliveries"][0], json!({ "events": 2, "outcome": "DELIVERED" }));
        assert!(receiver.received().iter().all(|it| it.is_signed()), "{backend}");
        assert_eq!(program(&["pause", &id]).1.trim(), format!("{id} paused"));
        assert_eq!(program(&["remove", &id]).0, Some(0));
        assert_eq!(program(&["list"]).1, "");
        let (_, text) = program(&["add", "https://example.com/", "--after", "3"]);
        assert!(text.contains(" ACTIVE after 3\nsecret whsec_"), "{text}");
    }
}

#[test]
fn a_secret_may_come_from_the_environment() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let add = |secret: &str| {
        let arguments = ["--database-url", &url, "webhooks", "add", "https://example.com/"];
        command().args(arguments).env("JOBGRAPH_WEBHOOK_SECRET", secret).output().expect("the program starts")
    };
    let output = add(SECRET);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!String::from_utf8_lossy(&output.stdout).contains("secret"));
    let output = add("letmein");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && text.contains("whsec_") && !text.contains("letmein"), "{text}");
}
