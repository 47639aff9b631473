//! A new user's first quarter of an hour: ten careers pages from a table, a crawl, a server, a question. Each step says what it
//! did, and which is next.

use std::net::SocketAddr;
use std::process::Output;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jobgraph::ingest::provider;
use jobgraph::ingest::recognize::recognize;
use serde_json::json;

use crate::program::{Server, run};
use crate::support::{Database, backends};
use crate::theatre::boards::list;

const PAGES: [&str; 10] = [
    "https://boards.greenhouse.io/acme",
    "https://jobs.lever.co/acme",
    "https://jobs.ashbyhq.com/acme",
    "https://careers.smartrecruiters.com/Acme",
    "https://apply.workable.com/acme/",
    "https://acme.recruitee.com/",
    "https://acme.jobs.personio.de/",
    "https://acme.teamtailor.com/jobs",
    "https://acme.wd5.myworkdayjobs.com/en-US/Careers",
    "https://careers.acme.example/jobs",
];

/// Plays the boards of all pages, each with three postings.
async fn answer(headers: HeaderMap, uri: Uri) -> Response {
    let host = headers.get("host").and_then(|it| it.to_str().ok()).unwrap_or_default();
    for page in PAGES {
        let board = recognize(page).expect("it is an address of a board");
        let provider = provider::find(board.provider).expect("it is known");
        let url = url::Url::parse(&provider.api_url(&board.board)).expect("a board has an address");
        if url.host_str() == Some(host) && url.path() == uri.path() {
            return list(provider.name, 3, 3).into_response();
        }
    }
    if uri.path() == "/robots.txt" {
        return StatusCode::NOT_FOUND.into_response();
    }
    // The details of any posting, as far as they are asked for.
    json!({ "jobPostingInfo": { "jobDescription": "<p>Work.</p>" } }).to_string().into_response()
}

async fn stand_in() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    address
}

fn told(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn ten_careers_pages_become_a_graph_and_every_step_explains_itself() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::empty(backend));
        let address = runtime.block_on(stand_in()).to_string();
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = |name: &str| folder.path().join(name).display().to_string();
        let rows: String = PAGES.iter().map(|it| format!("Acme,{it}\n")).collect();
        std::fs::write(path("boards.csv"), format!("employer,url\n{rows}")).expect("it can be written");
        let program = |arguments: &[&str]| run(&[&["--database-url", database.url.as_str()], arguments].concat());

        let output = program(&["sources", "add", "--from", &path("boards.csv")]);
        let (added, next) = told(&output);
        assert!(output.status.success(), "{next}");
        assert!(added.contains("workday acme:wd5:Careers added\n"), "{added}");
        assert!(added.ends_with("10 added, 0 known already, 0 not recognized\n"), "{added}");
        assert!(next.contains("\"jobgraph sync --once\""), "{next}");

        let archive = path("raw");
        let sync = ["sync", "--once", "--stand-in", &address, "--archive", &archive];
        let output = program(&sync);
        let (crawled, next) = told(&output);
        assert!(output.status.success(), "{crawled}{next}");
        assert_eq!(crawled.matches("COMPLETE: 3 seen, 3 created").count(), 10, "{crawled}");
        assert!(crawled.ends_with("10 crawls: 30 created, 0 updated, 0 closed, 0 reopened, 0 failures\n"), "{crawled}");
        assert!(next.contains("stands in for every provider") && next.contains("\"jobgraph serve\""), "{next}");
        assert!(!next.contains("warning"), "{next}");

        let (crawled, next) = told(&program(&sync));
        assert_eq!(crawled, "", "{backend}");
        assert!(next.contains("No board is due; the next is due at 20"), "{next}");
        let (listed, _) = told(&program(&["sources", "list"]));
        assert_eq!(listed.matches("ACTIVE OK, last crawl 20").count(), 10, "{listed}");

        let question =
            "{ jobs(first: 100) { totalCount nodes { title org { name } source { provider boardToken } } } }";
        let answer = Server::start(&database.url, &[]).ask(question);
        assert_eq!(answer["data"]["jobs"]["totalCount"], 30, "{answer}");
        let jobs = answer["data"]["jobs"]["nodes"].as_array().expect("a list").clone();
        let is_named = |it: &serde_json::Value| it["title"].as_str().is_some_and(|it| it.contains("manager"));
        assert!(jobs.iter().all(is_named), "{backend}: {answer}");
    }
}
